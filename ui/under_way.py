"""Which commands of a window are under way or done, so that none is sent twice, and when one takes its time."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QTimer, Signal

SLOW_AFTER_MS = 1_500
REMEMBERED_IDS = 500


class UnderWay(QObject):
    """By the ids of commands."""

    slow = Signal(bool)
    """A command has been under way for a while; False when all are answered."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ids: set[str] = set()
        self._done: OrderedDict[str, None] = OrderedDict()
        self._is_slow = False
        self._timer = QTimer(self)
        self._timer.setInterval(SLOW_AFTER_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._still)

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._ids

    def begin(self, command_id: str) -> bool:
        """False when it is under way or done already."""
        if command_id in self._ids or command_id in self._done:
            return False
        self._ids.add(command_id)
        if not self._timer.isActive() and not self._is_slow:
            self._timer.start()
        return True

    def settle(self, command_id: str, *, was_done: bool) -> None:
        """It is answered."""
        self._ids.discard(command_id)
        if was_done:
            self._done[command_id] = None
            while len(self._done) > REMEMBERED_IDS:
                self._done.popitem(last=False)
        if not self._ids:
            self._timer.stop()
            if self._is_slow:
                self._is_slow = False
                self.slow.emit(False)

    def _still(self) -> None:
        if self._ids:
            self._is_slow = True
            self.slow.emit(True)

    def close(self) -> None:
        self._timer.stop()
