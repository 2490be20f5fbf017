"""Appointments from the desk on the real window at the real door: check in, a room, a delay told, another time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.booked import Standing
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State
from reception.domain.visitor import Visitor
from reception.services import queries as q
from reception.services.appointment_commands import AssignRoom
from reception.services.appointment_queries import Duties, OneAppointment
from tests.services.the_book import ROOM_1, AtBook, place, when, with_a_book
from tests.support import HOUSING, OFFICE, PIN, door_on
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.room_panel import RoomPanel
from ui.desk.tell_panel import TellPanel
from ui.desk.visit_panel import VisitPanel
from ui.panels.another_time import AnotherTimePanel


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(10, 30))


@pytest.fixture
def door(sqlite_url: str, clock: SetClock) -> Iterator[Door]:
    opened = door_on(sqlite_url, clock)
    AtBook(opened).set_up(**with_a_book_changes())
    yield opened
    opened.close()


def with_a_book_changes() -> dict[str, object]:
    values = with_a_book()
    return {"rooms": values.rooms, "interpreters": values.interpreters, "staff": values.staff}


@pytest.fixture
def desk(qtbot: QtBot, door: Door) -> DeskDriver:
    return DeskDriver(qtbot, door, counter="Counter 1", station="Desk 1")


def test_a_letter_is_scanned_and_the_visitor_gets_a_private_room(desk: DeskDriver, door: Door, clock: SetClock) -> None:
    visitor = Visitor(Person("Ada Byron", needs=frozenset({Need.PRIVATE})))
    booked = AtBook(door).book(place(when(10, 40)), visitor=visitor)
    desk.sign_in(pin=PIN)
    desk.until(lambda: desk.window.today_model.rowCount() == 1)
    desk.scan(booked.reference)
    desk.until_said("H001: 10.40am")
    desk.until(lambda: desk.numbers() == ["H001"])
    desk.choose_row(desk.window.queue, "H001")
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_F11)
    panel = desk.until_panel(RoomPanel)
    desk.until(lambda: panel.found.rowCount() == 2)
    assert panel.chosen() == ROOM_1, "the private one is suggested"
    desk.key(ENTER)
    desk.until_said("H001 has Interview room 1.")
    card = door.ask(q.Search(OFFICE, "H001"))[0]
    assert (card.room_id, card.state) == (ROOM_1, State.WAITING)
    desk.until_panel(None)
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said("Taken back: the room of H001.")


def test_a_visitor_is_called_to_the_room(desk: DeskDriver, door: Door) -> None:
    at = AtBook(door)
    walk_in = at.take(HOUSING)
    at.on(AssignRoom, walk_in, room_id=ROOM_1)
    desk.sign_in(pin=PIN)
    desk.until(lambda: desk.numbers() == ["H001"])
    desk.key(Qt.Key.Key_F5)
    desk.until_said("H001 called to Interview room 1.")


def test_by_search_and_another_time_in_place_of_the_wait(desk: DeskDriver, door: Door) -> None:
    booked = AtBook(door).book(place(when(10, 40)))
    desk.sign_in(pin=PIN)
    desk.key(Qt.Key.Key_F3)
    panel = desk.until_panel(CheckInPanel)
    desk.type("Byron")
    desk.until(lambda: panel.is_asked("Byron") and panel.found.rowCount() == 1)
    desk.key(ENTER)
    desk.until_said("H001: 10.40am")
    desk.choose_row(desk.window.queue, "H001")
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_B, CTRL)
    times = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: times.slot() is not None)
    desk.key(ENTER)
    desk.until_said("moved to")
    row = door.ask(OneAppointment(booked.appointment_id)).row
    assert (row.standing, row.moved) == (Standing.BOOKED, 1)
    assert door.ask(q.Search(OFFICE, "H001"))[0].end is End.BOOKED


def test_a_late_promise_is_told_and_kept(desk: DeskDriver, door: Door, clock: SetClock) -> None:
    at = AtBook(door)
    at.take(HOUSING)
    clock.at += 20 * MINUTE
    duties = door.ask(Duties(OFFICE))
    assert [duty.number for duty in duties] == ["H001"], "its promise is lost"
    desk.sign_in(pin=PIN)
    desk.elapsed += 60_000
    desk.until(lambda: "Tell H001" in desk.said() or bool(desk.pass_time(1_000)))
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(TellPanel)
    desk.until(lambda: bool(panel.offered()))
    desk.key(Qt.Key.Key_W)
    desk.until_said("H001 was told and will wait.")
    assert door.ask(q.Search(OFFICE, "H001"))[0].told_at is not None


def test_the_book_is_opened_and_left(desk: DeskDriver, door: Door) -> None:
    AtBook(door).book(place(when(11, 0)))
    desk.sign_in(pin=PIN)
    desk.key(Qt.Key.Key_F4)
    desk.until(lambda: desk.window.pages.currentIndex() == 1)
    desk.until_answered()
    desk.key(ESCAPE)
    desk.until(lambda: desk.window.pages.currentIndex() == 0)
    assert desk.main() == "Call next"
