"""A desk at an office with three counters, on a clock that stands where it is put, on either engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from reception.app import Door
from reception.clock import SetClock, from_datetime
from reception.storage.partial_indexes import metadata
from tests.house.postgres import Server
from tests.services.the_book import AtBook, with_a_book
from tests.storage.roles import with_roles
from tests.support import COUNTER_2, COUNTER_3, EWAN, GRACE, At, door_on

TEN_O_CLOCK = from_datetime(datetime(2026, 3, 2, 10, tzinfo=UTC))
"""A Monday in winter, when London's clocks show UTC."""


def set_up(url: str) -> str:
    """The test office on an empty database, with Priya at counter 1."""
    door = door_on(url, SetClock(TEN_O_CLOCK))
    At(door).set_up().sign_in()
    door.close()
    return url


def add_the_book(url: str) -> None:
    """Rooms, interpreters, and lunch for Grace, at the office that was set up."""
    door = door_on(url, SetClock(TEN_O_CLOCK))
    At(door).change_settings(with_a_book())
    door.close()


@pytest.fixture(scope="session")
def sqlite_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the office set up, to be copied."""
    path = tmp_path_factory.mktemp("office") / "reception.db"
    set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_office_with_a_book(sqlite_office: Path) -> Path:
    """The same with a book."""
    path = sqlite_office.with_name("book.db")
    shutil.copy(sqlite_office, path)
    add_the_book(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_office(postgres_server: Server) -> Office:
    """A database with the office set up by a desk's role, to be put back as it was before each test."""
    owner = postgres_server.create_database()
    desk = with_roles(owner)["desk"]
    set_up(desk)
    office = Office(owner, desk)
    add_the_book(desk)
    office.keep("with_a_book")
    return office


class Office:
    """A PostgreSQL database that remembers its rows: quicker than a new database for every test."""

    def __init__(self, owner: str, url: str) -> None:
        self.url = url
        self.engine = sa.create_engine(owner, poolclass=sa.NullPool)
        self._tables = [sql.Identifier(table.name) for table in metadata.sorted_tables]
        self.keep("kept")

    def keep(self, name: str) -> None:
        """Remember it as it is now."""
        schema = sql.Identifier(name)
        self._do(
            sql.SQL("CREATE SCHEMA {}").format(schema),
            *(sql.SQL("CREATE TABLE {0}.{1} AS TABLE {1}").format(schema, table) for table in self._tables),
        )

    def put_back(self, name: str = "kept") -> None:
        """As it was when it was set up, or at another time that was kept."""
        schema = sql.Identifier(name)
        self._do(
            # Without triggers: the journal is append only, for everybody but a test.
            sql.SQL("SET session_replication_role = replica"),
            *(sql.SQL("DELETE FROM {1}; INSERT INTO {1} TABLE {0}.{1}").format(schema, each) for each in self._tables),
        )

    def _do(self, *statements: sql.Composable) -> None:
        with self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, psycopg.Connection)
            raw.execute(sql.SQL("; ").join(statements))
            raw.commit()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The office as it was set up, with a book where the test asks for a `desk`: the test runs once on SQLite and once
    on PostgreSQL."""
    has_a_book = "desk" in request.fixturenames
    if request.param == "sqlite":
        office_file = request.getfixturevalue("sqlite_office_with_a_book" if has_a_book else "sqlite_office")
        shutil.copy(office_file, tmp_path / "reception.db")
        return f"sqlite:///{tmp_path / 'reception.db'}"
    office: Office = request.getfixturevalue("postgres_office")
    office.put_back("with_a_book" if has_a_book else "kept")
    return office.url


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TEN_O_CLOCK)


@pytest.fixture
def door(office_url: str, clock: SetClock) -> Iterator[Door]:
    door = door_on(office_url, clock)
    yield door
    door.close()


@pytest.fixture
def priya(door: Door) -> At:
    """Counter 1: an administrator who serves everything, signed in."""
    return At(door)


@pytest.fixture
def ewan(door: Door) -> At:
    """Counter 2: a receptionist who serves everything, signed in."""
    return At(door, COUNTER_2, EWAN, "Desk 2").sign_in()


@pytest.fixture
def grace(door: Door) -> At:
    """Counter 3: an officer for housing and planning, signed in."""
    return At(door, COUNTER_3, GRACE, "Desk 3").sign_in()


@pytest.fixture
def desk(door: Door) -> AtBook:
    """Counter 1 of the office with a book: rooms, interpreters, and lunch for Grace."""
    return AtBook(door)
