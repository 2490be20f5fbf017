"""Signing in and off, the close of the day, evacuation: through the door, on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, SetClock
from reception.domain import events as e
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.codec import fact_from_json
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.support import COUNTER_1, COUNTER_2, EWAN, GRACE, OFFICE, PIN, PRIYA, At, door_on

MONDAY = date(2026, 3, 2)
MIDNIGHT = TEN_O_CLOCK + 14 * HOUR


def sign_off(at: At, **more: Any) -> c.Result:
    return at.door.do(c.SignOff(**at.who, **more))


def evacuate(at: At) -> c.Result:
    return at.door.do(c.Evacuate(**at.who))


def end_evacuation(at: At, *, resume: bool) -> c.Result:
    return at.door.do(c.EndEvacuation(**at.who, resume=resume))


def close_days(at: At) -> None:
    at.door.do(c.CloseDay(office_id=OFFICE))


def facts_of_the_office(at: At) -> list[e.Fact]:
    with at.door._database.read() as (connection, _head, _now):
        rows = connection.execute(
            sa.select(t.journal.c.kind, t.journal.c.data)
            .where(t.journal.c.visit_id.is_(None))
            .order_by(t.journal.c.sequence)
        )
        return [fact_from_json(kind, data) for kind, data in rows]


def days_closed(at: At) -> list[date]:
    return [fact.day for fact in facts_of_the_office(at) if isinstance(fact, e.DayClosed)]


def serving(at: At, **more: Any) -> c.Result:
    visit = at.take(**more)
    at.next()
    at.on(c.StartService, visit)
    return visit


# -- signing in --------------------------------------------------------------------------------------------------


def test_a_counter_has_one_person_and_a_person_one_counter(priya: At, ewan: At) -> None:
    with pytest.raises(Refusal, match="Ewan Pritchard is signed in at Counter 2") as taken:
        At(priya.door, COUNTER_2, GRACE, "Desk 3").sign_in()
    assert taken.value.code is Code.COUNTER_TAKEN
    priya.door.do(c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=GRACE, pin=PIN, take_over=True))
    assert [row.officer_id for row in priya.view().counters] == [PRIYA, GRACE, ""]
    priya.door.do(c.SignIn(office_id=OFFICE, counter_id=COUNTER_1, officer_id=GRACE, pin=PIN, take_over=True))
    assert [row.officer_id for row in priya.view().counters] == [GRACE, "", ""]


def test_a_counter_with_a_visitor_is_not_taken_over(priya: At, ewan: At) -> None:
    serving(ewan)
    with pytest.raises(Refusal) as busy:
        priya.door.do(c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=GRACE, pin=PIN, take_over=True))
    assert busy.value.code is Code.COUNTER_BUSY
    with pytest.raises(Refusal, match="You still have a visitor at Counter 2") as own:
        priya.door.do(c.SignIn(office_id=OFFICE, counter_id="counter-3", officer_id=EWAN, pin=PIN))
    assert own.value.code is Code.COUNTER_BUSY


def test_the_same_person_comes_back_after_a_crash(priya: At) -> None:
    visit = serving(priya)
    again = At(priya.door, station="Desk 9").sign_in()
    with pytest.raises(Refusal) as old_window:
        priya.on(c.Finish, visit)
    assert old_window.value.code is Code.NOT_SIGNED_IN
    assert sign_off(priya, at_hand=c.AtHand.FINISH).number == ""  # the old window has nothing to sign off from
    assert again.card(visit).state is State.SERVING
    assert again.view().officer_id == PRIYA
    again.on(c.Finish, visit)


def test_a_wrong_pin_counts_and_five_lock(priya: At, clock: SetClock) -> None:
    def try_with(pin: str) -> Code | None:
        try:
            priya.door.do(c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=EWAN, pin=pin))
        except Refusal as refusal:
            return refusal.code
        return None

    assert [try_with("0000") for _ in range(4)] == [Code.WRONG_PIN] * 4
    assert try_with(PIN) is None  # a right one forgives
    assert [try_with("0000") for _ in range(5)] == [Code.WRONG_PIN] * 4 + [Code.PIN_LOCKED]
    assert try_with(PIN) is Code.PIN_LOCKED
    clock.advance(5 * MINUTE - 1)
    assert try_with(PIN) is Code.PIN_LOCKED
    clock.advance(1)
    assert try_with(PIN) is None
    refused = [fact for fact in facts_of_the_office(priya) if isinstance(fact, e.SignInRefused)]
    assert refused == [e.SignInRefused(EWAN)] * 9


def test_a_clock_that_was_put_back_locks_nobody_for_longer(priya: At, clock: SetClock) -> None:
    def try_with(pin: str) -> str:
        try:
            priya.door.do(c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=EWAN, pin=pin))
        except Refusal as refusal:
            return refusal.reason
        return ""

    for _ in range(5):
        try_with("0000")
    clock.advance(-HOUR)
    assert try_with(PIN).endswith("This name is locked for 5 more minutes.")
    clock.advance(2 * MINUTE)
    assert try_with(PIN).endswith("This name is locked for 3 more minutes.")
    clock.advance(3 * MINUTE)
    assert try_with(PIN) == ""


def test_a_wrong_pin_sent_twice_with_one_id_counts_once(priya: At) -> None:
    """A lost reply and its repeat are one try. An id that was refused is spent: a right PIN needs a new question."""
    sent = c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=EWAN, pin="0000")
    refusals = []
    for command in (sent, sent, replace(sent, pin=PIN), *[sent] * 6):
        with pytest.raises(Refusal) as caught:
            priya.door.do(command)
        refusals.append((caught.value.code, caught.value.remedy))
    assert refusals == [(Code.WRONG_PIN, "Try again; 4 tries are left.")] * 9
    assert [fact for fact in facts_of_the_office(priya) if isinstance(fact, e.SignInRefused)] == [e.SignInRefused(EWAN)]
    priya.door.do(replace(sent, id=c.new_id(), pin=PIN))


def test_the_last_wrong_pin_sent_twice_is_answered_as_locked(priya: At, clock: SetClock) -> None:
    tries = [c.SignIn(office_id=OFFICE, counter_id=COUNTER_2, officer_id=EWAN, pin="0000") for _ in range(5)]
    for command in (*tries, tries[-1]):
        with pytest.raises(Refusal) as caught:
            priya.door.do(command)
    assert caught.value.code is Code.PIN_LOCKED
    clock.advance(5 * MINUTE)
    with pytest.raises(Refusal) as caught:
        priya.door.do(tries[-1])
    assert (caught.value.code, caught.value.remedy) == (Code.WRONG_PIN, "Try again; 5 tries are left.")


# -- signing off -------------------------------------------------------------------------------------------------


def test_a_called_visit_returns_to_its_place(priya: At, ewan: At, clock: SetClock) -> None:
    first = ewan.take()
    ewan.take()
    priya.next()
    clock.advance(MINUTE)
    assert sign_off(priya).number == first.number
    assert ewan.view().queue[0].visit_id == first.visit_id
    card = priya.card(first)
    assert (card.state, card.leg, card.since, card.waited) == (State.WAITING, 1, TEN_O_CLOCK, MINUTE)


def test_a_visit_being_served_asks_what_to_do(priya: At, ewan: At) -> None:
    visit = serving(priya)
    with pytest.raises(Refusal, match="still being served here") as asked:
        sign_off(priya)
    assert asked.value.code is Code.COUNTER_BUSY
    assert priya.card(visit).state is State.SERVING
    assert priya.view().officer_id == PRIYA


def test_signing_off_finishes(priya: At, ewan: At) -> None:
    visit = serving(priya)
    sign_off(priya, at_hand=c.AtHand.FINISH)
    assert priya.card(visit).end is End.RESOLVED
    assert [row.officer_id for row in priya.view().counters] == ["", EWAN, ""]


def test_signing_off_hands_over_to_anyone(priya: At, ewan: At, clock: SetClock) -> None:
    """Also a visit that asked for the one who goes."""
    visit = serving(priya, named_officer_id=PRIYA)
    clock.advance(MINUTE)
    sign_off(priya, at_hand=c.AtHand.HAND_OVER)
    card = priya.card(visit)
    assert (card.state, card.leg, card.since) == (State.WAITING, 2, TEN_O_CLOCK + MINUTE)
    assert ewan.next().visit_id == visit.visit_id
    books(priya.door)


def test_what_is_held_at_a_counter_that_shut_is_taken_up_elsewhere(priya: At, ewan: At) -> None:
    visit = serving(priya)
    sign_off(priya, at_hand=c.AtHand.HOLD)
    assert (priya.card(visit).state, priya.card(visit).held_from_service) == (State.ON_HOLD, True)
    with pytest.raises(Refusal):
        ewan.on(c.EndHold, visit)  # the service goes on only where it was
    ewan.on(c.ReturnToQueue, visit)
    assert ewan.next().visit_id == visit.visit_id
    books(priya.door)


def test_what_is_held_at_a_counter_at_work_is_that_counters(priya: At, ewan: At) -> None:
    visit = serving(priya)
    priya.on(c.Hold, visit)
    for command, more in (
        (c.ReturnToQueue, {}),
        (c.Leave, {}),
        (c.Transfer, {"service_id": "planning"}),
        (c.Finish, {"end": End.BOOKED}),
    ):
        with pytest.raises(Refusal, match="is at Counter 1") as refused:
            ewan.on(command, visit, **more)
        assert refused.value.code is Code.ALREADY_TAKEN


def test_only_who_is_signed_in_acts_at_a_counter(priya: At) -> None:
    """Two windows of one counter: the one that was taken over does nothing to the other's visitor."""
    other = At(priya.door, COUNTER_1, EWAN, "Desk 2")
    priya.door.do(c.SignIn(**other.who, pin=PIN, take_over=True))
    visit = serving(other)
    for command in (c.Leave, c.Hold, c.ReturnToQueue, c.Finish):
        with pytest.raises(Refusal, match="Somebody else has signed in") as refused:
            priya.on(command, visit)
        assert refused.value.code is Code.NOT_SIGNED_IN
    for call in (c.CallNext(**priya.who), c.FinishAndCallNext(**priya.who, visit_id=visit.visit_id)):
        with pytest.raises(Refusal, match="Somebody else has signed in"):
            priya.door.do(call)
    assert sign_off(priya).number == ""  # nothing to sign off from
    assert other.card(visit).state is State.SERVING


