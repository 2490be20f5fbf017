"""Who wants an earlier slot, and would fit into one that fell free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace

from reception.clock import MINUTE, Instant
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, SafeContact, Standing
from reception.domain.booking import Diary, Place, Wish
from reception.domain.obstacles import obstacles
from reception.services.appointment_queries import WantingEarlier
from reception.storage import schema as t
from reception.storage.appointment_rows import safe_from
from reception.storage.database import Database
from reception.storage.diaries import read_diary
from reception.storage.queries.book.rows import ROWS, row_of
from reception.storage.queries.names import Names, record_of
from reception.storage.resources import features_from

_A = t.appointment.c
_LONGEST_SET_UP = 120 * MINUTE
_WANTING = (
    sa.select(
        _A.id,
        _A.service_id,
        _A.kind,
        _A.starts,
        _A.ends,
        _A.set_up,
        _A.officer_id,
        _A.room_id,
        _A.named_officer,
        _A.features,
        _A.seats,
        _A.language,
    )
    .where(
        _A.office_id == sa.bindparam("office_id"),
        t.IS_WANTING_EARLIER,
        _A.starts > sa.bindparam("after"),
        _A.standing == Standing.BOOKED.value,
        ~_A.voided,
    )
    .order_by(_A.wants_earlier_since, _A.booked_at)
)
_ROWS = ROWS.where(_A.id.in_(sa.bindparam("ids", expanding=True)))
_P = t.appointment_person.c
_CONTACTS = sa.select(_P.appointment_id, _P.telephone, _P.safe).where(
    _P.appointment_id.in_(sa.bindparam("ids", expanding=True))
)


def wanting_earlier(database: Database, query: WantingEarlier) -> tuple[AppointmentRow, ...]:
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        place = query.place
        after = now if place is None else max(now, place.starts)
        wanting = connection.execute(_WANTING, {"office_id": office.id, "after": after}).all()
        if place is not None:
            diary = read_diary(connection, office, place.starts - _LONGEST_SET_UP, place.ends, now)
            wanting = [row for row in wanting if _fits(row, place, diary, now)]
        ids = [row.id for row in wanting]
        names = Names(connection, office)
        rows: Mapping[str, AppointmentRow] = (
            {row.id: row_of(row, names) for row in connection.execute(_ROWS, {"ids": ids})} if ids else {}
        )
        contacts = connection.execute(_CONTACTS, {"ids": ids}).all() if ids else ()
        telephones = {each.appointment_id: _rung(each.telephone, safe_from(each.safe)) for each in contacts}
        return tuple(
            replace(rows[each], telephone=telephones[each][0], leave_no_message=telephones[each][1]) for each in ids
        )


def _rung(telephone: str, safe: frozenset[SafeContact]) -> tuple[str, bool]:
    """The number, where it may be rung, and whether no message may be left."""
    return "" if SafeContact.DO_NOT_RING in safe else telephone, SafeContact.LEAVE_NO_MESSAGE in safe


def _fits(row: Any, place: Place, diary: Diary, now: Instant) -> bool:
    """Whether nothing stands against it there: with the place's own officer, room and interpreter, or another room."""
    ends = place.starts + row.ends - row.starts
    if ends > place.ends or (row.named_officer and row.officer_id != place.officer_id):
        return False
    wish = Wish(
        service_id=row.service_id,
        kind=Kind(row.kind),
        minutes=(row.ends - row.starts) // MINUTE,
        with_room=row.room_id is not None,
        features=features_from(row.features),
        seats=row.seats,
        language=row.language,
    )
    if row.language and not place.interpreter_id:
        return False
    there = replace(place, ends=ends, room_id="", interpreter_id=place.interpreter_id if row.language else "")
    rooms = ("",) if not wish.wants_room else tuple(each.id for each in diary.office.rooms)
    return any(not obstacles(replace(there, room_id=room), wish, diary, now, row.set_up) for room in rooms)
