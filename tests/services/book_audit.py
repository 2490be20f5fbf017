"""The book as an auditor would see it: folded anew from the journal, and compared with every row."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain import events as e
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.booked import Standing
from reception.domain.visit import Visit
from reception.storage import schema as t
from reception.storage.appointment_rows import appointment_row
from reception.storage.codec import fact_from_json

HOLDS = {Standing.BOOKED, Standing.CHECKED_IN, Standing.ATTENDED}


def audit(connection: Connection, lines: Any, visits: dict[str, Visit]) -> None:
    """Assert that appointments, what they hold, and the visits that they became agree with their facts."""
    appointments, versions = _fold(lines)
    zones = {row.id: ZoneInfo(row.timezone) for row in connection.execute(sa.select(t.office))}
    rows = {row.id: dict(row._mapping) for row in connection.execute(sa.select(t.appointment))}
    assert set(rows) == set(appointments), "an appointment is lost, or stands there without a fact"
    for each in appointments.values():
        expected = appointment_row(each, versions[each.id], zones[each.office_id])
        assert {name: rows[each.id][name] for name in expected} == expected
    _people_agree(connection, appointments)
    _each_holds_its_own(connection, appointments)
    _nothing_is_held_twice(connection)
    _visits_agree(appointments, visits)


def _fold(lines: Any) -> tuple[dict[str, Appointment], dict[str, int]]:
    facts: dict[str, list[e.Recorded]] = defaultdict(list)
    for line in lines:
        if line.appointment_id is not None:
            assert line.visit_id is None
            fact = fact_from_json(line.kind, line.data)
            facts[line.appointment_id].append(
                e.Recorded(line.at, line.command_id, fact, line.counter_id or "", line.officer_id or "")
            )
    for found in facts.values():
        times = [item.at for item in found]
        assert times == sorted(times), "a fact precedes the last fact of its appointment"
    return (
        {key: appointment_from(key, found) for key, found in facts.items()},
        {key: len(found) for key, found in facts.items()},
    )


def _people_agree(connection: Connection, appointments: dict[str, Appointment]) -> None:
    known = connection.execute(sa.select(t.appointment_person.c.appointment_id)).scalars().all()
    assert sorted(known) == sorted(appointments)


def _each_holds_its_own(connection: Connection, appointments: dict[str, Appointment]) -> None:
    names = {row.number: row.id for row in connection.execute(sa.select(t.resource))}
    lines = set(connection.execute(sa.select(t.interpreter.c.id).where(t.interpreter.c.is_line)).scalars())
    held: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for row in connection.execute(sa.select(t.occupation).where(t.occupation.c.appointment_id.is_not(None))):
        held[row.appointment_id].add((names[row.resource], row.starts, row.ends))
    for each in appointments.values():
        place, wanted = each.place, set[tuple[str, int, int]]()
        if each.standing in HOLDS and not each.voided and not each.came_late:
            begins = place.starts - each.set_up
            wanted = {(some, begins, place.ends) for some in (place.officer_id, place.room_id) if some}
            if place.interpreter_id and place.interpreter_id not in lines:
                wanted.add((place.interpreter_id, place.starts, place.ends))
            if each.released_at is not None:
                until = each.released_at
                wanted = {(some, starts, min(ends, until)) for some, starts, ends in wanted if starts < until}
        assert held.get(each.id, set()) == wanted, each


def _nothing_is_held_twice(connection: Connection) -> None:
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in connection.execute(sa.select(t.occupation)):
        spans[row.resource].append((row.starts, row.ends))
    for found in spans.values():
        for (_, ends), (starts, _) in pairwise(sorted(found)):
            assert ends <= starts, "booked twice"


def _ended_visits_hold_nothing(appointment: Appointment, visit: Visit) -> None:
    """From its end on; one whose visit goes on may have lost its time to somebody else meanwhile."""
    place = appointment.place
    holds = (place.officer_id or place.room_id or place.interpreter_id) and not appointment.came_late
    if holds and visit.ended_at is not None and visit.ended_at < place.ends:
        assert appointment.released_at is not None
        assert appointment.released_at <= visit.ended_at


def _visits_agree(appointments: dict[str, Appointment], visits: dict[str, Visit]) -> None:
    for each in appointments.values():
        assert (each.standing is Standing.CHECKED_IN) == bool(each.visit_id)
        if each.visit_id:
            assert visits[each.visit_id].appointment_id == each.id
            assert not visits[each.visit_id].voided
            _ended_visits_hold_nothing(each, visits[each.visit_id])
    for visit in visits.values():
        if visit.appointment_id and not visit.voided:
            came_by = appointments[visit.appointment_id]
            assert visit.id in (came_by.visit_id, came_by.from_visit_id) or came_by.moved
