"""The book's page at a real door: what is asked and answered fits together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE, SetClock
from reception.domain.booked import LetterKind, Standing
from reception.domain.person import Person
from tests.services.the_book import ALEX, ROOM_1, AtBook, place, when, with_a_book
from tests.support import door_on
from tests.ui.book_driver import CTRL, ENTER, ESCAPE, BookDriver
from ui.book.absence_panel import AbsencePanel
from ui.book.cancelled_panel import CancelledPanel
from ui.book.find_panel import FindPanel
from ui.book.letter_panel import LetterPanel
from ui.book.move_panel import DroppedPanel, MovePanel
from ui.book.new_panel import NewPanel
from ui.book.small_panels import CancelPanel, DetailsPanel, InterpreterPanel
from ui.widgets import FormRow


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[AtBook]:
    door = door_on(f"sqlite:///{tmp_path / 'reception.db'}", SetClock(when(10)))
    at = AtBook(door)
    at.set_up()
    at.change_settings(with_a_book())
    at.sign_in()
    yield at
    door.close()


@pytest.fixture
def book(qtbot: QtBot, desk: AtBook) -> Iterator[BookDriver]:
    desk.book(place(when(11), room=ROOM_1, interpreter=ALEX), language="bfi", name="Ada Byron")
    desk.book(place(when(14)), name="Grace Hopper")
    driver = BookDriver(qtbot, desk.door)
    yield driver
    driver.link.close()


def key_of(book: BookDriver, name: str) -> str:
    plan = book.page.grid.plan()
    assert plan is not None
    return next(key for key, block in plan.by_key.items() if block.row is not None and block.row.name == name)


def choose(book: BookDriver, name: str) -> str:
    book.until(lambda: any(b.row and b.row.name == name for b in book.page.grid.plan().by_key.values()))  # type: ignore[union-attr]
    key = key_of(book, name)
    book.page.grid.choose_key(key)
    book.until(lambda: book.page.chosen().card is not None)
    return key


def test_a_booking_from_the_service_to_the_grid(book: BookDriver, desk: AtBook) -> None:
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("h")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key("2")
    book.until(lambda: panel._note_words.startswith("held until"))
    book.type("Mary Shelley")
    book.key(ENTER)
    book.until_panel(None)
    key = choose(book, "Mary Shelley")
    assert desk.shown(key).visitor.person.name == "Mary Shelley"


def test_what_is_wrong_with_who_it_is_for_is_said_at_the_field(book: BookDriver, desk: AtBook) -> None:
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("h")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key("2")
    book.until(lambda: panel._note_words.startswith("held until"))
    book.key(ENTER)
    form = panel.form
    for field, why, typed in (
        ("name", "A booking needs a name.", "Mary Shelley"),
        ("telephone", "That is no telephone number.", "01707 555012"),
        ("born", "That date of birth is before 1900.", "9 3 1971"),
    ):
        edit = getattr(form, field)
        book.until(lambda edit=edit, why=why: edit.fault() == why)  # type: ignore[misc]
        assert form._why_not[field].text() == why
        book.until(edit.hasFocus)
        book.until(form._why_not[field].isVisible)
        seen = panel.area.viewport().rect()
        book.until(lambda edit=edit, seen=seen: seen.contains(edit.mapTo(panel.area.viewport(), edit.rect().center())))  # type: ignore[misc]
        book.type(typed)
        assert not form._why_not[field].isVisible()
        if field == "name":
            form.telephone.setFocus()
            book.type("ask")
        elif field == "telephone":
            form.reach.set_open(True)
            form.born.setFocus()
            book.type("9 3 1871")
            form.name.setFocus()
        book.key(ENTER)
    book.until_panel(None)
    key = choose(book, "Mary Shelley")
    assert desk.shown(key).visitor.telephone == "01707 555012"


def test_a_move_by_keys(book: BookDriver, desk: AtBook) -> None:
    key = choose(book, "Grace Hopper")
    book.key("m")
    for _ in range(3):
        book.key(Qt.Key.Key_Down)
    book.key(ENTER)
    book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until_panel(None)
    assert desk.stands(key).place.starts == when(14) + 30 * MINUTE


def test_a_move_onto_another_is_refused_with_the_next_times(book: BookDriver, desk: AtBook) -> None:
    key = choose(book, "Grace Hopper")
    book.key("m")
    for _ in range(18):
        book.key(Qt.Key.Key_Up)
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(lambda: bool(panel.problem()))
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    assert desk.stands(key).place.starts == when(14)


def test_over_lunch_only_with_a_reason(book: BookDriver, desk: AtBook) -> None:
    key = choose(book, "Grace Hopper")
    book.key("m")
    for _ in range(9):
        book.key(Qt.Key.Key_Up)
    book.key(ENTER)
    panel = book.until_panel(DroppedPanel)
    book.key(ENTER)
    book.until(panel.asks_reason)
    book.type("She asked for it")
    book.key(ENTER)
    book.until_panel(None)
    assert desk.shown(key).reason == "She asked for it"


def test_another_time_with_room_and_interpreter(book: BookDriver, desk: AtBook) -> None:
    key = choose(book, "Ada Byron")
    book.key("s")
    panel = book.until_panel(MovePanel)
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key("1")
    book.key(ENTER)
    book.until_panel(None)
    moved = desk.stands(key)
    assert moved.place.starts != when(11)
    assert moved.place.interpreter_id == ALEX


def test_checked_in_corrected_and_cancelled(book: BookDriver, desk: AtBook) -> None:
    key = choose(book, "Ada Byron")
    book.key(ENTER)
    panel = book.until_panel(DetailsPanel)
    panel.form.telephone.setFocus()
    book.type("01707 555012")
    book.key(ENTER)
    book.until_panel(None)
    assert desk.shown(key).visitor.telephone == "01707 555012"
    book.key("i")
    book.until_panel(InterpreterPanel)
    book.key("3")
    book.key(ENTER)
    book.until_panel(None)
    book.until(lambda: book.has_button("Check in"))
    book.key(Qt.Key.Key_F3)
    book.until(lambda: desk.stands(key).standing is Standing.CHECKED_IN)
    other = choose(book, "Grace Hopper")
    book.key(Qt.Key.Key_Delete)
    asking = book.until_panel(CancelPanel)
    asking.reason.setFocus()
    book.type("moving away")
    book.key(ENTER)
    book.until(lambda: desk.stands(other).standing is Standing.CANCELLED)
    book.until_panel(None)
    desk.book(place(when(14)), name="Noah Show")
    book.key("f", CTRL)
    finding = book.until_panel(FindPanel)
    book.type("hopper")
    book.until(lambda: len(finding.picks.picks()) == 1)
    book.key(ENTER)
    panel = book.until_panel(CancelledPanel)
    book.until_still()
    told = " | ".join(row.accessibleName() for row in panel.findChildren(FormRow))
    assert "Cancelled: 10am today, by Priya Nair" in told
    assert "Why: moving away" in told
    assert "Visitor: Grace Hopper" in told
    assert book.chosen() == "", "nobody else's booking is chosen beneath it"
    book.key("p", CTRL)
    assert book.until_panel(LetterPanel).kind.value() == LetterKind.CANCELLATION
    book.key(ESCAPE)
    book.until_panel(CancelledPanel)
    book.key("s")
    again = book.until_panel(NewPanel)
    assert again.form.visitor().person.name == "Grace Hopper"
    assert again.service.value() == "housing"
    book.until(lambda: len(again.finder.picks.picks()) == 3)


def test_a_letter_of_the_real_press(book: BookDriver, desk: AtBook) -> None:
    choose(book, "Grace Hopper")
    book.key("p", CTRL)
    panel = book.until_panel(LetterPanel)
    book.until(lambda: panel.preview.pages() > 0 or bool(panel.problem()))
    assert panel.problem() == ""
    assert panel.kind.value() == LetterKind.CONFIRMATION


def test_found_by_name_and_an_absence(book: BookDriver, desk: AtBook) -> None:
    book.key("f", CTRL)
    panel = book.until_panel(FindPanel)
    book.type("hopper")
    book.until(lambda: len(panel.picks.picks()) == 1)
    book.key(ENTER)
    book.until_panel(None)
    book.until(lambda: book.chosen() == key_of(book, "Grace Hopper"))
    book.page.grid.choose(None)
    book.key("a")
    absence = book.until_panel(AbsencePanel)
    absence.opens.setFocus()
    book.type("4pm")
    book.key(ENTER)
    book.until_panel(None)


def test_a_walk_in_becomes_a_booking(book: BookDriver, desk: AtBook) -> None:
    taken = desk.take(person=Person("Amina Diallo"))
    book.page.book_visit(taken.visit_id, "housing", Person("Amina Diallo"))
    panel = book.until_panel(NewPanel)
    book.until_still()
    if not panel.service.value():
        book.key("h")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    panel.finder.picks.setFocus()
    book.key("1")
    book.key(ENTER)
    book.until_panel(None)
    assert desk.card(taken).end == "booked"


def test_escape_lets_a_held_slot_go(book: BookDriver, desk: AtBook) -> None:
    book.key(Qt.Key.Key_F2)
    panel = book.until_panel(NewPanel)
    book.until_still()
    book.key("h")
    book.until(lambda: len(panel.finder.picks.picks()) == 3)
    book.until_still()
    book.key("1")
    book.until(lambda: bool(book.page.view().holds))
    book.key(ESCAPE)
    book.until_panel(None)
    book.until(lambda: not book.page.view().holds)
