"""What the appointment book needs of the settings, with real keys and clicks: rooms, interpreters, working hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain.booked import Mode, RoomFeature
from reception.domain.office import Hours, Interpreter, Officer, Room, Service
from reception.services.office_settings import OfficeSettings
from reception.services.sample_office import civic_offices
from tests.support import HOUSING, OFFICE, PRIYA, settings, without_pins
from tests.ui.settings_hands import ALT, CONTROL, SHIFT, Desk, Key, PretendDoor, name_of
from ui.welcome.interpreters_page import InterpreterLine
from ui.welcome.staff_page import StaffLine
from ui.welcome.week import WeekPicker

SERVICES, STAFF, ROOMS, INTERPRETERS = 5, 7, 8, 9
MARIA = Interpreter(
    "maria",
    "Maria Szabó",
    frozenset({"bfi", "kmr"}),
    frozenset({Mode.IN_PERSON, Mode.VIDEO}),
    hours=(Hours(1, time(9), time(16)),),
    notice_hours=48,
    telephone="020 7946 0181",
    email="maria@example.org",
)
LINE = Interpreter(
    "line", "Language line", frozenset({"pol"}), frozenset({Mode.TELEPHONE}), True, (), 0, "020 7946 0184", "4417"
)
ROOM_1 = Room("room-1", "Room 1", frozenset({RoomFeature.PRIVATE, RoomFeature.HEARING_LOOP}), 3)


def kept() -> OfficeSettings:
    """An office whose book is in use."""
    return settings(
        services=(
            replace(settings().services[0], minutes=30, set_up_minutes=5, sensitive=True),
            *settings().services[1:],
        ),
        rooms=(ROOM_1,),
        interpreters=(MARIA, LINE),
        grace_minutes=10,
        hold_minutes=3,
        notice_days=5,
    )


@pytest.fixture
def book(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot, PretendDoor(kept()), OFFICE)
    yield desk
    desk.link.close()


def saved(desk: Desk) -> OfficeSettings:
    """Save with the PIN, and what the door was told."""
    desk.confirm()
    desk.hands.until(lambda: bool(desk.saved))
    return desk.door.told[-1].settings


def week_of(desk: Desk, at: int = 0) -> WeekPicker:
    line = desk.form.sections.staff.lines[at]
    assert isinstance(line, StaffLine)
    return line.week


def open_week(desk: Desk, of: str = "“Priya Nair”") -> WeekPicker:
    """Open somebody's working hours by keyboard."""
    desk.go(STAFF)
    desk.hands.tab_to(f"More about {of}")
    desk.hands.press(Key.Key_Return)
    desk.hands.tab_to(f"Working hours of {of}")
    desk.hands.press(Key.Key_Return)
    return week_of(desk)


@pytest.mark.parametrize("opened", [False, True])
def test_all_of_it_comes_back_as_it_was(qtbot: QtBot, opened: bool) -> None:
    """Looking changes nothing, in an office with every kind of record."""
    whole = without_pins(civic_offices())
    for entry in whole.staff[1:2]:
        odd = (Hours(0, time(8), time(10)), Hours(0, time(11), time(15)), Hours(0, time(16), time(18)))
        pause = (Hours(0, time(12), time(13)), Hours(0, time(17), time(17, 30)))
        mixed = replace(entry, officer=replace(entry.officer, hours=odd, breaks=pause))
        whole = replace(whole, staff=(whole.staff[0], mixed, *whole.staff[2:]))
    desk = Desk(qtbot, PretendDoor(whole), OFFICE)
    if opened:
        for line in desk.form.sections.staff.lines:
            line.details.open(on=True)
            line.week.opener.click()
        for each in desk.form.sections.interpreters.lines:
            each.languages.opener.click()
            each.week.opener.click()
    assert not desk.form.is_changed()
    assert saved(desk) == whole
    desk.link.close()


