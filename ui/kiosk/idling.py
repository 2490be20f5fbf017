"""Notices that a visitor has gone: asks first, with time to answer, and more time as often as it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from reception.clock import SECOND, Millis
from ui.kiosk.course import Course
from ui.kiosk.entered import At
from ui.pulse import monotonic_millis

TICK_MS = 250
LAST_SECONDS = 30
THANKED_SECONDS = 20
_CLOSE_BY_THEMSELVES = {At.LAST: LAST_SECONDS, At.THANKED: THANKED_SECONDS}
_SLOWER = 2
"""So many times as long for whoever needs an aid."""


class Idling(QObject):
    """Counts since the last touch. It rests until somebody touches something."""

    warned = Signal()
    """Nothing was touched for `idle_seconds`: it is asked whether anybody is there."""
    counted = Signal(int, float)
    """(seconds left, share of the time left), while time runs out."""
    gone = Signal()
    """Nobody answered."""

    def __init__(
        self,
        idle_seconds: int,
        answer_seconds: int,
        parent: QObject | None = None,
        elapsed: Callable[[], Millis] = monotonic_millis,
    ) -> None:
        super().__init__(parent)
        self._idle: Millis = idle_seconds * SECOND
        self._answer: Millis = answer_seconds * SECOND
        self._elapsed = elapsed
        self._since: Millis = 0
        self._closes_in: Millis | None = None
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def asks(self) -> bool:
        """Whether it is being asked whether anybody is there."""
        return self._asked

    def watch(self, course: Course, *, has_aids: bool) -> None:
        """For as long as the present screen stands: the last ones close by themselves, elsewhere it is noticed when
        nobody is there."""
        self._closes_in = None
        if self._asked:
            return
        seconds = _CLOSE_BY_THEMSELVES.get(course.at)
        if seconds is not None:
            self.close_in(seconds * _SLOWER if has_aids else seconds)
        elif course.is_fresh and not has_aids:
            self.rest()
        else:
            self.touched()

    def touched(self) -> None:
        """Somebody is there."""
        self._since = self._elapsed()
        self._asked = False
        if not self._timer.isActive():
            self._timer.start()

    def close_in(self, seconds: int) -> None:
        """The present screen closes by itself: a last screen says so from the beginning."""
        self._closes_in = seconds * SECOND
        self.touched()
        self._tick()

    def rest(self) -> None:
        """Nobody is there, and nothing is to be forgotten."""
        self._timer.stop()
        self._asked = False
        self._closes_in = None

    def _tick(self) -> None:
        waited = self._elapsed() - self._since
        if self._closes_in is not None:
            self._count(self._closes_in, waited)
        elif self._asked:
            self._count(self._answer, waited)
        elif waited >= self._idle:
            self._asked = True
            self._since = self._elapsed()
            self.warned.emit()
            self._count(self._answer, 0)

    def _count(self, whole: Millis, waited: Millis) -> None:
        left = whole - waited
        if left <= 0:
            self.rest()
            self.gone.emit()
        else:
            self.counted.emit(-(-left // SECOND), left / whole)
