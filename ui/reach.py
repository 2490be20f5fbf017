"""Whether the database can be reached, as far as its answers tell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reception.clock import Instant, SystemClock
from reception.errors import Code
from ui.refused import Refused

CONNECTION_CODES = frozenset({Code.DATABASE_UNREACHABLE, Code.DATABASE_BUSY})
"""Over as soon as anything is answered."""
WRITING_CODES = frozenset({Code.DATABASE_FULL, Code.DATABASE_READ_ONLY})
"""Over only when something has been saved: reading goes on meanwhile."""


class Reach(QObject):
    """Hears of every answer and every refusal, and says once when the database is lost and once when it is found.

    `now` tells the office's time, if it is known yet; else this computer's clock is used.
    """

    lost = Signal(object, object)
    """(since: Instant, Refused): `since` is the first failure in a row."""
    found = Signal()

    def __init__(self, now: Callable[[], Instant | None] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._lost_since: Instant | None = None
        self._ends_on_saving = False

    @property
    def is_lost(self) -> bool:
        return self._lost_since is not None

    def refused(self, no: Refused) -> None:
        """Something was refused, perhaps by the database."""
        if no.code not in CONNECTION_CODES | WRITING_CODES:
            return
        self._ends_on_saving = self._ends_on_saving or no.code in WRITING_CODES
        if self._lost_since is None:
            self._lost_since = self._office_time()
            self.lost.emit(self._lost_since, no)

    def answered(self, *, saved: bool) -> None:
        """Something was answered; `saved`: and written."""
        if self._lost_since is None or (self._ends_on_saving and not saved):
            return
        self._lost_since = None
        self._ends_on_saving = False
        self.found.emit()

    def _office_time(self) -> Instant:
        known = self._now() if self._now is not None else None
        return SystemClock().now() if known is None else known
