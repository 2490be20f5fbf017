"""A database that somebody else holds, or that has no room left: what was typed is done later or refused."""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import sqlalchemy as sa

from reception.app import Door
from reception.clock import HOUR, SetClock
from reception.errors import Code, Refusal
from reception.left_open import CLOSE_AGAIN_AFTER
from reception.services import commands as c
from reception.storage.database import Database
from reception.storage.engine import BUSY_TIMEOUT_SECONDS
from tests.storage import processes
from tests.storage.checks import assert_sound, dump
from tests.storage.opened import open_once, refused
from tests.storage.processes import door_to, engine_of, finish, start, together
from tests.support import HOUSING, OFFICE, At, PlainPins, door_on

PROJECT = Path(__file__).parents[2]

# -- busy -----------------------------------------------------------------------------------------------------------


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
            open_once(url, busy_timeout=0.05)
    open_once(url, busy_timeout=0.05)


def test_another_program_begins_to_use_an_old_file(tmp_path: Path) -> None:
    """Changing to the write-ahead log takes the file for itself for a moment, and waits for it."""
    file = tmp_path / "reception.db"
    shutil.copy(Path(__file__).parent / "data" / "first-schema.db", file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM visit").fetchone()
        with refused(Code.DATABASE_BUSY):
            open_once(f"sqlite:///{file}", busy_timeout=0.05)
    open_once(f"sqlite:///{file}", busy_timeout=0.05)


def _wait_and_switch(url: str, barrier: Any) -> None:
    barrier.wait(processes.WITHIN_S)
    open_once(url)


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


# -- full -----------------------------------------------------------------------------------------------------------


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
from tests.storage import processes, test_busy_and_full as t
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
