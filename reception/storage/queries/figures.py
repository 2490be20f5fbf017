"""The rows that figures are made of."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import Millis
from reception.domain.clocks import resolved_clock
from reception.domain.columns import Column
from reception.domain.folding import visit_from
from reception.domain.visit_states import End
from reception.services.figure_ports import ResolvedFigures, VisitFigures
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.journal import facts_of
from reception.storage.queries.names import record_of

IMPORTED = t.imported_row.c


def are_walk_ins(office_id: Any, first: Any, last: Any, without_evacuations: bool) -> tuple[Any, ...]:
    """The conditions that a visit counts among an office's walk-ins from one ISO date to another, or of parameters."""
    evacuated = sa.select(t.evacuation.c.local_day).where(t.evacuation.c.office_id == office_id)
    return (
        t.visit.c.office_id == office_id,
        t.visit.c.local_day.between(first, last),
        ~t.visit.c.voided,
        t.visit.c.booked_for.is_(None),
        t.visit.c.appointment_id.is_(None),
        t.visit.c.local_day.not_in(evacuated) if without_evacuations else sa.true(),
    )


def walk_ins(
    office_id: str, first: date, last: date, without_evacuations: bool, *columns: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    """Day, hour, service and its partner of each, then `columns`."""
    return (
        sa.select(t.visit.c.local_day, t.visit.c.local_hour, t.service.c.name, t.service.c.partner, *columns)
        .join(t.service, t.service.c.id == t.visit.c.first_service_id)
        .where(*are_walk_ins(office_id, first.isoformat(), last.isoformat(), without_evacuations))
    )


def visit_figures(
    database: Database, office_id: str, first: date, last: date, without_evacuations: bool = False
) -> list[VisitFigures]:
    """The walk-ins that arrived from `first` to `last`, inclusive; voided tickets are no visits.

    `without_evacuations` leaves out days on which the building was evacuated.
    """
    columns = (t.visit.c.outcome, t.visit.c.promise_wait, t.visit.c.seen_target, t.visit.c.reinstated)
    with database.read() as (connection, head, _now):
        record_of(database, connection, head, office_id)
        rows = connection.execute(walk_ins(office_id, first, last, without_evacuations, *columns)).all()
        return [
            VisitFigures(date.fromisoformat(day), hour, service, Column(outcome), wait, target, reinstated, partner)
            for day, hour, service, partner, outcome, wait, target, reinstated in rows
        ]


def resolved_figures(
    database: Database, office_id: str, first: date, last: date, without_evacuations: bool = False
) -> list[ResolvedFigures]:
    """The same walk-ins, but for the imported: a log does not say what came of a visit."""
    visit = t.visit.c
    imported = sa.select(IMPORTED.visit_id).where(IMPORTED.office_id == office_id)
    columns = (visit.id, visit.end, visit.arrived_at, visit.ended_at, visit.resolved_target, visit.exempt)
    with database.read() as (connection, head, _now):
        record_of(database, connection, head, office_id)
        asked = walk_ins(office_id, first, last, without_evacuations, *columns).where(visit.id.not_in(imported))
        return [
            ResolvedFigures(
                date.fromisoformat(day),
                hour,
                service,
                None if end is None else End(end),
                _clock(connection, visit_id, end, arrived_at, ended_at),
                target,
                exempt,
                partner,
            )
            for day, hour, service, partner, visit_id, end, arrived_at, ended_at, target, exempt in connection.execute(
                asked
            ).all()
        ]


def _clock(
    connection: Connection, visit_id: str, end: str | None, arrived_at: int, ended_at: int | None
) -> Millis | None:
    """The resolved clock. A no-show's runs to its first call, which its facts alone remember when it is reinstated."""
    if end == End.NO_SHOW:
        return resolved_clock(visit_from(visit_id, facts_of(connection, visit_id)))
    return None if ended_at is None else max(0, ended_at - arrived_at)
