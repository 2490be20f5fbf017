"""Signing in and off at the desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.domain.office import Office
from reception.domain.visit_states import State
from reception.services import commands as c
from reception.services import queries as q
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, NONE, SHIFT, DeskDriver
from tests.ui.fake_door import OFFICE, PIN, FakeDoor
from tests.ui.hearing import faults, unreached
from ui.desk import presence
from ui.desk.check_in_panel import CheckInPanel
from ui.desk.evacuation_panel import EvacuationPanel
from ui.desk.menu_panel import MenuPanel
from ui.desk.sign_panels import OfficePanel, SignInPanel, SignOffPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.panel import Panel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    door = FakeDoor()
    door.arrive("ctax", 5)
    door.arrive("ctax", 3)
    return DeskDriver(qtbot, door)


def choose_priya(desk: DeskDriver) -> SignInPanel:
    panel = desk.until_panel(SignInPanel)
    panel.officer.setFocus()
    desk.type("Pri")
    desk.key(Qt.Key.Key_Tab)
    assert isinstance(panel, SignInPanel)
    return panel


def test_the_first_screen_asks_who_is_here(desk: DeskDriver) -> None:
    panel = desk.until_panel(SignInPanel)
    assert panel.officer.hasFocus()
    assert panel.counter.currentText() == "Counter 3", "the counter of the settings is proposed"
    assert panel.pin.echoMode() == QLineEdit.EchoMode.Password
    desk.key(ESCAPE)
    assert desk.panel() is panel, "there is nothing behind it"


def test_enter_goes_from_field_to_field_and_says_what_is_missing(desk: DeskDriver) -> None:
    panel = desk.until_panel(SignInPanel)
    desk.key(ENTER)
    assert "Choose who you are." in panel.problem()
    choose_priya(desk)
    panel.officer.setFocus()
    desk.key(ENTER)
    assert panel.pin.hasFocus()
    assert panel.problem() == ""
    desk.key(ENTER)
    assert "Enter your PIN." in panel.problem()


@pytest.mark.parametrize(
    ("key", "kind"), [(Qt.Key.Key_F1, MenuPanel), (Qt.Key.Key_E, EvacuationPanel)], ids=["menu", "evacuation"]
)
def test_what_opens_over_signing_in_leads_back_to_it(desk: DeskDriver, key: Qt.Key, kind: type[Panel]) -> None:
    panel = choose_priya(desk)
    desk.key(key, NONE if kind is MenuPanel else CTRL | SHIFT)
    desk.until_panel(kind)
    desk.fake.arrive("ctax")
    desk.until(lambda: len(desk.numbers()) == 3)
    assert type(desk.panel()) is kind, "a new view does not close it"
    assert not desk.has_button("Close the day")
    desk.key(ESCAPE)
    assert desk.until_panel(SignInPanel) is panel
    assert panel.officer.currentText() == "Priya Nair"
    panel.pin.setFocus()
    desk.type(PIN)
    desk.key(ENTER)
    desk.until_panel(None)


def test_whenever_nothing_is_open_and_nobody_is_here_it_asks_who(desk: DeskDriver) -> None:
    desk.until_panel(SignInPanel)
    desk.window.stack.close_all()
    desk.until_panel(SignInPanel)


def test_the_right_pin_opens_the_counter(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.until_said("You are signed in.")
    assert desk.window.counter_sheet.main.hasFocus()
    assert desk.fake.signed_in["c3"] == ("priya", "Desk 3")


def test_five_wrong_pins_lock_and_each_says_so(desk: DeskDriver) -> None:
    panel = choose_priya(desk)
    for _ in range(5):
        desk.type("1111")
        desk.key(ENTER)
        desk.until(lambda: "That PIN is not right." in panel.problem() and panel.pin.pin() == "")
        assert panel.pin.hasFocus()
        assert panel.officer.currentText() == "Priya Nair"
        assert "PIN" not in desk.said(), "it is said once, where the PIN is asked for"
    desk.type(PIN)
    desk.key(ENTER)
    desk.until(lambda: "Five wrong PINs" in panel.problem())
    assert desk.fake.signed_in == {}


def test_each_try_is_a_command_of_its_own(desk: DeskDriver) -> None:
    """The id of a try that was answered is spent: with it, the right PIN would be refused as well."""
    panel = choose_priya(desk)
    sent: list[c.Command] = []
    panel.sent.connect(sent.append)
    for pin in ("1111", "2222"):
        desk.type(pin)
        desk.key(ENTER)
        desk.until(lambda: "That PIN is not right." in panel.problem() and panel.pin.pin() == "")
    assert len({command.id for command in sent}) == 2


def test_a_pin_is_never_shown_copied_or_logged(desk: DeskDriver, caplog: pytest.LogCaptureFixture) -> None:
    panel = choose_priya(desk)
    desk.fake.fail_do.append(ValueError("bad pin 2580 in command"))
    desk.type(PIN)
    desk.key(ENTER)
    desk.until(lambda: "Something went wrong" in panel.problem())
    assert PIN not in caplog.text.replace("SignIn", "")
    assert PIN not in panel.problem() + desk.said()


def test_whoever_is_at_another_counter_is_said_to_be_and_may_move(desk: DeskDriver) -> None:
    panel = desk.until_panel(SignInPanel)
    desk.fake.sign_in("c1", "ewan", "Desk 9")
    desk.until(lambda: panel.officer.findText("Ewan Pritchard, at Counter 1") > 0)
    assert panel.officer.findText("Priya Nair") > 0, "nothing is said of those who are at none"
    desk.pick(panel.officer, "Ewan Pritchard, at Counter 1")
    panel.pin.setFocus()
    desk.type(PIN)
    desk.key(ENTER)
    desk.until_panel(None)
    assert desk.fake.signed_in["c3"] == ("ewan", "Desk 3")
    desk.until_said("You are signed in. No longer at Counter 1.")
    del desk.fake.signed_in["c1"], desk.fake.signed_in["c3"]
    desk.fake.sign_in("c2", "ewan", "Desk 9")
    desk.until_said("You have signed in at Counter 2.")


def test_a_refusal_stands_while_others_come_and_go(desk: DeskDriver) -> None:
    """Where people sit changes words in the list of names, and nobody chose anything."""
    panel = choose_priya(desk)
    desk.type("1111")
    desk.key(ENTER)
    desk.until(lambda: "That PIN is not right." in panel.problem())
    desk.fake.sign_in("c1", "ewan", "Desk 9")
    desk.until(lambda: panel.officer.findText("Ewan Pritchard, at Counter 1") > 0)
    assert "That PIN is not right." in panel.problem()
    assert panel.officer.currentText() == "Priya Nair"


def test_a_counter_in_use_elsewhere_is_refused_and_shown(desk: DeskDriver) -> None:
    desk.fake.signed_in["c3"] = ("ewan", "Desk 9")
    desk.fake.sequence += 1
    panel = choose_priya(desk)
    desk.until(lambda: panel.counter.currentText() == "Counter 3, Ewan Pritchard")
    desk.type(PIN)
    desk.key(ENTER)
    desk.until(lambda: "Ewan Pritchard is signed in there." in panel.problem())
    assert panel.counter.hasFocus()


@pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keys"])
def test_a_counter_that_somebody_left_is_taken_over(desk: DeskDriver, by_mouse: bool) -> None:
    desk.fake.sign_in("c3", "ewan", "Desk 9")
    choose_priya(desk)
    assert not desk.has_button("Take the counter over")
    desk.type(PIN)
    desk.key(ENTER)
    desk.until(lambda: desk.has_button("Take the counter over"))
    if by_mouse:
        desk.press("Take the counter over")
    else:
        desk.key(ENTER, CTRL)
    desk.until_panel(None)
    assert desk.fake.signed_in["c3"] == ("priya", "Desk 3")


def test_signing_in_by_mouse_alone(desk: DeskDriver) -> None:
    panel = desk.until_panel(SignInPanel)
    desk.pick(panel.officer, "Priya Nair")
    for digit in PIN:
        desk.click(next(key for key in panel.pad.findChildren(QAbstractButton) if key.accessibleName() == digit))
    desk.press("Sign in")
    desk.until_panel(None)
    assert desk.fake.signed_in["c3"] == ("priya", "Desk 3")


def test_tab_after_choosing_a_name_stays_at_the_pin_it_led_to(desk: DeskDriver) -> None:
    panel = desk.until_panel(SignInPanel)
    desk.pick(panel.officer, "Priya Nair")
    desk.key(Qt.Key.Key_Tab)
    assert panel.pin.hasFocus()
    desk.type(PIN)
    desk.key(Qt.Key.Key_Tab)
    assert not panel.pin.hasFocus(), "from then on Tab goes where it goes"
    desk.key(ENTER)
    panel.pin.setFocus()
    desk.key(ENTER)
    desk.until_panel(None)


def test_down_goes_from_name_to_name_and_enter_goes_on_to_the_pin(desk: DeskDriver) -> None:
    panel = desk.until_panel(SignInPanel)
    for at in (1, 2, 3):
        desk.key(Qt.Key.Key_Down)
        assert panel.officer.currentIndex() == at
        assert panel.officer.hasFocus()
    desk.key(ENTER)
    assert panel.pin.hasFocus()
    assert panel.officer.currentIndex() == 3


@pytest.mark.parametrize(("size", "percent"), [((1024, 768), 100), ((1366, 768), 200), ((1024, 768), 200)])
def test_the_number_pad_fits_beside_the_main_button(qtbot: QtBot, size: tuple[int, int], percent: int) -> None:
    desk = DeskDriver(qtbot, FakeDoor(), size, text_percent=percent)
    panel = desk.until_panel(SignInPanel)
    assert (desk.window.width(), desk.window.height()) == size
    controls = (panel.pin, *panel.pad.findChildren(QAbstractButton))
    if percent == 100:
        desk.until(lambda: all(is_whole(control) for control in controls))
        return
    for control in controls:
        desk.bring_in_sight(control)
        assert is_whole(control), control.accessibleName()


def is_whole(widget: QWidget) -> bool:
    """All of it can be seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_sign_off_with_a_visit_asks_what_becomes_of_it(desk: DeskDriver) -> None:
    desk.fake.sign_in("c1", "ewan", "Desk 1")
    desk.sign_in()
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_L, CTRL)
    desk.until_panel(SignOffPanel)
    desk.key(Qt.Key.Key_Q)
    desk.until_panel(SignInPanel)
    assert desk.fake.by_number("C001").state is State.WAITING
    assert "c3" not in desk.fake.signed_in


