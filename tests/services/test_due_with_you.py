"""An appointment that is due with an officer goes first; a walk-in is called there only when that is confirmed."""

from __future__ import annotations

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.desk_view import Awaited
from reception.domain.visit_states import End, Why
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.the_book import ALEX, AtBook, place, refused, when
from tests.support import EWAN, At

DUE = when(10, 30)


def test_from_five_minutes_before_it_whoever_has_come_for_it_goes_before_a_walk_in(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    here = desk.check_in(desk.book(place(DUE)))
    walk_ins = [desk.take() for _ in range(2)]
    clock.at = DUE - 5 * MINUTE - 1
    view = grace.view()
    assert (view.next_for_me, view.order_valid_until) == (walk_ins[0].visit_id, clock.at + 1)
    first = grace.next()
    assert first.visit_id == walk_ins[0].visit_id
    grace.on(c.Leave, first)
    clock.advance(1)
    view = grace.view()
    assert (view.next_for_me, view.next_why, view.awaited) == (here.visit_id, Why.DUE_WITH_YOU, None)
    called = grace.next()
    assert (called.visit_id, called.why) == (here.visit_id, Why.DUE_WITH_YOU)
    books(desk.door)


def test_until_its_time_a_walk_in_is_called_only_when_confirmed_while_nobody_has_come(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    desk.book(place(DUE))
    walk_in = desk.take()
    clock.at = DUE - 5 * MINUTE
    view = grace.view()
    assert (view.next_for_me, view.awaited) == (walk_in.visit_id, Awaited("Housing", DUE))
    for clock.at in (DUE - 5 * MINUTE, DUE):
        refusal = refused(grace.next)
        assert refusal.code is Code.DUE_WITH_YOU
        assert refusal.reason == "Housing at 10.30am is due with you."
        assert refusal.remedy == f"Call {walk_in.number} anyway, or wait."
    assert grace.view().order_valid_until == DUE + 1
    called = grace.next(confirmed=True)
    assert called.visit_id == walk_in.visit_id
    grace.on(c.WithdrawCall, called)
    clock.advance(1)  # late by the visitor's own doing: nobody loses a promise for it
    assert grace.view().awaited is None
    assert grace.next().visit_id == walk_in.visit_id


def test_neither_a_walk_in_past_its_guard_nor_a_coming_one_keeps_whoever_is_due_from_being_called(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    """However the office's rule ranks them, the main key calls, and whom it names."""
    desk.take()
    desk.book(place(DUE + 30 * MINUTE))
    here = desk.check_in(desk.book(place(DUE, minutes=10)))
    clock.at = DUE + 26 * MINUTE
    assert grace.view().next_for_me == here.visit_id
    assert grace.next().visit_id == here.visit_id


def test_whoever_is_to_be_seen_first_waits_for_no_appointment(desk: AtBook, grace: At, clock: SetClock) -> None:
    desk.book(place(DUE))
    ill = desk.take()
    desk.on(c.SeeFirst, ill, reason="Ill")
    clock.at = DUE
    assert grace.view().awaited is None
    assert grace.view().next_for_me == ill.visit_id
    assert grace.next().visit_id == ill.visit_id


def test_it_is_nothing_to_other_officers(desk: AtBook, grace: At, ewan: At, clock: SetClock) -> None:
    desk.book(place(DUE))
    walk_in = desk.take()
    clock.at = DUE - MINUTE
    assert refused(grace.next).code is Code.DUE_WITH_YOU
    assert ewan.next().visit_id == walk_in.visit_id


@pytest.mark.parametrize("what", ["cancelled", "moved", "missed", "served", "left"])
def test_what_is_due_no_more_is_in_nobodys_way(desk: AtBook, grace: At, clock: SetClock, what: str) -> None:
    booked = desk.book(place(DUE))
    clock.at = DUE - 4 * MINUTE
    if what == "cancelled":
        desk.cancel(booked)
    elif what == "moved":
        desk.move(booked, place(DUE, officer=EWAN))
    elif what == "missed":
        clock.at = DUE + 16 * MINUTE
        desk.with_(a.DidNotAttend, booked)
    else:
        here = desk.check_in(booked)
        if what == "served":
            grace.on(c.CallVisit, here, reason="early")
            grace.on(c.StartService, here)
            grace.on(c.Finish, here)
        else:
            desk.on(c.Leave, here)
    walk_in = desk.take()
    assert grace.next().visit_id == walk_in.visit_id


def test_one_that_waits_for_its_interpreter_is_awaited_as_if_nobody_had_come(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    desk.check_in(desk.book(place(DUE, interpreter=ALEX), language="bfi"))
    walk_in = desk.take()
    clock.at = DUE
    assert refused(grace.next).code is Code.DUE_WITH_YOU
    clock.advance(1)
    assert grace.next().visit_id == walk_in.visit_id


def test_whoever_calls_a_particular_visit_is_not_asked(desk: AtBook, grace: At, clock: SetClock) -> None:
    desk.book(place(DUE))
    walk_in = desk.take()
    clock.at = DUE - MINUTE
    grace.on(c.CallVisit, walk_in, reason="a word only")


def test_the_main_key_finishes_although_it_calls_nobody_until_that_is_confirmed(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    first, second = desk.take(), desk.take()
    desk.book(place(DUE))
    grace.next()
    grace.on(c.StartService, first)
    clock.at = DUE - MINUTE
    done = grace.door.do(c.FinishAndCallNext(**grace.who, visit_id=first.visit_id))
    assert (done.finished_number, done.number) == (first.number, "")
    assert done.awaited == f"Housing at 10.30am is due with you. Call {second.number} anyway, or wait."
    assert desk.card(first).end is End.RESOLVED
    assert grace.next(confirmed=True).visit_id == second.visit_id
    books(desk.door)


def test_nobody_else_waits_and_whoever_is_due_is_called(desk: AtBook, grace: At, clock: SetClock) -> None:
    here = desk.check_in(desk.book(place(DUE)))
    clock.at = DUE - 5 * MINUTE - 1
    assert refused(grace.next).code is Code.NOBODY_WAITING
    clock.advance(1)
    assert grace.next().visit_id == here.visit_id
