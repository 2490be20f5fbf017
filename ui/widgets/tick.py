"""Ticking one thing."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.painting import (
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

_WORDS = 160
"""Words that are longer than this, in pixels at 100 % text, may be broken into lines."""


class Tick(QCheckBox):
    """A box to tick with an icon and words, painted from the tokens."""

    def __init__(self, text: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _words_at(self, look: Look) -> int:
        box = look.px(18)
        icon = look.px(18) + 6 if self._icon_name else 0
        return RING + box + 10 + icon

    def sizeHint(self) -> QSize:
        look = look_of(self)
        width = self._words_at(look) + text_width(self._words(), look) + 2 * RING
        more = max(0, len(self._lines(look)) - 1) * look.line()
        return QSize(width, look.row_height(32) + more + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        hint, look = self.sizeHint(), look_of(self)
        return QSize(min(hint.width(), self._words_at(look) + look.px(_WORDS) + 2 * RING), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _lines(self, look: Look) -> list[str]:
        return wrapped_lines(self._words(), self.width() - self._words_at(look) - RING, look)

    def _words(self) -> str:
        return self.text().replace("&", "")

    def hitButton(self, pos: object) -> bool:
        return self.rect().contains(pos)  # type: ignore[call-overload, no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        edge = look.px(18)
        box = QRect(RING, (self.height() - edge) // 2, edge, edge)
        ticked = self.isChecked()
        words = "text" if self.isEnabled() else "on-disabled"
        if not self.isEnabled():
            ground, border = "disabled", "line"
        elif ticked:
            ground, border = "accent", "accent"
        else:
            ground, border = "surface-hover" if self.underMouse() else "surface-raised", "line-strong"
        stroke, dashed = max(1, look.stroke("control")), is_dashed(self, look)
        draw_box(painter, box, look.colour(ground), look.colour(border), stroke, 3, dashed=dashed)
        if ticked:
            draw_icon(painter, box.left(), box, "check", look, "on-accent" if self.isEnabled() else "on-disabled")
        if self.hasFocus():
            draw_ring(painter, self.rect().adjusted(RING, RING, -RING, -RING), look)
        x = box.right() + 1 + 10
        if self._icon_name:
            x += draw_icon(painter, x, self.rect(), self._icon_name, look, words) + 6
        lines = self._lines(look)
        y = (self.height() - len(lines) * look.line()) // 2
        for line in lines:
            draw_text(painter, QRect(x, y, self.width() - x - RING, look.line()), line, look, Style(token=words))
            y += look.line()
