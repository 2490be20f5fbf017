"""A desk that is cut off from the database goes on, and what cannot be merged is asked afterwards, by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import SetClock
from reception.config import Config
from reception.domain.stations import StationKind
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.queries import Desk, Search
from reception.station_door import StationDoor, open_station_door
from reception.storage.queries import desk_view
from tests.services.cut_off import Net
from tests.services.test_cut_off import TEN_O_CLOCK
from tests.storage.proxy import Proxy, Way
from tests.support import COUNTER_2, EWAN, HOUSING, OFFICE, PIN, At, PlainPins, door_on
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from tests.ui.hearing import faults, unreached
from ui.desk.questions_panel import QuestionsPanel


@pytest.fixture
def clock() -> SetClock:
    return SetClock(TEN_O_CLOCK)


@pytest.fixture
def other(tmp_path: Path, clock: SetClock) -> Iterator[At]:
    """Counter 2, never cut off."""
    door = door_on(f"sqlite:///{tmp_path / 'reception.db'}", clock)
    At(door).set_up()
    yield At(door, COUNTER_2, EWAN, "Desk 2").sign_in()
    door.close()


@pytest.fixture
def net(other: At, tmp_path: Path, clock: SetClock) -> Iterator[Net]:
    net = Net(other.door.config.database, tmp_path / "own", clock)
    yield net
    net.close()


@pytest.fixture
def desk(qtbot: QtBot, net: Net) -> DeskDriver:
    driver = DeskDriver(qtbot, net.station("Desk 1"), station="Desk 1", counter="Counter 1", office="Civic Offices")
    driver.sign_in(pin=PIN)
    return driver


def cut(desk: DeskDriver, net: Net) -> None:
    net.cut("Desk 1")
    desk.until_asked("The database is out of reach since 10am.")
    assert faults(desk.window) == []


def take(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    desk.key("H")
    desk.key(ENTER)
    desk.until_panel(None)


def test_it_says_so_goes_on_and_joins(desk: DeskDriver, net: Net, other: At) -> None:
    cut(desk, net)
    desk.until_asked("Arrivals and your own visits go on")
    take(desk)
    desk.until(lambda: len(desk.numbers()) == 1)
    (number,) = desk.numbers()
    desk.until_asked("1 visit is kept here, and will join when it is back.")
    desk.call_next()
    desk.until(lambda: desk.number_here() == number)
    assert other.view().queue == ()
    net.mend("Desk 1")
    desk.until_asked("The database answers again.")
    desk.until(lambda: desk.number_here() == number)
    (card,) = other.door.ask(Search(OFFICE, number))
    assert card.state is State.CALLED


def test_what_was_kept_when_it_ended_joins_when_it_starts_again(qtbot: QtBot, net: Net, other: At) -> None:
    before = net.desk("Desk 1")
    net.cut("Desk 1")
    taken = before.take()
    net.doors.pop().close()
    net.wires["Desk 1"].is_cut = False
    door = net.station("Desk 1")
    desk = DeskDriver(qtbot, door, station="Desk 1", counter="Counter 1", office="Civic Offices")
    desk.until(lambda: desk.numbers() == [taken.number])
    assert other.view().queue == ()
    assert door.look_again()
    desk.until_asked("The database answers again.")
    assert [row.number for row in other.view().queue] == [taken.number]


def test_why_nothing_joins_although_the_server_is_there_is_said(desk: DeskDriver, net: Net) -> None:
    cut(desk, net)
    take(desk)
    net.wires["Desk 1"].says = Refusal(Code.SCHEMA_NEWER, "It is of a newer version.", "Install that here too.")
    door = net.doors[0]
    assert not door.look_again()
    desk.until_asked("It is of a newer version. Install that here too.")
    net.wires["Desk 1"].says = None
    net.mend("Desk 1")
    desk.until_asked("The database answers again.")


def test_calling_aloud_is_asked_in_the_line_and_settled_by_key(desk: DeskDriver, net: Net, other: At) -> None:
    theirs = other.take()
    desk.until(lambda: desk.numbers() == ["H001"])
    cut(desk, net)
    desk.key(Qt.Key.Key_F5)
    desk.until_said("H001 was not taken in here")
    desk.until_button("Call aloud")
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.number_here() == "H001")
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.main().startswith("Finish"))
    desk.key(Qt.Key.Key_F8)
    desk.until(lambda: desk.main() == "Call next")
    net.mend("Desk 1")
    desk.until_asked("Desk 1 called H001 aloud while cut off. There: called, served, ended. Here: nothing since.")
    desk.key(Qt.Key.Key_F6)
    desk.until_said("H001 is settled.")
    assert other.card(theirs).end is End.RESOLVED
    desk.until(lambda: desk.numbers() == [])


def test_help_is_given_with_a_key_and_a_discreet_call_says_nothing_to_bystanders(desk: DeskDriver, other: At) -> None:
    for station, discreet in (("Kiosk 1", False), ("Kiosk 2", True)):
        other.door.do(c.CallForHelp(office_id=OFFICE, station=station, discreet=discreet))
    desk.until_asked("Kiosk 1: someone asks for help. 1 more: Ctrl S.")
    desk.key(Qt.Key.Key_F6)
    desk.until_said("You are on your way.")
    desk.until_asked("Kiosk 2, please come.")
    desk.key(Qt.Key.Key_S, CTRL)
    panel = desk.until_panel(QuestionsPanel)
    assert [panel.found.index(0, column).data() for column in (0, 1)] == ["Kiosk 2", "Kiosk 2, please come."]
    assert faults(desk.window) == unreached(desk.window) == []
    desk.key("G")
    desk.until_panel(None)
    assert other.view().help_calls == ()
    desk.key(Qt.Key.Key_S, CTRL)
    desk.until_said("Nothing is left to be settled.")


def test_a_claim_is_settled_in_the_panel(desk: DeskDriver, net: Net, other: At) -> None:
    claim = c.ClaimCheckIn(office_id=OFFICE, station="Kiosk 1", service_id=HOUSING, name="Zofia Kowalska")
    taken = other.door.do(claim)
    desk.until_asked(f"{taken.number} says there is an appointment.")
    assert "Zofia" not in desk.said(), "the line is seen across the counter"
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(QuestionsPanel)
    assert panel.claimed.text() == "Entered: Zofia Kowalska"
    assert faults(desk.window) == unreached(desk.window) == []
    panel.take_first_focus()
    desk.key("T")
    desk.until(lambda: "No appointment is named yet." in panel.problem())
    desk.type("AP-22222222")
    desk.key(ESCAPE)
    desk.key(Qt.Key.Key_S, CTRL)
    panel = desk.until_panel(QuestionsPanel)
    desk.key("H")
    desk.until_panel(None)
    desk.until_said(f"{taken.number} is settled.")
    assert other.view().questions == ()


def officers_kept(door: Door) -> list[str]:
    """Who sits where, as the station's own file knows it."""
    assert isinstance(door, StationDoor)
    return [row.officer for row in desk_view(door.own, Desk(OFFICE)).counters] if door.own.copy is not None else []


