"""What an appointment holds of officer, room and interpreter ends with its visit, and comes back with it if it can."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from reception.clock import MINUTE, Instant, SetClock
from reception.domain.visit_states import End, State
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.storage import schema as t
from reception.storage.checking import check
from tests.services.bookkeeping import books
from tests.services.the_book import ALEX, ROOM_1, AtBook, place, refused, when
from tests.support import EWAN, GRACE


def held(desk: AtBook, booked: c.Result) -> dict[str, tuple[Instant, Instant]]:
    """By whom or what it holds, from when to when, as the database has it."""
    rows = (
        sa.select(t.resource.c.id, t.occupation.c.starts, t.occupation.c.ends)
        .join(t.resource, t.resource.c.number == t.occupation.c.resource)
        .where(t.occupation.c.appointment_id == booked.appointment_id)
    )
    with desk.door._database.read() as (connection, _head, _now):
        return {some_id: (starts, ends) for some_id, starts, ends in connection.execute(rows)}


def all_three(starts: Instant, ends: Instant) -> dict[str, tuple[Instant, Instant]]:
    return dict.fromkeys((GRACE, ROOM_1, ALEX), (starts, ends))


@pytest.fixture
def booked(desk: AtBook) -> c.Result:
    """From 10:30 for an hour, with officer, room and interpreter."""
    return desk.book(place(when(10, 30), 60, room=ROOM_1, interpreter=ALEX), language="bfi")


@pytest.fixture
def here(desk: AtBook, booked: c.Result, clock: SetClock) -> c.Result:
    clock.at = when(10, 20)
    return desk.check_in(booked)


def called(desk: AtBook, here: c.Result) -> None:
    desk.on(a.InterpreterHere, here)
    desk.on(c.CallVisit, here, reason="their turn")


def left(desk: AtBook, here: c.Result) -> c.Result:
    return desk.on(c.Leave, here)


def no_show(desk: AtBook, here: c.Result) -> c.Result:
    called(desk, here)
    desk.on(c.CallAgain, here)
    return desk.on(c.NoShow, here)


def signposted(desk: AtBook, here: c.Result) -> c.Result:
    return desk.on(c.Finish, here, end=End.SIGNPOSTED, signpost_to="the library", print_slip=False)


def resolved(desk: AtBook, here: c.Result) -> c.Result:
    called(desk, here)
    desk.on(c.StartService, here)
    return desk.on(c.Finish, here)


def finished_with_the_next_call(desk: AtBook, here: c.Result) -> c.Result:
    called(desk, here)
    desk.on(c.StartService, here)
    return desk.door.do(c.FinishAndCallNext(**desk.who, visit_id=here.visit_id))


def told_and_leaves(desk: AtBook, here: c.Result) -> c.Result:
    answer = a.DelayAnswer.LEAVES
    return desk.door.do(a.TellOfDelay(**desk.who, visit_id=here.visit_id, expected_minutes=30, answer=answer))


def taken_as_a_booking(desk: AtBook, here: c.Result) -> c.Result:
    return desk.book(place(when(15), officer=EWAN), visit_id=here.visit_id)


def signed_off(desk: AtBook, here: c.Result) -> c.Result:
    called(desk, here)
    desk.on(c.StartService, here)
    return desk.door.do(c.SignOff(**desk.who, at_hand=c.AtHand.FINISH, close_day=False))


def the_day_closed(desk: AtBook, here: c.Result) -> c.Result:
    return desk.door.do(c.SignOff(**desk.who, close_day=True))


ENDS: list[Callable[[AtBook, c.Result], c.Result]] = [
    left,
    no_show,
    signposted,
    resolved,
    finished_with_the_next_call,
    told_and_leaves,
    taken_as_a_booking,
    signed_off,
    the_day_closed,
]


@pytest.mark.parametrize("end", ENDS)
def test_what_remains_is_free_when_the_visit_has_ended(
    desk: AtBook,
    booked: c.Result,
    here: c.Result,
    clock: SetClock,
    office_url: str,
    end: Callable[[AtBook, c.Result], c.Result],
) -> None:
    assert held(desk, booked) == all_three(when(10, 30), when(11, 30))
    clock.at = when(10, 40)
    done = end(desk, here)
    assert held(desk, booked) == all_three(when(10, 30), when(10, 40))
    if end in (signed_off, the_day_closed):
        desk.sign_in()
    rest = desk.book(place(when(10, 40), 30, room=ROOM_1, interpreter=ALEX), language="bfi")
    desk.cancel(rest)
    books(desk.door)
    assert check(office_url, lambda *_: None).is_sound
    desk.undo(done)
    assert held(desk, booked) == all_three(when(10, 30), when(11, 30))
    assert desk.card(here).end is None
    books(desk.door)


def test_who_goes_before_the_booked_time_holds_nothing(desk: AtBook, booked: c.Result, here: c.Result) -> None:
    desk.on(c.Leave, here)
    assert held(desk, booked) == {}
    desk.book(place(when(10, 30), 60, room=ROOM_1, interpreter=ALEX), language="bfi")
    books(desk.door)


def test_who_goes_while_it_is_set_up_holds_no_more_than_that(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11), room=ROOM_1, interpreter=ALEX), language="bfi", set_up_minutes=10)
    here = desk.check_in(booked)
    clock.at = when(10, 55)
    desk.on(c.Leave, here)
    assert held(desk, booked) == dict.fromkeys((GRACE, ROOM_1), (when(10, 50), when(10, 55)))


def test_a_visit_that_took_its_time_or_longer_changes_nothing(
    desk: AtBook, booked: c.Result, here: c.Result, clock: SetClock
) -> None:
    before = desk._facts(booked)
    called(desk, here)
    desk.on(c.StartService, here)
    clock.at = when(11, 30)
    desk.on(c.Finish, here)
    assert desk._facts(booked) == before
    assert held(desk, booked) == all_three(when(10, 30), when(11, 30))


def test_it_holds_its_place_while_the_visit_goes_on_with_another_service(
    desk: AtBook, booked: c.Result, here: c.Result, clock: SetClock
) -> None:
    called(desk, here)
    desk.on(c.StartService, here)
    clock.at = when(10, 40)
    desk.on(c.Transfer, here, service_id="planning")
    desk.on(c.Hold, here, own_request=True)
    assert held(desk, booked) == all_three(when(10, 30), when(11, 30))


def test_a_no_show_who_comes_back_has_the_time_again(
    desk: AtBook, booked: c.Result, here: c.Result, clock: SetClock
) -> None:
    clock.at = when(10, 40)
    no_show(desk, here)
    clock.at = when(10, 50)
    back = desk.on(c.Reinstate, here)
    assert held(desk, booked) == all_three(when(10, 30), when(11, 30))
    books(desk.door)
    desk.undo(back)
    assert held(desk, booked) == all_three(when(10, 30), when(10, 40))
    books(desk.door)


@pytest.mark.parametrize("by_undo", [False, True], ids=["reinstated", "taken back"])
def test_a_visit_goes_on_without_what_somebody_else_has_by_then(
    desk: AtBook, booked: c.Result, here: c.Result, clock: SetClock, by_undo: bool
) -> None:
    """And ends once more; what was done before it, with the time still its own, is not taken back any more."""
    clock.at = when(10, 40)
    gone = no_show(desk, here)
    other = desk.book(place(when(11), officer=EWAN, room=ROOM_1))
    desk.undo(gone) if by_undo else desk.on(c.Reinstate, here)
    assert desk.card(here).state is (State.CALLED if by_undo else State.WAITING)
    assert held(desk, booked) == all_three(when(10, 30), when(10, 40))
    books(desk.door)
    desk.cancel(other)
    assert held(desk, booked) == all_three(when(10, 30), when(10, 40))
    clock.advance(MINUTE)
    desk.on(c.Leave, here)
    assert held(desk, booked) == all_three(when(10, 30), when(10, 40))
    books(desk.door)


def test_a_check_in_is_not_taken_back_once_its_time_is_another_s(desk: AtBook, booked: c.Result) -> None:
    here = desk.check_in(booked)
    gone = desk.on(c.Leave, here)
    desk.book(place(when(10, 30), 60))
    desk.undo(gone)
    refusal = refused(lambda: desk.undo(here))
    assert refusal.code is Code.UNDO_OVERTAKEN
    assert desk.card(here).state is State.WAITING
    books(desk.door)


def test_it_is_taken_back_although_the_interpreter_was_cancelled_since(
    desk: AtBook, booked: c.Result, here: c.Result
) -> None:
    gone = desk.on(c.Leave, here)
    desk.with_(a.ProgressInterpreter, booked, status=a.InterpreterStatus.CANCELLED)
    desk.undo(gone)
    assert set(held(desk, booked)) == {GRACE, ROOM_1}
    books(desk.door)


def test_one_that_takes_another_time_holds_that_whole(
    desk: AtBook, booked: c.Result, here: c.Result, clock: SetClock
) -> None:
    clock.at = when(10, 40)
    desk.move(booked, place(when(14), 60, room=ROOM_1, interpreter=ALEX), visit_id=here.visit_id)
    assert desk.card(here).end is End.BOOKED
    assert held(desk, booked) == all_three(when(14), when(15))
    assert desk.stands(booked).released_at is None
    books(desk.door)
