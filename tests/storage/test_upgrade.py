"""Databases of another age: made, migrated, refused; by one program or by two at once; killed half-way."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import sqlite3
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from reception.clock import MINUTE
from reception.domain.columns import Column
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.engine import open_engine, transaction
from reception.storage.partial_indexes import metadata
from reception.storage.upgrade import Revisions, prepare, read_state
from tests.storage import processes
from tests.storage.booked import at, book, place, working
from tests.storage.checks import assert_sound, dump
from tests.storage.conftest import Copies
from tests.storage.data.make_first_schema import MINUTES_PLAYED, OPENS
from tests.storage.processes import COMMITTED, at_each_step, door_to, finish, start, together
from tests.support import EWAN, HOUSING, OFFICE, PRIYA, At

FIRST = Path(__file__).parent / "data" / "first-schema.db"
MONDAY = date(2026, 6, 1)
FIRST_SHA256 = "bd509d3ff5f1a90504047416c71464caabe56e295321194012bf5c9881f3492b"
TEN_FIFTEEN = OPENS + MINUTES_PLAYED * MINUTE


@contextmanager
def engine_to(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A copy of the database that the first version left behind."""
    return Path(shutil.copy(FIRST, tmp_path / "reception.db"))


@pytest.fixture
def newer(tmp_path: Path) -> Revisions:
    """Today's schema with one more revision: one that SQLite can do only by making a table anew."""
    folder = tmp_path / "migrations"
    shutil.copytree(Revisions().folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "r9999_pets.py").write_text(
        textwrap.dedent(
            """
            import sqlalchemy as sa
            from alembic import op

            revision = "9999"
            down_revision = "LAST"

            def upgrade() -> None:
                op.create_table("pet", sa.Column("name", sa.Text(), primary_key=True))
                with op.batch_alter_table("visit") as batch:
                    batch.add_column(sa.Column("pets", sa.Integer(), nullable=False, server_default="0"))
                    batch.alter_column("running", new_column_name="sequence")
                op.execute("INSERT INTO pet VALUES ('dog')")
            """
        ).replace("LAST", Revisions().names[-1])
    )
    return Revisions((*Revisions().names, "9999"), folder)


# -- today's ---------------------------------------------------------------------------------------------------


def test_the_revisions_that_are_named_are_those_that_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", str(Revisions().folder))
    script = ScriptDirectory.from_config(config)
    assert tuple(each.revision for each in reversed(list(script.walk_revisions()))) == Revisions().names


def test_the_migrations_make_the_tables_that_are_declared(empty_database_url: str) -> None:
    with engine_to(empty_database_url) as engine:
        prepare(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, metadata) == []


def test_the_migrations_make_the_indexes_that_are_declared(empty_database_url: str, tmp_path: Path) -> None:
    """With their conditions, which the comparison above does not see."""
    queries = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
        "AND tablename <> 'alembic_version' ORDER BY indexname",
    }
    with engine_to(empty_database_url) as engine:
        prepare(engine)
        query = queries[engine.dialect.name]
        with engine.begin() as connection:
            migrated = connection.exec_driver_sql(query).all()
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("CREATE SCHEMA declared")
                connection.exec_driver_sql("SET LOCAL search_path = declared")
                metadata.create_all(connection)
                declared = connection.exec_driver_sql(query).all()
                assert [(n, d.replace("declared.", "public.")) for n, d in declared] == migrated
                return
    with engine_to(f"sqlite:///{tmp_path / 'declared.db'}") as engine, engine.connect() as connection:
        metadata.create_all(connection)
        assert connection.exec_driver_sql(query).all() == migrated


def test_a_new_database_is_made_once_and_then_left_alone(empty_database_url: str) -> None:
    with engine_to(empty_database_url) as engine:
        assert read_state(engine).is_empty
        assert prepare(engine) is None
        state = read_state(engine)
        assert (state.is_current, state.is_older, state.found) == (True, False, state.wanted)
        before = dump(empty_database_url)
        assert prepare(engine) is None
    assert dump(empty_database_url) == before
    assert before["journal_head"] == [(1, 0, 0, 1)]


