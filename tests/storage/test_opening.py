"""Databases that cannot be used, each with its sentence; and what happens when one that was in use stops working."""

from __future__ import annotations

import inspect
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from reception.app import Door
from reception.clock import HOUR, SetClock
from reception.errors import Code, Refusal
from reception.left_open import CLOSE_AGAIN_AFTER
from reception.services import commands as c
from reception.storage import sqlite
from reception.storage.database import Database
from reception.storage.engine import BUSY_TIMEOUT_SECONDS, open_engine, parse_url, transaction
from reception.storage.filesystems import filesystem_of
from reception.storage.upgrade import prepare, read_state
from tests.house.ordinary_user import OrdinaryUser
from tests.house.postgres import Server
from tests.storage import processes
from tests.storage.checks import assert_sound, dump
from tests.storage.processes import door_to, engine_of, finish, start, together
from tests.storage.proxy import Proxy
from tests.support import HOUSING, OFFICE, At, PlainPins, door_on

PROJECT = Path(__file__).parents[2]


@contextmanager
def refused(code: Code) -> Iterator[Refusal]:
    """A refusal with that code and two plain sentences."""
    with pytest.raises(Refusal) as found:
        yield  # type: ignore[misc]
    said = found.value
    assert said.code is code, said
    assert said.reason.endswith(".")
    assert said.remedy.endswith(".")
    assert "Error" not in str(said)


def _open(url: str, **options: Any) -> None:
    engine = open_engine(url, **options)
    try:
        prepare(engine)
    finally:
        engine.dispose()


# -- addresses -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "reception.db",
        "mysql://localhost/reception",
        "postgresql://host:port/reception",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:reception.db?mode=ro&uri=true",
        "sqlite:///reception.db?nolock=1",
    ],
)
def test_an_address_that_is_none(url: str) -> None:
    with refused(Code.BAD_SETTINGS):
        parse_url(url)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql://anne@server/reception", "postgresql+psycopg"),
        ("postgresql+psycopg2://anne@server/reception", "postgresql+psycopg"),
        ("sqlite+aiosqlite:///reception.db", "sqlite"),
    ],
)
def test_the_driver_is_ours(url: str, driver: str) -> None:
    assert parse_url(url).drivername == driver


def test_a_file_stays_the_same_when_the_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative address names one file for as long as the program runs."""
    monkeypatch.chdir(tmp_path)
    engine = open_engine("sqlite:///reception.db")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    prepare(engine)
    engine.dispose()
    assert (tmp_path / "reception.db").stat().st_size > 0
    assert not (tmp_path / "elsewhere" / "reception.db").exists()


# -- network shares --------------------------------------------------------------------------------------------

MOUNTS = r"""
/dev/vda / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
server:/export /mnt/share nfs4 rw 0 0
//server/data /mnt/with\040space cifs rw 0 0
/dev/vdb /mnt/share/local ext4 rw 0 0
anne@server:/ /mnt/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/share/reception.db", "nfs4"),
        ("/mnt/with space/deep/reception.db", "cifs"),
        ("/mnt/share/local/reception.db", "ext4"),
        ("/mnt/shared/reception.db", "ext4"),
        ("/mnt/far/reception.db", "fuse.sshfs"),
        ("//server/data/reception.db", "smbfs"),
        (r"\\server\data\reception.db", "smbfs"),
    ],
)
def test_which_file_system_a_path_is_on(path: str, kind: str) -> None:
    assert filesystem_of(Path(path), MOUNTS) == kind


def test_a_link_to_a_network_share_is_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    mounts = f"/dev/vda / ext4 rw 0 0\nserver:/ {tmp_path / 'real'} nfs rw 0 0"
    assert filesystem_of(tmp_path / "link" / "reception.db", mounts) == "nfs"


@pytest.mark.parametrize("url", ["sqlite://///server/data/reception.db", r"sqlite:///\\server\data\reception.db"])
def test_a_network_share_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with refused(Code.NETWORK_SHARE):
        open_engine(url)
    assert list(tmp_path.iterdir()) == []


