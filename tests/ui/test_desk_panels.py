"""The panels: one question each, answered by keys, and nothing that was typed is ever lost to a refusal."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.config import PrinterConfig, PrinterKind, ThemeName
from reception.domain.person import Need
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, SHIFT, DeskDriver
from tests.ui.fake_door import OFFICE, PIN, FakeDoor
from ui.desk.details_panel import DetailsPanel, LinkPanel
from ui.desk.end_panels import SignpostPanel, ToFollowPanel
from ui.desk.evacuation_panel import CloseDayPanel, EvacuationPanel
from ui.desk.find_panel import FindPanel
from ui.desk.menu_panel import MenuPanel
from ui.desk.move_panels import ReasonPanel
from ui.desk.sign_panels import SignInPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.needed import NeedItem, row_needs
from ui.widgets import ElidingLabel, FormRow, KeyButton, NeedsLabel

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
    door = FakeDoor()
    for minutes in (9, 7, 5):
        door.arrive("ctax", minutes)
    door.visits["v2"].person = type(door.visits["v2"].person)(name="Rosa Carreras")
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def last(desk: DeskDriver) -> c.Command:
    return desk.fake.done[-1]


def open_row(desk: DeskDriver, number: str) -> VisitPanel:
    desk.choose_row(desk.window.queue, number)
    panel = desk.until_panel(VisitPanel)
    assert isinstance(panel, VisitPanel)
    return panel


def test_escape_leads_out_of_a_panel_though_the_focus_is_beside_it(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.window.find_button.setFocus()
    desk.key(ESCAPE)
    desk.until_panel(None)
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    assert isinstance(panel, WalkInPanel)
    panel.form.name.setFocus()
    desk.type("Ada")
    desk.window.find_button.setFocus()
    desk.key(ESCAPE)
    assert desk.panel() is panel, "what was typed is looked at first"
    assert panel.isAncestorOf(desk.focused())


# -- new walk-in -----------------------------------------------------------------------------------------------


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
    command = last(desk)
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
    command = last(desk)
    assert isinstance(command, c.TakeTicket)
    assert command.person.name == name.strip()
    desk.until(lambda: "K001" in desk.numbers())
    panel = open_row(desk, "K001")
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
    command = last(desk)
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


# -- find ------------------------------------------------------------------------------------------------------


def test_find_by_part_of_a_name(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F, CTRL)
    panel = desk.until_panel(FindPanel)
    desk.type("carr")
    desk.until(lambda: panel.found.rowCount() == 1)
    desk.key(ENTER)
    visit = desk.until_panel(VisitPanel)
    assert visit.visit_id == "v2"
    desk.key(ESCAPE)
    assert desk.until_panel(FindPanel) is panel
    assert panel.text.text() == "carr"


def test_enter_before_the_answer_searches_first(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F, CTRL)
    panel = desk.until_panel(FindPanel)
    for character in "C003":
        desk.key(character)
    desk.key(ENTER)
    desk.until(lambda: panel.found.rowCount() == 1)
    desk.key(ENTER)
    assert desk.until_panel(VisitPanel).visit_id == "v3"


def test_down_goes_into_the_list_and_enter_opens_what_is_chosen(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F, CTRL)
    panel = desk.until_panel(FindPanel)
    desk.type("C00")
    desk.until(lambda: panel.found.rowCount() == 3)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    desk.key(ENTER)
    assert desk.until_panel(VisitPanel).visit_id == "v2"


def test_nothing_found_is_said(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F, CTRL)
    panel = desk.until_panel(FindPanel)
    desk.type("nobody")
    desk.until(lambda: "Nothing found" in panel.words.text())


# -- one visit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_L, "C002 has left."),
        (Qt.Key.Key_O, "C002 stepped out."),
        (Qt.Key.Key_H, "C002 is on hold."),
        (Qt.Key.Key_P, "C002 goes to the printer again."),
    ],
)
def test_single_letters_act_on_the_visit(desk: DeskDriver, key: Qt.Key, said: str) -> None:
    open_row(desk, "C002")
    desk.key(key)
    desk.until_said(said)


def test_calling_out_of_turn_asks_why_and_keeps_it(desk: DeskDriver) -> None:
    open_row(desk, "C003")
    assert desk.button("Call C003").detail() == "Out of turn: a reason is asked"
    desk.key(ENTER)
    panel = desk.until_panel(ReasonPanel)
    desk.key(ENTER)
    assert "A reason is needed." in panel.problem()
    desk.type("Knows the officer")
    desk.key(ENTER)
    desk.until_said("C003 called to Counter 3.")
    desk.until_panel(None)
    command = last(desk)
    assert isinstance(command, c.CallVisit)
    assert command.reason == "Knows the officer"


def test_calling_the_next_in_turn_asks_nothing(desk: DeskDriver) -> None:
    open_row(desk, "C001")
    desk.key(Qt.Key.Key_C)
    desk.until_said("C001 called to Counter 3.")
    assert isinstance(last(desk), c.CallVisit)


def test_see_first_marks_the_visit_and_stays_with_it(desk: DeskDriver) -> None:
    panel = open_row(desk, "C003")
    desk.key(Qt.Key.Key_F)
    desk.until_panel(ReasonPanel)
    desk.type("Unwell")
    desk.key(ENTER)
    desk.until_said("C003 will be seen first.")
    assert desk.until_panel(VisitPanel) is panel
    desk.until(lambda: desk.numbers()[0] == "C003")
    desk.until(lambda: desk.has_button("Not first"))
    desk.key(Qt.Key.Key_F)
    desk.until_said("C003 keeps its usual place.")
    desk.until(lambda: desk.has_button("See first"))


def test_after_see_first_at_a_busy_counter_the_focus_stays_with_the_visit(desk: DeskDriver) -> None:
    """Nobody else can be called, so there is no main thing: the focus is where one Enter too many ends nothing."""
    desk.call_next()
    open_row(desk, "C003")
    desk.press("See first")
    desk.until_panel(ReasonPanel)
    choose(desk, "Ill")
    desk.press("See C003 first")
    desk.until_panel(VisitPanel)
    desk.until_button("Not first")
    assert desk.focused() is next(each for each in desk.buttons() if each.text() == "Details" and each.isEnabled())


def test_details_are_corrected(desk: DeskDriver) -> None:
    open_row(desk, "C002")
    desk.key(Qt.Key.Key_D)
    panel = desk.until_panel(DetailsPanel)
    assert panel.form.name.text() == "Rosa Carreras"
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Rosa Carr")
    desk.click(panel.form.note)
    desk.type("Prefers the phone")
    desk.key(ENTER)
    desk.until_said("Details of C002 saved.")
    visit = desk.until_panel(VisitPanel)
    desk.until(lambda: visit.row("Visitor") == "Rosa Carr")
    desk.until(lambda: visit.row("Note") == "Prefers the phone")


def test_two_visits_of_one_family_are_linked(desk: DeskDriver) -> None:
    open_row(desk, "C002")
    desk.key(Qt.Key.Key_K)
    panel = desk.until_panel(LinkPanel)
    desk.key(ENTER)
    assert "Choose the other visit." in panel.problem()
    desk.type("C003")
    desk.key(ENTER)
    desk.until_said("C002 is linked.")
    visit = desk.until_panel(VisitPanel)
    desk.until(lambda: visit.row("Came with") == "C003")


def test_a_no_show_is_reinstated(desk: DeskDriver) -> None:
    visit = desk.fake.by_number("C003")
    visit.state, visit.end, visit.ended_at = State.ENDED, End.NO_SHOW, desk.fake.clock.now()
    desk.fake.sequence += 1
    desk.key(Qt.Key.Key_F, CTRL)
    desk.type("C003")
    desk.until(lambda: desk.panel().found.rowCount() == 1)  # type: ignore[union-attr]
    desk.key(ENTER)
    desk.until_panel(VisitPanel)
    assert desk.button("Reinstate")
    desk.key(ENTER)
    desk.until_said("C003 waits again, in its old place.")


def test_an_answer_that_was_to_follow_is_given(desk: DeskDriver) -> None:
    visit = desk.fake.by_number("C003")
    visit.state, visit.end, visit.ended_at = State.ENDED, End.TO_FOLLOW, desk.fake.clock.now()
    visit.owner_id = "ewan"
    desk.fake.sequence += 1
    desk.until(lambda: desk.window.aside_model.rowCount() == 1)
    desk.choose_row(desk.window.asides, "C003")
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_A)
    desk.until_said("The answer to C003 has been given.")
    desk.until(lambda: desk.window.aside_model.rowCount() == 0)


def test_a_visit_changes_under_the_eyes(desk: DeskDriver) -> None:
    panel = open_row(desk, "C002")
    visit = desk.fake.by_number("C002")
    visit.state, visit.counter_id, visit.officer_id, visit.calls = State.CALLED, "c1", "ewan", 1
    desk.fake.sequence += 1
    desk.until(lambda: panel.row("Now") == "Called once at Counter 1")
    assert not desk.has_button("Left")
    desk.key(Qt.Key.Key_L)
    assert desk.panel() is panel


def test_a_void_ticket_says_so(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_H)
    desk.key(ENTER)
    desk.until_said("Ticket H001")
    desk.until(lambda: desk.has_button("Undo"))
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said("Taken back: the ticket H001; it is void.")
    desk.key(Qt.Key.Key_F, CTRL)
    desk.type("H001")
    desk.until(lambda: desk.panel().found.rowCount() == 1)  # type: ignore[union-attr]
    desk.key(ENTER)
    panel = desk.until_panel(VisitPanel)
    assert panel.row("Now") == "Taken back: this ticket is void"


# -- evacuation ------------------------------------------------------------------------------------------------


def test_evacuation_is_one_action(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    assert panel.everyone.people == 3
    desk.until(lambda: len(desk.fake.evacuations) == 1)
    desk.until(lambda: desk.fake.evacuated_at is not None)
    desk.until(lambda: panel.printed_words.text() == "The list is printed.")
    desk.key(ESCAPE)
    desk.until_panel(None)
    banner = desk.window.evacuation
    assert banner.isVisible()
    assert banner.accessibleName() == "Evacuation since 10.42am. Calls are frozen at every desk."
    assert desk.main() == "Calls are frozen"
    desk.key(Qt.Key.Key_F5)
    desk.until_said("Calls are frozen: the building is being evacuated.")
    assert not desk.fake.visits["v1"].calls
    desk.key(Qt.Key.Key_F2)
    assert desk.panel() is None, "no ticket is given"
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    desk.until_panel(EvacuationPanel)
    desk.key(ENTER)
    assert desk.fake.evacuated_at is not None, "Enter never resumes"
    desk.key(Qt.Key.Key_R)
    desk.until_said("Calls go on.")
    desk.until(lambda: desk.has_button("Call next"))
    desk.until(desk.window.counter_sheet.main.hasFocus)
    assert not banner.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_an_evacuation_from_another_desk_changes_the_whole_window(qtbot: QtBot, theme: str) -> None:
    door = FakeDoor()
    door.arrive("ctax", 5)
    desk = DeskDriver(qtbot, door, (1024, 768), theme=ThemeName(theme))
    desk.sign_in()
    desk.call_next()
    door.evacuated_at = door.clock.now()
    door.sequence += 1
    desk.until(desk.window.evacuation.isVisible)
    desk.until_answered()
    late = desk.window._look.now.colour("late")
    assert (desk.window.width(), desk.window.height()) == (1024, 768)
    grabbed = desk.window.grab().toImage()
    edges = ((2, 400), (1021, 400), (512, 2), (512, 765))
    assert [grabbed.pixelColor(*place) for place in edges] == [late] * 4, "an edge all round"
    assert not desk.has_button("Call again")
    assert not desk.has_button("New walk-in")
    desk.press("Who is inside")
    assert desk.until_panel(EvacuationPanel).everyone.people == 1
    assert sum(isinstance(each, c.Evacuate) for each in door.done) == 0, "looking is not evacuating again"
    desk.press("Everyone is back: resume")
    desk.until(lambda: not desk.window.evacuation.isVisible())


def test_closing_the_day_in_an_evacuation_asks_once_more(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    desk.until(lambda: desk.fake.evacuated_at is not None)
    desk.key(Qt.Key.Key_C)
    asked = desk.until_panel(CloseDayPanel)
    assert asked.words.text() == "2 are waiting and 1 is being served: their visits end as unresolved."
    desk.key(ESCAPE)
    assert desk.until_panel(EvacuationPanel) is panel
    desk.key(Qt.Key.Key_C)
    desk.until_panel(CloseDayPanel)
    desk.key(ENTER)
    desk.until_said("The day is closed.")
    desk.until_panel(None)
    assert desk.fake.visits["v3"].end is End.UNRESOLVED


# -- after the first day ---------------------------------------------------------------------------------------


def test_a_second_enter_does_not_mark_an_answer_as_given(desk: DeskDriver) -> None:
    visit = desk.fake.visits["v2"]
    visit.state, visit.end, visit.ended_at = State.ENDED, End.TO_FOLLOW, desk.fake.clock.now()
    visit.due, visit.owner_id = date(2026, 11, 26), "ewan"
    desk.fake.sequence += 1
    desk.key(Qt.Key.Key_F, CTRL)
    panel = desk.until_panel(FindPanel)
    desk.type("carr")
    desk.until(lambda: panel.found.rowCount() == 1)
    desk.key(ENTER)
    visit_panel = desk.until_panel(VisitPanel)
    assert visit_panel.main_button() is None
    desk.key(ENTER)
    assert visit.done_at is None
    desk.key(Qt.Key.Key_A)
    desk.until_said("The answer to C002 has been given.")


def test_see_first_is_shown_in_the_visit_and_at_the_counter(desk: DeskDriver) -> None:
    desk.fake.visits["v1"].see_first = True
    desk.fake.sequence += 1
    panel = open_row(desk, "C001")
    desk.until(lambda: [item.words for item in needs_shown(panel)] == ["See first"])
    desk.key(ESCAPE)
    desk.until_panel(None)
    desk.call_next()
    desk.until(lambda: [item.words for item in needs_shown(desk.window.counter_sheet)] == ["See first"])


def needs_shown(sheet: QWidget) -> tuple[NeedItem, ...]:
    return tuple(item for label in sheet.findChildren(NeedsLabel) for item in label.items())


def test_without_a_printer_a_slip_is_not_offered_and_not_promised(qtbot: QtBot) -> None:
    door = FakeDoor()
    door.arrive("ctax", 9)
    desk = DeskDriver(qtbot, door, printer=PrinterConfig(kind=PrinterKind.NONE))
    desk.sign_in()
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_G, CTRL)
    panel = desk.until_panel(SignpostPanel)
    assert (panel.slip.isChecked(), panel.slip.isEnabled()) == (False, False)
    assert panel.slip.text() == "This station has no printer"
    desk.type("Citizens Advice")
    desk.key(ENTER)
    desk.until_said("C001 was signposted to Citizens Advice.")
    desk.key(Qt.Key.Key_F, CTRL)
    found = desk.until_panel(FindPanel)
    desk.type("C001")
    desk.until(lambda: found.found.rowCount() == 1)
    desk.key(ENTER)
    visit = desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_P)
    assert "This station has no printer. Tell the visitor the number." in visit.problem()
    assert not any(isinstance(done, c.Reprint) for done in desk.fake.done)


def test_whoever_stepped_out_is_back_and_the_row_is_chosen_no_more(desk: DeskDriver) -> None:
    open_row(desk, "C002")
    assert desk.window.queue.chosen_visit() == "v2"
    desk.key(Qt.Key.Key_O)
    desk.until_said("C002 stepped out.")
    desk.until_panel(None)
    assert desk.window.queue.chosen_visit() == ""
    assert desk.window.counter_sheet.main.hasFocus()
    desk.choose_row(desk.window.asides, "C002")
    desk.until_panel(VisitPanel)
    desk.key(ENTER)
    desk.until_said("C002 is back.")
    desk.until_panel(None)
    desk.until(lambda: "C002" in desk.numbers())
    row = desk.window.queue_model.visit_at(desk.window.queue_model.row_of("v2"))
    assert row is not None
    assert row_needs(row) == ()
    assert not desk.window.asides.selectionModel().hasSelection()


def test_escape_from_details_leaves_the_focus_on_the_main_key(desk: DeskDriver) -> None:
    desk.call_next()
    desk.key(Qt.Key.Key_D, CTRL)
    desk.until_panel(VisitPanel)
    desk.key(ESCAPE)
    desk.until_panel(None)
    assert desk.window.counter_sheet.main.hasFocus()


def test_the_evacuation_list_is_shown_and_printed_without_a_database(desk: DeskDriver) -> None:
    desk.fake.gate.clear()
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    desk.until(lambda: len(desk.fake.evacuations) == 1)
    assert panel.everyone.office == OFFICE.name


def test_an_evacuation_list_that_does_not_print_stays_on_the_screen(desk: DeskDriver) -> None:
    desk.fake.fail_print = Refusal(Code.PRINTER, "The printer has no paper.", "Put in a new roll.")
    desk.key(Qt.Key.Key_E, CTRL | SHIFT)
    panel = desk.until_panel(EvacuationPanel)
    desk.until(lambda: "no paper" in panel.printed_words.text())
    assert len(panel.everyone.rows) == 3


# -- keys ------------------------------------------------------------------------------------------------------


def test_a_newcomer_finds_evacuation_look_and_settings_in_the_menu(desk: DeskDriver) -> None:
    """By mouse from the button at the top; nothing that ends or freezes anything has the focus."""
    desk.press("Menu")
    panel = desk.until_panel(MenuPanel)
    headings = [each.text() for each in panel.findChildren(ElidingLabel) if each.isVisible()]
    at = [headings.index(words) for words in ("Menu", "Evacuation", "How this window looks", "This desk")]
    assert at == sorted(at)
    assert panel.theme.isAncestorOf(desk.focused())
    evacuate = next(each for each in panel.findChildren(KeyButton) if each.text() == "Evacuate")
    assert not evacuate.visibleRegion().isEmpty(), "it is in sight without scrolling"
    for key in (ENTER, Qt.Key.Key_Space):
        desk.key(key)
    desk.until_answered()
    assert desk.fake.evacuated_at is None
    desk.click(evacuate)
    desk.until_panel(EvacuationPanel)
    desk.until(lambda: desk.fake.evacuated_at is not None)


@pytest.mark.parametrize(
    ("size", "words", "begin", "steps"),
    [
        ((1366, 768), "Larger", 80, [90, 100, 110, 125, 150, 175, 200, 200]),
        ((1366, 768), "Smaller", 200, [175, 150, 125, 110, 100, 90, 80, 80]),
        ((1920, 1080), "Smaller", 200, [175, 150, 125, 110, 100, 90, 80, 80]),
        ((1024, 768), "Larger", 80, [90, 100, 110, 125, 150, 175, 200, 200]),
    ],
)
def test_the_text_size_is_changed_step_by_step_without_moving_the_mouse(
    qtbot: QtBot, size: tuple[int, int], words: str, begin: int, steps: list[int]
) -> None:
    desk = DeskDriver(qtbot, FakeDoor(), size, text_percent=begin)
    desk.sign_in()
    desk.key(Qt.Key.Key_F1)
    panel = desk.until_panel(MenuPanel)
    button = next(each for each in panel.findChildren(KeyButton) if each.text() == words)
    window = desk.window
    for _ in range(2):  # bringing it in sight may lay out the panel anew
        desk.bring_in_sight(button)
        desk.until_still()
    place = button.mapTo(window, QPoint(button.width() // 2, button.height() * 3 // 4))
    seen = []
    for _ in steps:
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        seen.append(int(panel.size_words.text().removesuffix(" %")))
        desk.until_answered()
    assert seen == steps
    QTest.mouseMove(window.windowHandle(), QPoint(5, 5))
    desk.until(lambda: panel.content.contentsMargins().top() == 0)


def test_the_menu_panel_changes_theme_and_text(desk: DeskDriver) -> None:
    themes: list[str] = []
    sizes: list[int] = []
    desk.window.theme_chosen.connect(themes.append)
    desk.window.text_percent_chosen.connect(sizes.append)
    desk.key(Qt.Key.Key_F1)
    panel = desk.until_panel(MenuPanel)
    desk.key(Qt.Key.Key_Right)
    assert themes == ["dark"]
    desk.key(Qt.Key.Key_Equal, CTRL)
    desk.key(Qt.Key.Key_Plus, CTRL)
    desk.key(Qt.Key.Key_Minus, CTRL)
    assert sizes == [110, 125, 110]
    assert panel.size_words.text() == "110 %"
    desk.key(Qt.Key.Key_0, CTRL)
    assert sizes[-1] == 100


def test_settings_are_asked_for_by_signal(desk: DeskDriver) -> None:
    with desk.qtbot.waitSignal(desk.window.settings_wanted):
        desk.key(Qt.Key.Key_Comma, CTRL)


def test_the_clipboard_is_left_alone(desk: DeskDriver) -> None:
    QApplication.clipboard().setText("before")
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_C)
    desk.type("Li Wei")
    desk.key(ENTER)
    desk.until_said("Ticket C004")
    assert QApplication.clipboard().text() == "before"


def test_the_see_first_reason_is_read_by_those_whom_it_concerns(desk: DeskDriver) -> None:
    panel = open_row(desk, "C003")
    desk.key(Qt.Key.Key_F)
    desk.until_panel(ReasonPanel)
    desk.type("Unwell")
    desk.key(ENTER)
    desk.until_panel(VisitPanel)
    desk.until(lambda: panel.row("See first") == "Unwell")
    assert "Unwell" not in said_on(desk.window.queue_sheet), "never in the queue"
    desk.key(ESCAPE)
    desk.until_answered()  # a view that is under way would be of before, and count as of after
    desk.fake.visits["v2"].see_first, desk.fake.visits["v2"].see_first_reason = True, "A child alone"
    desk.fake.visits["v2"].marked_by = "ewan"
    desk.fake.sequence += 1
    panel = open_row(desk, "C002")
    desk.until(lambda: any(isinstance(asked, q.SeeFirstReason) and asked.visit_id == "v2" for asked in desk.fake.asked))
    desk.until_answered()
    assert panel.row("See first") == "", "somebody else's mark on a visit of nobody's is seen, and no more"
    desk.fake.visits["v2"].officer_id = "priya"
    desk.fake.sequence += 1
    desk.until(lambda: panel.row("See first") == "A child alone")


def said_on(widget: QWidget) -> str:
    return "\n".join(child.accessibleName() for child in widget.findChildren(QWidget))


def test_the_rows_of_a_visit_say_party_languages_and_waits_plainly(desk: DeskDriver) -> None:
    visit = desk.fake.visits["v2"]
    visit.person, visit.party_size = replace(visit.person, spoken="pa", written="ur"), 3
    visit.leg, visit.arrived_at, visit.first_wait = 2, visit.arrived_at - 24 * MINUTE, 9 * MINUTE
    desk.fake.sequence += 1
    panel = open_row(desk, "C002")
    assert panel.row("Visitor") == "Rosa Carreras"
    assert panel.row("Language") == "Speaks Punjabi, reads Urdu"
    assert panel.row("Party") == "3 people"
    assert panel.row("Waited") == "Waiting 7 min here, 31 min since arrival"
    assert panel.row("First wait") == "9 min of 15, promise kept"
    desk.pass_time(2 * MINUTE)
    assert label_of(panel, "Waited").accessibleName() == "Waited: Waiting 9 min here, 33 min since arrival"


def label_of(panel: QWidget, label: str) -> FormRow:
    return next(row for row in panel.findChildren(FormRow) if row.accessibleName().startswith(f"{label}: "))


def test_the_party_is_never_cut_at_the_counter(desk: DeskDriver) -> None:
    visit = desk.fake.visits["v1"]
    visit.person, visit.party_size = replace(visit.person, name="W" * 300), 4
    desk.fake.sequence += 1
    desk.call_next()
    desk.until(
        lambda: label_of(desk.window.counter_sheet, "Visitor").accessibleName().startswith("Visitor: Party of 4")
    )


# -- without typing ----------------------------------------------------------------------------------------------


def choose(desk: DeskDriver, words: str) -> None:
    """Click one of the usual answers."""
    button = next(each for each in desk.window.findChildren(QRadioButton) if each.isVisible() and each.text() == words)
    desk.click(button)


def test_reasons_are_chosen_by_mouse(desk: DeskDriver) -> None:
    open_row(desk, "C003")
    desk.press("See first")
    panel = desk.until_panel(ReasonPanel)
    choose(desk, "Distressed")
    desk.press("See C003 first")
    desk.until_said("C003 will be seen first.")
    command = last(desk)
    assert isinstance(command, c.SeeFirst)
    assert command.reason == "Distressed"
    desk.until_panel(VisitPanel)
    desk.until_button("Not first")
    assert desk.focused() is desk.button("Call C003"), "work goes on with the visit that is marked"
    desk.press("Back")
    desk.until_panel(None)
    open_row(desk, "C002")
    desk.press("Call C002")
    panel = desk.until_panel(ReasonPanel)
    choose(desk, "A short question")
    desk.click(panel.reason.line)
    desk.key(Qt.Key.Key_End)
    desk.type(" on a bill")
    assert panel.reason.offers.value() == "", "what is typed is not what was chosen"
    desk.press("Call C002")
    desk.until_said("C002 called to Counter 3.")
    called = last(desk)
    assert isinstance(called, c.CallVisit)
    assert called.reason == "A short question on a bill"


def test_the_usual_answers_are_one_stop_of_the_tab_key(desk: DeskDriver) -> None:
    open_row(desk, "C003")
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
    choose(desk, "Housing")
    choose(desk, "Ill")
    assert panel.see_first.text() == "Ill"
    desk.press("Give ticket")
    desk.until_said("Ticket H001 for Housing.")
    desk.choose_row(desk.window.queue, "H001")
    desk.until_panel(VisitPanel)
    desk.press("Signpost")
    desk.until_panel(SignpostPanel)
    choose(desk, "Citizens Advice")
    desk.press("Finish, signposted")
    desk.until_said("H001 was signposted to Citizens Advice.")
    command = last(desk)
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


# -- what was typed is never lost --------------------------------------------------------------------------------


def go_on_with_c001(desk: DeskDriver) -> None:
    """Serve C001, hold it and go on with it: one undo takes it from the counter."""
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_F9)
    desk.until_said("C001 is on hold.")
    desk.choose_row(desk.window.asides, "C001")
    desk.until_panel(VisitPanel)
    desk.key(ENTER)
    desk.until_said("C001 is back from hold.")
    desk.until(lambda: desk.number_here() == "C001")
    desk.until_panel(None)


def test_a_note_survives_an_undo_that_takes_its_visit_away(desk: DeskDriver) -> None:
    go_on_with_c001(desk)
    desk.key(Qt.Key.Key_T, CTRL)
    panel = desk.until_panel(ToFollowPanel)
    desk.click(panel.remark)
    desk.type("needs plans")
    desk.press("Undo")
    desk.until_said("Taken back: the end of the hold of C001.")
    desk.until(lambda: "not at this counter any more" in panel.problem())
    assert desk.panel() is panel
    assert panel.remark.text() == "needs plans"
    # the visit comes back to the counter, and the answer can be given after all
    here = {"office_id": "civic", "station": "Desk 3", "counter_id": "c3", "officer_id": "priya"}
    desk.fake.do(c.EndHold(**here, visit_id="v1"))
    desk.until(lambda: panel.problem() == "")
    desk.key(ENTER)
    desk.until_said("C001: an answer is to follow")
    command = last(desk)
    assert isinstance(command, c.Finish)
    assert command.note == "needs plans"


def test_a_question_in_which_nothing_was_typed_goes_with_its_visit(desk: DeskDriver) -> None:
    go_on_with_c001(desk)
    desk.key(Qt.Key.Key_G, CTRL)
    desk.until_panel(SignpostPanel)
    desk.press("Undo")
    desk.until_said("Taken back: the end of the hold of C001.")
    desk.until_panel(None)


def test_details_survive_an_undo_and_another_panel_brought_up(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    walk_in = desk.until_panel(WalkInPanel)
    desk.click(walk_in.form.name)
    desk.type("Ada")
    desk.choose_row(desk.window.queue, "C002")
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_D)
    details = desk.until_panel(DetailsPanel)
    desk.key(Qt.Key.Key_A, CTRL)
    desk.type("Rosa C")
    desk.key(Qt.Key.Key_F2)
    assert desk.until_panel(WalkInPanel) is walk_in
    assert walk_in.form.name.text() == "Ada"
    desk.key(ESCAPE)
    assert desk.until_panel(DetailsPanel) is details
    assert details.form.name.text() == "Rosa C"


@pytest.mark.parametrize("comes_back", ["Priya Nair", "Ewan Pritchard"])
def test_a_walk_in_waits_for_who_typed_it_when_the_counter_is_taken(desk: DeskDriver, comes_back: str) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.click(panel.form.name)
    desk.type("Ada")
    desk.fake.sign_in("c3", "ewan", "Desk 9")
    desk.until_said("Ewan Pritchard has signed in at Counter 3.")
    signing = desk.until_panel(SignInPanel)
    desk.fake.signed_in.clear()
    signing.counter.set_value("c2")
    signing.officer.set_value("")
    signing.officer.setFocus()
    desk.type(comes_back[:4])
    desk.key(Qt.Key.Key_Tab)
    desk.type(PIN)
    desk.key(ENTER)
    if comes_back != "Priya Nair":
        desk.until_panel(None)
        return
    assert desk.until_panel(WalkInPanel) is panel
    assert panel.form.name.text() == "Ada"
    choose(desk, "Housing")
    desk.key(ENTER)
    desk.until_said("Ticket H001")
    assert (last(desk).counter_id, last(desk).officer_id) == ("c2", "priya"), "in the name of who sits here now"


def test_a_refusal_stands_in_the_panel_alone(desk: DeskDriver) -> None:
    panel = open_row(desk, "C002")
    desk.fake.fail_do.append(Refusal(Code.NOT_POSSIBLE_NOW, "C002 is being served now.", "Leave it to that counter."))
    desk.key(Qt.Key.Key_L)
    desk.until(lambda: panel.problem() == "C002 is being served now. Leave it to that counter.")
    assert "C002" not in desk.said()
