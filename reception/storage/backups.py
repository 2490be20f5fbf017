"""A whole copy of a database, made while stations are at work; how such copies are called, and which are kept.

A copy holds everything, names of visitors too: only its owner may read the file.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import URL

from reception.clock import Instant
from reception.errors import Code, Refusal
from reception.storage.engine import open_engine, parse_url
from reception.storage.passwords import completed
from reception.storage.postgresql_tools import run_tool, tool

Progress = Callable[[int, int], None]

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"reception-backup-([0-9]{8}T[0-9]{6}Z)(?:-([0-9]+))?\.(?:db|dump)")
_PART = re.compile(rf"\.{_NAME.pattern}\.[0-9a-f]+\.part")
_LONGEST_COPYING = timedelta(days=1)
PAGES_A_STEP = 1024
_SQLITE_BEGINS = b"SQLite format 3\x00"
_DUMP_BEGINS = b"PGDMP"


def backup_path(url: str, folder: Path, at: Instant) -> Path:
    """A name in a folder that is not taken: the date and time (UTC), and nothing of the office."""
    ending = "db" if parse_url(url).get_backend_name() == "sqlite" else "dump"
    stem = f"reception-backup-{datetime.fromtimestamp(at / 1000, UTC):{_STAMP}}"
    path, number = folder / f"{stem}.{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.{ending}"
    return path


def prune(folder: Path, keep: int, written: Path) -> tuple[Path, ...]:
    """Remove all but the newest copies that are called as :func:`backup_path` calls them, and nothing else.

    `written`, made just now, is the newest: names of a later time are from a clock that was wrong, and go first.
    Refuses NOT_POSSIBLE_NOW where they cannot be removed.
    """
    named = _NAME.fullmatch(written.name)
    assert named is not None
    stamp = named[1]
    try:
        names = [path.name for path in folder.iterdir() if path.is_file()]
        ours = sorted((name for name in names if _NAME.fullmatch(name)), key=lambda name: _age(name, stamp))
        old = tuple(folder / name for name in ours[: max(0, len(ours) - keep)])
        for path in old:
            path.unlink(missing_ok=True)
        # Left by a program that was killed.
        stale = f"{datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC) - _LONGEST_COPYING:{_STAMP}}"
        for name in names:
            part = _PART.fullmatch(name)
            if part is not None and part[1] < stale:
                (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"The copy is written, but older ones in {folder} cannot be removed.",
            "Check that you may remove files there.",
        ) from error
    return old


def _age(name: str, newest: str) -> tuple[bool, str, int]:
    """To sort by, the oldest first."""
    found = _NAME.fullmatch(name)
    assert found is not None
    return found[1] <= newest, found[1], int(found[2] or 1)


def is_dump(file: Path) -> bool:
    """Whether it is a copy of a PostgreSQL database, or else of a SQLite file.

    Refuses UNREADABLE_FILE and NOT_A_DATABASE.
    """
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(_SQLITE_BEGINS))
    except OSError as error:
        raise Refusal(
            Code.UNREADABLE_FILE, f"The file {file} cannot be read.", "Check its name and that you may open it."
        ) from error
    if begins.startswith(_DUMP_BEGINS):
        return True
    if begins == _SQLITE_BEGINS:
        return False
    raise Refusal(
        Code.NOT_A_DATABASE,
        f"The file {file} is no copy that Reception made.",
        "Name a file that reception backup wrote.",
    )


def back_up(url: str, target: Path, *, password_file: str = "", tools: str = "", progress: Progress) -> None:
    """Write a whole copy of one state of the database to `target`, which is replaced once all of it is on the disk.

    `tools`: the folder of `pg_dump`. Refuses BAD_INPUT for the database's own file and for a folder that is not there,
    DATABASE_FULL where there is no room, NOT_POSSIBLE_NOW without `pg_dump`; what `progress` raises stops it.
    """
    parsed = parse_url(url)
    if not target.parent.is_dir():
        raise Refusal(
            Code.BAD_INPUT, f"There is no folder {target.parent}.", "Make it, or connect the disk that it is on."
        )
    open_engine(url, must_exist=True, password_file=password_file).dispose()
    if parsed.get_backend_name() == "sqlite":
        source = Path(str(parsed.database))
        if target.absolute().name.startswith(source.name) and target.parent.samefile(source.parent):
            raise Refusal(Code.BAD_INPUT, f"{target} is the database's own.", "Name another file for the copy.")
        with whole_or_not_at_all(target) as part:
            copy_sqlite(source, part, progress)
        return
    program = tool("pg_dump", tools)
    with whole_or_not_at_all(target) as part:
        dump(completed(parsed, password_file).url, part, program)


@contextmanager
def whole_or_not_at_all(target: Path) -> Iterator[Path]:
    """A new, empty file beside `target` that takes its place in the end, once it is on the disk; until then what was
    there stays. Refuses DATABASE_FULL for what the disk will not take."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        flush(part)
        part.replace(target)
        _flush_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise Refusal(
            Code.DATABASE_FULL,
            f"The copy {target.name} could not be written whole, and nothing of it is left.",
            "Free some space there, check that you may write there, and try again.",
        ) from error
    finally:
        for each in (part, *(part.with_name(part.name + more) for more in ("-journal", "-wal", "-shm"))):
            with suppress(OSError):
                each.unlink(missing_ok=True)


def copy_sqlite(source: Path, part: Path, progress: Progress) -> None:
    """One state of the file, whatever is written meanwhile: the state is held, so that no step begins anew."""

    def tell(_status: int, left: int, total: int) -> None:
        progress(total - left, total)

    with (
        closing(sqlite3.connect(source, isolation_level=None)) as live,
        closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES_A_STEP, progress=tell)
        # One file that needs no other beside it.
        copy.execute("PRAGMA journal_mode = DELETE")


def dump(url: URL, part: Path, program: Path) -> None:
    """`url` with its password."""
    run_tool(program, url, ["--format=custom", f"--file={part}"])


def flush(path: Path) -> None:
    """That what was written is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """That the new name outlives a power cut, where the system can be told so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
