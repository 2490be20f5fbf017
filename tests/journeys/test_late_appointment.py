"""An appointment that will not be seen in time, on the real window at the real door: told, and given another time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.booked import DelayAnswer, DelayReason, LetterKind, Standing
from reception.domain.events import DelayTold
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State
from reception.domain.visitor import Visitor
from reception.services import commands as c
from tests.journeys.book_hands import BookHands, door_with_book, facts_about, read
from tests.services.bookkeeping import books
from tests.services.the_book import AtBook, place, when
from tests.support import COUNTER_3, GRACE, HOUSING, PIN, At
from tests.ui.desk_driver import CTRL, ENTER
from ui.book.find_panel import FindPanel
from ui.book.letter_panel import LetterPanel
from ui.desk.tell_panel import TellPanel
from ui.panels.another_time import AnotherTimePanel

BOOKED = when(10, 10)
PROMISED_BY = when(10, 15)
LARGE_CAPITAL = 11
"""Points: capitals of 12 pt are lower, those of 18 pt are higher."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(9, 50))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    folder.mkdir()
    return folder


@pytest.fixture
def door(sqlite_url: str, clock: SetClock, paper: Path) -> Iterator[Door]:
    """On one engine: what telling and moving write is tried on both in tests/services and tests/storage."""
    opened = door_with_book(sqlite_url, clock, paper)
    yield opened
    opened.close()


@pytest.fixture
def booked(door: Door, clock: SetClock) -> c.Result:
    """Ada Byron is here in time for Grace, who sits with somebody since 9.50."""
    at = AtBook(door)
    grace = At(door, COUNTER_3, GRACE, "Desk 3").sign_in()
    before = at.take(HOUSING, named_officer_id=GRACE)
    grace.next()
    grace.on(c.StartService, before)
    visitor = Visitor(Person("Ada Byron", needs=frozenset({Need.LARGE_PRINT})), address="1 High Street\nTown")
    made = at.book(place(BOOKED), visitor=visitor, named_officer=True)
    clock.at = when(10, 4)
    at.check_in(made)
    clock.at = when(10, 9)
    return made


@pytest.fixture
def desk(qtbot: QtBot, door: Door, booked: c.Result, clock: SetClock, paper: Path) -> BookHands:
    hands = BookHands(qtbot, door, clock, paper)
    hands.sign_in(pin=PIN)
    return hands


def until_asked_to_tell(desk: BookHands) -> None:
    """Minutes pass, and the desk asks by itself."""
    for _ in range(7):
        desk.minutes_pass(1)
        desk.until_answered()
        if "Tell H002" in desk.said():
            return
    desk.until(lambda: "Tell H002" in desk.said() or bool(desk.pass_time(1_000)))


def told(door: Door, visit_id: str) -> DelayTold:
    return next(each.fact for each in books(door)[visit_id].facts if isinstance(each.fact, DelayTold))


def another_time(desk: BookHands) -> TellPanel:
    """F6, a reason, A, and the nearest time: it begins when the old one would have ended."""
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(TellPanel)
    desk.until(lambda: bool(panel.offered()))
    desk.key("1")
    desk.key(Qt.Key.Key_A)
    times = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: times.slot() is not None)
    assert isinstance(times, AnotherTimePanel)
    slot = times.slot()
    assert slot is not None and slot.place.starts == when(10, 40)
    return times


