"""`reception database init`, `migrate` and `check`."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.storage import checking, comparing
from tests.cli.conftest import Run
from tests.support import At, door_on


def change(url: str, statement: str) -> None:
    """Meddle with a database behind the program's back, which the journal itself would not let happen."""
    engine = sa.create_engine(url)
    is_sqlite = engine.dialect.name == "sqlite"
    drop = ["DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete"]
    try:
        with engine.begin() as connection:
            for each in drop if is_sqlite else ["DROP TRIGGER journal_no_change ON journal"]:
                connection.execute(sa.text(each))
            connection.execute(sa.text(statement))
    finally:
        engine.dispose()


@pytest.fixture
def lived_in(database_url: str) -> str:
    door = door_on(database_url)
    here = At(door).set_up().sign_in()
    first = here.take()
    here.take()
    here.next()
    here.on(c.StartService, first)
    here.on(c.ReturnToQueue, first)
    here.undo(here.take(linked_to=first.visit_id))
    here.on(c.LinkVisits, first, other_id=here.taken[1].visit_id)
    door.close()
    return database_url


def test_init_makes_the_tables_once(run: Run, empty_database_url: str) -> None:
    answer = run("database", "init", empty_database_url)
    assert (answer.code, answer.err) == (0, "")
    assert re.search(r" is ready for use, at schema \d+\.$", answer.out.splitlines()[0])
    again = run("database", "init", empty_database_url)
    assert again.code == 0
    assert "was ready for use already" in again.out
    assert run("database", "check", empty_database_url).code == 0


def test_check_says_what_there_is(run: Run, lived_in: str) -> None:
    answer = run("database", "check", lived_in)
    assert (answer.code, answer.err) == (0, "")
    assert "1 office, 3 visits (0 imported, 2 open)" in answer.out
    assert "without a gap" in answer.out
    assert "all are what their facts come to" in answer.out
    assert ("sound" in answer.out) is lived_in.startswith("sqlite")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE visit SET promise_wait = 1 WHERE number = 'H001'", "1 are not what their facts come to: H001 of"),
        ("UPDATE leg SET started_at = since WHERE number = 1", "are not what their facts come to"),
        ("DELETE FROM leg WHERE number = 2", "1 are not what their facts come to: H001 of"),
        (
            "DELETE FROM visit_link WHERE other_id IN (SELECT id FROM visit WHERE number = 'H002')",
            "1 are not what their facts come to: H001 of",
        ),
        (
            "INSERT INTO visit_link SELECT id, id FROM visit WHERE number = 'H002'",
            "1 are not what their facts come to: H002 of",
        ),
        ("DELETE FROM journal WHERE kind = 'CounterOpened'", "1 facts are missing"),
        ("UPDATE journal SET data = '{}' WHERE kind = 'TicketTaken' AND sequence < 5", "whose facts cannot be read"),
        ("UPDATE journal SET kind = 'VisitDreamt' WHERE kind = 'ServiceStarted'", "whose facts cannot be read"),
        (
            """UPDATE journal SET kind = 'VisitEnded', data = '{"end":"resolved"}' WHERE kind = 'ServiceStarted'""",
            "whose facts cannot be read",
        ),
        ("DELETE FROM journal_head", "facts are missing"),
    ],
)
def test_check_finds_what_is_wrong(run: Run, lived_in: str, statement: str, words: str) -> None:
    change(lived_in, statement)
    answer = run("database", "check", lived_in)
    assert answer.code == 1
    assert words in answer.out
    assert "is not as it should be. Put back a backup copy" in answer.said


def test_check_finds_a_visit_without_facts(run: Run, lived_in: str) -> None:
    change(lived_in, "DELETE FROM journal WHERE visit_id IN (SELECT id FROM visit WHERE number = 'H002')")
    assert "H002 of" in run("database", "check", lived_in).out


