"""News at once, a heartbeat besides, and the truth about a database that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from reception import clock
from reception.app import Door
from reception.domain.stations import LOST_AFTER, Reach
from reception.errors import Code, Refusal
from reception.storage import feed as feed_module
from tests.conftest import RoleUrls
from tests.house.postgres import Server
from tests.storage.listening import Listener
from tests.storage.processes import engine_of
from tests.storage.proxy import Proxy, Way
from tests.support import At, door_on, settings

OWN = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'reception heartbeat'"
QUICKLY_S = 0.5
"""At once, on a machine that is busy. Without news it would be told with the next heartbeat, up to 0.8 s later."""


@pytest.fixture
def door(database_url: str) -> Iterator[Door]:
    with closing(door_on(database_url)) as door:
        At(door).set_up()
        yield door


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that may be stopped."""
    with Server(synchronous_commit="on") as server:
        yield server


@pytest.fixture
def own_url(own_server: Server) -> Iterator[str]:
    url = own_server.create_database()
    yield url
    own_server.drop_database(url)


@pytest.fixture
def tried_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds for a server that is back."""
    monkeypatch.setattr(feed_module, "AGAIN_AFTER", (0, 20, 50))


def test_a_change_is_told_at_once_wherever_it_was_made(door: Door, database_url: str) -> None:
    with closing(door_on(database_url)) as elsewhere, Listener(door) as heard:
        first = heard.until_beat()
        office = At(elsewhere).sign_in()
        for _ in range(3):
            office.take()
            wanted, began = elsewhere.changes(0)[0], monotonic()
            heard.until_beat(lambda beat, wanted=wanted: beat.sequence == wanted)  # type: ignore[misc]
            assert monotonic() - began < QUICKLY_S
        assert heard.beats[-1].database_now >= first.database_now
        assert heard.reaches() == [Reach.LIVE]


def test_changed_settings_are_told(door: Door) -> None:
    with Listener(door) as heard:
        before = heard.until_beat()
        At(door).change_settings(settings(name="Area Office"))
        after = heard.until_beat(lambda beat: beat.settings_version > before.settings_version)
        assert after.sequence > before.sequence


def test_what_was_missed_is_caught_up_by_the_heartbeat(door: Door) -> None:
    with Listener(door) as heard:
        before = heard.until_beat().sequence
        with engine_of(door).begin() as connection:
            connection.execute(sa.text("UPDATE journal_head SET sequence = sequence + 5"))
        heard.until_beat(lambda beat: beat.sequence == before + 5)


@pytest.mark.postgresql
def test_the_databases_clock_is_the_only_one(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """This station's own is ten minutes fast."""
    with closing(door_on(postgres_url)) as door:
        At(door).set_up()
        real = clock.SystemClock().now
        monkeypatch.setattr(clock.SystemClock, "now", lambda _: real() + 10 * clock.MINUTE)
        with Listener(door) as heard:
            beat = heard.until_beat()
            assert abs(beat.database_now - real()) < clock.MINUTE
            taken = At(door).take()
            assert abs(taken.at - real()) < clock.MINUTE
            after = heard.until_beat(lambda later: later.sequence > beat.sequence)
            assert taken.at - 100 <= after.database_now < taken.at + clock.MINUTE


@pytest.mark.postgresql
def test_who_may_read_next_to_nothing_hears_of_news_all_the_same(role_urls: RoleUrls) -> None:
    with closing(door_on(role_urls.owner)) as door:
        office = At(door).set_up().sign_in()
        for url in (role_urls.kiosk, role_urls.display):
            with closing(door_on(url)) as station, Listener(station) as heard:
                heard.until_beat()
                office.take()
                wanted = door.changes(0)[0]
                heard.until_beat(lambda beat, wanted=wanted: beat.sequence == wanted)  # type: ignore[misc]


# -- a server that fails ------------------------------------------------------------------------------------------


@pytest.mark.postgresql
@pytest.mark.parametrize("how", ["SIGINT", "SIGKILL"])
def test_a_server_that_is_stopped_or_killed_is_missed_at_once_and_found_again(
    own_server: Server, own_url: str, tried_often: None, how: str
) -> None:
    import signal

    with closing(door_on(own_url)) as door:
        office = At(door).set_up().sign_in()
        with Listener(door) as heard:
            before = heard.until_beat().database_now
            began = monotonic()
            own_server.halt(signal.Signals[how])
            lost = heard.until_reach(Reach.LOST)
            assert monotonic() - began < 3
            assert lost.last_live is not None and lost.last_live >= before
            own_server.go_on()
            heard.until_reach(Reach.LIVE)
            door.hang_up()
            taken = office.take()
            heard.until_beat(lambda beat: beat.sequence == door.changes(0)[0])
            assert taken.number == "H001"
            assert heard.reaches() == [Reach.LIVE, Reach.LOST, Reach.LIVE]
            assert own_server.execute(OWN) == [(1,)], "no connection is left behind"


@pytest.mark.postgresql
def test_a_connection_that_is_closed_is_made_anew_without_a_word(own_server: Server, own_url: str) -> None:
    with closing(door_on(own_url)) as door:
        At(door).set_up()
        with Listener(door) as heard:
            heard.until_beat()
            own_server.execute(OWN.replace("count(*)", "pg_terminate_backend(pid)"))
            beats = len(heard.beats)
            heard.until(lambda: len(heard.beats) > beats + 1)
            assert heard.reaches() == [Reach.LIVE]
            assert own_server.execute(OWN) == [(1,)]


