"""The book in the desk's window: there and back, and the desk as it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.booked_door import BookDoor, full_book
from tests.ui.desk_driver import ENTER, ESCAPE, DeskDriver
from ui.desk.appointment_panel import AppointmentPanel
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.walk_in_panel import WalkInPanel


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
    desk.key(Qt.Key.Key_F5)
    desk.key(Qt.Key.Key_F9)
    desk.until_answered()
    assert [type(command).__name__ for command in desk.fake.done] == ["CheckIn", "SignIn"][1:]
    assert desk.panel() is None
