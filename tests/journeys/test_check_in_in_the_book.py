"""F3 in the book says what it says at the desk, and leads to the same ways out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import HOUR, MINUTE, SetClock
from reception.domain.booked import Standing
from tests.journeys.book_hands import BookHands, door_with_book
from tests.services.the_book import AtBook, place, when
from tests.support import PIN
from ui.desk.visit_panel import VisitPanel
from ui.panels.another_time import AnotherTimePanel

BOOKED = when(10, 30)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(BOOKED)


@pytest.fixture
def door(tmp_path: Path, clock: SetClock) -> Iterator[Door]:
    clock.at = BOOKED - 60 * MINUTE
    door = door_with_book(f"sqlite:///{tmp_path / 'reception.db'}", clock)
    yield door
    door.close()


def at_the_book(qtbot: QtBot, door: Door, clock: SetClock, name: str) -> BookHands:
    hands = BookHands(qtbot, door, clock)
    hands.sign_in(pin=PIN)
    hands.open_book()
    hands.until(lambda: name in hands.names())
    key = next(key for key, block in hands.page.grid.plan().by_key.items() if block.row and block.row.name == name)  # type: ignore[union-attr]
    hands.page.grid.choose_key(key)
    hands.until_answered()
    return hands


def offered(desk: BookHands) -> list[str]:
    return [button.text() for button in desk.window.line.action_buttons()]


def take_offer(desk: BookHands) -> None:
    button = desk.window.line.action_buttons()[0]
    desk.until(button.isVisible)
    desk.click(button)


def open_book_is_shown(desk: BookHands) -> bool:
    return desk.window.pages.currentIndex() == 1


@pytest.mark.parametrize(
    ("minutes", "said", "offers"),
    [
        (-30, "H001: 10.30am with Grace Okafor. 30 min early. The promise counts from 10.30am.", []),
        (0, "H001: 10.30am with Grace Okafor. On time.", []),
        (10, "10 min late, within the grace of 15 min. Seen as promised.", []),
        (20, "20 min late, past the 15 min of grace. It waits as a walk-in; or offer another time.", ["Another time"]),
    ],
)
def test_how_a_visitor_stands_with_the_clock_is_said(
    qtbot: QtBot, door: Door, clock: SetClock, minutes: int, said: str, offers: list[str]
) -> None:
    AtBook(door).book(place(BOOKED), name="Ada Byron")
    clock.at = BOOKED + minutes * MINUTE
    desk = at_the_book(qtbot, door, clock, "Ada Byron")
    desk.key(Qt.Key.Key_F3)
    desk.until_said(said)
    assert offered(desk) == offers
    if offers:
        take_offer(desk)
        desk.until(lambda: not open_book_is_shown(desk))
        assert isinstance(desk.until_panel(AnotherTimePanel), AnotherTimePanel)


def test_whoever_is_here_already_is_a_click_away(qtbot: QtBot, door: Door, clock: SetClock) -> None:
    AtBook(door).book(place(BOOKED), name="Ada Byron")
    clock.at = BOOKED
    desk = at_the_book(qtbot, door, clock, "Ada Byron")
    desk.key(Qt.Key.Key_F3)
    desk.until_said("H001: 10.30am")
    desk.until(lambda: desk.page.chosen().row.standing is Standing.CHECKED_IN)  # type: ignore[union-attr]
    desk.key(Qt.Key.Key_F3)
    desk.until_said("The visitor has been checked in already.")
    assert offered(desk) == ["Open H001"]
    take_offer(desk)
    desk.until_panel(VisitPanel)
    assert not open_book_is_shown(desk)


def test_on_the_wrong_day_it_says_which_and_what_to_do(qtbot: QtBot, door: Door, clock: SetClock) -> None:
    AtBook(door).book(place(BOOKED + 24 * HOUR), name="Ada Byron")
    clock.at = BOOKED
    hands = BookHands(qtbot, door, clock)
    hands.sign_in(pin=PIN)
    hands.open_book()
    hands.key(Qt.Key.Key_PageDown)
    hands.until(lambda: "Ada Byron" in hands.names())
    hands.page.grid.choose_first()
    hands.until(lambda: hands.chosen_name() == "Ada Byron")
    hands.key(Qt.Key.Key_F3)
    hands.until_said("This appointment is on Tuesday 3 March.")
    assert offered(hands) == ["Another time", "New walk-in"]
