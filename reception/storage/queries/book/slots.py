"""Free slots, and what stands against a place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, Millis
from reception.domain.appointment import Appointment, wish_of
from reception.domain.booked import Standing
from reception.domain.booking import Obstacle, Slot, Wish
from reception.domain.languages import code_of
from reception.domain.nearest import choice, nearest_of
from reception.domain.obstacles import known_service, obstacles
from reception.domain.office import Office
from reception.domain.person import Need
from reception.domain.slots import free_starts, search_span
from reception.errors import Code, Refusal
from reception.services.appointment_queries import FreeSlots, ObstaclesTo, SlotsLike
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.diaries import read_diary
from reception.storage.queries.book.cards import facts_and_appointment
from reception.storage.queries.book.rooms import FEATURE_OF
from reception.storage.queries.names import record_of
from reception.storage.visit_rows import needs_from

_BSL = "bfi"
_FIRST_DAYS = 7
_SET_UP = sa.select(t.appointment.c.set_up).where(t.appointment.c.id == sa.bindparam("appointment_id"))
_VISIT = (
    sa.select(
        t.visit.c.service_id,
        t.visit.c.named_officer_id,
        t.visit.c.party_size,
        t.visit.c.language,
        t.visit.c.appointment_id,
        t.visitor.c.needs,
        t.visitor.c.spoken,
    )
    .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
    .where(t.visit.c.id == sa.bindparam("visit_id"), t.visit.c.office_id == sa.bindparam("office_id"))
)


def free_slots(database: Database, query: FreeSlots) -> tuple[Slot, ...]:
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        return _nearest(connection, office, query.wish, now, query.count, query.without)


def obstacles_to(database: Database, query: ObstaclesTo) -> tuple[Obstacle, ...]:
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        place = query.place
        set_up = _set_up(connection, office, query.wish, query.without)
        diary = read_diary(connection, office, place.starts - set_up, place.ends, now, _ids(query.without))
        return obstacles(place, query.wish, diary, now, set_up)


def slots_like(database: Database, query: SlotsLike) -> tuple[Slot, ...]:
    """Of an appointment its own place is not offered; nor, once its visitor is here and waits for an officer who runs
    late, what begins in that place with the same officer. Refuses UNKNOWN_APPOINTMENT and UNKNOWN_VISIT.
    """
    with database.read() as (connection, head, now):
        office = record_of(database, connection, head, query.office_id).office
        appointment_id = query.appointment_id or _appointment_of(connection, query)
        if appointment_id:
            _, appointment = facts_and_appointment(connection, appointment_id)
            wish = _from_day(_wish_of_appointment(appointment), query)
            return _nearest(connection, office, wish, now, query.count, appointment.id, appointment)
        wish = _from_day(_wish_of_visit(connection, query), query)
        return _nearest(connection, office, wish, now, query.count, "")


def _from_day(wish: Wish, query: SlotsLike) -> Wish:
    return wish if query.first_day is None else replace(wish, first_day=query.first_day)


def _nearest(
    connection: Connection,
    office: Office,
    wish: Wish,
    now: Instant,
    count: int,
    without: str,
    moved: Appointment | None = None,
) -> tuple[Slot, ...]:
    """Most are found in the first days, for which little is to be read. `moved`: what another time is looked for of."""
    set_up = _set_up(connection, office, wish, without)

    def starts(within: Wish) -> Iterator[Slot]:
        span = search_span(within, office, now)
        diary = read_diary(connection, office, span.starts - set_up, span.ends, now, _ids(without))
        return (slot for slot in free_starts(within, diary, now, set_up) if moved is None or _is_another(slot, moved))

    if wish.days > _FIRST_DAYS:
        found = tuple(islice(choice(starts(replace(wish, days=_FIRST_DAYS))), max(0, count)))
        if len(found) >= count:
            return found
    return nearest_of(starts(wish), count)


def _is_another(slot: Slot, moved: Appointment) -> bool:
    old, new = moved.place, slot.place
    runs_late = moved.standing is Standing.CHECKED_IN and new.officer_id == old.officer_id
    return new.starts != old.starts and not (runs_late and old.starts < new.starts < old.ends)


def _ids(without: str) -> tuple[str, ...]:
    return (without,) if without else ()


def _set_up(connection: Connection, office: Office, wish: Wish, appointment_id: str) -> Millis:
    """That of the appointment to be moved, else of the service."""
    if appointment_id:
        found = connection.execute(_SET_UP, {"appointment_id": appointment_id}).scalar()
        if found is not None:
            return int(found)
    return known_service(office, wish.service_id).set_up_minutes * MINUTE


def _wish_of_appointment(appointment: Appointment) -> Wish:
    """Every need of it. The visitor accepts the new time, so no notice is due."""
    interpreter_id = "" if appointment.language else appointment.place.interpreter_id
    return replace(wish_of(appointment), by_council=False, interpreter_id=interpreter_id)


def _appointment_of(connection: Connection, query: SlotsLike) -> str:
    """The appointment that a visit came by: its needs are the visit's."""
    return _visit(connection, query).appointment_id or ""


def _visit(connection: Connection, query: SlotsLike) -> Any:
    asked = {"visit_id": query.visit_id, "office_id": query.office_id}
    row = connection.execute(_VISIT, asked).first()
    if row is None:
        raise Refusal(Code.UNKNOWN_VISIT, "That visit is not known here.", "Find it by its number.")
    return row


def _wish_of_visit(connection: Connection, query: SlotsLike) -> Wish:
    row = _visit(connection, query)
    needs = needs_from(row.needs)
    features = frozenset(FEATURE_OF[need] for need in needs if need in FEATURE_OF)
    language = row.language
    if not language and Need.BSL in needs:
        language = _BSL
    if not language and Need.INTERPRETER in needs:
        language = code_of(row.spoken)
    return Wish(
        service_id=row.service_id,
        officer_id=row.named_officer_id or "",
        features=features,
        seats=row.party_size if features else 1,
        language=language,
    )
