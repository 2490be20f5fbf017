"""The days that are shown, as a heading that can be pressed to go to others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Look, look_of
from ui.widgets.drop import draw_chevron
from ui.widgets.key_button import key_words
from ui.widgets.painting import RING, Style, draw_box, draw_ring, draw_text, text_width

_STYLE = Style("title", 600)
_WIDEST = "Wednesday 30 September"
_SIGN = 18
_SIDE = 8


class TitleButton(QAbstractButton):
    """As wide as the widest day of a year, so that what stands beside it stays where it is."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{action.text()}, {key_words(action)}")
        self.clicked.connect(action.trigger)

    def set_text(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(f"{words}. {self._action.text()}")
        self.updateGeometry()

    def _wide(self, look: Look) -> int:
        words = max(text_width(each, look, _STYLE) for each in (self.text(), _WIDEST))
        return words + look.px(_SIGN) + 2 * (_SIDE + RING) + 4

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(self._wide(look), look.row_height(look.measure("size", "button_lean")) + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, mirrored = look_of(self), self.isRightToLeft()
        painter = QPainter(self)
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        if self.underMouse():
            draw_box(painter, box, look.colour("surface-hover"), None, 0, look.measure("radius", "control"))
        inner = box.adjusted(_SIDE, 0, -_SIDE, 0)
        taken = draw_text(painter, inner, self.text(), look, _STYLE, right=mirrored)
        edge = look.px(_SIGN)
        left = inner.right() - taken - 4 - edge if mirrored else inner.left() + taken + 4
        draw_chevron(painter, QRect(left, inner.top(), edge, inner.height()), look, "text-muted", turned=False)
        if self.hasFocus():
            draw_ring(painter, box, look)
