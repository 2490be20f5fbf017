"""Saving settings, being refused, and leaving, on a door that is only pretended."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.office import Hours
from reception.errors import Code, Refusal
from reception.services.checking_settings import check_settings
from tests.support import COUNTER_3, OFFICE, PIN, PRIYA, settings, without_pins
from tests.ui.settings_hands import CONTROL, SHIFT, Desk, Key, PretendDoor, name_of


def test_a_refusal_keeps_what_was_typed(new: Desk) -> None:
    new.complete()
    new.door.refusals = [Refusal(Code.DATABASE_FULL, "The disk is full.", "Make room and try again.")]
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.until(lambda: new.form.message.state() == "late")
    assert new.said() == "The disk is full. Make room and try again."
    assert new.form.sections.office.name.text() == "Civic Offices"
    assert new.form.sections.staff.lines[0].pin.text() == PIN
    assert new.saved == []
    new.save()
    assert new.door.told[0].id != new.door.told[1].id


def test_a_bug_is_said_plainly(new: Desk) -> None:
    new.complete()
    new.door.refusals = [ValueError("boom")]  # type: ignore[list-item]
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.until(lambda: new.form.message.state() == "late")
    assert new.said().startswith("Something went wrong inside the program.")
    new.save()


def test_a_lost_reply_is_asked_again_and_done_once(new: Desk) -> None:
    new.complete()
    new.door.lose_reply = Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.until(lambda: new.form.message.state() == "late")
    new.save()
    assert new.door.told[0].id == new.door.told[1].id
    assert len(new.door.done) == 1


def test_what_was_changed_after_a_lost_reply_is_not_lost(new: Desk) -> None:
    new.complete()
    new.door.lose_reply = Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.until(lambda: new.form.message.state() == "late")
    new.go(1)
    new.hands.tab_to("Name of the office")
    new.hands.retype("Town Hall")
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.until(lambda: new.said().startswith("An earlier try was saved."))
    assert new.saved == []
    assert new.form.sections.office.name.text() == "Town Hall"
    new.confirm()
    new.hands.until(lambda: bool(new.saved))
    assert new.door.settings is not None
    assert new.door.settings.name == "Town Hall"


def test_save_is_sent_once_however_often_it_is_pressed(new: Desk) -> None:
    new.complete()
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.press(Key.Key_S, CONTROL)
    new.hands.press(Key.Key_Return)
    new.hands.until(lambda: bool(new.saved))
    assert len(new.door.told) == 1


def test_everything_that_is_wrong_is_said_at_once_and_the_first_is_focused(new: Desk) -> None:
    new.hands.press(Key.Key_S, CONTROL)
    assert [entry.faults() for entry in new.form.frame.contents.entries] == [2, *[0] * 5, 2, *[0] * 5]
    assert new.hands.focus() is new.form.sections.office.name
    assert new.said() == "The office has no name. Enter it. Not saved yet. 3 more things to mend after that."
    new.hands.tab_to("Council")
    new.hands.type("Hertsmere")
    assert new.said() == "The office has no name. Enter it. Not saved yet. 2 more things to mend after that."
    telephone = new.form.sections.office.telephone
    new.hands.tab_to("Telephone")
    new.hands.type("not a phone")
    new.hands.press(Key.Key_Tab)
    assert telephone.fault().startswith("That is no telephone number.")
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.retype("01707 555012")
    assert telephone.fault() == ""


# -- an office that is there -----------------------------------------------------------------------------------------


def test_settings_come_back_as_they_were(old: Desk) -> None:
    old.confirm()
    old.hands.until(lambda: bool(old.saved))
    told = old.door.told[0]
    assert told.settings == without_pins(settings())
    assert told.before == settings(), "as the door gave them"
    assert (told.administrator_id, told.pin, told.office_id) == (PRIYA, PIN, OFFICE)


def test_the_administrator_is_asked_last_and_a_wrong_pin_is_said_beside_it(old: Desk) -> None:
    old.go(2)
    old.hands.retype("20")
    old.door.refusals = [Refusal(Code.WRONG_PIN, "That PIN is wrong.", "Try again; 4 tries are left.")]
    old.confirm("1111")
    old.hands.until(lambda: bool(old.form.confirm.pin.fault()))
    assert old.form.confirm.pin.fault() == "That PIN is wrong. Try again; 4 tries are left."
    assert old.form.confirm.pin.text() == ""
    assert old.hands.focus() is old.form.confirm.pin
    old.hands.type(PIN)
    assert old.form.confirm.pin.fault() == ""
    old.hands.click(old.form.confirm.confirm_button)
    old.hands.until(lambda: bool(old.saved))
    assert old.door.told[-1].settings.walk_in_seen == 20


def test_an_empty_pin_is_not_sent(old: Desk) -> None:
    old.confirm("")
    assert old.form.confirm.pin.fault() == "The PIN is missing. Enter it to save."
    assert old.door.told == []


def test_escape_goes_back_from_the_last_question(old: Desk) -> None:
    old.hands.press(Key.Key_S, CONTROL)
    old.hands.type("24")
    old.hands.press(Key.Key_Escape)
    assert old.section() == "Office"
    assert old.cancelled == []
    assert old.form.confirm.pin.text() == "", "gone with the question"


def test_a_refusal_opens_the_section_that_it_is_about(old: Desk) -> None:
    old.go(6)
    old.hands.tab_to("Remove “Counter 3”")
    old.hands.press(Key.Key_Return)
    old.door.refusals = [
        Refusal(
            Code.BAD_SETTINGS,
            "Somebody is signed in at Counter 3.",
            "Change this when they have signed off.",
            f"counters/{COUNTER_3}",
        )
    ]
    old.go(1)
    old.confirm()
    old.hands.until(lambda: old.section() == "Counters")
    assert old.said() == "Somebody is signed in at Counter 3. Change this when they have signed off."
    assert len(old.form.sections.counters.lines) == 2
    assert old.hands.focus() is old.form.sections.counters.start()


def test_settings_that_somebody_else_has_changed_are_read_again(old: Desk) -> None:
    old.go(2)
    old.hands.retype("20")
    old.door.refusals = [Refusal(Code.ALREADY_TAKEN, "Somebody else has changed them.", "Read them again.")]
    old.confirm()
    old.hands.until(lambda: old.form.message.state() == "late")
    assert old.section() == "Office"
    assert old.form.sections.promises.numbers["walk_in_seen"].text() == "20", "what was typed is still there"
    others = old.door.settings = replace(settings(), place="Upstairs")
    (read_again,) = old.form.message.action_buttons()
    old.hands.click(read_again)
    old.hands.until(lambda: old.form.sections.office.place.text() == "Upstairs")
    assert old.form.sections.promises.numbers["walk_in_seen"].text() == "15"
    old.confirm()
    old.hands.until(lambda: bool(old.saved))
    assert old.door.told[-1].before == others


def test_a_refusal_that_names_nothing_stays_at_the_last_question(old: Desk) -> None:
    old.door.refusals = [Refusal(Code.DATABASE_FULL, "The disk is full.", "Make room and try again.")]
    old.confirm()
    old.hands.until(lambda: old.form.message.state() == "late")
    assert old.section() == "Save the changes"


def test_leaving_asks_only_when_something_was_typed(old: Desk) -> None:
    old.hands.press(Key.Key_Escape)
    assert old.cancelled == [True]
    old.hands.tab_to("Name of the office")
    old.hands.type("!")
    old.hands.press(Key.Key_Escape)
    assert old.said() == "Leave without saving? What you typed is lost then."
    assert old.hands.focus() is old.form.message.action_buttons()[0]
    old.hands.press(Key.Key_Escape)
    assert old.hands.focus() is old.form.sections.office.name, "back where it was"
    old.hands.press(Key.Key_Escape)
    old.hands.press(Key.Key_Return)
    assert old.cancelled == [True], "Enter on Stay stays"
    old.hands.retype("Civic Offices")
    old.hands.press(Key.Key_Escape)
    assert old.cancelled == [True, True], "nothing is changed any more"


def test_a_form_that_was_given_up_does_not_ask_again(qtbot: QtBot) -> None:
    """A window that closes on `cancelled` asks the form once more whether it may."""
    desk = Desk(qtbot, PretendDoor(settings()), OFFICE)
    desk.form.cancelled.connect(lambda: desk.cancelled.append(desk.form.may_leave()))
    desk.hands.tab_to("Name of the office")
    desk.hands.type("Town Hall")
    desk.hands.press(Key.Key_Escape)
    desk.hands.press(Key.Key_L)
    assert desk.cancelled == [True, True]
    desk.link.close()


def test_another_section_takes_the_question_back(old: Desk) -> None:
    old.hands.tab_to("Name of the office")
    old.hands.type("Town Hall")
    old.hands.press(Key.Key_Escape)
    old.go(2)
    assert old.said() == ""
    old.hands.press(Key.Key_L)
    assert old.cancelled == []


def test_leaving_by_mouse(old: Desk) -> None:
    old.hands.tab_to("Name of the office")
    old.hands.type("Town Hall")
    old.hands.click(old.form.frame.contents.leave_button)
    stay, _ = old.form.message.action_buttons()
    old.hands.click(stay)
    assert old.cancelled == []
    old.hands.click(old.form.frame.contents.leave_button)
    old.hands.click(old.form.message.action_buttons()[1])
    assert old.cancelled == [True]


def test_settings_that_cannot_be_read_can_be_asked_for_again(qtbot: QtBot) -> None:
    door = PretendDoor(settings())
    door.refusals = [Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")]
    desk = Desk(qtbot, door, OFFICE)
    assert desk.said() == "The database can't be reached. Check the network."
    assert not desk.form.save_action.isEnabled()
    desk.hands.until(desk.form.message.action_buttons()[0].isVisible)
    desk.hands.click(desk.form.message.action_buttons()[0])
    desk.hands.until(desk.form.frame.stack.isEnabled)
    assert desk.form.sections.office.name.text() == "Civic Offices"
    desk.link.close()


# -- the PIN by mouse ------------------------------------------------------------------------------------------------


def test_settings_are_changed_with_the_mouse_alone(old: Desk) -> None:
    hands, form = old.hands, old.form
    hands.click(form.sections.office.preset.controls()[0])
    hands.click(form.frame.contents.entries[5])
    hands.click(form.sections.counters.lines[2].remove)
    hands.click(form.frame.contents.save_button)
    assert old.section() == "Save the changes"
    for digit in f"9{PIN}":
        hands.click(key_of(old, digit))
        if digit == "9":
            hands.click(key_of(old, "Delete the last digit"))
    assert hands.focus() is form.confirm.pin
    hands.click(form.confirm.confirm_button)
    hands.until(lambda: bool(old.saved))
    told = old.door.told[0]
    assert (told.pin, told.settings.preset, len(told.settings.counters)) == (PIN, "hertfordshire", 2)


def key_of(desk: Desk, name: str) -> QWidget:
    """A key of the number pad."""
    return next(each for each in desk.form.confirm.pad.findChildren(QAbstractButton) if name_of(each) == name)


# -- where a refusal leads -------------------------------------------------------------------------------------------


def refusal_of(**changes: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        check_settings(settings(**changes))
    return refused.value


SERVICES, COUNTERS, STAFF = settings().services, settings().counters, settings().staff


@pytest.mark.parametrize(
    ("changes", "section", "control"),
    [
        ({"name": ""}, 0, "Name of the office"),
        ({"council": " "}, 0, "Council"),
        ({"timezone": "Mars/Olympus"}, 0, "Time zone"),
        ({"division": "wales"}, 0, "Bank holidays of"),
        ({"walk_in_resolved": 0}, 1, "Walk-ins resolved within"),
        ({"rule": "whim"}, 1, "Keep the promises that can be kept"),
        ({"appointment_guard": 0.5}, 1, "Appointments go first after"),
        ({"undo_minutes": 99}, 1, "Undo for"),
        ({"hours": (Hours(2, time(17), time(9)),)}, 2, "Wednesday closes"),
        ({"services": ()}, 4, "Add a service"),
        ({"services": (replace(SERVICES[1], letter=""),)}, 4, "Letter of “Council Tax”"),
        ({"services": (*SERVICES, replace(SERVICES[0], id="other"))}, 4, "Name of “Housing”"),
        ({"services": (replace(SERVICES[2], priority=100),)}, 4, "Priority of “Planning”"),
        ({"counters": (replace(COUNTERS[0], services=frozenset({"no"})),)}, 5, "Services of “Counter 1”"),
        ({"counters": (COUNTERS[0], replace(COUNTERS[1], name="Counter 1"))}, 5, "Name of “Counter 2”"),
        ({"staff": (replace(STAFF[1], pin="12"),)}, 6, "PIN of “Ewan Pritchard”"),
        (
            {"staff": (replace(STAFF[0], officer=replace(STAFF[0].officer, skills=frozenset({"no"}))),)},
            6,
            "Services of",
        ),
    ],
    ids=str,
)
def test_a_refusal_leads_to_what_it_names(old: Desk, changes: dict[str, Any], section: int, control: str) -> None:
    refusal = refusal_of(**changes)
    old.door.refusals = [refusal]
    old.confirm()
    old.hands.until(lambda: old.form.frame.stack.currentIndex() == section)
    assert old.said() == str(refusal)
    assert name_of(old.hands.focus()).startswith(control)
    assert old.hands.focus().isVisible()
