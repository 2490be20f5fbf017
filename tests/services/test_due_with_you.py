"""An appointment that is due with an officer: a walk-in is called there only when that is confirmed."""

from __future__ import annotations

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.visit_states import End, State
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.the_book import ALEX, AtBook, place, refused, when
from tests.support import EWAN, At

DUE = when(10, 30)


def test_from_five_minutes_before_it_a_walk_in_is_called_only_when_confirmed(
    desk: AtBook, grace: At, clock: SetClock
) -> None:
    here = desk.check_in(desk.book(place(DUE)))
    walk_ins = [desk.take() for _ in range(2)]
    clock.at = DUE - 5 * MINUTE - 1
    first = grace.next()
    assert first.visit_id == walk_ins[0].visit_id
    grace.on(c.Leave, first)
    clock.advance(1)
    refusal = refused(grace.next)
    assert refusal.code is Code.DUE_WITH_YOU
    assert refusal.reason == f"{here.number} is due with you at 10.30am."
    assert refusal.remedy == "Call anyway, or wait for them."
    assert grace.next(confirmed=True).visit_id == walk_ins[1].visit_id
    books(desk.door)


def test_one_that_has_not_come_is_named_by_its_reference(desk: AtBook, grace: At, clock: SetClock) -> None:
    booked = desk.book(place(DUE))
    desk.take()
    clock.at = DUE - MINUTE
    assert booked.reference in refused(grace.next).reason
    clock.at = DUE + 15 * MINUTE
    assert refused(grace.next).code is Code.DUE_WITH_YOU
    clock.advance(1)  # beyond the grace period nobody is kept waiting for it
    grace.next()


def test_once_it_is_due_it_is_called_itself(desk: AtBook, grace: At, clock: SetClock) -> None:
    here = desk.check_in(desk.book(place(DUE)))
    clock.at = DUE
    assert grace.next().visit_id == here.visit_id


def test_another_appointment_is_due_first(desk: AtBook, grace: At, clock: SetClock) -> None:
    """A walk-in long past its guard goes before an appointment that has just come due: that is asked, too."""
    walk_in = desk.take()
    here = desk.check_in(desk.book(place(DUE)))
    clock.at = DUE + MINUTE
    assert here.number in refused(grace.next).reason
    assert grace.next(confirmed=True).visit_id == walk_in.visit_id


def test_it_is_nothing_to_other_officers(desk: AtBook, grace: At, ewan: At, clock: SetClock) -> None:
    desk.check_in(desk.book(place(DUE)))
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


def test_one_that_waits_for_its_interpreter_is_due_all_the_same(desk: AtBook, grace: At, clock: SetClock) -> None:
    here = desk.check_in(desk.book(place(DUE, interpreter=ALEX), language="bfi"))
    desk.take()
    clock.at = DUE + MINUTE
    assert here.number in refused(grace.next).reason


def test_whoever_calls_a_particular_visit_is_not_asked(desk: AtBook, grace: At, clock: SetClock) -> None:
    desk.check_in(desk.book(place(DUE)))
    walk_in = desk.take()
    clock.at = DUE - MINUTE
    grace.on(c.CallVisit, walk_in, reason="a word only")


def test_the_main_key_does_neither_until_it_is_confirmed(desk: AtBook, grace: At, clock: SetClock) -> None:
    first, second = desk.take(), desk.take()
    here = desk.check_in(desk.book(place(DUE)))
    grace.next()
    grace.on(c.StartService, first)
    clock.at = DUE - MINUTE
    finishing = {**grace.who, "visit_id": first.visit_id}
    assert here.number in refused(lambda: grace.door.do(c.FinishAndCallNext(**finishing))).reason
    assert desk.card(first).state is State.SERVING
    done = grace.door.do(c.FinishAndCallNext(**finishing, confirmed=True))
    assert (done.visit_id, done.finished_number) == (second.visit_id, first.number)
    assert desk.card(first).end is End.RESOLVED
    books(desk.door)


def test_nobody_waits_so_nobody_is_asked(desk: AtBook, grace: At, clock: SetClock) -> None:
    desk.check_in(desk.book(place(DUE)))
    clock.at = DUE - MINUTE
    assert refused(grace.next).code is Code.NOBODY_WAITING
