"""Several lines to type in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import look_of
from ui.widgets.painting import RING, draw_ring


class LinesEdit(QWidget):
    """Several lines to type in, with the free pixels that all controls have. Tab goes on; Enter begins a line.

    `edit` has the focus, and is what Tab reaches.
    """

    edited = Signal()
    """The person changed it."""

    def __init__(self, label: str, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(label)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.textChanged.connect(self.edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(RING, RING, RING, RING)
        layout.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.setAccessibleName(label)
        self._wear()

    def text(self) -> str:
        """What was typed, without empty lines and blanks round the others."""
        return "\n".join(line for each in self.edit.toPlainText().splitlines() if (line := each.strip()))

    def set_text(self, text: str) -> None:
        """Show it; nobody has edited it."""
        self.edit.blockSignals(True)
        self.edit.setPlainText(text)
        self.edit.blockSignals(False)

    def sizeHint(self) -> QSize:
        look = look_of(self)
        return QSize(look.px(200), self._lines * look.line() + 26 + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self.sizeHint().height())

    def _wear(self) -> None:
        self.edit.setFont(look_of(self).font())
        self.edit.setFixedHeight(self.sizeHint().height() - 2 * RING)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self._wear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.edit.hasFocus():
            draw_ring(QPainter(self), self.rect().adjusted(RING, RING, -RING, -RING), look_of(self))
