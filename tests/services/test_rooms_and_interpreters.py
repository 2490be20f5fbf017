"""Rooms given, freed and put out of use; interpreters asked for, there, or gone without."""

from __future__ import annotations

from typing import Any

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.booked import Mode, RoomState
from reception.domain.visit import Visit
from reception.domain.visit_states import State
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.the_book import ALEX, LINE, MARIA, ROOM_1, ROOM_2, AtBook, place, refused, when, with_a_book
from tests.support import At


def visit_of(desk: AtBook, visit: c.Result) -> Visit:
    return books(desk.door)[visit.visit_id].visit


def test_a_room_has_one_visit_at_a_time(desk: AtBook, clock: SetClock) -> None:
    first, second = desk.take(), desk.take()
    desk.on(a.AssignRoom, first, room_id=ROOM_1)
    refusal = refused(lambda: desk.on(a.AssignRoom, second, room_id=ROOM_1))
    assert (refusal.code, refusal.reason) == (Code.ROOM_TAKEN, "Interview room 1 has H001.")
    desk.on(a.AssignRoom, first, room_id=ROOM_2)
    desk.on(a.AssignRoom, second, room_id=ROOM_1)
    assert refused(lambda: desk.on(a.AssignRoom, second, room_id=ROOM_1)).code is Code.NOT_POSSIBLE_NOW
    desk.on(a.FreeRoom, second)
    assert refused(lambda: desk.on(a.FreeRoom, second)).code is Code.NOT_POSSIBLE_NOW
    desk.on(a.AssignRoom, first, room_id=ROOM_1)
    assert (visit_of(desk, first).room_id, visit_of(desk, second).room_id) == (ROOM_1, "")


def test_ticket_and_call_follow_the_room(desk: AtBook) -> None:
    walk_in = desk.take()
    assert desk.door.ticket_of(walk_in.visit_id).room == ""
    desk.on(a.AssignRoom, walk_in, room_id=ROOM_1)
    assert desk.door.ticket_of(walk_in.visit_id).room == "Interview room 1"
    desk.sign_in()
    assert desk.next().room == "Interview room 1"


def test_the_ticket_of_an_appointment_has_its_time(desk: AtBook) -> None:
    here = desk.check_in(desk.book(place(when(10, 30), room=ROOM_1)))
    assert desk.door.ticket_of(here.visit_id).booked_for == when(10, 30)


def test_until_when_a_room_is_taken_is_said_where_it_is_known(desk: AtBook, clock: SetClock) -> None:
    here = desk.check_in(desk.book(place(when(10, 30), room=ROOM_1)))
    walk_in = desk.take()
    refusal = refused(lambda: desk.on(a.AssignRoom, walk_in, room_id=ROOM_1))
    assert refusal.reason == f"Interview room 1 has {here.number} until 11am."
    clock.at = when(11, 5)
    assert refused(lambda: desk.on(a.AssignRoom, walk_in, room_id=ROOM_1)).reason == "Interview room 1 has H001."


@pytest.mark.parametrize("end", [c.Leave, c.Finish])
def test_a_room_is_free_once_its_visit_has_ended(desk: AtBook, end: Any) -> None:
    first, second = desk.take(), desk.take()
    desk.on(a.AssignRoom, first, room_id=ROOM_1)
    desk.next()
    desk.on(c.StartService, first)
    desk.on(end, first)
    desk.on(a.AssignRoom, second, room_id=ROOM_1)
    assert visit_of(desk, second).room_id == ROOM_1
    assert refused(lambda: desk.on(a.AssignRoom, first, room_id=ROOM_2)).code is Code.NOT_POSSIBLE_NOW


