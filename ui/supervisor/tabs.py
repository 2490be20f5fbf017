"""The words that lead to the pages, the chosen one underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.theme import look_of
from ui.widgets.painting import RING, Style, baseline, draw_ring, draw_text, text_width

_APART = 32
_UNDERLINE = 3
_LEAST_HEIGHT = 48


class Tab(QRadioButton):
    """One word; its first letter is underlined, and is its key with Alt."""

    def __init__(self, word: str, number: int) -> None:
        super().__init__(word)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(word)
        self.keys = (QKeySequence(f"Alt+{word[0]}"), QKeySequence(f"Ctrl+{number}"))
        said = " or ".join(key.toString().replace("+", " ") for key in self.keys)
        self.setAccessibleDescription(f"Key {said}")
        self.setToolTip(f"{word}: {said}")

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(
            text_width(self.text(), look, Style(weight=600)) + 2 * RING,
            max(_LEAST_HEIGHT, look.line("base") + 2 * (RING + _UNDERLINE + 2)),
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys choose; with Alt or Ctrl they are the page's."""
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        inner = self.rect().adjusted(RING, 0, -RING, 0)
        chosen = self.isChecked()
        style = Style(weight=600, token="text" if chosen or self.underMouse() else "text-muted")
        words = QRect(inner.left(), inner.top(), inner.width(), inner.height())
        draw_text(painter, words, self.text(), look, style)
        letter = text_width(self.text()[0], look, style)
        painter.fillRect(words.left(), baseline(words, look, style) + 2, letter, 1, look.colour(style.token))
        if chosen:
            line = QRect(inner.left(), self.height() - _UNDERLINE, inner.width(), _UNDERLINE)
            painter.fillRect(line, look.colour("accent"))
        if self.hasFocus():
            height = look.line("base") + 2
            top = (self.height() - height) // 2
            draw_ring(painter, QRect(inner.left(), top, inner.width(), height), look)


class Tabs(QWidget):
    """All of them in a row. Tab goes to the chosen one, the arrow keys choose."""

    chosen = Signal(int)
    """The place of the one that is now chosen."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = tuple(Tab(word, at) for at, word in enumerate(words, start=1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_APART - 2 * RING)
        for at, tab in enumerate(self.tabs):
            row.addWidget(tab)
            tab.toggled.connect(lambda on, at=at: self.chosen.emit(at) if on else None)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def choose(self, at: int) -> None:
        self.tabs[at].setChecked(True)

    def at(self) -> int:
        """The place of the chosen one."""
        return next((at for at, tab in enumerate(self.tabs) if tab.isChecked()), 0)

    def take_focus(self) -> None:
        self.tabs[self.at()].setFocus(Qt.FocusReason.OtherFocusReason)
