"""The book's page as a person uses it: days, columns, and what is moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from tests.ui.book_driver import ENTER, ESCAPE, BookDriver
from tests.ui.sample_book import at, row
from ui.book.columns import By, Range
from ui.book.move_panel import DroppedPanel, MovePanel
from ui.book.new_panel import NewPanel


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


# -- days and columns -----------------------------------------------------------------------------------------------


def test_it_opens_at_the_next_appointment(book: BookDriver) -> None:
    assert book.title() == "Tuesday 24 November"
    book.until(lambda: book.chosen() == "peter")
    assert book.page.grid.hasFocus()


def test_keys_turn_the_days_and_come_back(book: BookDriver) -> None:
    book.key(Qt.Key.Key_PageDown)
    assert book.title() == "Wednesday 25 November"
    book.key(Qt.Key.Key_PageUp)
    book.key(Qt.Key.Key_PageUp)
    assert book.title() == "Monday 23 November"
    book.key("t")
    book.until(lambda: book.title() == "Tuesday 24 November")


def test_a_week_is_of_whom_was_chosen(book: BookDriver) -> None:
    book.choose("samuel")
    book.key("w")
    assert (book.title(), book.page.header.who.currentText()) == ("23 to 29 November", "Li Wei")
    book.until_answered()
    book.key(Qt.Key.Key_PageDown)
    assert (book.title(), book.page.header.who.currentText()) == ("30 November to 6 December", "Li Wei")
    book.key("d")
    assert book.page.shown().range is Range.DAY


def test_rooms_and_officers(book: BookDriver) -> None:
    book.key("r")
    assert book.page.shown().by is By.ROOMS
    book.until(lambda: book.page.grid.plan().columns[0].title == "Room 1")  # type: ignore[union-attr]
    book.key("o")
    assert book.page.shown().by is By.OFFICERS


def test_what_another_desk_books_is_shown_by_itself(book: BookDriver) -> None:
    book.link.watch(_desk())
    new = row("new", "ewan", at(16), 15, "New One")
    book.fake.rows["new"] = new
    book.fake.sequence += 1
    book.until(lambda: "new" in book.page.grid.plan().by_key)  # type: ignore[union-attr]


def _desk() -> object:
    from reception.services.queries import Desk

    return Desk("civic", "c3", "Desk 3")


def test_escape_leaves_the_book(book: BookDriver) -> None:
    book.key(ESCAPE)
    assert book.left == [True]


def test_a_database_that_does_not_answer_says_so(book: BookDriver) -> None:
    book.fake.fail_ask = Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")
    book.key(Qt.Key.Key_PageDown)
    book.until(book.page.problem.isVisible)
    assert book.page.problem.text() == "The database can't be reached. Check the network."
    assert book.page.grid.plan() is None, "what is known of Tuesday does not pass for Wednesday"
    book.page.grid.grab()
    book.fake.fail_ask = None
    book.key(Qt.Key.Key_PageUp)
    book.until(lambda: book.page.grid.plan() is not None)
    assert book.page.problem.isHidden()


# -- moving ---------------------------------------------------------------------------------------------------------


def test_dragging_asks_and_enter_moves(book: BookDriver) -> None:
    book.fake.wanting = ()
    start = book.point_of("dawn")
    book.drag(start, start + QPoint(0, 60))
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Move to 12.25pm?"
    assert book.page.grid.ghost() is not None
    book.key(ENTER)
    book.until_panel(None)
    assert book.done(ac.MoveAppointment)[0].place.starts == at(12, 25)
    book.until(lambda: book.page.grid.ghost() is None)


def test_moving_by_keys_to_another_officer(book: BookDriver) -> None:
    book.choose("aoife")
    book.key("m")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, ENTER):
        book.key(key)
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Move to 2.10pm, Rukhsana Aziz?"
    book.key(ESCAPE)
    book.until_panel(None)
    assert book.page.grid.ghost() is None
    assert not book.done(ac.MoveAppointment)


def test_a_move_is_done_once(book: BookDriver) -> None:
    book.fake.wanting = ()
    book.choose("aoife")
    book.key("m")
    for _ in range(6):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    book.until_panel(DroppedPanel)
    book.fake.gate.clear()
    book.key(ENTER)
    book.key(ENTER)
    book.fake.gate.set()
    book.until_panel(None)
    moves = book.done(ac.MoveAppointment)
    assert len(moves) == 1
    assert (moves[0].place.starts, moves[0].version, moves[0].by_visitor) == (at(15), 1, True)
    book.until(lambda: book.chosen() == "aoife")


def test_a_clash_offers_the_next_times_and_one_of_them_is_taken(book: BookDriver) -> None:
    book.choose("samuel")
    book.key("m")
    for _ in range(18):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    assert panel.title.text() == "Move to 2pm?"
    book.key(ENTER)
    book.until(lambda: panel.problem() == "Somebody else has this time. Choose one of the next free times.")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.key("2")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))


def test_out_of_hours_needs_a_reason_which_is_kept(book: BookDriver) -> None:
    book.choose("aoife")
    book.key("m")
    for _ in range(20):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(panel.asks_reason)
    book.key(ENTER)
    assert panel.problem().startswith("Say why")
    book.type("Works until five")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    assert book.done(ac.MoveAppointment)[0].reason == "Works until five"


def test_another_time_in_one_question(book: BookDriver) -> None:
    book.choose("samuel")
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key("3")
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    move = book.done(ac.MoveAppointment)[0]
    assert len(move.offered) == 3
    assert move.place.starts == move.offered[2]


def test_another_day_is_shown_with_the_appointment_chosen(book: BookDriver) -> None:
    book.choose("samuel")
    day = book.page.shown().day
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    panel.finder.day.setCurrentIndex(3)
    book.until(lambda: all(place.starts > at(0, 0, day + timedelta(days=3)) for place in _places(panel)))  # type: ignore[attr-defined]
    book.until_still()
    panel.finder.picks.setFocus()
    book.key(ENTER)
    book.key(ENTER)
    book.until_panel(None)
    book.until(lambda: book.page.shown().day == day + timedelta(days=3))
    book.until(lambda: book.chosen() == "samuel")


def test_stretching_by_keys(book: BookDriver) -> None:
    book.choose("aoife")
    book.key("-")
    book.key(ENTER)
    book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(lambda: bool(book.done(ac.MoveAppointment)))
    place = book.done(ac.MoveAppointment)[0].place
    assert place.ends - place.starts == 35 * MINUTE


def _places(panel: NewPanel | MovePanel) -> list[object]:
    return [slot.place for slot in panel.finder._slots.values()]
