"""Notices that a window with figures was left alone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from reception.clock import MINUTE, Instant
from ui.pulse import Pulse

LOCK_AFTER = 15 * MINUTE
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
"""Of somebody who is there."""


class Alone(QObject):
    """Tells once when neither key nor mouse was touched for 15 minutes, between :meth:`watch` and :meth:`rest`."""

    left = Signal()

    def __init__(self, pulse: Pulse, parent: QObject) -> None:
        super().__init__(parent)
        self._pulse = pulse
        self._touched_at: Instant | None = None

    def watch(self) -> None:
        """Somebody is there now."""
        application = QCoreApplication.instance()
        if self._touched_at is None and application is not None:
            application.installEventFilter(self)
        self._touched_at = self._pulse.now()

    def rest(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._touched_at = None

    def look(self, now: Instant) -> bool:
        """Whether it was left alone by `now`; then it says so and rests."""
        if self._touched_at is None:
            return False
        self._touched_at = min(self._touched_at, now + LOCK_AFTER)  # the office's clock may be put back by hours
        is_left = now - self._touched_at >= LOCK_AFTER
        if is_left:
            self.rest()
            self.left.emit()
        return is_left

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # Minimised, nothing ticked meanwhile: the first touch afterwards comes too late, and does nothing else.
        if event.type() in _SIGNS and (now := self._pulse.now()) is not None:
            if self.look(now):
                return True
            self._touched_at = now
        return False
