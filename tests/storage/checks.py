"""What must hold of any database at any moment, looked at from outside the program's own reading of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from reception.domain.appointment_folding import appointment_from
from reception.domain.booked import Standing
from reception.domain.events import CallWithdrawn, CommandUndone, Recorded, SignInRefused, TicketTaken, VisitCalled
from reception.storage import checking
from reception.storage import schema as t
from reception.storage.codec import fact_from_json, result_from_json
from reception.storage.engine import open_engine, transaction

GIVEN_UP = (Standing.CANCELLED, Standing.DID_NOT_ATTEND)
Dump = dict[str, list[tuple[Any, ...]]]


def dump(url: str) -> Dump:
    """Every row of every table."""
    engine = open_engine(url)
    with transaction(engine, one_state=True) as connection:
        there = sa.inspect(connection)
        names = set(there.get_table_names())
        found = {}
        for table in t.metadata.sorted_tables:
            if table.name in names:
                # A database of an earlier version lacks some tables and columns.
                columns = [table.c[each["name"]] for each in there.get_columns(table.name)]
                found[table.name] = sorted((tuple(row) for row in connection.execute(sa.select(*columns))), key=repr)
    engine.dispose()
    return found


def assert_sound(url: str) -> None:
    """Rows are what the facts come to, the journal is whole, and nobody was numbered, called or counted twice."""
    found = checking.check(url, lambda _done, _all: None)
    assert found.is_sound, found
    engine = open_engine(url)
    with transaction(engine, one_state=True) as connection:
        visits = connection.execute(sa.select(t.visit)).all()
        journal = connection.execute(sa.select(t.journal).order_by(t.journal.c.sequence)).all()
        commands = {row.id: row for row in connection.execute(sa.select(t.command))}
        series = connection.execute(sa.select(t.series)).all()
        persons = set(connection.execute(sa.select(t.visitor.c.visit_id)).scalars())
        appointments = set(connection.execute(sa.select(t.appointment.c.id)).scalars())
        with_person = set(connection.execute(sa.select(t.appointment_person.c.appointment_id)).scalars())
        lines = set(connection.execute(sa.select(t.interpreter.c.id).where(t.interpreter.c.is_line)).scalars())
    engine.dispose()

    assert [row.sequence for row in journal] == list(range(1, len(journal) + 1)), "a gap in the journal"
    assert persons == {row.id for row in visits}
    assert appointments == with_person
    _never_twice(journal, lines)
    _numbers(visits, series)
    _commands(journal, commands)
    _order(journal)
    _overtakes(visits, journal, {each.id for each in commands.values() if each.undone})


def _numbers(visits: list[Any], series: list[Any]) -> None:
    """None twice, none skipped."""
    given: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for visit in visits:
        given[visit.office_id, visit.local_day, visit.number[0]].append(visit.running)
    last = {(row.office_id, row.local_day, row.letter): row.last for row in series}
    assert last == {key: len(numbers) for key, numbers in given.items()}
    for key, numbers in given.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), key


def _commands(journal: list[Any], commands: dict[str, Any]) -> None:
    """Each fact is of a command with a stored result, and each result speaks of a visit that is there. A wrong PIN is
    a fact of a command that was refused."""
    assert {row.command_id for row in journal if row.kind != SignInRefused.__name__} <= commands.keys()
    known = {row.visit_id or row.appointment_id for row in journal}
    for row in commands.values():
        result = result_from_json(row.result)
        assert result.command_id == row.id
        assert {result.visit_id, result.appointment_id, *result.appointments} - {""} <= known


def _order(journal: list[Any]) -> None:
    times = defaultdict(list)
    for row in journal:
        times[row.visit_id or row.appointment_id].append(row.at)
    for some_id, of_one in times.items():
        if some_id is not None:
            assert all(one <= other for one, other in pairwise(of_one)), "a fact precedes one of its visit"


def _never_twice(journal: list[Any], lines: set[str]) -> None:
    """No officer, room or interpreter is promised to two at once, by the facts of the appointments alone."""
    facts: dict[str, list[Recorded]] = defaultdict(list)
    for row in journal:
        if row.appointment_id is not None:
            facts[row.appointment_id].append(Recorded(row.at, row.command_id, fact_from_json(row.kind, row.data)))
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for appointment_id, of_one in facts.items():
        appointment = appointment_from(appointment_id, of_one)
        if appointment.voided or appointment.came_late or appointment.standing in GIVEN_UP:
            continue
        place = appointment.place
        for some_id, early in (
            (place.officer_id, appointment.set_up),
            (place.room_id, appointment.set_up),
            (place.interpreter_id, 0),
        ):
            if some_id and some_id not in lines:
                held[some_id].append((place.starts - early, place.ends))
    for some_id, spans in held.items():
        for (_, ends), (starts, _) in pairwise(sorted(spans)):
            assert ends <= starts, f"{some_id} is promised twice"


def _overtakes(visits: list[Any], journal: list[Any], undone: set[str]) -> None:
    """Counted from the journal: those of the present leg, without calls that were taken back or withdrawn."""
    since = {row.id: row.since for row in visits}
    calls: dict[str, list[Any]] = defaultdict(list)
    for row in journal:
        if row.command_id in undone:
            continue
        if row.kind == VisitCalled.__name__:
            calls[row.visit_id].append(row)
        elif row.kind == CallWithdrawn.__name__:
            calls[row.visit_id].pop()
    counted: Counter[str] = Counter()
    for row in (each for of_visit in calls.values() for each in of_visit):
        fact = fact_from_json(row.kind, row.data)
        assert isinstance(fact, VisitCalled)
        counted.update(each for each in fact.overtook if row.at >= since[each])
    assert {row.id: row.overtaken for row in visits if row.overtaken} == dict(counted)


def calls_of(url: str) -> dict[str, list[str]]:
    """The counters that each visit was called to, without the calls that were taken back; also those never called."""
    engine = open_engine(url)
    with transaction(engine) as connection:
        rows = connection.execute(sa.select(t.journal).order_by(t.journal.c.sequence)).all()
    engine.dispose()
    facts = [(row, fact_from_json(row.kind, row.data)) for row in rows]
    undone = {fact.command_id for _, fact in facts if isinstance(fact, CommandUndone)}
    calls: dict[str, list[str]] = {row.visit_id: [] for row, fact in facts if isinstance(fact, TicketTaken)}
    for row, fact in facts:
        if isinstance(fact, VisitCalled) and row.command_id not in undone:
            calls[row.visit_id].append(fact.counter_id)
    return calls
