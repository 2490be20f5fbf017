"""The counter's keys, pressed as a person presses them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from tests.ui.fake_door import FakeDoor
from ui.desk.end_panels import FinishPanel, SignpostPanel, ToFollowPanel
from ui.desk.move_panels import HoldPanel, TransferPanel
from ui.desk.visit_panel import VisitPanel
from ui.models.strips import Role
from ui.panels.panel import Panel


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    door = FakeDoor()
    for minutes in (9, 7, 5):
        door.arrive("ctax", minutes)
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def kinds(desk: DeskDriver) -> list[str]:
    """What was done since signing in."""
    return [type(command).__name__ for command in desk.fake.done[1:]]


def test_the_main_key_goes_from_call_to_call(desk: DeskDriver) -> None:
    assert desk.window.counter_sheet.main.detail() == "C001 next: 6 min left, can still be kept"
    desk.call_next()
    desk.until_said("C001 called to Counter 3.")
    assert desk.number_here() == "C001"
    desk.start()
    assert desk.main() == "Finish and call next"
    desk.key(Qt.Key.Key_F5)
    desk.until_said("C001 finished, C002 called to Counter 3.")
    desk.until(lambda: desk.number_here() == "C002")
    assert kinds(desk) == ["CallNext", "StartService", "FinishAndCallNext"]


def test_enter_presses_the_main_key_that_has_the_ring_but_not_one_enter_too_many(desk: DeskDriver) -> None:
    keys, main = desk.window.desk.keys, desk.window.counter_sheet.main
    desk.until(main.hasFocus)
    keys.double_press_s = 60
    for stray in (Qt.Key.Key_Escape, Qt.Key.Key_7):  # a panel that has gone; a barcode of somebody else's
        desk.key(Qt.Key.Key_F3 if stray is Qt.Key.Key_Escape else stray)
        desk.key(stray)
        desk.until(main.hasFocus)
        desk.key(ENTER)
        desk.until_answered()
        assert desk.main() == "Call next"
        keys._enter_follows_at = 0.0
    desk.key(ENTER)
    desk.until(lambda: desk.main() == "Start")


def test_after_a_click_on_finish_work_goes_on_at_the_main_key(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.press("Finish")
    desk.until_said("C001 finished.")
    desk.until(lambda: desk.main() == "Call next" and desk.window.counter_sheet.main.hasFocus())


def test_a_double_press_is_one_press_while_the_database_takes_its_time(desk: DeskDriver) -> None:
    desk.fake.gate.clear()
    for _ in range(5):
        desk.key(Qt.Key.Key_F5)
    desk.fake.gate.set()
    desk.until(lambda: desk.main() == "Start")
    desk.until_answered()
    assert kinds(desk) == ["CallNext"]


def test_a_double_press_is_one_press_even_when_the_answer_is_faster(desk: DeskDriver) -> None:
    desk.window.desk.keys.double_press_s = 60
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.main() == "Start")
    desk.key(Qt.Key.Key_F5)
    desk.until_answered()
    assert kinds(desk) == ["CallNext"]
    desk.window.desk.keys.double_press_s = 0
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.main().startswith("Finish"))


def test_a_double_click_is_one_click(desk: DeskDriver) -> None:
    desk.window.desk.keys.double_press_s = 60
    button = desk.window.counter_sheet.main
    window = desk.window
    where = button.mapTo(window, button.rect().center())
    for event in (QTest.mouseClick, QTest.mouseDClick):
        event(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    desk.until_answered()
    assert kinds(desk) == ["CallNext"]


def test_a_key_held_down_calls_once(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F5)
    for _ in range(10):
        repeated = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "", True)
        QCoreApplication.sendEvent(desk.window, repeated)
    desk.until(lambda: desk.main() == "Start")
    desk.until_answered()
    assert kinds(desk) == ["CallNext"]


def test_a_lost_reply_is_made_good_by_pressing_again(desk: DeskDriver) -> None:
    desk.fake.lose_reply = True
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.number_here() == "C001")
    assert kinds(desk) == ["CallNext"]


def test_called(desk: DeskDriver) -> None:
    desk.call_next()
    assert not desk.button("No-show").isEnabled()
    desk.key(Qt.Key.Key_N, CTRL)
    desk.until_said("C001 has been called once. A no-show can be marked after 2 calls.")
    desk.key(Qt.Key.Key_A, CTRL)
    desk.until_said("C001 called again.")
    desk.until(lambda: desk.button("No-show").isEnabled())
    desk.key(Qt.Key.Key_N, CTRL)
    desk.until_said("C001 marked as a no-show.")
    desk.until(lambda: desk.main() == "Call next")
    assert desk.fake.by_number("C001").end is End.NO_SHOW


def test_back_to_its_place(desk: DeskDriver) -> None:
    desk.call_next()
    desk.key(Qt.Key.Key_P, CTRL)
    desk.until(lambda: desk.numbers() == ["C001", "C002", "C003"])


def test_left_while_called_and_while_served(desk: DeskDriver) -> None:
    desk.call_next()
    desk.key(Qt.Key.Key_E, CTRL)
    desk.until_said("C001 has left.")
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_E, CTRL)
    desk.until_said("C002 has left.")


def test_hold_asks_why_while_called(desk: DeskDriver) -> None:
    desk.call_next()
    desk.key(Qt.Key.Key_H, CTRL)
    desk.until_panel(HoldPanel)
    desk.key(Qt.Key.Key_O)
    desk.until_said("C001 stepped out.")
    desk.until_panel(None)
    assert desk.fake.by_number("C001").own_request
    desk.until(lambda: desk.window.aside_model.rowCount() == 1)


def test_hold_in_a_service_is_one_key_and_goes_on_from_the_strip(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_F9)
    desk.until_said("C001 is on hold.")
    desk.until(lambda: desk.window.aside_model.rowCount() == 1)
    desk.key(Qt.Key.Key_O, CTRL)
    assert desk.window.asides.hasFocus()
    desk.key(ENTER)
    desk.until_panel(VisitPanel)
    desk.key(ENTER)
    desk.until_said("C001 is back from hold.")
    desk.until(lambda: desk.number_here() == "C001")


def test_the_visit_on_hold_here_is_gone_on_with_whoever_stands_above_it(desk: DeskDriver) -> None:
    other = desk.fake.by_number("C001")
    other.state, other.held_at = State.ON_HOLD, desk.fake.clock.now() - 60_000
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_F9)
    desk.until(lambda: desk.window.aside_model.rowCount() == 2)
    assert desk.window.aside_model.index(0, 0).data(Role.KEY) == other.id
    desk.key(Qt.Key.Key_O, CTRL)
    desk.key(ENTER)
    assert desk.until_panel(VisitPanel).title.text() == "C002"


def test_transfer_to_another_service(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_F10)
    panel = desk.until_panel(TransferPanel)
    main = panel.main_button()
    assert main is not None
    desk.click(main)
    assert "Choose where the visit goes." in panel.problem()
    desk.key(Qt.Key.Key_H)
    assert panel.told.isEnabled(), "Housing is a specialist's"
    desk.key(ENTER)
    desk.until_said("C001 transferred to Housing.")
    desk.until_panel(None)
    assert desk.fake.by_number("C001").state is State.WAITING


def test_to_follow_names_a_day_and_a_person(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_T, CTRL)
    panel = desk.until_panel(ToFollowPanel)
    assert panel.reach.text() == "020 8207 2200, priya.nair@example.org"
    desk.key(Qt.Key.Key_2)
    assert panel.due.currentText() == "Thursday 26 November, 2 working days"
    desk.type("Ewan")
    desk.click(panel.contact)
    desk.type("01707 555 123")
    assert panel.reach.text() == "020 8207 2201, ewan.pritchard@example.org"
    desk.key(ENTER)
    desk.until_said("C001: an answer is to follow by Thursday 26 November. From Ewan Pritchard.")
    command = desk.fake.done[-1]
    assert isinstance(command, c.Finish)
    assert (command.end, command.owner_id, str(command.due)) == (End.TO_FOLLOW, "ewan", "2026-11-26")
    assert command.contact == "01707 555 123"
    desk.until(lambda: desk.fake.printed == ["C001"])


def test_signpost_needs_a_place_and_keeps_what_was_typed_when_refused(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_G, CTRL)
    panel = desk.until_panel(SignpostPanel)
    desk.key(ENTER)
    assert "Say where the visitor is to go." in panel.problem()
    desk.type("Citizens Advice")
    assert panel.problem() == ""
    desk.fake.fail_do.append(Refusal(Code.DATABASE_BUSY, "The database is busy.", "Try again."))
    desk.key(ENTER)
    desk.until(lambda: "busy" in panel.problem())
    assert panel.place.text() == "Citizens Advice"
    desk.key(ENTER)
    desk.until_said("C001 was signposted to Citizens Advice.")


def main_detail(panel: Panel) -> str:
    button = panel.main_button()
    assert button is not None
    return button.detail()


def serve_with_housing_planned(desk: DeskDriver) -> None:
    desk.call_next()
    desk.fake.by_number("C001").then_services = ("housing",)
    desk.start()


@pytest.mark.parametrize(("declined", "state"), [(False, State.WAITING), (True, State.ENDED)])
def test_finish_asks_whether_a_planned_service_is_still_wanted(desk: DeskDriver, declined: bool, state: State) -> None:
    serve_with_housing_planned(desk)
    desk.key(Qt.Key.Key_F8)
    panel = desk.until_panel(FinishPanel)
    assert main_detail(panel) == "C001 then waits for Housing"
    if declined:
        desk.click(panel.further)
        assert main_detail(panel) == "The visit ends here"
    desk.key(ENTER)
    desk.until_said("C001 finished." if declined else "C001 finished. C001 now waits for Housing.")
    assert desk.fake.by_number("C001").state is state


def test_a_planned_service_follows_signposting_and_comes_before_an_answer_to_follow(desk: DeskDriver) -> None:
    serve_with_housing_planned(desk)
    desk.key(Qt.Key.Key_T, CTRL)
    answer = desk.until_panel(ToFollowPanel)
    desk.key(ENTER)
    desk.until(lambda: "still to be seen for another service" in answer.problem())
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_G, CTRL)
    panel = desk.until_panel(SignpostPanel)
    assert main_detail(panel) == "C001 then waits for Housing"
    desk.type("Citizens Advice")
    desk.key(ENTER)
    desk.until_said("C001 was signposted to Citizens Advice. C001 now waits for Housing.")
    assert desk.fake.by_number("C001").service_id == "housing"


def test_return_to_the_queue(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_R, CTRL)
    desk.until_said("C001 waits again for the same service.")
    assert desk.fake.by_number("C001").leg == 2


def test_undo_takes_back_the_last_thing_and_is_offered_beside_it(desk: DeskDriver) -> None:
    assert not desk.button("Undo").isEnabled()
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said("There is nothing to take back.")
    desk.call_next()
    desk.until(lambda: desk.has_button("Undo"))
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said("Taken back: the call of C001.")
    desk.until(lambda: desk.numbers() == ["C001", "C002", "C003"])
    desk.until(lambda: not desk.button("Undo").isEnabled())


def test_undo_pressed_at_once_takes_back_what_was_just_done(desk: DeskDriver) -> None:
    desk.call_next()
    desk.until(lambda: desk.has_button("Undo"))
    desk.key(Qt.Key.Key_F5)
    desk.until_said("C001 is being served.")
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said("Taken back: the start of C001.")
    desk.until(lambda: desk.main() == "Start")


def test_undo_ends_with_its_time(desk: DeskDriver) -> None:
    desk.call_next()
    desk.until(lambda: desk.has_button("Undo"))
    desk.pass_time(6 * 60_000)
    assert not desk.button("Undo").isEnabled()


def test_finish_without_calling(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_F8)
    desk.until_said("C001 finished.")
    desk.until(lambda: desk.main() == "Call next")
    assert desk.number_here() == "Ready"


def test_the_last_visitor_is_finished_and_nobody_called(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    for number in ("C002", "C003"):
        desk.fake.by_number(number).state = State.ENDED
    desk.fake.sequence += 1
    desk.until(lambda: desk.main() == "Finish")
    desk.key(Qt.Key.Key_F5)
    desk.until_said("C001 finished.")
    assert kinds(desk)[-1] == "Finish"


def test_keys_of_the_counter_do_nothing_while_a_panel_covers_it(desk: DeskDriver) -> None:
    desk.key(Qt.Key.Key_F2)
    desk.key(Qt.Key.Key_F5)
    desk.until_said("A panel is open.")
    assert kinds(desk) == []
    desk.key(ESCAPE)
    desk.until_panel(None)
    desk.key(Qt.Key.Key_F5)
    desk.until_said("C001 called to Counter 3.")


def test_a_bug_is_one_plain_sentence(desk: DeskDriver) -> None:
    desk.fake.fail_do.append(ZeroDivisionError("division by zero"))
    desk.key(Qt.Key.Key_F5)
    desk.until_said("Something went wrong inside the program.")
    assert "division" not in desk.said()
    desk.key(Qt.Key.Key_F5)
    desk.until_said("C001 called to Counter 3.")


def test_a_panel_about_the_visit_goes_when_the_visit_has_gone(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_G, CTRL)
    desk.until_panel(SignpostPanel)
    visit = desk.fake.by_number("C001")
    visit.state, visit.counter_id = State.WAITING, ""
    desk.fake.sequence += 1
    desk.until_panel(None)
