"""Names are in the tables for names, and nowhere else: in no other table, no log, no message of an error."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from reception.clock import local_date
from reception.domain.booked import DelayReason, Kind, LetterKind
from reception.domain.visit_states import End
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.engine import transaction
from reception.storage.queries.book import letter_snapshot
from reception.storage.refusals import StorageError
from tests.house.postgres import Server
from tests.services.the_book import ALEX, MONDAY, AtBook, place, when
from tests.storage.bookers import NINE, booker, office_with_a_book
from tests.storage.checks import dump
from tests.storage.processes import door_to, engine_of
from tests.support import COUNTER_2, EWAN, HOUSING, PIN, PLANNING, PRIYA, At, Person

PLANTED = "Qwxyzilda"
PERSONAL = {"visitor", "visit_reason"}
OF_THE_BOOK = {"appointment_person", "appointment_reason"}


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """As chatty as logging can be made, the engine's rows included."""
    names = ["", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.Engine", "sqlalchemy.pool", "psycopg", "alembic"]
    before = {name: logging.getLogger(name).level for name in names}
    for name in names:
        caplog.set_level(logging.DEBUG, logger=name)
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def _planted(what: str) -> str:
    return f"{PLANTED} {what}"


def _a_day(at: At) -> None:
    """Everything that takes words about a person, and everything that shows them."""
    person = Person(_planted("Example"), note=_planted("note"))
    first = at.take(person=person, see_first_reason=_planted("faint"), print_ticket=True)
    second = at.take(PLANNING, person=person, linked_to=first.visit_id)
    third = at.take(person=person)
    at.correct(third, Person(_planted("Changed")), 2)
    at.on(c.SeeFirst, third, reason=_planted("ill"))
    at.on(c.StartService, at.next())
    at.on(c.Finish, first, note=_planted("needs plans"))
    at.on(c.CallVisit, second, reason=_planted("waited long"))
    at.on(c.StartService, second)
    due = local_date(at.door.now(), at.view().office.zone) + timedelta(days=3)
    at.on(
        c.Finish,
        second,
        end=End.TO_FOLLOW,
        due=due,
        owner_id=PRIYA,
        note=_planted("will write"),
        contact=_planted("by post"),
    )
    at.undo(at.take(person=person))
    at.view()
    assert at.door.ask(q.Search(at.who["office_id"], PLANTED.casefold()))
    at.door.ask(q.TicketOf(first.visit_id))
    at.door.changes(0)
    with pytest.raises(Refusal):
        at.on(c.StartService, third)


def _a_day_in_the_book(at: AtBook) -> None:
    """Likewise of appointments."""
    person = Person(_planted("Example"), note=_planted("note"))
    visitor = Visitor(person, date(1980, 4, 3), "020 7946 0100", f"{PLANTED}@example.org", f"{PLANTED} House\nHatfield")
    home = HomeVisit(_planted("damp"), _planted("password"), _planted("letter"), _planted("answer"))
    walk_in = at.take(person=person)
    first = at.book(place(when(9, 10), interpreter=ALEX), visitor=visitor, about=_planted("rent"), language="bfi")
    at.book(
        place(when(18)),
        visitor=visitor,
        home=home,
        kind=Kind.HOME_VISIT,
        reason=_planted("works till five"),
        visit_id=walk_in.visit_id,
    )
    gone = at.book(place(when(14)), visitor=visitor)
    at.cancel(gone, reason=_planted("is well again"))
    at.with_(
        a.CorrectAppointment,
        first,
        version=1,
        visitor=visitor,
        about=_planted("debts"),
        party_size=2,
        home=home,
    )
    tell = a.TellOfDelay(
        **at.who,
        appointment_id=first.appointment_id,
        reason=DelayReason.OTHER,
        words=_planted("ran off"),
        by_telephone=True,
    )
    at.door.do(tell)
    with pytest.raises(Refusal) as refused:
        at.book(place(when(9, 10)), visitor=visitor, about=_planted("rent"))
    assert PLANTED not in "".join(traceback.format_exception(refused.value))
    at.check_in(first)
    assert at.door.ask(aq.FindAppointments(at.who["office_id"], PLANTED))
    shown = [
        at.door.ask(aq.Book(at.who["office_id"], MONDAY)),
        at.shown(first),
        letter_snapshot(at.door._database, aq.LetterOf(first.appointment_id, LetterKind.DELAY_APOLOGY)),
        at.door.ask(aq.Duties(at.who["office_id"])),
        tell,
    ]
    assert all(PLANTED not in repr(each) for each in shown)


@pytest.mark.parametrize("book", [False, True], ids=["queue", "book"])
def test_names_are_in_no_other_table_and_in_no_log(
    book: bool, database_url: str, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    if book:
        office_with_a_book(database_url)
        with door_to(database_url, at=NINE) as door:
            at = booker(door, 1)
            door.do(c.SignIn(**at.who, pin=PIN))
            _a_day_in_the_book(at)
    else:
        with door_to(database_url) as door:
            _a_day(At(door).set_up().sign_in())
    tables = dump(database_url)
    assert any(PLANTED in repr(row) for row in tables["visitor"])
    reasons = "appointment_reason" if book else "visit_reason"
    assert sum(PLANTED in repr(row) for row in tables[reasons]) >= (3 if book else 5)
    found = {name for name, rows in tables.items() if PLANTED in repr(rows)}
    assert found == (OF_THE_BOOK | {"visitor"} if book else PERSONAL)
    assert caplog.records
    assert PLANTED not in caplog.text
    if database_url.startswith("postgresql"):
        server: Server = request.getfixturevalue("postgres_server")
        assert PLANTED not in (server.folder / "log").read_text(errors="replace")


def test_a_fault_is_told_without_the_row(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """A bug is logged whole, and a database likes to show the row that it would not take."""
    with door_to(database_url) as door:
        visit = At(door).set_up().take()
        engine = engine_of(door)
        row = {"visit_id": visit.visit_id, "name": PLANTED, "spoken": "", "written": "", "needs": "", "note": PLANTED}
        for broken in (row, row | {"visit_id": "0" * 32}, row | {"visit_id": "1" * 32, "spoken": None}):
            with pytest.raises((sa.exc.IntegrityError, StorageError)) as fault, transaction(engine) as connection:
                connection.execute(t.visitor.insert(), broken)
            told = "".join(traceback.format_exception(fault.value))
            assert PLANTED not in told
            assert "constraint" in told.casefold() or "unique" in told.casefold()
    assert PLANTED not in caplog.text


def test_a_refusal_is_told_without_the_name(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite:///{tmp_path / 'reception.db'}"
    with door_to(url) as door:
        At(door).set_up()
    with door_to(url, busy_timeout=0.02) as door, door_to(url) as other:
        at = At(door, COUNTER_2, EWAN)
        command = c.TakeTicket(**at.who, service_id=HOUSING, person=Person(PLANTED), see_first_reason=PLANTED)
        with transaction(engine_of(other), writes=True), pytest.raises(Refusal) as refused:
            door.do(command)
        assert refused.value.code is Code.DATABASE_BUSY
        assert PLANTED not in "".join(traceback.format_exception(refused.value))
        assert PLANTED not in repr(command)
    assert PLANTED not in caplog.text
