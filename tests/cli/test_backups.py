"""`reception backup`, `verify` and `restore`, on both engines: whole or not at all, and going on afterwards."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from reception.domain.stations import StationKind
from reception.errors import Refusal
from reception.storage import backups, restoring
from reception.storage.engine import open_engine
from reception.storage.postgresql_tools import run_tool
from tests.cli.conftest import Run
from tests.cli.test_database import change
from tests.conftest import RoleUrls
from tests.house.postgres import Server, server_programs
from tests.storage.checks import dump
from tests.support import At, Person, door_on

PROJECT = Path(__file__).parents[2]
TOOLS = ("--pg-tools", str(server_programs()))
NAMED = "Qwxyzilda"


@pytest.fixture
def lived_in(database_url: str) -> str:
    door = door_on(database_url)
    here = At(door).set_up().sign_in()
    here.take(person=Person(NAMED))
    here.take()
    here.next()
    door.close()
    return database_url


def later(url: str) -> str:
    """The number that somebody gets who comes afterwards."""
    door = door_on(url)
    try:
        return At(door).take().number
    finally:
        door.close()


def copy_of(url: str, folder: Path) -> Path:
    return folder / ("copy.db" if url.startswith("sqlite") else "copy.dump")


def backed_up(run: Run, url: str, to: Path) -> Path:
    assert run("--database", url, "backup", "--to", to, *TOOLS).code == 0
    return to


def databases(url: str) -> set[str]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = set(connection.exec_driver_sql("SELECT datname FROM pg_database").scalars())
    engine.dispose()
    return found


def test_after_a_restore_all_is_as_it_was_and_goes_on(lived_in: str, run: Run, tmp_path: Path) -> None:
    before = dump(lived_in)
    copy = backed_up(run, lived_in, copy_of(lived_in, tmp_path))
    assert copy.stat().st_mode & 0o777 == 0o600
    assert later(lived_in) == "H003"
    after = dump(lived_in)
    assert after != before

    looked = run("--database", lived_in, "verify", copy, *TOOLS)
    assert (looked.code, dump(lived_in)) == (0, after)
    assert "Visits     all are what their facts come to" in looked.out

    answer = run("--database", lived_in, "restore", copy, *TOOLS)
    assert answer.code == 0, answer.err
    assert "is now as it was in" in answer.out
    assert NAMED not in answer.out + looked.out
    assert dump(lived_in) == before
    kept = next(line for line in answer.out.splitlines() if "is kept as" in line).rpartition(" ")[2].rstrip(".")
    if lived_in.startswith("sqlite"):
        assert dump(f"sqlite:///{kept}") == after
    else:
        whole = make_url(lived_in)
        assert dump(whole.set(database=kept).render_as_string(False)) == after
        assert databases(lived_in) >= {kept, whole.database}
        assert not [name for name in databases(lived_in) if "_verify_" in name or "_restore_" in name]
    assert later(lived_in) == "H003"
    assert run("--database", lived_in, "verify", *TOOLS).code == 0


def test_stations_go_on_with_their_own_users(
    role_urls: RoleUrls, postgres_server: Server, run: Run, tmp_path: Path
) -> None:
    door = door_on(role_urls.owner)
    At(door).set_up()
    door.close()
    copy = backed_up(run, role_urls.owner, tmp_path / "copy.dump")
    assert run("--database", role_urls.owner, "restore", copy, *TOOLS).code == 0
    ours = make_url(role_urls.owner).database
    (kept,) = (name for name in databases(role_urls.owner) if name.startswith(f"{ours}_before_"))
    postgres_server.drop_database(make_url(role_urls.owner).set(database=kept).render_as_string(False))
    door = door_on(role_urls.desk)
    try:
        assert At(door).sign_in().take().number == "H001"
    finally:
        door.close()
    door_on(role_urls.kiosk, kind=StationKind.KIOSK).close()  # may still read no more than is its own


def test_nothing_is_put_back_while_a_station_is_there(lived_in: str, run: Run, tmp_path: Path) -> None:
    copy = backed_up(run, lived_in, copy_of(lived_in, tmp_path))
    door = door_on(lived_in)
    try:
        at = At(door)
        at.take()
        before = dump(lived_in)
        answer = run("--database", lived_in, "restore", copy, *TOOLS)
        assert (answer.code, "A station uses the database" in answer.said) == (1, True)
        assert dump(lived_in) == before
        at.take()
    finally:
        door.close()
    assert not list(tmp_path.glob("*.before-*"))


def test_a_window_that_only_stands_there_is_a_station_too(sqlite_url: str, run: Run, tmp_path: Path) -> None:
    door_on(sqlite_url).close()
    copy = backed_up(run, sqlite_url, tmp_path / "copy.db")
    with sa.create_engine(f"sqlite:///{tmp_path}/reception.db-named-0abcd").connect() as window:
        window.exec_driver_sql("BEGIN")
        window.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        assert "A station uses" in run("--database", sqlite_url, "restore", copy).said
    assert run("--database", sqlite_url, "restore", copy).code == 0


def test_a_copy_of_one_state_while_stations_write(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """Between any two steps somebody takes a ticket; were the state not held, the copy would begin anew each time."""
    monkeypatch.setattr(backups, "PAGES_A_STEP", 20)
    door = door_on(sqlite_url)
    at = At(door).set_up().sign_in()
    at.take()
    before, steps = dump(sqlite_url), 0

    def write(_done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        at.take()

    try:
        backups.back_up(sqlite_url, tmp_path / "copy.db", progress=write)
    finally:
        door.close()
    assert 3 < steps < 60
    assert run("verify", tmp_path / "copy.db").code == 0
    assert dump(f"sqlite:///{tmp_path / 'copy.db'}") == before
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.db"]
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


_FULL = """
import resource, sys
from reception.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(main(sys.argv[1:]))
"""


def test_a_disk_that_fills_leaves_the_old_copy_whole(lived_in: str, run: Run, tmp_path: Path) -> None:
    copy = backed_up(run, lived_in, copy_of(lived_in, tmp_path))
    old = copy.read_bytes()
    assert len(old) > 20_000
    done = subprocess.run(
        [sys.executable, "-c", _FULL, "--database", lived_in, "backup", "--to", copy, *TOOLS],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert copy.read_bytes() == old
    assert not list(copy.parent.glob(".*.part*"))


_KILLED = """
import os, signal, sys
from pathlib import Path
from reception.storage import backups, restoring
backups.PAGES_A_STEP = 10
backups.back_up(sys.argv[1], Path(sys.argv[2]), progress=lambda done, total: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_killed_half_way_the_old_copy_is_whole(sqlite_url: str, run: Run, tmp_path: Path) -> None:
    door_on(sqlite_url).close()
    folder = tmp_path / "copies"
    folder.mkdir()
    copy = backed_up(run, sqlite_url, folder / "copy.db")
    old = copy.read_bytes()
    killed = subprocess.run([sys.executable, "-c", _KILLED, sqlite_url, str(copy)], cwd=PROJECT, check=False)
    assert killed.returncode == -9
    assert copy.read_bytes() == old
    assert run("verify", copy).code == 0


_KILLED_AT_EACH = """
import os, signal, sys, time
from pathlib import Path
from unittest.mock import patch
import sqlalchemy as sa
from reception.storage import backups, databases_beside, restoring
from tests.storage.checks import dump
copy, url, tools = sys.argv[1:]
replace = Path.replace
def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
def before_it_has_the_name(path, target):
    die() if Path(target).name == "reception.db" else replace(path, target)
def after_it_has_the_name(path, target):
    replace(path, target)
    die()
def after(step):
    return lambda *args: (step(*args), die())
def second(step, seen=[]):
    return lambda *args: (seen.append(1), die() if len(seen) == 2 else step(*args))
steps = [
    (restoring, "flush", die), (restoring, "_keep", die),
    (Path, "replace", before_it_has_the_name), (Path, "replace", after_it_has_the_name),
] if url.startswith("sqlite") else [
    (databases_beside, "run_tool", after(databases_beside.run_tool)),
    (databases_beside, "_rename", second(databases_beside._rename)),
    (restoring, "exchange", after(restoring.exchange)),
]
def sessions():
    if url.startswith("sqlite"):
        return set()
    engine = sa.create_engine(sa.make_url(url).set(database="postgres"), poolclass=sa.NullPool)
    others = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        return set(connection.exec_driver_sql(others).scalars())
old = dump(url)
before = sessions()
for where, name, instead in steps:
    # The server takes a moment to see that whoever was killed is gone; a restore is refused until then.
    while sessions() - before:
        time.sleep(0.05)
    child = os.fork()
    if not child:
        with patch.object(where, name, instead):
            restoring.restore(Path(copy), url, 0, tools=tools, progress=lambda *_: None)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, (name, "was not reached")
    print("old" if dump(url) == old else "other")
"""


def test_killed_at_any_step_of_a_restore_the_old_or_the_new_is_there(lived_in: str, run: Run, tmp_path: Path) -> None:
    before = dump(lived_in)
    copy = backed_up(run, lived_in, copy_of(lived_in, tmp_path))
    later(lived_in)
    after = dump(lived_in)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_AT_EACH, copy, lived_in, str(server_programs())],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (killed.returncode, killed.stderr) == (0, "")
    # Only the last was so late that the copy had its place.
    *early, last = killed.stdout.split()
    assert (set(early), last) == ({"old"}, "other")
    assert before != after and dump(lived_in) == before
    assert run("--database", lived_in, "restore", copy, *TOOLS).code == 0


