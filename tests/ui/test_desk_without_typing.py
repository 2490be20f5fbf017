"""The desk without typing: every reason and place can be chosen by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.domain.visit_states import End, State
from reception.services import commands as c
from tests.ui.desk_driver import DeskDriver, with_three_waiting
from ui.desk.end_panels import SignpostPanel
from ui.desk.find_panel import FindPanel
from ui.desk.move_panels import ReasonPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    return with_three_waiting(qtbot)


def test_reasons_are_chosen_by_mouse(desk: DeskDriver) -> None:
    desk.open_row("C003")
    desk.press("See first")
    panel = desk.until_panel(ReasonPanel)
    desk.choose_answer("Distressed")
    desk.press("See C003 first")
    desk.until_said("C003 will be seen first.")
    command = desk.last()
    assert isinstance(command, c.SeeFirst)
    assert command.reason == "Distressed"
    desk.until_panel(VisitPanel)
    desk.until_button("Not first")
    assert desk.focused() is desk.button("Call C003"), "work goes on with the visit that is marked"
    desk.press("Back")
    desk.until_panel(None)
    desk.open_row("C002")
    desk.press("Call C002")
    panel = desk.until_panel(ReasonPanel)
    desk.choose_answer("A short question")
    desk.click(panel.reason.line)
    desk.key(Qt.Key.Key_End)
    desk.type(" on a bill")
    assert panel.reason.offers.value() == "", "what is typed is not what was chosen"
    desk.press("Call C002")
    desk.until_said("C002 called to Counter 3.")
    called = desk.last()
    assert isinstance(called, c.CallVisit)
    assert called.reason == "A short question on a bill"


def test_the_usual_answers_are_one_stop_of_the_tab_key(desk: DeskDriver) -> None:
    desk.open_row("C003")
    desk.key(Qt.Key.Key_F)
    panel = desk.until_panel(ReasonPanel)
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Space)
    assert panel.reason.text() == panel.reason.offers.value() != ""
    desk.key(Qt.Key.Key_Tab)
    assert desk.focused() is panel.main_button()


def test_a_walk_in_to_be_seen_first_is_signposted_by_mouse(desk: DeskDriver) -> None:
    desk.press("New walk-in")
    panel = desk.until_panel(WalkInPanel)
    desk.choose_answer("Housing")
    desk.choose_answer("Ill")
    assert panel.see_first.text() == "Ill"
    desk.press("Give ticket")
    desk.until_said("Ticket H001 for Housing.")
    desk.choose_row(desk.window.queue, "H001")
    desk.until_panel(VisitPanel)
    desk.press("Signpost")
    desk.until_panel(SignpostPanel)
    desk.choose_answer("Citizens Advice")
    desk.press("Finish, signposted")
    desk.until_said("H001 was signposted to Citizens Advice.")
    command = desk.last()
    assert isinstance(command, c.Finish)
    assert command.signpost_to == "Citizens Advice"


def test_a_visit_that_has_ended_is_found_by_its_letter_and_reinstated_by_mouse(desk: DeskDriver) -> None:
    visit = desk.fake.visits["v1"]
    visit.state, visit.end, visit.ended_at = State.ENDED, End.NO_SHOW, visit.arrived_at + MINUTE
    desk.fake.sequence += 1
    desk.press("Find")
    panel = desk.until_panel(FindPanel)
    desk.press("C")
    desk.until(lambda: panel.found.rowCount() == 3)
    desk.choose_row(panel.list, "C001")
    desk.until_panel(VisitPanel)
    desk.press("Reinstate")
    desk.until_said("C001 waits again, in its old place.")