def height_of_capitals(pdf: bytes) -> float:
    """Of the D of "Dear", in points."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0].get_textpage()
        found = page.search("Dear").get_next()
        assert found is not None
        _left, bottom, _right, top = page.get_charbox(found[0])
        return float(top - bottom)
    finally:
        document.close()


def test_the_visitor_is_told_and_given_another_time(
    desk: BookHands, door: Door, booked: c.Result, clock: SetClock
) -> None:
    at = AtBook(door)
    visit_id = at.stands(booked).visit_id
    until_asked_to_tell(desk)
    assert clock.at <= PROMISED_BY + MINUTE, "asked before the promise is lost, or as soon as it is"
    times = another_time(desk)
    slot = times.slot()
    assert slot is not None and slot.place.officer_id == GRACE, "the officer who was asked for"
    offered = times.offered()
    desk.key(ENTER)
    desk.until_said("moved to")

    # one visit that is over, one appointment that is to come, nothing in between
    appointment, visit = at.stands(booked), books(door)[visit_id].visit
    assert (appointment.standing, appointment.place) == (Standing.BOOKED, slot.place)
    assert (visit.state, visit.end, visit.arrived_at) == (State.ENDED, End.BOOKED, when(10, 4))
    assert facts_about(door, booked.appointment_id)[-1] == "AppointmentMoved"
    fact = told(door, visit_id)
    assert (fact.answer, fact.promised_at) == (DelayAnswer.ANOTHER_TIME, PROMISED_BY)
    assert fact.offered == offered
    desk.until(lambda: desk.numbers() == [])
    again = at.book(place(when(10, 20), 20), name="Grace Hopper")
    assert at.stands(again).standing is Standing.BOOKED, "what is left of the old time is free"

    # the letter says the new time, in the visitor's size
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.window.pages.currentIndex() == 1)
    letter = desk.until_asked(LetterPanel)
    desk.until(lambda: letter.preview.pages() > 0)
    assert letter.kind.value() == LetterKind.NEW_TIME
    desk.key(ENTER)
    printed = desk.printed()
    words = read(printed)
    assert booked.reference in words
    assert "Ada Byron" in words
    assert height_of_capitals(printed) > LARGE_CAPITAL
    desk.until_said("The letter is kept with the booking.")


def test_both_steps_are_taken_back(desk: BookHands, door: Door, booked: c.Result) -> None:
    at = AtBook(door)
    visit_id = at.stands(booked).visit_id
    until_asked_to_tell(desk)
    another_time(desk)
    desk.key(ENTER)
    desk.until_said("moved to")
    desk.until(lambda: desk.numbers() == [])
    desk.undo("moving H002")
    desk.until(lambda: desk.numbers() == ["H002"])
    appointment, visit = at.stands(booked), books(door)[visit_id].visit
    assert (appointment.standing, appointment.place.starts) == (Standing.CHECKED_IN, BOOKED)
    assert (visit.state, visit.arrived_at) == (State.WAITING, when(10, 4))
    desk.undo("what H002 was told")
    assert books(door)[visit_id].visit.told == ()


def test_whoever_will_wait_is_told_again_and_gets_an_apology(desk: BookHands, door: Door, booked: c.Result) -> None:
    at = AtBook(door)
    visit_id = at.stands(booked).visit_id
    until_asked_to_tell(desk)
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(TellPanel)
    desk.until(lambda: bool(panel.offered()))
    minutes = panel.expected_minutes()
    desk.key(Qt.Key.Key_W)
    desk.until_said("H002 was told and will wait.")
    fact = told(door, visit_id)
    assert (fact.answer, fact.reason) == (DelayAnswer.WILL_WAIT, DelayReason.RUNNING_OVER)
    desk.minutes_pass(minutes + 1)
    desk.until(lambda: "Tell H002 again" in desk.said() or bool(desk.pass_time(1_000)))

    desk.open_book()
    desk.key(Qt.Key.Key_F, CTRL)
    found = desk.until_asked(FindPanel)
    desk.type("Byron")
    desk.until(lambda: len(found.picks.picks()) == 1)
    desk.key(ENTER)
    desk.until_asked(None)
    desk.until(lambda: desk.chosen_name() == "Ada Byron")
    desk.key(Qt.Key.Key_P, CTRL)
    letter = desk.until_asked(LetterPanel)
    desk.until(lambda: letter.preview.pages() > 0)
    assert letter.kind.value() == LetterKind.DELAY_APOLOGY
    desk.key(ENTER)
    printed = desk.printed()
    assert "Ada Byron" in read(printed)
    assert "sorry" in read(printed)
    assert height_of_capitals(printed) > LARGE_CAPITAL


def test_an_offered_time_that_somebody_else_took_changes_nothing(desk: BookHands, door: Door, booked: c.Result) -> None:
    at = AtBook(door)
    until_asked_to_tell(desk)
    times = another_time(desk)
    slot = times.slot()
    assert slot is not None
    at.book(slot.place, name="Grace Hopper")
    before = facts_about(door, booked.appointment_id)
    desk.key(ENTER)
    desk.until(lambda: bool(times.problem()))
    assert facts_about(door, booked.appointment_id) == before
    assert at.stands(booked).standing is Standing.CHECKED_IN
    desk.until(lambda: times.slot() is not None and times.slot() != slot)
    desk.key(ENTER)
    desk.until_said("moved to")
    assert at.stands(booked).place != slot.place
