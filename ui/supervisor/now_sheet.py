"""*Now*: what asks for attention, most urgent first, and delays, counters and rooms at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.moments import joined
from ui.panels.in_sight import InSight
from ui.supervisor.now_words import Line
from ui.theme import look_of
from ui.widgets import RING, ElidingLabel, KeyButton, Sheet
from ui.widgets.painting import draw_icon
from ui.widgets.sheet import PADDING

_ICON = 18
_TEXT_X = 32
_MOST_LINES = 6
_APART, _LEAST_ABOVE = 11, 4
"""Pixels from a hairline to the words; and to a button with its ring."""
_SHOWN = 3
"""So many lines at first; the others when they are asked for."""
NOBODY_ELSE = "Nobody else at work is free to serve it."


class _Icon(QWidget):
    """The shape that goes with the words."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._token = "", "text"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_icon(self, name: str, token: str) -> None:
        if (name, token) != (self._name, self._token):
            self._name, self._token = name, token
            self.update()

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(_ICON) + _TEXT_X - _ICON, look.px(_ICON))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            look = look_of(self)
            draw_icon(QPainter(self), 0, self.rect(), self._name, look, self._token, _ICON)


class AttentionLine(QWidget):
    """One thing, with a hairline above; who else could serve is shown in place, by a button below the words, or beside
    the title where every line has room for that."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.key = line.key
        self._icon = _Icon()
        self.title = ElidingLabel(weight=600, lines=2)
        self.words = ElidingLabel(lines=_MOST_LINES)
        self.names = ElidingLabel(weight=600, lines=_MOST_LINES)
        self.names.hide()
        self.who = QAction(self)
        self.who.triggered.connect(lambda _checked=False: self._show_names())
        self.button = KeyButton(self.who, "lean", self)
        self._grid = QGridLayout(self)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._icon, 0, 0)
        self._grid.addWidget(self.title, 0, 1)
        self._grid.addWidget(self.words, 1, 1, 1, 2)
        self._grid.addWidget(self.names, 3, 1, 1, 2)
        self._below = QHBoxLayout()
        self._below.addSpacing(-RING)
        self._below.addStretch(1)
        self._grid.addLayout(self._below, 2, 1, 1, 2)
        self._is_beside: bool | None = None
        self._line = line
        self.set_beside(is_beside=False)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """The same thing as it stands now."""
        self._line = line
        self._icon.set_icon(line.icon, line.token)
        self.title.set_text(line.title)
        self.words.set_text(line.words)
        self.button.setVisible(line.asks_who)
        self._fill_names()
        self._space()

    def width_beside(self) -> int:
        """How wide it is with the button beside the title; 0 without a button."""
        if not self._line.asks_who:
            return 0
        words = self._icon.sizeHint().width() + self.title.sizeHint().width()
        return words + 8 + self.button.sizeHint().width() + 2 * PADDING

    def set_beside(self, *, is_beside: bool) -> None:
        """The button beside the title, else below the words."""
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        if is_beside:
            self._below.removeWidget(self.button)
            self._grid.addWidget(self.button, 0, 2)
        else:
            self._grid.removeWidget(self.button)
            self._below.insertWidget(1, self.button)
        self._space()

    def _space(self) -> None:
        beside = bool(self._is_beside) and self._line.asks_who
        above = _LEAST_ABOVE if beside else _APART
        self._grid.setContentsMargins(PADDING, above, PADDING - (RING if beside else 0), _APART)
        self._below.setContentsMargins(0, 8 - RING if self._line.asks_who and not beside else 0, 0, 0)

    def _show_names(self) -> None:
        self.names.setVisible(self.names.isHidden())
        self._fill_names()

    def _fill_names(self) -> None:
        words = "Hide who else" if not self.names.isHidden() else f"Who else can serve {self._line.service}"
        if words != self.who.text():
            self.who.setText(words)
        self.who.setStatusTip(f"{self._line.title}, {self._line.words}".removesuffix("."))
        self.names.set_text(joined(self._line.could_serve) or NOBODY_ELSE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(PADDING, 0, self.width() - 2 * PADDING, 1, look_of(self).colour("line"))


class _Lines(QScrollArea):
    """The lines, as high as the first few: what is more scrolls, and pushes nothing apart."""

    def __init__(self) -> None:
        super().__init__()
        self._first: tuple[AttentionLine, ...] = ()
        self._asked = 0
        content = self._content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for off in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            off(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setWidget(content)
        InSight(self, content)

    def show_from(self, first: Sequence[AttentionLine], *, scrolls: bool) -> None:
        """It is no lower than these together. A bar that came and went would break the words anew."""
        self._first = tuple(first)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        self.setVisible(bool(first))
        self.arrange()
        self._ask_for_room()

    def arrange(self) -> None:
        """The buttons of all lines beside their titles, or of none."""
        lines = self._content.findChildren(AttentionLine)
        fits = all(line.width_beside() <= self.viewport().width() for line in lines if not line.isHidden())
        for line in lines:
            line.set_beside(is_beside=fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_content"):
            self.arrange()

    def begin_with(self, line: AttentionLine) -> None:
        """Scroll so far that it stands at the top."""
        self.verticalScrollBar().setValue(line.y())

    def _ask_for_room(self) -> None:
        if (least := self._least()) != self._asked:
            self._asked = least
            self.updateGeometry()

    def _least(self) -> int:
        return sum(max(line.minimumSizeHint().height(), line.sizeHint().height()) for line in self._first)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._least())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), self._least())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_room()
        return super().eventFilter(watched, event)


class NowSheet(Sheet):
    """See the module. A line that is still about the same stays where it is, with the focus if it has it."""

    def __init__(self) -> None:
        super().__init__("Now", lean=True)
        self._lines: list[AttentionLine] = []
        self._all = False
        self._quiet = ElidingLabel(token="text-muted", lines=_MOST_LINES)
        self.padded().addWidget(self._quiet)
        self._area = _Lines()
        self._column = self._area.column
        self.body.addWidget(self._area)
        self.more = QAction("Show all", self)
        self.more.triggered.connect(lambda _checked=False: self._show_all())
        self.more_button = KeyButton(self.more, "lean")
        more = QHBoxLayout()
        more.setContentsMargins(PADDING - RING, 0, PADDING - RING, 8)
        more.addWidget(self.more_button)
        more.addStretch(1)
        self.body.addLayout(more)
        self.body.addStretch(1)
        self.facts = ElidingLabel(token="text-muted", lines=_MOST_LINES)
        self.body.addSpacing(12)
        self.padded().addWidget(self.facts)
        self.body.addSpacing(12)

    def show_now(self, lines: Sequence[Line], quiet: str, facts: str) -> None:
        """`quiet`: what is said where there is no line."""
        known = {each.key: each for each in self._lines}
        had_focus = next((each for each in self._lines if each.button.hasFocus()), None)
        shown = []
        for at, line in enumerate(lines):
            widget = known.pop(line.key, None)
            if widget is None:
                widget = AttentionLine(line)
                self._column.insertWidget(at, widget)
            else:
                widget.show_line(line)
                if self._column.indexOf(widget) != at:
                    self._column.insertWidget(at, widget)
            shown.append(widget)
        self._lines = shown
        if had_focus is not None and had_focus.key in known:
            self._hand_on_focus()
        for gone in known.values():
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._quiet.set_text(quiet)
        self._quiet.setVisible(not lines)
        self._show_some()
        self.facts.set_text(facts)
        self.facts.setVisible(bool(facts))

    def lines(self) -> tuple[AttentionLine, ...]:
        return tuple(self._lines)

    def _hand_on_focus(self) -> None:
        """What had the focus is over: it goes to the next that can have it."""
        for line in self._lines:
            if line.button.isVisibleTo(self):
                line.button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.window().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self) -> None:
        """What is shown then is begun with what was not seen before."""
        self._all = not self._all
        self._show_some()
        first = self._lines[_SHOWN if self._all and len(self._lines) > _SHOWN else 0]
        QTimer.singleShot(0, first, lambda: self._area.begin_with(first))

    def _show_some(self) -> None:
        for at, line in enumerate(self._lines):
            line.setVisible(self._all or at < _SHOWN)
        self._area.show_from(self._lines[:_SHOWN], scrolls=self._all and len(self._lines) > _SHOWN)
        left = len(self._lines) - _SHOWN
        self.more.setText(f"Show the first {_SHOWN}" if self._all else f"Show {left} more")
        self.more.setVisible(left > 0)
        self.more_button.setVisible(left > 0)
