"""A day in the book on the real window at the real door: booked by keys, the letter printed, scanned, a clash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.booked import LetterKind, Standing
from reception.domain.person import Need
from reception.domain.visit_states import State
from reception.services import queries as q
from tests.journeys.book_hands import BookHands, code_on, door_with_book, read, second_door
from tests.services.the_book import ALEX, ROOM_1, TUESDAY, AtBook, refused, when
from tests.support import GRACE, HOUSING, OFFICE, PIN
from tests.ui.desk_driver import CTRL, ENTER
from ui.book.letter_panel import LetterPanel
from ui.book.new_panel import NewPanel
from ui.desk.sign_panels import SignInPanel, SignOffPanel

LATE_ON_MONDAY = when(16, 50)
"""Nothing is free today any more: the nearest times are tomorrow's."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(LATE_ON_MONDAY)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = tmp_path / "paper"
    folder.mkdir()
    return folder


@pytest.fixture
def door(database_url: str, clock: SetClock, paper: Path) -> Iterator[Door]:
    opened = door_with_book(database_url, clock, paper)
    yield opened
    opened.close()


@pytest.fixture
def desk(qtbot: QtBot, door: Door, clock: SetClock, paper: Path) -> BookHands:
    hands = BookHands(qtbot, door, clock, paper)
    hands.sign_in(pin=PIN)
    return hands


@pytest.fixture
def elsewhere(door: Door, database_url: str, clock: SetClock) -> Iterator[AtBook]:
    """Another desk, with a door of its own on the same database."""
    other = second_door(database_url, clock)
    yield other
    other.door.close()


def new_booking(desk: BookHands) -> NewPanel:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_asked(NewPanel)
    desk.key("h")
    desk.until(lambda: len(panel.finder.picks.picks()) == 3)
    desk.until_answered()
    assert isinstance(panel, NewPanel)
    return panel


def the_appointment(desk: BookHands) -> str:
    row = desk.page.chosen().row
    assert row is not None
    return row.id


def test_a_booking_from_f4_to_the_visitor_s_code_at_the_desk(desk: BookHands, door: Door) -> None:
    desk.open_book()
    panel = new_booking(desk)
    form = panel.form
    desk.tick(form.wants.head)
    desk.tick(form.needs.tick(Need.BSL.value))
    desk.tick(form.needs.tick(Need.STEP_FREE.value))
    desk.tick(form.wants.head)
    desk.until_answered()
    desk.tab_to(panel.finder.picks.controls()[0])
    slot = desk.take(panel, "2")
    assert (slot.place.interpreter_id, slot.place.room_id) == (ALEX, ROOM_1)
    assert form.name.hasFocus(), "who it is for is asked next"
    desk.type("Ada Byron")
    desk.key(ENTER)
    desk.until_asked(None)
    desk.until_said("Booked, AP-")

    # in the grid, on its own day
    desk.until(lambda: desk.chosen_name() == "Ada Byron")
    assert desk.page.shown().day == TUESDAY
    assert desk.names() == ["Ada Byron"]
    appointment = the_appointment(desk)
    reference = desk.page.chosen().row.reference  # type: ignore[union-attr]

    # the letter, looked at and printed
    desk.key(Qt.Key.Key_P, CTRL)
    letter = desk.until_asked(LetterPanel)
    desk.until(lambda: letter.preview.pages() > 0)
    assert letter.problem() == ""
    desk.key(ENTER)
    printed = desk.printed()
    desk.until_said("The letter is kept with the booking.")
    words = read(printed)
    assert "Ada Byron" in words
    assert reference in words
    assert "Tuesday 3 March 2026" in words
    assert "British Sign Language" in words
    assert code_on(printed) == reference
    assert LetterKind.CONFIRMATION in AtBook(door).shown(appointment).letters

    # home, and the next morning the visitor brings the letter
    desk.until_asked(None)
    desk.leave_book()
    desk.key(Qt.Key.Key_L, CTRL)
    desk.until_panel(SignOffPanel)
    desk.key(ENTER)
    desk.until_panel(SignInPanel)
    desk.clock.at = slot.place.starts - 4 * MINUTE
    desk.sign_in(pin=PIN)
    desk.until(lambda: desk.window.today_model.rowCount() == 1)
    desk.scan(code_on(printed))
    desk.until_said("H001:")
    assert AtBook(door).stands(appointment).standing is Standing.CHECKED_IN
    desk.until(lambda: desk.numbers() == ["H001"])

    # a slip of the finger is taken back, and the letter is good once more
    desk.undo("the check-in of H001")
    assert AtBook(door).stands(appointment).standing is Standing.BOOKED
    desk.until(lambda: desk.numbers() == [])
    desk.scan(reference)
    desk.until_said("H002:")


