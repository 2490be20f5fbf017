"""The rooms as they are now, and which of them suits a visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import Instant, Millis, local_date, midnight_after
from reception.domain.about_now import RoomRow
from reception.domain.booked import RoomFeature, RoomState
from reception.domain.events import RoomAssigned
from reception.domain.foresight import USUAL
from reception.domain.office import Office
from reception.domain.person import Need
from reception.errors import Code, Refusal
from reception.services.appointment_queries import RoomsFor
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.book.usual import served_of_late, usual_times
from reception.storage.queries.names import record_of
from reception.storage.visit_rows import needs_from

FEATURE_OF = {
    Need.PRIVATE: RoomFeature.PRIVATE,
    Need.STEP_FREE: RoomFeature.STEP_FREE,
    Need.HEARING_LOOP: RoomFeature.HEARING_LOOP,
}
"""What a room must have for a need."""
_IN_ROOMS = sa.select(t.visit.c.id, t.visit.c.number, t.visit.c.room_id).where(
    t.visit.c.office_id == sa.bindparam("office_id"), t.IS_IN_ROOM
)
_SINCE = (
    sa.select(t.journal.c.visit_id, sa.func.max(t.journal.c.at).label("since"))
    .where(
        t.journal.c.visit_id.in_(sa.bindparam("visit_ids", expanding=True)),
        t.journal.c.kind == RoomAssigned.__name__,
    )
    .group_by(t.journal.c.visit_id)
)
_TAKEN = (
    sa.select(
        t.resource.c.id,
        t.occupation.c.starts,
        t.occupation.c.ends,
        t.occupation.c.appointment_id,
        t.appointment.c.visit_id,
    )
    .select_from(t.occupation)
    .join(t.resource, t.resource.c.number == t.occupation.c.resource)
    .outerjoin(t.appointment, t.appointment.c.id == t.occupation.c.appointment_id)
    .outerjoin(t.hold, t.hold.c.id == t.occupation.c.hold_id)
    .where(
        t.occupation.c.office_id == sa.bindparam("office_id"),
        t.occupation.c.ends > sa.bindparam("now"),
        t.occupation.c.starts < sa.bindparam("until"),
        sa.or_(t.hold.c.id.is_(None), t.hold.c.runs_out_at > sa.bindparam("now")),
    )
    .order_by(t.occupation.c.starts)
)
_VISIT = (
    sa.select(
        t.visit.c.office_id,
        t.visit.c.service_id,
        t.visit.c.party_size,
        t.visitor.c.needs,
        t.appointment.c.starts,
        t.appointment.c.ends,
        t.appointment.c.room_id,
    )
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .outerjoin(t.appointment, t.appointment.c.visit_id == t.visit.c.id)
    .where(t.visit.c.id == sa.bindparam("visit_id"))
)


class Taken(Struct, frozen=True):
    """A time of today that somebody or something is booked or held for; `visit_id` of a party that is here."""

    starts: Instant
    ends: Instant
    appointment_id: str
    visit_id: str


def taken_today(connection: Connection, office: Office, now: Instant) -> dict[str, list[Taken]]:
    """By officer, room and interpreter what is still to come today or goes on, by start."""
    until = midnight_after(local_date(now, office.zone), office.zone)
    asked = {"office_id": office.id, "now": now, "until": until}
    found: dict[str, list[Taken]] = defaultdict(list)
    for some_id, starts, ends, appointment_id, visit_id in connection.execute(_TAKEN, asked).all():
        found[some_id].append(Taken(starts, ends, appointment_id or "", visit_id or ""))
    return found


def room_rows(connection: Connection, office: Office, taken: Mapping[str, Sequence[Taken]]) -> tuple[RoomRow, ...]:
    """Who is in which room, and what it is needed for next."""
    inside = {row.room_id: row for row in connection.execute(_IN_ROOMS, {"office_id": office.id})}
    ids = [row.id for row in inside.values()]
    since: dict[str, Instant] = {}
    if ids:
        since = {row.visit_id: row.since for row in connection.execute(_SINCE, {"visit_ids": ids})}
    rows = []
    for room in office.rooms:
        there = inside.get(room.id)
        visit_id = there.id if there else ""
        rows.append(
            RoomRow(
                id=room.id,
                name=room.name,
                features=room.features,
                seats=room.seats,
                state=room.state,
                visit_id=visit_id,
                number=there.number if there else "",
                since=since.get(visit_id),
                next_at=_next_at(taken.get(room.id, ()), visit_id),
            )
        )
    return tuple(rows)


def _next_at(taken: Sequence[Taken], visit_id: str) -> Instant | None:
    """The first booking that is not for whoever is in it."""
    return next((each.starts for each in taken if not visit_id or each.visit_id != visit_id), None)


def rooms_for(database: Database, query: RoomsFor) -> tuple[RoomRow, ...]:
    """Refuses UNKNOWN_VISIT.

    A room fits that is free, has what the visitor needs, seats the party, and is not needed before a service of this
    kind is usually over. Of those the room that was booked for it is suggested, else the smallest of the private ones
    (a visitor is seen in private where possible), else the smallest.
    """
    with database.read() as (connection, head, now):
        visit = connection.execute(_VISIT, {"visit_id": query.visit_id}).first()
        if visit is None:
            raise Refusal(Code.UNKNOWN_VISIT, "That visit is not known here.", "Find it by its number.")
        office = record_of(database, connection, head, visit.office_id).office
        taken = {
            some_id: [each for each in spans if each.visit_id != query.visit_id]
            for some_id, spans in taken_today(connection, office, now).items()
        }
        rows = room_rows(connection, office, taken)
        if visit.starts is not None:
            length: Millis = visit.ends - visit.starts
        else:
            length = usual_times(served_of_late(connection, office.id)).get(visit.service_id, USUAL)
    features = {FEATURE_OF[need] for need in needs_from(visit.needs) if need in FEATURE_OF}
    fitting = {
        row.id
        for row in rows
        if row.state is RoomState.IN_USE
        and row.visit_id in ("", query.visit_id)
        and features <= row.features
        and row.seats >= visit.party_size
        and (row.next_at is None or row.next_at >= now + length)
    }
    free = [row for row in rows if row.id in fitting and not row.visit_id]
    suggested = min(
        free,
        key=lambda row: (
            row.id != visit.room_id,
            RoomFeature.PRIVATE not in row.features,
            row.seats,
            len(row.features - features),
            row.name,
        ),
        default=None,
    )
    return tuple(
        replace(row, fits=row.id in fitting, suggested=suggested is not None and row.id == suggested.id) for row in rows
    )
