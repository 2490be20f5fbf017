"""Opens a database: SQLite for one PC, PostgreSQL for several stations. Turns engine errors into refusals."""

from __future__ import annotations

import ctypes
import logging
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from reception.errors import Code, Refusal

BUSY_TIMEOUT_SECONDS = 10.0
"""How long a write waits for another one before it is refused as DATABASE_BUSY."""
LOOK_AGAIN_MS = 10
"""SQLite looks for its lock after 1, 2 and 5 ms, then gives up: so often that a queue of writers is nearly fair."""
CONNECT_TIMEOUT_SECONDS = 3
ASKED_AFTER_SECONDS = 1.0
"""A connection that was used less than this ago is taken to be there still."""
HUNG_AFTER_SECONDS = 60
"""A station that does nothing in the middle of a write loses the lock after this."""
WAL_LEFT_BEHIND = 32 * 1024 * 1024
"""The log beside a SQLite file is cut to this size (bytes) after a large import."""
NETWORK_FILESYSTEMS = frozenset(
    """9p afpfs afs beegfs ceph cifs coda davfs fuse.ceph fuse.davfs fuse.glusterfs fuse.gvfsd-fuse fuse.rclone
    fuse.s3fs fuse.smbnetfs fuse.sshfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 orangefs prl_fs pvfs2 smb3
    smbfs vboxsf vmhgfs webdav""".split()  # noqa: SIM905  a line for each would say no more
)
_WRITE_AN_ADDRESS = "Write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."
_LOG_NAME = "reception"
_LOCK = sa.text("SELECT pg_advisory_xact_lock(1380270928)")  # "RECP"
_PUT_BACK = "put_back"
_BUSY_TIMEOUT = "busy_timeout"


