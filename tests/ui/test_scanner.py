"""The scanner's filter, with real key events: a code spoils nothing, and no typing is mistaken for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.scanner import GAP_MS, Scanner

CODE = "RC-7K3M9Q2XW4"
LETTER = "AP-7K3M9Q2X"
LONGER_THAN_A_GAP = GAP_MS * 3


class Form(QWidget):
    """A form with a name, a button that Enter presses, and a shortcut."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.name = QLineEdit()
        self.name.returnPressed.connect(lambda: self.pressed.append("enter"))
        self.other = QLineEdit()
        self.button = QPushButton("Save")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(lambda: self.pressed.append("save"))
        self.pressed: list[str] = []
        for widget in (self.name, self.other, self.button):
            layout.addWidget(widget)
        self.shortcuts: list[str] = []
        for keys in ("Ctrl+R", "F5"):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, keys=keys: self.shortcuts.append(keys))
            self.addAction(action)


@pytest.fixture
def scanner(qtbot: QtBot, qapp: QApplication) -> Iterator[Scanner]:
    made = Scanner()
    made.watch(qapp)
    yield made
    made.rest()


@pytest.fixture
def codes(scanner: Scanner) -> list[str]:
    found: list[str] = []
    scanner.scanned.connect(found.append)
    return found


@pytest.fixture
def form(qtbot: QtBot, codes: list[str]) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.name.setFocus()
    return made


def window_types(form: QWidget, text: str, end: Qt.Key | None = None) -> None:
    """Keys as the window system sends them: to the window, with shortcuts looked up on the way."""
    window = form.windowHandle()
    for character in text:
        modifier = Qt.KeyboardModifier.ShiftModifier if character.isupper() else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(window, character, modifier)
    if end is not None:
        QTest.keyClick(window, end)


def test_a_code_is_told_and_nothing_else_sees_it(form: Form, codes: list[str], qtbot: QtBot) -> None:
    form.name.setText("Harpreet Kaur")
    form.name.setSelection(3, 5)
    window_types(form, CODE, Qt.Key.Key_Return)
    qtbot.wait(LONGER_THAN_A_GAP)
    assert codes == [CODE]
    assert form.name.text() == "Harpreet Kaur"
    assert (form.name.selectionStart(), form.name.selectedText()) == (3, "preet")
    assert form.name.hasFocus()
    assert form.pressed == []
    assert not form.name.isUndoAvailable()


@pytest.mark.parametrize("code", [CODE, LETTER])
def test_the_codes_of_tickets_and_of_letters_are_told(form: Form, codes: list[str], code: str) -> None:
    window_types(form, code, Qt.Key.Key_Return)
    assert codes == [code]
    assert form.name.text() == ""


@pytest.mark.parametrize("typed", ["AP-7K3M9Q2", "AP-7K3M9Q2XW", "AC-7K3M9Q2X", "RP-7K3M9Q2X", "A", "AP"])
def test_what_is_no_code_reaches_its_field_whole(form: Form, codes: list[str], qtbot: QtBot, typed: str) -> None:
    window_types(form, typed, Qt.Key.Key_Return)
    qtbot.wait(LONGER_THAN_A_GAP)
    assert codes == []
    assert form.name.text() == typed
    assert form.pressed == ["enter"]


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_every_ending_counts_and_stays_with_the_scanner(
    form: Form, codes: list[str], qtbot: QtBot, end: Qt.Key
) -> None:
    window_types(form, CODE, end)
    assert codes == [CODE]
    assert form.name.hasFocus()
    assert form.pressed == []


def test_it_works_on_a_button_and_presses_it_not(form: Form, codes: list[str], qtbot: QtBot) -> None:
    form.button.setFocus()
    window_types(form, CODE, Qt.Key.Key_Return)
    qtbot.wait(LONGER_THAN_A_GAP)
    assert codes == [CODE]
    assert form.pressed == []


@pytest.mark.parametrize("typed", [CODE.lower(), "rC-7k3M9q2Xw4"])
def test_caps_lock_makes_no_difference(form: Form, codes: list[str], typed: str) -> None:
    window_types(form, typed, Qt.Key.Key_Return)
    assert codes == [CODE]


def test_python_is_asked_of_a_windows_keys_and_not_of_every_event_of_every_widget(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """A filter for the whole application would be, and would hold up whoever works meanwhile."""
    asked: list[QObject] = []

    class Counting(Scanner):
        def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
            asked.append(receiver)
            return super().eventFilter(receiver, event)

    scanner = Counting()
    scanner.watch(qapp)
    form = Form()
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWindow() is form.windowHandle())
    for width in (300, 400, 500):
        form.resize(width, 200)
        form.grab()
    window_types(form, "Ade")
    scanner.rest()
    assert set(asked) == {form.windowHandle()}
    asked.clear()
    window_types(form, "x")
    assert asked == [], "at rest it looks at nothing"


def test_two_codes_in_a_row(form: Form, codes: list[str]) -> None:
    window_types(form, CODE, Qt.Key.Key_Return)
    window_types(form, "RC-0000000002", Qt.Key.Key_Return)
    assert codes == [CODE, "RC-0000000002"]


def test_a_code_in_the_middle_of_a_name_being_typed(form: Form, codes: list[str], qtbot: QtBot) -> None:
    window_types(form, "Harper")
    window_types(form, CODE, Qt.Key.Key_Return)
    window_types(form, " Carr")
    qtbot.waitUntil(lambda: form.name.text() == "Harper Carr")
    assert codes == [CODE]
    assert form.pressed == []