@pytest.mark.parametrize(
    ("state", "said"), [(RoomState.CLEANING, "is being cleaned"), (RoomState.OUT_OF_USE, "is out of use")]
)
def test_a_room_that_cannot_be_used_is_refused(desk: AtBook, state: RoomState, said: str) -> None:
    visit = desk.take()

    def say(what: RoomState) -> c.Result:
        return desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=what))

    say(state)
    refusal = refused(lambda: desk.on(a.AssignRoom, visit, room_id=ROOM_1))
    assert (refusal.code, refusal.reason) == (Code.ROOM_TAKEN, f"Interview room 1 {said}.")
    before = desk.door.changes(0)[0]
    say(state)  # said twice is no news
    assert desk.door.changes(0)[0] == before
    say(RoomState.IN_USE)
    desk.on(a.AssignRoom, visit, room_id=ROOM_1)
    assert refused(lambda: desk.on(a.AssignRoom, visit, room_id="attic")).code is Code.UNKNOWN_THING
    assert (
        refused(lambda: desk.door.do(a.SetRoomState(**desk.who, room_id="attic", state=RoomState.CLEANING))).code
        is Code.UNKNOWN_THING
    )


def test_a_room_out_of_use_is_not_booked(desk: AtBook) -> None:
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.OUT_OF_USE))
    assert refused(lambda: desk.book(place(when(11), room=ROOM_1))).code is Code.SLOT_TAKEN


def test_settings_leave_what_is_said_of_a_room_as_it_is(desk: AtBook) -> None:
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.CLEANING))
    desk.change_settings(with_a_book(grace_minutes=20))
    visit = desk.take()
    assert refused(lambda: desk.on(a.AssignRoom, visit, room_id=ROOM_1)).code is Code.ROOM_TAKEN


def test_a_visit_is_not_called_until_its_interpreter_is_there(desk: AtBook, ewan: At, clock: SetClock) -> None:
    waits, other = desk.take(), desk.take()
    desk.on(a.RequestInterpreter, waits, language="bfi", interpreter_id=ALEX)
    clock.advance(MINUTE)
    assert desk.next().visit_id == other.visit_id
    assert refused(ewan.next).code is Code.NOBODY_WAITING
    assert refused(lambda: ewan.on(c.CallVisit, waits, reason="now")).code is Code.NOT_POSSIBLE_NOW
    desk.on(a.InterpreterHere, waits)
    assert ewan.next().visit_id == waits.visit_id


def test_unless_staff_say_so(desk: AtBook) -> None:
    waits = desk.take()
    desk.on(a.RequestInterpreter, waits, language="ckb", mode=Mode.TELEPHONE)
    assert refused(desk.next).code is Code.NOBODY_WAITING
    desk.on(a.CallWithoutInterpreter, waits)
    assert desk.next().visit_id == waits.visit_id
    assert desk.card(waits).state is State.CALLED


CANNOT: dict[str, tuple[dict[str, Any], Code]] = {
    "no language": ({"language": ""}, Code.BAD_INPUT),
    "a language not offered": ({"language": "pol", "interpreter_id": ALEX}, Code.BAD_INPUT),
    "not in this way": ({"language": "pol", "interpreter_id": MARIA, "mode": Mode.IN_PERSON}, Code.BAD_INPUT),
    "nobody": ({"language": "pol", "interpreter_id": "nobody"}, Code.UNKNOWN_THING),
}


@pytest.mark.parametrize("what", CANNOT)
def test_an_interpreter_who_cannot_be_had(desk: AtBook, what: str) -> None:
    given, code = CANNOT[what]
    visit = desk.take()
    assert refused(lambda: desk.on(a.RequestInterpreter, visit, **given)).code is code
    assert visit_of(desk, visit).is_ready


def test_the_line_has_everybodys_time(desk: AtBook) -> None:
    for _ in range(2):
        visit = desk.take()
        desk.on(a.RequestInterpreter, visit, language="pol", mode=Mode.TELEPHONE, interpreter_id=LINE)
        desk.on(a.InterpreterHere, visit)
        assert visit_of(desk, visit).is_ready


def test_a_visit_at_another_counter_is_left_to_it(desk: AtBook, ewan: At) -> None:
    visit = desk.take()
    ewan.next()
    assert refused(lambda: desk.on(a.AssignRoom, visit, room_id=ROOM_1)).code is Code.ALREADY_TAKEN
    ewan.on(a.AssignRoom, visit, room_id=ROOM_1)
