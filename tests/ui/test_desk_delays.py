"""The delay duty: asked at the line, answered by one key, kept whole."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.clock import MINUTE
from reception.domain.booked import DelayAnswer, DelayReason
from reception.domain.duties import DutyKind
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import queries as q
from reception.services.appointment_commands import AnnounceDelay, BookAppointment, MoveAppointment, TellOfDelay
from reception.services.appointment_queries import AboutNowOf, SlotsLike
from tests.ui.booked_door import SLOTS, BookDoor, at
from tests.ui.desk_driver import CTRL, ENTER, SHIFT, DeskDriver
from ui.desk.tell_panel import AnnouncePanel, TellPanel
from ui.desk.walk_in_panel import WalkInPanel
from ui.panels.another_time import AnotherTimePanel
from ui.widgets import Paragraph

OFFERED = tuple(slot.place.starts for slot in SLOTS)


@pytest.fixture
def door() -> BookDoor:
    door = BookDoor()
    first, second = door.arrive("housing", 16), door.arrive("ctax", 12)
    door.duties = (door.duty(first, 20, is_lost=True), door.duty(second, 8))
    return door


@pytest.fixture
def desk(qtbot: QtBot, door: BookDoor) -> DeskDriver:
    driver = DeskDriver(qtbot, door)
    driver.sign_in()
    driver.until_asked(
        "Tell H001: 1 min over, likely in about 20 min. Housing, waiting since 10.26am. Promised by 10.41am."
    )
    return driver


def tell(desk: DeskDriver) -> TellPanel:
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(TellPanel)
    desk.until(lambda: bool(panel.offered()))
    assert isinstance(panel, TellPanel)
    return panel


def told(door: BookDoor) -> TellOfDelay:
    command = door.done[-1]
    assert isinstance(command, TellOfDelay)
    return command


def test_one_key_says_that_the_visitor_will_wait_and_the_next_is_asked(desk: DeskDriver, door: BookDoor) -> None:
    tell(desk)
    desk.key(Qt.Key.Key_W)
    desk.until_panel(None)
    command = told(door)
    assert (command.visit_id, command.answer, command.expected_minutes) == ("v1", DelayAnswer.WILL_WAIT, 20)
    assert (command.reason, command.offered) == (DelayReason.RUNNING_OVER, OFFERED)
    assert not command.by_telephone
    desk.until_said("H001 was told and will wait.")
    desk.elapsed += 10_000
    desk.pass_time(0)
    desk.until_asked("Tell C001: likely in about 8 min")


def test_the_panel_is_of_the_moment_at_which_it_is_opened_as_the_line_is(desk: DeskDriver) -> None:
    desk.elapsed += 6 * MINUTE
    desk.pass_time(0)
    desk.until_asked("Tell H001: 7 min over, likely in about 15 min.")
    panel = tell(desk)
    said = [each.text() for each in panel.findChildren(Paragraph)]
    assert "Promised by 10.41am, now 7 min over; likely in about 15 min." in said
    assert panel.minutes.value() == "15"


def test_times_that_cannot_be_looked_up_are_not_looked_for_for_ever(
    desk: DeskDriver, door: BookDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = door.ask

    def answer(query: q.Query) -> Any:
        if isinstance(query, SlotsLike):
            raise Refusal(Code.CUT_OFF, "Free times can't be looked up.", "Offer one later.")
        return ask(query)

    monkeypatch.setattr(door, "ask", answer)
    desk.key(Qt.Key.Key_F6)
    panel = desk.until_panel(TellPanel)
    desk.until(lambda: panel.times.text() == "Free times can't be looked up.")


def test_it_says_who_where_they_are_and_how_the_promise_stands(qtbot: QtBot) -> None:
    door = BookDoor()
    lost, held = door.arrive("housing", 21, name="Rosa Ferri"), door.arrive("ctax", 12, name="Luca Ferri")
    held.state, held.held_at, held.counter_id = State.ON_HOLD, at(10, 35), "c2"
    coming = door.book(at(11, 15), "housing", "grace")
    rung = door.duty(lost, 60, kind=DutyKind.TELEPHONE, visit_id="", appointment_id=coming.id, name="Ann Moss")
    rung = replace(rung, number=coming.reference, promised_at=coming.starts + 5 * MINUTE)
    door.duties = (door.duty(lost, 3, is_lost=True), door.duty(held, 8), rung)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.until_asked("Tell H001: 6 min over, likely in about 3 min.")
    said = []
    for asked in ("Tell H001", "Tell C001", "Ring AP-00000001"):
        desk.elapsed += 10_000
        desk.pass_time(0)
        desk.until_asked(asked)
        panel = tell(desk)
        said.append([each.text() for each in panel.area.findChildren(Paragraph)][:2])
        desk.key(ENTER)
        desk.until_panel(None)
    assert said == [
        ["Rosa Ferri, waiting since 10.21am.", "Promised by 10.36am, now 6 min over; likely in about 3 min."],
        ["Luca Ferri, on hold at Counter 2.", "Promised by 10.45am; likely in about 8 min."],
        ["Ann Moss, not here yet.", "Promised by 11.20am, likely 25 min late."],
    ]


def test_the_reason_is_one_key_or_typed(desk: DeskDriver, door: BookDoor) -> None:
    panel = tell(desk)
    desk.key(Qt.Key.Key_3)
    desk.click(panel.typed)
    desk.type("Fire drill")
    desk.key(ENTER)
    desk.until_panel(None)
    assert (told(door).reason, told(door).words) == (DelayReason.OTHER, "Fire drill")
    desk.elapsed += 10_000
    desk.pass_time(0)
    desk.until_asked("Tell C001")
    tell(desk)
    desk.key(Qt.Key.Key_3)
    desk.key(ENTER)
    desk.until_panel(None)
    assert (told(door).reason, told(door).words) == (DelayReason.STAFF_AWAY, "")


def test_the_same_duty_is_asked_in_one_panel_however_often_it_is_opened(desk: DeskDriver) -> None:
    panel = tell(desk)
    desk.key(Qt.Key.Key_F6)
    desk.until_still()
    assert desk.panel() is panel
    desk.key(Qt.Key.Key_Escape)
    desk.until_panel(None)


def test_whoever_leaves_leaves(desk: DeskDriver, door: BookDoor) -> None:
    tell(desk)
    desk.key(Qt.Key.Key_L)
    desk.until_said("H001 was told and leaves.")
    assert told(door).answer is DelayAnswer.LEAVES
    assert door.visits["v1"].end is End.LEFT


def test_another_time_is_told_first_and_then_chosen(desk: DeskDriver, door: BookDoor) -> None:
    tell(desk)
    desk.key(Qt.Key.Key_A)
    panel = desk.until_panel(AnotherTimePanel)
    assert told(door).answer is DelayAnswer.ANOTHER_TIME
    desk.until(lambda: panel.slot() is not None)
    desk.key(ENTER)
    desk.until_said("booked for today, 2.30pm.")
    assert isinstance(door.done[-1], BookAppointment)
    assert sum(isinstance(command, TellOfDelay) for command in door.done) == 1


def test_f7_goes_straight_to_another_time_and_keeps_that_the_visitor_was_told(desk: DeskDriver, door: BookDoor) -> None:
    row = door.book(at(10, 35), "housing", "grace")
    door.appointment_of["v1"] = row.id
    desk.key(Qt.Key.Key_F7)
    panel = desk.until_panel(AnotherTimePanel)
    desk.until(lambda: panel.slot() is not None)
    desk.key(Qt.Key.Key_3)
    desk.key(ENTER)
    desk.until_panel(None)
    tells, moves = door.done[-2:]
    assert isinstance(tells, TellOfDelay) and isinstance(moves, MoveAppointment)
    assert (tells.answer, tells.offered, tells.visit_id) == (DelayAnswer.ANOTHER_TIME, OFFERED, "v1")
    assert (moves.place, moves.visit_id) == (SLOTS[2].place, "v1")


def test_it_takes_no_focus_from_whoever_is_typing(qtbot: QtBot) -> None:
    door = BookDoor()
    visit = door.arrive("housing", 16)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.key(Qt.Key.Key_H)
    desk.type("Har")
    door.duties = (door.duty(visit),)
    door.sequence += 1
    desk.elapsed += 10_000
    desk.until_asked("Tell H001")
    desk.type("per")
    assert desk.panel() is panel
    assert panel.form.name.text() == "Harper"
    desk.key(Qt.Key.Key_F6)
    desk.until_panel(TellPanel)
    desk.key(Qt.Key.Key_Escape)
    assert desk.until_panel(WalkInPanel).form.name.text() == "Harper"


def test_an_appointment_that_has_not_arrived_is_rung_and_not_reached_counts_as_not_told(qtbot: QtBot) -> None:
    door = BookDoor()
    row = door.book(at(11, 15), "housing", "grace", "Nasreen Begum")
    visit = door.arrive("housing", 1)
    duty = door.duty(
        visit,
        60,
        kind=DutyKind.TELEPHONE,
        visit_id="",
        appointment_id=row.id,
        number=row.reference,
        promised_at=row.starts + 5 * MINUTE,
        telephone="01707 555 0142",
        leave_no_message=True,
    )
    door.duties = (duty,)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.until_asked("Ring AP-00000001: likely 25 min late. Promised by 11.20am. 01707 555 0142. Leave no message.")
    tell(desk)
    desk.key(Qt.Key.Key_N)
    desk.until_said("AP-00000001 was not reached. It counts as not told, and is asked again.")
    command = told(door)
    assert (command.appointment_id, command.visit_id, command.by_telephone) == (row.id, "", True)
    assert command.answer is DelayAnswer.NOT_REACHED


def test_when_the_told_time_has_passed_it_is_asked_again(qtbot: QtBot) -> None:
    door = BookDoor()
    visit = door.arrive("housing", 30)
    door.duties = (door.duty(visit, 6, kind=DutyKind.AGAIN, last_told_at=at(10, 20)),)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.until_asked(
        "Tell H001 again: likely in about 6 min. Housing, waiting since 10.12am. Told at 10.20am; that time has passed."
    )


def test_in_the_largest_text_a_long_duty_covers_no_key(qtbot: QtBot, door: BookDoor) -> None:
    """Neither the counter's, which is scrolled to, nor a panel's, which has no more than is left."""
    desk = DeskDriver(qtbot, door, text_percent=200)
    desk.sign_in()
    desk.call_next()
    desk.start()
    desk.elapsed += 10_000
    desk.pass_time(0)
    desk.until_asked("Tell ")
    desk.until_still()
    assert _is_whole(desk.window.counter_sheet.main)
    desk.key(Qt.Key.Key_F2)
    panel = desk.until_panel(WalkInPanel)
    desk.until_still()
    button = panel.main_button()
    assert button is not None
    assert _is_whole(button)


def _is_whole(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_nobody_signed_in_is_asked_nothing(qtbot: QtBot, door: BookDoor) -> None:
    desk = DeskDriver(qtbot, door)
    desk.until_still()
    desk.until(lambda: any(isinstance(query, AboutNowOf) for query in door.asked))
    desk.until_still()
    assert "Tell" not in desk.said()


def test_an_announcement_is_kept_as_announced_and_tells_nobody(desk: DeskDriver, door: BookDoor) -> None:
    desk.key(Qt.Key.Key_A, CTRL | SHIFT)
    desk.until_panel(AnnouncePanel)
    desk.key(Qt.Key.Key_6)
    desk.key(ENTER)
    desk.until_said("The delay is kept as announced. Each visitor concerned is still to be told.")
    command = door.done[-1]
    assert isinstance(command, AnnounceDelay)
    assert (command.reason, command.minutes, command.service_id) == (DelayReason.SYSTEM_DOWN, 15, "")
    assert len(door.duties) == 2


def test_all_beside_the_queue_is_asked_each_minute_by_itself(desk: DeskDriver, door: BookDoor) -> None:
    desk.until_still()
    before = sum(isinstance(query, AboutNowOf) for query in door.asked)
    desk.pass_time(30_000)
    desk.pass_time(31_000)
    desk.until(lambda: sum(isinstance(query, AboutNowOf) for query in door.asked) > before)


def test_the_queue_never_waits_for_what_is_asked_beside_it(qtbot: QtBot) -> None:
    door = SlowBeside()
    door.arrive("housing", 3)
    desk = DeskDriver(qtbot, door)
    desk.sign_in()
    desk.call_next()
    assert desk.number_here() == "H001"
    door.beside.set()


class SlowBeside(BookDoor):
    """What is asked beside the queue takes until `beside` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.beside = threading.Event()

    def ask(self, query: q.Query) -> Any:
        if isinstance(query, AboutNowOf):
            self.beside.wait(30)
        return super().ask(query)
