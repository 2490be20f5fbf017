"""One choice of a few: a radio button painted as a box of words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from ui.theme import Look, look_of
from ui.widgets.painting import (
    MUTED,
    RING,
    Style,
    draw_box,
    draw_icon,
    draw_ring,
    draw_text,
    is_dashed,
    text_width,
    wrapped_lines,
)

_LETTER_GAP = 12
_BIG = 56
_LINES = 2
"""A big one has room for so many, one above the other."""
_EDGE = 4


class Choice(QRadioButton):
    """The arrow keys move among those of one parent. A big one shows a check when it is chosen."""

    def __init__(self, text: str, letter: str = "", *, big: bool = False) -> None:
        super().__init__(text)
        self._letter = letter
        self._big = big
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        if letter:
            self.setAccessibleDescription(f"Key {letter}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def letter(self) -> str:
        return self._letter

    def _side(self) -> int:
        return 16 if self._big else 12

    def _height(self, look: Look) -> int:
        if not self._big:
            return look.row_height(look.measure("size", "button")) + 2 * RING
        return max(look.row_height(_BIG), _LINES * look.line("base") + 2 * _EDGE) + 2 * RING

    def _width(self, look: Look) -> int:
        letter = text_width(self._letter, look, MUTED) + _LETTER_GAP if self._letter else 0
        return 2 * (RING + self._side()) + letter

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(self._width(look) + text_width(self.text(), look, Style(weight=600)), self._height(look))

    def minimumSizeHint(self) -> QSize:
        look = look_of(self)
        words = text_width(self.text(), look, Style(weight=600))
        return QSize(self._width(look) + min(words, look.px(160 if self._big else 400)), self._height(look))

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        words = self._draw_box(painter, box, look)
        if self.hasFocus():
            draw_ring(painter, box, look)
        inner = box.adjusted(self._side(), 0, -self._side(), 0)
        letter = Style(token="text-muted" if self.isEnabled() else words)
        if letter_width := draw_text(painter, inner, self._letter, look, letter, right=True):
            inner.adjust(0, 0, -letter_width - _LETTER_GAP, 0)
        if self._big and self.isChecked():
            edge = draw_icon(painter, inner.left(), inner, "check", look, "accent-text")
            inner.adjust(edge + 8, 0, 0, 0)
        style = Style(weight=600 if self._big or self.isChecked() else 400, token=words)
        if not self._big:
            wide = min(inner.width(), text_width(self.text(), look, style))
            inner = QRect(inner.left() + (inner.width() - wide) // 2, inner.top(), wide, inner.height())
        lines = wrapped_lines(self.text(), inner.width(), look, style, _LINES) if self._big else [self.text()]
        height = look.line("base") if len(lines) > 1 else inner.height()
        top = inner.top() + (inner.height() - height * len(lines)) // 2
        for at, line in enumerate(lines):
            draw_text(painter, QRect(inner.left(), top + at * height, inner.width(), height), line, look, style)

    def _draw_box(self, painter: QPainter, box: QRect, look: Look) -> str:
        """Ground and border as they are now; the token of the words on them is returned."""
        stroke = look.stroke("control")
        if not self.isEnabled():
            ground, border, words = "disabled", "line", "on-disabled"
        elif self.isChecked():
            ground, border, words, stroke = "surface-selected", "accent-text", "text", look.stroke("focus_row")
        else:
            ground = "surface-hover" if self.underMouse() else "surface-raised"
            border, words = "line-strong", "text"
        radius, dashed = look.measure("radius", "control"), is_dashed(self, look)
        draw_box(painter, box, look.colour(ground), look.colour(border), stroke, radius, dashed=dashed)
        return words
