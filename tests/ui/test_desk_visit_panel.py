"""Finding a visit, and its panel: what single letters do with it, and what its rows say."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.config import PrinterConfig, PrinterKind
from reception.domain.visit_states import End, State
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver, with_three_waiting
from tests.ui.fake_door import FakeDoor
from ui.desk.details_panel import DetailsPanel, LinkPanel
from ui.desk.end_panels import SignpostPanel
from ui.desk.find_panel import FindPanel
from ui.desk.move_panels import ReasonPanel
from ui.desk.visit_panel import VisitPanel
from ui.needed import NeedItem, row_needs
from ui.widgets import FormRow, NeedsLabel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    return with_three_waiting(qtbot)


# -- find -----------------------------------------------------------------------------------------------------------


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


def test_enter_before_the_answer_opens_the_only_one_that_is_found(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F, CTRL)
    panel = desk.until_panel(FindPanel)
    for character in "C00":
        desk.key(character)
    desk.key(ENTER)
    desk.until(lambda: panel.found.rowCount() == 3)
    assert desk.panel() is panel, "which of them is not said"
    desk.key("3")
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


# -- one visit ------------------------------------------------------------------------------------------------------


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
    desk.open_row("C002")
    desk.key(key)
    desk.until_said(said)


def test_calling_out_of_turn_asks_why_and_keeps_it(desk: DeskDriver) -> None:
    desk.open_row("C003")
    assert desk.button("Call C003").detail() == "Out of turn: a reason is asked"
    desk.key(ENTER)
    panel = desk.until_panel(ReasonPanel)
    desk.key(ENTER)
    assert "A reason is needed." in panel.problem()
    desk.type("Knows the officer")
    desk.key(ENTER)
    desk.until_said("C003 called to Counter 3.")
    desk.until_panel(None)
    command = desk.last()
    assert isinstance(command, c.CallVisit)
    assert command.reason == "Knows the officer"


def test_calling_the_next_in_turn_asks_nothing(desk: DeskDriver) -> None:
    desk.open_row("C001")
    desk.key(Qt.Key.Key_C)
    desk.until_said("C001 called to Counter 3.")
    assert isinstance(desk.last(), c.CallVisit)


def test_see_first_marks_the_visit_and_stays_with_it(desk: DeskDriver) -> None:
    panel = desk.open_row("C003")
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


def test_a_panel_that_stays_after_its_answer_is_in_the_way_as_any_other(desk: DeskDriver) -> None:
    """Also where its key was pressed again before a view showed what was done."""
    desk.fake.visits["v3"].see_first = True
    desk.fake.sequence += 1
    desk.until(lambda: desk.numbers()[0] == "C003")  # a row that moves is missed
    panel = desk.open_row("C003")
    desk.until_button("Not first")
    desk.window.desk.sending.done.connect(lambda *_: desk.key(Qt.Key.Key_F))
    desk.fake.gate.clear()
    desk.key(Qt.Key.Key_F)
    desk.key(Qt.Key.Key_F5)
    desk.fake.gate.set()
    desk.until_said("A panel is open.")
    desk.until_still()
    assert (desk.panel(), panel.is_sent) == (panel, False)


def test_after_see_first_at_a_busy_counter_the_focus_stays_with_the_visit(desk: DeskDriver) -> None:
    """Nobody else can be called, so there is no main thing: the focus is where one Enter too many ends nothing."""
    desk.call_next()
    desk.open_row("C003")
    desk.press("See first")
    desk.until_panel(ReasonPanel)
    desk.choose_answer("Ill")
    desk.press("See C003 first")
    desk.until_panel(VisitPanel)
    desk.until_button("Not first")
    assert desk.focused() is next(each for each in desk.buttons() if each.text() == "Details" and each.isEnabled())


def test_details_are_corrected(desk: DeskDriver) -> None:
    desk.open_row("C002")
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
    desk.open_row("C002")
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
    panel = desk.open_row("C002")
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
    panel = desk.open_row("C001")
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
    desk.open_row("C002")
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


def test_the_see_first_reason_is_read_by_those_whom_it_concerns(desk: DeskDriver) -> None:
    panel = desk.open_row("C003")
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
    desk.until(lambda: "C002" in desk.numbers()[:2] and desk.numbers()[2] == "C001")  # a row that moves is missed
    panel = desk.open_row("C002")
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
    panel = desk.open_row("C002")
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


def choose(desk: DeskDriver, words: str) -> None:
    """Click one of the usual answers."""
    button = next(each for each in desk.window.findChildren(QRadioButton) if each.isVisible() and each.text() == words)
    desk.click(button)