def test_a_first_office_needs_none_of_it(new: Desk) -> None:
    new.complete()
    made = new.save()
    assert (made.rooms, made.interpreters, made.notice_days) == ((), (), 0)
    assert all((service.minutes, service.set_up_minutes) == (20, 0) for service in made.services)
    assert made.staff[0].officer.hours == made.staff[0].officer.breaks == ()


# -- services --------------------------------------------------------------------------------------------------------


def test_how_long_an_appointment_is_and_what_letters_say(book: Desk) -> None:
    book.go(SERVICES)
    book.hands.tab_to("Minutes of an appointment for “Housing”")
    book.hands.retype("4")
    book.hands.press(Key.Key_Tab)
    line = book.form.sections.services.lines[0]
    assert line.sentence.text() == "4 is not possible. Enter 5 to 480."
    book.hands.press(Key.Key_Tab, SHIFT)
    book.hands.retype("45")
    book.hands.tab_to("More about “Housing”")
    book.hands.press(Key.Key_Return)
    book.hands.tab_to("Minutes of set-up before “Housing”")
    book.hands.retype("10")
    book.hands.tab_to("Letters say nothing of “Housing”")
    book.hands.press(Key.Key_Space)
    told = saved(book).services[0]
    assert told == Service(HOUSING, "Housing", "H", minutes=45, set_up_minutes=10, sensitive=False)


def test_a_mistake_behind_more_opens_it(book: Desk) -> None:
    book.go(SERVICES)
    line = book.form.sections.services.lines[1]
    book.hands.click(line.details.more)
    line.set_up.setFocus()
    book.hands.retype("121")
    book.hands.click(line.details.more)
    book.hands.press(Key.Key_S, CONTROL)
    assert book.hands.focus() is line.set_up
    assert line.set_up.isVisible()
    assert line.set_up.fault() == "121 is not possible. Enter 0 to 120."


# -- rooms -----------------------------------------------------------------------------------------------------------


def test_a_room_is_added_with_what_it_has(book: Desk) -> None:
    book.go(ROOMS)
    book.hands.press(Key.Key_N, CONTROL)
    assert book.form.sections.rooms.lines[-1].name.text() == "Room 2", "the next number"
    book.hands.retype("Garden room")
    book.hands.press(Key.Key_Tab)
    book.hands.retype("6")
    book.hands.tab_to("“Garden room”: step-free")
    book.hands.press(Key.Key_Space)
    first, second = saved(book).rooms
    assert first == ROOM_1
    assert (second.name, second.seats) == ("Garden room", 6)
    assert second.features == {RoomFeature.PRIVATE, RoomFeature.STEP_FREE}


def test_rooms_are_wrong_in_a_sentence_and_come_back_when_removed(book: Desk) -> None:
    book.go(ROOMS)
    book.hands.press(Key.Key_N, CONTROL)
    book.hands.retype("Room 1")
    book.hands.press(Key.Key_Tab)
    line = book.form.sections.rooms.lines[1]
    assert line.sentence.text() == "Two rooms are called “Room 1”. Give each a name of its own."
    book.hands.retype("100")
    book.hands.press(Key.Key_Tab)
    assert line.seats.fault() == "100 is not possible. Enter 1 to 99."
    book.hands.press(Key.Key_Delete, ALT)
    assert book.said() == "“Room 1” was removed."
    assert [each.room() for each in book.form.sections.rooms.lines] == [ROOM_1]
    book.hands.press(Key.Key_Z, CONTROL)
    assert book.form.sections.rooms.lines[1] is line
    book.hands.press(Key.Key_Delete, ALT)
    book.form.sections.rooms.lines[0].remove.click()
    assert saved(book).rooms == ()


# -- interpreters ----------------------------------------------------------------------------------------------------


def line_of(desk: Desk, at: int) -> InterpreterLine:
    line = desk.form.sections.interpreters.lines[at]
    assert isinstance(line, InterpreterLine)
    return line


