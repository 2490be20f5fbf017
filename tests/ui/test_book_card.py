"""The card beside the book: what it says of an appointment, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.errors import Code, Refusal
from reception.services import appointment_commands as ac
from tests.ui.book_driver import BookDriver
from tests.ui.fake_book import FakeBook
from tests.ui.sample_book import NOW, at, row, rows
from ui.widgets import ElidingLabel


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot)
    yield driver
    driver.link.close()


def test_the_card_says_who_what_and_what_is_held(book: BookDriver) -> None:
    book.choose("samuel")
    book.until(lambda: "About: Extension" in book.card_words())
    words = book.card_words()
    for said in (
        "11am to 11.40am",
        "Planning, today, in 18 min",
        "Visitor: Samuel Adebayo",
        "British Sign Language, Large print",
        "Held together, no clash",
        "Li Wei, officer: Free 10.50 to 12.30",
        "Room 3, private: Set-up from 10.50, free again 11.40",
        "Maria Szabó, BSL interpreter: Due 10.50, ordered, not confirmed yet",
    ):
        assert said in words, said


def test_a_clash_is_said(qtbot: QtBot) -> None:
    door = FakeBook(rows=(*rows(), row("twice", "li", at(11, 20), 30, "Twice")))
    book = BookDriver(qtbot, door)
    book.choose("samuel")
    assert "Li Wei, officer: Clash: booked from 11.20" in book.card_words()
    assert "with a clash" in book.card_words()
    book.link.close()


def test_check_in(book: BookDriver) -> None:
    book.choose("samuel")
    book.key(Qt.Key.Key_F3)
    book.until(lambda: bool(book.done(ac.CheckIn)))
    book.until(lambda: "Here since 10.42am, ticket P007" in book.card_words())
    assert not book.said, "the desk says it, in its own words"
    assert len(book.arrived) == 1


def test_a_refused_check_in_says_why(book: BookDriver) -> None:
    book.choose("samuel")
    book.fake.fail_do = [Refusal(Code.ALREADY_CHECKED_IN, "This visitor is here already.", "Look in the queue.")]
    book.key(Qt.Key.Key_F3)
    book.until(lambda: bool(book.arrived))
    no, row = book.arrived[0]
    assert (no.code, row.id) == (Code.ALREADY_CHECKED_IN, "samuel")  # type: ignore[attr-defined]


def test_a_telephone_that_nobody_answers_is_not_attended(book: BookDriver) -> None:
    book.choose("ffion")
    assert not book.has_button("No answer"), "it is at 11.30"
    book.key("x")
    assert book.page.problem.text().startswith("It has not begun yet.")
    book.elapsed = 66 * MINUTE
    book.pulse.set_now(NOW + 66 * MINUTE)
    book.until(lambda: book.has_button("No answer"))
    book.press("No answer")
    book.until(lambda: bool(book.done(ac.DidNotAttend)))


def test_what_is_past_is_not_offered(book: BookDriver) -> None:
    grid = book.page.grid
    past = next(spot for spot in grid.spots() if not spot.key and spot.ends <= 10 * 60)
    grid.choose(past)
    book.until_still()
    assert "Past, today" in book.card_words() or any(
        label.text() == "Past, today" for label in book.page.card.findChildren(ElidingLabel)
    )
    assert book.page.card.new.isHidden()
    later = next(spot for spot in grid.spots() if not spot.key and spot.starts >= 15 * 60)
    grid.choose(later)
    book.until_still()
    assert book.page.card.new.isVisible()


def test_a_telephone_appointment_took_place(book: BookDriver) -> None:
    book.choose("ffion")
    assert not book.has_button("Took place"), "it is at 11.30"
    book.key(Qt.Key.Key_F3)
    assert book.page.problem.text() == "It has not begun yet. Press F3 from its time on."
    book.elapsed = 48 * MINUTE
    book.pulse.set_now(NOW + 48 * MINUTE)
    book.until(lambda: book.has_button("Took place"))
    book.key(Qt.Key.Key_F3)
    book.until(lambda: bool(book.done(ac.Attended)))


def test_who_has_not_come_is_marked(book: BookDriver) -> None:
    book.choose("samuel")
    assert not book.has_button("Did not attend"), "not before its time"
    book.choose("noor")
    book.fake.fail_do = [Refusal(Code.TOO_SOON, "The visitor may still come in time.", "Wait 3 minutes.")]
    book.press("Did not attend")
    book.until(lambda: not book.fake.fail_do)
    book.until_still()
    assert book.page.problem.isVisible(), "the book is read anew, and what was refused is said on"
    assert book.page.problem.text() == "The visitor may still come in time. Wait 3 minutes."
    book.choose("samuel")
    assert not book.page.problem.isVisible(), "it was not about this one"
    book.choose("noor")
    book.press("Did not attend")
    book.until(lambda: bool(book.done(ac.DidNotAttend)))


def test_times_go_on_by_the_pulse(book: BookDriver) -> None:
    book.choose("samuel")
    book.elapsed = 5 * MINUTE
    book.pulse.set_now(NOW + 5 * MINUTE)
    book.until(lambda: "in 13 min" in book.card_words())