# -- the close of the day ----------------------------------------------------------------------------------------


def test_the_last_counter_is_asked_whether_the_day_is_over(priya: At, ewan: At) -> None:
    priya.take()
    priya.take()
    sign_off(ewan)
    with pytest.raises(Refusal, match="2 visits are not finished") as asked:
        sign_off(priya)
    assert asked.value.code is Code.LAST_COUNTER
    assert priya.view().officer_id == PRIYA
    sign_off(priya, close_day=False)
    assert [row.officer_id for row in priya.view().counters] == ["", "", ""]
    assert len(priya.view().queue) == 2
    assert days_closed(priya) == []


def test_the_last_counter_closes_the_day(priya: At, ewan: At, clock: SetClock) -> None:
    seen = serving(priya)
    priya.on(c.Transfer, seen, service_id="planning")
    unseen = priya.take()
    out = priya.take()
    priya.on(c.Hold, out, own_request=True)
    clock.advance(20 * MINUTE)
    with pytest.raises(Refusal, match="signed in at Counter 1, so the day is not closed") as not_the_last:
        sign_off(ewan, close_day=True)
    assert not_the_last.value.code is Code.NOT_POSSIBLE_NOW
    assert priya.view().counters[1].officer_id == EWAN
    sign_off(ewan, close_day=False)
    assert priya.card(unseen).state is State.WAITING
    sign_off(priya, close_day=True)
    assert {priya.card(visit).end for visit in (seen, unseen, out)} == {End.UNRESOLVED}
    assert priya.card(unseen).ended_at == clock.now()
    assert days_closed(priya) == [MONDAY]
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert (report.seen, report.unresolved_unseen_after, report.unresolved_unseen_before) == (1, 1, 1)
    books(priya.door)


