"""Whether another running window has this station's name, found out by a lock that each of them shares.

On a PostgreSQL server it is an advisory lock of the session, which goes with its connection; beside a SQLite file it is
a lock on an empty file of its own, which goes with its process. Who is alone with the lock can have it for itself.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct

from reception.domain.stations import StationKind
from reception.errors import Refusal
from reception.storage.engine import open_engine, parse_url, transaction

OFFICES = "SELECT id, name FROM office"
_OURS = "locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"


class StationName(Struct, frozen=True):
    """As the settings of the station give it; `office` may be empty where there is only one."""

    office: str
    station: str
    kind: StationKind

    def key(self, offices: Iterable[tuple[str, str]], *, is_shared: bool) -> int:
        """Of 63 bits. `offices` are all there are: id and name. `is_shared`: the database has stations that can be cut
        off from it. Those that then give numbers may not be called alike, whatever their kind is; of others only two of
        one kind are taken for one."""
        found = list(offices)
        ids = [each for each, name in found if not self.office or name.casefold() == self.office.casefold()]
        office = ids[0] if len(ids) == 1 else self.office.casefold()
        apart = self.kind.value if not is_shared or self.kind is StationKind.DISPLAY else ""
        told = "\n".join((office, self.station.casefold(), apart))
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big") >> 1


# -- a PostgreSQL server -------------------------------------------------------------------------------------------


def take_shared_pg(key: int) -> str:
    """An expression by which a session says that it is a window of that name; false while another asks who is alone."""
    return f"pg_try_advisory_lock_shared({key})"


def is_alone_pg(key: int) -> str:
    """An expression: nobody else has said so. Whoever has said so and is alone has the lock for an instant."""
    return f"pg_try_advisory_xact_lock({key})"


def holders_pg(key: int) -> str:
    """The statement that gives the server's process of each session that has said so."""
    return (
        f"SELECT DISTINCT pid FROM pg_locks WHERE {_OURS} AND granted AND mode = 'ShareLock' "  # noqa: S608  numbers
        f"AND classid = {key >> 32} AND objid = {key & 0xFFFFFFFF} AND objsubid = 1"
    )


# -- a SQLite file -------------------------------------------------------------------------------------------------


def lock_path(database: Path, key: int) -> Path:
    """The empty file that is locked."""
    return database.with_name(f"{database.name}-named-{key & 0xFFFFF:05x}")


class FileName:
    """A lock on an empty file, by SQLite itself, so that it is the same on every system. Where it cannot be had
    nothing is said."""

    def __init__(self, path: Path) -> None:
        self._connection: sqlite3.Connection | None = None
        with suppress(sqlite3.Error):
            self._connection = sqlite3.connect(path, timeout=0.02, isolation_level=None)
        self._is_shared = False

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def is_shared(self) -> bool:
        """Whether another window holds the file, too."""
        if self._connection is None:
            return False
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("ROLLBACK")
            self._is_shared = False
        except sqlite3.Error as error:
            self._is_shared = (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY
        self._hold(self._connection)
        return self._is_shared

    def _hold(self, connection: sqlite3.Connection) -> None:
        """One of several marks the file (`marked`), for whoever looks from outside."""
        with suppress(sqlite3.Error):
            if self._is_shared:
                with suppress(sqlite3.OperationalError):
                    connection.execute("BEGIN IMMEDIATE")
            if not connection.in_transaction:
                connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def is_locked(path: Path) -> bool:
    """Whether a window holds the file."""
    return _refuses(path, "BEGIN EXCLUSIVE")


def _is_marked(path: Path) -> bool:
    return _refuses(path, "BEGIN IMMEDIATE")


def _refuses(path: Path, lock: str) -> bool:
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0.0, isolation_level=None)) as connection:
            connection.execute(lock)
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_BUSY
    return False


# -- for whoever looks a station over ------------------------------------------------------------------------------


def are_alike(url: str, password_file: str, office: str, station: str) -> bool:
    """Whether several windows of that name are running; False where that cannot be asked."""
    try:
        is_shared = parse_url(url).get_backend_name() == "postgresql"
        engine = open_engine(url, must_exist=True, password_file=password_file)
    except Refusal:
        return False
    try:
        with transaction(engine) as connection:
            offices = [(row.id, row.name) for row in connection.execute(sa.text(OFFICES))]
            keys = {StationName(office, station, kind).key(offices, is_shared=is_shared) for kind in StationKind}
            if is_shared:
                return any(len(connection.execute(sa.text(holders_pg(key))).all()) > 1 for key in keys)
        return any(_is_marked(lock_path(Path(str(engine.url.database)), key)) for key in keys)
    except (Refusal, sa.exc.SQLAlchemyError):
        return False
    finally:
        engine.dispose()
