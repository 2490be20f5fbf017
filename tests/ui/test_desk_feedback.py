"""How did we do? Asked at the desk, with keys and with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.domain.kiosk import Face
from reception.services import commands as c
from tests.ui.desk_driver import CTRL, ESCAPE, DeskDriver
from tests.ui.fake_door import FakeDoor
from tests.ui.hearing import faults, unreached
from ui.desk.feedback_panel import FeedbackPanel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    door = FakeDoor()
    door.arrive("ctax", 5)
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def faces(desk: DeskDriver) -> list[tuple[Face, str]]:
    return [(each.face, each.service_id) for each in desk.fake.done if isinstance(each, c.GiveFeedback)]


def test_a_face_is_kept_with_two_keys_for_the_service_at_the_counter(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_J, CTRL)
    desk.until_panel(FeedbackPanel)
    assert faults(desk.window) == unreached(desk.window) == []
    desk.key(Qt.Key.Key_2)
    desk.until_said("Thank you: the answer is kept.")
    desk.until_panel(None)
    assert faces(desk) == [(Face.GOOD, "ctax")]


def test_a_face_is_clicked_when_nobody_is_there_and_is_then_of_the_office(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_J, CTRL)
    desk.until_panel(FeedbackPanel)
    desk.press("Very poor")
    desk.until_panel(None)
    assert faces(desk) == [(Face.VERY_POOR, "")]


def test_who_would_rather_not_say_is_let_be(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_J, CTRL)
    desk.until_panel(FeedbackPanel)
    desk.key(ESCAPE)
    desk.until_panel(None)
    assert faces(desk) == []
