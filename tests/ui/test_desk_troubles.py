"""What goes wrong: said in one plain sentence, with what to do beside it, and nothing stands still."""

from __future__ import annotations

import logging
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.domain.stations import Contact, Reach
from reception.errors import Code, Refusal
from reception.services import commands as c
from tests.ui.desk_driver import CTRL, ENTER, DeskDriver
from tests.ui.fake_door import GATE_S, TUESDAY, FakeDoor
from ui import papers, under_way
from ui.desk.sign_panels import SignInPanel
from ui.desk.walk_in_panel import WalkInPanel

NO_PAPER = Refusal(Code.PRINTER, "The printer has no paper.", "Put in a new roll.")


@pytest.fixture
def desk(qtbot: QtBot) -> DeskDriver:
    door = FakeDoor()
    door.arrive("ctax", 5)
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    return driver


def take_ticket(desk: DeskDriver, letter: str = "H") -> None:
    desk.key(Qt.Key.Key_F2)
    desk.key(letter)
    desk.key(ENTER)
    desk.until_panel(None)


# -- the printer -----------------------------------------------------------------------------------------------


def test_a_ticket_that_does_not_print_is_said_and_printed_again_with_f6(desk: DeskDriver) -> None:
    desk.fake.fail_print = NO_PAPER
    take_ticket(desk)
    desk.until_said("H001 was not printed. The printer has no paper. Put in a new roll.")
    desk.until(lambda: "H001" in desk.numbers())
    assert desk.window.line.state() == "late"
    desk.fake.fail_print = None
    desk.key(Qt.Key.Key_F6)
    desk.until_said("H001 goes to the printer again.")
    desk.until(lambda: desk.fake.printed == ["H001"])
    assert not desk.has_button("Print again")


def test_a_failed_reprint_is_said_again(desk: DeskDriver) -> None:
    desk.fake.fail_print = NO_PAPER
    take_ticket(desk)
    desk.until_said("H001 was not printed.")
    desk.fake.fail_print = Refusal(Code.PRINTER, "The printer is jammed.", "Open its lid.")
    desk.key(Qt.Key.Key_F6)
    desk.until_said("H001 was not printed. The printer is jammed.")


def test_a_paper_can_be_let_be_with_f7(desk: DeskDriver) -> None:
    desk.fake.fail_print = NO_PAPER
    take_ticket(desk)
    desk.until_said("H001 was not printed.")
    desk.key(Qt.Key.Key_F7)
    desk.until(lambda: "not printed" not in desk.said())


def test_papers_left_from_before_are_told_and_ordered_anew(desk: DeskDriver) -> None:
    desk.fake.unprinted.append("C001")
    desk.fake.sequence += 1
    desk.window.speaker.forget_event()
    desk.until_said("C001 was not printed. It was ordered and did not come out.")
    desk.key(Qt.Key.Key_F6)
    desk.until(lambda: desk.fake.printed == ["C001"])


def test_a_ticket_that_was_taken_back_need_not_be_printed(desk: DeskDriver) -> None:
    desk.fake.fail_print = NO_PAPER
    take_ticket(desk)
    desk.until_said("H001 was not printed.")
    desk.until(lambda: desk.has_button("Undo"))
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said("Taken back: the ticket H001")
    desk.until(lambda: desk.fake.unprinted == [])
    desk.window.speaker.forget_event()
    desk.until(lambda: "not printed" not in desk.said())


def test_several_failures_are_told_one_at_a_time(desk: DeskDriver) -> None:
    desk.fake.fail_print = NO_PAPER
    take_ticket(desk)
    take_ticket(desk)
    desk.until_said("H001 was not printed.")
    desk.until_said("1 more like it.")
    desk.key(Qt.Key.Key_F7)
    desk.until_said("H002 was not printed.")


def test_a_printer_that_takes_a_minute_holds_nothing_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PRINT_SLOW_AFTER_MS", 50)
    door = FakeDoor()
    door.arrive("ctax", 5)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    door.print_gate.clear()
    take_ticket(desk)
    desk.call_next()
    desk.start()
    desk.window.speaker.forget_event()
    desk.until_said("H001 is still printing.")
    door.print_gate.set()
    desk.until(lambda: "still printing" not in desk.said())


# -- the database ----------------------------------------------------------------------------------------------


def test_offline_is_said_with_its_time_and_ends_by_itself(desk: DeskDriver) -> None:
    desk.fake.fail_ask = Refusal(Code.DATABASE_UNREACHABLE, "The database can't be reached.", "Check the network.")
    desk.window.speaker.forget_event()
    desk.until_said("The database is out of reach since 10.42am.")
    assert "Desk 3, out of reach since 10.42am" in desk.window.header.findChild(QWidget).accessibleName()
    assert desk.window.line.state() == "late"
    assert desk.numbers() == ["C001"], "what was shown stays"
    desk.fake.fail_ask = None
    desk.until_said("The database answers again.")


def test_a_database_that_answers_slowly_is_said_while_it_does(desk: DeskDriver) -> None:
    desk.window.speaker.forget_event()
    desk.window._link.contact.emit(Contact(Reach.SLOW, TUESDAY))
    assert "The database is slow to answer." in desk.said()
    assert "Desk 3, slow" in desk.window.header.findChild(QWidget).accessibleName()
    desk.window._link.contact.emit(Contact(Reach.LIVE, TUESDAY))
    assert "slow" not in desk.said()
    assert "Desk 3, Priya Nair" in desk.window.header.findChild(QWidget).accessibleName()


