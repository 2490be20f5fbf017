"""A database of PostgreSQL made beside another from a copy, and put in its place by name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from reception.errors import Code, Refusal
from reception.storage.engine import open_engine, parse_url
from reception.storage.passwords import completed
from reception.storage.postgresql_tools import run_tool, tool
from reception.storage.refusals import refusing

_LONGEST_NAME = 63
_OTHERS = sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND backend_type = 'client backend'")
_MADE_AS = sa.text(
    "SELECT datcollate, datctype, pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = :name"
)


def in_use() -> Refusal:
    """What is said of a database that somebody uses."""
    return Refusal(
        Code.DATABASE_BUSY,
        "A station uses the database, which was left as it is.",
        "Close Reception on every station, kiosks and displays too, then try again.",
    )


def server_of(url: str, password_file: str) -> URL:
    """The address with its password. Refuses BAD_INPUT for a SQLite file."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "sqlite":
        raise Refusal(
            Code.BAD_INPUT,
            "That is a copy of a PostgreSQL database, and the settings name a SQLite file.",
            "Name a server it may be looked over on, after --database.",
        )
    return completed(parsed, password_file).url


def whole(url: URL) -> str:
    """With its password."""
    return url.render_as_string(hide_password=False)


@contextmanager
def _beside(server: URL) -> Iterator[Connection]:
    """A connection to the server that stands in none of Reception's databases; each statement by itself."""
    engine = open_engine(whole(server.set(database="postgres")))
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
def database_from(file: Path, server: URL, what_for: str, tools: str) -> Iterator[str]:
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


def exchange(server: URL, made: str, stamp: str) -> str:
    """Give the database `made` the name of the one of `server`, and that one another, which is returned: "" where there
    is none. Refuses DATABASE_BUSY while somebody is connected.

    Both names change in one transaction: whenever this stops, one of the two has the usual name.
    """
    database = str(server.database)
    kept = _named(database, f"_before_{stamp}")
    with _beside(server) as connection:
        there = connection.execute(_MADE_AS, {"name": database}).first() is not None
        _require_nobody(connection, database)
        with _nobody_came(), _at_once(connection):
            if there:
                _rename(connection, database, kept)
            _rename(connection, made, database)
    return kept if there else ""


def require_nobody(server: URL) -> None:
    """Refuses DATABASE_BUSY while somebody is connected."""
    with _beside(server) as connection:
        _require_nobody(connection, str(server.database))


def _require_nobody(connection: Connection, database: str) -> None:
    if connection.execute(_OTHERS, {"name": database}).scalar_one():
        raise in_use()


@contextmanager
def _at_once(connection: Connection) -> Iterator[None]:
    """A transaction on a connection each of whose statements is one by itself."""
    connection.exec_driver_sql("BEGIN")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    connection.exec_driver_sql("COMMIT")


def _rename(connection: Connection, old: str, new: str) -> None:
    connection.exec_driver_sql(f"ALTER DATABASE {_quoted(connection, old)} RENAME TO {_quoted(connection, new)}")


@contextmanager
def _nobody_came() -> Iterator[None]:
    """Refuses DATABASE_BUSY where somebody did."""
    try:
        yield
    except sa.exc.OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == "55006":
            raise in_use() from error
        raise
