"""The bar at the top: office, who looks, the pages, and at the right what the page has there, or day and clock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from reception.domain.office import Office
from ui.supervisor.tabs import Tabs
from ui.theme import look_of
from ui.widgets import RING, Drop, ElidingLabel, KeyButton

_SIDE = 16
_TABS_X = 256
_HEIGHT = 64
_GAP = 24
_DAY_GAP = 20
ALL_OFFICES = "All offices"


class Header(QFrame):
    """In one row where all of it fits, else the pages in a row of their own beneath."""

    office_chosen = Signal(str)
    """Its id; empty for all of them."""

    def __init__(self, words: Sequence[str], menu: KeyButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Office and pages")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.place = ElidingLabel("Reception", "lead", 600)
        self.chooser = Drop("Office")
        self.chooser.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.who = ElidingLabel("Supervisor", token="text-muted")
        self.tabs = Tabs(words)
        self.day = ElidingLabel(token="text-muted")
        self.clock = ElidingLabel(size="figure", weight=600)
        self._menu = menu
        self._head: QWidget | None = None
        self._rows = 0
        self._is_several = self._signed_in = False

        self._place = QWidget()
        column = QVBoxLayout(self._place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, indent in ((self.place, RING), (self.chooser, 0), (self.who, RING)):
            row = QHBoxLayout()
            row.setSpacing(0)
            row.addSpacing(indent)
            row.addWidget(widget, 0 if indent == 0 else 1)
            if indent == 0:
                row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        self._right = QWidget()
        self._right_row = QHBoxLayout(self._right)
        self._right_row.setContentsMargins(0, 0, 0, 0)
        self._right_row.setSpacing(0)
        self._right_row.addStretch(1)
        self._times = QWidget()
        times = QHBoxLayout(self._times)
        times.setContentsMargins(0, 0, 0, 0)
        times.setSpacing(_DAY_GAP)
        times.addWidget(self.day, 0, Qt.AlignmentFlag.AlignVCenter)
        times.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignVCenter)
        self._right_row.addWidget(self._times)
        self._right_row.addSpacing(_GAP - RING)
        self._right_row.addWidget(menu, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_SIDE - RING, 0, _SIDE - RING, 1)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self.chooser.hide()
        self.chooser.currentIndexChanged.connect(lambda _at: self.office_chosen.emit(self.chooser.value()))
        self._arrange()

    def show_offices(self, offices: Sequence[Office], chosen: str) -> None:
        """One has its name there; among several one is chosen, or all of them (an empty id)."""
        several = len(offices) > 1
        was_blocked = self.chooser.blockSignals(True)
        if several:
            self.chooser.set_choices([("", ALL_OFFICES), *((office.id, office.name) for office in offices)])
            self.chooser.set_value(chosen)
        self.chooser.blockSignals(was_blocked)
        self.place.set_text(offices[0].name if len(offices) == 1 else "Reception")
        self._is_several = several
        self._offer()

    def show_who(self, name: str) -> None:
        """Whose window it is; empty while nobody has signed in: then there are no pages."""
        self.who.set_text(f"Supervisor, {name}" if name else "Supervisor")
        self._signed_in = bool(name)
        self._offer()

    def _right_width(self) -> int:
        """What stands at the right wants so much, with the day."""
        head = self._head.sizeHint().width() if self._head is not None else self._day_width() + self._clock_width()
        return head + _GAP - RING + self._menu.sizeHint().width()

    def _day_width(self) -> int:
        return self.day.sizeHint().width() + _DAY_GAP if self._head is None else 0

    def _clock_width(self) -> int:
        return self.clock.sizeHint().width()

    def _offer(self) -> None:
        self.tabs.setVisible(self._signed_in)
        self.chooser.setVisible(self._signed_in and self._is_several)
        self.place.setVisible(not self.chooser.isVisibleTo(self))
        self._arrange()

    def show_times(self, day: str, clock: str) -> None:
        is_other = (day, len(clock)) != (self.day.text(), len(self.clock.text()))
        self.day.set_text(day)
        self.clock.set_text(clock)
        self.clock.setToolTip(day)
        if is_other:
            self._arrange()

    def set_head(self, head: QWidget | None) -> None:
        """What the page has there in place of day and clock."""
        if head is self._head:
            return
        if self._head is not None:
            self._right_row.removeWidget(self._head)
            self._head.hide()
        self._head = head
        self._times.setVisible(head is None)
        if head is not None:
            self._right_row.insertWidget(1, head)
            head.show()
            self._order(head)
        self._arrange()

    def _order(self, head: QWidget) -> None:
        """Tab goes as it is seen: from the tabs through the page's head to the menu."""
        before: QWidget = self.tabs.tabs[-1]
        for part in head.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.setTabOrder(before, part)
                before = part
        self.setTabOrder(before, self._menu)

    # -- one row or several --

    def _fit_chooser(self) -> None:
        """No office's name is cut where the row has room for it, at any text size; it gives way before the window."""
        whole = self.chooser.whole_width() if self._is_several else 0
        room = self.width() - 2 * (_SIDE - RING)
        if self.chooser.minimumWidth() != (wide := max(0, min(whole, room))):
            self.chooser.setMinimumWidth(wide)

    def _arrange(self) -> None:
        look = look_of(self)
        self._fit_chooser()
        place, right = self._place.sizeHint().width(), self._right_width()
        has_tabs = self.tabs.isVisibleTo(self)
        tabs_at = max(look.px(_TABS_X) - _SIDE, place + _GAP - RING) if has_tabs else place
        tabs = self.tabs.sizeHint().width() if has_tabs else 0
        room = self.width() - 2 * (_SIDE - RING)
        if tabs_at + tabs + _GAP + right <= room:
            rows = 1
        else:
            rows = 2 if place + _GAP + right - self._day_width() <= room else 3
        has_day = rows != 2 or place + _GAP + right <= room
        if self.day.isVisibleTo(self._times) != has_day:
            self.day.setVisible(has_day)
        self._grid.setColumnMinimumWidth(0, tabs_at if rows == 1 and has_tabs else 0)
        height = max(look.px(_HEIGHT), self._place.sizeHint().height() + 12)
        self._grid.setRowMinimumHeight(0, height)
        self._grid.setRowMinimumHeight(1, 0 if rows == 1 else self.tabs.sizeHint().height())
        if rows != self._rows:
            self._rows = rows
            for each in (self._place, self.tabs, self._right):
                self._grid.removeWidget(each)
            self._grid.addWidget(self._place, 0, 0)
            if rows == 1:
                self._grid.addWidget(self.tabs, 0, 1)
                self._grid.addWidget(self._right, 0, 2)
            elif rows == 2:
                self._grid.addWidget(self._right, 0, 2)
                self._grid.addWidget(self.tabs, 1, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
            else:
                self._grid.addWidget(self._right, 1, 0, 1, 3)
                self._grid.addWidget(self.tabs, 2, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)

    def minimumSizeHint(self) -> QSize:
        """No wider than its widest part: what is beside one another goes beneath before it pushes the window apart."""
        parts = (each for each in (self._place, self.tabs, self._right) if each.isVisibleTo(self))
        widest = max((each.minimumSizeHint().width() for each in parts), default=0)
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), widest + 2 * (_SIDE - RING)), hint.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, look_of(self).colour("line"))
