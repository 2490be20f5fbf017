"""Who wants an earlier slot: rung, moved into what is free, and what they leave is offered on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE, SetClock
from reception.domain.booked import SafeContact
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from tests.services.the_book import AtBook, place, when, with_a_book
from tests.support import door_on
from tests.ui.book_driver import ENTER, BookDriver
from ui.book.find_panel import EarlierPanel
from ui.book.move_panel import DroppedPanel
from ui.book.small_panels import CancelPanel

RING, QUIET, SILENT = "01992 555012", "01992 555013", "01992 555014"
NEXT_DAY = 24 * 60 * MINUTE


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[AtBook]:
    door = door_on(f"sqlite:///{tmp_path / 'reception.db'}", SetClock(when(10)))
    at = AtBook(door)
    at.set_up()
    at.change_settings(with_a_book())
    at.sign_in()
    at.book(place(when(11)), name="Grace Hopper")
    for minutes, name, telephone, safe in (
        (0, "Ada Byron", RING, frozenset[SafeContact]()),
        (60, "Mary Shelley", SILENT, frozenset({SafeContact.DO_NOT_RING})),
        (240, "Jane Austen", QUIET, frozenset({SafeContact.LEAVE_NO_MESSAGE})),
    ):
        visitor = Visitor(Person(name), telephone=telephone, safe=safe)
        at.book(place(when(10) + NEXT_DAY + minutes * MINUTE), visitor=visitor, wants_earlier=True)
    yield at
    door.close()


@pytest.fixture
def book(qtbot: QtBot, desk: AtBook) -> Iterator[BookDriver]:
    driver = BookDriver(qtbot, desk.door)
    yield driver
    driver.link.close()


def free_eleven(book: BookDriver) -> EarlierPanel:
    """The eleven o'clock is cancelled, and who wants an earlier slot is asked for."""
    book.until(lambda: any(b.row and b.row.name == "Grace Hopper" for b in book.page.grid.plan().by_key.values()))  # type: ignore[union-attr]
    plan = book.page.grid.plan()
    assert plan is not None
    book.page.grid.choose_key(next(key for key, b in plan.by_key.items() if b.row and b.row.name == "Grace Hopper"))
    book.until_still()
    book.key(Qt.Key.Key_Delete)
    book.until_panel(CancelPanel)
    book.key(ENTER)
    book.until(book.page.freed.isVisible)
    book.press("Offer it")
    panel = book.until_panel(EarlierPanel)
    book.until(lambda: len(panel.picks.picks()) == 3)
    assert isinstance(panel, EarlierPanel)
    return panel


def test_the_number_is_there_to_be_rung_unless_it_must_not_be(book: BookDriver) -> None:
    details = {pick.words: pick.detail for pick in free_eleven(book).picks.picks()}
    assert details["Ada Byron"].startswith(f"Ring {RING}, 10am tomorrow")
    assert details["Mary Shelley"].startswith("No number to ring, ")
    assert details["Jane Austen"].startswith(f"Ring {QUIET}, leave no message, ")


def test_what_the_one_who_took_it_leaves_is_offered_on(book: BookDriver) -> None:
    free_eleven(book)
    book.key("1")
    book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until_panel(None)
    book.until(book.page.freed.isVisible)
    assert book.page.freed.words.text() == ("The old time, 10am tomorrow, is free: 2 people want an earlier slot.")


def test_it_is_offered_no_more_once_another_desk_has_taken_it(book: BookDriver, desk: AtBook) -> None:
    free_eleven(book)
    desk.book(place(when(11)), name="Somebody Else")
    book.page.reading.read()
    book.until_panel(None)
