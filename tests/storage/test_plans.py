"""No question that a counter asks reads all visits that ever were: each is answered from an index.

The statements are those that the door really sends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from benchmarks.past import add_past_visits
from reception.app import Door
from reception.domain.booked import AbsenceKind, DelayAnswer, LetterKind
from reception.domain.booking import Wish
from reception.domain.grouping import Grouping
from reception.domain.person import Person
from reception.domain.visit_states import End
from reception.domain.visitor import Visitor
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.services import supervisor_queries as sq
from reception.storage.engine import transaction
from reception.storage.queries.book import letter_snapshot
from reception.storage.queries.past_statements import ids, statements
from tests.services.the_book import ALEX, MONDAY, ROOM_1, ROOM_2, place, when
from tests.storage.bookers import NINE, booker, office_with_a_book
from tests.storage.processes import door_to, engine_of
from tests.support import EWAN, OFFICE, PIN, PLANNING, At

GROWS = (
    "visit",
    "leg",
    "visitor",
    "journal",
    "command",
    "print_job",
    "appointment",
    "appointment_person",
    "appointment_reason",
    "occupation",
    "absence",
)
# Partial indexes that hold only what is still to be done, and what is read of them whole.
OF_FEW = ("ix_visit_open", "ix_visit_to_follow", "ix_appointment_wants_earlier")
PAST = 2_000
Sent = dict[str, Any]


def _a_day(door: Door) -> None:
    """What a counter does and shows, but for reports."""
    at = At(door)
    for _ in range(3):
        at.take(print_ticket=True)
    called = at.next()
    at.on(c.CallAgain, called)
    at.on(c.StartService, called)
    at.door.do(c.FinishAndCallNext(**at.who, visit_id=called.visit_id))
    at.undo(at.take(print_ticket=True))
    at.view()
    door.close_days(OFFICE)
    door.ask(q.OneVisit(called.visit_id))
    door.ask(q.VisitByCode(OFFICE, at.card(called).code))
    door.ask(q.Search(OFFICE, "H001"))
    door.ask(q.TicketOf(called.visit_id))
    sequence, _ = door.changes(0)
    door.changes(sequence - 1)


def _a_day_in_the_book(door: Door) -> None:
    """What a desk does with appointments and shows of them, but for reports."""
    at = booker(door, 1)
    door.do(c.SignIn(**at.who, pin=PIN))
    held = at.hold(place(when(11), room=ROOM_1))
    ann = Visitor(Person("Ann Example"), date(1980, 4, 3), "020 7946 0100")
    booked = at.book(
        place(when(11), room=ROOM_1, interpreter=ALEX), visitor=ann, hold_id=held.command_id, language="bfi"
    )
    later = at.book(place(when(14)), repeat=a.Repeat(1, 2), wants_earlier=True)
    at.move(booked, place(when(9, 10), room=ROOM_1, interpreter=ALEX))
    at.undo(at.book(place(when(15))))
    at.cancel(later, series=True)
    away = door.do(a.EnterAbsence(**at.who, absentee_id=EWAN, kind=AbsenceKind.LEAVE, starts=when(9), ends=when(10)))
    door.do(a.RemoveAbsence(**at.who, absence_id=away.command_id))
    here = at.check_in(booked)
    walk_in = at.take()
    at.on(a.AssignRoom, walk_in, room_id=ROOM_2)
    door.do(a.TellOfDelay(**at.who, visit_id=walk_in.visit_id, expected_minutes=5, answer=DelayAnswer.WILL_WAIT))
    wish = Wish("housing", with_room=True)
    for query in (
        aq.Book(OFFICE, MONDAY, 7),
        aq.AboutNowOf(OFFICE),
        aq.Duties(OFFICE),
        sq.Today(OFFICE),
        aq.FreeSlots(OFFICE, wish, 3, booked.appointment_id),
        aq.SlotsLike(OFFICE, booked.appointment_id),
        aq.SlotsLike(OFFICE, visit_id=walk_in.visit_id),
        aq.ObstaclesTo(OFFICE, place(when(11)), wish),
        aq.OneAppointment(booked.appointment_id),
        aq.OneAppointment(later.appointments[0]),
        aq.AppointmentByCode(OFFICE, booked.reference),
        aq.FindAppointments(OFFICE, "ann"),
        aq.FindAppointments(OFFICE, "3/4/1980"),
        aq.FindAppointments(OFFICE, "02079460100"),
        aq.WantingEarlier(OFFICE, place(when(10))),
        aq.RoomsFor(here.visit_id),
        aq.LettersDue(OFFICE, MONDAY),
    ):
        door.ask(query)
    letter_snapshot(door._database, aq.LetterOf(booked.appointment_id, LetterKind.DELAY_APOLOGY))
    door.changes(0)


def _sent(door: Door, live: Callable[[Door], None] = _a_day) -> Sent:
    sent: Sent = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        sent[statement] = values[0] if many else values

    event.listen(engine_of(door), "before_cursor_execute", note)
    live(door)
    event.remove(engine_of(door), "before_cursor_execute", note)
    return {statement: values for statement, values in sent.items() if re.match("SELECT|UPDATE|DELETE", statement)}


@pytest.fixture
def door(database_url: str) -> Any:
    """A door to an office with a past that is long enough for a reader to prefer an index."""
    with door_to(database_url) as first:
        at = At(first).set_up().sign_in()
        visit = at.take(PLANNING)
        at.on(c.StartService, at.next())
        at.on(c.Finish, visit, end=End.RESOLVED)
    add_past_visits(database_url, visit.visit_id, PAST)
    with door_to(database_url) as again:
        yield again


def test_every_question_has_its_index(door: Door) -> None:
    sent = _sent(door)
    assert len(sent) > 20
    assert _read_whole(door, sent) == {}


def test_every_question_of_the_book_has_its_index(database_url: str) -> None:
    office_with_a_book(database_url)
    with door_to(database_url, at=NINE) as door:
        sent = _sent(door, _a_day_in_the_book)
        assert len(sent) > 60
        assert _read_whole(door, sent) == {}


def _read_whole(door: Door, sent: Sent) -> dict[str, list[str]]:
    engine = engine_of(door)
    explain = _sqlite_plan if engine.dialect.name == "sqlite" else _postgresql_plan
    with transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            # As a prepared statement is planned after some uses: for any value, not for the one at hand.
            connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        whole = {statement: explain(connection, statement, values) for statement, values in sent.items()}
    return {statement: tables for statement, tables in whole.items() if tables}


def _sqlite_plan(connection: sa.Connection, statement: str, values: Any) -> list[str]:
    """The growing tables of which all rows are read. All of an index of only the open ones is not meant."""
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    plan = [row[3] for row in rows]
    read_whole = re.compile(rf"SCAN ({'|'.join(GROWS)})(?! USING INDEX ix_print_job_waiting)\b")
    of_an_office = re.compile(rf"SEARCH ({'|'.join(GROWS)}) USING .*INDEX (?!{'|'.join(OF_FEW)})\S+ \(office_id=\?\)$")
    return [line for line in plan if read_whole.match(line) or of_an_office.match(line)]


def _postgresql_plan(connection: sa.Connection, statement: str, _values: Any) -> list[str]:
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        names.append(found[1])
        return f"${len(names)}"

    rows = connection.exec_driver_sql("EXPLAIN (GENERIC_PLAN) " + re.sub(r"%\((\w+)\)s", place, statement))
    plan = "\n".join(row[0] for row in rows)
    return re.findall(rf"Seq Scan on ({'|'.join(GROWS)})\b", plan)


def test_a_report_reads_the_index_alone(door: Door) -> None:
    if engine_of(door).dialect.name != "sqlite":
        pytest.skip("PostgreSQL decides that by what it knows of each page")
    sent: list[tuple[str, Any]] = []
    event.listen(engine_of(door), "before_cursor_execute", lambda *given: sent.append((given[2], given[3])))
    door.ask(q.WaitReport(OFFICE, date(2020, 1, 1), date(2030, 1, 1)))
    statement, values = next(each for each in sent if "local_hour" in each[0] and "BETWEEN" in each[0])
    with transaction(engine_of(door)) as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert any("visit USING COVERING INDEX ix_visit_report" in line for line in plan), plan


def test_which_visits_are_imported_is_read_once(sqlite_url: str) -> None:
    """Not anew for each of them: of a log of 21,000 rows that took a quarter of a minute."""
    sent: list[tuple[str, Any]] = []
    asked = {"offices": ids([OFFICE], "sqlite"), "first": "2020-01-01", "last": "2030-01-01"}
    with door_to(sqlite_url) as door, transaction(engine_of(door)) as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: sent.append((given[2], given[3])))
        for statement in (statements(by, False).visits_with_imported for by in (Grouping.SERVICE, Grouping.NEED)):
            connection.execute(statement, asked).all()
        connection.execute(statements(Grouping.SERVICE, False).odd_visits, asked).all()
        assert len(sent) == 3
        for text, values in sent.copy():
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]
            assert any("imported_row" in line for line in plan)
            assert not any("CORRELATED" in line for line in plan), plan
