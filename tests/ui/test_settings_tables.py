"""The sections *Services* and *Counters*, with real keys and clicks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain.office import Service
from tests.support import HOUSING, OFFICE, PLANNING, settings
from tests.ui.settings_hands import ALT, CONTROL, SHIFT, Desk, Key, PretendDoor, name_of
from ui.widgets import Paragraph


def add_service(desk: Desk, name: str) -> None:
    desk.hands.press(Key.Key_N, CONTROL)
    desk.hands.type(name)


def test_a_letter_is_proposed_from_the_name_and_is_always_free(new: Desk) -> None:
    new.complete()
    new.go(5)
    add_service(new, "Housing")
    add_service(new, "Homes")
    add_service(new, "Citizens Advice")
    assert [line.letter.text() for line in new.form.sections.services.lines] == ["G", "C", "H", "O", "A"]
    new.hands.tab_to("Letter of “Citizens Advice”")
    new.hands.retype("z")
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.retype("Bills")
    assert new.form.sections.services.lines[-1].letter.text() == "Z", "a letter that was typed stays"
    kept = new.save()
    assert [service.name for service in kept.services][-1] == "Bills"


def test_two_letters_alike(new: Desk) -> None:
    new.complete()
    new.go(5)
    new.hands.tab_to("Letter of “Council Tax”")
    new.hands.retype("g")
    new.hands.press(Key.Key_Tab)
    sentence = "“General enquiries” and “Council Tax” have the same letter G. Give each service a letter of its own."
    assert new.form.sections.services.lines[1].letter.fault() == sentence
    assert new.form.sections.services.lines[1].sentence.text() == sentence
    new.hands.press(Key.Key_Return)
    first = new.form.sections.services.lines[0].letter
    assert new.hands.focus() is first, "Enter saves, and saving goes to the first mistake"
    assert new.said().startswith(sentence)
    assert new.door.told == []
    new.hands.retype("e")
    new.save()


@pytest.mark.parametrize("bad", ["", "7", "É"])
def test_a_letter_that_is_missing_or_none(new: Desk, bad: str) -> None:
    new.complete()
    new.go(5)
    new.hands.tab_to("Letter of “Council Tax”")
    new.hands.retype(bad)
    new.hands.press(Key.Key_S, CONTROL)
    assert new.door.told == []
    assert new.section() == "Services"
    assert new.hands.focus() is new.form.sections.services.lines[1].letter
    assert "one capital letter, A to Z" in new.said()


def test_services_move_by_keyboard_and_keep_the_focus(new: Desk) -> None:
    new.go(5)
    add_service(new, "Parking")
    names = [line.name for line in new.form.sections.services.lines]
    new.hands.press(Key.Key_Up, ALT)
    new.hands.press(Key.Key_Up, ALT)
    new.hands.press(Key.Key_Up, ALT)
    assert [line.name for line in new.form.sections.services.lines] == [names[2], names[0], names[1]]
    assert new.hands.focus() is names[2]
    new.hands.press(Key.Key_Tab)
    assert new.hands.focus() is new.form.sections.services.lines[0].letter, "Tab follows the new order"
    new.hands.tab_to("Move “Parking” down")
    new.hands.press(Key.Key_Return)
    new.hands.press(Key.Key_Return)
    assert new.form.sections.services.lines[2].name is names[2]
    assert new.hands.focus() is new.form.sections.services.lines[2].up, "the button that is left"


def test_a_service_is_removed_and_put_back(new: Desk) -> None:
    new.complete()
    new.go(5)
    line = new.form.sections.services.lines[0]
    new.hands.click(line.remove)
    assert new.said() == "“General enquiries” was removed."
    assert not line.isVisible()
    new.hands.press(Key.Key_Z, CONTROL)
    assert new.form.sections.services.lines[0] is line
    assert new.hands.focus() is line.name


def test_the_last_service_and_the_last_counter_are_missed(new: Desk) -> None:
    new.complete()
    new.go(5)
    for _ in range(2):
        new.hands.tab_to("Remove")
        new.hands.press(Key.Key_Return)
    assert new.form.sections.services.none.text() == "The office has no service. Add at least one."
    new.hands.press(Key.Key_S, CONTROL)
    assert new.hands.focus() is new.form.sections.services.add_button
    new.hands.press(Key.Key_Return)
    new.hands.type("Housing")
    assert new.form.sections.services.none.text() == ""
    assert new.save().services[0].letter == "H"


def test_service_details(new: Desk) -> None:
    new.complete()
    new.go(5)
    new.hands.tab_to("“General enquiries” is a specialist service")
    new.hands.press(Key.Key_Space)
    new.hands.press(Key.Key_Tab)
    new.hands.press(Key.Key_Return)
    assert name_of(new.hands.focus()) == "Less about “General enquiries”"
    new.hands.tab_to("Partner that “General enquiries” belongs to")
    new.hands.type("Citizens Advice")
    new.hands.tab_to("Priority of “General enquiries”")
    new.hands.retype("100")
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.services.lines[0].priority.fault() == "100 is not possible. Enter 0 to 99."
    new.form.sections.services.lines[0].priority.setFocus()
    new.hands.retype("7")
    service = new.save().services[0]
    assert (service.specialist, service.partner, service.priority) == (True, "Citizens Advice", 7)


NAMES = ["x" * 300, "حسن المالية", "住房", "🏠 Housing", "'; DROP TABLE service", "=1+1", "A & B <b>"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_and_length(new: Desk, name: str) -> None:
    new.complete()
    new.go(5)
    new.hands.press(Key.Key_N, CONTROL)
    QApplication.clipboard().setText(name)
    new.hands.press(Key.Key_V, CONTROL)
    new.go(6)
    QApplication.processEvents()
    assert new.form.sections.counters.horizontalScrollBar().maximum() == 0
    assert new.save().services[-1].name == name


# -- counters --------------------------------------------------------------------------------------------------------


def test_counters_serve_all_or_some(new: Desk) -> None:
    new.complete()
    new.go(6)
    new.hands.tab_to("Services of “Counter 2”: All services")
    new.hands.press(Key.Key_Return)
    line = new.form.sections.counters.lines[1]
    assert line.picker.area.isVisible()
    new.hands.tab_to("Council Tax")
    new.hands.press(Key.Key_Space)
    assert name_of(line.picker.opener) == "Services of “Counter 2”: General enquiries"
    new.hands.tab_to("General enquiries", back=True)
    new.hands.press(Key.Key_Space)
    new.hands.press(Key.Key_Tab)
    new.hands.press(Key.Key_S, CONTROL)
    assert line.picker.fault() == "No service is chosen. Tick at least one, or all services."
    assert new.hands.focus() is line.picker.opener
    new.hands.tab_to("Council Tax")
    new.hands.press(Key.Key_Space)
    kept = new.save()
    assert kept.counters[1].services == {kept.services[1].id}
    assert kept.counters[0].services == frozenset()


def test_a_counter_left_without_a_service_does_not_serve_them_all(qtbot: QtBot) -> None:
    counters = (replace(settings().counters[0], services=frozenset({PLANNING})), *settings().counters[1:])
    staff = settings().staff[:2]
    desk = Desk(qtbot, PretendDoor(settings(counters=counters, staff=staff)), OFFICE)
    desk.go(5)
    desk.hands.tab_to("Remove “Planning”")
    desk.hands.press(Key.Key_Return)
    desk.hands.press(Key.Key_S, CONTROL)
    assert desk.section() == "Counters"
    assert desk.hands.focus() is desk.form.sections.counters.lines[0].picker.opener
    desk.hands.press(Key.Key_Z, CONTROL)
    assert desk.form.sections.counters.lines[0].picker.services() == {PLANNING}, "put back here, too"
    desk.link.close()


def test_counters_are_numbered_and_alike_names_are_refused(new: Desk) -> None:
    new.complete()
    new.go(6)
    new.hands.press(Key.Key_N, CONTROL)
    assert new.form.sections.counters.lines[-1].name.text() == "Counter 4"
    new.hands.retype("Counter 1")
    new.hands.press(Key.Key_Tab)
    last = new.form.sections.counters.lines[-1]
    assert last.name.fault() == "Two counters are called “Counter 1”. Give each a name of its own."
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.retype("")
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.counters.lines[-1].name.fault() == "A counter has no name. Enter its name, or remove it."
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.type("Room 1")
    assert new.save().counters[-1].name == "Room 1"


# -- the letter of a service that is renamed -------------------------------------------------------------------------


def test_a_proposed_letter_follows_the_name(new: Desk) -> None:
    new.complete()
    new.go(5)
    line = new.form.sections.services.lines[1]
    new.hands.tab_to("Name of “Council Tax”")
    new.hands.retype("Grants")
    assert line.letter.text() == "R", "G is taken"
    assert new.save().services[1].letter == "R"


def test_in_an_office_that_is_there_too(old: Desk) -> None:
    old.door.letters_in_use = frozenset("P")
    old.form.sections.fix_letters(frozenset("P"))
    old.go(5)
    old.hands.tab_to("Name of “Housing”")
    old.hands.retype("Parks")
    line = old.form.sections.services.lines[0]
    assert line.letter.text() == "A", "P is Planning's, and in use"
    assert line.word.text() == ""
    old.confirm()
    old.hands.until(lambda: bool(old.saved))
    assert old.door.told[0].settings.services[0] == Service(HOUSING, "Parks", "A")


def test_a_letter_that_was_chosen_stays(qtbot: QtBot) -> None:
    services = (Service(HOUSING, "Housing", "X"), *settings().services[1:])
    desk = Desk(qtbot, PretendDoor(settings(services=services)), OFFICE)
    desk.go(5)
    desk.hands.retype("Homes")
    assert desk.form.sections.services.lines[0].letter.text() == "X"
    assert desk.form.sections.services.lines[0].word.text() == ""
    desk.link.close()


def test_a_letter_that_tickets_of_today_begin_with_stays_and_says_why(qtbot: QtBot) -> None:
    door = PretendDoor(settings())
    door.letters_in_use = frozenset("H")
    desk = Desk(qtbot, door, OFFICE)
    desk.go(5)
    desk.hands.retype("Parks")
    line = desk.form.sections.services.lines[0]
    assert line.letter.text() == "H"
    assert line.word.text() == "Tickets of today begin with H, so the letter stays. Type another to change it."
    assert line.word.isVisible()
    desk.hands.tab_to("Letter of “Parks”")
    desk.hands.retype("k")
    assert line.letter.text() == "K"
    assert line.word.text() == ""
    desk.link.close()


def test_while_it_is_not_known_what_is_in_use_letters_stay(old: Desk) -> None:
    old.form.sections.services.letters_in_use = None
    old.go(5)
    old.hands.retype("Parks")
    assert old.form.sections.services.lines[0].letter.text() == "H"


def test_letters_and_priorities_by_mouse(new: Desk) -> None:
    new.complete()
    new.hands.click(new.form.frame.contents.entries[4])
    line = new.form.sections.services.lines[1]
    offered = new.form.sections.services.free_letters(line)
    assert "C" in offered and "G" not in offered
    new.hands.pick(line.letter, "T")
    new.hands.click(line.details.more)
    new.hands.pick(line.priority, "12")
    kept = new.save().services[1]
    assert (kept.letter, kept.priority) == ("T", 12)


# -- lines by key ----------------------------------------------------------------------------------------------------


def test_the_third_counter_goes_with_three_keys(new: Desk) -> None:
    new.go(6)
    counters = new.form.sections.counters
    new.hands.press(Key.Key_Down)
    new.hands.press(Key.Key_Down)
    assert new.hands.focus() is counters.lines[2].name
    new.hands.press(Key.Key_Delete, ALT)
    assert [line.name.text() for line in counters.lines] == ["Counter 1", "Counter 2"]
    assert new.said() == "“Counter 3” was removed."
    assert new.hands.focus() is counters.lines[1].remove
    new.hands.press(Key.Key_Z, CONTROL)
    assert [line.name.text() for line in counters.lines] == ["Counter 1", "Counter 2", "Counter 3"]
    assert new.hands.focus() is counters.lines[2].name
    new.hands.press(Key.Key_Up)
    assert new.hands.focus() is counters.lines[1].name


def test_delete_in_a_name_deletes_text_and_elsewhere_the_line(new: Desk) -> None:
    new.go(6)
    counters = new.form.sections.counters
    new.hands.press(Key.Key_Home)
    new.hands.press(Key.Key_Delete)
    assert counters.lines[0].name.text() == "ounter 1"
    new.hands.tab_to("Services of “Counter 2”")
    new.hands.press(Key.Key_Delete)
    assert [line.name.text() for line in counters.lines] == ["ounter 1", "Counter 3"]
    new.hands.tab_to("Remove “Counter 3”")
    new.hands.press(Key.Key_Delete)
    assert name_of(new.hands.focus()).startswith("Remove “ounter 1”")


def test_the_keys_of_a_table_are_shown(new: Desk) -> None:
    for page in (new.form.sections.services, new.form.sections.counters, new.form.sections.staff):
        assert "Alt with Delete removes" in page.keys
        assert page.keys in [words.text() for words in page.findChildren(Paragraph)]
        assert page.lines[0].remove.toolTip().endswith("(Alt with the Delete key)")


def test_a_proposed_name_is_typed_over(new: Desk) -> None:
    new.go(8)
    new.hands.press(Key.Key_N, CONTROL)
    new.hands.type("Quiet room")
    assert [line.name.text() for line in new.form.sections.rooms.lines] == ["Quiet room"]
