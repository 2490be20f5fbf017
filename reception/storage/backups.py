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
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from reception.clock import Instant
from reception.errors import Code, Refusal
from reception.storage.engine import open_engine, parse_url
from reception.storage.passwords import completed
from reception.storage.postgresql_tools import run_tool, tool

Progress = Callable[[int, int], None]

_NAME = re.compile(r"reception-backup-[0-9]{8}T[0-9]{6}Z(-[0-9]+)?\.(db|dump)")
_PART = re.compile(rf"\.{_NAME.pattern}\.[0-9a-f]+\.part")
PAGES_A_STEP = 1024
_SQLITE_BEGINS = b"SQLite format 3\x00"
_DUMP_BEGINS = b"PGDMP"


def backup_path(url: str, folder: Path, at: Instant) -> Path:
    """A name in a folder that is not taken: the date and time (UTC), and nothing of the office."""
    ending = "db" if parse_url(url).get_backend_name() == "sqlite" else "dump"
    stem = f"reception-backup-{datetime.fromtimestamp(at / 1000, UTC):%Y%m%dT%H%M%SZ}"
    path, number = folder / f"{stem}.{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.{ending}"
    return path


def prune(folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove all but the newest copies that are called as :func:`backup_path` calls them, and nothing else."""
    ours = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file())
    old = tuple(ours[: max(0, len(ours) - keep)])
    for path in old:
        path.unlink(missing_ok=True)
    for path in folder.iterdir():
        # Left by a program that was killed, longer ago than any copy that is kept.
        if _PART.fullmatch(path.name) and ours and path.name[1:] < ours[len(old)].name:
            path.unlink(missing_ok=True)
    return old


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
        _flush(part)
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


def _flush(path: Path) -> None:
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
