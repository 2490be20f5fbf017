"""Whose visitors were told of a delay today, by whom, and what they chose. No table of a visitor's person is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.appointment import Told
from reception.domain.appointment_folding import appointment_from
from reception.domain.events import DelayTold, Recorded
from reception.domain.folding import visit_from
from reception.services.supervisor_ports import ToldToday
from reception.storage import schema as t
from reception.storage.journal import facts_of_appointments, facts_of_visits
from reception.storage.queries.names import Names

_V, _A = t.visit.c, t.appointment.c
_VISITS = (
    sa.select(_V.id, _V.number, _V.service_id)
    .where(
        _V.office_id == sa.bindparam("office_id"),
        _V.local_day == sa.bindparam("day"),
        ~_V.voided,
        _V.told_at.is_not(None) | _V.tried_at.is_not(None),
    )
    .order_by(_V.id)
)
_APPOINTMENTS = (
    sa.select(_A.id, _A.reference, _A.service_id, _A.visit_id, _V.number)
    .outerjoin(t.visit, _V.id == _A.visit_id)
    .where(
        _A.office_id == sa.bindparam("office_id"),
        _A.local_day == sa.bindparam("day"),
        ~_A.voided,
        _A.told_at.is_not(None) | _A.tried_at.is_not(None),
    )
    .order_by(_A.id)
)


def told_today(connection: Connection, names: Names, office_id: str, day: date) -> tuple[ToldToday, ...]:
    """One for each visit and each appointment of that day, in time; the last telling counts, whoever was only rung up
    in vain being told by nobody."""
    asked = {"office_id": office_id, "day": day.isoformat()}
    found = {each.visit_id: each for each in _of_visits(connection, names, asked)}
    for each in _of_appointments(connection, names, asked):
        found.setdefault(each.visit_id or each.appointment_id, each)
    return tuple(sorted(found.values(), key=lambda each: (each.told.at, each.visit_id, each.appointment_id)))


def _of_visits(connection: Connection, names: Names, asked: dict[str, str]) -> Iterator[ToldToday]:
    rows = connection.execute(_VISITS, asked).all()
    facts = facts_of_visits(connection, [row.id for row in rows])
    for row in rows:
        told = visit_from(row.id, facts[row.id]).told
        if told:
            by = names(_by_whom(facts[row.id], told[-1]))
            yield ToldToday(row.id, "", row.number, row.service_id, told[-1], by)


def _of_appointments(connection: Connection, names: Names, asked: dict[str, str]) -> Iterator[ToldToday]:
    rows = connection.execute(_APPOINTMENTS, asked).all()
    facts = facts_of_appointments(connection, [row.id for row in rows])
    for row in rows:
        told = appointment_from(row.id, facts[row.id]).told_of_this_time
        if told:
            number = row.number or row.reference
            by = names(_by_whom(facts[row.id], told[-1]))
            yield ToldToday(row.visit_id or "", row.id, number, row.service_id, told[-1], by)


def _by_whom(facts: Sequence[Recorded], told: Told) -> str:
    return next((each.officer_id for each in facts if isinstance(each.fact, DelayTold) and each.at == told.at), "")
