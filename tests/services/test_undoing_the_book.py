"""What was done in the book is taken back whole, within the undo minutes and before anything rests on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.appointment import Appointment
from reception.domain.booked import AbsenceKind, InterpreterStatus, Kind, LetterKind, RoomState, Standing
from reception.domain.person import Person
from reception.domain.visit_states import State
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.the_book import ALEX, ROOM_1, ROOM_2, AtBook, place, refused, when
from tests.support import EWAN, GRACE, At


def as_it_stood(appointment: Appointment) -> Appointment:
    return replace(appointment, last_at=0)


def missed(desk: AtBook, booked: c.Result, clock: SetClock) -> c.Result:
    clock.at = when(11, 16)
    return desk.with_(a.DidNotAttend, booked)


def attended(desk: AtBook, booked: c.Result, clock: SetClock) -> c.Result:
    clock.at = when(11)
    return desk.with_(a.Attended, booked)


STEPS: dict[str, tuple[Kind, Callable[[AtBook, c.Result, SetClock], c.Result]]] = {
    "moved": (Kind.OFFICE, lambda desk, booked, _: desk.move(booked, place(when(14), 45, room=ROOM_2))),
    "cancelled": (Kind.OFFICE, lambda desk, booked, _: desk.cancel(booked, reason="ill")),
    "checked in": (Kind.OFFICE, lambda desk, booked, _: desk.check_in(booked)),
    "missed": (Kind.OFFICE, missed),
    "attended": (Kind.TELEPHONE, attended),
    "earlier": (Kind.OFFICE, lambda desk, booked, _: desk.with_(a.WantEarlier, booked)),
    "ordered": (
        Kind.OFFICE,
        lambda desk, booked, _: desk.with_(a.ProgressInterpreter, booked, status=InterpreterStatus.ORDERED),
    ),
    "the interpreter cancelled": (
        Kind.OFFICE,
        lambda desk, booked, _: desk.with_(a.ProgressInterpreter, booked, status=InterpreterStatus.CANCELLED),
    ),
    "told": (
        Kind.OFFICE,
        lambda desk, booked, _: desk.door.do(a.TellOfDelay(**desk.who, appointment_id=booked.appointment_id)),
    ),
}


@pytest.mark.parametrize("what", STEPS)
def test_each_step_is_taken_back_and_what_it_held_is_held_again(desk: AtBook, clock: SetClock, what: str) -> None:
    kind, step = STEPS[what]
    booked = desk.book(place(when(11), room=ROOM_1, interpreter=ALEX), language="bfi", kind=kind)
    before = desk.stands(booked)
    done = step(desk, booked, clock)
    assert as_it_stood(desk.stands(booked)) != as_it_stood(before)
    clock.advance(MINUTE)
    undone = desk.undo(done)
    assert (undone.appointment_id, undone.reference) == (booked.appointment_id, booked.reference)
    assert as_it_stood(desk.stands(booked)) == as_it_stood(before)
    assert refused(lambda: desk.undo(done)).code is Code.NOTHING_TO_UNDO
    books(desk.door)


def test_a_booking_is_taken_back_and_holds_nothing(desk: AtBook) -> None:
    booked = desk.book(place(when(11), room=ROOM_1))
    desk.undo(booked)
    assert desk.stands(booked).voided
    desk.book(place(when(11), room=ROOM_1))
    for again in (desk.cancel, desk.check_in):
        assert refused(lambda again=again: again(booked)).code is Code.VOIDED
    letter = LetterKind.CONFIRMATION
    assert refused(lambda: desk.with_(a.KeepLetter, booked, kind=letter)).code is Code.VOIDED
    books(desk.door)


def test_a_booking_made_from_a_walk_in_is_taken_back_with_its_end(desk: AtBook) -> None:
    visit = desk.take()
    booked = desk.book(place(when(11)), visit_id=visit.visit_id)
    desk.undo(booked)
    assert desk.card(visit).state is State.WAITING
    assert desk.stands(booked).voided
    books(desk.door)


def test_a_check_in_taken_back_voids_its_ticket(desk: AtBook) -> None:
    booked = desk.book(place(when(11), room=ROOM_1))
    here = desk.check_in(booked)
    desk.undo(here)
    assert desk.card(here).voided
    again = desk.check_in(booked)
    assert (again.number, desk.stands(booked).visit_id) == ("H002", again.visit_id)
    books(desk.door)


def test_a_check_in_that_was_called_is_not_taken_back(desk: AtBook, grace: At, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 2)))
    here = desk.check_in(booked)
    clock.at = when(10, 2)
    grace.next()
    assert refused(lambda: desk.undo(here)).code is Code.UNDO_OVERTAKEN
    assert desk.stands(booked).standing is Standing.CHECKED_IN


@pytest.mark.parametrize("what", ["moved", "cancelled", "missed"])
def test_what_has_been_taken_since_is_not_given_back(desk: AtBook, clock: SetClock, what: str) -> None:
    booked = desk.book(place(when(11), room=ROOM_1))
    done = STEPS[what][1](desk, booked, clock)
    clock.advance(1)
    desk.book(place(max(clock.at, when(11)), 5, EWAN, ROOM_1))  # somebody else, in the same room
    refusal = refused(lambda: desk.undo(done))
    assert refusal.code is Code.UNDO_OVERTAKEN
    assert booked.reference in refusal.reason
    books(desk.door)


def test_what_it_held_all_along_is_not_looked_at_again(desk: AtBook) -> None:
    """Its officer is on leave by now, and it stands until it is moved."""
    booked = desk.book(place(when(11)))
    wanted = desk.with_(a.WantEarlier, booked)
    leave = {"absentee_id": GRACE, "kind": AbsenceKind.LEAVE, "starts": when(9), "ends": when(17)}
    desk.door.do(a.EnterAbsence(**desk.who, **leave, anyway=True))
    desk.undo(wanted)
    assert desk.stands(booked).wants_earlier_since is None


RESTS: dict[str, Callable[[AtBook, c.Result], Any]] = {
    "moved": lambda desk, booked: desk.move(booked, place(when(14))),
    "checked in": lambda desk, booked: desk.check_in(booked),
    "told": lambda desk, booked: desk.door.do(a.TellOfDelay(**desk.who, appointment_id=booked.appointment_id)),
}


@pytest.mark.parametrize("what", RESTS)
def test_a_booking_that_something_rests_on_is_not_taken_back(desk: AtBook, what: str) -> None:
    booked = desk.book(place(when(11)))
    RESTS[what](desk, booked)
    assert refused(lambda: desk.undo(booked)).code is Code.UNDO_OVERTAKEN
    assert not desk.stands(booked).voided


def test_letters_and_details_rest_on_nothing(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.with_(a.KeepLetter, booked, kind=LetterKind.CONFIRMATION)
    desk.with_(a.CorrectAppointment, booked, version=2, visitor=Visitor(Person("Ann")), about="rent", party_size=2)
    desk.undo(booked)
    assert desk.stands(booked).voided


def test_after_the_undo_minutes_it_is_too_late(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11)))
    clock.advance(5 * MINUTE + 1)
    assert refused(lambda: desk.undo(booked)).code is Code.UNDO_TOO_LATE


def test_a_room_given_and_freed_is_taken_back_unless_it_has_somebody(desk: AtBook) -> None:
    first, second = desk.take(), desk.take()
    given = desk.on(a.AssignRoom, first, room_id=ROOM_1)
    freed = desk.on(a.FreeRoom, first)
    desk.undo(freed)
    assert books(desk.door)[first.visit_id].visit.room_id == ROOM_1
    freed = desk.on(a.FreeRoom, first)
    desk.on(a.AssignRoom, second, room_id=ROOM_1)
    assert refused(lambda: desk.undo(freed)).code is Code.UNDO_OVERTAKEN
    left = desk.on(c.Leave, second)
    desk.undo(freed)
    assert refused(lambda: desk.undo(left)).code is Code.UNDO_OVERTAKEN
    desk.undo(given)
    assert books(desk.door)[first.visit_id].visit.room_id == ""
    books(desk.door)


def test_what_was_said_of_an_interpreter_is_taken_back_in_turn(desk: AtBook) -> None:
    visit = desk.take()
    steps = [
        desk.on(a.RequestInterpreter, visit, language="bfi", interpreter_id=ALEX),
        desk.on(a.CallWithoutInterpreter, visit),
        desk.on(a.InterpreterHere, visit),
    ]
    assert refused(lambda: desk.undo(steps[0])).code is Code.UNDO_OVERTAKEN
    seen = []
    for step in reversed(steps):
        desk.undo(step)
        interpreting = books(desk.door)[visit.visit_id].visit.interpreting
        seen.append(None if interpreting is None else (interpreting.waived, interpreting.is_here))
    assert seen == [(True, False), (False, False), None]


def test_what_is_said_of_the_office_is_said_anew_instead(desk: AtBook) -> None:
    said = desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.CLEANING))
    held = desk.hold(place(when(11)))
    for each in (said, held):
        assert refused(lambda each=each: desk.undo(each)).code is Code.NOTHING_TO_UNDO
