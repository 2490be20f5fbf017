"""What a visit may be given beside a counter: a room, an interpreter, a named officer, an appointment."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reception.domain.about_now import OfficerRow, OfficerState
from reception.domain.booked import Mode, RoomFeature, RoomState
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services.appointment_commands import (
    AssignRoom,
    BookAppointment,
    FreeRoom,
    InterpreterHere,
    MoveAppointment,
    RequestInterpreter,
    SetRoomState,
)
from reception.services.appointment_queries import FreeSlots
from reception.services.commands import CallNext, TakeTicket
from tests.ui.booked_door import SLOTS, BookDoor, at
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from tests.ui.fake_door import refuse
from ui.appointment_words import officer_state
from ui.desk.interpreter_panel import InterpreterPanel
from ui.desk.room_panel import RoomPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.another_time import AnotherTimePanel
from ui.widgets import KeyButton


@pytest.fixture
def door() -> BookDoor:
    door = BookDoor()
    door.arrive("benefits", 9, name="Olena Bondar", spoken="pl", needs=frozenset({Need.PRIVATE, Need.INTERPRETER}))
    door.arrive("housing", 7)
    return door


@pytest.fixture
def desk(qtbot: QtBot, door: BookDoor) -> DeskDriver:
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    driver.until(lambda: driver.window.counter_model.row_of("room r1") >= 0)
    return driver


def test_counters_and_rooms_stand_in_the_offices_order_whoever_is_where(desk: DeskDriver, door: BookDoor) -> None:
    places = [f"room {room.id}" for room in door.office.rooms]
    order = [*(counter.id for counter in door.office.counters), *places]
    assert [desk.window.counter_model.row_of(key) for key in order] == list(range(len(order)))


def visit_panel(desk: DeskDriver, number: str = "B001") -> VisitPanel:
    desk.choose_row(desk.window.queue, number)
    panel = desk.until_panel(VisitPanel)
    assert isinstance(panel, VisitPanel)
    return panel


def rooms_of(desk: DeskDriver) -> RoomPanel:
    desk.key(Qt.Key.Key_F11)
    panel = desk.until_panel(RoomPanel)
    desk.until(lambda: panel.found.rowCount() == 3)
    assert isinstance(panel, RoomPanel)
    return panel


def place(desk: DeskDriver, key: str) -> tuple[str, str]:
    model = desk.window.counter_model
    row = model.row_of(key)
    return model.index(row, 1).data(), model.index(row, 2).data()


# -- rooms -----------------------------------------------------------------------------------------------------


def test_rooms_are_in_sight_with_who_is_in_them_and_their_next_booking(desk: DeskDriver, door: BookDoor) -> None:
    door.in_room["v2"] = "r2"
    door.next_in_room = {"r1": at(11, 20), "r2": at(11, 0)}
    door.room_states["r3"] = RoomState.CLEANING
    door.sequence += 1
    desk.until(lambda: place(desk, "room r2") == ("H001", "11 min, next booking 11.00"))
    assert place(desk, "room r1") == ("Free", "until 11.20")
    assert place(desk, "room r3") == ("Being cleaned", "")
    assert "1 of 3 rooms free" in [f"{each.number} {each.words}" for each in desk.window.header.figures()]


def test_the_suggested_room_is_one_key_and_enter(desk: DeskDriver, door: BookDoor) -> None:
    door.in_room["v2"] = "r1"
    visit_panel(desk)
    panel = rooms_of(desk)
    assert [panel.found.index(row, 0).data() for row in range(3)] == ["Room 2", "Room 3", "Room 1"]
    assert panel.found.index(0, 3).data() == "Suggested"
    desk.key(ENTER)
    desk.until_panel(None)
    command = door.done[-1]
    assert isinstance(command, AssignRoom)
    assert (command.visit_id, command.room_id) == ("v1", "r2")
    desk.until_said("B001 has Room 2. Send the visitor to Room 2, or call to it.")
    row = desk.window.queue_model.row_of("v1")
    desk.until(lambda: "Room 2" in desk.window.queue_model.line_at(row).words(3))  # type: ignore[arg-type]


def test_another_room_is_chosen_by_the_arrow_keys(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    rooms_of(desk)
    desk.key(Qt.Key.Key_Down)
    desk.key(ENTER)
    desk.until_panel(None)
    assert door.in_room == {"v1": "r2"}


def test_a_room_that_was_taken_meanwhile_is_refused_and_the_question_stays(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = rooms_of(desk)
    door.fail_do.append(refuse("Room 1 is occupied.", "Choose another.", Code.ROOM_TAKEN))
    desk.key(ENTER)
    desk.until(lambda: panel.problem() == "Room 1 is occupied. Choose another.")
    desk.until_answered()
    assert panel.problem(), "it is not taken away by the next reading"


def test_the_visit_here_gives_its_room_back(desk: DeskDriver, door: BookDoor) -> None:
    door.in_room["v1"] = "r1"
    desk.call_next()
    desk.until(lambda: "Has Room 1" in desk.window.counter_sheet.needs.accessibleName())
    rooms_of(desk)
    desk.key(Qt.Key.Key_F)
    desk.until_panel(None)
    assert isinstance(door.done[-1], FreeRoom)
    assert door.in_room == {}


def test_with_nobody_here_rooms_can_be_set_in_order(desk: DeskDriver, door: BookDoor) -> None:
    panel = rooms_of(desk)
    assert panel.main_button() is None, "there is nobody to give a room"
    desk.key(Qt.Key.Key_C)
    desk.until(lambda: place(desk, "room r1")[0] == "Being cleaned")
    assert isinstance(door.done[-1], SetRoomState)
    assert desk.panel() is panel, "one goes on looking at the rooms"
    desk.key(Qt.Key.Key_Down)
    desk.until(lambda: panel.chosen() != "")


# -- interpreters ----------------------------------------------------------------------------------------------


def interpreters_of(desk: DeskDriver) -> InterpreterPanel:
    desk.key(Qt.Key.Key_F12)
    panel = desk.until_panel(InterpreterPanel)
    assert isinstance(panel, InterpreterPanel)
    return panel


def test_the_line_shows_its_number_and_code_until_the_interpreter_is_on_it(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = interpreters_of(desk)
    assert panel.language.value() == "pol", "the visitor speaks Polish"
    assert panel.line.text() == "0845 310 9900, code 4471"
    desk.key(ENTER)
    desk.until(lambda: isinstance(door.done[-1], RequestInterpreter))
    command = door.done[-1]
    assert isinstance(command, RequestInterpreter)
    assert (command.language, command.mode, command.interpreter_id) == ("pol", Mode.TELEPHONE, "line")
    desk.until(lambda: desk.has_button("Interpreter is here"))
    assert panel.line.isVisible()
    desk.key(Qt.Key.Key_H)
    desk.until_panel(None)
    assert isinstance(door.done[-1], InterpreterHere)
    desk.until_said("B001: the interpreter is there. It may be called now.")


def test_when_an_interpreter_is_expected_enter_says_that_they_are_here(desk: DeskDriver, door: BookDoor) -> None:
    door.interpreting["v1"] = ("pol", "line", False)
    door.sequence += 1
    desk.until_answered()
    visit_panel(desk)
    panel = interpreters_of(desk)
    button = panel.main_button()
    assert button is not None and (button.text(), button.detail()) == ("Interpreter is here", "Language line, Polish")
    desk.pick(panel.language, "Urdu")
    desk.press("Ask for another")
    desk.until(lambda: isinstance(door.done[-1], RequestInterpreter))
    desk.until_panel(None)
    visit_panel(desk)
    interpreters_of(desk)
    desk.key(ENTER)
    desk.until_said("B001: the interpreter is there. It may be called now.")
    assert isinstance(door.done[-1], InterpreterHere)


def test_a_visit_that_waits_for_its_interpreter_says_so_and_is_not_next(desk: DeskDriver, door: BookDoor) -> None:
    door.interpreting["v1"] = ("bfi", "maria", False)
    door.sequence += 1
    row = desk.window.queue_model.row_of("v1")
    desk.until(lambda: "Waits for interpreter" in desk.window.queue_model.line_at(row).words(3))  # type: ignore[arg-type]
    assert desk.window.counter_sheet.main.detail().startswith("H001 next")
    visit_panel(desk)
    interpreters_of(desk)
    desk.key(Qt.Key.Key_G)
    desk.until_said("B001 goes on without an interpreter.")
    desk.until(lambda: desk.window.counter_sheet.main.detail().startswith("B001 next"))


def test_who_is_there_in_person_comes_before_the_line(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = interpreters_of(desk)
    desk.pick(panel.language, "Urdu")
    assert [panel.found.index(row, 0).data() for row in range(2)] == ["Asif Khan", "Language line"]
    assert not panel.line.isVisible()
    desk.pick(panel.language, "Welsh")
    desk.until(lambda: panel.found.rowCount() == 0)
    button = panel.main_button()
    assert button is not None and button.detail() == "Nobody interprets Welsh here: still to be found"


def test_a_later_time_is_looked_for_with_the_language_that_was_chosen(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk, "H001")
    panel = interpreters_of(desk)
    desk.pick(panel.language, "British Sign Language")
    desk.press("Book a later time")
    times = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: times.slot() is not None)
    question = next(each for each in reversed(door.asked) if isinstance(each, FreeSlots))
    assert (question.wish.language, question.wish.service_id) == ("bfi", "housing")
    desk.key(ENTER)
    desk.until_said("booked for")
    command = door.done[-1]
    assert isinstance(command, BookAppointment)
    assert (command.language, command.visit_id) == ("bfi", "v2")


# -- another time ----------------------------------------------------------------------------------------------


def another_time(desk: DeskDriver) -> AnotherTimePanel:
    desk.key(Qt.Key.Key_B, CTRL)
    panel = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: panel.slot() is not None)
    assert isinstance(panel, AnotherTimePanel)
    return panel


def test_a_walk_in_becomes_a_booking_with_all_its_needs(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = another_time(desk)
    assert [panel.found.index(row, 1).data() for row in range(3)] == [
        "Today, 2.30pm",
        "Wednesday 25 November, 9.30am",
        "Thursday 26 November, 11am",
    ]
    desk.key(Qt.Key.Key_2)
    desk.key(ENTER)
    desk.until_panel(None)
    command = door.done[-1]
    assert isinstance(command, BookAppointment)
    assert (command.place, command.visit_id, command.language) == (SLOTS[1].place, "v1", "pol")
    assert command.features == {RoomFeature.PRIVATE}
    assert command.visitor.person.name == "Olena Bondar"
    assert door.visits["v1"].end is End.BOOKED
    desk.until_said("AP-00000001: booked for Wednesday 25 November, 9.30am. Tell the visitor day, time and reference.")
    desk.until_button("Letter")


def test_a_visit_with_an_appointment_moves_it(desk: DeskDriver, door: BookDoor) -> None:
    row = door.book(at(10, 40), "housing", "grace")
    door.appointment_of["v2"] = row.id
    visit_panel(desk, "H001")
    another_time(desk)
    desk.key(ENTER)
    desk.until_panel(None)
    command = door.done[-1]
    assert isinstance(command, MoveAppointment)
    assert (command.appointment_id, command.version, command.visit_id) == (row.id, 1, "v2")
    assert command.offered == tuple(slot.place.starts for slot in SLOTS)
    assert command.by_visitor
    desk.until_said("moved to today, 2.30pm.")


def test_a_time_that_somebody_else_took_is_refused_and_others_are_looked_for(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = another_time(desk)
    door.slots = SLOTS[1:]
    desk.key(ENTER)
    desk.until(lambda: panel.problem() == "Somebody else has taken this time. Choose another.")
    desk.until(lambda: panel.found.rowCount() == 2)
    desk.key(ENTER)
    desk.until_panel(None)
    assert door.visits["v1"].end is End.BOOKED


def test_where_nothing_is_free_it_says_so_and_books_nothing(desk: DeskDriver, door: BookDoor) -> None:
    door.slots = ()
    visit_panel(desk)
    desk.key(Qt.Key.Key_B, CTRL)
    panel = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: panel.words.text().startswith("No free time"))
    desk.key(ENTER)
    assert panel.problem()
    assert not any(isinstance(command, BookAppointment) for command in door.done)


def test_escape_comes_back_to_the_visit(desk: DeskDriver) -> None:
    visit_panel(desk)
    another_time(desk)
    desk.key(ESCAPE)
    desk.until_panel(VisitPanel)


def test_the_row_that_is_chosen_in_the_queue_is_meant_while_the_queue_has_the_focus(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_Q, CTRL)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_B, CTRL)
    panel = desk.until_panel(AnotherTimePanel)
    assert panel.note.text().startswith("H001")


def test_with_nobody_chosen_the_key_says_what_to_do(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_B, CTRL)
    desk.until_said("No visitor is at this counter.")


# -- a named officer -------------------------------------------------------------------------------------------


def test_a_named_officer_who_is_away_can_be_rung_waited_for_or_booked(desk: DeskDriver, door: BookDoor) -> None:
    door.officer_states = {
        "li": (OfficerState.AWAY, at(14, 0)),
        "ewan": (OfficerState.WITH_SOMEONE, at(10, 55)),
        "priya": (OfficerState.WITH_SOMEONE, None),
        "tomasz": (OfficerState.AWAY, None),
    }
    door.sequence += 1
    desk.until_answered()
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_P)
    desk.type("Amal")
    panel.officer.setFocus()
    desk.until(lambda: panel.officer.findText("Li Wei, away until 2pm") >= 0)
    assert panel.officer.findText("Ewan Pritchard, with someone until 10.55am") >= 0
    assert panel.officer.findText("Grace Okafor, in, at no counter") >= 0
    desk.type("Li")
    desk.until(
        lambda: (
            panel.hint.words.text() == "Li Wei is away until 2pm. Next free time in the book: today, 2.30pm. "
            "Ring 020 8207 2204, wait (Enter gives the ticket), or:"
        )
    )
    assert hint_keys(panel) == [("See Grace Okafor", "Ctrl+1"), ("Book a time", "Ctrl+B")]
    button = panel.main_button()
    assert button is not None and button.detail() == "Planning, waits for Li Wei"
    desk.key(Qt.Key.Key_B, CTRL)
    times = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: times.slot() is not None)
    question = next(each for each in reversed(door.asked) if isinstance(each, FreeSlots))
    assert (question.wish.officer_id, question.wish.service_id) == ("li", "planning")
    desk.key(ENTER)
    desk.until_said("booked for today, 2.30pm.")
    command = door.done[-1]
    assert isinstance(command, BookAppointment)
    assert (command.visitor.person.name, command.named_officer, command.visit_id) == ("Amal", True, "")
    desk.until_panel(None)


def test_whoever_has_no_name_yet_is_asked_for_one(desk: DeskDriver, door: BookDoor) -> None:
    door.officer_states = {"grace": (OfficerState.AWAY, at(14, 0))}
    walk_in_for(desk, door, "Grace Okafor")
    desk.key(Qt.Key.Key_B, CTRL)
    times = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: times.slot() is not None)
    desk.click(times.name)
    desk.type("Amal")
    desk.key(ENTER)
    desk.until_said("booked for today, 2.30pm.")
    command = door.done[-1]
    assert isinstance(command, BookAppointment)
    assert command.visitor.person.name == "Amal"


def test_an_officer_who_is_in_but_at_no_counter_is_said_to_be(desk: DeskDriver, door: BookDoor) -> None:
    panel = walk_in_for(desk, door, "Grace Okafor, in, at no counter")
    words = "Grace Okafor is in, at no counter, and nobody else calls this visitor."
    desk.until(lambda: panel.hint.isVisible() and panel.hint.words.text().startswith(words))


def hint_keys(panel: WalkInPanel) -> list[tuple[str, str]]:
    buttons = [each for each in panel.hint.findChildren(KeyButton) if each.isVisible()]
    return [(each.text(), each.action().shortcut().toString()) for each in buttons]


def test_where_the_book_has_no_time_it_says_so(desk: DeskDriver, door: BookDoor) -> None:
    door.slots = ()
    door.officer_states = {"grace": (OfficerState.AWAY, at(0, 0, 1))}
    panel = walk_in_for(desk, door, "Grace Okafor")
    desk.until(lambda: panel.hint.words.text().startswith("Grace Okafor is away today. The book has no time for this."))


def walk_in_for(desk: DeskDriver, door: BookDoor, officer: str) -> WalkInPanel:
    door.sequence += 1
    desk.until_answered()
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    assert isinstance(panel, WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.until(lambda: ", " in panel.officer.itemText(1))
    desk.pick(panel.officer, next(each for each in map(panel.officer.itemText, range(9)) if each.startswith(officer)))
    return panel


def test_a_colleague_is_a_key_away_and_whoever_sits_here_is_called_you(desk: DeskDriver, door: BookDoor) -> None:
    states = {each.id: (OfficerState.AWAY, None) for each in door.office.staff}
    door.officer_states = {**states, "priya": (OfficerState.IN, None), "grace": (OfficerState.WITH_SOMEONE, None)}
    panel = walk_in_for(desk, door, "Grace Okafor")
    desk.until(lambda: panel.hint.words.text().startswith("Grace Okafor is with someone. Next free time"))
    assert hint_keys(panel) == [("You, instead", "Ctrl+1"), ("Book a time", "Ctrl+B")]
    desk.key(Qt.Key.Key_1, CTRL)
    assert panel.officer.value() == "priya"
    assert not panel.hint.isVisible()
    desk.key(ENTER)
    desk.until_panel(None)
    ticket = door.done[-1]
    assert isinstance(ticket, TakeTicket) and ticket.named_officer_id == "priya"


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (at(14, 0), "away until 2pm"),
        (at(0, 0, 1), "away today"),
        (at(0, 0, 4), "away up to Friday 27 November"),
        (at(9, 30, 1), "away until Wednesday 25 November, 9.30am"),
    ],
)
def test_until_when_an_officer_is_away_is_said_as_people_say_it(until: int, words: str) -> None:
    row = OfficerRow("li", "Li Wei", "", OfficerState.AWAY, "", "", until, None)
    assert officer_state(row, ZoneInfo("Europe/London"), at(10, 42)) == words


def test_a_time_booked_in_the_book_closes_what_looked_for_it_at_the_desk(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    another_time(desk)
    desk.key(Qt.Key.Key_O)
    desk.until(lambda: desk.window.pages.currentIndex() == 1)
    book_by_page(desk, visit_id="v1")
    desk.until(lambda: desk.panel() is None)
    assert desk.window.pages.currentIndex() == 1, "the book stays until one leaves it"
    desk.window.desk.booked.book.leave()
    assert desk.panel() is None
    desk.call_next()


def book_by_page(desk: DeskDriver, visit_id: str) -> None:
    """As the book does it: its page sends the command."""
    page = desk.window.pages.currentWidget()
    person = Person(name="Olena Bondar")
    command = BookAppointment(
        office_id="civic", service_id="benefits", place=SLOTS[1].place, visitor=Visitor(person), visit_id=visit_id
    )
    page.send(command)  # type: ignore[attr-defined]
    desk.until_answered()


def test_what_was_not_booked_for_them_leaves_their_panels_open(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = another_time(desk)
    desk.key(Qt.Key.Key_O)
    desk.until(lambda: desk.window.pages.currentIndex() == 1)
    book_by_page(desk, visit_id="v2")
    desk.window.desk.booked.book.leave()
    assert desk.panel() is panel
    assert panel.isVisible()


def test_that_a_panel_is_open_is_said_only_as_long_as_one_is(desk: DeskDriver) -> None:
    visit_panel(desk)
    another_time(desk)
    desk.key(Qt.Key.Key_F5)
    desk.until_said("A panel is open.")
    desk.key(ESCAPE)
    desk.until_panel(VisitPanel)
    assert "A panel is open." in desk.said()
    desk.key(ESCAPE)
    desk.until_panel(None)
    assert "A panel is open." not in desk.said()


def test_another_day_is_one_key_and_the_soonest_comes_back(desk: DeskDriver, door: BookDoor) -> None:
    visit_panel(desk)
    panel = another_time(desk)
    desk.key(Qt.Key.Key_D)
    desk.until(lambda: panel.found.rowCount() == 2)
    assert panel.slot() == SLOTS[1], "from the day after the first that was shown"
    desk.key(Qt.Key.Key_D)
    desk.until(lambda: panel.slot() == SLOTS[2])
    desk.key(Qt.Key.Key_D)
    desk.until(lambda: panel.words.text().startswith("No free time meets every need from Friday 27 November on."))
    desk.key(Qt.Key.Key_S)
    desk.until(lambda: panel.found.rowCount() == 3)
    desk.key(ENTER)
    desk.until_panel(None)
    command = door.done[-1]
    assert isinstance(command, BookAppointment) and command.place == SLOTS[0].place


# -- due with you ----------------------------------------------------------------------------------------------


def test_the_main_key_says_that_it_waits_and_calls_only_when_that_is_confirmed(
    desk: DeskDriver, door: BookDoor
) -> None:
    door.due_here = "Planning"
    desk.key(Qt.Key.Key_F5)
    desk.until_said("Planning at 10.45am is due with you.")
    assert not any(isinstance(command, CallNext) for command in door.done)
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.main() == "Start")
    command = door.done[-1]
    assert isinstance(command, CallNext) and command.confirmed
    desk.start()
    desk.until(lambda: desk.main() == "Finish")
    desk.key(Qt.Key.Key_F5)
    desk.until_said("B001 finished. Planning at 10.45am is due with you.")
    assert desk.number_here() == "Ready"
    desk.press("Call anyway")
    desk.until(lambda: desk.number_here() == "H001")
    last = door.done[-1]
    assert isinstance(last, CallNext) and last.confirmed


def test_the_ids_of_the_refused_and_the_confirmed_call_differ(desk: DeskDriver, door: BookDoor) -> None:
    door.due_here = "Planning"
    desk.key(Qt.Key.Key_F5)
    desk.until_said("due with you")
    desk.key(Qt.Key.Key_F5)
    desk.until_answered()
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.main() == "Start")
    assert sum(isinstance(command, CallNext) for command in door.done) == 1
