"""A button that shows an icon alone; its words are for the tool tip and the screen reader."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import look_of
from ui.widgets.key_button import KeyButton, key_words
from ui.widgets.painting import RING, draw_box, draw_icon, draw_ring


class IconButton(KeyButton):
    """A lean button as wide as it is high. A flat one has no border."""

    def __init__(self, action: QAction, icon: str, parent: QWidget | None = None, *, is_flat: bool = False) -> None:
        super().__init__(action, "lean", parent, icon)
        self._icon = icon
        self._is_flat = is_flat
        action.setToolTip(f"{action.text()}, {key_words(action)}")

    def sizeHint(self) -> QSize:
        height = super().sizeHint().height()
        return QSize(height, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        ground = "surface-selected" if self.isDown() else "surface-hover" if self.underMouse() else "surface-raised"
        border, token = ("line-strong", "text") if self.isEnabled() else ("line", "on-disabled")
        radius = look.measure("radius", "control")
        edge = None if self._is_flat else look.colour(border)
        draw_box(painter, box, look.colour(ground), edge, look.stroke("control"), radius)
        size = look.measure("size", "icon_button")
        draw_icon(painter, box.left() + (box.width() - look.px(size)) // 2, box, self._icon, look, token, size)
        if self.hasFocus():
            draw_ring(painter, box, look)