@pytest.mark.postgresql
def test_a_server_that_refuses_the_password_is_out_of_reach_until_it_takes_it(
    own_server: Server, own_url: str, tried_often: None
) -> None:
    own_server.execute("CREATE ROLE station LOGIN SUPERUSER PASSWORD 'right'")
    rules = own_server.folder / "data" / "pg_hba.conf"
    as_it_was = rules.read_text()
    try:
        rules.write_text(f"local all station scram-sha-256\n{as_it_was}")
        own_server.execute("SELECT pg_reload_conf()")
        url = make_url(own_url).set(username="station", password="right").render_as_string(hide_password=False)
        with closing(door_on(url)) as door:
            At(door).set_up()
            with Listener(door) as heard:
                heard.until_beat()
                own_server.execute("ALTER ROLE station PASSWORD 'other'")
                own_server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'station'")
                heard.until_reach(Reach.LOST)
                with pytest.raises(Refusal) as no:
                    At(door).take()
                assert no.value.code is Code.DATABASE_UNREACHABLE
                own_server.execute("ALTER ROLE station PASSWORD 'right'")
                heard.until_reach(Reach.LIVE)
    finally:
        rules.write_text(as_it_was)
        own_server.execute("SELECT pg_reload_conf()")


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("ways", "after"),
    [((Way.TO_STATIONS,), LOST_AFTER), ((Way.TO_SERVER,), 900), (tuple(Way), 900)],
    ids=["in", "out", "both"],
)
def test_packets_that_vanish_are_missed_in_time(
    postgres_server: Server,
    postgres_url: str,
    tried_often: None,
    monkeypatch: pytest.MonkeyPatch,
    ways: tuple[Way, ...],
    after: int,
) -> None:
    monkeypatch.setattr("reception.storage.contact.LOST_AFTER", after)
    monkeypatch.setattr("reception.storage.feed_postgresql.LOST_AFTER", after)
    with Proxy(postgres_url) as proxy, closing(door_on(proxy.url)) as door:
        At(door).set_up()
        with Listener(door) as heard:
            heard.until_beat()
            began = monotonic()
            proxy.cut(*ways)
            heard.until_reach(Reach.LOST)
            assert heard.told_at[-1] - began < after / 1000 + 0.1
            proxy.cut()
            heard.until_reach(Reach.LIVE)
            heard.until(lambda: postgres_server.execute(OWN) == [(1,)])


@pytest.mark.postgresql
def test_a_server_that_takes_two_seconds_is_slow(postgres_url: str) -> None:
    with Proxy(postgres_url) as proxy, closing(door_on(proxy.url)) as door:
        At(door).set_up()
        with Listener(door) as heard:
            heard.until_beat()
            proxy.delay(2.0)
            heard.until_reach(Reach.SLOW)
            beats = len(heard.beats)
            heard.until(lambda: len(heard.beats) > beats)
            proxy.delay(0.0)
            assert Reach.LOST not in heard.reaches()


@pytest.mark.postgresql
def test_whoever_waits_for_a_lost_server_is_told_so_when_it_is_given_up(postgres_url: str) -> None:
    import threading

    with Proxy(postgres_url) as proxy, closing(door_on(proxy.url)) as door:
        office = At(door).set_up().sign_in()
        proxy.cut(*Way)
        refused: list[Refusal] = []

        def take() -> None:
            try:
                office.take()
            except Refusal as no:
                refused.append(no)

        waiting = threading.Thread(target=take)
        waiting.start()
        began = monotonic()
        while waiting.is_alive() and monotonic() - began < 10:
            door.hang_up()
            waiting.join(0.1)
        assert [no.code for no in refused] == [Code.DATABASE_UNREACHABLE]
        assert monotonic() - began < 5, "less than it takes to notice that nobody answers"
        proxy.cut()
        assert office.take().number == "H001"


# -- a file ------------------------------------------------------------------------------------------------------------


def test_a_file_that_another_program_keeps_to_itself_is_slow_and_then_lost(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    monkeypatch.setattr("reception.storage.contact.SLOW_AFTER", 100)
    monkeypatch.setattr("reception.storage.contact.LOST_AFTER", 300)
    with closing(door_on(sqlite_url)) as door:
        At(door).set_up()
        door.close()
        with closing(sqlite3.connect(tmp_path / "reception.db", isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN IMMEDIATE")
            with Listener(door) as heard:
                heard.until_reach(Reach.LOST)
                assert heard.reaches() == [Reach.SLOW, Reach.LOST]
                other.execute("ROLLBACK")
                other.close()
                heard.until_reach(Reach.LIVE)


def test_a_file_that_is_gone_is_out_of_reach_and_is_not_made_anew(
    sqlite_url: str, tmp_path: Path, tried_often: None
) -> None:
    with closing(door_on(sqlite_url)) as door:
        At(door).set_up()
        door.close()
        file, away = tmp_path / "reception.db", tmp_path / "away.db"
        file.rename(away)
        with Listener(door) as heard:
            heard.until_reach(Reach.LOST)
            assert not file.exists()
            away.rename(file)
            heard.until_reach(Reach.LIVE)


def test_a_file_that_is_moved_away_under_a_running_window_is_missed_in_time(
    sqlite_url: str, tmp_path: Path, tried_often: None
) -> None:
    file, away = tmp_path / "reception.db", tmp_path / "away.db"
    with closing(door_on(sqlite_url)) as door:
        At(door).set_up()
        with Listener(door) as heard:
            heard.until_reach(Reach.LIVE)
            began = monotonic()
            file.rename(away)
            heard.until_reach(Reach.LOST)
            assert monotonic() - began < LOST_AFTER / 1000
            away.rename(file)
            heard.until_reach(Reach.LIVE)
            assert At(door).sign_in().take().number == "H001"