@pytest.mark.parametrize(
    "name",
    [
        "R",
        "RC",
        "RC-",
        "Rc-Smith",
        "RC-7K3M9Q2XW",
        "RC-7K3M9Q2XW45",
        "RRC Carr-Rcrc",
        "Rosa Carreras",
        "rr RC-7K3M9Q2XW4 rc",
        "RC-7K3M9_",
        "Robert'); DROP TABLE visits;--",
    ],
)
@pytest.mark.parametrize("way", ["window", "widget"])
def test_typing_passes_whole_however_fast(form: Form, codes: list[str], qtbot: QtBot, name: str, way: str) -> None:
    if way == "window":
        window_types(form, name)
    else:
        QTest.keyClicks(form.name, name)
    qtbot.waitUntil(lambda: form.name.text() == name)
    qtbot.wait(LONGER_THAN_A_GAP)
    assert form.name.text() == name
    assert codes == []


def test_a_hand_that_types_a_code_types_text(form: Form, codes: list[str], qtbot: QtBot) -> None:
    window = form.windowHandle()
    for character in CODE:
        QTest.keyClick(window, character)
        if character in "-3":
            qtbot.wait(LONGER_THAN_A_GAP)
    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.wait(LONGER_THAN_A_GAP)
    assert codes == []
    assert form.name.text().upper() == CODE
    assert form.pressed == ["enter"]


def test_a_lone_key_arrives_after_the_gap(form: Form, qtbot: QtBot) -> None:
    window_types(form, "R")
    assert form.name.text() == ""
    qtbot.waitUntil(lambda: form.name.text() == "R", timeout=GAP_MS * 10)


def test_enter_right_after_a_held_key_comes_after_it(form: Form, codes: list[str]) -> None:
    seen: list[str] = []
    form.name.returnPressed.connect(lambda: seen.append(form.name.text()))
    window_types(form, "Carter", Qt.Key.Key_Return)
    assert seen == ["Carter"]


def test_tab_right_after_a_held_key_leaves_it_behind(form: Form) -> None:
    window_types(form, "Carter", Qt.Key.Key_Tab)
    window_types(form, "x")
    assert (form.name.text(), form.other.text()) == ("Carter", "x")


def test_a_held_key_goes_where_it_was_typed_when_the_focus_moves(form: Form) -> None:
    window_types(form, "r")
    QTest.mouseClick(form.other, Qt.MouseButton.LeftButton)
    assert (form.name.text(), form.other.text()) == ("r", "")


def test_shortcuts_work_and_come_after_held_keys(form: Form, codes: list[str], qtbot: QtBot) -> None:
    window_types(form, "r")
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_F5)
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert form.shortcuts == ["F5", "Ctrl+R"]
    assert form.name.text() == "r"


def test_a_letter_shortcut_does_not_eat_the_code(form: Form, codes: list[str]) -> None:
    """Single letters do things where nothing is typed: none of them may take a piece of a code."""
    for letter in "RCK":
        action = QAction(form)
        action.setShortcut(QKeySequence(letter))
        action.triggered.connect(lambda _=False, letter=letter: form.shortcuts.append(letter))
        form.addAction(action)
    form.button.setFocus()
    window_types(form, CODE, Qt.Key.Key_Return)
    assert codes == [CODE]
    assert form.shortcuts == []


def test_auto_repeat_is_a_finger_on_a_key(form: Form, codes: list[str], qtbot: QtBot) -> None:
    def press(kind: QEvent.Type, repeated: bool) -> None:
        event = QKeyEvent(kind, Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier, "r", repeated)
        QCoreApplication.sendEvent(form.name, event)

    press(QEvent.Type.KeyPress, False)
    for _ in range(5):
        press(QEvent.Type.KeyRelease, True)
        press(QEvent.Type.KeyPress, True)
    press(QEvent.Type.KeyRelease, False)
    qtbot.waitUntil(lambda: form.name.text() == "rrrrrr")
    assert codes == []


def test_an_input_method_keeps_its_order(form: Form, codes: list[str], qtbot: QtBot) -> None:
    window_types(form, "R")
    committed = QInputMethodEvent("", [])
    committed.setCommitString("李")
    QCoreApplication.sendEvent(form.name, committed)
    assert form.name.text() == "R李"


def test_a_code_while_an_input_method_composes_leaves_the_composition(
    form: Form, codes: list[str], qtbot: QtBot
) -> None:
    composing = QInputMethodEvent("li", [])
    QCoreApplication.sendEvent(form.name, composing)
    window_types(form, CODE, Qt.Key.Key_Return)
    committed = QInputMethodEvent("", [])
    committed.setCommitString("李")
    QCoreApplication.sendEvent(form.name, committed)
    assert codes == [CODE]
    assert form.name.text() == "李"


def test_a_modal_question_is_not_answered_by_a_code(form: Form, codes: list[str], qtbot: QtBot) -> None:
    question = QMessageBox(QMessageBox.Icon.Question, "", "Close the day?", QMessageBox.StandardButton.Ok, form)
    qtbot.addWidget(question)
    question.open()
    qtbot.waitExposed(question)
    window_types(question, CODE, Qt.Key.Key_Return)
    qtbot.wait(LONGER_THAN_A_GAP)
    assert codes == [CODE]
    assert question.isVisible()
    QTest.keyClick(question.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not question.isVisible())


def test_a_receiver_that_is_gone_takes_its_keys_with_it(form: Form, codes: list[str], qtbot: QtBot) -> None:
    QTest.keyClick(form.other, Qt.Key.Key_R)
    form.other.deleteLater()
    qtbot.wait(LONGER_THAN_A_GAP)
    window_types(form, "ok")
    assert form.name.text() == "ok"


def test_a_click_elsewhere_gives_the_keys_back_first(form: Form, codes: list[str], qtbot: QtBot) -> None:
    window_types(form, "RC-7")
    QTest.mouseClick(form, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert form.name.text() == "RC-7"
    assert codes == []
