"""The wait that somebody who comes now would be told, by service, and that of a visit that waits.

What is read here, kiosk and display may read: visits without anything personal, their legs, who is at which counter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, Millis
from reception.domain import queueing
from reception.domain.office import Counter, Office, Officer
from reception.domain.snapshots import ExpectedWait, State
from reception.storage import offices
from reception.storage import schema as t
from reception.storage.offices import OfficeRecord
from reception.storage.unit_of_work import Database

RECENT_SERVICES = 30
_V = t.visit.c
_WAITING = sa.select(_V.id, _V.state, _V.leg, _V.service_id, _V.named_officer_id, _V.arrived_at).where(
    _V.office_id == sa.bindparam("office_id"), t.IS_WAITING
)
# A display may read no number, and asks for nobody's place.
_IN_ORDER = _WAITING.order_by(_V.arrived_at, _V.running)
_RECENT_SERVICES = (
    sa.select((t.leg.c.ended_at - t.leg.c.started_at).label("taken"))
    .where(
        t.leg.c.office_id == sa.bindparam("office_id"),
        t.leg.c.started_at.is_not(None),
        t.leg.c.ended_at.is_not(None),
    )
    .order_by(t.leg.c.started_at.desc())
    .limit(RECENT_SERVICES)
)
Pair = tuple[Officer, Counter]


def expected_waits(
    database: Database, connection: Connection, record: OfficeRecord, now: Instant
) -> dict[str, ExpectedWait | None]:
    """By service what somebody who came for it now would be told; None where nobody at work may serve it."""
    waiting, at_work, recent = _read(connection, record.office, _WAITING)
    usual = database.ordering.usual_service_minutes * MINUTE
    return {
        service.id: _wait(waiting, serving, serving, recent, usual)
        if (serving := _that_may_serve(at_work, service.id, ""))
        else None
        for service in record.office.services
    }


def expected_wait_of(
    database: Database, connection: Connection, record: OfficeRecord, visit_id: str, now: Instant
) -> ExpectedWait | None:
    """What a visit that waits for its first service is told; None for any other.

    Where nobody at work may serve it, it waits as if for one counter with whoever of the staff may.
    """
    waiting, at_work, recent = _read(connection, record.office, _IN_ORDER)
    place, own = next(((place, row) for place, row in enumerate(waiting) if row.id == visit_id), (0, None))
    if own is None or own.leg > 1 or own.state != State.WAITING:
        return None
    serving = _that_may_serve(at_work, own.service_id, own.named_officer_id or "")
    able = serving or _that_may_serve(
        product(record.office.staff, record.office.counters), own.service_id, own.named_officer_id or ""
    )
    return _wait(waiting[:place], serving, able, recent, database.ordering.usual_service_minutes * MINUTE)


def _read(
    connection: Connection, office: Office, those_who_wait: sa.Select[Any]
) -> tuple[Sequence[Any], list[Pair], list[Millis]]:
    asked = {"office_id": office.id}
    at_work = []
    for at in offices.counters_at_work(connection, office.id):
        officer, counter = office.officer(at.officer_id), office.counter(at.counter_id)
        if officer and counter:
            at_work.append((officer, counter))
    waiting = connection.execute(those_who_wait, asked).all()
    return waiting, at_work, list(connection.execute(_RECENT_SERVICES, asked).scalars())


def _that_may_serve(pairs: Iterable[Pair], service_id: str, named_officer_id: str) -> list[Pair]:
    return [pair for pair in pairs if queueing.may_serve_at(*pair, service_id, named_officer_id)]


def _wait(
    waiting: Sequence[Any], serving: Sequence[Pair], able: Sequence[Pair], recent: Sequence[Millis], usual: Millis
) -> ExpectedWait:
    ahead = sum(
        any(queueing.may_serve_at(*pair, row.service_id, row.named_officer_id or "") for pair in able)
        for row in waiting
    )
    return queueing.expected_wait(ahead, len(serving), recent, usual)
