"""A walk-in from the door to done on the real window at the real door: once without a mouse, once without keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.config import PrinterConfig, PrinterKind
from reception.domain.person import Need
from reception.domain.visit_states import End, State
from reception.services import queries as q
from tests.support import EWAN, OFFICE, PIN, PRIYA, At, door_on
from tests.ui.desk_driver import CTRL, ENTER, ESCAPE, DeskDriver
from ui.desk.end_panels import ToFollowPanel
from ui.desk.find_panel import FindPanel
from ui.desk.move_panels import ReasonPanel, TransferPanel
from ui.desk.sign_panels import SignInPanel, SignOffPanel
from ui.desk.visit_panel import VisitPanel
from ui.desk.walk_in_panel import WalkInPanel


@pytest.fixture
def door(sqlite_url: str) -> Iterator[Door]:
    opened = door_on(sqlite_url)
    At(opened).set_up()
    yield opened
    opened.close()


@pytest.fixture
def desk(qtbot: QtBot, door: Door) -> DeskDriver:
    return DeskDriver(qtbot, door, counter="Counter 1", station="Desk 1")


def end_of(door: Door, number: str) -> tuple[State, End | None]:
    cards = door.ask(q.Search(OFFICE, number))
    return cards[0].state, cards[0].end


def test_by_keyboard_only(desk: DeskDriver, door: Door) -> None:
    desk.sign_in(pin=PIN)

    # someone comes: two keys and a name
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.type("Harpreet Kaur")
    desk.key(ENTER)
    desk.until_said("Ticket C001 for Council Tax.")
    for letter in "HPC":
        desk.until_panel(None)
        desk.key(Qt.Key.Key_F2)
        desk.until_panel(WalkInPanel)
        desk.key(letter)
        desk.key(ENTER)
        desk.until_said(f"Ticket {letter}00{2 if letter == 'C' else 1}")
    desk.until(lambda: len(desk.numbers()) == 4)

    # called, served, held, back, finished
    desk.call_next()
    desk.until_said("C001 called to Counter 1.")
    desk.start()
    desk.key(Qt.Key.Key_F9)
    desk.until_said("C001 is on hold.")
    desk.until(lambda: desk.number_here() == "Ready")
    desk.key(Qt.Key.Key_O, CTRL)
    desk.key(ENTER)
    desk.until_panel(VisitPanel)
    desk.key(ENTER)
    desk.until(lambda: desk.number_here() == "C001")
    desk.key(Qt.Key.Key_F10)
    desk.until_panel(TransferPanel)
    desk.key(Qt.Key.Key_H)
    desk.key(ENTER)
    desk.until_said("C001 transferred to Housing.")

    # the next does not answer, is called again, is a no-show, and comes back after all
    desk.call_next()
    desk.until(lambda: desk.number_here() == "H001")
    desk.key(Qt.Key.Key_A, CTRL)
    desk.until(lambda: desk.button("No-show").isEnabled())
    desk.key(Qt.Key.Key_N, CTRL)
    desk.until_said("H001 marked as a no-show.")
    desk.until(lambda: desk.number_here() == "Ready")
    desk.key(Qt.Key.Key_F, CTRL)
    found = desk.until_panel(FindPanel)
    desk.type("H001")
    desk.until(lambda: found.found.rowCount() == 1)
    desk.key(ENTER)
    desk.until_panel(VisitPanel)
    desk.key(Qt.Key.Key_R)
    desk.until_said("H001 waits again, in its old place.")

    # an answer to follow
    desk.call_next()
    desk.start()
    desk.key(Qt.Key.Key_T, CTRL)
    desk.until_panel(ToFollowPanel)
    desk.key(Qt.Key.Key_2)
    desk.type("Ewan")
    desk.key(ENTER)
    desk.until_said("H001: an answer is to follow by")
    desk.until(lambda: desk.number_here() == "Ready")
    assert end_of(door, "H001") == (State.ENDED, End.TO_FOLLOW)

    # a slip of the finger
    desk.call_next()
    desk.start()
    served = desk.number_here()
    desk.key(Qt.Key.Key_F5)
    desk.until_said(f"{served} finished,")
    desk.until(lambda: desk.has_button("Undo") and desk.number_here() != served)
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.until_said(f"Taken back: the end of {served} and the call after it.")
    desk.until(lambda: desk.number_here() == served)

    # out of turn, for a reason
    desk.key(Qt.Key.Key_F8)
    desk.until(lambda: desk.number_here() == "Ready")
    desk.key(Qt.Key.Key_Q, CTRL)
    desk.key(Qt.Key.Key_Down)
    desk.key(ENTER)
    desk.until_panel(VisitPanel)
    desk.key(ENTER)
    desk.until_panel(ReasonPanel)
    desk.type("Unwell")
    desk.key(ENTER)
    desk.until(lambda: desk.main() == "Start")
    desk.key(Qt.Key.Key_E, CTRL)
    desk.until_said("has left.")

    # home
    desk.key(Qt.Key.Key_L, CTRL)
    desk.until_panel(SignOffPanel)
    desk.key(ENTER)
    desk.until(lambda: desk.has_button("Only step away"))
    desk.key(Qt.Key.Key_C)
    desk.until_panel(SignInPanel)
    ends = {end_of(door, number) for number in ("C001", "C002", "H001", "P001")}
    assert ends == {(State.ENDED, end) for end in (End.LEFT, End.TO_FOLLOW, End.RESOLVED, End.UNRESOLVED)}


def test_by_mouse_only(desk: DeskDriver, door: Door) -> None:
    """Only a PIN and a name need a keyboard at all."""
    panel = desk.until_panel(SignInPanel)
    desk.pick(panel.officer, "Priya Nair")
    desk.click(panel.pin)
    desk.type(PIN)
    desk.press("Sign in")
    desk.until_panel(None)

    desk.press("New walk-in")
    form = desk.until_panel(WalkInPanel)
    desk.click(choice(form, "Planning"))
    desk.click(form.form.needs.tick(Need.PRIVATE.value))
    desk.pick(form.form.spoken, "Polish")
    desk.pick(form.form.party, "2")
    desk.press("Give ticket")
    desk.until_said("Ticket P001 for Planning.")
    desk.until_panel(None)
    for service in ("Council Tax", "Housing"):
        desk.press("New walk-in")
        form = desk.until_panel(WalkInPanel)
        desk.click(choice(form, service))
        desk.press("Give ticket")
        desk.until_panel(None)
    desk.until(lambda: len(desk.numbers()) == 3)

    desk.press("Call next")
    desk.until_said("P001 called to Counter 1.")
    desk.until(lambda: desk.main() == "Start")
    desk.press("Call again")
    desk.until_said("P001 called again.")
    desk.press("Start")
    desk.until(lambda: desk.has_button("Finish and call next"))
    desk.press("To follow")
    follow = desk.until_panel(ToFollowPanel)
    desk.click(choice(follow, "2 working days"))
    desk.pick(follow.owner, "Ewan Pritchard")
    desk.press("Finish, to follow")
    desk.until_said("P001: an answer is to follow by")
    desk.until_panel(None)

    desk.choose_row(desk.window.asides, "P001")
    desk.until_panel(VisitPanel)
    desk.press("Answer given")
    desk.until_said("The answer to P001 has been given.")
    desk.until_panel(None)

    desk.choose_row(desk.window.queue, "H001")
    desk.until_panel(VisitPanel)
    desk.press("Stepped out")
    desk.until_said("H001 stepped out.")
    desk.until_panel(None)
    desk.press("Undo")
    desk.until_said("Taken back: the hold of H001.")
    desk.until(lambda: desk.numbers() == ["C001", "H001"])

    desk.press("Call next")
    desk.until(lambda: desk.main() == "Start")
    desk.press("Start")
    desk.until(lambda: desk.main() == "Finish and call next")
    desk.press("Finish and call next")
    desk.until(lambda: desk.number_here() == "H001")
    desk.press("Back to place")
    desk.until_said("H001 is back in its place.")

    desk.press("Menu")
    desk.press("Sign off")
    desk.until_panel(SignOffPanel)
    sign_off = desk.until_panel(SignOffPanel)
    desk.click(sign_off.main_button())
    desk.until(lambda: desk.has_button("Only step away"))
    desk.press("Only step away")
    desk.until_panel(SignInPanel)
    assert end_of(door, "C001") == (State.ENDED, End.RESOLVED)
    assert end_of(door, "H001") == (State.WAITING, None)


def choice(panel: QWidget, words: str) -> QRadioButton:
    """A button among big choices."""
    return next(each for each in panel.findChildren(QRadioButton) if each.text() == words)


def test_two_desks_never_call_the_same_visitor(qtbot: QtBot, door: Door) -> None:
    here = DeskDriver(qtbot, door, counter="Counter 1", station="Desk 1")
    here.sign_in(pin=PIN)
    there = At(door, "counter-2", EWAN, "Desk 2").sign_in()
    there.take("housing")
    here.until(lambda: here.numbers() == ["H001"])
    there.next()
    here.key(Qt.Key.Key_F5)
    here.until(lambda: "Nobody" in here.said() or here.numbers() == [])
    here.until(lambda: here.window.counter_sheet.main.detail() == "Nobody to call yet")
    assert here.number_here() == "Ready"


def test_the_counter_survives_the_window(qtbot: QtBot, door: Door) -> None:
    """A window that is closed or killed leaves its counter as it was; the same person signs in again and goes on."""
    first = DeskDriver(qtbot, door, counter="Counter 1", station="Desk 1")
    first.sign_in(pin=PIN)
    At(door, officer=PRIYA).take("housing")
    first.call_next()
    first.start()
    first.window.close()
    first.window.close()
    second = DeskDriver(qtbot, door, counter="Counter 1", station="Desk 1")
    second.sign_in(pin=PIN)
    second.until(lambda: second.number_here() == "H001")
    assert second.main() == "Finish"


def test_a_ticket_is_printed_to_a_folder_after_the_visit_is_saved(
    qtbot: QtBot, sqlite_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "paper"
    out.mkdir()
    door = door_on(sqlite_url, station="Desk 1", printer=PrinterConfig(kind=PrinterKind.FOLDER, address=str(out)))
    At(door).set_up()
    desk = DeskDriver(qtbot, door, counter="Counter 1", station="Desk 1")
    desk.sign_in(pin=PIN)
    desk.key(Qt.Key.Key_F2)
    desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_C)
    desk.type("Xanthippe")
    desk.key(ENTER)
    desk.until_said("Ticket C001")
    desk.qtbot.waitUntil(lambda: any(out.iterdir()), timeout=20_000)
    assert all("Xanthippe" not in path.name for path in out.iterdir())
    desk.key(ESCAPE)
    desk.window.close()
    desk.window.close()
    door.close()