def test_an_interpreter_by_keyboard(book: Desk) -> None:
    book.go(INTERPRETERS)
    book.hands.press(Key.Key_N, CONTROL)
    book.hands.type("Halina Novak")
    book.hands.tab_to("Languages of “Halina Novak”: None yet")
    book.hands.press(Key.Key_Return)
    entry = book.hands.tab_to("A language to add for “Halina Novak”")
    for typed in ("Polish", "ukr", "pl"):
        book.hands.type(typed)
        book.hands.wake()
        book.hands.press(Key.Key_Return)
        book.hands.wake()
        assert book.hands.focus() is entry
        assert book.section() == "Interpreters", "Enter adds, and saves nothing"
    line = line_of(book, 2)
    assert name_of(line.languages.opener) == "Languages of “Halina Novak”: Polish and Ukrainian"
    book.hands.tab_to("“Halina Novak” interprets by telephone")
    book.hands.press(Key.Key_Space)
    book.hands.tab_to("Telephone of")
    book.hands.type("020 7946 0182")
    book.hands.tab_to("Hours of notice for")
    book.hands.retype("24")
    told = saved(book).interpreters[2]
    assert told == Interpreter(
        line.record_id,
        "Halina Novak",
        frozenset({"pol", "ukr"}),
        frozenset({Mode.IN_PERSON, Mode.TELEPHONE}),
        notice_hours=24,
        telephone="020 7946 0182",
    )


def test_a_language_by_mouse_and_a_slip_mended(book: Desk) -> None:
    book.go(INTERPRETERS)
    line = line_of(book, 1)
    book.hands.click(line.languages.opener)
    book.hands.pick(line.languages.entry, "Kurdish (Sorani)")
    book.hands.until(lambda: "ckb" in line.languages.codes())
    assert line.languages.entry.text() == ""
    book.hands.click(line.languages.ticks["pol"])
    assert line.languages.codes() == {"ckb"}
    assert line.languages.ticks["pol"].isVisible(), "a slip is mended by another click"
    book.hands.click(line.languages.ticks["ckb"])
    assert line.sentence.text() == "No language is chosen. Add at least one."
    book.hands.press(Key.Key_S, CONTROL)
    assert book.hands.focus() is line.languages.opener
    book.hands.click(line.languages.ticks["pol"])
    assert saved(book).interpreters == (MARIA, LINE)


def test_a_language_that_is_not_known_and_one_that_was_not_added(book: Desk) -> None:
    book.go(INTERPRETERS)
    line = line_of(book, 1)
    book.hands.click(line.languages.opener)
    line.languages.entry.setFocus()
    book.hands.type("Klingon")
    book.hands.wake()
    book.hands.press(Key.Key_Return)
    said = "“Klingon” is no language of the list. Choose one, or enter its code of three letters (ISO 639-3)."
    assert line.languages.entry.fault() == said
    assert line.languages.entry.text() == "Klingon", "what was typed is kept"
    book.hands.retype("bsl")
    book.hands.wake()
    assert line.languages.entry.fault() == ""
    assert saved(book).interpreters[1].languages == {"bfi", "pol"}, "typed and not added: it was meant"


def test_what_only_a_telephone_line_has(book: Desk) -> None:
    book.go(INTERPRETERS)
    maria = line_of(book, 0)
    book.hands.click(maria.languages.opener)
    assert not maria.code.isVisible()
    book.hands.tab_to("Kind of “Maria Szabó”", back=True)
    book.hands.press(Key.Key_Down)
    assert maria.code.isVisible()
    assert not maria.modes[Mode.IN_PERSON].isEnabled()
    maria.telephone.setFocus()
    book.hands.retype("")
    book.hands.press(Key.Key_S, CONTROL)
    assert book.hands.focus() is maria.telephone
    assert maria.telephone.fault() == "The line has no telephone number. Enter the number to ring."
    book.hands.type("020 7946 0185")
    maria.code.setFocus()
    book.hands.type("77")
    told = saved(book).interpreters[0]
    assert (told.is_line, told.code, told.telephone, told.modes) == (True, "77", "020 7946 0185", {Mode.VIDEO})


