"""Who is called at a counter, who is seen first, and how often others were overtaken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reception.clock import HOUR, MINUTE, SECOND, SetClock
from reception.domain import events as e
from reception.domain.office import Counter
from reception.domain.visit_states import Why
from reception.errors import Code
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.services.walk_ins import change, reasons, refused
from tests.support import COUNCIL_TAX, COUNTER_1, COUNTER_2, EWAN, GRACE, HOUSING, OFFICE, PLANNING, At

# -- who is called --------------------------------------------------------------------------------------------------


def test_only_what_this_officer_may_serve(priya: At, grace: At, clock: SetClock) -> None:
    tax = priya.take(COUNCIL_TAX)
    refused(Code.NOBODY_WAITING, grace.next)
    clock.advance(SECOND)
    housing = priya.take(HOUSING)
    assert grace.view().next_for_me == housing.visit_id
    assert priya.view().next_for_me == tax.visit_id
    assert grace.next().visit_id == housing.visit_id


def test_only_what_this_counter_is_for(priya: At, ewan: At) -> None:
    change(
        priya,
        counters=(Counter(COUNTER_1, "Counter 1", frozenset({COUNCIL_TAX})), Counter(COUNTER_2, "Counter 2")),
    )
    housing = priya.take(HOUSING)
    refused(Code.NOBODY_WAITING, priya.next)
    assert ewan.next().visit_id == housing.visit_id


def test_who_asked_for_an_officer_waits_for_that_officer(priya: At, ewan: At, grace: At) -> None:
    visit = priya.take(named_officer_id=GRACE)
    refused(Code.NOBODY_WAITING, priya.next)
    refused(Code.NOBODY_WAITING, ewan.next)
    assert grace.next().visit_id == visit.visit_id


def test_the_desk_shows_whom_calling_calls_and_why(priya: At, ewan: At, clock: SetClock) -> None:
    """Through a changing queue, the row said to be next is the one called, with the word that it bore."""
    for minutes, service in ((0, HOUSING), (3, PLANNING), (6, HOUSING), (4, COUNCIL_TAX), (9, HOUSING)):
        clock.advance(minutes * MINUTE)
        priya.take(service)
    child = priya.take(see_first_reason="a child alone")
    words = []
    for _ in range(6):
        clock.advance(20 * SECOND)
        view = ewan.view()
        row = next(row for row in view.queue if row.visit_id == view.next_for_me)
        called = ewan.next()
        assert (called.visit_id, called.why) == (row.visit_id, row.why)
        words.append(called.why)
        ewan.on(c.StartService, called)
        ewan.on(c.Finish, called)
    assert called.visit_id != child.visit_id
    assert words == ["see_first", "guard_passed", "can_be_kept", "overtaken_twice", "can_be_kept", "can_be_kept"]
    refused(Code.NOBODY_WAITING, ewan.next)


def test_being_overtaken_counts_and_twice_is_enough(priya: At, ewan: At, clock: SetClock) -> None:
    old = priya.take()  # past its promise at 10:15
    clock.advance(6 * MINUTE)
    first, second, third = (priya.take() for _ in range(3))
    clock.advance(10 * MINUTE)
    assert [ewan.next().visit_id, priya.next().visit_id] == [first.visit_id, second.visit_id]
    assert [(row.visit_id, row.why) for row in priya.view().queue] == [
        (old.visit_id, Why.OVERTAKEN_TWICE),
        (third.visit_id, Why.CAN_BE_KEPT),
    ]
    books(priya.door)


def test_being_passed_over_by_who_could_not_serve_it_is_no_overtaking(priya: At, grace: At, clock: SetClock) -> None:
    priya.take(COUNCIL_TAX)
    clock.advance(MINUTE)
    for _ in range(3):
        visit = priya.take(HOUSING)
        grace.next()
        grace.on(c.StartService, visit)
        grace.on(c.Finish, visit)
    assert priya.view().queue[0].why is Why.CAN_BE_KEPT
    books(priya.door)


def test_a_particular_person_is_called_with_a_reason(priya: At, ewan: At, clock: SetClock) -> None:
    first = priya.take()
    clock.advance(MINUTE)
    ill = priya.take()
    refused(Code.REASON_NEEDED, priya.on, c.CallVisit, ill, reason="  ")
    called = priya.on(c.CallVisit, ill, reason=" fainted ")
    assert called.why == Why.NAMED
    assert reasons(priya, ill) == [("named_call", "fainted")]
    refused(Code.ALREADY_TAKEN, ewan.on, c.CallVisit, ill, reason="mine")
    held = priya.take()
    priya.on(c.Hold, held)
    refused(Code.NOT_POSSIBLE_NOW, ewan.on, c.CallVisit, held, reason="mine")
    assert [row.visit_id for row in priya.view().queue] == [first.visit_id]
    stored = books(priya.door)
    (call,) = [item.fact for item in stored[ill.visit_id].facts if isinstance(item.fact, e.VisitCalled)]
    assert call.overtook == (first.visit_id,)


def test_calling_by_name_what_one_is_not_trained_for_still_overtakes(priya: At, grace: At, clock: SetClock) -> None:
    housing = priya.take(HOUSING)
    clock.advance(MINUTE)
    tax = priya.take(COUNCIL_TAX)
    grace.on(c.CallVisit, tax, reason="knows the case")
    stored = books(priya.door)
    (call,) = [item.fact for item in stored[tax.visit_id].facts if isinstance(item.fact, e.VisitCalled)]
    assert call.overtook == (housing.visit_id,)


def test_one_visitor_at_a_counter(priya: At) -> None:
    visit = priya.take()
    other = priya.take()
    priya.next()
    assert "H001 is still at Counter 1" in refused(Code.COUNTER_BUSY, priya.next).reason
    refused(Code.COUNTER_BUSY, priya.on, c.CallVisit, other, reason="x")
    priya.on(c.StartService, visit)
    priya.on(c.Hold, visit)
    assert priya.next().visit_id == other.visit_id
    refused(Code.COUNTER_BUSY, priya.on, c.EndHold, visit)
    priya.on(c.WithdrawCall, other)
    priya.on(c.EndHold, visit)
    assert priya.view().present is not None
    assert priya.view().present.visit_id == visit.visit_id
    books(priya.door)


def test_who_is_not_signed_in_calls_nobody(priya: At) -> None:
    visit = priya.take()
    stranger = At(priya.door, COUNTER_2, EWAN, "Desk 2")
    refused(Code.NOT_SIGNED_IN, stranger.next)
    refused(Code.NOT_SIGNED_IN, stranger.on, c.CallVisit, visit, reason="x")
    elsewhere = At(priya.door, station="Desk 7")
    refused(Code.NOT_SIGNED_IN, elsewhere.next)


def test_calling_again_and_starting_are_that_counters(priya: At, ewan: At) -> None:
    visit = priya.take()
    priya.next()
    for command in (c.CallAgain, c.StartService, c.WithdrawCall, c.NoShow, c.Hold, c.Leave):
        assert refused(Code.ALREADY_TAKEN, ewan.on, command, visit).reason == "H001 is at Counter 1."
    priya.on(c.CallAgain, visit)
    assert priya.card(visit).calls == 2
    priya.on(c.StartService, visit)


def test_a_no_show_after_the_offices_number_of_calls(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(14 * MINUTE)
    priya.next()
    refused(Code.TOO_SOON, priya.on, c.NoShow, visit)
    clock.advance(2 * MINUTE)
    priya.on(c.CallAgain, visit)
    priya.on(c.NoShow, visit)
    clock.advance(20 * MINUTE)
    priya.on(c.Reinstate, visit)
    row = priya.view().queue[0]
    assert (row.arrived_at, row.why, row.judged) == (TEN_O_CLOCK, Why.GUARD_PASSED, 14 * MINUTE)
    assert priya.view().queue[0].judged == 14 * MINUTE, "remembered"
    assert priya.card(visit).judged == 14 * MINUTE
    assert priya.door.ask(aq.Duties(OFFICE)) == (), "nothing more can be lost, so nothing is to be told"
    priya.next()
    priya.on(c.StartService, visit)
    card = priya.card(visit)
    assert (card.first_wait, card.reinstated) == (14 * MINUTE, True)
    clock.advance(24 * HOUR)
    refused(Code.NOT_POSSIBLE_NOW, priya.on, c.Reinstate, visit)


def test_a_no_show_of_yesterday_takes_a_new_ticket(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    priya.next()
    priya.on(c.CallAgain, visit)
    priya.on(c.NoShow, visit)
    clock.advance(24 * HOUR)
    refused(Code.OTHER_DAY, priya.on, c.Reinstate, visit)


# -- see first ------------------------------------------------------------------------------------------------------


def test_seen_first_is_shown_and_why_is_not(priya: At, clock: SetClock) -> None:
    priya.take()
    clock.advance(MINUTE)
    visit = priya.take()
    refused(Code.REASON_NEEDED, priya.on, c.SeeFirst, visit)
    priya.on(c.SeeFirst, visit, reason="safeguarding")
    row = priya.view().queue[0]
    assert (row.visit_id, row.see_first, row.why) == (visit.visit_id, True, Why.SEE_FIRST)
    assert reasons(priya, visit) == [("see_first", "safeguarding")]
    assert "safeguarding" not in repr((priya.view(), priya.card(visit), books(priya.door)))
    priya.on(c.SeeFirst, visit, on=False)
    assert priya.view().queue[1].visit_id == visit.visit_id


@pytest.mark.parametrize(
    "rule", ["keep_promises", "earliest_deadline", "first_come", "appointments_first", "staff_priority"]
)
def test_every_rule_can_be_chosen_and_minds_see_first(priya: At, clock: SetClock, rule: str) -> None:
    change(priya, rule=rule)
    for _ in range(2):
        priya.take()
        clock.advance(MINUTE)
    child = priya.take(see_first_reason="a child alone")
    assert priya.next().visit_id == child.visit_id


# -- overtaking -----------------------------------------------------------------------------------------------------


def put_back(at: At, visit: c.Result) -> c.Result:
    return at.on(c.WithdrawCall, visit)


def back_to_the_queue(at: At, visit: c.Result) -> c.Result:
    return at.on(c.ReturnToQueue, visit)


def signed_off(at: At, visit: c.Result) -> c.Result:
    result = at.door.do(c.SignOff(**at.who))
    at.sign_in()
    return result


@pytest.mark.parametrize("withdraw", [put_back, back_to_the_queue, signed_off])
def test_a_call_that_was_withdrawn_has_overtaken_nobody(
    priya: At, ewan: At, clock: SetClock, withdraw: Callable[[At, c.Result], c.Result]
) -> None:
    """However it was withdrawn; and undoing that makes it count again."""
    old = priya.take()
    clock.advance(10 * MINUTE)
    young = priya.take()
    clock.advance(6 * MINUTE)
    for _ in range(3):
        assert (called := priya.next()).visit_id == young.visit_id
        assert called.why == Why.CAN_BE_KEPT
        withdrawn = withdraw(priya, young)
        books(priya.door)
    assert priya.view().queue[1].visit_id == old.visit_id
    assert priya.view().queue[1].why is Why.PAST_PROMISE
    priya.undo(withdrawn)
    books(priya.door)
    priya.on(c.StartService, young)
    priya.on(c.Finish, young)
    another = priya.take()
    priya.next()
    priya.on(c.StartService, another)
    priya.on(c.Finish, another)
    assert priya.view().queue[0].why is Why.OVERTAKEN_TWICE
    books(priya.door)


def test_a_withdrawn_call_of_before_the_leg_takes_none_from_it(priya: At, ewan: At, clock: SetClock) -> None:
    """The call that was withdrawn is older than the leg that another call has overtaken."""
    old = priya.take()
    clock.advance(MINUTE)
    young = priya.take()
    ewan.on(c.CallVisit, young, reason="by the door")
    priya.on(c.CallVisit, old, reason="in turn")
    priya.on(c.StartService, old)
    priya.on(c.ReturnToQueue, old)
    books(priya.door)
    put_back(ewan, young)
    books(priya.door)