@pytest.mark.parametrize("at_hand", c.AtHand)
def test_the_last_counter_closes_the_day_with_a_visitor_in_service(priya: At, at_hand: c.AtHand) -> None:
    visit = serving(priya)
    sign_off(priya, at_hand=at_hand, close_day=True)
    assert priya.card(visit).end is (End.RESOLVED if at_hand is c.AtHand.FINISH else End.UNRESOLVED)
    books(priya.door)


def test_the_last_counter_closes_the_day_with_a_visitor_called(priya: At) -> None:
    visit = priya.take()
    priya.next()
    assert sign_off(priya, close_day=True).number == visit.number
    assert priya.card(visit).end is End.UNRESOLVED
    books(priya.door)


def test_with_nobody_left_the_last_counter_just_goes(priya: At) -> None:
    visit = serving(priya)
    assert sign_off(priya, at_hand=c.AtHand.FINISH).number == visit.number
    assert priya.view().counters[0].officer_id == ""


def test_closing_time_ends_nothing(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.at = TEN_O_CLOCK + 9 * HOUR  # two hours after closing
    assert priya.view().queue[0].visit_id == visit.visit_id
    assert priya.next().visit_id == visit.visit_id


def test_what_is_open_at_midnight_ends_then(priya: At, clock: SetClock) -> None:
    unseen = priya.take()
    clock.at = MIDNIGHT - 10 * MINUTE
    seen, called = priya.take(), priya.take()
    priya.on(c.CallVisit, seen, reason="by the door")
    priya.on(c.StartService, seen)
    ewan = At(priya.door, COUNTER_2, EWAN, "Desk 2").sign_in()
    ewan.on(c.CallVisit, called, reason="by the door")
    clock.at = MIDNIGHT + 8 * HOUR
    assert priya.view().queue == ()  # a desk is looked at
    for visit in (unseen, seen, called):
        card = priya.card(visit)
        assert (card.end, card.ended_at) == (End.UNRESOLVED, MIDNIGHT)
    assert days_closed(priya) == [MONDAY]
    assert [row.officer_id for row in priya.view().counters] == ["", "", ""]
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert (report.seen, report.unresolved_unseen_after, report.unresolved_unseen_before) == (1, 1, 1)
    stored = books(priya.door)
    assert stored[seen.visit_id].visit.leg.service_time is None
    close_days(priya)
    assert days_closed(priya) == [MONDAY]  # once


@pytest.mark.parametrize("waiting", [0, 1])
def test_a_view_holds_no_longer_than_its_day(priya: At, clock: SetClock, waiting: int) -> None:
    """A desk left open overnight asks again at midnight, which closes the day, though nothing has happened."""
    for _ in range(waiting):
        priya.take()
    clock.at = MIDNIGHT - HOUR
    assert priya.view().order_valid_until == MIDNIGHT
    clock.at = MIDNIGHT
    assert priya.view().queue == ()
    assert priya.view().order_valid_until == MIDNIGHT + 24 * HOUR


def test_two_days_later_each_day_closes_at_its_own_midnight(priya: At, clock: SetClock) -> None:
    monday = priya.take()
    clock.at = MIDNIGHT + 10 * HOUR
    tuesday = priya.take()
    clock.at = MIDNIGHT + 58 * HOUR
    close_days(priya)
    assert priya.card(monday).ended_at == MIDNIGHT
    assert priya.card(tuesday).ended_at == MIDNIGHT + 24 * HOUR
    assert days_closed(priya) == [MONDAY, date(2026, 3, 3)]


def test_nobody_of_a_day_that_is_over_is_called(priya: At, clock: SetClock) -> None:
    """Though no desk was looked at since midnight."""
    yesterday = priya.take()
    clock.at = MIDNIGHT + MINUTE
    with pytest.raises(Refusal) as nobody:
        priya.next()
    assert nobody.value.code is Code.NOBODY_WAITING
    with pytest.raises(Refusal, match="of a day that is over") as over:
        priya.on(c.CallVisit, yesterday, reason="still here")
    assert over.value.code is Code.OTHER_DAY
    today = priya.take()
    assert priya.next().visit_id == today.visit_id


def test_a_visitor_after_midnight_keeps_the_counter_open(priya: At, clock: SetClock) -> None:
    clock.at = MIDNIGHT + MINUTE
    visit = serving(priya)
    close_days(priya)
    assert priya.view().officer_id == PRIYA
    priya.on(c.Finish, visit)


def test_the_last_counter_signs_off_after_midnight(priya: At, clock: SetClock) -> None:
    yesterday = priya.take()
    clock.at = MIDNIGHT + 5 * MINUTE
    today = priya.take()
    sign_off(priya, close_day=True)
    assert priya.card(yesterday).ended_at == MIDNIGHT
    assert priya.card(today).ended_at == clock.now()
    assert days_closed(priya) == [MONDAY, date(2026, 3, 3)]


def test_a_service_across_midnight_that_nobody_looked_at(priya: At, clock: SetClock) -> None:
    clock.at = MIDNIGHT - MINUTE
    visit = serving(priya)
    clock.at = MIDNIGHT + MINUTE
    priya.on(c.Finish, visit)
    card = priya.card(visit)
    assert (card.end, card.ended_at) == (End.RESOLVED, MIDNIGHT + MINUTE)
    close_days(priya)
    assert priya.card(visit).end is End.RESOLVED
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, date(2026, 3, 3), by="day"))
    assert (report.group, report.visits, report.seen) == ("2026-03-02", 1, 1)  # counted where it arrived


