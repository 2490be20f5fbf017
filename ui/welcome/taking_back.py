"""What was done for the person who types, said in the line at the bottom, and taken back by Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.welcome.frame import action
from ui.welcome.page import Remark
from ui.widgets import MessageLine


class TakingBack(QObject):
    """The last remark alone can be taken back."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._take_back: Callable[[], None] | None = None
        self._message: MessageLine | None = None
        self.action = action(owner, "Undo", "Ctrl+Z", self._undo)
        self.action.setEnabled(False)

    def speak_in(self, message: MessageLine) -> None:
        """Where it speaks."""
        self._message = message

    def remark(self, remark: Remark) -> None:
        """Say what was done; from now on Undo takes it back."""
        self._take_back = remark.take_back
        self.action.setEnabled(remark.take_back is not None)
        self.action.setStatusTip(f"Takes back: {remark.text}" if remark.take_back is not None else "")
        self._say(remark.text, remark.detail)

    def _undo(self) -> None:
        take_back, self._take_back = self._take_back, None
        self.action.setEnabled(False)
        if take_back is not None:
            take_back()
            self._say("Put back as it was.")

    def _say(self, text: str, detail: str = "") -> None:
        if self._message is not None:
            self._message.say(text, detail, "done")
