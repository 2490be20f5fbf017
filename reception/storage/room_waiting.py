"""Who waits for the room that was booked with their appointment."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.booked import RoomState, Standing
from reception.domain.office import Office
from reception.storage import schema as t

_OTHER = t.visit.alias("other")
_STILL_THERE = sa.exists().where(
    _OTHER.c.room_id == t.appointment.c.room_id,
    _OTHER.c.room_id.is_not(None),
    _OTHER.c.state != sa.literal_column("'ended'"),
)
_WAITING_FOR_ROOM = (
    sa.select(t.visit.c.id)
    .join(t.appointment, t.appointment.c.id == t.visit.c.appointment_id)
    .join(t.room, t.room.c.id == t.appointment.c.room_id)
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.IS_WAITING,
        t.visit.c.room_id.is_(None),
        t.appointment.c.standing == Standing.CHECKED_IN.value,
        sa.or_(_STILL_THERE, t.room.c.state == RoomState.CLEANING.value),
    )
)


def waiting_for_room(connection: Connection, office: Office) -> frozenset[str]:
    """The visits that wait, have no room yet, and whose own has somebody else in it or is being cleaned."""
    if not office.rooms:
        return frozenset()
    return frozenset(connection.execute(_WAITING_FOR_ROOM, {"office_id": office.id}).scalars())