def test_the_newest_are_kept_and_nothing_else_is_touched(
    sqlite_url: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door_on(sqlite_url).close()
    folder = tmp_path / "copies"
    folder.mkdir()
    days = [f"reception-backup-202601{day:02d}T020000Z.db" for day in range(1, 5)]
    others = ["reception-backup-notes.db", "reception.db", "xreception-backup-20250101T020000Z.db"]
    stale = ".reception-backup-20250101T020000Z.db.0123abcd.part"
    for name in (*days, *others, stale):
        (folder / name).write_text("")
    monkeypatch.setenv("RECEPTION_BACKUPS_KEPT", "3")
    monkeypatch.setenv("RECEPTION_BACKUP_FOLDER", str(folder))
    answer = run("--database", sqlite_url, "backup")
    assert answer.code == 0
    left = sorted(path.name for path in folder.iterdir())
    (new,) = set(left) - {*days, *others}
    assert left == sorted([*days[2:], new, *others])
    assert answer.out.splitlines()[1:] == [f"Removed: {name}." for name in days[:2]]
    assert new.startswith("reception-backup-2")


def test_the_copy_just_made_is_never_the_one_that_goes(tmp_path: Path) -> None:
    """A clock was wrong for a while, two copies were made in one second, and another station is at its copy still."""
    day = "reception-backup-20260105T0200"
    future = [f"reception-backup-2035010{each}T020000Z.db" for each in range(1, 4)]
    stale, at_work = f".{day.replace('0105', '0103')}00Z.db.ab12.part", f".{day}00Z.dump.ab12.part"
    for name in (f"{day}01Z.db", f"{day}01Z-2.db", f"{day}01Z-10.db", *future, stale, at_work):
        (tmp_path / name).write_text("")
    removed = backups.prune(tmp_path, 2, tmp_path / f"{day}01Z-10.db")
    assert [path.name for path in removed] == [*future, f"{day}01Z.db"]
    assert {path.name for path in tmp_path.iterdir()} == {f"{day}01Z-2.db", f"{day}01Z-10.db", at_work}


def test_what_was_kept_before_is_not_written_over(sqlite_url: str, run: Run, tmp_path: Path) -> None:
    """Put back twice at the same time by the clock."""
    door_on(sqlite_url).close()
    copy = backed_up(run, sqlite_url, tmp_path / "copy.db")
    before = (tmp_path / "reception.db").stat().st_ino
    kept = [restoring.restore(copy, sqlite_url, 0, progress=lambda *_: None)[1] for _ in range(2)]
    assert len(set(kept)) == 2
    assert Path(kept[0]).stat().st_ino == before


def test_what_is_kept_where_files_have_one_name_is_open_to_nobody_else(
    sqlite_url: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    door_on(sqlite_url).close()
    copy = backed_up(run, sqlite_url, tmp_path / "copy.db")
    (tmp_path / "reception.db").chmod(0o600)
    monkeypatch.setattr(Path, "hardlink_to", refused)
    before = dump(sqlite_url)
    _, kept = restoring.restore(copy, sqlite_url, 0, progress=lambda *_: None)
    assert Path(kept).stat().st_mode & 0o777 == 0o600
    assert dump(f"sqlite:///{kept}") == before


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (lambda url, copy: change(f"sqlite:///{copy}", "UPDATE visit SET number = 'H999'"), "is not as it should be"),
        (lambda url, copy: copy.write_bytes(copy.read_bytes()[:5000] + b"x" * 200), ""),
        (lambda url, copy: copy.write_text("a letter"), "is no copy that Reception made"),
        (lambda url, copy: copy.unlink(), "cannot be read"),
    ],
    ids=["a row meddled with", "cut off", "another file", "none"],
)
def test_what_is_not_sound_is_not_put_back(
    sqlite_url: str, run: Run, tmp_path: Path, meddle: Callable[[str, Path], object], said: str
) -> None:
    door = door_on(sqlite_url)
    At(door).set_up().sign_in().take()
    door.close()
    copy = backed_up(run, sqlite_url, tmp_path / "copy.db")
    before = dump(sqlite_url)
    meddle(sqlite_url, copy)
    looked, answer = run("verify", copy), run("--database", sqlite_url, "restore", copy)
    assert (looked.code, answer.code) == (1, 1)
    assert said in looked.err
    assert dump(sqlite_url) == before
    assert not list(tmp_path.glob("*.before-*"))


