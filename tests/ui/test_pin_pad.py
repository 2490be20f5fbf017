"""The number pad beside a PIN: mouse, finger and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look, apply_look
from ui.theme_file import load_theme
from ui.widgets import PinEdit, PinPad

LEFT = Qt.MouseButton.LeftButton
DELETE = "Delete the last digit"


class Confirm(QWidget):
    """A PIN, its pad, and what comes after it."""

    def __init__(self) -> None:
        super().__init__()
        self.pin = PinEdit(4)
        self.pad = PinPad(self.pin)
        self.after = QPushButton("Sign in")
        layout = QVBoxLayout(self)
        for widget in (self.pin, self.pad, self.after):
            layout.addWidget(widget)
        self.edited: list[str] = []
        self.pin.textEdited.connect(self.edited.append)

    def key(self, name: str) -> QAbstractButton:
        return next(key for key in self.pad.findChildren(QAbstractButton) if key.accessibleName() == name)

    def click(self, *names: str) -> None:
        for name in names:
            QTest.mouseClick(self.key(name), LEFT)

    def press(self, key: Qt.Key | str) -> None:
        QTest.keyClick(self.windowHandle(), key)  # type: ignore[call-overload]


@pytest.fixture
def asked(qtbot: QtBot, look: Look) -> Confirm:
    made = Confirm()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.pin.setFocus()
    qtbot.waitUntil(made.pin.hasFocus)
    return made


def test_a_pin_is_entered_by_mouse_alone(asked: Confirm) -> None:
    asked.click("2", "5", "9", DELETE, "8", "0")
    assert asked.pin.pin() == "2580"
    assert asked.pin.displayText() == "●●●●"
    assert asked.pin.hasFocus(), "whoever goes on typing goes on with the PIN"
    assert asked.edited[-1] == "2580"
    asked.click("1")
    assert asked.pin.pin() == "2580", "no more than the field takes"


def test_the_first_press_after_coming_back_begins_anew(asked: Confirm) -> None:
    asked.click("1", "1")
    asked.after.setFocus()
    asked.click("7")
    assert asked.pin.pin() == "7"
    asked.press("8")
    assert asked.pin.pin() == "78", "typing goes on where pressing stopped"


def test_the_pad_is_one_stop_for_the_tab_key(asked: Confirm) -> None:
    asked.press(Qt.Key.Key_Tab)
    assert asked.key("1").hasFocus()
    asked.press(Qt.Key.Key_Tab)
    assert asked.after.hasFocus()


def test_arrows_move_on_the_pad_space_presses_and_digits_are_typed(asked: Confirm) -> None:
    asked.press(Qt.Key.Key_Tab)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Space):
        asked.press(key)
    assert asked.pin.pin() == "5"
    asked.press("0")
    assert asked.pin.pin() == "50"
    asked.press(Qt.Key.Key_Backspace)
    assert asked.pin.pin() == "5"
    assert asked.key("5").hasFocus()
    for _ in range(4):
        asked.press(Qt.Key.Key_Left)
    assert asked.key("4").hasFocus(), "the arrows stay on the pad"
    asked.press(Qt.Key.Key_Tab)
    asked.press(Qt.Key.Key_Backtab)
    assert asked.key("4").hasFocus(), "Tab comes back to where it was"


def test_each_key_has_a_name_and_a_role(asked: Confirm) -> None:
    keys = asked.pad.findChildren(QAbstractButton)
    heard = [QAccessible.queryAccessibleInterface(key) for key in keys]
    assert {each.role() for each in heard} == {QAccessible.Role.Button}
    assert [each.text(QAccessible.Text.Name) for each in heard] == [*"1234567890", DELETE]


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_three_columns_at_every_size_of_text(qtbot: QtBot, qapp: QApplication, percent: int) -> None:
    apply_look(qapp, Look(load_theme("light"), percent))
    made = Confirm()
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    tops = [made.key(name).y() for name in "1237"]
    assert tops[0] == tops[1] == tops[2] < tops[3]
    assert made.key("1").height() >= 48