def test_a_namesake_is_said_for_as_long_as_there_is_one(desk: DeskDriver) -> None:
    desk.window.speaker.forget_event()
    desk.window._link.contact.emit(Contact(Reach.LIVE, TUESDAY, shares_name=True))
    assert desk.said() == (
        "Another window is called Desk 3 too. Give each a name of its own in its settings file, else nobody can "
        "tell which of them did what."
    )
    desk.window._link.contact.emit(Contact(Reach.LIVE, TUESDAY))
    assert "Another window" not in desk.said()


def test_a_full_disk_says_that_nothing_can_be_saved(desk: DeskDriver) -> None:
    desk.fake.fail_do.append(Refusal(Code.DATABASE_FULL, "The disk is full.", "Make room on it."))
    desk.key(Qt.Key.Key_F5)
    desk.until_said("The disk is full. Make room on it.")
    desk.window.speaker.forget_event()
    desk.until_said("Nothing can be saved since 10.42am.")
    desk.key(Qt.Key.Key_F5)
    desk.until(lambda: desk.number_here() == "C001")
    desk.window.speaker.forget_event()
    assert "Nothing can be saved" not in desk.said()


def test_a_slow_database_is_said_and_the_window_goes_on(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_way, "SLOW_AFTER_MS", 50)
    door = FakeDoor()
    door.arrive("ctax", 5)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.window.speaker.forget_event()
    door.gate.clear()
    desk.key(Qt.Key.Key_F5)
    desk.until_said("Still working on it.")
    began = time.monotonic()
    desk.key(Qt.Key.Key_F2)
    desk.type("C")
    assert desk.panel() is not None, "a form opens all the same"
    assert time.monotonic() - began < GATE_S / 2, "nobody waited for the database"
    door.gate.set()
    desk.until_said("C001 called to Counter 3.")


def test_before_the_database_answers_at_all_keys_say_so(qtbot: QtBot) -> None:
    door = FakeDoor()
    door.gate.clear()
    desk = DeskDriver(qtbot, door)
    desk.key(Qt.Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.until_said("Nothing can be shown yet.")
    door.gate.set()
    desk.until_panel(SignInPanel)


def test_names_are_in_no_log(desk: DeskDriver, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.fake.fail_do.append(ValueError("cannot store 'Xanthippe'"))
        desk.key(Qt.Key.Key_F2)
        panel = desk.until_panel(WalkInPanel)
        desk.key(Qt.Key.Key_C)
        desk.type("Xanthippe")
        desk.key(ENTER)
        desk.until(lambda: "Something went wrong inside the program." in panel.problem())
        desk.key(ENTER)
        desk.until_said("Ticket C002")
    assert "Xanthippe" not in caplog.text
    assert "ValueError" in caplog.text


# -- time ------------------------------------------------------------------------------------------------------


def test_the_clock_set_back_is_warned_of(desk: DeskDriver) -> None:
    desk.fake.clock_went_back = 60 * MINUTE
    desk.fake.sequence += 1
    desk.window.speaker.forget_event()
    desk.until_said("The clock went back by 60 minutes.")
    assert desk.window.line.state() == "due-soon"


def test_a_promise_in_danger_is_said_while_nobody_is_here(desk: DeskDriver) -> None:
    desk.window.speaker.forget_event()
    assert "Open until" in desk.said()
    desk.pass_time(8 * MINUTE)
    desk.until_said("C001: 2 min left.")
    desk.call_next()
    desk.window.speaker.forget_event()
    desk.until(lambda: "2 min left" not in desk.said())


def test_time_goes_on_in_every_place(desk: DeskDriver) -> None:
    desk.call_next()
    desk.start()
    desk.until(lambda: "just now" in desk.window.counter_sheet.head.words()[2])
    desk.pass_time(4 * MINUTE + 1_000)
    assert "4 min so far" in desk.window.counter_sheet.head.words()[2]
    assert desk.window.header.clock_words() == "10.46am"


# -- two windows -----------------------------------------------------------------------------------------------


def test_another_window_at_the_same_counter(desk: DeskDriver) -> None:
    desk.fake.signed_in["c3"] = ("ewan", "Desk 9")
    desk.fake.sequence += 1
    desk.until_said("Ewan Pritchard has signed in at Counter 3. Sign in to go on here.")
    desk.until_panel(SignInPanel)
    assert desk.fake.signed_in["c3"] == ("ewan", "Desk 9")


def test_a_command_refused_as_not_signed_in_leads_to_signing_in(desk: DeskDriver) -> None:
    desk.fake.fail_do.append(Refusal(Code.NOT_SIGNED_IN, "Somebody else has signed in at this counter.", "Sign in."))
    desk.key(Qt.Key.Key_F5)
    desk.until_said("Somebody else has signed in at this counter.")
    desk.until_panel(SignInPanel)


def test_what_another_desk_does_is_shown(desk: DeskDriver) -> None:
    other = {"office_id": "civic", "station": "Desk 1", "counter_id": "c1", "officer_id": "ewan"}
    desk.fake.do(c.SignIn(**other, pin="2580"))
    desk.fake.do(c.CallNext(**other))
    desk.until(lambda: desk.numbers() == [])
    row = desk.window.counter_model.row_of("c1")
    assert desk.window.counter_model.index(row, 1).data() == "C001 Council Tax"
