"""The visitor of an appointment comes in time, early, late, too late, to the wrong office, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.booked import Kind, RoomState, Standing
from reception.domain.columns import Column
from reception.domain.person import Person
from reception.domain.visit_states import End, State
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.storage.visit_rows import visit_row
from tests.services.bookkeeping import books, columns
from tests.services.the_book import (
    ALEX,
    LINE,
    MONDAY,
    ROOM_1,
    TUESDAY,
    AtBook,
    days_after,
    place,
    refused,
    when,
    with_a_book,
)
from tests.support import EWAN, GRACE, PLANNING, At, settings


def facts_of(at: AtBook, visit: c.Result) -> Any:
    return books(at.door)[visit.visit_id]


def test_a_check_in_is_a_visit_in_the_one_queue(desk: AtBook, clock: SetClock) -> None:
    """Numbered in its service's series, for its officer, with the person as booked."""
    walk_in = desk.take(PLANNING)
    booked = desk.book(place(when(10, 30)), visitor=Visitor(Person("Ada", "bn", note="by the door")), party_size=3)
    clock.at = when(10, 20)
    here = desk.check_in(booked)
    assert (here.number, here.reference, here.appointment_id) == ("H001", booked.reference, booked.appointment_id)
    assert walk_in.number == "P001"
    assert desk.take().number == "H002"
    assert not here.unpromised
    card = desk.card(here)
    assert (card.person, card.party_size) == (Person("Ada", "bn", note="by the door"), 3)
    visit = facts_of(desk, here).visit
    assert (visit.booked_for, visit.arrived_at) == (when(10, 30), when(10, 20))
    assert visit.leg.named_officer_id == GRACE
    assert visit.promise.seen == 5 * MINUTE
    stands = desk.stands(booked)
    assert (stands.standing, stands.visit_id, stands.checked_in_at) == (Standing.CHECKED_IN, here.visit_id, clock.at)


def test_where_appointments_have_no_promise_the_check_in_says_so(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30)))
    desk.change_settings(replace(with_a_book(), appointment_seen=None))
    clock.at = when(10, 20)
    assert desk.check_in(booked).unpromised


def test_nobody_waits_for_an_officer_who_works_here_no_more(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30)), named_officer=True)
    clock.at = when(11)  # nothing stands with her any more
    new = with_a_book()
    desk.change_settings(replace(new, staff=tuple(each for each in new.staff if each.officer.id != GRACE)))
    here = desk.check_in(booked)
    assert facts_of(desk, here).visit.leg.named_officer_id == ""
    assert desk.next().visit_id == here.visit_id


def test_more_come_than_were_booked(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30)), party_size=2)
    clock.at = when(10, 25)
    assert desk.card(desk.check_in(booked, party_size=4)).party_size == 4


# Arrived and seen, in minutes after the booked time; the lateness that counts, the visitor's own, and the column.
LATENESS = [
    (-30, 0, 0, 0, True),
    (-30, 5, 5, 0, True),
    (0, 5, 5, 0, True),
    (0, 6, 6, 0, False),
    (10, 12, 2, 10, True),
    (15, 20, 5, 15, True),
    (15, 21, 6, 15, False),
    (-10, -4, 0, 0, True),
]


@pytest.mark.parametrize(("arrived", "seen", "late", "own", "within"), LATENESS)
def test_lateness_counts_from_the_later_of_booked_time_and_arrival(
    desk: AtBook, clock: SetClock, grace: At, arrived: int, seen: int, late: int, own: int, within: bool
) -> None:
    booked = desk.book(place(when(11)))
    clock.at = when(11) + arrived * MINUTE
    here = desk.check_in(booked)
    clock.at = when(11) + seen * MINUTE
    grace.on(c.CallVisit, here, reason="test")
    grace.on(c.StartService, here)
    stored = facts_of(desk, here)
    row = visit_row(stored.visit, stored.version)
    assert row["promise_wait"] == late * MINUTE
    assert (row["promise_wait"] <= row["seen_target"]) is within
    assert desk._facts(booked)[-1].fact.late_by == own * MINUTE  # type: ignore[union-attr]
    assert columns(books(desk.door)) == {Column.SEEN: 1}


