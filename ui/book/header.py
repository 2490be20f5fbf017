"""The bar over the book: back, which days, what stands in the columns, find and new."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QWidget

from ui.book.columns import By, Range
from ui.book.keys import Act, BookKeys
from ui.book.title_button import TitleButton
from ui.widgets import RING, ElidingLabel, KeyButton
from ui.widgets.drop import Drop
from ui.widgets.icon_button import IconButton
from ui.widgets.segments import Segments

_GAP = 16
_NEAR = 8


class BookHeader(QWidget):
    """Three groups in a row; where they find no room beside each other, under each other."""

    who_chosen = Signal(str)
    """The officer or room whose week is to be shown."""

    def __init__(self, keys: BookKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleButton(keys[Act.GO_TO_DAY])
        self.desk = KeyButton(keys[Act.DESK], "lean", icon="left")
        earlier = IconButton(keys[Act.EARLIER_DAY], "left")
        later = IconButton(keys[Act.LATER_DAY], "right")
        today = KeyButton(keys[Act.TODAY], "lean")
        self.range = Segments([(Range.DAY, "Day", "D"), (Range.WEEK, "Week", "W")], "Day or week")
        self.by = Segments([(By.OFFICERS, "Officers", "O"), (By.ROOMS, "Rooms", "R")], "Columns")
        self.who = Drop("Whose week")
        self.who.setToolTip("Ctrl PgUp, Ctrl PgDown")
        self.who.currentIndexChanged.connect(self._who_changed)
        self.more = KeyButton(QAction("More", self), "lean")
        self.more.action().triggered.connect(self._open_menu)
        self.menu = QMenu(self)
        for act in (Act.ABSENCE, Act.ALL_LETTERS, Act.EARLIER_LIST, Act.GO_TO_DAY):
            self.menu.addAction(keys[act])
        self.find_button = KeyButton(keys[Act.FIND], "lean", icon="search")
        self.new_button = KeyButton(keys[Act.NEW], "lean")
        self._groups = (
            _group(self.desk, earlier, today, later, self.title),
            _group(self.range, self.by),
            _group(self.more, self.find_button, self.new_button),
        )
        self._who_row = _group(ElidingLabel("Week of", token="text-muted"), self.who)
        self._who_row.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_GAP - RING, _GAP // 2 - 1, _GAP - RING, 2)
        self._grid.setSpacing(0)
        self._grid.setHorizontalSpacing(_GAP)
        self._rows = 0
        self._place()

    def set_title(self, words: str) -> None:
        self.title.set_text(words)
        self._place()

    def set_who(self, offered: Sequence[tuple[str, str]], who: str) -> None:
        """Whom a week can be shown of, and of whom it is; nobody while a day is shown."""
        self.who.blockSignals(True)
        self.who.set_choices(offered)
        self.who.set_value(who)
        self.who.blockSignals(False)
        self.who.setFixedWidth(self.who.whole_width() if offered else 0)
        self._who_row.setVisible(bool(offered))

    def _who_changed(self) -> None:
        self.who_chosen.emit(self.who.value())

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(QPoint(RING, self.more.height() - RING)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            if not self._who_row.isHidden():
                self.who.setFixedWidth(self.who.whole_width())
            self._place()

    def minimumSizeHint(self) -> QSize:
        widest = max(group.minimumSizeHint().width() for group in self._groups)
        return QSize(widest + 2 * _GAP, super().minimumSizeHint().height())

    def _place(self) -> None:
        """One row, or two, or three."""
        wide = [group.sizeHint().width() for group in self._groups]
        room = self.width() - 2 * _GAP
        if sum(wide) + 2 * _GAP <= room:
            rows = 1
        elif wide[1] + wide[2] + _GAP <= room:
            rows = 2
        else:
            rows = 3
        if rows == self._rows:
            return
        self._rows = rows
        for group in (*self._groups, self._who_row):
            self._grid.removeWidget(group)
        first, second, third = self._groups
        near, far = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing
        places = {
            1: ((0, 0, 1), (0, 1, 1), (0, 2, 1)),
            2: ((0, 0, 3), (1, 0, 2), (1, 2, 1)),
            3: ((0, 0, 3), (1, 0, 3), (2, 0, 3)),
        }[rows]
        for group, (row, column, span) in zip((first, second, third), places, strict=True):
            aligned = far if group is third and rows < 3 else near
            self._grid.addWidget(group, row, column, 1, span, aligned)
        self._grid.addWidget(self._who_row, rows, 0, 1, 3, near)
        self._grid.setColumnStretch(1, 1)


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_NEAR - RING)
    for widget in widgets:
        row.addWidget(widget)
        if isinstance(widget, ElidingLabel):
            row.setContentsMargins(RING, 0, 0, 0)
            row.addSpacing(_NEAR)
    return group
