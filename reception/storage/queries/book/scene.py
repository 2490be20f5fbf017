"""The office as it stands, as foresight takes it: counters, who waits, who is still to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant, Millis, local_date, midnight_after
from reception.domain.book import AbsenceRow
from reception.domain.booked import Kind, SafeContact, Standing
from reception.domain.booking import Span
from reception.domain.clocks import lost_by_first_call
from reception.domain.columns import Column
from reception.domain.foresight import OVERRUN, USUAL, AtWork, Coming, Scene, Telling, Waiting
from reception.domain.office import Counter
from reception.domain.queueing import RuleSettings
from reception.domain.visit import Visit
from reception.domain.visit_states import State
from reception.services.office_ports import AtCounter
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.appointment_rows import safe_from
from reception.storage.folded import folded_visits
from reception.storage.offices import OfficeRecord
from reception.storage.queries.book.rooms import Taken, taken_today
from reception.storage.queries.book.rows import absences_of
from reception.storage.queries.book.usual import last_ends, served_of_late, usual_times
from reception.storage.visit_rows import entry_from, will_wait

LOOKED_AHEAD: Millis = 120 * MINUTE
"""Appointments that begin later make nobody late whom anyone would be told of now."""
_V, _A = t.visit.c, t.appointment.c
_PRESENT_LEG = t.leg.alias("present_leg")
_NOT_READ: sa.ColumnElement[str] = sa.literal_column("''")
_VISITS_ALONE = (
    sa.select(
        _V.id,
        _V.number,
        _V.local_day,
        _V.party_size,
        _V.state,
        _V.service_id,
        _V.leg,
        _V.booked_for,
        _V.arrived_at,
        _V.since,
        _V.seen_target,
        _V.order_target,
        _V.running,
        _V.stepped_out,
        _V.overtaken,
        _V.see_first,
        _V.named_officer_id,
        _V.ready,
        _V.counter_id,
        _V.room_id,
        _V.interpreter_id,
        _V.language,
        _V.held_at,
        _V.own_request,
        _V.outcome,
        _V.reinstated,
        sa.func.coalesce(_V.told_at, _A.told_at).label("told_at"),
        sa.func.coalesce(_V.told_until, _A.told_until).label("told_until"),
        _V.tried_at,
        _A.id.label("appointment_id"),
        _A.room_id.label("booked_room_id"),
        _PRESENT_LEG.c.called_at,
        _PRESENT_LEG.c.started_at,
    )
    .select_from(t.visit)
    .join(_PRESENT_LEG, sa.and_(_PRESENT_LEG.c.visit_id == _V.id, _PRESENT_LEG.c.number == _V.leg))
    .outerjoin(t.appointment, _A.visit_id == _V.id)
    .where(_V.office_id == sa.bindparam("office_id"), t.IS_OPEN)
    .order_by(_V.arrived_at, _V.running)
)
_VISITS = _VISITS_ALONE.add_columns(t.visitor.c.name).join(t.visitor, t.visitor.c.visit_id == _V.id)
_VISITS_UNNAMED = _VISITS_ALONE.add_columns(_NOT_READ.label("needs"))
_AHEAD_ALONE = (
    sa.select(
        _A.id,
        _A.reference,
        _A.kind,
        _A.service_id,
        _A.officer_id,
        _A.room_id,
        _A.starts,
        _A.ends,
        _A.set_up,
        _A.told_at,
        _A.told_until,
        _A.tried_at,
    )
    .where(
        _A.office_id == sa.bindparam("office_id"),
        _A.local_day == sa.bindparam("day"),
        _A.ends > sa.bindparam("now"),
        _A.starts <= sa.bindparam("until"),
        _A.standing == Standing.BOOKED.value,
        ~_A.voided,
    )
    .order_by(_A.starts)
)
_P = t.appointment_person.c
_AHEAD = _AHEAD_ALONE.add_columns(_P.name, _P.telephone, _P.safe).join(t.appointment_person, _P.appointment_id == _A.id)
_AHEAD_UNNAMED = _AHEAD_ALONE.add_columns(_NOT_READ.label("telephone"), _NOT_READ.label("safe"))


class Read(Struct, frozen=True):
    """What the scene is made from."""

    record: OfficeRecord
    now: Instant
    visits: Sequence[Any]
    ahead: Sequence[Any]
    at_work: Sequence[AtCounter]
    absences: Sequence[AbsenceRow]
    taken: Mapping[str, Sequence[Taken]]
    usual: Mapping[str, Millis]
    last_ends: Mapping[str, Instant]
    """By counter."""
    came_back: Mapping[str, Visit]
    """Open visits that were a no-show; only their facts tell when they were first called."""


def scene_of(read: Read, settings: RuleSettings) -> Scene:
    return Scene(
        now=read.now,
        counters=_counters(read),
        waiting=tuple(_waiting(row, read) for row in read.visits if will_wait(row)),
        coming=tuple(_coming(row, read) for row in read.ahead if _is_coming(row, read)),
        usual=read.usual,
        rule=read.record.rule,
        settings=settings,
    )


def read_scene(connection: Connection, record: OfficeRecord, now: Instant, *, unnamed: bool = False) -> Read:
    """`unnamed`: without anything of a person, so that nobody who is still to come may be rung up."""
    office = record.office
    today = local_date(now, office.zone)
    served = served_of_late(connection, office.id)
    asked = {"office_id": office.id, "day": today.isoformat(), "now": now, "until": now + LOOKED_AHEAD}
    visits = connection.execute(_VISITS_UNNAMED if unnamed else _VISITS, {"office_id": office.id}).all()
    return Read(
        record,
        now,
        visits,
        connection.execute(_AHEAD_UNNAMED if unnamed else _AHEAD, asked).all(),
        day_to_day.counters_at_work(connection, office.id),
        absences_of(connection, office.id, now, midnight_after(today, office.zone)),
        taken_today(connection, office, now),
        usual_times(served),
        last_ends(served),
        folded_visits(connection, (row.id for row in visits if row.reinstated)),
    )


def _counters(read: Read) -> tuple[AtWork, ...]:
    office = read.record.office
    away: dict[str, list[Span]] = defaultdict(list)
    for absence in read.absences:
        away[absence.officer_id].append(Span(absence.starts, absence.ends))
    for row in read.ahead:
        if row.kind != Kind.OFFICE.value and row.officer_id:
            away[row.officer_id].append(Span(row.starts - row.set_up, row.ends))
    present = {
        row.counter_id: row for row in read.visits if row.counter_id and row.state in (State.CALLED, State.SERVING)
    }
    counters = []
    for at in read.at_work:
        counter, officer = office.counter(at.counter_id), office.officer(at.officer_id)
        if counter is None or officer is None:
            continue
        row = present.get(counter.id)
        since = None if row is None else row.started_at or row.called_at or read.now
        service_id = "" if row is None else row.service_id
        free_since = max(at.since, read.last_ends.get(counter.id, at.since)) if row is None else None
        spans = tuple(sorted(away.pop(officer.id, ())))
        counters.append(AtWork(counter, officer, service_id, since, spans, free_since))
    # Whoever is away today and at no counter is there for nobody meanwhile.
    elsewhere = ((office.officer(officer_id), spans) for officer_id, spans in away.items())
    counters += [
        AtWork(Counter("", ""), officer, away=tuple(sorted(spans)), only_named=True)
        for officer, spans in elsewhere
        if officer is not None
    ]
    return tuple(counters)


def out_now(row: Any, now: Instant) -> Millis:
    """How long its visitor has been out who stepped out and is not back yet."""
    return max(0, now - max(row.held_at, row.since)) if row.own_request and row.held_at is not None else 0


def _waiting(row: Any, read: Read) -> Waiting:
    priorities = {service.id: service.priority for service in read.record.office.services}
    promised_at: Instant | None = None
    if row.outcome == Column.OPEN.value and row.leg == 1 and row.seen_target is not None:
        promised_at = row.since + row.seen_target + row.stepped_out + out_now(row, read.now)
        visit = read.came_back.get(row.id)
        if visit is not None and visit.judged_by_first_call:
            promised_at = lost_by_first_call(visit)
    return Waiting(
        entry=entry_from(row, priorities.get(row.service_id, 0)),
        promised_at=promised_at,
        appointment_id=row.appointment_id or "",
        ready_at=max(_callable_at(row, read), _room_at(row, read), _interpreter_at(row, promised_at, read)),
        telling=Telling(row.told_at, row.told_until, row.tried_at),
    )


def _callable_at(row: Any, read: Read) -> Instant:
    """Now, for whoever is set aside, or is interpreted for and may not have been ready before: no counter idled."""
    return read.now if row.state == State.ON_HOLD or row.language else 0


def _room_at(row: Any, read: Read) -> Instant:
    """When the room that was booked for it is free, as far as it has none yet."""
    if row.room_id or not row.booked_room_id:
        return 0
    return _free_at(row.booked_room_id, read)


def _free_at(room_id: str, read: Read) -> Instant:
    """When whoever is in a room has usually done."""
    inside = next((each for each in read.visits if each.room_id == room_id), None)
    if inside is None:
        return 0
    usual = read.usual.get(inside.service_id, USUAL)
    ends: Instant = (inside.started_at or read.now) + usual
    return ends if ends > read.now else read.now + round(usual * OVERRUN)


def _interpreter_at(row: Any, promised_at: Instant | None, read: Read) -> Instant:
    """When its interpreter is expected: at the booked time, or once free. One that is still to be found is not."""
    if row.ready:
        return 0
    if not row.interpreter_id:
        return max(read.now, promised_at or 0) + USUAL
    elsewhere = [
        each.ends
        for each in read.taken.get(row.interpreter_id, ())
        if each.starts <= read.now and each.appointment_id != row.appointment_id
    ]
    return max([row.booked_for or read.now, *elsewhere])


def _is_coming(row: Any, read: Read) -> bool:
    """Expected at the office, and not beyond the grace period."""
    late_from = row.starts + read.record.office.grace_minutes * MINUTE
    return row.kind == Kind.OFFICE.value and bool(read.now <= late_from)


def _coming(row: Any, read: Read) -> Coming:
    promise = read.record.standard_of(local_date(row.starts, read.record.office.zone)).for_appointment()
    return Coming(
        appointment_id=row.id,
        service_id=row.service_id,
        officer_id=row.officer_id or "",
        starts=row.starts,
        target=promise.order_by,
        promised_at=None if promise.seen is None else row.starts + promise.seen,
        ready_at=_free_at(row.room_id, read) if row.room_id else 0,
        may_ring=bool(row.telephone) and SafeContact.DO_NOT_RING not in safe_from(row.safe),
        telling=Telling(row.told_at, row.told_until, row.tried_at),
    )