GONE: tuple[Callable[[Proxy], None], Callable[[Proxy], None]] = (Proxy.stop, Proxy.start)
SILENT = (lambda proxy: proxy.cut(Way.TO_STATIONS), lambda proxy: proxy.cut())


@pytest.mark.postgresql
@pytest.mark.parametrize(("goes", "returns"), [GONE, SILENT], ids=["gone", "silent"])
def test_a_server_that_goes_and_comes_back_is_found_by_itself(
    qtbot: QtBot,
    postgres_url: str,
    tmp_path: Path,
    goes: Callable[[Proxy], None],
    returns: Callable[[Proxy], None],
) -> None:
    owner = door_on(postgres_url)
    At(owner).set_up()
    with Proxy(postgres_url) as proxy:
        config = Config(database=proxy.url, station="Desk 1")
        door = open_station_door(config, StationKind.DESK, pins=PlainPins(), folder=tmp_path)
        desk = DeskDriver(qtbot, door, station="Desk 1", counter="Counter 1", office="Civic Offices")
        desk.sign_in(pin=PIN)
        desk.until(lambda: "Priya Nair" in officers_kept(door))
        goes(proxy)
        desk.until_asked("The database is out of reach since")
        take(desk)
        desk.until(lambda: len(desk.numbers()) == 1)
        returns(proxy)
        desk.until_asked("The database answers again.")
        desk.until(lambda: [row.number for row in At(owner).view().queue] == desk.numbers())
        desk.window.desk.presence.forget()
        desk.window.close()
        door.close()
    owner.close()