# -- evacuation --------------------------------------------------------------------------------------------------


def test_calls_freeze_and_resume(priya: At, ewan: At, clock: SetClock) -> None:
    served, called, waiting = serving(priya), ewan.take(), ewan.take()
    ewan.next()
    evacuate(priya)
    assert priya.view().evacuated_at == clock.now()
    frozen = (
        priya.take,
        lambda: ewan.on(c.CallAgain, called),
        lambda: At(priya.door, "counter-3", GRACE, "Desk 3").sign_in().next(),
        lambda: ewan.on(c.CallVisit, waiting, reason="ill"),
    )
    for do in frozen:
        with pytest.raises(Refusal, match="being evacuated") as refused:
            do()
        assert refused.value.code is Code.EVACUATED
    finished = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=served.visit_id))
    assert (finished.finished_number, finished.number) == (served.number, "")
    clock.advance(30 * MINUTE)
    end_evacuation(priya, resume=True)
    assert priya.view().evacuated_at is None
    assert ewan.card(called).state is State.CALLED
    assert priya.next().visit_id == waiting.visit_id
    assert days_closed(priya) == []
    books(priya.door)


def test_an_evacuation_may_close_the_day(priya: At, ewan: At, clock: SetClock) -> None:
    served, called, waiting = serving(priya), ewan.take(), ewan.take()
    ewan.next()
    evacuate(priya)
    clock.advance(30 * MINUTE)
    end_evacuation(priya, resume=False)
    assert {priya.card(visit).end for visit in (served, called, waiting)} == {End.UNRESOLVED}
    assert days_closed(priya) == [MONDAY]
    books(priya.door)


