"""Fields to type in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRegularExpression, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegularExpressionValidator,
    QShowEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import look_of
from ui.widgets.painting import RING, draw_ring


class LineEdit(QLineEdit):
    """One line of text, with the house's focus ring outside its border and a border of its own for a fault."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self._fault = ""

    def fault(self) -> str:
        return self._fault

    def set_fault(self, sentence: str) -> None:
        """Mark the field as wrong and say why (to the screen reader too); empty to take the mark away."""
        if sentence == self._fault:
            return
        self._fault = sentence
        self.setProperty("fault", bool(sentence))
        self.setAccessibleDescription(sentence)
        self.setToolTip(sentence)
        self.style().unpolish(self)
        self.style().polish(self)

    def _wear(self) -> None:
        """A window's style sheet keeps its font from reaching fields, so the look's own is taken."""
        self.setFont(look_of(self).font())

    def showEvent(self, event: QShowEvent) -> None:
        self._wear()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._wear()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._height())

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._height())

    def _height(self) -> int:
        look = look_of(self)
        return look.row_height(look.measure("size", "button")) + 2 * RING

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            draw_ring(QPainter(self), self.rect().adjusted(RING, RING, -RING, -RING), look_of(self))


class PinEdit(LineEdit):
    """A PIN: digits only, shown as dots, never on the clipboard, gone when the field is hidden."""

    def __init__(self, longest: int = 12, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(longest)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9]*"), self))
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly
            | Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setAccessibleName("PIN")
        self._clicked_into = False

    def pin(self) -> str:
        return self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for forbidden in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Undo):
            if event.matches(forbidden):
                event.ignore()
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed next replaces what is there; a click chooses all when the button is let go."""
        super().focusInEvent(event)
        self._clicked_into = event.reason() == Qt.FocusReason.MouseFocusReason
        self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._clicked_into and not self.hasSelectedText():
            self.selectAll()
        self._clicked_into = False

    def hideEvent(self, event: QHideEvent) -> None:
        self.clear()
        super().hideEvent(event)