def test_facts_are_never_changed_or_removed(empty_database_url: str) -> None:
    processes.office(empty_database_url, 1, waiting=2)
    before = dump(empty_database_url)
    values = (
        "sequence, at, office_id, visit_id, command_id, kind, data, station, counter_id, officer_id, appointment_id, "
        "estimated"
    )
    statements = [
        "UPDATE journal SET at = at + 1",
        "UPDATE journal SET data = '{}' WHERE sequence = 2",
        "DELETE FROM journal",
        "DELETE FROM journal WHERE sequence = 2",
    ]
    if empty_database_url.startswith("sqlite"):
        statements.append(f"REPLACE INTO journal SELECT {values} FROM journal WHERE sequence = 2")  # noqa: S608
    else:
        statements.append("TRUNCATE journal")
    with engine_to(empty_database_url) as engine:
        for statement in statements:
            with pytest.raises(sa.exc.DBAPIError, match="append only"), transaction(engine, writes=True) as connection:
                connection.exec_driver_sql(statement)
    assert dump(empty_database_url) == before


# -- the first schema ------------------------------------------------------------------------------------------


def test_the_first_schema_is_as_it_was() -> None:
    """Whoever changed this file changed what later versions are tested on."""
    assert hashlib.sha256(FIRST.read_bytes()).hexdigest() == FIRST_SHA256


def test_what_the_first_version_left_is_read_right(first: Path) -> None:
    """Worked out from the times that stand in the script."""
    with door_to(f"sqlite:///{first}", at=TEN_FIFTEEN) as door:
        cards = {
            card.number: card
            for letter in "HCP"
            for card in door.ask(q.Search(OFFICE, letter))
            if card.number.startswith(letter)
        }
        view = At(door).view()

        assert {number: (card.state, card.end) for number, card in cards.items()} == {
            "H001": (State.ENDED, End.RESOLVED),
            "H002": (State.WAITING, None),
            "H003": (State.WAITING, None),
            "H004": (State.ENDED, None),
            "H005": (State.SERVING, None),
            "H006": (State.WAITING, None),
            "H007": (State.WAITING, None),
            "C001": (State.ENDED, End.LEFT),
            "C002": (State.ON_HOLD, None),
            "P001": (State.ENDED, End.TO_FOLLOW),
        }
        assert {number: _minutes(card.first_wait) for number, card in cards.items() if card.first_wait is not None} == {
            "H001": 5,
            "H002": 7,
            "H005": 20,
            "P001": 5,
        }
        assert cards["H001"].person == Person("Ann Example", "cy", "cy")
        assert cards["H001"].party_size == 3
        assert cards["H002"].person == Person("محمد أحمد", "ar", "ar", frozenset({Need.CHILDREN}))
        assert (cards["H002"].leg, cards["H002"].specialist, _minutes(cards["H002"].waited)) == (2, True, 61)
        assert cards["H002"].service == "Planning"
        assert (cards["H003"].reinstated, cards["H003"].arrived_at) == (True, OPENS + 20 * MINUTE)
        assert cards["H004"].voided
        assert (cards["H005"].see_first, cards["H005"].counter) == (True, "Counter 1")
        assert cards["H005"].linked_numbers == ("P001",)
        assert (cards["H006"].then_services, cards["H006"].officer) == (("Council Tax",), "Ewan Pritchard")
        assert (cards["C002"].person.name, cards["C002"].person.note) == ("陳大文", "rings before coming back")
        assert cards["C002"].own_request
        assert (str(cards["P001"].due), cards["P001"].owner) == ("2026-06-08", "Priya Nair")

        assert [row.number for row in view.queue] == ["H002", "H003", "H006", "H007"]
        assert {each.number for each in view.asides} == {"C002", "P001"}
        assert (view.seen_today, view.evacuated_at) == (4, None)
        assert [each.officer_id for each in view.counters if each.officer_id] == [PRIYA, EWAN]
    assert_sound(f"sqlite:///{first}")


