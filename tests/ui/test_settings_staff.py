"""The section *Staff*, with real keys and clicks."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtWidgets import QApplication

from tests.support import PIN
from tests.ui.settings_hands import CONTROL, Desk, Key


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
    assert PIN not in repr(new.form.sections.staff.typed())
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
