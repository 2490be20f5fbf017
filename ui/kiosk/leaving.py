"""The way out: staff hold a corner of the screen, and then type a PIN. It is checked on a thread of its own, and slower
after each wrong one.

An office that has set no PIN for its kiosks has not locked them: the pad says so and lets go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from reception.clock import SECOND, Millis
from reception.services.pins import Argon2Pins
from ui.pulse import monotonic_millis
from ui.worker import Job, Relay, Worker

log = logging.getLogger(__name__)

FIRST_DELAY: Millis = 2 * SECOND
LONGEST_DELAY: Millis = 5 * 60 * SECOND
"""After each wrong PIN the next try waits twice as long, up to this."""

CORNER = 160
"""Pixels from the upper left corner."""
CORNER_MS = 4_000

Fits = Callable[[str, str], bool]
"""Whether a hash is of a PIN."""


class Corner(QObject):
    """Says when somebody has held the corner for so long."""

    held = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CORNER_MS)
        self._timer.timeout.connect(self.held)

    def press(self, at: QPoint) -> None:
        if _is_in_corner(at):
            self._timer.start()

    def move(self, at: QPoint) -> None:
        if not _is_in_corner(at):
            self._timer.stop()

    def release(self) -> None:
        self._timer.stop()


def _is_in_corner(at: QPoint) -> bool:
    return at.x() < CORNER and at.y() < CORNER


class WayOut(QObject):
    """Says whether a PIN opens the kiosk."""

    opened = Signal()
    refused = Signal(str)
    """What to say, in English: it is read by staff."""

    def __init__(
        self,
        parent: QObject | None = None,
        fits: Fits | None = None,
        elapsed: Callable[[], Millis] = monotonic_millis,
    ) -> None:
        super().__init__(parent)
        self._fits = fits or Argon2Pins().verify
        self._elapsed = elapsed
        self._wrong = 0
        self._closed_until: Millis = 0
        self._under_way = False
        self._relay = Relay()
        self._relay.came.connect(lambda reply: reply(), Qt.ConnectionType.QueuedConnection)
        self._worker: Worker | None = None

    def seconds_to_wait(self) -> int:
        """Until the next try; 0 when one may be made now."""
        return max(0, -(-(self._closed_until - self._elapsed()) // SECOND))

    def try_pin(self, pin: str, pin_hash: str) -> None:
        """One try; the answer comes as a signal."""
        if self._under_way:
            return
        if not pin_hash:
            log.warning("the kiosk was left without a PIN: none is set for this office")
            self.opened.emit()
            return
        if wait := self.seconds_to_wait():
            self.refused.emit(f"Wait {wait} seconds, then try again.")
            return
        self._under_way = True
        if self._worker is None:
            self._worker = Worker("reception-kiosk-pin", self._relay)
        self._worker.add(Job(lambda: self._fits(pin_hash, pin), self._tried, lambda _: self._tried(False), (pin,)))

    def _tried(self, is_right: bool) -> None:
        self._under_way = False
        if is_right:
            self._wrong = 0
            self.opened.emit()
            return
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2**self._wrong)
        self._wrong += 1
        self._closed_until = self._elapsed() + delay
        log.warning("a wrong PIN at the kiosk, the %d. in a row", self._wrong)
        self.refused.emit(f"That is not the PIN. Wait {delay // SECOND} seconds, then try again.")

    def end(self) -> None:
        """Let go of the thread."""
        if self._worker is not None:
            self._worker.end()
