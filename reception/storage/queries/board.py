"""What a display shows, read in one transaction: calls, waits, notices, announced delays. Nothing of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, local_date, midnight_after
from reception.domain.board import BoardCall, BoardDelay, BoardView, BoardWait
from reception.domain.booked import DelayReason
from reception.domain.office import Office
from reception.domain.opening import Doors, doors_of
from reception.domain.said_wait import ExpectedWait
from reception.domain.visit_states import State
from reception.services.queries import Board
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.names import record_of
from reception.storage.queries.waits import expected_waits

MOST_CALLS = 12
_READ_AT_MOST = 60
"""Somebody who is called again and again takes several rows, and is shown once."""
WAITS_AS_OF = MINUTE
"""Waits change as time passes: they are read again after so long, while the office is open."""

_CALLS = (
    sa.select(
        t.call.c.id,
        t.call.c.visit_id,
        t.call.c.number,
        t.call.c.counter_id,
        t.call.c.room_id,
        t.call.c.called_at,
        t.call.c.times,
        t.call.c.language,
        t.call.c.private,
        t.visit.c.state,
    )
    .join(t.visit, t.visit.c.id == t.call.c.visit_id)
    .where(
        t.call.c.office_id == sa.bindparam("office_id"),
        t.call.c.local_day == sa.bindparam("day"),
        ~t.call.c.withdrawn,
    )
    .order_by(t.call.c.called_at.desc(), t.call.c.times.desc(), t.call.c.id)
    .limit(_READ_AT_MOST)
)
_ANNOUNCED = (
    sa.select(
        t.announcement.c.reason, t.announcement.c.service_id, t.announcement.c.minutes, t.announcement.c.announced_at
    )
    .where(t.announcement.c.office_id == sa.bindparam("office_id"), t.announcement.c.local_day == sa.bindparam("day"))
    .order_by(t.announcement.c.announced_at.desc())
)


def board_view(database: Database, query: Board) -> BoardView:
    """Everything that a display shows."""
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        office = record.office
        today = local_date(now, office.zone)
        doors = doors_of(office, now)
        waits = expected_waits(database, connection, record, now)
        delays = _delays(connection, office, today, now)
        return BoardView(
            now=now,
            sequence=head.sequence,
            office_id=office.id,
            office=office.name,
            council=office.council,
            timezone=office.timezone,
            calls=_calls(connection, office, today),
            waits=_waits(office, waits),
            notices=office.notices,
            delays=delays,
            evacuated=day_to_day.evacuated_at(connection, office.id) is not None,
            is_open=doors.is_open,
            next_open=doors.opens_at,
            order_valid_until=_valid_until(doors, waits, now, midnight_after(today, office.zone)),
        )


def _calls(connection: Connection, office: Office, today: date) -> tuple[BoardCall, ...]:
    """The last call of each visit."""
    counters = {each.id: each.name for each in office.counters}
    rooms = {each.id: each.name for each in office.rooms}
    found: dict[str, BoardCall] = {}
    for row in connection.execute(_CALLS, {"office_id": office.id, "day": today.isoformat()}):
        if row.visit_id in found:
            continue
        place = rooms.get(row.room_id or "") or counters.get(row.counter_id, "")
        found[row.visit_id] = BoardCall(
            row.id,
            row.visit_id,
            row.number,
            place,
            row.called_at,
            row.times,
            row.language,
            row.private,
            row.state != State.CALLED,
        )
        if len(found) == MOST_CALLS:
            break
    return tuple(found.values())


def _waits(office: Office, waits: Mapping[str, ExpectedWait | None]) -> tuple[BoardWait, ...]:
    return tuple(
        BoardWait(each.id, each.name, {language: said.name for language, said in each.said.items()}, waits.get(each.id))
        for each in office.services
    )


def _delays(connection: Connection, office: Office, today: date, now: Instant) -> tuple[BoardDelay, ...]:
    """Those that are not over, the newest of each service and of the whole room."""
    found: dict[str, BoardDelay] = {}
    for row in connection.execute(_ANNOUNCED, {"office_id": office.id, "day": today.isoformat()}):
        service = office.service(row.service_id or "")
        delay = BoardDelay(DelayReason(row.reason), service.name if service else "", row.minutes, row.announced_at)
        found.setdefault(row.service_id or "", delay)
    return tuple(each for each in found.values() if each.until > now)


def _valid_until(doors: Doors, waits: Mapping[str, ExpectedWait | None], now: Instant, midnight: Instant) -> Instant:
    """When time alone changes what is shown. Notices and delays end by the display's own clock."""
    moments: Iterable[Instant | None] = (
        doors.closes_at,
        doors.opens_at,
        midnight,
        now + WAITS_AS_OF if doors.is_open and any(waits.values()) else None,
    )
    return min(at for at in moments if at is not None and at > now)
