"""The sections *Office* and *Promises*, with real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.domain.standards import PRESETS
from tests.support import OFFICE, settings
from tests.ui.settings_hands import CONTROL, SHIFT, Desk, Key, PretendDoor, name_of
from ui.theme import look_of
from ui.welcome.rows import Row
from ui.widgets import RING
from ui.widgets.drop import DropList


def test_a_preset_fills_targets_hours_and_council_and_shows_what_is_no_promise(new: Desk) -> None:
    new.hands.press(Key.Key_1)
    office, promises = new.form.sections.office, new.form.sections.promises
    assert "Walk-ins seen: within 15 minutes" in office.facts.accessibleName()
    assert "Walk-ins resolved: no promise" in office.facts.accessibleName()
    assert office.council.text() == "Hertfordshire County Council"
    assert [promises.numbers[name].text() for name in ("walk_in_seen", "walk_in_resolved", "appointment_seen")] == [
        "15",
        "",
        "5",
    ]
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
    office, hours = new.form.sections.office, new.form.sections.hours
    assert office.preset.value() == "own", "all is as it was before the first document was taken"
    assert [line.word.text() for line in hours.days if line.word.text()] == []
    row = seen.parentWidget()
    assert isinstance(row, Row)
    assert row.hint.text() == "", "no document is said to state anything"


def test_our_own_promises_are_as_empty_as_before_but_for_what_was_typed(new: Desk) -> None:
    sections = new.form.sections
    before = [page.typed() for page in (sections.office, sections.promises, sections.hours)]
    new.hands.press(Key.Key_1)
    new.hands.press(Key.Key_5)
    assert [page.typed() for page in (sections.office, sections.promises, sections.hours)] == before
    new.hands.press(Key.Key_1)
    new.go(2)
    new.hands.type("20")
    new.go(1)
    new.hands.press(Key.Key_5)
    assert sections.promises.targets() == {
        "walk_in_seen": "1520",
        "walk_in_resolved": "",
        "appointment_seen": "",
        "notice_days": "",
    }
    assert sections.office.council.text() == ""


def test_a_preset_by_mouse(new: Desk) -> None:
    new.hands.click(new.form.sections.office.preset.controls()[2])
    assert new.form.sections.office.council.text() == "Hertsmere Borough Council"
    facts = new.form.sections.office.facts.accessibleName()
    assert "Monday to Thursday 9am to 5.15pm, Friday 9am to 5pm" in facts


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


def test_the_address_has_several_lines(new: Desk) -> None:
    new.complete()
    new.go(1)
    new.hands.tab_to("Address")
    new.hands.type("1 Example Way")
    new.hands.press(Key.Key_Return, times=2)
    new.hands.type("  Borehamwood ")
    assert new.section() == "Office", "Enter begins a line and does not save"
    new.hands.press(Key.Key_Tab)
    assert name_of(new.hands.focus()) == "Telephone"
    assert new.save().address == "1 Example Way\nBorehamwood"


def test_the_address_that_is_kept_is_shown_and_changed(qtbot: QtBot) -> None:
    old = Desk(qtbot, PretendDoor(settings(address="1 High Street\nHatfield")), OFFICE)
    qtbot.addWidget(old.form)
    old.hands.tab_to("Address")
    assert old.form.sections.office.address.text() == "1 High Street\nHatfield"
    assert not old.form.is_changed()
    old.hands.press(Key.Key_End, CONTROL)
    old.hands.type(" AL9 5AA")
    old.confirm()
    old.hands.until(lambda: bool(old.saved))
    assert old.door.told[-1].settings.address == "1 High Street\nHatfield AL9 5AA"
    old.link.close()


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
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
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
    assert name_of(new.hands.focus()) == "Less about calling and booking"
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


# -- by mouse alone --------------------------------------------------------------------------------------------------


def test_a_list_drops_under_its_field_with_a_border_and_covers_nothing(new: Desk) -> None:
    division = new.form.sections.office.division
    new.form.resize(780, 440)  # the pretended screen is low
    view = new.hands.list_of(division)
    assert view.window().mapToGlobal(QPoint(0, 0)).y() >= division.mapToGlobal(division.rect().center()).y()
    assert view.window().width() == division.width() - 2 * RING
    picture = view.grab().toImage()
    border = look_of(view).colour("line-strong")
    for place in (QPoint(0, 20), QPoint(picture.width() - 1, 20), QPoint(20, picture.height() - 1)):
        assert picture.pixelColor(place) == border


def test_the_office_and_its_promises_by_mouse(new: Desk) -> None:
    office, promises = new.form.sections.office, new.form.sections.promises
    new.complete()
    new.go(1)
    new.hands.pick(office.zone, "Europe/Dublin")
    new.hands.pick(office.division, "Northern Ireland")
    new.hands.click(new.form.frame.contents.entries[1])
    new.hands.pick(promises.numbers["walk_in_seen"], "20")
    new.hands.pick(promises.numbers["appointment_seen"], "10")
    new.hands.pick(promises.numbers["appointment_seen"], "No promise")
    new.hands.click(promises.more_button)
    new.hands.pick(promises.numbers["walk_in_guard"], "1.75")
    new.hands.pick(promises.numbers["overtakes"], "3")
    kept = new.save()
    assert (kept.timezone, kept.division) == ("Europe/Dublin", "northern-ireland")
    assert (kept.walk_in_seen, kept.appointment_seen) == (20, None)
    assert (kept.walk_in_guard, kept.overtakes) == (1.75, 3)


def test_the_list_of_a_number_opens_with_down_at_what_stands_in_the_field(new: Desk) -> None:
    new.go(2)
    field = new.form.sections.promises.numbers["walk_in_seen"]
    new.hands.type("15")
    new.hands.press(Key.Key_Down)
    popup = field.holder().popup()
    assert popup.currentIndex().data() == "15"
    new.hands.qtbot.keyClick(popup, Key.Key_Down)
    new.hands.qtbot.keyClick(popup, Key.Key_Return)
    assert field.text() == "20"
