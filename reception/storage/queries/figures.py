"""The rows that figures are made of."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from reception.domain.columns import Column
from reception.services.ports import VisitFigures
from reception.storage import schema as t
from reception.storage.queries.names import record_of
from reception.storage.unit_of_work import Database


def visit_figures(
    database: Database, office_id: str, first: date, last: date, without_evacuations: bool = False
) -> list[VisitFigures]:
    """The walk-ins that arrived from `first` to `last`, inclusive; voided tickets are no visits.

    `without_evacuations` leaves out days on which the building was evacuated.
    """
    evacuated = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == office_id)
    with database.read() as (connection, head, _now):
        record_of(database, connection, head, office_id)
        rows = connection.execute(
            sa.select(
                t.visit.c.local_day,
                t.visit.c.local_hour,
                t.service.c.name,
                t.visit.c.outcome,
                t.visit.c.promise_wait,
                t.visit.c.seen_target,
                t.visit.c.reinstated,
            )
            .join(t.service, t.service.c.id == t.visit.c.first_service_id)
            .where(
                t.visit.c.office_id == office_id,
                t.visit.c.local_day.between(first.isoformat(), last.isoformat()),
                ~t.visit.c.voided,
                t.visit.c.booked_for.is_(None),
                t.visit.c.local_day.not_in(evacuated) if without_evacuations else sa.true(),
            )
        ).all()
        return [
            VisitFigures(date.fromisoformat(day), hour, service, Column(outcome), wait, target, reinstated)
            for day, hour, service, outcome, wait, target, reinstated in rows
        ]
