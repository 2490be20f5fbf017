"""Rows compared with what their facts come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.events import Recorded
from reception.domain.folding import visit_from
from reception.domain.obstacles import taken_of
from reception.storage import schema as t
from reception.storage.appointment_rows import appointment_row
from reception.storage.calls import calls_that_differ
from reception.storage.codec import fact_from_json
from reception.storage.visit_rows import leg_row, visit_row

_FACTS_AT_ONCE = 2_000
_AT_ONCE = 500

Progress = Callable[[int, int], None]


def visits_that_differ(connection: Connection, visits: int, progress: Progress) -> Iterator[str]:
    """The tickets whose rows differ from their facts, or that have only one of the two."""
    by_visit = _facts(connection, t.journal.c.visit_id)
    voided = set(connection.execute(sa.select(t.visit.c.id).where(t.visit.c.voided)).scalars())
    done = 0
    while some := dict(islice(by_visit, _AT_ONCE)):
        rows = _by_visit(connection, sa.select(t.visit).where(t.visit.c.id.in_(some)), "id")
        legs = _by_visit(
            connection, sa.select(t.leg).where(t.leg.c.visit_id.in_(some)).order_by(t.leg.c.number), "visit_id"
        )
        links = _by_visit(connection, sa.select(t.visit_link).where(t.visit_link.c.visit_id.in_(some)), "visit_id")
        calls = _by_visit(connection, sa.select(t.call).where(t.call.c.visit_id.in_(some)), "visit_id")
        for visit_id, group in some.items():
            linked = {row["other_id"] for row in links.get(visit_id, [])}
            yield from _difference(
                visit_id, group, rows.get(visit_id, []), legs.get(visit_id, []), calls.get(visit_id, []), linked, voided
            )
        done += len(some)
        progress(min(done, visits), visits)
    without = sa.select(t.visit.c.number, t.visit.c.local_day).where(
        ~sa.exists().where(t.journal.c.visit_id == t.visit.c.id)
    )
    yield from (f"{number} of {day} (no facts)" for number, day in connection.execute(without))


def _facts(connection: Connection, of: sa.Column[str]) -> Iterator[tuple[str, list[Any]]]:
    """The facts of each, in the order of the journal."""
    j = t.journal.c
    facts = connection.execution_options(stream_results=True, yield_per=_FACTS_AT_ONCE).execute(
        sa.select(of.label("of"), j.at, j.command_id, j.kind, j.data, j.counter_id, j.officer_id)
        .where(of.is_not(None))
        .order_by(of, j.sequence)
    )
    return ((str(some_id), list(group)) for some_id, group in groupby(facts, key=lambda row: row.of))


def _recorded(group: Iterable[Any]) -> list[Recorded]:
    return [
        Recorded(row.at, row.command_id, fact_from_json(row.kind, row.data), row.counter_id or "", row.officer_id or "")
        for row in group
    ]


def _by_visit(connection: Connection, query: sa.Select[Any], key: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row[key], []).append(dict(row))
    return found


def _difference(
    visit_id: str,
    group: Iterable[Any],
    rows: list[dict[str, Any]],
    legs: list[dict[str, Any]],
    calls: list[dict[str, Any]],
    linked: set[str],
    voided: set[str],
) -> Iterator[str]:
    """A link to or from a ticket that is void counts for nothing: it may stand in the table or not. So may a call of
    a day before displays read calls."""
    try:
        recorded = _recorded(group)
        visit = visit_from(visit_id, recorded)
        expected = visit_row(visit, len(recorded))
    except (ValueError, KeyError):
        yield "one whose facts cannot be read"
        return
    expected_legs = [leg_row(visit, number, leg) for number, leg in enumerate(visit.legs, start=1)]
    shown = [{name: row[name] for name in expected} for row in rows]
    differs = not visit.voided and linked - voided != visit.linked - voided
    differs = differs or any(calls_that_differ(calls, visit, recorded))
    if differs or shown != [expected] or legs != expected_legs:
        yield f"{visit.number} of {visit.local_day.isoformat()}"


def appointments_that_differ(connection: Connection) -> Iterator[str]:
    """The references whose rows differ from their facts, or that have only one of the two; and those that hold other
    times than they should."""
    zones = {
        row.id: ZoneInfo(row.timezone) for row in connection.execute(sa.select(t.office.c.id, t.office.c.timezone))
    }
    lines = set(connection.execute(sa.select(t.interpreter.c.id).where(t.interpreter.c.is_line)).scalars())
    ids = {row.number: row.id for row in connection.execute(sa.select(t.resource))}
    by_appointment = _facts(connection, t.journal.c.appointment_id)
    while some := dict(islice(by_appointment, _AT_ONCE)):
        table = t.appointment
        rows = {
            row["id"]: dict(row) for row in connection.execute(sa.select(table).where(table.c.id.in_(some))).mappings()
        }
        taken: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
        for row in connection.execute(sa.select(t.occupation).where(t.occupation.c.appointment_id.in_(some))):
            if ids[row.resource] not in lines:
                taken[row.appointment_id].add((ids[row.resource], row.starts, row.ends))
        for appointment_id, group in some.items():
            try:
                recorded = _recorded(group)
                appointment = appointment_from(appointment_id, recorded)
                expected = appointment_row(appointment, len(recorded), zones[appointment.office_id])
            except (ValueError, KeyError):
                yield "an appointment whose facts cannot be read"
                continue
            held = _held(appointment, lines)
            if rows.get(appointment_id) != expected or taken[appointment_id] != held:
                yield f"{appointment.reference} of {appointment.local_day.isoformat()}"
    without = sa.select(t.appointment.c.reference, t.appointment.c.local_day).where(
        ~sa.exists().where(t.journal.c.appointment_id == t.appointment.c.id, t.journal.c.appointment_id.is_not(None))
    )
    yield from (f"{reference} of {day} (no facts)" for reference, day in connection.execute(without))


def _held(appointment: Appointment, lines: set[str]) -> set[tuple[str, int, int]]:
    return {(some_id, span.starts, span.ends) for some_id, span in taken_of(appointment) if some_id not in lines}