def test_the_last_counter_closes_the_day_or_only_steps_away(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.key(Qt.Key.Key_L, CTRL)
    panel = desk.until_panel(SignOffPanel)
    desk.key(ENTER)
    desk.until(lambda: desk.has_button("Only step away"))
    assert "last counter" in panel.words.text()
    desk.key(Qt.Key.Key_S)
    desk.until_panel(SignInPanel)
    assert desk.fake.by_number("C001").state is State.WAITING
    desk.sign_in()
    desk.key(Qt.Key.Key_L, CTRL)
    desk.until_panel(SignOffPanel)
    desk.key(ENTER)
    desk.until(lambda: desk.has_button("Close the day"))
    desk.key(Qt.Key.Key_C)
    desk.until_panel(SignInPanel)
    assert desk.fake.by_number("C001").state is State.ENDED


def test_the_last_counter_that_is_the_last_no_more_only_steps_away(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.key(Qt.Key.Key_L, CTRL)
    panel = desk.until_panel(SignOffPanel)
    desk.key(ENTER)
    desk.until(lambda: desk.has_button("Close the day"))
    desk.fake.sign_in("c1", "ewan", "Desk 1")
    desk.key(Qt.Key.Key_C)
    desk.until(lambda: "the day is not closed" in panel.problem())
    assert desk.fake.by_number("C001").state is State.WAITING
    desk.key(Qt.Key.Key_S)
    desk.until_panel(SignInPanel)
    assert desk.fake.by_number("C001").state is State.WAITING
    assert "day is closed" not in desk.said()


def test_a_serving_last_counter_is_asked_both_questions_in_turn(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_L, CTRL)
    desk.until_panel(SignOffPanel)
    desk.key(Qt.Key.Key_F)
    desk.until(lambda: desk.has_button("Only step away"))
    desk.key(Qt.Key.Key_S)
    desk.until_panel(SignInPanel)
    command = desk.fake.done[-1]
    assert isinstance(command, c.SignOff)
    assert (command.at_hand, command.close_day) == (c.AtHand.FINISH, False)


def test_closing_the_window_at_a_counter_asks_first(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.window.close()
    assert desk.window.isVisible()
    desk.until_panel(SignOffPanel)
    desk.until_said("You are still signed in.")
    desk.window.close()
    assert not desk.window.isVisible()
    assert "c3" in desk.fake.signed_in


def test_closing_the_window_before_signing_in_just_closes(desk: DeskDriver) -> None:
    desk.until_panel(SignInPanel)
    with desk.qtbot.waitSignal(desk.window.closed):
        desk.window.close()


def test_several_offices_are_asked_about(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    door = FakeDoor()
    other = Office("bushey", "Bushey Centre", "Hertsmere", "Europe/London")
    usual = door.ask

    def ask(query: q.Query) -> object:
        return (other, OFFICE) if isinstance(query, q.Offices) else usual(query)

    monkeypatch.setattr(door, "ask", ask)
    desk = DeskDriver(qtbot, door)
    desk.until_panel(OfficePanel)
    assert faults(desk.window) == unreached(desk.window) == []
    desk.key(Qt.Key.Key_2)
    desk.until_panel(SignInPanel)
    desk.sign_in()


def test_an_office_that_can_not_be_read_is_asked_for_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "ASK_AGAIN_MS", 30)
    door = FakeDoor()
    door.fail_ask = OSError("not yet")
    desk = DeskDriver(qtbot, door)
    desk.until(lambda: len(door.asked) >= 2)
    door.fail_ask = None
    desk.until_panel(SignInPanel)


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_F2, WalkInPanel), (Qt.Key.Key_F3, CheckInPanel)])
def test_a_key_pressed_before_the_counter_is_shown_waits_for_it(
    desk: DeskDriver, key: Qt.Key, kind: type[Panel]
) -> None:
    choose_priya(desk)
    desk.type(PIN)
    desk.fake.gate.clear()
    desk.key(ENTER)
    desk.key(key)
    assert isinstance(desk.panel(), SignInPanel)
    desk.fake.gate.set()
    desk.until_panel(kind)


def test_a_key_pressed_as_soon_as_the_line_says_signed_in_is_not_lost(desk: DeskDriver) -> None:
    choose_priya(desk)
    desk.type(PIN)
    shown: list[bool] = []
    desk.window.desk.sending.done.connect(lambda *_: shown.append(isinstance(desk.panel(), SignInPanel)))
    desk.window.desk.sending.done.connect(lambda *_: desk.key(Qt.Key.Key_F3))
    desk.key(ENTER)
    desk.until_panel(CheckInPanel)
    assert shown == [True], "the counter was still to come"


def test_a_key_pressed_before_a_wrong_pin_does_nothing_later(desk: DeskDriver) -> None:
    choose_priya(desk)
    desk.type("9999")
    desk.key(Qt.Key.Key_F5)
    desk.key(ENTER)
    panel = desk.until_panel(SignInPanel)
    desk.until(lambda: bool(panel.problem()))
    desk.type(PIN)
    desk.key(ENTER)
    desk.until_panel(None)
    desk.until_answered()
    assert desk.number_here() == "Ready"