def parse_url(url: str) -> URL:
    """The parsed URL; refuses what is neither SQLite nor PostgreSQL, and a SQLite URL without a plain file."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        raise Refusal(Code.BAD_SETTINGS, "The database address is not a URL.", _WRITE_AN_ADDRESS) from None
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise Refusal(
            Code.BAD_SETTINGS,
            f"Reception keeps its data in SQLite or PostgreSQL, not in “{parsed.drivername}”.",
            _WRITE_AN_ADDRESS,
        )
    # An in-memory database is lost, and "file:" addresses switch off the locks or the look at where the file is.
    if not parsed.database or parsed.database.startswith((":memory:", "file:")) or parsed.query:
        raise Refusal(Code.BAD_SETTINGS, "The database address names no file.", _WRITE_AN_ADDRESS)
    return parsed.set(drivername="sqlite")


def open_engine(url: str, *, busy_timeout: float = BUSY_TIMEOUT_SECONDS, must_exist: bool = False) -> Engine:
    """An engine on the database, for `transaction`. `busy_timeout` (seconds) is how long a write waits for another.

    A new SQLite file is made unless `must_exist`. Refuses a network share, a folder that cannot be made, a file
    that is not a database and a server that cannot be reached. What is there is not changed.
    """
    parsed = parse_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    engine = _sqlite_engine(parsed, busy_timeout, must_exist) if is_sqlite else _postgresql_engine(parsed, busy_timeout)
    try:
        with transaction(engine) as connection:
            if is_sqlite:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            else:
                _require_unicode(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _create_engine(url: URL, **options: Any) -> Engine:
    # Names stand in the parameters and rows of statements: they go to no log, at whatever level, and to no traceback.
    logging.getLogger(f"sqlalchemy.engine.Engine.{_LOG_NAME}").setLevel(logging.WARNING)
    return sa.create_engine(url, hide_parameters=True, logging_name=_LOG_NAME, **options)


@contextmanager
def transaction(engine: Engine, *, writes: bool = False, one_state: bool = False) -> Iterator[Connection]:
    """A transaction, rolled back when an exception leaves it. What the database says is turned into refusals.

    `writes`: under the one lock of all who write, taken first and held to the commit, so that nothing that is read in
    it is out of date when it writes. `one_state`: all reads see one state of the database (on SQLite they always do).
    """
    with refusing(engine.url), engine.connect() as connection:
        if engine.dialect.name == "postgresql" and one_state:
            # Holds until the connection goes back to the pool.
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            if engine.dialect.name == "sqlite":
                _begin(connection, writes)
            elif writes:
                # Given in the order in which it is asked for. A lock on a row is not: some would wait for seconds.
                connection.execute(_LOCK)
            yield connection


# -- PostgreSQL ------------------------------------------------------------------------------------------------


def _postgresql_engine(url: URL, busy_timeout: float) -> Engine:
    settings = {
        "lock_timeout": f"{int(busy_timeout * 1000)}ms",
        "timezone": "UTC",
        # All of a write is under one lock. Without these the server would keep the lock of a station whose plug was
        # pulled for hours; with them it ends that session, and the write never happened.
        "idle_in_transaction_session_timeout": f"{HUNG_AFTER_SECONDS}s",
        "tcp_keepalives_idle": "5",
        "tcp_keepalives_interval": "2",
        "tcp_keepalives_count": "2",
        "tcp_user_timeout": "9s",
    }
    own = url.query.get("options", ())
    options = [own] if isinstance(own, str) else list(own)
    options += [f"-c {name}={value}" for name, value in settings.items()]
    engine = _create_engine(
        url.difference_update_query(["options"]),
        # Each statement sees what was committed before it, and so all that the lock has waited for, whatever level the
        # server is set to.
        isolation_level="READ COMMITTED",
        pool_size=2,
        max_overflow=4,
        pool_timeout=busy_timeout,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "application_name": "reception",
            "options": " ".join(options),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
        },
    )

    @event.listens_for(engine, "checkin")
    def put_back(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_PUT_BACK] = monotonic()

    @event.listens_for(engine, "checkout")
    def take_out(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        """A server that was started anew has closed the connections that waited here: found out before use."""
        if monotonic() - record.info.get(_PUT_BACK, monotonic()) < ASKED_AFTER_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError from error

    return engine


def _require_unicode(connection: Connection) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise Refusal(
            Code.NOT_A_DATABASE,
            f"The database “{connection.engine.url.database}” keeps text as {encoding}, which has no room for every "
            "script.",
            "Have one made with the encoding UTF8.",
        )


# -- SQLite ----------------------------------------------------------------------------------------------------


def _sqlite_engine(url: URL, busy_timeout: float, must_exist: bool) -> Engine:
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
    engine = _create_engine(
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


def _begin(connection: Connection, writes: bool) -> None:
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
    raise _busy()


def filesystem_of(path: Path, mounts: str | None = None) -> str:
    """The file system's type under a path, as far as this computer tells; "" where it does not.

    `mounts` stands in for /proc/mounts in tests. A path that begins with two slashes or backslashes, or on a drive
    that Windows calls remote, is "smbfs".
    """
    if str(path).startswith(("\\\\", "//")):
        return "smbfs"
    if mounts is None:
        if sys.platform == "win32":
            return "smbfs" if _is_remote_drive(path.resolve()) else ""
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    target = path.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        # Spaces, tabs, newlines and backslashes are written as octal numbers there.
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1]))
        if target.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def _is_remote_drive(path: Path) -> bool:
    drive_remote = 4
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  exists on Windows only
    return str(path).startswith("\\\\") or bool(kernel.GetDriveTypeW(f"{path.drive}\\") == drive_remote)


# -- refusals --------------------------------------------------------------------------------------------------


@contextmanager
def refusing(url: URL) -> Iterator[None]:
    """Turn what the database says into a refusal that a person understands; leave bugs as they are."""
    try:
        yield
    except PoolTimeout as error:
        raise _busy() from error
    except DBAPIError as error:
        refusal = (
            _sqlite_refusal(error.orig, url) if url.get_backend_name() == "sqlite" else _postgresql_refusal(error, url)
        )
        if refusal is not None:
            raise refusal from error
        if getattr(getattr(error.orig, "diag", None), "message_detail", None):
            # PostgreSQL shows the row that it would not take, and a name may stand in it.
            raise StorageError(f"{type(error.orig).__name__}: {error.orig.diag.message_primary}") from None  # type: ignore[union-attr]
        raise


class StorageError(Exception):
    """A bug that the database found, without the rows that it shows: for the log."""


def _busy() -> Refusal:
    return Refusal(Code.DATABASE_BUSY, "The database is in use by another program.", "Wait a moment and try again.")


def _sqlite_refusal(error: Any, url: URL) -> Refusal | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    path = url.database
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _busy()
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return Refusal(
                Code.DATABASE_FULL,
                "The disk is full or cannot be written, so nothing was saved.",
                "Free some space on it, then try again; what you typed is still here.",
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return Refusal(
                Code.DATABASE_READ_ONLY,
                f"The database file {path} may not be written.",
                "Ask for the right to write it and its folder.",
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return Refusal(
                Code.DATABASE_READ_ONLY,
                f"The database file {path} cannot be opened.",
                "Check that its folder exists and that you may write there.",
            )
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Refusal(
                Code.NOT_A_DATABASE,
                f"The file {path} is not a database of Reception, or it is damaged.",
                "Name another file, or put back a backup copy.",
            )
    return None


_SAID_WHILE_CONNECTING = (
    ("28000", r"password|role .* does not exist|authentication|pg_hba"),
    ("3D000", r"database .* does not exist"),
    ("53300", r"too many (clients|connections)|connection slots"),
)
"""The server gives no code for a refused connection, only words; in another language, "cannot be reached" is said."""


def _postgresql_refusal(error: DBAPIError, url: URL) -> Refusal | None:
    state = str(getattr(error.orig, "sqlstate", None) or "")
    lost = error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    if not state and lost:
        state = next((code for code, words in _SAID_WHILE_CONNECTING if re.search(words, str(error.orig))), "08000")
    where = f"{url.host or 'this computer'}"
    if state.startswith("28"):
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"The database server at {where} refused the user name or password.",
            "Check them in the settings.",
        )
    if state == "3D000":
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"There is no database “{url.database}” at {where}.",
            "Check the name, or have it made.",
        )
    if state == "53300":
        return Refusal(
            Code.DATABASE_BUSY,
            f"The database server at {where} has as many connections as it takes.",
            "Try again in a moment; if it goes on, tell whoever looks after it.",
        )
    if state in ("55P03", "40P01", "40001"):
        return _busy()
    if state.startswith("53"):
        return Refusal(Code.DATABASE_FULL, "The database server has no room left.", "Tell whoever looks after it.")
    if state in ("42501", "25006"):
        return Refusal(Code.DATABASE_READ_ONLY, "This user may not write to the database.", "Ask for the right to.")
    if error.connection_invalidated or state.startswith(("08", "57P", "25P")):
        return Refusal(
            Code.DATABASE_UNREACHABLE,
            f"The database at {where} cannot be reached.",
            "Check the network; try again in a moment.",
        )
    return None
