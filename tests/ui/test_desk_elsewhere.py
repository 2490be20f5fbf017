"""What happened elsewhere, or without an answer: an evacuation that another desk ended, a try that went through."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.errors import Code
from reception.services import commands as c
from tests.ui.desk_driver import CTRL, ENTER, SHIFT, DeskDriver
from tests.ui.fake_door import FakeDoor, refuse
from ui.desk.evacuation_panel import CloseDayPanel, EvacuationPanel
from ui.desk.move_panels import HoldPanel
from ui.desk.walk_in_panel import WalkInPanel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    door = FakeDoor()
    door.arrive("ctax", 5)
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def _evacuate(desk: DeskDriver) -> EvacuationPanel:
    before = desk.fake.evacuated_at
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    desk.until(lambda: desk.fake.evacuated_at != before)
    desk.until(desk.window.evacuation.isVisible)
    panel = desk.until_panel(EvacuationPanel)
    assert isinstance(panel, EvacuationPanel)
    return panel


def _resumed_elsewhere(desk: DeskDriver) -> None:
    desk.fake.evacuated_at = None
    desk.fake.sequence += 1


def test_an_evacuation_that_another_desk_ended_is_over_here_and_the_next_one_is_a_new_one(desk: DeskDriver) -> None:
    assert len(_evacuate(desk).everyone.rows) == 1
    _resumed_elsewhere(desk)
    desk.until_panel(None)
    desk.fake.arrive("housing", 1)
    desk.until(lambda: len(desk.numbers()) == 2)
    assert len(_evacuate(desk).everyone.rows) == 2
    desk.until(lambda: [len(each.rows) for each in desk.fake.evacuations] == [1, 2])
    assert sum(isinstance(each, c.Evacuate) for each in desk.fake.done) == 2


def test_the_question_whether_to_close_the_day_goes_with_the_evacuation(desk: DeskDriver) -> None:
    _evacuate(desk)
    desk.key(Qt.Key.Key_C)
    desk.until_panel(CloseDayPanel)
    _resumed_elsewhere(desk)
    desk.until_panel(None)


def test_a_second_evacuation_that_was_never_seen_to_begin_is_another_one(desk: DeskDriver) -> None:
    _evacuate(desk)
    desk.fake.evacuated_at = desk.fake.clock.now() + MINUTE
    desk.fake.sequence += 1
    desk.until_panel(None)


def test_what_was_changed_after_a_try_that_went_through_is_said_not_to_be_in_it(desk: DeskDriver) -> None:
    desk.fake.lose_reply = True
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.key(ENTER)
    desk.until(lambda: "can't be reached" in panel.problem())
    panel.service.setFocus()
    desk.key(Qt.Key.Key_C)
    desk.key(ENTER)
    desk.until_said(
        "Ticket H001 for Housing. The first try had gone through; what you changed since then is not in it."
    )
    desk.until(lambda: desk.numbers() == ["C001", "H001"])


def test_the_same_answer_again_is_said_as_it_is(desk: DeskDriver) -> None:
    desk.fake.lose_reply = True
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.key(ENTER)
    desk.until(lambda: "can't be reached" in panel.problem())
    desk.key(ENTER)
    desk.until_said("Ticket H001 for Housing. Tell the visitor: H001.")


def test_hold_and_stepping_out_are_two_questions(desk: DeskDriver) -> None:
    """The wait stands still for one of them: nobody is told the other."""
    desk.call_next()
    desk.key(Qt.Key.Key_H, CTRL)
    panel = desk.until_panel(HoldPanel)
    desk.until_answered()
    desk.fake.lose_reply = True
    desk.fake.fail_ask = refuse("The database is busy.", "Try again.", Code.DATABASE_BUSY)
    desk.key(Qt.Key.Key_O)
    desk.until(lambda: "can't be reached" in panel.problem())
    desk.key(ENTER)
    desk.until(lambda: bool(panel.problem()) and "can't be reached" not in panel.problem())
    assert [each.own_request for each in desk.fake.done if isinstance(each, c.Hold)] == [True]
