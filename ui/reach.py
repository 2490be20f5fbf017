"""Whether the database can be reached, and whether it takes what is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reception.clock import Instant, SystemClock
from reception.domain.stations import Contact
from reception.domain.stations import Reach as Word
from reception.errors import Code
from ui.refused import UNANSWERED, Refused

CONNECTION_CODES = frozenset({Code.DATABASE_UNREACHABLE, Code.DATABASE_BUSY})
"""What is sent again may well be done."""
WRITING_CODES = frozenset({Code.DATABASE_FULL, Code.DATABASE_READ_ONLY})
"""Over only when something has been saved: reading goes on meanwhile."""
OUTDATED_CODES = frozenset({Code.SCHEMA_NEWER})
"""Over only when the program is started anew."""


class Reach(QObject):
    """Hears from the feed how the database answers and from refusals what it does not take. Says once when the
    database is lost and once when it is found.

    `now` tells the office's time, if it is known yet; else this computer's clock is used.
    """

    lost = Signal(object, object)
    """(since: Instant, Refused): since when nothing can be saved, and why."""
    found = Signal()

    def __init__(self, now: Callable[[], Instant | None] | None, parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._said: Refused | None = None
        self.contact = Contact(Word.LIVE)
        """As it was last told; live as long as nothing else is known."""

    @property
    def is_lost(self) -> bool:
        """The database is out of reach."""
        return self.contact.reach is Word.LOST

    def hear(self, contact: Contact) -> None:
        """How the database answers has changed."""
        was_lost, self.contact = self.is_lost, contact
        if self.is_lost:
            since = self._office_time() if contact.last_live is None else contact.last_live
            self._say_lost(since, UNANSWERED)
        elif was_lost and self._said is UNANSWERED:
            self._say_found()

    def refused(self, no: Refused) -> None:
        """Something was refused, perhaps by the database."""
        if no.code in WRITING_CODES | OUTDATED_CODES and not self.is_lost:
            self._say_lost(self._office_time(), no)

    def saved(self) -> None:
        """Something was written."""
        if self._said is not None and self._said.code in WRITING_CODES:
            self._say_found()

    def _say_lost(self, since: Instant, no: Refused) -> None:
        if self._said is None or self._said.code != no.code:
            self._said = no
            self.lost.emit(since, no)

    def _say_found(self) -> None:
        self._said = None
        self.found.emit()

    def _office_time(self) -> Instant:
        known = self._now() if self._now is not None else None
        return SystemClock().now() if known is None else known
