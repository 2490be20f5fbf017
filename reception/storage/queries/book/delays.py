"""The walk-ins and appointments whose promise was lost, and what was said to their visitors."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from reception.services.appointment_queries import AppointmentReport, DelayReport
from reception.services.figure_ports import DelayFigures
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.book.figures import is_lost, read_appointments
from reception.storage.queries.figures import IMPORTED, walk_ins
from reception.storage.queries.names import record_of

_V = t.visit.c
_COLUMNS = (
    _V.outcome,
    _V.promise_wait,
    _V.seen_target,
    _V.told_at,
    _V.told_in_time,
    _V.was_offered,
    _V.took_another_time,
)


def delay_figures(database: Database, query: DelayReport) -> list[DelayFigures]:
    """Each promise that was lost from `first` to `last`, inclusive: of walk-ins by their arrival, but for the imported,
    as a log says nothing of what visitors were told; of appointments as their own figures count them.
    """
    asked = (query.office_id, query.first, query.last)
    of_visits = walk_ins(*asked, query.without_evacuations, *_COLUMNS).where(
        _V.seen_target.is_not(None),
        _V.id.not_in(sa.select(IMPORTED.visit_id).where(IMPORTED.office_id == query.office_id)),
    )
    of_book = AppointmentReport(*asked, without_evacuations=query.without_evacuations)
    with database.read() as (connection, head, _now):
        record = record_of(database, connection, head, query.office_id)
        found = connection.execute(of_visits).all()
        visits = [
            DelayFigures(
                date.fromisoformat(day), hour, service, told_at is not None, told_in_time, offered, partner, took
            )
            for day, hour, service, partner, outcome, wait, target, told_at, told_in_time, offered, took in found
            if is_lost(outcome, wait, target)
        ]
        appointments = [
            DelayFigures(
                date.fromisoformat(each.day),
                each.hour,
                each.service,
                each.told,
                each.told_in_time,
                each.offered,
                each.partner,
                each.took,
            )
            for each in read_appointments(connection, record, of_book)
            if each.is_lost
        ]
    return visits + appointments
