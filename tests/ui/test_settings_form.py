"""The form of the settings, driven with real keys and clicks on a door that is only pretended."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE, SetClock
from reception.domain.office import Hours, Role
from reception.domain.standards import BUSHEY_HOURS, PRESETS
from reception.errors import Code, Refusal
from reception.services.office_settings import OfficeSettings
from tests.support import HOUSING, OFFICE, PIN, PLANNING, PRIYA, settings
from tests.ui.settings_hands import ALT, CONTROL, SHIFT, Hands, Key, PretendDoor, name_of
from ui.link import Link
from ui.welcome import SettingsForm
from ui.welcome.drops import DropList

NOON_24_NOVEMBER = 1_795_521_600_000
"""2026-11-24 12.00 UTC, in milliseconds."""


class Desk:
    """A form on a pretended door, and the hands that use it."""

    def __init__(self, qtbot: QtBot, door: PretendDoor, office_id: str = "", percent: int = 100) -> None:
        self.door = door
        self.link = Link(door)
        self.form = SettingsForm(self.link, office_id, station="Desk 1", clock=SetClock(NOON_24_NOVEMBER))
        self.form.resize(1366, 768)
        self.saved: list[str] = []
        self.cancelled: list[bool] = []
        self.form.saved.connect(self.saved.append)
        self.form.cancelled.connect(lambda: self.cancelled.append(True))
        self.hands = Hands(qtbot, self.form, percent=percent)
        self.hands.until(lambda: self.form.frame.stack.isEnabled() or bool(self.form.message.state() == "late"))

    def go(self, section: int) -> None:
        self.hands.press(Key(Key.Key_0 + section), CONTROL)

    def complete(self) -> None:
        """Enter what a new office lacks, by keyboard."""
        hands = self.hands
        self.go(1)
        hands.tab_to("Name of the office")
        hands.retype("Civic Offices")
        hands.tab_to("Council")
        hands.retype("Hertsmere Borough Council")
        self.go(7)
        hands.tab_to("Name of the member of staff")
        hands.type("Priya Nair")
        hands.tab_to("PIN of")
        hands.type(PIN)
        hands.tab_to("PIN again of")
        hands.type(PIN)

    def save(self) -> OfficeSettings:
        """Save, and what the door was told."""
        self.hands.press(Key.Key_S, CONTROL)
        self.hands.until(lambda: bool(self.saved))
        return self.door.told[-1].settings

    def said(self) -> str:
        return self.form.message.said()

    def section(self) -> str:
        return self.form.frame.sheet.title.text()


@pytest.fixture
def new(qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qtbot, PretendDoor())
    yield desk
    desk.link.close()


@pytest.fixture
def old(qtbot: QtBot) -> Iterator[Desk]:
    """The settings of an office that is there."""
    desk = Desk(qtbot, PretendDoor(settings()), OFFICE)
    yield desk
    desk.link.close()


def confirm(desk: Desk, pin: str = PIN) -> None:
    """Save, and answer the last question."""
    desk.hands.press(Key.Key_S, CONTROL)
    assert desk.section() == "Save the changes"
    desk.hands.type(pin)
    desk.hands.press(Key.Key_Return)


# -- the way through -------------------------------------------------------------------------------------------------


def test_a_new_office_needs_five_answers(new: Desk) -> None:
    new.complete()
    kept = new.save()
    assert (kept.name, kept.council, kept.timezone) == ("Civic Offices", "Hertsmere Borough Council", "Europe/London")
    assert (kept.walk_in_seen, kept.walk_in_resolved, kept.appointment_seen) == (None, None, None)
    assert [counter.name for counter in kept.counters] == ["Counter 1", "Counter 2", "Counter 3"]
    assert [service.letter for service in kept.services] == ["G", "C"]
    assert kept.staff[0].officer.role is Role.ADMINISTRATOR
    assert kept.staff[0].pin == PIN
    assert kept.hours == tuple(Hours(day, time(9), time(17)) for day in range(5))
    assert new.saved == [new.door.told[0].office_id]
    assert new.door.told[0].station == "Desk 1"


def test_sections_open_by_number_by_page_keys_by_arrows_and_by_mouse(new: Desk) -> None:
    titles = ["Office", "Promises", "Opening hours", "Closures", "Services", "Counters", "Staff"]
    for at, title in enumerate(titles, start=1):
        new.go(at)
        assert new.section() == title
    new.hands.press(Key.Key_PageUp, CONTROL)
    assert new.section() == "Counters"
    new.hands.press(Key.Key_PageDown, CONTROL)
    new.hands.press(Key.Key_PageDown, CONTROL)
    assert new.section() == "Staff", "nothing comes after it"
    new.hands.click(new.form.frame.contents.entries[1])
    assert new.section() == "Promises"
    new.hands.press(Key.Key_Down)
    assert new.section() == "Opening hours"
    assert new.hands.focus() is new.form.frame.contents.entries[2], "the arrows stay in the contents"
    new.hands.click(new.form.frame.next_button)
    assert new.section() == "Closures"


def test_tab_goes_through_a_section_in_reading_order(new: Desk) -> None:
    new.go(5)
    assert new.hands.focus() is new.form.sections.services.lines[0].name
    new.hands.press(Key.Key_N, CONTROL)
    new.hands.type("Parking")
    walked = []
    new.form.sections.services.lines[0].name.setFocus()
    for _ in range(40):
        walked.append(new.hands.focus())
        if walked[-1] is new.form.sections.services.add_button:
            break
        new.hands.press(Key.Key_Tab)
    wanted = [
        control for line in new.form.sections.services.lines for control in line.controls() if control.isEnabled()
    ] + [new.form.sections.services.add_button]
    assert walked == wanted


def test_every_control_of_every_section_has_a_name_and_can_be_reached(old: Desk) -> None:
    for page in old.form.sections.pages:
        for control in page.stops():
            assert name_of(control).strip(), (page.title, control)
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or control.metaObject().className() == "_Choice"
        names = [name_of(control) for control in page.stops()]
        assert len(set(names)) == len(names), (page.title, "two controls of one name", names)
    for control in (old.form.confirm.pin, old.form.confirm.administrator, old.form.confirm.confirm_button):
        assert name_of(control).strip()
    frame = old.form.frame
    for button in (frame.contents.save_button, frame.contents.leave_button, frame.next_button):
        assert name_of(button).strip()
    for entry in old.form.frame.contents.entries:
        assert name_of(entry).strip()


def test_every_control_can_be_brought_into_sight_at_every_text_size(qtbot: QtBot) -> None:
    for percent in (80, 100, 200):
        desk = Desk(qtbot, PretendDoor(settings()), OFFICE, percent)
        desk.form.resize(1024, 768)
        QApplication.processEvents()
        assert (desk.form.width(), desk.form.height()) == (1024, 768), percent
        for at, page in enumerate(desk.form.sections.pages, start=1):
            desk.go(at)
            QApplication.processEvents()
            assert page.horizontalScrollBar().maximum() == 0, (percent, page.title)
            for control in page.stops():
                if control.isVisible():
                    right = control.mapTo(page.viewport(), QPoint(control.width(), 0)).x()
                    assert right <= page.viewport().width(), (percent, page.title, name_of(control))
        desk.link.close()


def test_the_focused_field_is_scrolled_into_sight(qtbot: QtBot) -> None:
    desk = Desk(qtbot, PretendDoor(settings()), OFFICE, 200)
    desk.form.resize(1024, 768)
    page = desk.form.sections.office
    desk.hands.tab_to("Bank holidays of")
    QApplication.processEvents()
    shown = page.viewport().rect()
    assert shown.contains(page.division.mapTo(page.viewport(), page.division.rect().center()))
    desk.link.close()


# -- office ----------------------------------------------------------------------------------------------------------


def test_a_preset_fills_targets_hours_and_council_and_shows_what_is_no_promise(new: Desk) -> None:
    new.hands.press(Key.Key_1)
    office, promises = new.form.sections.office, new.form.sections.promises
    assert "Walk-ins seen: within 15 minutes" in office.facts.accessibleName()
    assert "Walk-ins resolved: no promise" in office.facts.accessibleName()
    assert office.council.text() == "Hertfordshire County Council"
    assert [promises.numbers[name].text() for name in ("walk_in_seen", "walk_in_resolved", "appointment_seen")] == [
        "15", "", "5",
    ]  # fmt: skip
    assert new.form.sections.hours.hours() == PRESETS["hertfordshire"].hours
    new.hands.press(Key.Key_2)
    assert office.council.text() == "Hart District Council"
    assert promises.numbers["walk_in_resolved"].text() == "10"
    assert promises.numbers["walk_in_seen"].text() == ""
    assert new.form.sections.hours.hours() == PRESETS["hart"].hours
    assert "exempt" in office.facts_note.text()
    new.complete()
    assert new.save().preset == "hart"


def test_a_preset_takes_nothing_that_was_typed_for_good(new: Desk) -> None:
    new.go(2)
    new.hands.type("20")
    new.go(1)
    new.hands.tab_to("Council")
    new.hands.type("Our Council")
    new.hands.tab_to("Our own promises", back=True)
    new.hands.press(Key.Key_3)
    new.hands.press(Key.Key_1)
    assert new.form.sections.office.council.text() == "Our Council"
    assert new.form.sections.promises.numbers["walk_in_seen"].text() == "15"
    assert "The targets are now those of Hertfordshire." in new.said()
    new.hands.click(new.form.message.undo_button)
    seen = new.form.sections.promises.numbers["walk_in_seen"]
    assert seen.text() == "20", "what was typed, not what the first preset said"
    assert not new.form.message.undo_button.isEnabled()


def test_a_preset_by_mouse(new: Desk) -> None:
    new.hands.click(new.form.sections.office.preset.controls()[2])
    assert new.form.sections.office.council.text() == "Hertsmere Borough Council"
    facts = new.form.sections.office.facts.accessibleName()
    assert facts.endswith("Monday to Thursday 9am to 5.15pm, Friday 9am to 5pm")


def test_a_name_that_is_missing_is_said_when_the_field_is_left(new: Desk) -> None:
    new.hands.tab_to("Name of the office")
    assert new.form.sections.office.name.fault() == ""
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.office.name.fault() == "The office has no name. Enter it."
    assert new.form.frame.contents.entries[0].faults() == 1
    assert name_of(new.form.frame.contents.entries[0]) == "Office, 1 to mend"
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.type("C")
    assert new.form.sections.office.name.fault() == "", "gone as soon as it is mended"


def test_the_time_zone_is_found_by_any_part_of_its_name(new: Desk) -> None:
    zone = new.hands.tab_to("Time zone")
    new.hands.retype("dublin")
    new.hands.wake()
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.office.zone.text() == "Europe/Dublin"
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.retype("Mars/Olympus")
    new.hands.wake()
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.office.zone.fault() == "There is no time zone “Mars/Olympus”. Choose one from the list."
    zone.setFocus()
    new.hands.retype("")
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.office.zone.fault().startswith("The time zone is missing.")


def test_the_list_of_time_zones_opens_with_down_and_closes_alone(new: Desk) -> None:
    new.hands.tab_to("Time zone")
    new.hands.press(Key.Key_Down)
    popup = new.form.sections.office.zone.completer().popup()
    assert popup.isVisible()
    assert isinstance(popup, DropList)
    new.hands.qtbot.keyClick(popup, Key.Key_Escape)
    assert not popup.isVisible()
    assert new.cancelled == [], "Escape closes the list first"
    new.hands.press(Key.Key_Down)
    new.hands.qtbot.keyClick(popup, Key.Key_Down)
    new.hands.qtbot.keyClick(popup, Key.Key_Down)
    new.hands.qtbot.keyClick(popup, Key.Key_Return)
    assert new.form.sections.office.zone.text() == "Africa/Abidjan"
    assert new.section() == "Office", "Enter took the entry and did not save"


def test_bank_holidays_are_chosen_by_letter_and_never_by_the_wheel(new: Desk) -> None:
    division = new.hands.tab_to("Bank holidays of")
    new.hands.press(Key.Key_S)
    assert new.form.sections.office.division.value() == "scotland"
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(division, turn)
    assert new.form.sections.office.division.value() == "scotland"


# -- promises --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["0", "-5", "601", "soon"])
def test_targets_that_are_not_possible(new: Desk, bad: str) -> None:
    new.go(2)
    new.hands.type(bad)
    new.hands.press(Key.Key_Tab)
    field = new.form.sections.promises.numbers["walk_in_seen"]
    assert field.fault().endswith("Enter 1 to 600 minutes, or leave it empty for no promise.")
    assert field.text() == bad
    new.complete()
    new.hands.press(Key.Key_S, CONTROL)
    assert new.section() == "Promises"
    assert new.hands.focus() is field
    assert new.said().startswith(field.fault())
    assert new.door.told == []
    new.hands.retype("15 min")
    assert new.said() == "", "what was said is mended"
    assert new.save().walk_in_seen == 15


def test_the_calling_rule_and_the_finer_points(new: Desk) -> None:
    new.complete()
    new.go(2)
    new.hands.tab_to("Keep the promises that can be kept")
    new.hands.press(Key.Key_Down)
    new.hands.press(Key.Key_Down)
    assert name_of(new.hands.focus()) == "First come, first served"
    new.hands.tab_to("More about calling")
    new.hands.press(Key.Key_Return)
    assert name_of(new.hands.focus()) == "Less about calling"
    guard = new.hands.tab_to("Walk-ins go first after")
    new.hands.retype("0.5")
    undo = new.hands.tab_to("Undo for")
    numbers = new.form.sections.promises.numbers
    assert numbers["walk_in_guard"].fault() == "0.5 times the target is not possible. Enter 1 to 10."
    new.hands.retype("0")
    new.hands.press(Key.Key_Tab, SHIFT)
    assert new.form.sections.promises.numbers["undo_minutes"].fault() == "0 is not possible. Enter 1 to 60."
    guard.setFocus()
    new.hands.retype("1.2")
    undo.setFocus()
    new.hands.retype("10")
    kept = new.save()
    assert (kept.rule, kept.walk_in_guard, kept.undo_minutes) == ("first_come", 1.2, 10)


def test_a_mistake_in_the_finer_points_opens_them(new: Desk) -> None:
    new.complete()
    new.go(2)
    new.hands.tab_to("More about calling")
    new.hands.press(Key.Key_Space)
    new.hands.tab_to("Undo for")
    new.hands.retype("90")
    new.hands.tab_to("Less about calling", back=True)
    new.hands.press(Key.Key_Space)
    new.hands.press(Key.Key_S, CONTROL)
    assert new.hands.focus() is new.form.sections.promises.numbers["undo_minutes"]
    assert new.hands.focus().isVisible()


# -- hours -----------------------------------------------------------------------------------------------------------


def test_hours_are_put_into_their_usual_form_and_copied(new: Desk) -> None:
    new.go(3)
    new.hands.tab_to("Tuesday opens")
    new.hands.retype("0830")
    new.hands.press(Key.Key_Tab)
    new.hands.retype("5.30")
    new.hands.press(Key.Key_Tab)
    tuesday = new.form.sections.hours.days[1]
    assert (tuesday.opens.text(), tuesday.closes.text()) == ("8.30am", "5.30pm")
    new.hands.press(Key.Key_D, CONTROL)
    assert {hours.opens for hours in new.form.sections.hours.hours()} == {time(8, 30)}
    assert len(new.form.sections.hours.hours()) == 5, "days that are closed stay closed"
    assert new.said() == "All open days now have the hours of Tuesday."
    new.hands.click(new.form.message.undo_button)
    assert new.form.sections.hours.hours()[0] == Hours(0, time(9), time(17))


def test_a_day_opens_and_closes_with_its_box(new: Desk) -> None:
    new.go(3)
    new.hands.click(new.form.sections.hours.days[5].open)
    assert Hours(5, time(9), time(17)) in new.form.sections.hours.hours()
    new.hands.tab_to("Open on Monday", back=True)
    new.hands.press(Key.Key_Space)
    assert all(hours.weekday for hours in new.form.sections.hours.hours())
    assert not new.form.sections.hours.days[0].opens.isEnabled()
    assert new.form.sections.hours.days[0].opens.text() == "9am", "kept for when it opens again"


def test_a_second_opening(new: Desk) -> None:
    new.go(3)
    monday = new.form.sections.hours.days[0]
    new.hands.tab_to("Monday closes")
    new.hands.retype("12")
    new.hands.tab_to("Add a second opening on Monday")
    new.hands.press(Key.Key_Return)
    assert new.hands.focus() is monday.opens_again
    new.hands.press(Key.Key_Tab)
    assert "The second opening on Monday has no opening time." in monday.sentence.text()
    new.hands.press(Key.Key_Tab, SHIFT)
    new.hands.type("11")
    new.hands.press(Key.Key_Tab)
    new.hands.type("5pm")
    new.hands.press(Key.Key_Tab)
    assert monday.sentence.text() == "Two openings on Monday overlap. Correct the times."
    monday.opens_again.setFocus()
    new.hands.retype("1pm")
    new.hands.press(Key.Key_Tab)
    assert monday.sentence.text() == ""
    assert monday.openings() == [(time(9), time(12)), (time(13), time(17))]
    new.hands.click(monday.drop_second)
    assert monday.openings() == [(time(9), time(12))]
    new.hands.click(new.form.message.undo_button)
    assert len(monday.openings()) == 2


def test_hours_that_end_before_they_begin_or_are_missing(new: Desk) -> None:
    new.go(3)
    new.hands.tab_to("Monday closes")
    new.hands.retype("8am")
    new.hands.press(Key.Key_Tab)
    monday = new.form.sections.hours.days[0]
    assert monday.closes.fault() == "On Monday the office closes before it opens. Correct the times."
    monday.closes.setFocus()
    new.hands.retype("")
    new.hands.press(Key.Key_Tab)
    assert monday.closes.fault() == "Monday has no closing time. Enter one like 9am, or untick the day."
    monday.closes.setFocus()
    new.hands.retype("late")
    new.hands.press(Key.Key_Tab)
    assert monday.closes.fault().startswith("“late” is not a time of day.")
    assert monday.closes.text() == "late"


def test_a_word_when_hours_fall_below_the_promise(new: Desk) -> None:
    new.hands.press(Key.Key_1)
    new.go(3)
    new.hands.tab_to("Monday closes")
    new.hands.retype("4pm")
    new.hands.press(Key.Key_Tab)
    monday = new.form.sections.hours.days[0]
    assert monday.word.isVisible()
    assert monday.word.text() == "Shorter than the 9am to 5pm in Hertfordshire's customer care standards."
    assert monday.sentence.text() == "", "a word, not a mistake"
    assert new.form.frame.contents.entries[2].faults() == 0


def test_an_area_office_of_hertsmere(new: Desk) -> None:
    new.hands.press(Key.Key_3)
    new.go(3)
    new.hands.tab_to("Fill in Bushey hours")
    new.hands.press(Key.Key_Return)
    assert new.form.sections.hours.hours() == BUSHEY_HOURS
    assert not any(line.word.text() for line in new.form.sections.hours.days)


def test_a_third_opening_is_kept_though_no_line_can_show_it(qtbot: QtBot) -> None:
    hours = (Hours(0, time(9), time(11)), Hours(0, time(12), time(14)), Hours(0, time(18), time(20)))
    desk = Desk(qtbot, PretendDoor(settings(hours=hours)), OFFICE)
    assert desk.form.sections.hours.days[0].word.text().startswith("Also open 6pm to 8pm.")
    confirm(desk)
    desk.hands.until(lambda: bool(desk.saved))
    assert desk.door.told[-1].settings.hours == hours
    desk.link.close()


# -- closures --------------------------------------------------------------------------------------------------------


def test_closures_are_added_with_enter_and_taken_out_again(new: Desk) -> None:
    new.complete()
    new.go(4)
    new.hands.type("25/12/2026")
    new.hands.press(Key.Key_Return)
    new.hands.type("31 December")
    new.hands.press(Key.Key_Return)
    new.hands.type("Friday 25 December 2026")
    new.hands.press(Key.Key_Return)
    assert [line.day for line in new.form.sections.closures.lines] == [date(2026, 12, 25), date(2026, 12, 31)]
    assert new.said() == "Friday 25 December 2026 is on the list already."
    new.hands.tab_to("Remove Friday 25 December 2026")
    new.hands.press(Key.Key_Return)
    assert [line.day for line in new.form.sections.closures.lines] == [date(2026, 12, 31)]
    assert name_of(new.hands.focus()) == "Remove Thursday 31 December 2026"
    new.hands.click(new.form.message.undo_button)
    assert len(new.form.sections.closures.lines) == 2
    new.hands.click(new.form.sections.closures.lines[0].remove)
    new.form.sections.closures.day.setFocus()
    new.hands.type("1 January")
    assert new.save().closures == {date(2026, 12, 31), date(2027, 1, 1)}, "a day that was typed and not added was meant"


def test_a_closure_that_is_no_day(new: Desk) -> None:
    new.go(4)
    new.hands.type("31 February")
    new.hands.click(new.form.sections.closures.add_button)
    assert new.form.sections.closures.day.fault().startswith("There is no day “31 February”.")
    assert new.hands.focus() is new.form.sections.closures.day
    assert new.form.sections.closures.day.text() == "31 February"


# -- services --------------------------------------------------------------------------------------------------------


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
    new.hands.type("Citizens Advice")
    new.hands.press(Key.Key_Tab)
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


# -- staff -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("", "", "A PIN is missing. Enter 4 to 12 digits."),
        ("123", "123", "A PIN is 4 to 12 digits. Enter digits only, without spaces."),
        ("2468", "2486", "The two PINs are not alike. Enter the same digits twice."),
        ("2468", "", "The two PINs are not alike. Enter the same digits twice."),
        ("abcd", "abcd", "A PIN is missing. Enter 4 to 12 digits."),
    ],
)
def test_pins_that_are_not_right(new: Desk, first: str, second: str, sentence: str) -> None:
    new.go(7)
    new.hands.type("Priya Nair")
    new.hands.tab_to("PIN of")
    new.hands.type(first)
    new.hands.press(Key.Key_Tab)
    new.hands.type(second)
    new.hands.press(Key.Key_Tab)
    assert new.form.sections.staff.lines[0].sentence.text() == sentence


def test_a_pin_is_as_long_as_the_door_allows_and_never_shown(new: Desk) -> None:
    new.go(7)
    pin = new.hands.tab_to("PIN of")
    new.hands.type("1234567890123")
    assert new.form.sections.staff.lines[0].pin.text() == "123456789012"
    assert pin.displayText() == "●" * 12 or set(pin.displayText()) != set("123456789012")  # type: ignore[attr-defined]
    new.hands.press(Key.Key_A, CONTROL)
    new.hands.press(Key.Key_C, CONTROL)
    assert "1234" not in QApplication.clipboard().text()


def test_a_pin_waits_while_other_sections_are_open_and_is_gone_when_saved(
    new: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    new.complete()
    new.go(1)
    new.go(7)
    line = new.form.sections.staff.lines[0]
    assert line.pin.text() == PIN
    assert PIN not in repr(line.entry())
    assert PIN not in repr(new.form.sections.pages[-1].typed())
    new.save()
    assert (line.pin.text(), line.again.text()) == ("", "")
    assert PIN not in repr(new.door.told)
    assert PIN not in caplog.text


def test_a_pin_is_gone_when_the_form_is_left(new: Desk) -> None:
    new.complete()
    line = new.form.sections.staff.lines[0]
    new.hands.press(Key.Key_N, CONTROL)
    new.hands.press(Key.Key_Escape)
    new.hands.press(Key.Key_L)
    assert new.cancelled == [True]
    assert (line.pin.text(), line.again.text()) == ("", "")


def test_somebody_has_to_be_an_administrator(new: Desk) -> None:
    new.complete()
    new.hands.tab_to("Role of")
    new.hands.press(Key.Key_R)
    new.hands.press(Key.Key_S, CONTROL)
    assert new.door.told == []
    assert new.said().startswith("Nobody could change these settings later.")
    new.form.sections.staff.lines[0].role.setFocus()
    new.hands.press(Key.Key_End)
    new.save()


def test_staff_details_for_the_slip(new: Desk) -> None:
    new.complete()
    new.hands.tab_to("More about “Priya Nair”")
    new.hands.press(Key.Key_Return)
    new.hands.tab_to("Services of “Priya Nair”")
    new.hands.press(Key.Key_Space)
    new.hands.tab_to("Council Tax")
    new.hands.press(Key.Key_Space)
    new.hands.tab_to("Telephone of")
    new.hands.type("020 7946 0001")
    new.hands.press(Key.Key_Tab)
    new.hands.type("priya@example.org")
    kept = new.save()
    officer = kept.staff[0].officer
    assert (officer.telephone, officer.email) == ("020 7946 0001", "priya@example.org")
    assert officer.skills == {kept.services[0].id}


def test_a_click_that_leaves_a_wrong_field_is_not_lost(new: Desk) -> None:
    """The sentence that appears must not move the button away from under the mouse."""
    new.go(5)
    new.form.sections.services.lines[1].name.setFocus()
    new.hands.retype("")
    button = new.form.sections.services.add_button
    new.hands.qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    new.hands.qtbot.wait(30)
    place = button.mapTo(new.form, QPoint(0, 0))
    assert new.form.sections.services.lines[1].sentence.text() == ""
    new.hands.qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert place == button.mapTo(new.form, QPoint(0, 0)) or len(new.form.sections.services.lines) == 3
    new.hands.until(lambda: new.form.sections.services.lines[1].sentence.text() != "")
    assert len(new.form.sections.services.lines) == 3


# -- saving and being refused ----------------------------------------------------------------------------------------


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
    confirm(new)
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
    assert [entry.faults() for entry in new.form.frame.contents.entries] == [2, 0, 0, 0, 0, 0, 2]
    assert new.hands.focus() is new.form.sections.office.name
    assert new.said() == "The office has no name. Enter it. Not saved yet. 3 more things to mend after that."


# -- an office that is there -----------------------------------------------------------------------------------------


def test_settings_come_back_as_they_were(old: Desk) -> None:
    confirm(old)
    old.hands.until(lambda: bool(old.saved))
    told = old.door.told[0]
    kept = settings()
    assert told.settings == replace(kept, staff=tuple(replace(entry, pin="") for entry in kept.staff))
    assert (told.administrator_id, told.pin, told.office_id) == (PRIYA, PIN, OFFICE)


def test_the_administrator_is_asked_last_and_a_wrong_pin_is_said_beside_it(old: Desk) -> None:
    old.go(2)
    old.hands.retype("20")
    old.door.refusals = [Refusal(Code.WRONG_PIN, "That PIN is wrong.", "Try again; 4 tries are left.")]
    confirm(old, "1111")
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
    confirm(old, "")
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
    in_use = Refusal(Code.BAD_SETTINGS, "Somebody is signed in at Counter 3.", "Change this when they have signed off.")
    old.door.refusals = [in_use]
    old.go(1)
    confirm(old)
    old.hands.until(lambda: old.section() == "Counters")
    assert old.said() == "Somebody is signed in at Counter 3. Change this when they have signed off."
    assert len(old.form.sections.counters.lines) == 2
    old.door.refusals = [Refusal(Code.BAD_SETTINGS, "Somebody is still here for Housing.", "Remove it when nobody is.")]
    confirm(old)
    old.hands.until(lambda: old.section() == "Services")
    assert old.door.told[-1].settings.services[0].id == HOUSING


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


def test_where_there_is_little_room_the_sections_drop_down(qtbot: QtBot) -> None:
    desk = Desk(qtbot, PretendDoor(settings()), OFFICE, 200)
    desk.form.resize(1024, 768)
    QApplication.processEvents()
    drop = desk.form.frame.contents.drop
    assert drop.isVisible()
    assert not desk.form.frame.contents.entries[0].isVisible()
    desk.hands.tab_to("Section", back=True)
    desk.hands.press(Key.Key_S)
    assert desk.section() == "Services"
    desk.link.close()


def test_the_text_and_theme_may_change_while_it_is_open(old: Desk) -> None:
    from ui.theme import Look, apply_look, load_theme

    old.go(7)
    for theme, percent in (("dark", 200), ("high-contrast", 150), ("light", 100)):
        apply_look(old.form, Look(load_theme(theme), percent))
        QApplication.processEvents()
        assert not old.form.grab().isNull()
    assert old.form.frame.contents.entries[0].isVisible()


def test_the_clock_of_the_tests_is_the_day_that_they_say() -> None:
    assert NOON_24_NOVEMBER % (24 * 60 * MINUTE) == 12 * 60 * MINUTE
