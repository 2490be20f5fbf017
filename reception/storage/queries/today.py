"""What a supervisor sees of today, read in one transaction. No table of a visitor's person is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from reception.clock import Instant, local_date
from reception.domain.book import AppointmentRow
from reception.domain.booked import Standing
from reception.domain.clocks import promise_wait, resolved_clock
from reception.domain.columns import Column
from reception.domain.office import Office, Service
from reception.domain.visit import Visit
from reception.domain.visit_states import End
from reception.services.appointment_queries import AppointmentReport
from reception.services.figure_ports import DelayFigures, ResolvedFigures, VisitFigures
from reception.services.supervisor_ports import NoInterpreter, TodayRead, WalkInToday
from reception.services.supervisor_queries import Today
from reception.storage import schema as t
from reception.storage.codec import plain_row
from reception.storage.database import Database
from reception.storage.folded import folded_visits
from reception.storage.offices import service_from
from reception.storage.queries.beside import counter_rows
from reception.storage.queries.book.figures import is_lost, read_appointments
from reception.storage.queries.book.people import officer_rows
from reception.storage.queries.book.rooms import room_rows
from reception.storage.queries.book.rows import absences_of, rows_of_days
from reception.storage.queries.book.scene import Read, out_now, read_scene, scene_of
from reception.storage.queries.names import Names, record_of
from reception.storage.queries.told_today import told_today
from reception.storage.visit_rows import will_wait

_V = t.visit.c
_WALK_INS = (
    sa.select(
        _V.id,
        _V.number,
        _V.local_hour,
        _V.first_service_id,
        _V.arrived_at,
        _V.outcome,
        _V.promise_wait,
        _V.seen_target,
        _V.reinstated,
        _V.end,
        _V.ended_at,
        _V.resolved_target,
        _V.exempt,
        _V.told_at,
        _V.told_in_time,
        _V.was_offered,
        _V.took_another_time,
        _V.since,
        _V.stepped_out,
        _V.held_at,
        _V.own_request,
        t.leg.c.stepped_out.label("stepped_out_first"),
    )
    .join(t.leg, sa.and_(t.leg.c.visit_id == _V.id, t.leg.c.number == 1))
    .where(
        _V.office_id == sa.bindparam("office_id"),
        _V.local_day == sa.bindparam("day"),
        ~_V.voided,
        _V.booked_for.is_(None),
        _V.appointment_id.is_(None),
    )
    .order_by(_V.arrived_at, _V.running)
)
_WalkIn = plain_row(_WALK_INS)
_RETIRED = sa.select(t.service).where(t.service.c.id.in_(sa.bindparam("ids", expanding=True)))
_HAS_IMPORTED = sa.select(sa.literal(1)).where(t.imported_row.c.office_id == sa.bindparam("office_id")).limit(1)
# What is imported is kept without the command that brought it in. The table of imported rows may hold millions, and is
# not sorted by visit.
_IMPORTED = (
    sa.select(_V.id)
    .join(t.journal, t.journal.c.visit_id == _V.id)
    .where(
        _V.office_id == sa.bindparam("office_id"),
        _V.local_day == sa.bindparam("day"),
        ~sa.exists().where(t.command.c.id == t.journal.c.command_id),
    )
    .distinct()
)


def read_today(database: Database, query: Today) -> TodayRead:
    """Refuses NO_OFFICE."""
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, query.office_id)
        office, today = record.office, local_date(now, record.office.zone)
        asked = {"office_id": office.id, "day": today.isoformat()}
        names = Names(connection, office)
        walk_ins = [_WalkIn._make(row) for row in connection.execute(_WALK_INS, asked).all()]
        read = _of_today(read_scene(connection, record, now, unnamed=True), today)
        missed = folded_visits(connection, (row.id for row in walk_ins if row.end == End.NO_SHOW))
        folded = {**read.came_back, **missed}
        booked = rows_of_days(connection, names, office.id, today, today, unnamed=True)
        present = [row for row in read.visits if not will_wait(row)]
        waiting = [row for row in read.visits if will_wait(row)]
        services = _services(connection, office, walk_ins, waiting)
        called = {service.id: service.name for service in services}
        imported = _imported(connection, asked)
        return TodayRead(
            now=now,
            sequence=head.sequence,
            office=office,
            day=today,
            services=services,
            walk_ins=tuple(
                _walk_in(row, folded.get(row.id), today, called[row.first_service_id], row.id in imported, now)
                for row in walk_ins
            ),
            appointments=tuple(read_appointments(connection, record, AppointmentReport(office.id, today, today))),
            scene=scene_of(read, database.rule_settings(connection, record)),
            waited={row.id: max(0, now - row.since - row.stepped_out - out_now(row, now)) for row in waiting},
            numbers={
                **{row.id: row.number for row in waiting},
                **{row.id: row.reference for row in read.ahead},
            },
            counters=counter_rows(
                office,
                present,
                {row.id: (row.called_at, row.started_at) for row in present},
                {each.counter_id: each for each in read.at_work},
                names,
            ),
            rooms=room_rows(connection, office, read.taken),
            officers=officer_rows(connection, office, booked, absences_of(connection, office.id, now, now + 1), now),
            no_interpreter=tuple(_no_interpreter(booked, waiting, now)),
            told=told_today(connection, names, office.id, today),
        )


def _of_today(read: Read, today: date) -> Read:
    """Without whoever was left waiting on a day that nobody has closed yet."""
    day = today.isoformat()
    return replace(read, visits=[row for row in read.visits if row.local_day == day or not will_wait(row)])


def _services(
    connection: Connection, office: Office, walk_ins: Iterable[Any], waiting: Iterable[Any]
) -> tuple[Service, ...]:
    wanted = {row.first_service_id for row in walk_ins} | {row.service_id for row in waiting}
    missing = sorted(wanted - {service.id for service in office.services})
    if not missing:
        return office.services
    retired = (service_from(row) for row in connection.execute(_RETIRED, {"ids": missing}).all())
    return (*office.services, *sorted(retired, key=lambda service: (service.name, service.id)))


def _imported(connection: Connection, asked: Mapping[str, str]) -> frozenset[str]:
    if connection.execute(_HAS_IMPORTED, {"office_id": asked["office_id"]}).first() is None:
        return frozenset()
    return frozenset(connection.execute(_IMPORTED, asked).scalars())


def _walk_in(row: Any, visit: Visit | None, today: date, service: str, is_imported: bool, now: Instant) -> WalkInToday:
    column = Column(row.outcome)
    figures = VisitFigures(
        today, row.local_hour, service, column, row.promise_wait, row.seen_target, bool(row.reinstated)
    )
    wait = row.promise_wait
    if wait is None:
        so_far = now - row.arrived_at - row.stepped_out - out_now(row, now)
        wait = max(0, so_far) if visit is None else promise_wait(visit, now)
    resolved = delay = promised_at = None
    if not is_imported:
        clock = None if row.ended_at is None else max(0, row.ended_at - row.arrived_at)
        if row.end == End.NO_SHOW and visit is not None:
            clock = resolved_clock(visit)
        end = None if row.end is None else End(row.end)
        resolved = ResolvedFigures(today, row.local_hour, service, end, clock, row.resolved_target, bool(row.exempt))
        if row.seen_target is not None and is_lost(row.outcome, row.promise_wait, row.seen_target):
            is_by_call = visit is not None and (visit.judged_by_first_call or not visit.is_seen)
            out = visit.stepped_out_at_first_call if visit is not None and is_by_call else row.stepped_out_first
            promised_at = row.arrived_at + out + row.seen_target
            delay = DelayFigures(
                today,
                row.local_hour,
                service,
                row.told_at is not None,
                bool(row.told_in_time),
                bool(row.was_offered),
                took=bool(row.took_another_time),
            )
    stands_still = column is Column.OPEN and (
        out_now(row, now) > 0 or (visit is not None and visit.judged_by_first_call)
    )
    return WalkInToday(
        row.id,
        row.number,
        row.first_service_id,
        row.arrived_at,
        wait,
        figures,
        resolved,
        delay,
        promised_at,
        stands_still,
    )


def _no_interpreter(booked: Sequence[AppointmentRow], waiting: Sequence[Any], now: Instant) -> Iterable[NoInterpreter]:
    """Of those still to come or going on, and of those who are here and have not been seen."""
    visits = {row.id: row for row in waiting}
    for row in booked:
        if not row.language:
            continue
        visit = visits.get(row.visit_id)
        if row.standing is Standing.BOOKED and row.ends > now:
            is_missing = not row.interpreter_id
        else:
            is_missing = visit is not None and bool(visit.language) and not (visit.ready or visit.interpreter_id)
        if is_missing:
            yield NoInterpreter(row.number or row.reference, row.service_id, row.starts, row.language)
