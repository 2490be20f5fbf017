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


@pytest.fixture(scope="session")
def sqlite_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the office set up, to be copied."""
    path = tmp_path_factory.mktemp("office") / "reception.db"
    set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_office(postgres_server: Server) -> Office:
    """A database with the office set up by a desk's role, to be put back as it was before each test."""
    owner = postgres_server.create_database()
    desk = with_roles(owner)["desk"]
    set_up(desk)
    return Office(owner, desk)


class Office:
    """A PostgreSQL database that remembers its rows: quicker than a new database for every test."""

    def __init__(self, owner: str, url: str) -> None:
        self.url = url
        self.engine = sa.create_engine(owner, poolclass=sa.NullPool)
        tables = [sql.Identifier(table.name) for table in metadata.sorted_tables]
        self._keep(sql.SQL("CREATE TABLE kept.{0} AS TABLE {0}"), tables, sql.SQL("CREATE SCHEMA kept"))
        # Without triggers: the journal is append only, for everybody but a test.
        self._start = sql.SQL("SET session_replication_role = replica")
        self._tables = tables

    def put_back(self) -> None:
        """As it was when it was set up."""
        self._keep(sql.SQL("DELETE FROM {0}; INSERT INTO {0} TABLE kept.{0}"), self._tables, self._start)

    def _keep(self, for_each: sql.SQL, tables: list[sql.Identifier], first: sql.SQL) -> None:
        statements = sql.SQL("; ").join([first, *(for_each.format(table) for table in tables)])
        with self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, psycopg.Connection)
            raw.execute(statements)
            raw.commit()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def office_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The office as it was set up: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_office"), tmp_path / "reception.db")
        return f"sqlite:///{tmp_path / 'reception.db'}"
    office: Office = request.getfixturevalue("postgres_office")
    office.put_back()
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
    desk = AtBook(door)
    desk.change_settings(with_a_book())
    return desk
