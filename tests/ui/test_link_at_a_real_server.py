"""A window's link and a real server: changes of others, an idle station, a network that is cut, a newer program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from reception.app import Door
from reception.domain.desk_view import DeskView
from reception.domain.person import Person
from reception.domain.stations import Beat
from reception.errors import Code
from reception.services.commands import Result, TakeTicket
from reception.services.queries import Desk
from tests.house.postgres import Server
from tests.storage.processes import engine_of
from tests.storage.proxy import Proxy, Way
from tests.support import HOUSING, OFFICE, At, door_on
from ui.link import NOT_KNOWN, Link
from ui.refused import Refused

OTHER_STATEMENTS = (
    "SELECT coalesce(max(state_change), '-infinity') FROM pg_stat_activity WHERE application_name = 'reception'"
)
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'reception%'"


class Window:
    """What a window hears of its link."""

    def __init__(self, door: Door) -> None:
        self.link = Link(door)
        self.views: list[DeskView] = []
        self.beats: list[Beat] = []
        self.offline: list[Refused] = []
        self.link.view_came.connect(self.views.append)
        self.link.beat.connect(self.beats.append)
        self.link.offline.connect(lambda _since, no: self.offline.append(no))

    def numbers(self) -> list[str]:
        return [row.number for row in self.views[-1].queue] if self.views else []


@pytest.fixture
def proxy(postgres_url: str) -> Iterator[Proxy]:
    with Proxy(postgres_url) as proxy:
        yield proxy


@pytest.fixture
def window(proxy: Proxy, qtbot: QtBot) -> Iterator[Window]:
    """A desk's link, through the proxy, with its first view."""
    with closing(door_on(proxy.url)) as door:
        At(door).set_up().sign_in()
        window = Window(door)
        window.link.watch(Desk(OFFICE))
        qtbot.waitUntil(lambda: bool(window.views and window.beats))
        yield window
        window.link.close()


def take() -> TakeTicket:
    return TakeTicket(office_id=OFFICE, service_id=HOUSING, person=Person())


@pytest.mark.postgresql
def test_an_idle_station_asks_nothing_but_its_heartbeat(
    window: Window, postgres_url: str, postgres_server: Server, qtbot: QtBot
) -> None:
    with closing(door_on(postgres_url)) as elsewhere:
        At(elsewhere).take()
    qtbot.waitUntil(lambda: window.numbers() == ["H001"])
    before, beats = postgres_server.execute(OTHER_STATEMENTS), len(window.beats)
    qtbot.waitUntil(lambda: len(window.beats) >= beats + 2)
    assert postgres_server.execute(OTHER_STATEMENTS) == before
    assert postgres_server.execute(CONNECTIONS) <= [(3,)]


@pytest.mark.postgresql
def test_a_command_under_way_when_the_network_is_cut_is_refused_and_done_once_afterwards(
    window: Window, proxy: Proxy, qtbot: QtBot
) -> None:
    command, refused, done = take(), list[Refused](), list[Result]()
    began = monotonic()
    proxy.cut(Way.TO_STATIONS)
    window.link.do(command, done.append, refused.append)
    qtbot.waitUntil(lambda: bool(refused), timeout=10_000)
    assert monotonic() - began < 3.2
    assert refused == [NOT_KNOWN]
    assert [no.code for no in window.offline] == [Code.DATABASE_UNREACHABLE]
    proxy.cut()
    qtbot.waitUntil(lambda: not window.link.is_lost, timeout=10_000)
    window.link.do(command, done.append)
    qtbot.waitUntil(lambda: window.numbers() == ["H001"])
    assert [result.number for result in done] == ["H001"]


@pytest.mark.postgresql
def test_a_database_that_was_brought_up_to_date_under_our_feet_is_refused_plainly(
    window: Window, postgres_url: str, qtbot: QtBot
) -> None:
    with closing(door_on(postgres_url)) as newer, engine_of(newer).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE journal_head SET settings_version = settings_version + 1"))
    qtbot.waitUntil(lambda: bool(window.offline))
    assert window.offline[0].code is Code.SCHEMA_NEWER
    assert window.offline[0].remedy == "Install that version here too, then start again."


def test_two_programs_on_one_file_hear_of_each_other(sqlite_url: str, qtbot: QtBot) -> None:
    with closing(door_on(sqlite_url)) as door, closing(door_on(sqlite_url)) as elsewhere:
        At(door).set_up().sign_in()
        window = Window(door)
        window.link.watch(Desk(OFFICE))
        qtbot.waitUntil(lambda: bool(window.views and window.beats))
        At(elsewhere).take()
        began = monotonic()
        qtbot.waitUntil(lambda: window.numbers() == ["H001"])
        assert monotonic() - began < 0.5
        window.link.close()
