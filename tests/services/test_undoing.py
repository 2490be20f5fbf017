"""Undo through the door: of every command, refused with the reason, and nothing half done. On both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reception.clock import HOUR, MINUTE, SetClock
from reception.domain.visit_states import End, State, Why
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.visit_ports import StoredVisit
from reception.wiring import CAN_UNDO
from tests.services.bookkeeping import books, standing
from tests.services.conftest import TEN_O_CLOCK
from tests.support import COUNCIL_TAX, COUNTER_1, COUNTER_2, EWAN, GRACE, HOUSING, OFFICE, PIN, PLANNING, At

MONDAY = date(2026, 3, 2)


def refused(at: At, what: c.Result) -> Refusal:
    before = at.door.changes(0)[0]
    with pytest.raises(Refusal) as caught:
        at.undo(what)
    assert at.door.changes(0)[0] == before
    return caught.value


def as_it_stands(visits: dict[str, StoredVisit]) -> dict[str, Any]:
    """Every visit that is not void, by its standing facts: what undo must bring back."""
    found = {key: [item.fact for item in standing(stored.facts)] for key, stored in visits.items()}
    return {key: facts for key, facts in found.items() if facts}


def test_every_command_that_changes_a_visit_is_taken_back(priya: At, clock: SetClock) -> None:
    """Each is done, taken back, and done for good, so that the day goes on. The books agree all along."""
    kinds: set[str] = set()

    def try_out(command_type: type[c.Command], **more: Any) -> c.Result:
        clock.advance(MINUTE)
        before = as_it_stands(books(priya.door))
        result = priya.door.do(command_type(**priya.who, **more))
        assert as_it_stands(books(priya.door)) != before
        clock.advance(MINUTE)
        undone = priya.undo(result)
        assert as_it_stands(books(priya.door)) == before
        assert undone.number
        assert undone.number in (result.number, result.finished_number) or not result.number
        kinds.add(command_type.__name__)
        if command_type in (c.SignOff, c.EndEvacuation):
            return result
        return priya.door.do(command_type(**priya.who, **more))

    first = try_out(c.TakeTicket, service_id=HOUSING, then_services=(COUNCIL_TAX,)).visit_id
    second = try_out(c.TakeTicket, service_id=PLANNING, linked_to=first, see_first_reason="ill").visit_id
    try_out(c.CallNext)
    try_out(c.WithdrawCall, visit_id=second)
    try_out(c.CallVisit, visit_id=first, reason="test")
    try_out(c.StartService, visit_id=first)
    try_out(c.Hold, visit_id=first)
    try_out(c.EndHold, visit_id=first)
    try_out(c.FinishAndCallNext, visit_id=first)  # calls the second, which is to be seen first
    try_out(c.Hold, visit_id=second, own_request=True)
    try_out(c.SeeFirst, visit_id=second, on=False)
    try_out(c.EndHold, visit_id=second)
    try_out(c.CallNext)
    priya.on(c.CallAgain, first)
    try_out(c.NoShow, visit_id=first)
    try_out(c.Reinstate, visit_id=first)
    try_out(c.Transfer, visit_id=first, service_id=PLANNING)
    try_out(c.CallVisit, visit_id=second, reason="test")
    try_out(c.StartService, visit_id=second)
    try_out(c.Transfer, visit_id=second, service_id=HOUSING)
    try_out(c.CallVisit, visit_id=second, reason="test")
    try_out(c.StartService, visit_id=second)
    try_out(c.ReturnToQueue, visit_id=second)
    try_out(c.CallVisit, visit_id=second, reason="test")
    try_out(c.StartService, visit_id=second)
    try_out(c.Finish, visit_id=second, end=End.TO_FOLLOW, due=MONDAY, owner_id=EWAN)
    try_out(c.CompleteFollowUp, visit_id=second)
    try_out(c.Leave, visit_id=first)
    priya.take()
    priya.take()
    priya.door.do(c.Evacuate(**priya.who))
    try_out(c.EndEvacuation, resume=False)  # everybody sent home, and back
    clock.advance(MINUTE)
    called = priya.next()
    before = as_it_stands(books(priya.door))
    off = priya.door.do(c.SignOff(**priya.who, close_day=True))
    clock.advance(MINUTE)
    assert refused(priya, off).code is Code.NOT_SIGNED_IN  # nobody is at the counter that the visit was called to
    priya.sign_in()
    priya.undo(off)
    assert as_it_stands(books(priya.door)) == before
    assert priya.card(called).state is State.CALLED
    never_changes_a_visit = {"Evacuate"}
    of_the_queue = {each.__name__ for each in CAN_UNDO if each.__module__.startswith(f"{c.__name__}.")}
    assert kinds | {"SignOff"} | never_changes_a_visit == of_the_queue


def test_what_cannot_be_taken_back_says_so(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    priya.next()
    for result in (
        priya.on(c.CallAgain, visit),
        priya.on(c.Reprint, visit),
        priya.door.do(c.CloseDay(office_id=OFFICE)),
        priya.door.do(c.Evacuate(**priya.who)),
        priya.door.do(c.EndEvacuation(**priya.who, resume=True)),
    ):
        assert refused(priya, result).code is Code.NOTHING_TO_UNDO
    undone = priya.undo(priya.take())
    assert refused(priya, undone).code is Code.NOTHING_TO_UNDO
    assert refused(priya, c.Result("0" * 32)).code is Code.NOTHING_TO_UNDO


def test_too_old_and_just_young_enough(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(5 * MINUTE + 1)
    assert refused(priya, visit).code is Code.UNDO_TOO_LATE
    clock.advance(-1)
    priya.undo(visit)
    assert priya.card(visit).voided


def test_refused_with_the_reason_once_another_fact_rests_on_it(priya: At) -> None:
    visit = priya.take()
    call = priya.next()
    start = priya.on(c.StartService, visit)
    assert refused(priya, visit).reason == "H001 has been called since, which rests on it."
    assert refused(priya, call).reason == "H001 has been started since, which rests on it."
    for each in (start, call, visit):
        priya.undo(each)
    assert priya.card(visit).voided


def test_a_voided_ticket_says_so_keeps_its_number_and_is_no_visit(priya: At) -> None:
    visit = priya.take(print_ticket=True)
    priya.undo(visit)
    assert priya.door.ticket_of(visit.visit_id).voided
    assert priya.take().number == "H002"
    with pytest.raises(Refusal, match="H001 was taken back"):
        priya.on(c.Leave, visit)
    with pytest.raises(Refusal, match="H001 was taken back"):
        priya.on(c.CallVisit, visit, reason="x")
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert (report.visits, report.open) == (1, 1)
    books(priya.door)


def test_a_call_taken_back_has_overtaken_nobody(priya: At, clock: SetClock) -> None:
    old = priya.take()
    clock.advance(10 * MINUTE)
    young = priya.take()
    clock.advance(6 * MINUTE)
    for _ in range(4):
        called = priya.next()
        assert (called.visit_id, called.why) == (young.visit_id, Why.CAN_BE_KEPT)
        priya.undo(called)
    assert priya.view().queue[1].visit_id == old.visit_id
    books(priya.door)


def test_a_leg_taken_back_was_overtaken_as_often_as_before(priya: At, ewan: At, clock: SetClock) -> None:
    """The count is the leg's: it returns with the leg, and an older call taken back leaves the new leg's alone."""
    old = priya.take()
    clock.advance(10 * MINUTE)
    first, second = priya.take(), priya.take()
    clock.advance(6 * MINUTE)
    for young in (first, second):
        assert priya.next().visit_id == young.visit_id
        priya.on(c.Leave, young)
    called = priya.next()
    assert (called.visit_id, called.why) == (old.visit_id, Why.OVERTAKEN_TWICE)
    priya.on(c.StartService, old)
    back = priya.on(c.ReturnToQueue, old)
    books(priya.door)
    priya.undo(back)
    books(priya.door)
    priya.on(c.ReturnToQueue, old)
    books(priya.door)


def test_an_older_call_taken_back_leaves_the_new_leg_alone(priya: At, ewan: At, clock: SetClock) -> None:
    earlier = priya.take()
    clock.advance(MINUTE)
    later = priya.take(PLANNING)
    of_first_leg = ewan.on(c.CallVisit, later, reason="by the door")
    served = []
    for visit in (earlier, priya.take()):
        priya.on(c.CallVisit, visit, reason="in turn")
        priya.on(c.StartService, visit)
        priya.on(c.ReturnToQueue, visit)
        served.append(visit)
        clock.advance(MINUTE)
    priya.on(c.CallVisit, served[1], reason="in a hurry")  # overtakes the second leg of the first
    books(priya.door)
    ewan.undo(of_first_leg)
    books(priya.door)


def test_the_counter_has_somebody_else_by_now(priya: At) -> None:
    first, second = priya.take(), priya.take()
    priya.on(c.CallVisit, first, reason="x")
    priya.on(c.StartService, first)
    finish = priya.on(c.Finish, first)
    priya.on(c.CallVisit, second, reason="x")
    refusal = refused(priya, finish)
    assert refusal.code is Code.UNDO_OVERTAKEN
    assert "somebody else is there" in refusal.reason
    priya.on(c.WithdrawCall, second)
    priya.undo(finish)
    assert priya.card(first).state is State.SERVING


def test_the_counter_was_taken_over_meanwhile(priya: At, ewan: At) -> None:
    """Somebody is there, and free: the visit returns to the counter, and that person goes on with it."""
    visit = priya.take()
    call = priya.next()
    priya.on(c.StartService, visit)
    finish = priya.on(c.Finish, visit)
    priya.door.do(c.SignOff(**priya.who))
    assert refused(priya, finish).code is Code.NOT_SIGNED_IN
    grace = At(priya.door, COUNTER_1, GRACE, "Desk 1")
    priya.door.do(c.SignIn(**grace.who, pin=PIN))
    grace.undo(finish)
    assert grace.view().present is not None
    assert grace.view().present.visit_id == visit.visit_id
    assert refused(grace, call).code is Code.UNDO_OVERTAKEN


def test_finish_and_call_next_is_taken_back_as_one(priya: At) -> None:
    first, second = priya.take(), priya.take()
    priya.on(c.CallVisit, first, reason="x")
    priya.on(c.StartService, first)
    both = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=first.visit_id))
    priya.on(c.CallAgain, second)
    assert refused(priya, both).reason == f"{second.number} has been called again since, which rests on it."
    assert priya.card(first).end is End.RESOLVED  # none of it was taken back
    books(priya.door)
    third = priya.take()
    priya.on(c.StartService, second)
    both = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=second.visit_id))
    priya.undo(both)
    assert (priya.card(second).state, priya.card(third).state) == (State.SERVING, State.WAITING)


def test_a_link_stands_in_nobodys_way(priya: At) -> None:
    mother = priya.take()
    call = priya.next()
    son = priya.take(linked_to=mother.visit_id)
    priya.undo(call)  # the mother's call does not rest on the link
    priya.on(c.CallVisit, mother, reason="x")
    priya.undo(son)  # nor the son's ticket on what became of the mother
    assert priya.card(son).voided
    assert priya.card(mother).state is State.CALLED
    assert priya.card(mother).linked_numbers == ()
    priya.on(c.WithdrawCall, mother)
    assert [row.linked for row in priya.view().queue] == [False]
    other = priya.take(linked_to=mother.visit_id)
    assert refused(priya, mother).code is Code.UNDO_OVERTAKEN
    priya.undo(other)
    books(priya.door)


def test_closing_the_day_by_signing_off_is_taken_back_for_everybody(priya: At) -> None:
    waiting, out = priya.take(), priya.take()
    priya.on(c.Hold, out, own_request=True)
    off = priya.door.do(c.SignOff(**priya.who, close_day=True))
    assert priya.card(waiting).end is End.UNRESOLVED
    priya.undo(off)
    assert (priya.card(waiting).state, priya.card(out).state) == (State.WAITING, State.ON_HOLD)
    books(priya.door)


@pytest.mark.parametrize("command", [c.WithdrawCall, c.Hold, c.Leave])
def test_undo_calls_nobody_while_calls_are_frozen(priya: At, ewan: At, command: type[c.OnVisit]) -> None:
    visit, other = priya.take(), priya.take()
    priya.on(c.CallVisit, visit, reason="x")
    gone = priya.on(command, visit)
    ewan.on(c.CallVisit, other, reason="x")
    started = ewan.on(c.StartService, other)
    priya.door.do(c.Evacuate(**priya.who))
    assert refused(priya, gone).code is Code.EVACUATED
    ewan.undo(started)  # it was called before, and is still at the counter
    assert ewan.card(other).state is State.CALLED
    priya.door.do(c.EndEvacuation(**priya.who, resume=True))
    priya.undo(gone)
    assert priya.card(visit).state is State.CALLED
    books(priya.door)


def test_undo_stops_at_midnight(priya: At, clock: SetClock) -> None:
    """What was open again would stand there uncalled for a whole day."""
    clock.at = TEN_O_CLOCK + 14 * HOUR - MINUTE
    visit, gone = priya.take(), priya.take()
    left = priya.on(c.Leave, gone)
    clock.advance(2 * MINUTE)
    refusal = refused(priya, left)
    assert (refusal.code, refusal.reason) == (Code.UNDO_TOO_LATE, "The day of H002 is over.")
    priya.undo(visit)  # a ticket that should never have been is void on any day
    assert priya.card(visit).voided


def test_undo_when_the_clock_was_put_back(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    call = priya.next()
    clock.advance(-HOUR)
    priya.undo(call)
    assert priya.card(visit).state is State.WAITING
    books(priya.door)


def test_undo_at_another_desk_brings_back_to_the_first(priya: At, ewan: At) -> None:
    visit = priya.take()
    priya.next()
    priya.on(c.StartService, visit)
    hold = priya.on(c.Hold, visit)
    ewan.undo(hold)
    assert priya.view().present is not None
    assert priya.view().present.counter == "Counter 1"
    assert [row.state for row in ewan.view().counters if row.counter_id == COUNTER_2] == [None]


def test_whoever_signs_in_next_is_not_offered_what_the_one_before_has_done(priya: At) -> None:
    priya.take()
    undoable = priya.view().undoable
    assert undoable is not None
    priya.door.do(c.SignOff(**priya.who, close_day=False))
    grace = At(priya.door, priya.counter, GRACE, priya.station).sign_in()
    assert grace.view().undoable is None
    grace.take()
    assert grace.view().undoable is not None
