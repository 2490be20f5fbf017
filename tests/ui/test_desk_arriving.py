"""People with appointments at the desk: the strip of the day, check in by search and by scanner."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.domain.booked import Kind, Standing
from reception.domain.person import Person
from reception.domain.visit_states import State
from reception.domain.visitor import Visitor
from reception.services.appointment_commands import Attended, CheckIn, DidNotAttend
from tests.ui.booked_door import BookDoor, at
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from ui.desk.appointment_panel import AppointmentPanel
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.sign_panels import SignInPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.another_time import AnotherTimePanel


@pytest.fixture
def door() -> BookDoor:
    door = BookDoor()
    door.book(at(10, 30), "planning", "li", "Peter Agyeman", room_id="r3")
    door.book(at(10, 41, 0), "housing", "grace", "Rukhsana Aziz")
    door.book(
        at(11, 0),
        "planning",
        "li",
        "Samuel Adebayo",
        visitor=Visitor(Person("Samuel Adebayo"), born=date(1961, 3, 7), telephone="01707 555 0142"),
    )
    door.book(at(10, 0, 7), "planning", "li", "Wilhelmina Clarke")
    return door


@pytest.fixture
def desk(qtbot: QtBot, door: BookDoor) -> DeskDriver:
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    driver.until(lambda: driver.window.today_model.rowCount() > 0)
    return driver


def check_in(desk: DeskDriver) -> CheckInPanel:
    desk.key(Qt.Key.Key_F3)
    panel = desk.until_panel(CheckInPanel)
    assert isinstance(panel, CheckInPanel)
    return panel


def look_for(desk: DeskDriver, text: str) -> CheckInPanel:
    panel = check_in(desk)
    desk.type(text)
    desk.until(lambda: panel.text.text() == text and panel.is_asked(text) and panel.found.rowCount() == 1)
    return panel


def day(desk: DeskDriver) -> list[tuple[str, ...]]:
    model = desk.window.today_model
    return [tuple(model.index(at, column).data() for column in (0, 2, 4, 5)) for at in range(model.rowCount())]


# -- the strip of the day --------------------------------------------------------------------------------------


def test_the_strip_tells_who_is_here_who_is_not_and_who_is_due(desk: DeskDriver) -> None:
    assert day(desk) == [
        ("10.30", "Li Wei", "Room 3", "Not here, 12 min"),
        ("10.41", "Grace Okafor", "", "Not here, 1 min"),
        ("11.00", "Li Wei", "", "Due"),
    ]
    assert desk.window.aside_sheet.note.text() == "3 booked, 0 seen, 0 here"


def test_a_minute_later_it_says_so_by_itself(desk: DeskDriver) -> None:
    desk.pass_time(60_000)
    assert day(desk)[0][3] == "Not here, 13 min"


def test_what_is_over_makes_way_for_what_is_to_come(desk: DeskDriver, door: BookDoor) -> None:
    door._change("a1", standing=Standing.DID_NOT_ATTEND)
    door.sequence += 1
    desk.until(lambda: day(desk)[-1] == ("10.30", "Li Wei", "Room 3", "Did not attend"))


def test_no_visitor_is_named_in_it(desk: DeskDriver, door: BookDoor) -> None:
    model = desk.window.today_model
    said = [
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    ]
    assert not any("Agyeman" in words or "Adebayo" in words for words in said)


def test_the_list_on_hold_is_a_key_away_and_the_day_comes_back(desk: DeskDriver, door: BookDoor) -> None:
    visit = door.arrive("parking", 5)
    visit.state = State.ON_HOLD
    door.sequence += 1
    desk.until(lambda: desk.window.aside_model.rowCount() == 1)
    assert desk.window.today.isVisible()
    desk.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    desk.until(desk.window.asides.isVisible)
    assert desk.window.asides.hasFocus()
    assert desk.has_button("Back")
    desk.key(ESCAPE)
    desk.until(desk.window.today.isVisible)
    assert desk.focused() is desk.window.walk_in_button, "nobody waits: that is where work goes on"
    assert not desk.has_button("Back")
    desk.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    desk.until(desk.window.asides.isVisible)
    desk.key(Qt.Key.Key_F3)
    desk.until_panel(CheckInPanel)
    desk.until(desk.window.today.isVisible)


# -- check in by search ----------------------------------------------------------------------------------------


def test_cut_off_every_row_says_that_nobody_can_be_checked_in_now(desk: DeskDriver) -> None:
    panel = check_in(desk)
    state = panel.found.columnCount() - 1
    assert panel.found.index(0, state).data() != "Not now"
    panel.show_view(replace(panel._view, kept=0))
    assert {panel.found.index(at, state).data() for at in range(panel.found.rowCount())} == {"Not now"}
    assert panel.words.text().endswith("Nobody can be checked in until it is back.")


@pytest.mark.parametrize("text", ["Adeb", "AP-00000003", "07 03 1961", "555 0142"])
def test_found_by_name_reference_date_of_birth_or_telephone(desk: DeskDriver, door: BookDoor, text: str) -> None:
    door.visitors["a1"] = door.visitors["a2"] = door.visitors["a4"] = Visitor()
    panel = look_for(desk, text)
    row = panel.row()
    assert row is not None and row.id == "a3"
    desk.key(ENTER)
    desk.until_panel(None)
    assert isinstance(door.done[-1], CheckIn)
    desk.until_said("P001: 11am with Li Wei. 18 min early. The promise counts from 11am.")


def test_nothing_typed_it_lists_who_is_expected_and_chooses_nobody(desk: DeskDriver, door: BookDoor) -> None:
    panel = check_in(desk)
    assert [panel.found.key_at(at) for at in range(panel.found.rowCount())] == ["a1", "a2", "a3"]
    desk.key(ENTER)
    assert panel.problem().startswith("Nobody is chosen yet."), "the first in the list is not who has come"
    button = panel.main_button()
    assert button is not None and "Agyeman" not in button.detail()
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    assert not panel.problem()
    desk.key(ENTER)
    desk.until_panel(None)
    desk.until_said("H001: 10.41am with Grace Okafor. 1 min late")
    assert sum(isinstance(command, CheckIn) for command in door.done) == 1


def test_enter_before_the_answer_takes_only_whoever_was_typed(desk: DeskDriver, door: BookDoor) -> None:
    panel = check_in(desk)
    door.gate.clear()
    desk.type("Adeb")
    desk.key(ENTER)
    desk.key(ENTER)
    assert desk.panel() is panel
    door.gate.set()
    desk.until_panel(None)
    commands = [command for command in door.done if isinstance(command, CheckIn)]
    assert [command.appointment_id for command in commands] == ["a3"], "not the first of those who are expected"


def test_of_several_who_are_found_enter_before_the_answer_takes_nobody(desk: DeskDriver, door: BookDoor) -> None:
    panel = check_in(desk)
    door.gate.clear()
    desk.type("0142")
    desk.key(ENTER)
    door.gate.set()
    desk.until(lambda: panel.found.rowCount() == 4)
    desk.until_answered()
    assert desk.panel() is panel
    assert not any(isinstance(command, CheckIn) for command in door.done)
    row = panel.row()
    assert row is not None and row.id == "a1", "the first of them is a second Enter away, and named on the key"
    desk.key(Qt.Key.Key_A, CTRL)
    desk.key(Qt.Key.Key_Backspace)
    desk.until(lambda: panel.found.rowCount() == 3)
    assert panel.row() is None, "with nothing typed nobody is chosen again"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-30, "30 min early. The promise counts from"),
        (0, "On time."),
        (15, "15 min late, within the grace of 15 min. Seen as promised."),
        (16, "16 min late, past the 15 min of grace. It waits as a walk-in; or offer another time."),
    ],
)
def test_the_number_is_said_and_how_the_visitor_stands_with_the_clock(qtbot: QtBot, minutes: int, words: str) -> None:
    door = BookDoor()
    door.book(door.clock.now() - minutes * 60_000, name="Ffion Rhys")
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    look_for(desk, "Ffion")
    desk.key(ENTER)
    desk.until_said(words)
    assert "P001" in desk.said()


@pytest.mark.parametrize(("minutes", "words"), [(-30, "30 min early."), (15, "within the grace of 15 min.")])
def test_where_appointments_have_no_promise_none_is_spoken_of(qtbot: QtBot, minutes: int, words: str) -> None:
    door = BookDoor()
    door.unpromised = True
    door.book(door.clock.now() - minutes * 60_000, name="Ffion Rhys")
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    look_for(desk, "Ffion")
    desk.key(ENTER)
    desk.until_said("P001")
    assert desk.said().endswith(words)


def test_somebody_marked_as_not_attended_comes_after_all(desk: DeskDriver, door: BookDoor) -> None:
    door._change("a1", standing=Standing.DID_NOT_ATTEND)
    look_for(desk, "Peter")
    desk.key(ENTER)
    desk.until_said("came after all")


def test_on_the_wrong_day_the_way_out_is_one_key(desk: DeskDriver) -> None:
    panel = look_for(desk, "Wilhel")
    desk.key(ENTER)
    desk.until(lambda: panel.problem() == "This appointment is on another day. Offer another time.")
    desk.key(Qt.Key.Key_A)
    desk.until_panel(AnotherTimePanel)
    desk.key(Qt.Key.Key_Escape)
    assert desk.until_panel(CheckInPanel).text.text() == "Wilhel", "what was typed is kept"


def test_a_cancelled_one_gets_a_ticket(desk: DeskDriver, door: BookDoor) -> None:
    door._change("a3", standing=Standing.CANCELLED)
    panel = look_for(desk, "Adeb")
    desk.key(ENTER)
    desk.until(lambda: "was cancelled" in panel.problem())
    desk.key(Qt.Key.Key_T)
    desk.until_panel(WalkInPanel)


# -- the scanner -----------------------------------------------------------------------------------------------


def test_a_scanned_letter_checks_in_while_a_name_is_typed(desk: DeskDriver, door: BookDoor) -> None:
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.type("Amal")
    desk.scan("AP-00000003")
    desk.until_said("P001: 11am with Li Wei.")
    assert desk.panel() is panel
    assert panel.form.name.text() == "Amal"
    assert panel.form.name.hasFocus()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AP-99999999", "No appointment has this reference. Find it by name or date of birth: F3."),
        ("AP-00000004", "This appointment is on another day. Offer another time."),
    ],
)
def test_a_code_that_cannot_be_checked_in_says_why_and_what_to_do(desk: DeskDriver, code: str, words: str) -> None:
    desk.scan(code)
    desk.until_said(words)


def test_a_letter_scanned_twice_opens_the_visit_that_it_became(desk: DeskDriver, door: BookDoor) -> None:
    desk.scan("AP-00000003")
    desk.until_said("P001: 11am")
    desk.scan("AP-00000003")
    desk.until_said("It is checked in as P001.")
    desk.key(Qt.Key.Key_F6)
    assert desk.until_panel(VisitPanel).visit_id == door.by_number("P001").id
    assert len(door.visits) == 1


def test_a_letter_of_another_office_says_where_to_go(desk: DeskDriver, door: BookDoor) -> None:
    door.elsewhere["a3"] = "Bushey"
    desk.scan("AP-00000003")
    desk.until_said("This appointment is at Bushey. Send the visitor to Bushey.")
    assert desk.has_button("New walk-in")


def test_before_signing_in_a_letter_checks_nobody_in(qtbot: QtBot, door: BookDoor) -> None:
    desk = DeskDriver(qtbot, door)
    desk.until_panel(SignInPanel)
    desk.until_still()
    desk.scan("AP-00000003")
    desk.until_said("Sign in first.")
    assert not door.visits


# -- one appointment -------------------------------------------------------------------------------------------


def open_first(desk: DeskDriver) -> AppointmentPanel:
    view = desk.window.today
    desk.click(view.viewport(), view.visualRect(desk.window.today_model.index(0, 0)).center())
    panel = desk.until_panel(AppointmentPanel)
    assert isinstance(panel, AppointmentPanel)
    return panel


def test_from_the_strip_somebody_is_checked_in_or_marked_as_not_attended(desk: DeskDriver, door: BookDoor) -> None:
    open_first(desk)
    desk.key(Qt.Key.Key_N)
    desk.until_said("AP-00000001 did not attend.")
    assert isinstance(door.done[-1], DidNotAttend)
    assert desk.has_button("Letter"), "of a missed appointment"
    desk.until(lambda: day(desk)[0][0] == "10.41")
    open_first(desk)
    desk.key(ENTER)
    desk.until_said("H001: 10.41am with Grace Okafor.")


def test_a_telephone_appointment_took_place(qtbot: QtBot) -> None:
    door = BookDoor()
    door.book(at(10, 40), kind=Kind.TELEPHONE)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.until(lambda: bool(day(desk)))
    assert day(desk) == [("10.40", "Li Wei", "Telephone", "To ring, 2 min")]
    open_first(desk)
    desk.key(Qt.Key.Key_T)
    desk.until_said("AP-00000001 took place.")
    assert isinstance(door.done[-1], Attended)
