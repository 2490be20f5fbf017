"""The book in the desk's window: there and back, and the desk as it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.booked_door import BookDoor, full_book
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from ui.book.letter_panel import LetterPanel
from ui.desk.appointment_panel import AppointmentPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.another_time import AnotherTimePanel


@pytest.fixture
def door() -> BookDoor:
    return full_book()


@pytest.fixture
def desk(qtbot: QtBot, door: BookDoor) -> DeskDriver:
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    driver.until(lambda: driver.window.today_model.rowCount() > 0)
    return driver


def in_book(desk: DeskDriver) -> bool:
    return desk.window.pages.currentIndex() == 1


def open_book(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F4)
    desk.until(lambda: in_book(desk))


def test_the_desk_is_as_it_was_when_one_comes_back_from_the_book(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.type("Harper")
    open_book(desk)
    desk.key(ESCAPE)
    desk.until(lambda: not in_book(desk))
    assert desk.panel() is panel
    assert panel.form.name.text() == "Harper"
    assert panel.form.name.hasFocus()


def test_the_keys_of_the_counter_do_nothing_while_the_book_is_open(desk: DeskDriver) -> None:
    open_book(desk)
    before = len(desk.fake.done)
    desk.key(Qt.Key.Key_F5)
    desk.key(Qt.Key.Key_F9)
    desk.until_answered()
    assert len(desk.fake.done) == before
    assert desk.panel() is None


def test_a_letter_scanned_in_the_book_checks_in_and_says_the_number(desk: DeskDriver) -> None:
    open_book(desk)
    desk.scan("AP-00000005")
    desk.until_said("P002: 11am with Li Wei.")
    assert in_book(desk), "whoever looks for a time goes on with it"


def test_a_ticket_scanned_in_the_book_is_a_key_away_from_its_call(desk: DeskDriver, door: BookDoor) -> None:
    open_book(desk)
    desk.scan(door.by_number("B001").code)
    desk.until_said("B001, Benefits.")
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(VisitPanel)
    assert not in_book(desk)
    assert panel.visit_id == door.by_number("B001").id


def test_an_appointment_of_the_strip_is_found_in_the_book(desk: DeskDriver) -> None:
    view = desk.window.today
    desk.click(view.viewport(), view.visualRect(desk.window.today_model.index(0, 0)).center())
    desk.until_panel(AppointmentPanel)
    desk.key(Qt.Key.Key_B)
    desk.until(lambda: in_book(desk))


def test_after_a_booking_its_letter_is_offered(desk: DeskDriver) -> None:
    desk.choose_row(desk.window.queue, "B001")
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_B, CTRL)
    panel = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: panel.slot() is not None)
    desk.key(ENTER)
    desk.until_said("booked for today, 2.30pm.")
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: in_book(desk))
    page = desk.window.pages.currentWidget()
    desk.until(lambda: isinstance(page.stack.top(), LetterPanel))  # type: ignore[attr-defined]


def test_whoever_loses_the_counter_leaves_the_book(desk: DeskDriver, door: BookDoor) -> None:
    """And so goes the dialog that asks where one of its letters is to be saved."""
    open_book(desk)
    dialog = QDialog(desk.window)
    dialog.open()
    door.sign_in("c3", "li", "Desk 7")
    desk.until(lambda: not in_book(desk))
    assert not dialog.isVisible()