def test_a_booking_is_taken_back_where_it_was_made(desk: BookHands, door: Door) -> None:
    desk.open_book()
    desk.take(new_booking(desk), "1")
    desk.type("Ada Byron")
    desk.key(ENTER)
    desk.until_said("Booked, AP-")
    desk.until(lambda: desk.chosen_name() == "Ada Byron")
    appointment = the_appointment(desk)
    desk.undo("the booking of AP-")
    desk.until(lambda: desk.names() == [])
    assert AtBook(door).stands(appointment).voided


def test_a_time_that_another_desk_takes_while_it_is_offered(desk: BookHands, elsewhere: AtBook, door: Door) -> None:
    desk.open_book()
    panel = new_booking(desk)
    first = next(iter(panel.finder._slots.values()))
    theirs = elsewhere.book(first.place, name="Grace Hopper")
    desk.key("1")
    desk.until(lambda: "Next free:" in panel.problem())
    desk.until(lambda: first not in panel.finder._slots.values())
    slot = desk.take(panel, "1")
    desk.until(lambda: panel.problem() == "")
    desk.type("Mary Shelley")
    desk.key(ENTER)
    desk.until_asked(None)
    desk.until(lambda: desk.chosen_name() == "Mary Shelley")
    assert AtBook(door).stands(the_appointment(desk)).place == slot.place
    assert elsewhere.stands(theirs).place == first.place


def test_a_clash_keeps_what_was_typed_and_the_next_time_is_one_key(
    desk: BookHands, elsewhere: AtBook, door: Door
) -> None:
    """The slot was held; while somebody talked on, the hold ran out."""
    desk.open_book()
    panel = new_booking(desk)
    slot = desk.take(panel, "1")
    desk.until(lambda: panel._note_words.startswith("held until"))
    assert refused(lambda: elsewhere.book(slot.place)).code == "slot_taken"
    desk.type("Mary Shelley")
    desk.fill(panel.form.telephone, "01707 555012")
    desk.minutes_pass(6)
    elsewhere.book(slot.place, name="Grace Hopper")
    desk.key(ENTER)
    desk.until(lambda: "Next free:" in panel.problem())
    next_slot = desk.take(panel, "1")
    assert next_slot.place != slot.place
    assert (panel.form.name.text(), panel.form.telephone.text()) == ("Mary Shelley", "01707 555012")
    desk.key(ENTER)
    desk.until_asked(None)
    desk.until(lambda: desk.chosen_name() == "Mary Shelley")
    card = AtBook(door).shown(the_appointment(desk))
    assert (card.row.starts, card.visitor.telephone) == (next_slot.place.starts, "01707 555012")


def test_a_walk_in_for_a_named_officer_becomes_a_booking(desk: BookHands, door: Door) -> None:
    taken = AtBook(door).take(HOUSING, named_officer_id=GRACE)
    desk.until(lambda: desk.numbers() == ["H001"])
    desk.key(Qt.Key.Key_Q, CTRL)
    desk.key(Qt.Key.Key_B, CTRL)
    desk.until(lambda: desk.panel() is not None)
    panel = desk.panel()
    desk.until(lambda: panel.slot() is not None)  # type: ignore[union-attr]
    assert {slot.place.officer_id for slot in panel._slots} == {GRACE}  # type: ignore[union-attr]
    desk.key("2")
    desk.key(ENTER)
    desk.until_said("booked for")
    card = door.ask(q.Search(OFFICE, taken.number))[0]
    assert (card.state, str(card.end)) == (State.ENDED, "booked")
    desk.until(lambda: desk.numbers() == [])

    # its letter is one key away
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.window.pages.currentIndex() == 1)
    letter = desk.until_asked(LetterPanel)
    desk.until(lambda: letter.preview.pages() > 0)
    desk.key(ENTER)
    assert "Grace Okafor" in read(desk.printed())
