"""Days that are over and were left open: closed when a desk is first shown on the next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from reception.clock import MINUTE, Instant, local_date
from reception.domain.desk_view import DeskView
from reception.errors import Code, Refusal
from reception.storage import past_days
from reception.storage.database import Database

log = logging.getLogger(__name__)

CANNOT_WRITE = frozenset({Code.DATABASE_BUSY, Code.DATABASE_READ_ONLY, Code.DATABASE_FULL})
# What is there can be shown all the same; upkeep that writes is tried again.
CLOSE_AGAIN_AFTER = MINUTE


class LeftOpen:
    """Looks once a day and office. `close` closes the days of an office that are over; it refuses as `Door.do`."""

    def __init__(self, database: Database, close: Callable[[str], None]) -> None:
        self._database = database
        self._close = close
        self._closed_until: dict[str, date] = {}
        self._close_again_at: Instant = 0

    def close(self, view: DeskView) -> bool:
        """Close what was left open at the office of a view. True where something was: the view is no longer true."""
        office = view.office
        today = local_date(view.now, office.zone)
        if self._closed_until.get(office.id) == today or view.now < self._close_again_at:
            return False
        # Where nothing was left open nothing is written: the first view neither waits for a lock nor needs one.
        with self._database.read() as (connection, _head, now):
            was_left_open = past_days.left_open(connection, office, now)
        if was_left_open:
            try:
                self._close(office.id)
            except Refusal as refusal:
                if refusal.code not in CANNOT_WRITE:
                    raise
                log.warning("a day that is over could not be closed: %s", refusal.code)
                self._close_again_at = view.now + CLOSE_AGAIN_AFTER
                return False
        self._closed_until[office.id] = today
        return was_left_open