def test_check_names_no_more_than_ten_visits(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_AT_ONCE", 4)
    door = door_on(database_url)
    here = At(door).set_up().sign_in()
    for _ in range(12):
        here.take()
    door.close()
    assert run("database", "check", database_url).code == 0
    change(database_url, "UPDATE visit SET total_wait = 5")
    answer = run("database", "check", database_url)
    assert re.search(r"12 are not what their facts come to: (H0\d\d of [-\d]+, ){10}…", answer.out)


def test_check_finds_damage(run: Run, sqlite_url: str) -> None:
    door = door_on(sqlite_url)
    here = At(door).set_up().sign_in()
    for _ in range(200):
        here.take()
    door.close()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    for place in range(12 * 4096, len(content) - 4096, 5 * 4096):
        content[place : place + 64] = b"\xa5" * 64
    file.write_bytes(content)
    answer = run("database", "check", sqlite_url)
    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_check_tells_progress_and_can_be_cancelled(run: Run, lived_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run("database", "check", lived_in, "--progress")
    assert answer.err == "Checking: 3 of 3 visits\n"

    def interrupted(url: str, progress: Callable[[int, int], None]) -> Any:
        signal.raise_signal(signal.SIGINT)
        progress(1, 3)

    monkeypatch.setattr("reception.cli.database.look_over", interrupted)
    answer = run("database", "check", lived_in)
    assert (answer.code, answer.out, answer.said) == (130, "", "That was cancelled. A check changes nothing.")


def test_check_makes_no_database(run: Run, tmp_path: Path, empty_sqlite_url: str) -> None:
    answer = run("database", "check", empty_sqlite_url)
    assert answer.code == 1
    assert "There is no database file" in answer.said
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_told_from_a_sound_one(run: Run, empty_postgres_url: str) -> None:
    answer = run("database", "check", empty_postgres_url)
    assert answer.code == 1
    assert "none: the database is empty" in answer.out
    assert "Run: reception database init URL." in answer.said


def test_another_schema_is_told(run: Run, database_url: str) -> None:
    run("database", "init", database_url)
    change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    answer = run("database", "check", database_url)
    assert answer.code == 1
    assert "9999, newer than this version's" in answer.out
    assert "Install the newer version of Reception" in answer.said
    for command in ("init", "migrate"):
        answer = run("database", command, database_url)
        assert answer.code == 1
        assert "newer version of Reception" in answer.said


def test_migrate_of_a_database_that_is_up_to_date(run: Run, lived_in: str) -> None:
    answer = run("database", "migrate", lived_in)
    assert (answer.code, answer.err) == (0, "")
    assert "is up to date already" in answer.out


def test_migrate_makes_nothing_of_nothing(run: Run, empty_sqlite_url: str, empty_postgres_url: str) -> None:
    assert "There is no database file" in run("database", "migrate", empty_sqlite_url).said
    answer = run("database", "migrate", empty_postgres_url)
    assert answer.code == 1
    assert "nothing to bring up to date" in answer.said


def test_a_migration_tells_where_the_copy_is_and_can_be_cancelled(
    run: Run, lived_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = checking.SchemaState("0000", "0001", is_empty=False, is_older=True)
    monkeypatch.setattr("reception.cli.database.read_state", lambda engine: older)

    def migrated(engine: object, *, may_migrate: bool, progress: Callable[[int, int], None]) -> Path:
        assert may_migrate
        progress(1, 2)
        return Path("reception.db.0000.backup")

    monkeypatch.setattr("reception.cli.database.prepare", migrated)
    answer = run("database", "migrate", lived_in, "--progress")
    assert answer.code == 0
    assert answer.err == "Copying: 1 of 2 pages\n"
    assert "was brought from schema 0000 to 0001." in answer.out
    assert "A copy of it as it was is in reception.db.0000.backup." in answer.out

    def interrupted(engine: object, *, may_migrate: bool, progress: Callable[[int, int], None]) -> None:
        signal.raise_signal(signal.SIGINT)
        progress(1, 2)

    monkeypatch.setattr("reception.cli.database.prepare", interrupted)
    answer = run("database", "migrate", lived_in)
    assert (answer.code, answer.out, answer.said) == (130, "", "That was cancelled. The database is as it was.")


@pytest.mark.parametrize("command", ["init", "migrate", "check"])
@pytest.mark.parametrize("url", ["reception.db", "mysql://x/y", "sqlite://"])
def test_an_address_that_is_none(run: Run, command: str, url: str) -> None:
    answer = run("database", command, url)
    assert (answer.code, answer.out) == (1, "")
    assert answer.said


@pytest.mark.parametrize("command", ["init", "migrate", "check"])
def test_a_server_that_does_not_answer_and_a_password_that_is_not_told(run: Run, command: str, tmp_path: Path) -> None:
    answer = run("database", command, f"postgresql://ann:hidden@/reception?host={tmp_path}")
    assert (answer.code, answer.out) == (1, "")
    assert "hidden" not in answer.said


def test_passwords_are_not_shown() -> None:
    assert "hidden" not in checking.place_of("postgresql://ann:hidden@there/reception").shown
    with pytest.raises(Refusal) as refused:
        checking.place_of("nothing")
    assert refused.value.code is Code.BAD_SETTINGS