def test_beyond_the_grace_period_nothing_is_promised_and_it_waits_as_a_walk_in(desk: AtBook, clock: SetClock) -> None:
    """From arrival, for anybody; but for her whom the visitor asked for."""
    anyone, asked = desk.book(place(when(10, 30))), desk.book(place(when(11)), named_officer=True)
    clock.at = when(10, 45) + 1
    here = desk.check_in(anyone)
    visit = facts_of(desk, here).visit
    assert (visit.booked_for, visit.promise.seen, visit.promise.resolved) == (None, None, None)
    assert visit.promise.order_by == 15 * MINUTE
    assert visit.promise_starts == clock.at
    assert visit.leg.named_officer_id == ""
    assert desk.stands(anyone).visit_id == here.visit_id
    clock.at = when(11, 16)
    assert facts_of(desk, desk.check_in(asked)).visit.leg.named_officer_id == GRACE
    clock.at = when(12)
    assert desk.next().visit_id == here.visit_id
    desk.on(c.StartService, here)
    assert columns(books(desk.door))[Column.SEEN] == 1


def test_an_appointment_blocks_nobody_before_it_is_due(desk: AtBook, grace: At, clock: SetClock) -> None:
    booked = desk.book(place(when(11)))
    here = desk.check_in(booked)
    walk_in = desk.take()
    assert grace.next().visit_id == walk_in.visit_id
    grace.on(c.StartService, walk_in)
    clock.at = when(11)
    assert grace.door.do(c.FinishAndCallNext(**grace.who, visit_id=walk_in.visit_id)).visit_id == here.visit_id


WRONG: dict[str, tuple[dict[str, Any], Code]] = {
    "tomorrow": ({"at": place(when(11, day=TUESDAY))}, Code.OTHER_DAY),
    "by telephone": ({"at": place(when(11)), "kind": Kind.TELEPHONE}, Code.NOT_POSSIBLE_NOW),
    "at home": ({"at": place(when(11)), "kind": Kind.HOME_VISIT}, Code.NOT_POSSIBLE_NOW),
}


@pytest.mark.parametrize("what", WRONG)
def test_who_cannot_be_checked_in(desk: AtBook, what: str) -> None:
    given, code = WRONG[what]
    booked = desk.book(**given)
    before = desk.door.changes(0)[0]
    refusal = refused(lambda: desk.check_in(booked))
    assert refusal.code is code
    assert refusal.remedy
    assert desk.door.changes(0)[0] == before
    assert desk.take().number == "H001"  # and no number was used up


def test_checked_in_on_a_later_day_is_refused(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11)))
    clock.at = when(9, 30, days_after(MONDAY, 1))
    assert refused(lambda: desk.check_in(booked)).code is Code.OTHER_DAY