def test_no_way_of_interpreting(book: Desk) -> None:
    book.go(INTERPRETERS)
    maria = line_of(book, 0)
    book.hands.click(maria.languages.opener)
    for mode in (Mode.IN_PERSON, Mode.VIDEO):
        book.hands.click(maria.modes[mode])
    book.hands.click(maria.languages.opener)
    book.hands.press(Key.Key_S, CONTROL)
    assert book.hands.focus() is maria.modes[Mode.VIDEO]
    assert maria.modes[Mode.VIDEO].isVisible()
    assert book.said().startswith("No way of interpreting is chosen. Tick at least one.")


# -- working hours ---------------------------------------------------------------------------------------------------


def test_working_hours_begin_as_the_office_s(book: Desk) -> None:
    week = open_week(book)
    assert name_of(week.opener).endswith(": Whenever the office is open")
    assert (week.lines[0].starts.text(), week.lines[0].starts.isEnabled()) == ("9am", False)
    assert week.lines[0].pauses.isEnabled(), "a break may be typed all the same"
    assert not week.lines[5].pauses.isEnabled(), "the office is closed"
    book.hands.tab_to("“Priya Nair” works whenever the office is open")
    book.hands.press(Key.Key_Space)
    book.hands.tab_to("“Priya Nair” works on Friday")
    book.hands.press(Key.Key_Space)
    book.hands.tab_to("Thursday ends, “Priya Nair”")
    book.hands.retype("1")
    book.hands.press(Key.Key_Tab)
    assert week.lines[3].ends.text() == "1pm", "put into its usual form"
    told = saved(book).staff[0].officer
    assert told.hours == (*(Hours(day, time(9), time(17)) for day in range(3)), Hours(3, time(9), time(13)))


def test_one_lunch_for_the_whole_week(book: Desk) -> None:
    week = open_week(book)
    book.hands.tab_to("Monday break from, “Priya Nair”")
    book.hands.type("12.30")
    book.hands.press(Key.Key_Tab)
    assert week.lines[0].sentence.text() == ""
    book.hands.press(Key.Key_Tab)
    assert week.lines[0].sentence.text() == "The break on Monday lacks a time. Enter one like 1pm, or empty both."
    book.hands.press(Key.Key_Tab, SHIFT)
    book.hands.type("1.30pm")
    book.hands.tab_to("Copy the first day of “Priya Nair” to the others")
    book.hands.press(Key.Key_Return)
    assert book.said() == "Every working day of “Priya Nair” is now as Monday."
    assert name_of(week.opener).endswith(": Whenever the office is open, break 12.30pm to 1.30pm")
    book.hands.click(book.form.message.undo_button)
    assert len(week.breaks()) == 1
    book.hands.click(week.copy_button)  # type: ignore[arg-type]
    told = saved(book).staff[0].officer
    assert told.breaks == tuple(Hours(day, time(12, 30), time(13, 30)) for day in range(5))
    assert told.hours == ()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("ends", "8am", "On Tuesday the work ends before it starts. Correct the times."),
        ("ends", "", "Tuesday has no ending time. Enter one like 9am, or untick the day."),
        ("ends", "late", "“late” is not a time of day. Enter one like 9am, 9.30 or 17.15."),
        ("break to", "11am", "The break on Tuesday ends before it begins. Correct the times."),
        ("break to", "6pm", "The break on Tuesday is not within the working hours. Correct the times."),
    ],
)
def test_hours_that_are_not_right(qtbot: QtBot, field: str, typed: str, sentence: str) -> None:
    pattern = {"hours": (Hours(1, time(9), time(17)),), "breaks": (Hours(1, time(12), time(13)),)}
    staff = (replace(settings().staff[0], officer=replace(settings().staff[0].officer, **pattern)),)
    desk = Desk(qtbot, PretendDoor(settings(staff=staff)), OFFICE)
    week = open_week(desk)
    desk.hands.tab_to(f"Tuesday {field}, “Priya Nair”")
    desk.hands.retype(typed)
    desk.hands.press(Key.Key_Tab)
    assert week.lines[1].sentence.text() == sentence
    desk.hands.click(week.opener)
    desk.hands.press(Key.Key_S, CONTROL)
    assert week.line_of(desk.hands.focus()) is week.lines[1]
    assert desk.hands.focus().isVisible(), "opened again"
    desk.link.close()


