"""What visitors need, at the real window and door: an interpreter on the line, a home visit, the officer who is due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.booked import Kind, LetterKind
from reception.domain.events import VisitCalled
from reception.domain.person import Need, Person
from reception.domain.visit_states import State
from tests.journeys.book_hands import BookHands, door_with_book, read
from tests.services.bookkeeping import books
from tests.services.the_book import TUESDAY, AtBook, place, when
from tests.support import PIN, PLANNING, door_on
from tests.ui.desk_driver import CTRL, ENTER, DeskDriver
from ui.book.letter_panel import LetterPanel
from ui.book.new_panel import NewPanel
from ui.desk.interpreter_panel import InterpreterPanel
from ui.desk.visit_panel import VisitPanel


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(10, 26))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    folder.mkdir()
    return folder


@pytest.fixture
def door(sqlite_url: str, clock: SetClock, paper: Path) -> Iterator[Door]:
    opened = door_with_book(sqlite_url, clock, paper)
    yield opened
    opened.close()


@pytest.fixture
def desk(qtbot: QtBot, door: Door, clock: SetClock, paper: Path) -> BookHands:
    hands = BookHands(qtbot, door, clock, paper)
    hands.sign_in(pin=PIN)
    return hands


# -- an interpreter on the line --------------------------------------------------------------------------------


def ask_for_interpreter(desk: BookHands, number: str) -> InterpreterPanel:
    desk.choose_row(desk.window.queue, number)
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_F12)
    panel = desk.until_panel(InterpreterPanel)
    assert isinstance(panel, InterpreterPanel)
    return panel


def test_nobody_is_called_before_the_interpreter_is_on_the_line(desk: BookHands, door: Door) -> None:
    person = Person("Rebwar Ahmed", spoken="ckb", needs=frozenset({Need.INTERPRETER}))
    taken = AtBook(door).take(PLANNING, person=person)
    desk.until(lambda: desk.numbers() == ["P001"])
    panel = ask_for_interpreter(desk, "P001")
    desk.until(lambda: panel.found.rowCount() > 0)
    assert "020 7946 0300" in panel.line.text(), "the number of the line is in sight"
    desk.key(ENTER)
    desk.until_said("interpreter asked for.")
    desk.until(lambda: desk.window.counter_sheet.main.detail() == "Nobody is waiting for you")
    desk.key(Qt.Key.Key_F5)
    desk.until_answered()
    assert books(door)[taken.visit_id].visit.state is State.WAITING

    ask_for_interpreter(desk, "P001")
    desk.key(Qt.Key.Key_H)
    desk.until_said("the interpreter is there.")
    desk.undo("that the interpreter of P001 is there")
    desk.until(lambda: desk.window.counter_sheet.main.detail() == "Nobody is waiting for you")
    ask_for_interpreter(desk, "P001")
    desk.key(Qt.Key.Key_H)
    desk.until_said("the interpreter is there.")
    desk.call_next()
    assert desk.number_here() == "P001"


# -- a home visit that the council arranges --------------------------------------------------------------------


def test_a_home_visit_at_short_notice_needs_a_reason_and_its_letter_says_who_comes(desk: BookHands, door: Door) -> None:
    desk.open_book()
    desk.key(Qt.Key.Key_PageDown)
    desk.until(lambda: desk.page.view().first == TUESDAY)
    desk.until_answered()
    desk.until(lambda: desk.page.chosen().free is not None or bool(desk.key(Qt.Key.Key_Down)))
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_asked(NewPanel)
    desk.key("h")
    desk.until(lambda: panel.finder.slot() is not None)
    desk.until_answered()
    desk.tab_to(next(each for each in panel.kind.controls() if each.isChecked()))
    desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Right)
    assert panel.kind.value() == Kind.HOME_VISIT
    desk.until_answered()
    desk.until(lambda: panel.finder.slot() is not None)
    slot = panel.finder.slot()
    home = panel.form.home
    for field, words in (
        (panel.form.name, "Ada Byron"),
        (home.purpose, "To look at the damp"),
        (home.password, "blue kettle"),
        (home.have_ready, "Your tenancy agreement"),
    ):
        desk.fill(field, words)
    assert panel.rest.by_council.isChecked(), "a home visit is arranged by the council unless somebody says otherwise"
    desk.key(ENTER)
    desk.until(panel.asks_reason)
    assert "less notice than is promised" in panel.problem()
    assert panel.reason.hasFocus()
    desk.key(ENTER)
    assert "Say why" in panel.problem()
    desk.type("She asked us to come soon")
    desk.key(ENTER)
    desk.until_asked(None)
    desk.until(lambda: desk.chosen_name() == "Ada Byron")
    row = desk.page.chosen().row
    assert row is not None and slot is not None
    card = AtBook(door).shown(row.id)
    assert (card.reason, card.row.kind, card.row.by_council) == ("She asked us to come soon", Kind.HOME_VISIT, True)
    assert card.row.starts == slot.place.starts

    desk.key(Qt.Key.Key_P, CTRL)
    letter = desk.until_asked(LetterPanel)
    desk.until(lambda: letter.preview.pages() > 0)
    assert letter.kind.value() == LetterKind.HOME_VISIT
    desk.key(ENTER)
    words = read(desk.printed())
    for said in ("To look at the damp", slot.officer, "photo identification", "blue kettle", "tenancy agreement"):
        assert said in words, said


# -- two desks -------------------------------------------------------------------------------------------------


@pytest.fixture
def graces(qtbot: QtBot, door: Door, sqlite_url: str, clock: SetClock) -> Iterator[DeskDriver]:
    """Grace's own window, at a door of its own."""
    other = door_on(sqlite_url, clock)
    window = DeskDriver(qtbot, other, counter="Counter 3", station="Desk 3")
    window.sign_in("Grace Okafor", pin=PIN)
    yield window
    other.close()