def test_checked_in_twice_is_refused(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.check_in(booked)
    assert refused(lambda: desk.check_in(booked)).code is Code.ALREADY_CHECKED_IN
    assert len(books(desk.door)) == 1


def test_a_cancelled_appointment_is_not_checked_in(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.cancel(booked)
    assert refused(lambda: desk.check_in(booked)).code is Code.CANCELLED_APPOINTMENT


def test_at_another_office_it_is_refused(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    elsewhere = "elsewhere" + "0" * 23
    new = settings(name="Bushey")
    named = replace(
        new,
        services=tuple(replace(each, id=f"b-{each.id}") for each in new.services),
        counters=tuple(replace(each, id=f"b-{each.id}") for each in new.counters),
        staff=tuple(
            replace(each, officer=replace(each.officer, id=f"b-{each.officer.id}", skills=frozenset()))
            for each in new.staff
        ),
    )
    desk.door.do(c.SetUpOffice(office_id=elsewhere, settings=named))
    checking = a.CheckIn(office_id=elsewhere, appointment_id=booked.appointment_id)
    assert refused(lambda: desk.door.do(checking)).code is Code.OTHER_OFFICE
    assert desk.stands(booked).is_ahead


def test_nobody_is_checked_in_while_the_building_is_evacuated(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.door.do(c.Evacuate(**desk.who))
    assert refused(lambda: desk.check_in(booked)).code is Code.EVACUATED


def test_a_ticket_is_printed_once(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    assert len(desk.check_in(booked, print_ticket=True).prints) == 1


# -- rooms and interpreters that were booked -------------------------------------------------------------------------


def test_the_room_that_was_booked_is_given_if_it_is_free(desk: AtBook, clock: SetClock) -> None:
    first = desk.book(place(when(10, 30), room=ROOM_1))
    second = desk.book(place(when(11), room=ROOM_1))
    early = desk.check_in(first)
    assert facts_of(desk, early).visit.room_id == ROOM_1
    later = desk.check_in(second)
    assert facts_of(desk, later).visit.room_id == ""
    desk.on(c.Leave, early)
    desk.on(a.AssignRoom, later, room_id=ROOM_1)
    assert facts_of(desk, later).visit.room_id == ROOM_1


def test_who_comes_while_the_room_has_somebody_is_called_once_it_is_free(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    """And the walk-in that came after them is called meanwhile; the desk names the same as the call."""
    inside = desk.take()
    desk.on(a.AssignRoom, inside, room_id=ROOM_1)
    here = desk.check_in(desk.book(place(when(10, 30), room=ROOM_1)))
    walk_in = desk.take()
    clock.at = when(10, 31)
    desk.on(c.CallVisit, inside, reason="in the room")
    assert grace.view().next_for_me == walk_in.visit_id
    called = grace.next(confirmed=True)
    assert called.visit_id == walk_in.visit_id
    desk.on(c.StartService, inside)
    desk.on(c.Finish, inside)
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.CLEANING))
    grace.on(c.Leave, walk_in)
    assert refused(grace.next).code is Code.NOBODY_WAITING
    assert grace.view().next_for_me is None
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.IN_USE))
    assert grace.view().next_for_me == here.visit_id
    done = grace.next()
    assert done.visit_id == here.visit_id
    assert facts_of(desk, here).visit.room_id == ROOM_1
    grace.undo(done)
    assert facts_of(desk, here).visit.room_id == ""


@pytest.mark.parametrize("state", [RoomState.CLEANING, RoomState.OUT_OF_USE])
def test_a_room_that_cannot_be_used_is_not_given(desk: AtBook, state: RoomState) -> None:
    booked = desk.book(place(when(11), room=ROOM_1))
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=state))
    assert facts_of(desk, desk.check_in(booked)).visit.room_id == ""


@pytest.mark.parametrize("interpreter", [ALEX, LINE, ""])
def test_a_visit_waits_for_the_interpreter_that_was_booked(
    desk: AtBook, grace: At, clock: SetClock, interpreter: str
) -> None:
    booked = desk.book(place(when(10, 30), interpreter=interpreter), language="bfi" if interpreter == ALEX else "ckb")
    here = desk.check_in(booked)
    clock.at = when(10, 30)
    assert refused(grace.next).code is Code.NOBODY_WAITING
    assert refused(lambda: grace.on(c.CallVisit, here, reason="now")).code is Code.NOT_POSSIBLE_NOW
    desk.on(a.InterpreterHere, here)
    assert grace.next().visit_id == here.visit_id


# -- not at all, and late after all -----------------------------------------------------------------------------------