def _minutes(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / MINUTE


def test_what_the_first_version_left_goes_on(first: Path) -> None:
    """The next number, the next call, an undo and the figures follow from what is there."""
    url = f"sqlite:///{first}"
    with door_to(url, at=TEN_FIFTEEN) as door:
        at = At(door)
        taken = at.take(HOUSING)
        assert taken.number == "H008"
        present = at.view().present
        assert present is not None
        done = door.do(c.FinishAndCallNext(**at.who, visit_id=present.visit_id))
        assert (done.finished_number, done.number) == ("H005", "H002")
        at.undo(done)
        (summary,) = door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
        assert summary.visits == 10
        assert summary.seen == 4
    assert_sound(url)
    columns = {row[2]: row for row in dump(url)["visit"]}
    outcome = list(t.visit.c.keys()).index("outcome")
    assert columns["C001"][outcome] == Column.LEFT_AFTER.value


@pytest.mark.parametrize(("preset", "days"), [("hertfordshire", 5), ("hertsmere", 0), ("own", 0)])
def test_an_office_that_was_there_promises_the_notice_that_its_document_states(
    first: Path, preset: str, days: int
) -> None:
    with closing(sqlite3.connect(first)) as connection, connection:
        connection.execute("UPDATE standard SET name = ?", (preset,))
    with engine_to(f"sqlite:///{first}") as engine:
        prepare(engine)
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("SELECT DISTINCT notice_days FROM office").fetchall() == [(days,)]


# -- migrating -------------------------------------------------------------------------------------------------


def test_the_book_comes_to_an_office_that_is_there(first: Path) -> None:
    """Whoever works there may be booked at once; no notice is promised that its document does not state."""
    with door_to(f"sqlite:///{first}", at=at(8)) as door:
        kept = door.ask(q.SettingsOf(OFFICE))
        assert (kept.grace_minutes, kept.hold_minutes, kept.notice_days) == (15, 5, 0)
        assert (kept.rooms, kept.interpreters) == ((), ())
        assert {(each.minutes, each.set_up_minutes, each.sensitive) for each in kept.services} == {(20, 0, False)}
        assert {(each.officer.title, each.officer.takes_appointments) for each in kept.staff} == {("", True)}
        with working(door) as work:
            book(work, place(10))
        with pytest.raises(Refusal) as refused, working(door) as work:
            book(work, place(10))
        assert refused.value.code is Code.SLOT_TAKEN
    assert_sound(f"sqlite:///{first}")


def test_the_book_comes_to_either_engine(empty_database_url: str, tmp_path: Path) -> None:
    """A database of the first revision with a person in it, then migrated."""
    folder = tmp_path / "first"
    later = ("r0002*", "r0003*", "r0004*", "r0005*")
    shutil.copytree(Revisions().folder, folder, ignore=shutil.ignore_patterns("__pycache__", *later))
    with engine_to(empty_database_url) as engine:
        prepare(engine, revisions=Revisions(("0001",), folder))
        with transaction(engine, writes=True) as connection:
            connection.exec_driver_sql(
                "INSERT INTO office VALUES ('o', 'Civic', 'Council', 'Europe/London', '', '', 'england-and-wales', "
                "'keep_promises', 1.5, 2.0, 2, 2, 5)"
            )
            connection.exec_driver_sql(
                "INSERT INTO staff VALUES ('priya', 'o', 'Priya', 'officer', '', '', '', 0, 0, 0, false)"
            )
        prepare(engine, may_migrate=True)
        with transaction(engine) as connection:
            assert connection.execute(sa.select(t.resource.c.id)).scalars().all() == ["priya"]
            office = connection.execute(sa.select(t.office)).one()
            staff = connection.execute(sa.select(t.staff)).one()
        assert (office.grace_minutes, office.hold_minutes, office.notice_days) == (15, 5, 0)
        assert (staff.title, staff.takes_appointments) == ("", True)
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, metadata) == []


