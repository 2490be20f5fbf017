"""What appointments and holds take of officers, rooms and interpreters: rows that never meet.

All that write are one after another, so what is found free here is free until the commit. PostgreSQL refuses two
that meet by a constraint as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Instant, Millis
from reception.domain.booking import Place, Span
from reception.domain.obstacles import taken_by
from reception.storage import schema as t
from reception.storage.refusals import slot_taken

Taken = tuple[tuple[str, Span], ...]
"""Of whom, and from when to when."""

# A line of interpreters is never taken.
_NUMBERS = (
    sa.select(t.resource.c.id, t.resource.c.number)
    .outerjoin(t.interpreter, t.interpreter.c.id == t.resource.c.id)
    .where(
        t.resource.c.id.in_(sa.bindparam("ids", expanding=True)),
        sa.or_(t.interpreter.c.is_line.is_(None), ~t.interpreter.c.is_line),
    )
)
# Rows of one resource never meet, so of those that begin before an end the last is the only one that may reach in.
_REACHES_TO = (
    sa.select(t.occupation.c.ends)
    .where(t.occupation.c.resource == sa.bindparam("number"), t.occupation.c.starts < sa.bindparam("before"))
    .order_by(t.occupation.c.starts.desc())
    .limit(1)
)
_TAKE = sa.insert(t.occupation)
_RELEASE = sa.delete(t.occupation).where(t.occupation.c.appointment_id == sa.bindparam("the_appointment"))
_RAN_OUT = sa.select(t.hold.c.id).where(
    t.hold.c.office_id == sa.bindparam("the_office"), t.hold.c.runs_out_at <= sa.bindparam("now")
)
_RELEASE_HOLDS = sa.delete(t.occupation).where(t.occupation.c.hold_id.in_(sa.bindparam("ids", expanding=True)))
_DELETE_HOLDS = sa.delete(t.hold).where(t.hold.c.id.in_(sa.bindparam("ids", expanding=True)))


def change(connection: Connection, office_id: str, appointment_id: str, before: Taken, after: Taken) -> None:
    """Release what an appointment held and take what it holds now. Refuses SLOT_TAKEN."""
    if before == after:
        return
    if before:
        connection.execute(_RELEASE, {"the_appointment": appointment_id})
    _take(connection, office_id, after, appointment_id, None)


def hold(connection: Connection, office_id: str, hold_id: str, place: Place, set_up: Millis) -> None:
    """Take a place for a hold. Refuses SLOT_TAKEN."""
    _take(connection, office_id, taken_by(place, set_up), None, hold_id)


def let_go(connection: Connection, office_id: str, now: Instant, hold_id: str = "") -> bool:
    """Delete a hold, and with it all that have run out. Returns whether it was there and had not run out."""
    ran_out = list(connection.execute(_RAN_OUT, {"the_office": office_id, "now": now}).scalars())
    gone = [*ran_out, hold_id] if hold_id and hold_id not in ran_out else ran_out
    if not gone:
        return False
    connection.execute(_RELEASE_HOLDS, {"ids": gone})
    return connection.execute(_DELETE_HOLDS, {"ids": gone}).rowcount > len(ran_out)


def number_of(connection: Connection, some_id: str) -> int | None:
    """The number of an officer, a room or an interpreter; None of a line, and of what is not known."""
    return connection.execute(sa.select(t.resource.c.number).where(t.resource.c.id == some_id)).scalar()


def _take(
    connection: Connection,
    office_id: str,
    taken: Sequence[tuple[str, Span]],
    appointment_id: str | None,
    hold_id: str | None,
) -> None:
    if not taken:
        return
    numbers = {row.id: row.number for row in connection.execute(_NUMBERS, {"ids": [each for each, _ in taken]})}
    rows = [
        {
            "resource": numbers[some_id],
            "starts": span.starts,
            "ends": span.ends,
            "office_id": office_id,
            "appointment_id": appointment_id,
            "hold_id": hold_id,
        }
        for some_id, span in taken
        if some_id in numbers
    ]
    for row in rows:
        reaches_to = connection.execute(_REACHES_TO, {"number": row["resource"], "before": row["ends"]}).scalar()
        if reaches_to is not None and reaches_to > row["starts"]:
            raise slot_taken()
    if rows:
        connection.execute(_TAKE, rows)
