"""PostgreSQL: who is let in, and a server that goes away and comes back."""

from __future__ import annotations

import inspect
import sqlite3
from contextlib import closing
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from reception.errors import Code
from reception.services import commands as c
from reception.storage import sqlite
from reception.storage.engine import open_engine, transaction
from tests.house.postgres import Server
from tests.storage import processes
from tests.storage.opened import open_once, refused
from tests.storage.processes import door_to, engine_of
from tests.storage.proxy import Proxy
from tests.support import HOUSING, OFFICE, At


@pytest.mark.postgresql
def test_a_server_that_does_not_let_us_in(postgres_server: Server, postgres_url: str) -> None:
    admin = postgres_server._admin
    assert admin is not None
    url = sa.make_url(postgres_url)
    with refused(Code.DATABASE_UNREACHABLE):
        open_once(url.set(database="nothing_here").render_as_string())
    with refused(Code.DATABASE_UNREACHABLE):
        open_once(url.set(username="nobody_here").render_as_string())
    with refused(Code.DATABASE_UNREACHABLE):
        open_once("postgresql://reception@localhost:1/reception")
    with refused(Code.DATABASE_UNREACHABLE):
        open_once(url.set(query={"host": "/nowhere"}).render_as_string())
    admin.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
    with refused(Code.DATABASE_BUSY):
        open_once(url.set(username="crowded").render_as_string())
    admin.execute("DROP ROLE crowded")


@pytest.mark.postgresql
def test_a_user_who_may_only_read(postgres_server: Server, postgres_url: str) -> None:
    admin = postgres_server._admin
    assert admin is not None
    processes.office(postgres_url, 1, waiting=1)
    admin.execute("CREATE ROLE reader LOGIN")
    with psycopg.connect(
        host=str(postgres_server.folder), user="postgres", dbname=sa.make_url(postgres_url).database
    ) as own:
        own.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with door_to(sa.make_url(postgres_url).set(username="reader").render_as_string()) as door:
        with transaction(engine_of(door)) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() == 1
        with refused(Code.DATABASE_READ_ONLY):
            At(door).take()
    with psycopg.connect(
        host=str(postgres_server.folder), user="postgres", dbname=sa.make_url(postgres_url).database
    ) as own:
        own.execute("DROP OWNED BY reader")
    admin.execute("DROP ROLE reader")


@pytest.mark.postgresql
def test_a_database_without_room_for_every_script(postgres_server: Server) -> None:
    admin = postgres_server._admin
    assert admin is not None
    url = sa.make_url(postgres_server.create_database())
    admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with refused(Code.NOT_A_DATABASE) as _:
        open_once(url.set(database="latin").render_as_string())
    admin.execute("DROP DATABASE latin")
    postgres_server.drop_database(url.render_as_string())


@pytest.mark.postgresql
def test_a_server_that_was_started_anew_is_not_noticed(postgres_server: Server, postgres_url: str) -> None:
    """It has closed every connection that waited; the next command opens another."""
    processes.office(postgres_url, 1)
    with door_to(postgres_url) as door:
        At(door).view()
        _age_connections(door)
        postgres_server._admin.execute(  # type: ignore[union-attr]
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            (sa.make_url(postgres_url).database,),
        )
        assert At(door).take().number == "H001"


def _age_connections(door: Any) -> None:
    """As if the connections had waited for longer than they are taken to be there without asking."""
    with engine_of(door).connect() as connection:
        record = connection.connection._connection_record  # type: ignore[attr-defined]
    record.info["put_back"] -= 60


@pytest.mark.postgresql
def test_a_server_that_goes_away_and_comes_back(postgres_url: str) -> None:
    processes.office(postgres_url, 1)
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with Proxy(postgres_url) as proxy, door_to(proxy.url) as door:
        At(door).view()
        proxy.stop()
        for _ in range(2):
            with refused(Code.DATABASE_UNREACHABLE):
                door.do(command)
        proxy.start()
        assert not door.do(command).already_done


@pytest.mark.postgresql
def test_one_state_for_a_read_is_not_left_behind_for_a_write(postgres_url: str) -> None:
    """A pooled connection that has read in one state writes as all others do, and the other way round."""
    level = "SELECT current_setting('transaction_isolation')"
    processes.office(postgres_url, 1)
    with door_to(postgres_url) as door:
        engine = engine_of(door)
        for _ in range(3):
            with transaction(engine, one_state=True) as connection:
                assert connection.exec_driver_sql(level).scalar_one() == "repeatable read"
            with transaction(engine, writes=True) as connection:
                assert connection.exec_driver_sql(level).scalar_one() == "read committed"
        assert engine.pool.checkedin() == 1


@pytest.mark.postgresql
def test_a_station_that_hangs_in_the_middle_of_a_write_loses_the_lock(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its write has not happened; the others go on, and so does it."""
    processes.office(postgres_url, 1)
    monkeypatch.setattr("reception.storage.postgresql.HUNG_AFTER_SECONDS", "0.05")
    hung = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with door_to(postgres_url) as hangs:
        monkeypatch.undo()
        with door_to(postgres_url) as door:
            with refused(Code.DATABASE_UNREACHABLE), hangs._database.write(hung):
                assert At(door).take().number == "H001"
            assert door.do(hung).number == "H002"


@pytest.mark.postgresql
def test_options_of_the_address_are_kept(postgres_url: str) -> None:
    url = sa.make_url(postgres_url).update_query_dict({"options": "-c search_path=elsewhere"})
    engine = open_engine(url.render_as_string())
    with transaction(engine) as connection:
        assert connection.exec_driver_sql("SHOW search_path").scalar_one() == "elsewhere"
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"
    engine.dispose()


def test_a_bug_is_not_called_a_network_fault(database_url: str) -> None:
    """What the program does wrong is raised whole, for the log."""
    processes.office(database_url, 1)
    with (
        door_to(database_url) as door,
        pytest.raises(sa.exc.DBAPIError),
        transaction(engine_of(door)) as connection,
    ):
        connection.execute(sa.text("SELECT :what").bindparams(what=object()))


def test_what_is_committed_survives_a_power_cut() -> None:
    """As far as a setting says: pulling the plug is not to be had in a test, and the other tests wait for no disk."""
    configure = inspect.unwrap(sqlite._configure)
    with closing(sqlite3.connect(":memory:")) as connection:
        configure(connection)
        full = 2
        assert connection.execute("PRAGMA synchronous").fetchone() == (full,)