def test_two_desks_press_f5_for_one_appointment(
    desk: BookHands, graces: DeskDriver, door: Door, clock: SetClock
) -> None:
    at = AtBook(door)
    here = at.check_in(at.book(place(when(10, 30))))
    clock.at = when(10, 30)
    for each in (desk, graces):
        each.until(lambda each=each: each.numbers() == [here.number])  # type: ignore[misc]
        each.pass_time(4 * MINUTE)
    for each in (desk, graces):
        each.window.activateWindow()
        each.key(Qt.Key.Key_F5)
    graces.until(lambda: here.number in (desk.number_here(), graces.number_here()))
    desk.until_answered()
    graces.until_answered()
    shown = [each.number_here() for each in (desk, graces)]
    assert sorted(shown) == sorted([here.number, "Ready"]), "one of them, not both"
    called = [each for each in books(door)[here.visit_id].facts if isinstance(each.fact, VisitCalled)]
    assert len(called) == 1


def test_the_main_key_waits_for_an_appointment_that_nobody_has_come_for_and_calls_whoever_has(
    desk: BookHands, graces: DeskDriver, door: Door
) -> None:
    at = AtBook(door)
    booked = at.book(place(when(10, 30)))
    walk_in = at.take(PLANNING)
    graces.until(lambda: graces.numbers() == [walk_in.number])
    graces.until(lambda: graces.main() == "Wait for 10.30am")
    graces.key(Qt.Key.Key_F5)
    graces.until_said("Housing at 10.30am is due with you.")
    assert graces.number_here() == "Ready"
    graces.key(Qt.Key.Key_F6)
    graces.until_said(f"{walk_in.number} called to Counter 3.")
    graces.until(lambda: graces.number_here() == walk_in.number)
    graces.key(Qt.Key.Key_Z, CTRL)
    graces.until_said(f"Taken back: the call of {walk_in.number}")
    graces.until(lambda: graces.number_here() == "Ready")
    due = at.check_in(booked)
    graces.until(lambda: graces.main() == "Call next")
    assert graces.window.counter_sheet.main.detail().startswith(f"{due.number} next: ")
    graces.key(Qt.Key.Key_F5)
    graces.until(lambda: graces.number_here() == due.number)
