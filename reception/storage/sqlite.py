"""The engine of a SQLite file, its transactions and its write-ahead log."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy.dialects.sqlite  # noqa: F401  else the first connection loads it, after Qt (see ui/__main__.py)
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from reception.errors import Code, Refusal
from reception.storage.filesystems import NETWORK_FILESYSTEMS, filesystem_of
from reception.storage.quiet_engine import create_quiet_engine
from reception.storage.refusals import busy, refusing

LOOK_AGAIN_MS = 10
"""SQLite looks for its lock after 1, 2 and 5 ms, then gives up: so often that a queue of writers is nearly fair."""
WAL_LEFT_BEHIND = 32 * 1024 * 1024
"""The log beside a SQLite file is cut to this size (bytes) after a large import."""
_BUSY_TIMEOUT = "busy_timeout"


def sqlite_engine(url: URL, busy_timeout: float, must_exist: bool) -> Engine:
    named = str(url.database)
    path = Path(named).absolute()
    filesystem = filesystem_of(Path(named) if named.startswith("\\\\") else path)
    if filesystem in NETWORK_FILESYSTEMS:
        raise Refusal(
            Code.NETWORK_SHARE,
            f"The database file {named} is on a network share ({filesystem}), where it could be damaged.",
            "Keep it on a disk of this computer, or use PostgreSQL for several stations.",
        )
    try:
        if must_exist and not path.exists():
            raise Refusal(
                Code.DATABASE_UNREACHABLE, f"There is no database file {path}.", "Check the name, or set up first."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            Code.DATABASE_READ_ONLY,
            f"The folder {path.parent} cannot be made or opened.",
            "Choose another place, or ask for the right to write there.",
        ) from error
    engine = create_quiet_engine(
        url.set(database=str(path)),
        pool_timeout=busy_timeout,
        connect_args={"timeout": busy_timeout, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        record.info[_BUSY_TIMEOUT] = busy_timeout
        try:
            _configure(connection)
        except BaseException:
            connection.close()
            raise

    return engine


def _configure(connection: sqlite3.Connection) -> None:
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # a REPLACE is a DELETE too: the journal refuses both
        "trusted_schema = OFF",
        f"journal_size_limit = {WAL_LEFT_BEHIND}",
    ):
        connection.execute(f"PRAGMA {setting}")


def begin(connection: Connection, writes: bool) -> None:
    """Begin at once, and for a write with the lock.

    SQLite looks for the lock less and less often the longer it waits, so that whoever comes fresh takes it first and
    somebody may wait for seconds. With a short patience, tried again until the time is over, all look equally often.
    """
    if not writes:
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.driver_connection
    timeout = connection.info[_BUSY_TIMEOUT]
    until = monotonic() + timeout
    driver.execute(f"PRAGMA busy_timeout = {LOOK_AGAIN_MS}")
    try:
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            except DBAPIError as error:
                if not _is(error, sqlite3.SQLITE_BUSY) or monotonic() >= until:
                    raise
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(timeout * 1000)}")


def _is(error: DBAPIError, code: int) -> bool:
    """Whether SQLite said that, whatever the details."""
    return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) == code


def write_ahead(engine: Engine) -> None:
    """Have a SQLite file keep a write-ahead log, so that readers and the writer never wait for each other.

    A file that may only be read stays as it is.
    """
    with refusing(engine.url), engine.connect() as connection:
        for _ in range(10):
            if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal":
                return
            try:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            except DBAPIError as error:
                if _is(error, sqlite3.SQLITE_READONLY):
                    return
                if not _is(error, sqlite3.SQLITE_BUSY):
                    raise
                # Two programs that switch at once are both told "busy" at once. Wait as a write does, look again.
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
                connection.exec_driver_sql("ROLLBACK")
    raise busy()