def test_a_mounted_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reception.storage.sqlite.filesystem_of", lambda _path: "cifs")
    with refused(Code.NETWORK_SHARE):
        open_engine(f"sqlite:///{tmp_path / 'reception.db'}")
    assert list(tmp_path.iterdir()) == []


# -- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"This is a letter, not a database.\n" * 100, os.urandom(5000)])
def test_a_file_that_is_no_database(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "reception.db"
    file.write_bytes(content)
    with refused(Code.NOT_A_DATABASE):
        _open(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with refused(Code.DATABASE_READ_ONLY):
        _open(f"sqlite:///{tmp_path}")


def test_an_empty_file_and_a_new_folder_are_fine(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    for file in (empty, tmp_path / "new" / "folder" / "reception.db"):
        _open(f"sqlite:///{file}")
        assert file.stat().st_size > 0


def test_a_file_that_must_be_there(tmp_path: Path) -> None:
    with refused(Code.DATABASE_UNREACHABLE):
        _open(f"sqlite:///{tmp_path / 'reception.db'}", must_exist=True)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file(tmp_path: Path) -> None:
    """Half of it overwritten: whatever is asked, the answer is a sentence."""
    url = f"sqlite:///{tmp_path / 'reception.db'}"
    processes.office(url, 1, waiting=30)
    file = tmp_path / "reception.db"
    content = bytearray(file.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    file.write_bytes(content)
    with refused(Code.NOT_A_DATABASE), door_to(url) as door:
        At(door).view()


def test_looking_changes_nothing(tmp_path: Path) -> None:
    """A file is looked at before anything is done to it: it may be somebody else's."""
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE place (name TEXT)")
    before = file.read_bytes()
    engine = open_engine(f"sqlite:///{file}")
    with refused(Code.NOT_A_DATABASE):
        read_state(engine)
    engine.dispose()
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_what_a_killed_program_left_beside_the_file_is_taken_up(tmp_path: Path) -> None:
    """Its log holds what was committed and not yet moved into the file."""
    url = f"sqlite:///{tmp_path / 'reception.db'}"
    processes.office(url, 1)
    said = tmp_path / "said"
    worker = start(processes.work_until_killed, url, 1, said)
    while not (said.exists() and said.read_text().count("done") > 5):
        worker.join(0.01)
    worker.kill()
    finish(worker)
    assert (tmp_path / "reception.db-wal").stat().st_size > 0
    assert_sound(url)
    done = [json.loads(line) for line in said.read_text().splitlines() if '"done"' in line]
    with door_to(url) as door:
        assert all(door.do(c.CloseDay(office_id=OFFICE, id=each[1])).already_done for each in done)
    assert not (tmp_path / "reception.db-wal").exists()


# -- rights ----------------------------------------------------------------------------------------------------


def _as_user(url: str) -> tuple[str, str, str]:
    """What an ordinary user gets who opens a database, looks, and takes a ticket."""
    answers = []
    try:
        engine = open_engine(url)
    except Refusal as refusal:
        return refusal.code.value, "", ""
    for act in (lambda: prepare(engine), lambda: _queue(engine), lambda: _take(url)):
        try:
            act()
            answers.append("")
        except Refusal as refusal:
            answers.append(refusal.code.value)
    engine.dispose()
    return answers[0], answers[1], answers[2]


def _queue(engine: sa.Engine) -> None:
    with transaction(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() > 0


def _take(url: str) -> None:
    with door_to(url) as door:
        At(door).take()


READ_ONLY = Code.DATABASE_READ_ONLY.value


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "others_at_work", "expected"),
    [
        (0o755, 0o644, False, ("", "", "")),
        # Where the folder may be written, a file that may only be read can be read.
        (0o755, 0o444, False, ("", "", READ_ONLY)),
        (0o755, 0o000, False, (READ_ONLY, "", "")),
        # Without a place for its log SQLite can do nothing with the file, unless somebody else is at work on it.
        (0o555, 0o444, False, (READ_ONLY, "", "")),
        (0o555, 0o444, True, ("", "", READ_ONLY)),
        (0o000, 0o644, False, (READ_ONLY, "", "")),
    ],
)
def test_a_user_without_rights(
    folder_mode: int, file_mode: int, others_at_work: bool, expected: tuple[str, ...], as_ordinary_user: OrdinaryUser
) -> None:
    folder = as_ordinary_user.folder / "data"
    folder.mkdir()
    file = folder / "reception.db"
    url = f"sqlite:///{file}"
    processes.office(url, 1, waiting=1)
    as_ordinary_user.give(folder)
    with closing(sqlite3.connect(file)) as other:
        if others_at_work:
            other.execute("SELECT count(*) FROM visit").fetchone()
            as_ordinary_user.give(folder)
        file.chmod(file_mode)
        folder.chmod(folder_mode)
        try:
            assert as_ordinary_user(_as_user, url) == expected
        finally:
            folder.chmod(0o755)
            file.chmod(0o644)
    assert_sound(url)


def _opens(url: str) -> str:
    try:
        _open(url)
    except Refusal as refusal:
        return refusal.code.value
    return ""


def test_a_folder_that_may_not_be_written(as_ordinary_user: OrdinaryUser) -> None:
    folder = as_ordinary_user.folder / "closed"
    folder.mkdir(0o555)
    as_ordinary_user.give(folder)
    for file in (folder / "reception.db", folder / "new" / "reception.db"):
        assert as_ordinary_user(_opens, f"sqlite:///{file}") == READ_ONLY
    folder.chmod(0o755)


def test_an_old_file_that_may_only_be_read_is_not_migrated(as_ordinary_user: OrdinaryUser) -> None:
    """The first schema's file as it lies in an archive: read where possible, never half changed."""
    file = as_ordinary_user.folder / "reception.db"
    shutil.copy(Path(__file__).parent / "data" / "first-schema.db", file)
    as_ordinary_user.give(file)
    file.chmod(0o444)
    before = file.read_bytes()
    answers = as_ordinary_user(_as_user, f"sqlite:///{file}")
    assert answers[2] == READ_ONLY
    assert file.read_bytes() == before


# -- busy ------------------------------------------------------------------------------------------------------


def test_another_program_holds_the_file(tmp_path: Path) -> None:
    """After the time limit it is said; when the other has finished, the same command is done."""
    file = tmp_path / "reception.db"
    url = f"sqlite:///{file}"
    processes.office(url, 1, waiting=1)
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with door_to(url, busy_timeout=0.05) as door, closing(sqlite3.connect(file, isolation_level=None)) as other:
        for how in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
            other.execute(how)
            with refused(Code.DATABASE_BUSY):
                door.do(command)
            assert len(At(door).view().queue) == 1, "reading goes on"
            other.execute("ROLLBACK")
        assert not door.do(command).already_done
    assert_sound(url)


def test_a_desk_is_opened_and_shown_while_another_program_holds_the_file(tmp_path: Path) -> None:
    file = tmp_path / "reception.db"
    url = f"sqlite:///{file}"
    processes.office(url, 1, waiting=3)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = monotonic()
        with closing(door_on(url)) as door:
            assert len(At(door).view().queue) == 3
        assert monotonic() - began < BUSY_TIMEOUT_SECONDS, "nothing was waited for"


def test_a_day_that_cannot_be_closed_is_shown_and_closed_later(tmp_path: Path) -> None:
    file = tmp_path / "reception.db"
    url = f"sqlite:///{file}"
    processes.office(url, 1, waiting=3)
    with door_to(url, busy_timeout=0.05) as door, closing(sqlite3.connect(file, isolation_level=None)) as other:
        clock = SetClock(door.now() + 24 * HOUR)
        tomorrow = Door(Database(engine_of(door), door.config.ordering, clock), door.config, PlainPins())
        other.execute("BEGIN EXCLUSIVE")
        assert len(At(tomorrow).view().queue) == 3
        other.execute("ROLLBACK")
        assert len(At(tomorrow).view().queue) == 3, "not tried again at every look"
        clock.advance(CLOSE_AGAIN_AFTER)
        assert At(tomorrow).view().queue == ()
    assert_sound(url)


def test_another_program_has_the_file_to_itself(tmp_path: Path) -> None:
    file = tmp_path / "reception.db"
    url = f"sqlite:///{file}"
    processes.office(url, 1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE journal_head SET last_at = last_at")
        other.execute("COMMIT")
        with refused(Code.DATABASE_BUSY):
            _open(url, busy_timeout=0.05)
    _open(url, busy_timeout=0.05)


def test_another_program_begins_to_use_an_old_file(tmp_path: Path) -> None:
    """Changing to the write-ahead log takes the file for itself for a moment, and waits for it."""
    file = tmp_path / "reception.db"
    shutil.copy(Path(__file__).parent / "data" / "first-schema.db", file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM visit").fetchone()
        with refused(Code.DATABASE_BUSY):
            _open(f"sqlite:///{file}", busy_timeout=0.05)
    _open(f"sqlite:///{file}", busy_timeout=0.05)


def _wait_and_switch(url: str, barrier: Any) -> None:
    barrier.wait(processes.WITHIN_S)
    _open(url)


def test_many_programs_switch_an_old_file_at_once(tmp_path: Path) -> None:
    """SQLite tells two that switch at the same moment "busy" at once; each finds its way all the same."""
    crowd, barrier = 8, together(8)
    file = tmp_path / "reception.db"
    shutil.copy(Path(__file__).parent / "data" / "first-schema.db", file)
    assert finish(*(start(_wait_and_switch, f"sqlite:///{file}", barrier) for _ in range(crowd))) == [0] * crowd


@pytest.mark.postgresql
@pytest.mark.parametrize("limited_to", ["", "50ms"])
def test_another_session_holds_the_table(postgres_url: str, limited_to: str) -> None:
    """For longer than a write waits for another, or than the server lets any statement run."""
    processes.office(postgres_url, 1)
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    limit = {"options": f"-c statement_timeout={limited_to}"} if limited_to else {}
    url = sa.make_url(postgres_url).update_query_dict(limit).render_as_string()
    with door_to(url, busy_timeout=10 if limited_to else 0.05) as door:
        with engine_of(door).connect() as other:
            other.exec_driver_sql("LOCK TABLE visit IN ACCESS EXCLUSIVE MODE")
            with refused(Code.DATABASE_BUSY):
                door.do(command)
        assert not door.do(command).already_done


# -- full ------------------------------------------------------------------------------------------------------


def _until_full(url: str, allowed: int, answer: Path) -> None:
    """Take tickets under a limit on the size of files, until it is reached; then without it again."""
    with door_to(url) as door:
        at = At(door)
        size = max(each.stat().st_size for each in Path(url.removeprefix("sqlite:///")).parent.iterdir())
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + allowed, hard))
        told, refusals = _fill(at)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        again = door.do(told["last"])
        answer.write_text(json.dumps({"refusals": refusals, "already": again.already_done, "number": again.number}))


def _fill(at: At, at_most: int = 500) -> tuple[dict[str, c.TakeTicket], list[str]]:
    refusals: list[str] = []
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    for _ in range(at_most):
        command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
        try:
            at.door.do(command)
        except Refusal as refusal:
            refusals.append(refusal.code.value)
            break
    for _ in range(2):
        try:
            at.door.do(command)
        except Refusal as refusal:
            refusals.append(refusal.code.value)
    return {"last": command}, refusals


FULL = Code.DATABASE_FULL.value


@pytest.mark.parametrize("allowed", [1, 40_000, 90_000])
def test_the_disk_is_full(allowed: int, tmp_path: Path) -> None:
    """A real limit, reached in the middle of a write: a sentence each time, nothing half done, and on it goes when
    there is room again."""
    folder = tmp_path / "data"
    url = f"sqlite:///{folder / 'reception.db'}"
    processes.office(url, 1)
    answer = tmp_path / "answer"
    assert finish(start(_until_full, url, allowed, answer)) == [0]
    told = json.loads(answer.read_text())
    assert told["refusals"] == [FULL, FULL, FULL]
    assert told["already"] is False
    assert_sound(url)
    assert told["number"] == f"H{len(dump(url)['visit']):03d}"


def test_a_small_disk_is_full(tmp_path: Path) -> None:
    """The same on a file system of its own, where this machine lets us make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    unshare = shutil.which("unshare")
    code = f"""
import json, sys
from pathlib import Path
from tests.storage import processes, test_opening as t
from tests.storage.checks import assert_sound
disk = Path({str(disk)!r})
url = f"sqlite:///{{disk / 'reception.db'}}"
processes.office(url, 1)
ballast = disk / "ballast"
ballast.write_bytes(bytes(1_200_000))
with processes.door_to(url) as door:
    told, refusals = t._fill(t.At(door))
    before = t.dump(url)
    ballast.unlink()
    again = door.do(told["last"])
assert_sound(url)
print(json.dumps([refusals, again.already_done, len(before["visit"]), again.number]))
"""
    mount = 'mount -t tmpfs -o size=2m tmpfs "$1"'
    own = [str(unshare), "--mount", "--map-root-user", "sh", "-c"]
    if unshare is None or subprocess.run([*own, mount, "sh", str(disk)], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system of their own")
    command = [*own, f'{mount} && exec "$2" -c "$3"', "sh", str(disk), sys.executable, code]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    refusals, already, visits, number = json.loads(done.stdout)
    assert refusals == [FULL, FULL, FULL]
    assert (already, number) == (False, f"H{visits + 1:03d}")


@pytest.mark.postgresql
def test_the_server_has_no_room(postgres_url: str) -> None:
    """What the server says then, said by a trigger in the middle of a write."""
    processes.office(postgres_url, 1)
    before = dump(postgres_url)
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with door_to(postgres_url) as door:
        with engine_of(door).begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
            connection.exec_driver_sql("CREATE TRIGGER no_room BEFORE INSERT ON command EXECUTE FUNCTION no_room()")
        with refused(Code.DATABASE_FULL):
            door.do(command)
        assert dump(postgres_url) == before
        with engine_of(door).begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER no_room ON command")
        assert not door.do(command).already_done


# -- the server ------------------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_a_server_that_does_not_let_us_in(postgres_server: Server, postgres_url: str) -> None:
    admin = postgres_server._admin
    assert admin is not None
    url = sa.make_url(postgres_url)
    with refused(Code.DATABASE_UNREACHABLE):
        _open(url.set(database="nothing_here").render_as_string())
    with refused(Code.DATABASE_UNREACHABLE):
        _open(url.set(username="nobody_here").render_as_string())
    with refused(Code.DATABASE_UNREACHABLE):
        _open("postgresql://reception@localhost:1/reception")
    with refused(Code.DATABASE_UNREACHABLE):
        _open(url.set(query={"host": "/nowhere"}).render_as_string())
    admin.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    with refused(Code.DATABASE_BUSY):
        _open(url.set(username="crowded").render_as_string())
    admin.execute("DROP ROLE crowded")


@pytest.mark.postgresql
def test_a_user_who_may_only_read(postgres_server: Server, postgres_url: str) -> None:
    admin = postgres_server._admin
    assert admin is not None
    processes.office(postgres_url, 1, waiting=1)
    admin.execute("CREATE ROLE reader LOGIN")
    with psycopg.connect(
        host=str(postgres_server.folder), user="postgres", dbname=sa.make_url(postgres_url).database
    ) as own:
        own.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with door_to(sa.make_url(postgres_url).set(username="reader").render_as_string()) as door:
        with transaction(engine_of(door)) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() == 1
        with refused(Code.DATABASE_READ_ONLY):
            At(door).take()
    with psycopg.connect(
        host=str(postgres_server.folder), user="postgres", dbname=sa.make_url(postgres_url).database
    ) as own:
        own.execute("DROP OWNED BY reader")
    admin.execute("DROP ROLE reader")


@pytest.mark.postgresql
def test_a_database_without_room_for_every_script(postgres_server: Server) -> None:
    admin = postgres_server._admin
    assert admin is not None
    url = sa.make_url(postgres_server.create_database())
    admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with refused(Code.NOT_A_DATABASE) as _:
        _open(url.set(database="latin").render_as_string())
    admin.execute("DROP DATABASE latin")
    postgres_server.drop_database(url.render_as_string())


@pytest.mark.postgresql
def test_a_server_that_was_started_anew_is_not_noticed(postgres_server: Server, postgres_url: str) -> None:
    """It has closed every connection that waited; the next command opens another."""
    processes.office(postgres_url, 1)
    with door_to(postgres_url) as door:
        At(door).view()
        _age_connections(door)
        postgres_server._admin.execute(  # type: ignore[union-attr]
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            (sa.make_url(postgres_url).database,),
        )
        assert At(door).take().number == "H001"


def _age_connections(door: Any) -> None:
    """As if the connections had waited for longer than they are taken to be there without asking."""
    with engine_of(door).connect() as connection:
        record = connection.connection._connection_record  # type: ignore[attr-defined]
    record.info["put_back"] -= 60


@pytest.mark.postgresql
def test_a_server_that_goes_away_and_comes_back(postgres_url: str) -> None:
    processes.office(postgres_url, 1)
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with Proxy(postgres_url) as proxy, door_to(proxy.url) as door:
        At(door).view()
        proxy.stop()
        for _ in range(2):
            with refused(Code.DATABASE_UNREACHABLE):
                door.do(command)
        proxy.start()
        assert not door.do(command).already_done


@pytest.mark.postgresql
def test_one_state_for_a_read_is_not_left_behind_for_a_write(postgres_url: str) -> None:
    """A pooled connection that has read in one state writes as all others do, and the other way round."""
    level = "SELECT current_setting('transaction_isolation')"
    processes.office(postgres_url, 1)
    with door_to(postgres_url) as door:
        engine = engine_of(door)
        for _ in range(3):
            with transaction(engine, one_state=True) as connection:
                assert connection.exec_driver_sql(level).scalar_one() == "repeatable read"
            with transaction(engine, writes=True) as connection:
                assert connection.exec_driver_sql(level).scalar_one() == "read committed"
        assert engine.pool.checkedin() == 1


@pytest.mark.postgresql
def test_a_station_that_hangs_in_the_middle_of_a_write_loses_the_lock(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its write has not happened; the others go on, and so does it."""
    processes.office(postgres_url, 1)
    monkeypatch.setattr("reception.storage.postgresql.HUNG_AFTER_SECONDS", "0.05")
    hung = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with door_to(postgres_url) as hangs:
        monkeypatch.undo()
        with door_to(postgres_url) as door:
            with refused(Code.DATABASE_UNREACHABLE), hangs._database.write(hung):
                assert At(door).take().number == "H001"
            assert door.do(hung).number == "H002"


@pytest.mark.postgresql
def test_options_of_the_address_are_kept(postgres_url: str) -> None:
    url = sa.make_url(postgres_url).update_query_dict({"options": "-c search_path=elsewhere"})
    engine = open_engine(url.render_as_string())
    with transaction(engine) as connection:
        assert connection.exec_driver_sql("SHOW search_path").scalar_one() == "elsewhere"
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"
    engine.dispose()


def test_a_bug_is_not_called_a_network_fault(database_url: str) -> None:
    """What the program does wrong is raised whole, for the log."""
    processes.office(database_url, 1)
    with (
        door_to(database_url) as door,
        pytest.raises(sa.exc.DBAPIError),
        transaction(engine_of(door)) as connection,
    ):
        connection.execute(sa.text("SELECT :what").bindparams(what=object()))


def test_what_is_committed_survives_a_power_cut() -> None:
    """As far as a setting says: pulling the plug is not to be had in a test, and the other tests wait for no disk."""
    configure = inspect.unwrap(sqlite._configure)
    with closing(sqlite3.connect(":memory:")) as connection:
        configure(connection)
        full = 2
        assert connection.execute("PRAGMA synchronous").fetchone() == (full,)