def test_an_older_file_is_copied_and_then_migrated(first: Path, newer: Revisions) -> None:
    before = dump(f"sqlite:///{first}")
    told: list[tuple[int, int]] = []
    with engine_to(f"sqlite:///{first}") as engine:
        assert read_state(engine, newer).is_older
        backup = prepare(engine, revisions=newer, progress=lambda done, of: told.append((done, of)))
        state = read_state(engine, newer)
        assert (state.is_current, state.found) == (True, "9999")
        with transaction(engine) as connection:
            assert connection.exec_driver_sql("SELECT sum(pets), count(*) FROM visit").one() == (0, 10)
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            # Tables that refer to the one made anew still do, and the facts are still kept from change.
            assert {key["referred_table"] for key in sa.inspect(connection).get_foreign_keys("leg")} >= {"visit"}
            triggers = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            assert triggers.scalar_one() == 2
        with transaction(engine) as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    assert backup == first.with_name("reception.db.0001.backup")
    assert backup.stat().st_mode & 0o077 == 0, "names of visitors stand in it"
    assert told
    assert told[-1][0] == told[-1][1]
    assert dump(f"sqlite:///{backup}") == before
    assert not list(first.parent.glob("*.part"))


def test_a_backup_is_never_written_over(first: Path, newer: Revisions) -> None:
    kept = first.with_name("reception.db.0001.backup")
    kept.write_text("something dear")
    with engine_to(f"sqlite:///{first}") as engine:
        assert prepare(engine, revisions=newer) == first.with_name("reception.db.0001.2.backup")
    assert kept.read_text() == "something dear"


def test_a_migration_can_be_called_off_while_the_copy_is_made(first: Path, newer: Revisions) -> None:
    def enough(_done: int, _of: int) -> None:
        raise Refusal(Code.CANCELLED, "Stopped.")

    before = dump(f"sqlite:///{first}")
    with engine_to(f"sqlite:///{first}") as engine, pytest.raises(Refusal) as refused:
        prepare(engine, revisions=newer, progress=enough)
    assert refused.value.code is Code.CANCELLED
    assert dump(f"sqlite:///{first}") == before
    assert [path.name for path in first.parent.glob("*backup*")] == []


@pytest.mark.postgresql
def test_an_older_server_is_migrated_only_when_asked(empty_postgres_url: str, newer: Revisions) -> None:
    processes.office(empty_postgres_url, 1, waiting=2)
    before = dump(empty_postgres_url)
    with engine_to(empty_postgres_url) as engine:
        with pytest.raises(Refusal) as refused:
            prepare(engine, revisions=newer)
        assert refused.value.code is Code.SCHEMA_OLDER
        assert "reception database migrate" in refused.value.remedy
        assert dump(empty_postgres_url) == before
        assert prepare(engine, revisions=newer, may_migrate=True) is None
        assert read_state(engine, newer).is_current
        with transaction(engine) as connection:
            assert connection.exec_driver_sql("SELECT sum(pets), count(*) FROM visit").one() == (0, 2)


def test_a_newer_schema_is_refused(empty_database_url: str, newer: Revisions) -> None:
    with engine_to(empty_database_url) as engine:
        prepare(engine, revisions=newer)
        for may_migrate in (None, True, False):
            with pytest.raises(Refusal) as refused:
                prepare(engine, may_migrate=may_migrate)
            assert refused.value.code is Code.SCHEMA_NEWER
            assert "newer version of Reception" in refused.value.reason


def test_a_station_at_work_notices_that_the_schema_has_changed(empty_database_url: str, newer: Revisions) -> None:
    """Whoever forgot to close a desk before migrating: it stops, instead of writing by the old rules."""
    processes.office(empty_database_url, 1, waiting=1)
    with door_to(empty_database_url) as door:
        at = At(door)
        at.view()
        with engine_to(empty_database_url) as engine:
            prepare(engine, may_migrate=True, revisions=newer)
        before = _counts(empty_database_url)
        for act in (at.take, at.view):
            with pytest.raises(Refusal) as refused:
                act()
            assert refused.value.code is Code.SCHEMA_NEWER
    assert _counts(empty_database_url) == before


def _counts(url: str) -> list[Any]:
    with engine_to(url) as engine, transaction(engine) as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            for table in ("visit", "journal", "command")
        ]


