"""The question that stands between a half-filled form and the way out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets import MessageLine


class LeaveQuestion(QObject):
    """Asked in the line at the bottom: stay (Escape, Enter) or leave (L)."""

    stayed = Signal()
    left = Signal()

    def __init__(self, message: MessageLine, parent: QObject) -> None:
        super().__init__(parent)
        self._message = message
        self._before: QWidget | None = None
        self._is_asked = False
        self._stay = QAction("Stay", self)
        self._stay.setShortcut(QKeySequence("Esc"))
        # The button shows the key. It is the form that listens for it, so that a list that is open may close first.
        self._stay.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._stay.triggered.connect(self.stay)
        self._leave = QAction("Leave", self)
        self._leave.setShortcut(QKeySequence("L"))
        self._leave.setEnabled(False)
        self._leave.triggered.connect(self.left)

    def is_asked(self) -> bool:
        return self._is_asked

    def ask(self) -> None:
        """Ask; the focus waits on the answer that loses nothing."""
        if self._is_asked:
            return
        self._before = QApplication.focusWidget()
        self._is_asked = True
        self._leave.setEnabled(True)
        self._message.say(
            "Leave without saving?", "What you typed is lost then.", "due-soon", (self._stay, self._leave)
        )
        buttons = self._message.action_buttons()
        for button in buttons:
            button.show()  # Qt would do it a moment later; what can't be seen has neither focus nor key
        buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Something else is done: the question stands no longer."""
        if self._is_asked:
            self._is_asked = False
            self._leave.setEnabled(False)
            self._message.clear()

    def stay(self) -> None:
        """The answer that loses nothing: back to where the focus was."""
        before, self._before = self._before, None
        self.withdraw()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stayed.emit()
