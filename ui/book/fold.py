"""A part of a form that is folded away until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.panels.in_sight import in_sight_of
from ui.theme import look_of
from ui.widgets.drop import draw_chevron
from ui.widgets.painting import MUTED, RING, STRONG, draw_ring, draw_text, text_width


class _FoldHead(QAbstractButton):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setText(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.note = ""

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(text_width(self.text(), look, STRONG) + look.px(18) + 24, look.row_height(32) + 2 * RING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        mirrored = self.isRightToLeft()
        box = self.rect().adjusted(RING, RING, -RING, -RING)
        painter.fillRect(box.left(), 0, box.width(), 1, look.colour("line"))
        if self.underMouse():
            painter.fillRect(box, look.colour("surface-hover"))
        edge = look.px(18)
        sign = box.adjusted(0, 0, 0, 0)
        sign.setWidth(edge)
        if mirrored:
            sign.moveRight(box.right())
        draw_chevron(painter, sign, look, "text", self.isChecked())
        words = box.adjusted(0, 0, -edge - 8, 0) if mirrored else box.adjusted(edge + 8, 0, 0, 0)
        taken = draw_text(painter, words, self.text(), look, STRONG, right=mirrored)
        if self.note:
            rest = words.adjusted(0, 0, -taken - 12, 0) if mirrored else words.adjusted(taken + 12, 0, 0, 0)
            draw_text(painter, rest, self.note, look, MUTED, right=not mirrored)
        if self.hasFocus():
            draw_ring(painter, box, look)


class Fold(QWidget):
    """A heading to press, and what it unfolds. Space or a click; what is in it counts while it is folded, too."""

    unfolded = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.head = _FoldHead(words)
        self._inner = QWidget()
        self.content = QVBoxLayout(self._inner)
        self.content.setContentsMargins(0, 0, 0, 4)
        self.content.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._inner)
        self._inner.hide()
        self.head.toggled.connect(self._toggled)

    def add(self, widget: QWidget) -> None:
        self.content.addWidget(widget)

    def set_open(self, on: bool) -> None:
        self.head.setChecked(on)

    def is_open(self) -> bool:
        return self.head.isChecked()

    def set_note(self, words: str) -> None:
        """What is in it, in a word or two, at the end of the heading."""
        if words != self.head.note:
            self.head.note = words
            self.head.setAccessibleDescription(words)
            self.head.update()

    def _toggled(self, on: bool) -> None:
        self._inner.setVisible(on)
        if on:
            if (keeper := in_sight_of(self)) is not None:
                keeper.unfolded(self)
            self.unfolded.emit()
