"""Opening a database: addresses, network shares, files and rights, each refused in plain words."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.storage.engine import open_engine, parse_url, transaction
from reception.storage.filesystems import filesystem_of
from reception.storage.upgrade import prepare, read_state
from tests.house.ordinary_user import OrdinaryUser
from tests.storage import processes
from tests.storage.checks import assert_sound
from tests.storage.opened import open_once, refused
from tests.storage.processes import door_to, finish, start
from tests.support import OFFICE, At

# -- addresses ------------------------------------------------------------------------------------------------------


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


# -- network shares -------------------------------------------------------------------------------------------------

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


# -- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"This is a letter, not a database.\n" * 100, os.urandom(5000)])
def test_a_file_that_is_no_database(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "reception.db"
    file.write_bytes(content)
    with refused(Code.NOT_A_DATABASE):
        open_once(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with refused(Code.DATABASE_READ_ONLY):
        open_once(f"sqlite:///{tmp_path}")


def test_an_empty_file_and_a_new_folder_are_fine(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    for file in (empty, tmp_path / "new" / "folder" / "reception.db"):
        open_once(f"sqlite:///{file}")
        assert file.stat().st_size > 0


def test_a_file_that_must_be_there(tmp_path: Path) -> None:
    with refused(Code.DATABASE_UNREACHABLE):
        open_once(f"sqlite:///{tmp_path / 'reception.db'}", must_exist=True)
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


# -- rights ---------------------------------------------------------------------------------------------------------


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
        open_once(url)
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
