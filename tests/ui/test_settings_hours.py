"""The sections *Opening hours* and *Closures*, with real keys and clicks."""

from __future__ import annotations

from datetime import date, time

from pytestqt.qtbot import QtBot

from reception.domain.office import Hours
from reception.domain.standards import BUSHEY_HOURS
from tests.support import OFFICE, settings
from tests.ui.settings_hands import CONTROL, SHIFT, Desk, Key, PretendDoor, name_of


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
    desk.confirm()
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


# -- by mouse alone --------------------------------------------------------------------------------------------------


def test_hours_by_mouse(new: Desk) -> None:
    hours = new.form.sections.hours
    new.hands.click(new.form.frame.contents.entries[2])
    new.hands.pick(hours.days[0].opens, "8.45am")
    new.hands.click(hours.days[0].add_second)
    new.hands.pick(hours.days[0].closes, "midday")
    new.hands.pick(hours.days[0].opens_again, "1pm")
    new.hands.pick(hours.days[0].closes_again, "4.15pm")
    new.hands.click(hours.days[0].open)
    new.hands.click(hours.days[0].open)
    assert hours.days[0].openings() == [(time(8, 45), time(12)), (time(13), time(16, 15))]


def test_a_closure_by_mouse_and_its_removal_by_key(new: Desk) -> None:
    closures = new.form.sections.closures
    new.hands.click(new.form.frame.contents.entries[3])
    new.hands.pick(closures.day, "Thursday 24 December 2026")
    new.hands.click(closures.add_button)
    assert [line.day for line in closures.lines] == [date(2026, 12, 24)]
    new.hands.tab_to("Remove Thursday 24 December 2026")
    new.hands.press(Key.Key_Delete)
    assert closures.lines == []
    assert new.hands.focus() is closures.day
