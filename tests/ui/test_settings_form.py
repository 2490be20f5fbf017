"""The form of the settings as a whole: its sections, its ways through, its looks."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.domain.office import Hours, Role
from tests.support import OFFICE, PIN, settings
from tests.ui.settings_hands import CONTROL, NOON_24_NOVEMBER, Desk, Key, PretendDoor, name_of
from ui.theme import Look, apply_look
from ui.theme_file import load_theme


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
    titles += ["Rooms", "Interpreters", "Kiosk"]
    for at, title in enumerate(titles, start=1):
        new.go(at)
        assert new.section() == title
    new.hands.press(Key.Key_PageUp, CONTROL)
    assert new.section() == "Interpreters"
    new.hands.press(Key.Key_PageDown, CONTROL, times=2)
    assert new.section() == "Notices"
    new.hands.press(Key.Key_PageDown, CONTROL, times=2)
    assert new.section() == "Languages", "nothing comes after it"
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
        control
        for line in new.form.sections.services.lines
        for control in line.controls()
        if control.isEnabled() and control.isVisible()
    ] + [new.form.sections.services.add_button]
    assert walked == wanted


def test_every_control_of_every_section_has_a_name_and_can_be_reached(old: Desk) -> None:
    for page in old.form.sections.pages:
        for control in page.stops():
            assert name_of(control).strip(), (page.title, control)
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus or control.metaObject().className() == "Choice"
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


def test_a_click_that_leaves_a_wrong_field_is_not_lost(new: Desk) -> None:
    """The sentence that appears must not move the button away from under the mouse."""
    new.go(5)
    new.form.sections.services.lines[1].name.setFocus()
    new.hands.retype("")
    button = new.form.sections.services.add_button
    new.hands.qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    place = button.mapTo(new.form, QPoint(0, 0))
    assert new.form.sections.services.lines[1].sentence.text() == ""
    new.hands.qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert place == button.mapTo(new.form, QPoint(0, 0)) or len(new.form.sections.services.lines) == 3
    new.hands.until(lambda: new.form.sections.services.lines[1].sentence.text() != "")
    assert len(new.form.sections.services.lines) == 3


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
    old.go(7)
    for theme, percent in (("dark", 200), ("high-contrast", 150), ("light", 100)):
        apply_look(old.form, Look(load_theme(theme), percent))
        QApplication.processEvents()
        assert not old.form.grab().isNull()
    assert old.form.frame.contents.entries[0].isVisible()


def test_the_clock_of_the_tests_is_the_day_that_they_say() -> None:
    assert NOON_24_NOVEMBER % (24 * 60 * MINUTE) == 12 * 60 * MINUTE