def test_did_not_attend_only_after_the_grace_period_and_came_late(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30), room=ROOM_1))
    clock.at = when(10, 45)
    assert refused(lambda: desk.with_(a.DidNotAttend, booked)).code is Code.TOO_SOON
    clock.advance(1)
    desk.with_(a.DidNotAttend, booked)
    assert desk.stands(booked).standing is Standing.DID_NOT_ATTEND
    desk.book(place(when(10, 46), 10, EWAN, room=ROOM_1))  # her room is free now
    clock.at = when(11)
    here = desk.check_in(booked)
    stands = desk.stands(booked)
    assert (stands.standing, stands.came_late) == (Standing.CHECKED_IN, True)
    assert facts_of(desk, here).visit.booked_for is None


@pytest.mark.parametrize("kind", [Kind.TELEPHONE, Kind.HOME_VISIT])
def test_what_has_no_check_in_is_attended(desk: AtBook, clock: SetClock, kind: Kind) -> None:
    booked = desk.book(place(when(11)), kind=kind)
    assert refused(lambda: desk.with_(a.Attended, booked)).code is Code.TOO_SOON
    clock.at = when(11)
    desk.with_(a.Attended, booked)
    assert desk.stands(booked).standing is Standing.ATTENDED
    assert books(desk.door) == {}


# -- rebooked from the queue -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [True, False])
def test_a_waiting_appointment_takes_another_time(desk: AtBook, clock: SetClock, named: bool) -> None:
    booked = desk.book(place(when(10, 30), room=ROOM_1))
    here = desk.check_in(booked)
    arrived = clock.at
    clock.at = when(10, 50)
    offered = (when(14), when(15))
    moved = desk.move(booked, place(when(14), room=ROOM_1), visit_id=here.visit_id if named else "", offered=offered)
    assert (moved.visit_id, moved.number) == (here.visit_id, here.number)
    card = desk.card(here)
    assert (card.end, card.arrived_at) == (End.BOOKED, arrived)
    stands = desk.stands(booked)
    assert (stands.standing, stands.starts_at, stands.moved, stands.visit_id) == (Standing.BOOKED, when(14), 1, "")
    assert desk._facts(booked)[-1].fact.offered == offered  # type: ignore[union-attr]
    desk.book(place(when(11), room=ROOM_1))
    desk.undo(moved)
    assert desk.stands(booked).visit_id == here.visit_id
    assert desk.card(here).state is State.WAITING
    desk.move(booked, place(when(14), room=ROOM_1))
    clock.at = when(13, 55)
    again = desk.check_in(booked)
    assert again.number == "H002"
    assert columns(books(desk.door)) == {Column.BOOKED_UNSEEN_AFTER: 1, Column.OPEN: 1}


def test_what_has_been_seen_is_not_moved(desk: AtBook, clock: SetClock, grace: At) -> None:
    booked = desk.book(place(when(10, 30)))
    here = desk.check_in(booked)
    clock.at = when(10, 30)
    grace.next()
    grace.on(c.StartService, here)
    assert refused(lambda: desk.move(booked, place(when(14)))).code is Code.NOT_POSSIBLE_NOW
    assert refused(lambda: desk.cancel(booked)).code is Code.ALREADY_CHECKED_IN
    assert desk.card(here).state is State.SERVING


def test_who_has_left_takes_a_new_booking(desk: AtBook) -> None:
    booked = desk.book(place(when(10, 30)))
    desk.on(c.Leave, desk.check_in(booked))
    refusal = refused(lambda: desk.move(booked, place(when(14))))
    assert (refusal.code, refusal.remedy) == (Code.NOT_POSSIBLE_NOW, "Book a new appointment.")
    assert desk.stands(booked).starts_at == when(10, 30)


def test_another_visit_is_not_ended_by_a_move(desk: AtBook) -> None:
    booked = desk.book(place(when(10, 30)))
    desk.check_in(booked)
    other = desk.take()
    assert refused(lambda: desk.move(booked, place(when(14)), visit_id=other.visit_id)).code is Code.BAD_INPUT
    assert desk.card(other).state is State.WAITING
