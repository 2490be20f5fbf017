"""What changes of an office in the course of a day: who is at which counter, wrong PINs, evacuations."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant
from reception.errors import Code, Refusal
from reception.services.office_ports import AtCounter, Pin
from reception.storage import schema as t

_COUNTERS = (
    sa.select(t.counter.c.id, t.counter.c.officer_id, t.counter.c.station, t.counter.c.opened_at)
    .where(t.counter.c.office_id == sa.bindparam("office_id"), t.counter.c.officer_id.is_not(None))
    .order_by(t.counter.c.position)
)
_EVACUATED = sa.select(t.evacuation.c.started_at).where(
    t.evacuation.c.office_id == sa.bindparam("office_id"), t.evacuation.c.ended_at.is_(None)
)
_LAST_RESUMED = (
    sa.select(t.evacuation.c.resumed)
    .where(t.evacuation.c.office_id == sa.bindparam("office_id"), t.evacuation.c.ended_at.is_not(None))
    .order_by(t.evacuation.c.started_at.desc())
    .limit(1)
)


def counters_at_work(connection: Connection, office_id: str) -> list[AtCounter]:
    return [AtCounter(*row) for row in connection.execute(_COUNTERS, {"office_id": office_id})]


def letters_in_use(connection: Connection, office_id: str, day: date) -> frozenset[str]:
    """The letters that tickets of a local day begin with."""
    given = sa.select(t.series.c.letter).where(
        t.series.c.office_id == office_id, t.series.c.local_day == day.isoformat()
    )
    return frozenset(connection.execute(given).scalars())


def evacuated_at(connection: Connection, office_id: str) -> Instant | None:
    found = connection.execute(_EVACUATED, {"office_id": office_id}).scalar()
    return None if found is None else int(found)


def pin_of(connection: Connection, officer_id: str) -> Pin:
    row = connection.execute(
        sa.select(t.staff.c.id, t.staff.c.pin_hash, t.staff.c.wrong_pins, t.staff.c.locked_until).where(
            t.staff.c.id == officer_id, ~t.staff.c.retired
        )
    ).first()
    if row is None:
        raise Refusal(Code.UNKNOWN_THING, "That member of staff is not known here.", "Choose another name.")
    return Pin(*row)


def pin_tried(connection: Connection, officer_id: str, wrong: int, locked_until: Instant) -> None:
    connection.execute(
        sa.update(t.staff).where(t.staff.c.id == officer_id).values(wrong_pins=wrong, locked_until=locked_until)
    )


def set_counter(
    connection: Connection, counter_id: str, officer_id: str | None, station: str, at: Instant | None
) -> None:
    connection.execute(
        sa.update(t.counter)
        .where(t.counter.c.id == counter_id)
        .values(officer_id=officer_id, station=station, opened_at=at)
    )


def start_evacuation(connection: Connection, office_id: str, at: Instant, day: date) -> None:
    """`at` is moved on by a moment where a clock that was put back has come to an earlier evacuation's start."""
    table = t.evacuation
    earlier = set(
        connection.execute(
            sa.select(table.c.started_at).where(table.c.office_id == office_id, table.c.started_at >= at)
        ).scalars()
    )
    while at in earlier:
        at += 1
    connection.execute(table.insert().values(office_id=office_id, started_at=at, local_day=day.isoformat()))


def end_evacuation(connection: Connection, office_id: str, at: Instant, resumed: bool) -> None:
    connection.execute(
        sa.update(t.evacuation)
        .where(t.evacuation.c.office_id == office_id, t.evacuation.c.ended_at.is_(None))
        .values(ended_at=at, resumed=resumed)
    )


def evacuation_ended_at(connection: Connection, office_id: str) -> Instant | None:
    found = sa.select(sa.func.max(t.evacuation.c.ended_at)).where(t.evacuation.c.office_id == office_id)
    return connection.execute(found).scalar()


def last_evacuation_resumed(connection: Connection, office_id: str) -> bool | None:
    return connection.execute(_LAST_RESUMED, {"office_id": office_id}).scalar()