def test_a_database_that_is_lost_or_broken_is_put_back(sqlite_url: str, run: Run, tmp_path: Path) -> None:
    """What a broken one left to be written is not written into the copy."""
    door = door_on(sqlite_url)
    at = At(door).set_up().sign_in()
    before = dump(sqlite_url)
    copy = backed_up(run, sqlite_url, tmp_path / "copy.db")
    at.take()
    file, ahead = tmp_path / "reception.db", tmp_path / "reception.db-wal"
    left = ahead.read_bytes()
    door.close()
    file.write_bytes(b"not a database" * 1000)
    ahead.write_bytes(left)
    file.chmod(0o640)
    answer = run("--database", sqlite_url, "restore", copy)
    assert (answer.code, dump(sqlite_url)) == (0, before), answer.err
    assert file.stat().st_mode & 0o777 == 0o640, "whoever could open it still can"
    file.unlink()
    answer = run("--database", sqlite_url, "restore", copy)
    assert (answer.code, "is kept" in answer.out) == (0, False)
    assert dump(sqlite_url) == before


def test_a_copy_of_a_newer_version_is_said_to_be_one(sqlite_url: str, run: Run, tmp_path: Path) -> None:
    door_on(sqlite_url).close()
    copy = backed_up(run, sqlite_url, tmp_path / "copy.db")
    change(f"sqlite:///{copy}", "UPDATE alembic_version SET version_num = '9999'")
    answer = run("--database", sqlite_url, "restore", copy)
    assert (answer.code, "Install the newer version of Reception here too." in answer.said) == (1, True)


