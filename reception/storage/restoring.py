"""A copy put in the place of a database, or looked over; the database that was there is kept under another name."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from reception.clock import Instant
from reception.errors import Code, Refusal
from reception.storage.backups import Progress, flush, is_dump, whole_or_not_at_all
from reception.storage.checking import Soundness, check
from reception.storage.databases_beside import database_from, exchange, in_use, require_nobody, server_of, whole
from reception.storage.engine import open_engine, parse_url
from reception.storage.namesakes import is_locked
from reception.storage.roles import bring_up_to_date


def verify(file: Path, url: str, *, password_file: str = "", tools: str = "", progress: Progress) -> Soundness:
    """Look a copy over: the engine's own check, the schema, and every row against its facts.

    Neither the copy nor the database of `url` is changed. The copy of a PostgreSQL database is put into one
    of its own on that server, for as long as this takes.
    """
    if not is_dump(file):
        return check(_sqlite_url(file), progress)
    server = server_of(url, password_file)
    with database_from(file, server, "verify", tools) as made:
        return check(whole(server.set(database=made)), progress)


def restore(
    file: Path, url: str, at: Instant, *, password_file: str = "", tools: str = "", progress: Progress
) -> tuple[Soundness, str]:
    """Put a copy in the place of the database. What it was found to be there, and what the database before it is called
    from now on ("" where there was none).

    The copy is looked over first, and only a sound one is put in place, whole or not at all. Refuses DATABASE_BUSY
    while a station uses the database, BAD_INPUT for a copy of the other engine, NOT_A_DATABASE for one that is not
    sound.
    """
    parsed = parse_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_dump(file) is is_sqlite:
        raise Refusal(
            Code.BAD_INPUT,
            f"{file.name} is a copy of {'a PostgreSQL database' if is_sqlite else 'a SQLite file'}, and the settings "
            "name the other.",
            "Name the copy or the database that belong together.",
        )
    stamp = f"{datetime.fromtimestamp(at / 1000, UTC):%Y%m%dT%H%M%SZ}"
    if is_sqlite:
        return _restore_sqlite(file, Path(str(parsed.database)), stamp, progress)
    return _restore_postgresql(file, server_of(url, password_file), stamp, tools, progress)


def _require_sound(found: Soundness, file: Path) -> None:
    state = found.state
    if found.is_sound or (state.is_older and not found.damage):
        return
    is_newer = not (found.damage or state.is_current or state.is_older or state.is_empty)
    raise Refusal(
        Code.NOT_A_DATABASE,
        f"The copy {file.name} is {'of a newer version' if is_newer else 'not as it should be'}, and the database was "
        "left as it is.",
        "Install the newer version of Reception here too."
        if is_newer
        else f"Run: reception verify {file}. Then try an older copy.",
    )


# -- SQLite ------------------------------------------------------------------------------------------------------


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file.absolute().as_posix()}"


def _restore_sqlite(file: Path, database: Path, stamp: str, progress: Progress) -> tuple[Soundness, str]:
    if file.absolute() == database.absolute():
        raise Refusal(Code.BAD_INPUT, f"{file} is the database itself.", "Name a copy of it.")
    found = check(_sqlite_url(file), progress)
    _require_sound(found, file)
    database.parent.mkdir(parents=True, exist_ok=True)
    kept = _free_name(database.with_name(f"{database.name}.before-{stamp}"))
    there = database.exists()
    with whole_or_not_at_all(database) as part:
        shutil.copyfile(file, part)
        flush(part)  # which takes its time: nobody is to come between the look and the exchange
        if there:
            _require_unused(database)
            _open_to_the_same(database, part)
            _keep(database, kept)
    return check(_sqlite_url(database), progress), str(kept) if there else ""


def _free_name(wanted: Path) -> Path:
    """Clocks are put back, and a database that was kept is not to be written over."""
    path, number = wanted, 1
    while path.exists():
        number += 1
        path = wanted.with_name(f"{wanted.name}-{number}")
    return path


def _require_unused(database: Path) -> None:
    """Whoever has it open, even without doing anything, keeps it from leaving write-ahead; what stood beside it then
    stands in it. Windows say besides that they are there, by a lock of their own (`namesakes`)."""
    if any(is_locked(path) for path in database.parent.glob(f"{database.name}-named-*")):
        raise in_use()
    try:
        with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise in_use() from error
        raise
    except sqlite3.DatabaseError:
        return  # it is broken, which is why it is exchanged


def _open_to_the_same(database: Path, part: Path) -> None:
    """Whoever could open the database can open what takes its place, whoever puts it there."""
    shutil.copymode(database, part)
    if hasattr(os, "chown"):
        there = database.stat()
        with suppress(PermissionError):
            os.chown(part, there.st_uid, there.st_gid)


def _keep(database: Path, kept: Path) -> None:
    """Under another name too, so that the first is never without a database. What a broken one left beside it goes with
    it: SQLite would write that into the copy."""
    try:
        kept.hardlink_to(database)
    except (OSError, NotImplementedError):
        with whole_or_not_at_all(kept) as part:
            shutil.copyfile(database, part)
            _open_to_the_same(database, part)
    for more in ("-wal", "-shm", "-journal"):
        beside = database.with_name(database.name + more)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + more))


# -- PostgreSQL --------------------------------------------------------------------------------------------------


def _restore_postgresql(file: Path, server: URL, stamp: str, tools: str, progress: Progress) -> tuple[Soundness, str]:
    require_nobody(server)
    with database_from(file, server, "restore", tools) as made:
        _require_sound(check(whole(server.set(database=made)), progress), file)
        kept = exchange(server, made, stamp)
    found = check(whole(server), progress)
    if found.state.is_current:
        engine = open_engine(whole(server))
        try:
            bring_up_to_date(engine)
        finally:
            engine.dispose()
    return found, kept