def test_title_and_whether_appointments_are_taken(book: Desk) -> None:
    book.go(STAFF)
    book.hands.tab_to("More about “Priya Nair”")
    book.hands.press(Key.Key_Return)
    book.hands.tab_to("Title of “Priya Nair”")
    book.hands.type("Housing officer")
    book.hands.tab_to("“Priya Nair” takes appointments")
    book.hands.press(Key.Key_Space)
    told = saved(book).staff[0].officer
    assert told == replace(settings().staff[0].officer, title="Housing officer", takes_appointments=False)


def test_when_the_office_changes_its_hours_so_do_those_who_work_by_them(book: Desk) -> None:
    week = open_week(book)
    book.go(3)
    book.hands.tab_to("Monday opens")
    book.hands.retype("10am")
    book.hands.press(Key.Key_Tab)
    assert week.lines[0].starts.text() == "10am"
    assert saved(book).staff[0].officer.hours == ()


# -- what the door refuses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "section"),
    [
        ({"rooms": (replace(ROOM_1, seats=0),)}, "Rooms"),
        ({"interpreters": (replace(MARIA, languages=frozenset()),)}, "Interpreters"),
        ({"services": (Service(HOUSING, "Housing", "H", minutes=1),)}, "Services"),
        ({"notice_days": 61}, "Promises"),
        ({"grace_minutes": 121}, "Promises"),
    ],
)
def test_the_form_and_the_door_refuse_the_same(qtbot: QtBot, changes: dict[str, Any], section: str) -> None:
    """What is kept wrong is said where it is to be mended, before the door is asked."""
    staff = (replace(settings().staff[0], officer=Officer(PRIYA, "Priya Nair", settings().staff[0].officer.role)),)
    desk = Desk(qtbot, PretendDoor(settings(staff=staff, **changes)), OFFICE)
    desk.hands.press(Key.Key_S, CONTROL)
    QApplication.processEvents()
    assert desk.section() == section
    assert desk.hands.focus().isVisible()
    assert desk.door.told == []
    desk.link.close()


@pytest.mark.parametrize(
    "field",
    ["rooms/room-1/seats", "interpreters/maria/hours/2", "interpreters/line/telephone", f"staff/{PRIYA}/breaks/3"],
)
def test_what_the_door_names_is_shown_at_its_row(book: Desk, field: str) -> None:
    found = book.form.sections.place_of(field)
    assert found is not None
    at, control = found
    book.go(at + 1)
    book.form.sections.pages[at].reveal(control)
    QApplication.processEvents()
    assert control.isVisible()
    assert name_of(control).strip()


# -- promises --------------------------------------------------------------------------------------------------------


def test_notice_comes_with_a_preset_and_is_no_promise_elsewhere(new: Desk) -> None:
    promises = new.form.sections.promises
    new.hands.press(Key.Key_1)
    assert promises.numbers["notice_days"].text() == "5"
    assert "Notice of visits: 5 working days" in new.form.sections.office.facts.accessibleName()
    new.hands.press(Key.Key_2)
    assert promises.numbers["notice_days"].text() == ""
    new.complete()
    new.go(2)
    new.hands.tab_to("Notice of visits")
    new.hands.retype("61")
    new.hands.press(Key.Key_Tab)
    assert promises.numbers["notice_days"].fault().startswith("A notice of 61 working days is not possible.")
    promises.numbers["notice_days"].setFocus()
    new.hands.retype("3 working days")
    new.hands.press(Key.Key_Tab)
    assert promises.numbers["notice_days"].text() == "3"
    new.hands.click(promises.more_button)
    new.hands.tab_to("Late, still promised")
    new.hands.retype("20")
    new.hands.tab_to("A slot is held for")
    new.hands.retype("10")
    told = new.save()
    assert (told.notice_days, told.grace_minutes, told.hold_minutes) == (3, 20, 10)