@pytest.mark.parametrize("empty", [True, False], ids=["made", "migrated"])
def test_several_programs_that_start_at_once(
    empty: bool, empty_database_url: str, newer: Revisions, tmp_path: Path
) -> None:
    """One of them makes or migrates the database; the others find it done."""
    if not empty:
        with engine_to(empty_database_url) as engine:
            prepare(engine)
    crowd = 6
    barrier = together(crowd)
    answers = [tmp_path / f"answer-{number}" for number in range(crowd)]
    folder, names = (None, ()) if empty else (newer.folder, newer.names)
    programs = [
        start(processes.prepare_and_wait, empty_database_url, barrier, folder, names, answer) for answer in answers
    ]
    assert finish(*programs) == [0] * crowd
    backups = [answer.read_text() for answer in answers if answer.read_text()]
    assert len(backups) == (1 if not empty and empty_database_url.startswith("sqlite") else 0)
    with engine_to(empty_database_url) as engine:
        assert read_state(engine, Revisions() if empty else newer).is_current
        with transaction(engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM journal_head").scalar_one() == 1


def test_killed_in_the_middle_of_a_migration(copies: Copies, newer: Revisions) -> None:
    """The old schema is there as it was, until the commit; after it, the new one is."""
    processes.office(copies.url, 1, waiting=2)
    rehearsal, url = copies.make(), copies.make()
    with engine_to(rehearsal) as engine:
        steps = at_each_step(engine, 0, lambda: None)
        prepare(engine, may_migrate=True, revisions=newer)
    last = len(steps) - steps[::-1].index(COMMITTED)
    before = dump(url)
    for step in [*range(1, last - 1, 8), last - 1, last]:
        program = start(processes.migrate_and_die, url, newer.folder, newer.names, step)
        assert finish(program) == [-signal.SIGKILL], steps[step - 1]
        with engine_to(url) as engine:
            assert read_state(engine, newer).is_current == (step == last), f"killed before: {steps[step - 1]}"
        if step < last:
            assert dump(url) == before


# -- not ours --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_alembic", [False, True])
def test_a_database_of_another_program_is_left_alone(with_alembic: bool, empty_database_url: str) -> None:
    with engine_to(empty_database_url) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE bookmark (url TEXT)")
            if with_alembic:
                connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
                connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
        file = Path(str(engine.url.database))
        before = file.read_bytes() if file.exists() else b""
        for look in (read_state, prepare):
            with pytest.raises(Refusal) as refused:
                look(engine)
            assert refused.value.code is Code.NOT_A_DATABASE
            assert "something else" in refused.value.reason
    assert (file.read_bytes() if file.exists() else b"") == before


def test_a_migration_that_breaks_references_is_taken_back(first: Path, newer: Revisions) -> None:
    (newer.folder / "versions" / "r9999_pets.py").write_text(
        (
            "from alembic import op\n"
            'revision, down_revision = "9999", "LAST"\n\n'
            "def upgrade():\n    op.execute(\"DELETE FROM visit WHERE number = 'H001'\")\n"
        ).replace("LAST", Revisions().names[-1])
    )
    before = dump(f"sqlite:///{first}")
    with engine_to(f"sqlite:///{first}") as engine, pytest.raises(RuntimeError, match="without what they refer to"):
        prepare(engine, revisions=newer)
    assert dump(f"sqlite:///{first}") == before


def test_there_is_no_room_for_the_backup(first: Path, newer: Revisions, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the copy would go that cannot be written: nothing is migrated without a copy."""
    before = dump(f"sqlite:///{first}")
    first.with_name("reception.db.0001.backup.part").mkdir()
    with engine_to(f"sqlite:///{first}") as engine, pytest.raises(Refusal) as refused:
        prepare(engine, revisions=newer)
    assert refused.value.code is Code.DATABASE_FULL
    assert "backup" in refused.value.reason
    assert dump(f"sqlite:///{first}") == before


def test_the_file_is_plain_sqlite() -> None:
    """Small, without a log beside it, and nobody's PIN in it but the tests' own."""
    with closing(sqlite3.connect(f"file:{FIRST}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = {json.loads(row[0] or "{}").get("end") for row in connection.execute("SELECT data FROM journal")}
    assert kinds >= {"resolved", "left", "no_show", "to_follow"}
    assert FIRST.stat().st_size < 200_000
