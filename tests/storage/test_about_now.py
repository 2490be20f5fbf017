"""Rooms, interpreters and officers as they are now, and which room is suggested for a visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.about_now import AboutNow, OfficerState, RoomRow
from reception.domain.booked import AbsenceKind, Kind, Mode, RoomState
from reception.domain.desk_view import QueueRow
from reception.domain.person import Need, Person
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.the_book import ALEX, LINE, MARIA, ROOM_1, ROOM_2, TUESDAY, AtBook, place, when, with_a_book
from tests.support import COUNTER_2, COUNTER_3, EWAN, GRACE, OFFICE, PRIYA, door_on


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(10))


@pytest.fixture
def desk(database_url: str, clock: SetClock) -> Iterator[AtBook]:
    door = door_on(database_url, clock)
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    yield AtBook(door).sign_in()
    door.close()


def now_at(desk: AtBook) -> AboutNow:
    found: AboutNow = desk.door.ask(aq.AboutNowOf(OFFICE))
    return found


# -- beside the queue -----------------------------------------------------------------------------------------------


def test_the_desk_knows_rooms_and_their_next_booking(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.on(a.AssignRoom, visit, room_id=ROOM_1)
    desk.book(place(when(11), room=ROOM_1))
    desk.book(place(when(12), officer=EWAN, room=ROOM_1))
    clock.at += MINUTE
    first, second = now_at(desk).rooms
    assert (first.id, first.visit_id, first.number, first.since, first.next_at) == (
        ROOM_1,
        visit.visit_id,
        "H001",
        when(10),
        when(11),
    )
    assert (second.visit_id, second.number, second.since, second.next_at) == ("", "", None, None)
    row: QueueRow = desk.view().queue[0]
    assert row.room == "Interview room 1"
    assert desk.card(visit).room_id == ROOM_1
    desk.on(c.Leave, visit)
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.CLEANING))
    first, _ = now_at(desk).rooms
    assert (first.visit_id, first.state) == ("", RoomState.CLEANING)


def test_a_room_is_not_needed_for_those_who_have_gone(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 10), officer=PRIYA, room=ROOM_1))
    here = desk.check_in(booked)
    clock.at = when(10, 12)
    assert now_at(desk).rooms[0].next_at is None  # they are in it
    desk.next()
    desk.on(c.StartService, here)
    desk.on(c.Finish, here)
    assert now_at(desk).rooms[0].next_at is None


def test_interpreters_as_they_are_now(desk: AtBook, clock: SetClock) -> None:
    here = desk.check_in(desk.book(place(when(10, 5), interpreter=ALEX), language="bfi"))
    coming = desk.book(place(when(13), interpreter=ALEX, officer=EWAN), language="bfi")
    clock.at = when(10, 6)
    alex, maria, line = now_at(desk).interpreters
    assert (alex.id, alex.with_number, alex.free_until, alex.next_appointment_id) == (
        ALEX,
        here.number,
        when(13),
        coming.appointment_id,
    )
    assert (maria.id, maria.with_number, maria.free_until, maria.works_now) == (MARIA, "", None, True)
    assert (line.id, line.is_line, line.telephone) == (LINE, True, "020 7946 0300")
    visit = desk.take()
    desk.on(a.RequestInterpreter, visit, language="pol", mode=Mode.VIDEO, interpreter_id=MARIA)
    assert desk.view().queue[-1].waits_for_interpreter
    desk.on(a.InterpreterHere, visit)
    assert now_at(desk).interpreters[1].with_number == visit.number
    assert not desk.view().queue[-1].waits_for_interpreter
    clock.at = when(20)
    assert not now_at(desk).interpreters[1].works_now


def test_officers_in_with_someone_and_away(desk: AtBook, clock: SetClock) -> None:
    AtBook(desk.door, COUNTER_2, EWAN, "Desk 2").sign_in()

    def states() -> dict[str, tuple[OfficerState, Any]]:
        return {row.id: (row.state, row.until) for row in now_at(desk).officers}

    assert states() == {
        PRIYA: (OfficerState.IN, None),
        EWAN: (OfficerState.IN, None),
        GRACE: (OfficerState.IN, None),
    }
    desk.take()
    desk.next()
    assert states()[PRIYA] == (OfficerState.WITH_SOMEONE, None)
    desk.door.do(
        a.EnterAbsence(**desk.who, absentee_id=EWAN, kind=AbsenceKind.MEETING, starts=when(9), ends=when(11, 30))
    )
    assert states()[EWAN] == (OfficerState.AWAY, when(11, 30))
    desk.book(place(when(10, 30)), kind=Kind.TELEPHONE)
    clock.at = when(10, 40)
    assert states()[GRACE] == (OfficerState.WITH_SOMEONE, when(11))
    clock.at = when(12, 15)
    assert states()[GRACE] == (OfficerState.AWAY, when(13))  # lunch
    clock.at = when(19)
    assert states()[GRACE] == (OfficerState.AWAY, None)
    grace = now_at(desk).officers[2]
    assert (grace.name, grace.counter, grace.next_at) == ("Grace Okafor", "", None)


def test_an_officer_is_with_whom_they_serve_until_the_end_that_was_booked(desk: AtBook, clock: SetClock) -> None:
    """Whatever else stands in the book; as long as it is not past that."""
    grace = AtBook(desk.door, COUNTER_3, GRACE, "Desk 3").sign_in()

    def of_grace() -> tuple[OfficerState, Any]:
        return next((row.state, row.until) for row in now_at(desk).officers if row.id == GRACE)

    here = desk.check_in(desk.book(place(when(10, 30))))
    assert of_grace() == (OfficerState.IN, None)
    clock.at = when(10, 30)
    grace.on(c.CallVisit, here, reason="their turn")
    grace.on(c.StartService, here)
    assert of_grace() == (OfficerState.WITH_SOMEONE, when(11))
    meeting = {"absentee_id": GRACE, "kind": AbsenceKind.MEETING, "starts": when(10), "ends": when(12), "anyway": True}
    away = desk.door.do(a.EnterAbsence(**desk.who, **meeting))
    assert of_grace() == (OfficerState.WITH_SOMEONE, when(11))
    clock.at = when(11)
    assert of_grace() == (OfficerState.WITH_SOMEONE, None)
    grace.on(c.Finish, here)
    assert of_grace() == (OfficerState.AWAY, when(12))
    desk.door.do(a.RemoveAbsence(**desk.who, absence_id=away.command_id))
    assert of_grace() == (OfficerState.IN, None)
    walk_in = desk.take()
    clock.at = when(11, 10)
    grace.on(c.CallVisit, walk_in, reason="their turn")
    assert of_grace() == (OfficerState.WITH_SOMEONE, None)


def test_who_has_left_the_counter_today_is_away_and_who_never_was_at_one_is_in(desk: AtBook, clock: SetClock) -> None:
    """By the working hours: Ewan, whom nobody has seen today, is taken to be in."""
    grace = AtBook(desk.door, COUNTER_3, GRACE, "Desk 3").sign_in()

    def states() -> dict[str, OfficerState]:
        return {row.id: row.state for row in now_at(desk).officers}

    walk_in = desk.take()
    grace.next()
    grace.on(c.StartService, walk_in)
    desk.door.do(c.SignOff(**grace.who, at_hand=c.AtHand.FINISH, close_day=False))
    assert states() == {PRIYA: OfficerState.IN, EWAN: OfficerState.IN, GRACE: OfficerState.AWAY}
    grace.sign_in()
    assert states()[GRACE] is OfficerState.IN
    desk.door.do(c.SignOff(**grace.who))
    clock.at = when(10, day=TUESDAY)
    assert states()[GRACE] is OfficerState.IN


# -- a room for a visit ---------------------------------------------------------------------------------------------


def rooms_for(desk: AtBook, visit: c.Result) -> dict[str, tuple[bool, bool]]:
    rows: tuple[RoomRow, ...] = desk.door.ask(aq.RoomsFor(visit.visit_id))
    return {row.id: (row.fits, row.suggested) for row in rows}


ROOMS_FOR = [
    ("the private one, though not the smallest", frozenset[Need](), 1, {ROOM_1: (True, True), ROOM_2: (True, False)}),
    ("private", frozenset({Need.PRIVATE}), 1, {ROOM_1: (True, True), ROOM_2: (False, False)}),
    ("step-free", frozenset({Need.STEP_FREE}), 2, {ROOM_1: (True, True), ROOM_2: (False, False)}),
    ("no loop", frozenset({Need.HEARING_LOOP}), 1, {ROOM_1: (False, False), ROOM_2: (False, False)}),
    ("seats", frozenset({Need.LARGE_PRINT}), 3, {ROOM_1: (True, True), ROOM_2: (False, False)}),
    ("too many", frozenset[Need](), 9, {ROOM_1: (False, False), ROOM_2: (False, False)}),
]


@pytest.mark.parametrize(
    ("needs", "party", "expected"), [each[1:] for each in ROOMS_FOR], ids=[e[0] for e in ROOMS_FOR]
)
def test_a_room_that_suits_the_visit(
    desk: AtBook, needs: frozenset[Need], party: int, expected: dict[str, tuple[bool, bool]]
) -> None:
    visit = desk.take(person=Person(needs=needs), party_size=party)
    assert rooms_for(desk, visit) == expected


def test_a_room_leaves_the_next_booking_its_time(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.book(place(when(10, 30), room=ROOM_2))
    clock.at = when(10, 20)
    assert rooms_for(desk, visit)[ROOM_2] == (True, False)
    clock.at = when(10, 20) + 1
    assert rooms_for(desk, visit) == {ROOM_1: (True, True), ROOM_2: (False, False)}
    other = desk.take()
    desk.on(a.AssignRoom, other, room_id=ROOM_1)
    assert rooms_for(desk, visit) == {ROOM_1: (False, False), ROOM_2: (False, False)}
    assert rooms_for(desk, other) == {ROOM_1: (True, False), ROOM_2: (False, False)}


def test_where_the_private_room_is_needed_too_soon_another_is_suggested(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.book(place(when(10, 30), room=ROOM_1))
    clock.at = when(10, 20) + 1
    assert rooms_for(desk, visit) == {ROOM_1: (False, False), ROOM_2: (True, True)}


def test_the_room_that_was_booked_is_suggested(desk: AtBook, clock: SetClock) -> None:
    blocking = desk.take()
    desk.on(a.AssignRoom, blocking, room_id=ROOM_1)
    here = desk.check_in(desk.book(place(when(10, 10), room=ROOM_1)))
    assert rooms_for(desk, here)[ROOM_2] == (True, True)
    desk.on(c.Leave, blocking)
    assert rooms_for(desk, here)[ROOM_1] == (True, True)
    with pytest.raises(Refusal) as refusal:
        desk.door.ask(aq.RoomsFor("0" * 32))
    assert refusal.value.code is Code.UNKNOWN_VISIT
