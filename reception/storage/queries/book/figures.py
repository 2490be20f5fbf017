"""The rows that the figures of appointments are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Millis, local_datetime
from reception.domain import telling
from reception.domain.appointment_folding import as_checked_in
from reception.domain.booked import Kind, Standing
from reception.domain.columns import AFTER, Column
from reception.domain.events import Recorded
from reception.domain.standards import is_within
from reception.services.appointment_queries import AppointmentReport
from reception.services.figure_ports import AppointmentFigures
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.journal import facts_of_appointments
from reception.storage.offices import OfficeRecord
from reception.storage.queries.names import Names, record_of

_A, _V = t.appointment.c, t.visit.c
_OF_DAYS = (
    sa.select(
        _A.local_day,
        _A.local_hour,
        _A.service_id,
        t.service.c.partner,
        _A.officer_id,
        _A.kind,
        _A.standing,
        _A.starts,
        _A.checked_in_at,
        _A.came_late,
        _A.told_at,
        _A.told_in_time,
        _A.was_offered,
        _A.took_another_time,
        _V.outcome,
        _V.booked_for,
        _V.promise_wait,
        _V.seen_target,
        _V.told_at.label("visit_told_at"),
        _V.told_in_time.label("visit_told_in_time"),
        _V.was_offered.label("visit_was_offered"),
        _V.took_another_time.label("visit_took_another_time"),
    )
    .join(t.service, t.service.c.id == _A.service_id)
    .outerjoin(t.visit, _V.id == _A.visit_id)
    .where(
        _A.office_id == sa.bindparam("office_id"),
        _A.local_day >= sa.bindparam("first"),
        _A.local_day <= sa.bindparam("last"),
        ~_A.voided,
    )
    .order_by(_A.starts)
)
_LEFT = (
    sa.select(
        _V.id,
        _V.appointment_id,
        _V.local_day,
        _V.first_service_id.label("service_id"),
        t.service.c.partner,
        _V.named_officer_id.label("officer_id"),
        _V.arrived_at,
        _V.outcome,
        _V.booked_for,
        _V.seen_target,
        _V.told_at,
        _V.told_in_time,
        _V.was_offered,
        _V.took_another_time,
    )
    .join(t.service, t.service.c.id == _V.first_service_id)
    .where(
        _V.office_id == sa.bindparam("office_id"),
        _V.local_day >= sa.bindparam("first"),
        _V.local_day <= sa.bindparam("last"),
        ~_V.voided,
        _V.appointment_id.is_not(None),
        ~sa.exists().where(_A.visit_id == _V.id),
    )
    .order_by(_V.arrived_at)
)
"""Visits that waited with an appointment which was then moved to another time."""
_EVACUATED = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == sa.bindparam("office_id"))
_LOST = frozenset(column.value for column in AFTER)


def appointment_figures(database: Database, query: AppointmentReport) -> list[AppointmentFigures]:
    """The appointments from `first` to `last`, inclusive, by the day they stand at now; and once more, by the day that
    they were checked in on, those whose visitors then took another time: what was lost by then stays lost.
    """
    with database.read() as (connection, head, _now):
        return read_appointments(connection, record_of(database, connection, head, query.office_id), query)


def read_appointments(
    connection: Connection, record: OfficeRecord, query: AppointmentReport
) -> list[AppointmentFigures]:
    """What :func:`appointment_figures` answers, read beside something else at the same moment."""
    of_days = _OF_DAYS.where(_A.local_day.not_in(_EVACUATED)) if query.without_evacuations else _OF_DAYS
    names = Names(connection, record.office)
    found = [_figures(row, names, record) for row in connection.execute(of_days, _asked(query)).all()]
    return found + read_left(connection, record, query)


def read_left(connection: Connection, record: OfficeRecord, query: AppointmentReport) -> list[AppointmentFigures]:
    """Those of them whose visitors were checked in and then took another time: what they left."""
    left = _LEFT.where(_V.local_day.not_in(_EVACUATED)) if query.without_evacuations else _LEFT
    moved = connection.execute(left, _asked(query)).all()
    if not moved:
        return []
    names = Names(connection, record.office)
    facts = facts_of_appointments(connection, [row.appointment_id for row in moved])
    return [_left(row, facts[row.appointment_id], names, record) for row in moved]


def _asked(query: AppointmentReport) -> dict[str, str]:
    return {"office_id": query.office_id, "first": query.first.isoformat(), "last": query.last.isoformat()}


def is_lost(outcome: str, wait: Millis | None, target: Millis | None) -> bool:
    """Whether a visit with this outcome and promised wait was seen after its promise, or went unseen after it."""
    seen_late = outcome == Column.SEEN and wait is not None and target is not None and not is_within(wait, target)
    return seen_late or outcome in _LOST


def _left(row: Any, facts: Sequence[Recorded], names: Names, record: OfficeRecord) -> AppointmentFigures:
    """What was said before the visitor came, of the time that was then given up, its facts alone remember."""
    before = as_checked_in(row.appointment_id, facts, row.id).told_of_this_time
    grace = record.office.grace_minutes * MINUTE
    booked_for = row.arrived_at - grace - 1 if row.booked_for is None else row.booked_for  # it was beyond the grace
    return AppointmentFigures(
        day=row.local_day,
        hour=local_datetime(booked_for, record.office.zone).hour,
        weekday=date.fromisoformat(row.local_day).weekday(),
        service=names(row.service_id),
        officer=names(row.officer_id),
        kind=Kind.OFFICE,
        standing=Standing.CHECKED_IN,
        lateness=None,
        target=row.seen_target,
        visitor_late_by=max(0, row.arrived_at - booked_for),
        is_lost=row.booked_for is not None and is_lost(row.outcome, None, row.seen_target),
        told=row.told_at is not None or telling.was_told(before),
        told_in_time=row.told_in_time or telling.was_told_in_time(before),
        offered=row.was_offered or telling.was_offered(before),
        took=row.took_another_time or telling.took_another_time(before),
        came_late=False,
        partner=row.partner,
        service_id=row.service_id,
        officer_id=row.officer_id or "",
    )


def _figures(row: Any, names: Names, record: OfficeRecord) -> AppointmentFigures:
    day = date.fromisoformat(row.local_day)
    kind = Kind(row.kind)
    # Beyond the grace period a visit has no booked time to be judged by.
    is_judged = row.outcome is not None and row.booked_for is not None
    lateness: Millis | None = row.promise_wait if is_judged and row.outcome == Column.SEEN.value else None
    target: Millis | None = None
    if is_judged:
        target = row.seen_target
    elif row.outcome is None and kind is Kind.OFFICE:
        target = record.standard_of(day).appointment_seen
    return AppointmentFigures(
        day=row.local_day,
        hour=row.local_hour,
        weekday=day.weekday(),
        service=names(row.service_id),
        officer=names(row.officer_id),
        kind=kind,
        standing=Standing(row.standing),
        lateness=lateness,
        target=target,
        visitor_late_by=0 if row.checked_in_at is None else max(0, row.checked_in_at - row.starts),
        is_lost=is_judged and is_lost(row.outcome, row.promise_wait, row.seen_target),
        told=row.told_at is not None or row.visit_told_at is not None,
        told_in_time=bool(row.told_in_time or row.visit_told_in_time),
        offered=bool(row.was_offered or row.visit_was_offered),
        took=bool(row.took_another_time or row.visit_took_another_time),
        came_late=row.came_late,
        partner=row.partner,
        service_id=row.service_id,
        officer_id=row.officer_id or "",
    )
