"""A copy put in the place of a database, or looked over; the database that was there is kept under another name."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from reception.clock import Instant
from reception.errors import Code, Refusal
from reception.storage.backups import Progress, flush, is_dump, whole_or_not_at_all
from reception.storage.checking import Soundness, check
from reception.storage.engine import open_engine, parse_url
from reception.storage.namesakes import is_locked
from reception.storage.passwords import completed
from reception.storage.postgresql_tools import run_tool, tool
from reception.storage.refusals import refusing
from reception.storage.roles import bring_up_to_date

_LONGEST_NAME = 63
_OTHERS = sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND backend_type = 'client backend'")
_MADE_AS = sa.text(
    "SELECT datcollate, datctype, pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = :name"
)


def verify(file: Path, url: str, *, password_file: str = "", tools: str = "", progress: Progress) -> Soundness:
    """Look a copy over: the engine's own check, the schema, and every row against its facts.

    Neither the copy nor the database of `url` is changed. The copy of a PostgreSQL database is put into one
    of its own on that server, for as long as this takes.
    """
    if not is_dump(file):
        return check(_sqlite_url(file), progress)
    server = _server(url, password_file)
    with _database_from(file, server, "verify", tools) as made:
        return check(_whole(server.set(database=made)), progress)


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
    return _restore_postgresql(file, _server(url, password_file), stamp, tools, progress)


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


def _in_use() -> Refusal:
    return Refusal(
        Code.DATABASE_BUSY,
        "A station uses the database, which was left as it is.",
        "Close Reception on every station, kiosks and displays too, then try again.",
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
        raise _in_use()
    try:
        with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _in_use() from error
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


def _server(url: str, password_file: str) -> URL:
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        raise Refusal(
            Code.BAD_INPUT,
            "That is a copy of a PostgreSQL database, and the settings name a SQLite file.",
            "Name a server it may be looked over on, after --database.",
        )
    return completed(parsed, password_file).url


def _whole(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def _beside(server: URL) -> Iterator[Connection]:
    """A connection to the server that stands in none of Reception's databases; each statement by itself."""
    engine = open_engine(_whole(server.set(database="postgres")))
    try:
        with refusing(server), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection
    except Refusal as refusal:
        if refusal.code is Code.DATABASE_READ_ONLY:
            raise Refusal(
                Code.NOT_ALLOWED,
                "This database user may make no database, and a copy is put into one beside the present.",
                "Run it as a user that may (ALTER ROLE ... CREATEDB), or as the server's own.",
            ) from refusal
        raise
    finally:
        engine.dispose()


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(name)


def _named(database: str, ending: str) -> str:
    return database.encode()[: _LONGEST_NAME - len(ending)].decode(errors="ignore") + ending


@contextmanager
def _database_from(file: Path, server: URL, what_for: str, tools: str) -> Iterator[str]:
    """The name of a new database beside the one of `server`, filled from a copy; removed in the end if it is still
    called so."""
    program = tool("pg_restore", tools)
    name = _named(str(server.database), f"_{what_for}_{secrets.token_hex(4)}")
    with _beside(server) as connection:
        # As the one that is there, and as its owner's.
        there = connection.execute(_MADE_AS, {"name": server.database}).first()
        alike, owner = "", []
        if there is not None:
            owner = [f"--role={there.owner}"]
            alike = f" LC_COLLATE {_text(there.datcollate)} LC_CTYPE {_text(there.datctype)}"
            alike += f" OWNER {_quoted(connection, there.owner)}"
        connection.exec_driver_sql(
            f"CREATE DATABASE {_quoted(connection, name)} TEMPLATE template0 ENCODING 'UTF8'{alike}"
        )
    try:
        # Rights are given anew, by what this version says of them.
        whole = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", *owner, str(file)]
        run_tool(program, server.set(database=name), whole)
        yield name
    finally:
        with _beside(server) as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {_quoted(connection, name)}")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _restore_postgresql(file: Path, server: URL, stamp: str, tools: str, progress: Progress) -> tuple[Soundness, str]:
    database = str(server.database)
    kept = _named(database, f"_before_{stamp}")
    with _beside(server) as connection:
        there = connection.execute(_MADE_AS, {"name": database}).first() is not None
        _require_nobody(connection, database)
    with _database_from(file, server, "restore", tools) as made:
        _require_sound(check(_whole(server.set(database=made)), progress), file)
        with _beside(server) as connection:
            _require_nobody(connection, database)
            if there:
                _rename(connection, database, kept)
            try:
                _rename(connection, made, database)
            except BaseException:
                if there:
                    _rename(connection, kept, database)
                raise
    found = check(_whole(server), progress)
    if found.state.is_current:
        engine = open_engine(_whole(server))
        try:
            bring_up_to_date(engine)
        finally:
            engine.dispose()
    return found, kept if there else ""


def _require_nobody(connection: Connection, database: str) -> None:
    if connection.execute(_OTHERS, {"name": database}).scalar_one():
        raise _in_use()


def _rename(connection: Connection, old: str, new: str) -> None:
    with _nobody_came():
        connection.exec_driver_sql(f"ALTER DATABASE {_quoted(connection, old)} RENAME TO {_quoted(connection, new)}")


@contextmanager
def _nobody_came() -> Iterator[None]:
    """Refuses DATABASE_BUSY where somebody did."""
    try:
        yield
    except sa.exc.OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == "55006":
            raise _in_use() from error
        raise
