"""Names are in the tables for names, and nowhere else: in no other table, no log, no message of an error."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from reception.clock import local_date
from reception.domain.snapshots import End
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.engine import transaction
from reception.storage.refusals import StorageError
from tests.house.postgres import Server
from tests.storage.checks import dump
from tests.storage.processes import door_to, engine_of
from tests.support import COUNTER_2, EWAN, HOUSING, PLANNING, PRIYA, At, Person

PLANTED = "Qwxyzilda"
PERSONAL = {"visitor", "visit_reason"}


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


def test_names_are_in_no_other_table_and_in_no_log(
    database_url: str, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    with door_to(database_url) as door:
        _a_day(At(door).set_up().sign_in())
    tables = dump(database_url)
    assert any(PLANTED in repr(row) for row in tables["visitor"])
    assert sum(PLANTED in repr(row) for row in tables["visit_reason"]) >= 5
    found = {name for name, rows in tables.items() if PLANTED in repr(rows)}
    assert found == PERSONAL
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