def test_evacuating_twice_is_evacuating_once(priya: At, ewan: At, clock: SetClock) -> None:
    evacuate(priya)
    clock.advance(MINUTE)
    evacuate(ewan)
    assert priya.view().evacuated_at == TEN_O_CLOCK
    end_evacuation(ewan, resume=True)
    facts = [fact for fact in facts_of_the_office(priya) if isinstance(fact, e.OfficeEvacuated | e.EvacuationEnded)]
    assert facts == [e.OfficeEvacuated(), e.EvacuationEnded(True)]


def test_the_day_is_not_closed_by_whose_counter_is_another_s(priya: At) -> None:
    visit = priya.take()
    grace = At(priya.door, COUNTER_1, GRACE, "Desk 1")
    priya.door.do(c.SignIn(**grace.who, pin=PIN, take_over=True))
    with pytest.raises(Refusal) as refused:
        sign_off(priya, close_day=True)
    assert refused.value.code is Code.NOT_SIGNED_IN
    assert priya.card(visit).state is State.WAITING


@pytest.mark.parametrize("resumed", [True, False])
def test_an_evacuation_that_another_desk_ended_is_ended_the_other_way_by_nobody(
    priya: At, ewan: At, resumed: bool
) -> None:
    visit = priya.take()
    evacuate(priya)
    end_evacuation(ewan, resume=resumed)
    end_evacuation(priya, resume=resumed)  # the same: nothing more to do
    with pytest.raises(Refusal, match="calls go on" if resumed else "closed the day") as refused:
        end_evacuation(priya, resume=not resumed)
    assert refused.value.code is Code.NOT_POSSIBLE_NOW
    assert priya.card(visit).state is (State.WAITING if resumed else State.ENDED)
    facts = [fact for fact in facts_of_the_office(priya) if isinstance(fact, e.EvacuationEnded)]
    assert facts == [e.EvacuationEnded(resumed)]


def test_the_last_evacuation_is_what_counts(priya: At, ewan: At, clock: SetClock) -> None:
    with pytest.raises(Refusal, match="no evacuation to end"):
        end_evacuation(priya, resume=True)
    for resumed in (False, True):
        evacuate(priya)
        clock.advance(MINUTE)
        end_evacuation(ewan, resume=resumed)
    end_evacuation(priya, resume=True)


def test_figures_with_and_without_a_day_of_evacuation(priya: At, clock: SetClock) -> None:
    serving(priya)
    evacuate(priya)
    clock.advance(MINUTE)
    end_evacuation(priya, resume=True)
    clock.at = MIDNIGHT + 10 * HOUR
    close_days(priya)
    priya.sign_in().take()
    tuesday = date(2026, 3, 3)
    (with_it,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, tuesday))
    (without,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, tuesday, without_evacuations=True))
    assert (with_it.visits, without.visits) == (2, 1)


def test_the_desk_knows_how_many_are_inside_and_who_needs_step_free_ways(database_url: str) -> None:
    door = door_on(database_url)
    at = At(door).set_up().sign_in()
    person = Person(needs=frozenset({Need.STEP_FREE}))
    at.take(party_size=4, person=person)
    at.on(c.StartService, at.next())
    held = at.take(party_size=3, person=person)
    at.on(c.Hold, held)
    view = at.view()
    row = next(each for each in view.counters if each.number)
    assert (row.party_size, row.step_free) == (4, True)
    assert [(each.party_size, each.step_free) for each in view.asides] == [(3, True)]
    door.close()
