"""A desk that is cut off from the database goes on, and what cannot be merged is asked afterwards, by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import SetClock
from reception.config import Config
from reception.domain.office import Room
from reception.domain.stations import StationKind
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_commands import AssignRoom
from reception.services.queries import Desk, Search
from reception.station.door import StationDoor
from reception.station.opening import open_station_door
from reception.storage import schema as t
from reception.storage.queries import desk_view
from tests.services.cut_off import Net
from tests.services.test_cut_off import TEN_O_CLOCK
from tests.storage.proxy import Proxy, Way
from tests.support import COUNTER_1, COUNTER_2, EWAN, HOUSING, OFFICE, PIN, PRIYA, At, PlainPins, door_on, settings
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, SHIFT, DeskDriver
from tests.ui.hearing import faults, unreached
from ui.book.page import BookPage
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.find_panel import FindPanel
from ui.desk.interpreter_panel import InterpreterPanel
from ui.desk.questions_panel import QuestionsPanel
from ui.desk.room_panel import RoomPanel
from ui.desk.tell_panel import AnnouncePanel
from ui.panels.another_time import AnotherTimePanel
from ui.panels.panel import Panel
from ui.widgets import Paragraph


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
    desk.until_said("H001 called to Counter 1. Call it aloud: the display shows nothing while cut off.")
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.main().startswith("Finish"))
    desk.key(Qt.Key.Key_F8)
    desk.until(lambda: desk.main() == "Call next")
    net.mend("Desk 1")
    desk.until_asked("This desk called H001 aloud while cut off. At this desk: called, served, ended.")
    desk.until_asked("At the database: nothing since, so it waits.")
    desk.until_button("As at this desk")
    desk.until_button("As at the database")
    assert faults(desk.window) == []
    desk.key(Qt.Key.Key_F6)
    desk.until_said("H001 is settled.")
    assert other.card(theirs).end is End.RESOLVED
    desk.until(lambda: desk.numbers() == [])


def test_the_main_key_finishes_and_asks_at_once_whether_to_call_another_aloud(
    desk: DeskDriver, net: Net, other: At
) -> None:
    take(desk)
    desk.call_next()
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.main().startswith("Finish"))
    other.take()
    desk.until(lambda: desk.numbers() == ["H002"])
    cut(desk, net)
    desk.until(lambda: desk.main() == "Finish")
    desk.until(lambda: desk.window.counter_sheet.main.detail() == "Then H002, only aloud")
    desk.key(Qt.Key.Key_F5)
    desk.until_said("H001 finished. H002 was not taken in here, and another desk may call it too.")
    desk.until_button("Call aloud")
    take(desk)
    desk.until(lambda: len(desk.numbers()) == 2)
    (own,) = set(desk.numbers()) - {"H002"}
    desk.key(Qt.Key.Key_F6)
    desk.until_said(f"Nobody can be called aloud now. {own} was taken in here, and is called first: F5.")
    desk.call_next()
    desk.until_said(f"{own} called to Counter 1. Call it aloud: the display shows nothing while cut off.")


def test_the_room_of_a_visit_that_ends_while_cut_off_is_free(desk: DeskDriver, net: Net, other: At) -> None:
    other.change_settings(settings(rooms=(Room("r1", "Room 1"),)))
    take(desk)
    desk.call_next()
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.main().startswith("Finish"))
    (card,) = other.door.ask(Search(OFFICE, "H001"))
    At(other.door, COUNTER_1, PRIYA, "Desk 1").on(AssignRoom, card.visit_id, room_id="r1")
    model = desk.window.counter_model

    def room() -> str:
        return str(model.index(model.row_of("room r1"), 1).data())

    desk.until(lambda: room() == "H001")
    cut(desk, net)
    assert room() == "H001"
    desk.key(Qt.Key.Key_F8)
    desk.until(lambda: room() == "Free")
    net.mend("Desk 1")


def test_every_key_is_answered_plainly_while_cut_off(desk: DeskDriver, net: Net) -> None:
    take(desk)
    desk.call_next()
    cut(desk, net)

    def answered(panel: type[Panel], words: str) -> None:
        shown = desk.until_panel(panel)
        desk.until(lambda: shown.problem().startswith(f"{words} while the database is out of reach."))
        assert "ooking" not in " ".join(each.text() for each in shown.findChildren(Paragraph) if each.isVisible())

    desk.key(Qt.Key.Key_B, CTRL)
    answered(AnotherTimePanel, "Free times can't be looked up")
    desk.key(ENTER)
    answered(AnotherTimePanel, "Free times can't be looked up")
    desk.key("D")
    answered(AnotherTimePanel, "Free times can't be looked up")
    desk.key(ESCAPE)
    desk.key(Qt.Key.Key_F11)
    answered(RoomPanel, "Rooms can't be looked up or given")
    desk.key(ESCAPE)
    desk.key(Qt.Key.Key_F12)
    panel = desk.until_panel(InterpreterPanel)
    panel.language.set_value("pol")
    desk.key(ENTER)
    answered(InterpreterPanel, "Interpreters can't be entered")
    desk.key(ESCAPE)
    desk.key(Qt.Key.Key_A, CTRL | SHIFT)
    desk.until_panel(AnnouncePanel)
    desk.key(ENTER)
    answered(AnnouncePanel, "What visitors are told can't be kept")
    desk.key(ESCAPE)
    desk.key(Qt.Key.Key_S, CTRL)
    desk.until_said("What is to be settled is not known while the database is out of reach.")
    desk.key(Qt.Key.Key_F, CTRL)
    finding = desk.until_panel(FindPanel)
    desk.type("ada")
    desk.until(lambda: finding.words.text().startswith("Nobody found for “ada” among those who are here"))
    desk.key(ESCAPE)
    desk.key(Qt.Key.Key_F3)
    found = desk.until_panel(CheckInPanel)
    desk.type("ada")
    answered(CheckInPanel, "Appointments can't be looked up")
    desk.key(ENTER)
    answered(CheckInPanel, "Appointments can't be looked up")
    assert found.text.text() == "ada", "nothing that was typed is lost"
    desk.key(Qt.Key.Key_F4)
    desk.until(lambda: bool(desk.window.findChildren(BookPage)))
    (book,) = desk.window.findChildren(BookPage)
    desk.until(lambda: book.problem.text().startswith("The book can't be read while the database is out of reach."))
    desk.key(ESCAPE)
    desk.until_panel(CheckInPanel)
    net.mend("Desk 1")
    desk.until(lambda: found.words.text() == "No appointment found for “ada”.")
    assert found.problem() == ""


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


def is_called_there(door: Door) -> bool:
    """Whether the station's own file knows that a visit was called."""
    assert isinstance(door, StationDoor)
    with door.own.read() as (connection, _head, _now):
        return connection.execute(sa.select(t.visit.c.state)).scalars().all() == [State.CALLED.value]


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
        take(desk)
        desk.call_next()
        desk.until(lambda: is_called_there(door))
        goes(proxy)
        # Before anybody has found out.
        desk.key(Qt.Key.Key_B, CTRL)
        panel = desk.until_panel(AnotherTimePanel)
        desk.until(lambda: panel.problem().startswith("Free times can't be looked up"))
        desk.key(ESCAPE)
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