def test_where_it_cannot_be_written(sqlite_url: str, run: Run, tmp_path: Path) -> None:
    door_on(sqlite_url).close()
    for to, said in (
        (tmp_path / "nowhere", "There is no folder"),
        (tmp_path / "nowhere" / "copy.db", "There is no folder"),
        (tmp_path / "reception.db", "is the database's own"),
    ):
        answer = run("--database", sqlite_url, "backup", "--to", to)
        assert (answer.code, said in answer.said) == (1, True), answer.err
    assert "No place for the copy is named" in run("--database", sqlite_url, "backup").said


def test_without_the_tools_it_is_said_plainly(postgres_url: str, run: Run, tmp_path: Path) -> None:
    door_on(postgres_url).close()
    answer = run("--database", postgres_url, "backup", "--to", tmp_path / "copy.dump", "--pg-tools", tmp_path)
    assert (answer.code, "There is no pg_dump in" in answer.said) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_password_is_on_no_command_line(tmp_path: Path) -> None:
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\nprintf "%s " "$@" > "$0.said"; echo "$PGPASSWORD" > "$0.secret"\n')
    program.chmod(0o755)
    run_tool(program, make_url("postgresql+psycopg://ann:s3cret@db.example:5433/reception?sslmode=require"), ["--x"])
    said = (tmp_path / "pg_dump.said").read_text()
    assert "s3cret" not in said
    assert all(each in said for each in ("host=db.example", "port=5433", "user=ann", "sslmode=require", "--x"))
    assert (tmp_path / "pg_dump.secret").read_text() == "s3cret\n"
    program.write_text('#!/bin/sh\necho "pg_dump: error: server version mismatch" >&2; exit 1\n')
    with pytest.raises(Refusal, match="server version mismatch"):
        run_tool(program, make_url("postgresql+psycopg://ann@db.example/reception"), [])
