"""Opens a database, SQLite for one PC or PostgreSQL for several stations, and begins its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from reception.errors import Code, Refusal
from reception.storage.passwords import completed
from reception.storage.postgresql import postgresql_engine, require_unicode
from reception.storage.refusals import refusing
from reception.storage.sqlite import begin, sqlite_engine

BUSY_TIMEOUT_SECONDS = 10.0
"""How long a write waits for another one before it is refused as DATABASE_BUSY."""
_WRITE_AN_ADDRESS = "Write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."
_LOCK = sa.text("SELECT pg_advisory_xact_lock(1380270928)")  # "RECP"


def parse_url(url: str) -> URL:
    """The parsed URL; refuses what is neither SQLite nor PostgreSQL, and a SQLite URL without a plain file."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        raise Refusal(Code.BAD_SETTINGS, "The database address is not a URL.", _WRITE_AN_ADDRESS) from None
    if backend == "postgresql":
        return _without_password_in_query(parsed).set(drivername="postgresql+psycopg")
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


def _without_password_in_query(url: URL) -> URL:
    """A password where it is hidden whenever the address is shown."""
    given = url.query.get("password")
    if not given:
        return url
    return url.difference_update_query(["password"]).set(password=given if isinstance(given, str) else given[-1])


def open_engine(
    url: str, *, busy_timeout: float = BUSY_TIMEOUT_SECONDS, must_exist: bool = False, password_file: str = ""
) -> Engine:
    """An engine on the database, for `transaction`. `busy_timeout` (seconds) is how long a write waits for another.

    A password that the address leaves out is looked for in `password_file`, else in the keyring (`passwords`).

    A new SQLite file is made unless `must_exist`. Refuses a network share, a folder that cannot be made, a file
    that is not a database and a server that cannot be reached. What is there is not changed.
    """
    parsed = parse_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite:
        engine = sqlite_engine(parsed, busy_timeout, must_exist)
    else:
        engine = postgresql_engine(completed(parsed, password_file).url, busy_timeout)
    try:
        with transaction(engine) as connection:
            if is_sqlite:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            else:
                require_unicode(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


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
                begin(connection, writes)
            elif writes:
                # Given in the order in which it is asked for. A lock on a row is not: some would wait for seconds.
                connection.execute(_LOCK)
            yield connection
