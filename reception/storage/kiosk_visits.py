"""Visits as a kiosk's role reaches them, on PostgreSQL: it takes tickets, and may read no facts."""

from __future__ import annotations

import sqlalchemy as sa
from msgspec.structs import replace

from reception.domain.events import NumberAdded, Recorded
from reception.storage.visits import StoredVisits

_ADD_NUMBER = sa.text("SELECT kiosk_add_number(:visit_id, :number)")


class KioskVisits(StoredVisits):
    """See `StoredVisits`."""

    def add_number(self, visit_id: str, item: Recorded) -> None:
        assert isinstance(item.fact, NumberAdded)
        key = {"visit_id": visit_id, "number": item.fact.number}
        last_at = self._connection.execute(_ADD_NUMBER, key).scalar()
        if last_at is not None:
            self._outbox.append((visit_id, replace(item, at=int(last_at))))
