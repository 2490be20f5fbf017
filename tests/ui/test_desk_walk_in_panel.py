"""The panel of a new walk-in: a letter and Enter are enough, and nothing that was typed is lost to a refusal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain.person import Need
from reception.errors import Code, Refusal
from reception.services import commands as c
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver, with_three_waiting
from ui.desk.details_panel import DetailsPanel
from ui.desk.find_panel import FindPanel
from ui.desk.walk_in_panel import WalkInPanel

HARD_NAMES = {
    "300 characters": "Wolfeschlegelsteinhausenbergerdorff " * 8 + "Hubert Blaine",
    "right to left": "محمد عبد الرحمن",
    "both ways": "Ali علي Ben-David דוד",
    "emoji": "👩‍👩‍👧‍👦 Zoë 🎈",
    "combining": "Nguyễn Thị Z͑͗algo",
    "quotes": "'; DROP TABLE visits; --",
    "formula": '=HYPERLINK("http://example.org")',
    "markup": "<b>Bold</b> & <img src=x>",
}


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    return with_three_waiting(qtbot)


def test_a_letter_and_enter_give_a_ticket(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.key(ENTER)
    desk.until_said("Ticket H001 for Housing.")
    desk.until_panel(None)
    desk.until(lambda: "H001" in desk.numbers())
    desk.until(lambda: desk.fake.printed == ["H001"])


def test_enter_without_a_service_asks_for_one_and_keeps_the_form(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.click(panel.form.name)
    desk.type("Grace")
    desk.key(ENTER)
    assert "Choose a service first." in panel.problem()
    assert panel.form.name.text() == "Grace"
    desk.key(Qt.Key.Key_B)
    desk.key(ENTER)
    desk.until_said("Ticket B001 for Benefits.")


def test_enter_takes_the_ringed_service_and_gives_no_ticket_yet(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(ENTER)
    assert (panel.service.value(), panel.problem()) == ("ctax", "")
    assert desk.panel() is panel
    assert panel.form.name.hasFocus()
    desk.key(ENTER)
    desk.until_said("Ticket C")


def test_everything_that_can_be_said_of_a_visitor(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_P)
    desk.type("Harpreet Kaur")
    desk.click(panel.form.needs.tick(Need.PRIVATE.value))
    desk.click(panel.form.needs.tick(Need.LARGE_PRINT.value))
    desk.key(Qt.Key.Key_Tab)
    panel.form.spoken.setFocus()
    desk.type("Punj")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Urd")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    desk.click(panel.then.tick("housing"))
    desk.click(panel.then.tick("ctax"))
    panel.officer.setFocus()
    desk.type("Tom")
    panel.linked.setFocus()
    desk.type("C002")
    desk.key(Qt.Key.Key_Tab)
    desk.type("a child alone")
    desk.key(ENTER)
    desk.until_said("Ticket P001 for Planning.")
    command = desk.last()
    assert isinstance(command, c.TakeTicket)
    assert command.person.name == "Harpreet Kaur"
    assert command.person.needs == {Need.PRIVATE, Need.LARGE_PRINT}
    assert (command.person.spoken, command.person.written) == ("pa", "ur")
    assert command.party_size == 3
    assert command.then_services == ("housing", "ctax")
    assert command.named_officer_id == "tomasz"
    assert command.linked_to == "v2"
    assert command.see_first_reason == "a child alone"


@pytest.mark.parametrize("name", HARD_NAMES.values(), ids=HARD_NAMES.keys())
def test_names_of_every_kind_are_taken_as_given_and_shown_as_given(desk: DeskDriver, name: str) -> None:
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_K)
    desk.paste(name)
    desk.key(ENTER)
    desk.until_said("Ticket K001 for Parking.")
    command = desk.last()
    assert isinstance(command, c.TakeTicket)
    assert command.person.name == name.strip()
    desk.until(lambda: "K001" in desk.numbers())
    panel = desk.open_row("K001")
    assert panel.row("Visitor") == name.strip()
    desk.key(Qt.Key.Key_D)
    details = desk.until_panel(DetailsPanel)
    assert details.form.name.text() == name.strip()
    assert name.strip() not in desk.said()
    assert name.strip() not in desk.window.windowTitle()


def test_half_a_character_left_by_an_input_method_can_still_be_saved(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_K)
    panel.form.name.setText("Zo\ud83d")
    desk.key(ENTER)
    desk.until_said("Ticket K001 for Parking.")
    command = desk.last()
    assert isinstance(command, c.TakeTicket)
    command.person.name.encode()


def test_a_refusal_keeps_everything_and_the_next_try_is_the_same_command(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.type("Li Wei")
    desk.fake.lose_reply = True
    desk.key(ENTER)
    desk.until(lambda: "can't be reached" in panel.problem())
    assert desk.panel() is panel
    assert panel.form.name.text() == "Li Wei"
    assert panel.service.value() == "ctax"
    desk.key(ENTER)
    desk.until_said("Ticket C004 for Council Tax.")
    assert len(desk.fake.visits) == 4, "the reply was lost, the ticket was not given twice"


def test_enter_twice_gives_one_ticket(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.fake.gate.clear()
    desk.key(ENTER)
    desk.key(ENTER)
    desk.fake.gate.set()
    desk.until_said("Ticket C004")
    desk.until_panel(None)
    desk.until_answered()
    assert len(desk.fake.visits) == 4


def test_the_next_visitor_is_typed_while_a_ticket_is_on_its_way(desk: DeskDriver) -> None:
    """Nothing is lost however fast somebody types: a double press is one only where nothing was sent between."""
    desk.window.desk.keys.double_press_s = 10
    desk.fake.gate.clear()
    for letter in (Qt.Key.Key_C, Qt.Key.Key_B, Qt.Key.Key_C):
        desk.key(Qt.Key.Key_F2)
        desk.key(letter)
        desk.key(ENTER)
    desk.key(Qt.Key.Key_F2)
    desk.fake.gate.set()
    desk.until_answered()
    desk.until(lambda: {"C004", "B001", "C005"} <= set(desk.numbers()))
    panel = desk.until_panel(WalkInPanel)
    assert (panel.service.value(), len(desk.window.stack.panels())) == ("", 1), "the fourth is still to be typed"


def test_a_ticket_that_is_refused_while_the_next_is_typed_comes_back_with_its_reason(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    first = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.type("Grace")
    desk.fake.gate.clear()
    desk.fake.fail_do = [Refusal(Code.BAD_INPUT, "The office is closed.", "Open it first.")]
    desk.key(ENTER)
    desk.key(Qt.Key.Key_F2)
    second = desk.until_panel(WalkInPanel)
    desk.fake.gate.set()
    desk.until_said("The office is closed.")
    assert desk.panel() is second is not first
    desk.key(ESCAPE)
    assert desk.until_panel(WalkInPanel) is first
    assert (first.problem(), first.form.name.text()) == ("The office is closed. Open it first.", "Grace")


def test_a_key_of_the_counter_waits_for_the_answer_of_the_panel(desk: DeskDriver) -> None:
    """Call next, pressed while a ticket is on its way: it is neither refused nor lost."""
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.fake.gate.clear()
    desk.key(ENTER)
    desk.key(Qt.Key.Key_F5)
    desk.fake.gate.set()
    desk.until_panel(None)
    desk.until_said("C001 called")
    assert "H001" in desk.numbers()


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_key_that_waited_calls_nobody_once_the_panel_is_refused_or_left(desk: DeskDriver, is_refused: bool) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.fake.gate.clear()
    if is_refused:
        desk.fake.fail_do = [Refusal(Code.BAD_INPUT, "The office is closed.", "Open it first.")]
    desk.key(ENTER)
    desk.key(Qt.Key.Key_F5)
    if is_refused:
        desk.fake.gate.set()
        desk.until(lambda: "closed" in panel.problem())
    desk.key(ESCAPE)
    desk.fake.gate.set()
    desk.until_panel(None)
    desk.fake.sequence += 1
    desk.until_still()
    assert not [each for each in desk.fake.done if isinstance(each, c.CallNext)]


def test_escape_backs_out_and_the_focus_returns(desk: DeskDriver) -> None:
    desk.window.queue.setFocus()
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(ESCAPE)
    desk.until_panel(None)
    assert desk.window.queue.hasFocus()


def test_a_form_that_is_begun_waits_under_the_next_panel(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.type("Half a na")
    desk.key(Qt.Key.Key_F, CTRL)
    desk.until_panel(FindPanel)
    desk.key(ESCAPE)
    assert desk.until_panel(WalkInPanel) is panel
    assert panel.form.name.text() == "Half a na"
    assert panel.form.name.hasFocus()


def test_f2_twice_opens_one_form(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.key(Qt.Key.Key_F2)
    assert desk.panel() is panel
    assert panel.service.value() == "ctax"


def test_the_clipboard_is_left_alone(desk: DeskDriver) -> None:
    QApplication.clipboard().setText("before")
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_C)
    desk.type("Li Wei")
    desk.key(ENTER)
    desk.until_said("Ticket C004")
    assert QApplication.clipboard().text() == "before"
