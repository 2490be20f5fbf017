"""A walk-in's life through the door: tickets, calls, holds, transfers, ends, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, SECOND, SetClock
from reception.domain import events as e
from reception.domain.office import Counter
from reception.domain.person import Need, Person
from reception.domain.visit_states import End, State, Why
from reception.errors import Code, Refusal
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.queries import paper_of
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.support import (
    COUNCIL_TAX,
    COUNTER_1,
    COUNTER_2,
    EWAN,
    GRACE,
    HOUSING,
    OFFICE,
    PLANNING,
    At,
    settings,
)

MONDAY = date(2026, 3, 2)


def refused(code: Code, do: Any, *arguments: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do(*arguments, **more)
    assert caught.value.code is code
    return caught.value


def serve(at: At, visit: c.Result) -> None:
    """Called by name and started."""
    at.on(c.CallVisit, visit, reason="test")
    at.on(c.StartService, visit)


def reasons(at: At, visit: c.Result) -> list[tuple[str, str]]:
    with at.door._database.read() as (connection, _head, _now):
        rows = connection.execute(
            sa.select(t.visit_reason.c.kind, t.visit_reason.c.reason).where(t.visit_reason.c.visit_id == visit.visit_id)
        )
        return [(kind, reason) for kind, reason in rows]


def change(at: At, **changes: Any) -> None:
    at.change_settings(settings(**changes))


# -- tickets -----------------------------------------------------------------------------------------------------


def test_numbers_run_by_letter_and_a_refused_ticket_uses_none_up(priya: At) -> None:
    assert [priya.take(service).number for service in (HOUSING, HOUSING, COUNCIL_TAX, HOUSING)] == [
        "H001",
        "H002",
        "C001",
        "H003",
    ]
    refused(Code.BAD_INPUT, priya.take, party_size=0)
    refused(Code.BAD_INPUT, priya.take, party_size=100)
    refused(Code.UNKNOWN_THING, priya.take, "no-such-service")
    refused(Code.UNKNOWN_THING, priya.take, then_services=("no-such-service",))
    refused(Code.UNKNOWN_THING, priya.take, named_officer_id="nobody")
    refused(Code.UNKNOWN_VISIT, priya.take, linked_to="0" * 32)  # after the number was drawn
    refused(Code.BAD_INPUT, priya.take, person=Person(note="x" * 2001))
    assert priya.take().number == "H004"
    books(priya.door)


def test_a_ticket_keeps_what_was_said(priya: At) -> None:
    person = Person(
        name="Zoë Ó Briain '; DROP TABLE visit;-- 李小龍 👩‍👧",
        spoken="bfi",
        written="en",
        needs=frozenset({Need.BSL, Need.CHILDREN}),
        note="=1+1",
    )
    visit = priya.take(person=person, party_size=3)
    card = priya.card(visit)
    assert (card.person, card.party_size, card.code[:3]) == (person, 3, "RC-")
    corrected = replace(person, name="ـ" * 300, written="zh-Hant")
    priya.correct(visit, corrected, 2)
    assert (priya.card(visit).person, priya.card(visit).party_size) == (corrected, 2)
    refused(Code.BAD_INPUT, priya.correct, visit, corrected, 0)


def test_a_party_counts_once(priya: At) -> None:
    priya.take(party_size=6)
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert report.visits == 1


def test_an_officer_who_does_not_serve_it_is_not_waited_for(priya: At) -> None:
    """Grace serves housing and planning: who waited for her with council tax would wait for ever."""
    assert "does not serve" in refused(Code.BAD_INPUT, priya.take, COUNCIL_TAX, named_officer_id=GRACE).reason
    visit = priya.take(PLANNING, named_officer_id=GRACE)
    refused(Code.BAD_INPUT, priya.on, c.Transfer, visit, service_id=COUNCIL_TAX, named_officer_id=GRACE)
    assert priya.take().number == "H001"


# -- who is called -----------------------------------------------------------------------------------------------


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


# -- see first ---------------------------------------------------------------------------------------------------


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


# -- holds, legs, several services -------------------------------------------------------------------------------


def test_held_by_staff_it_cannot_be_called_and_the_clock_runs_on(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(2 * MINUTE)
    priya.on(c.Hold, visit)
    refused(Code.NOBODY_WAITING, priya.next)
    clock.advance(6 * MINUTE)
    priya.on(c.EndHold, visit)
    assert priya.view().queue[0].deadline == TEN_O_CLOCK + 15 * MINUTE
    priya.next()
    priya.on(c.StartService, visit)
    assert priya.card(visit).first_wait == 8 * MINUTE


def test_stepped_out_the_clock_stands_and_the_deadline_moves(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(2 * MINUTE)
    priya.on(c.Hold, visit, own_request=True)
    refused(Code.NOBODY_WAITING, priya.next)
    clock.advance(20 * MINUTE)
    priya.on(c.EndHold, visit)
    row = priya.view().queue[0]
    assert (row.stepped_out, row.deadline, row.why) == (
        20 * MINUTE,
        TEN_O_CLOCK + 35 * MINUTE,
        Why.CAN_BE_KEPT,
    )
    priya.next()
    priya.on(c.StartService, visit)
    assert priya.card(visit).first_wait == 2 * MINUTE


def test_the_wait_in_all_stands_still_while_the_visitor_is_out(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(2 * MINUTE)
    serve(priya, visit)
    priya.on(c.ReturnToQueue, visit)
    clock.advance(3 * MINUTE)
    priya.on(c.Hold, visit, own_request=True)
    clock.advance(30 * MINUTE)
    assert (priya.card(visit).waited, priya.card(visit).total_wait) == (3 * MINUTE, 5 * MINUTE)
    priya.on(c.EndHold, visit)
    clock.advance(MINUTE)
    assert priya.card(visit).total_wait == 6 * MINUTE


def test_a_later_legs_deadline_counts_from_its_start(priya: At, ewan: At, clock: SetClock) -> None:
    visit = priya.take()
    serve(priya, visit)
    clock.advance(10 * MINUTE)
    other = priya.take()
    clock.advance(MINUTE)
    priya.on(c.Transfer, visit, service_id=PLANNING)
    rows = {row.visit_id: row for row in priya.view().queue}
    assert rows[visit.visit_id].deadline == TEN_O_CLOCK + 26 * MINUTE
    assert rows[visit.visit_id].leg == 2
    assert [row.visit_id for row in priya.view().queue] == [other.visit_id, visit.visit_id]


def test_several_services_in_one_visit(priya: At, clock: SetClock) -> None:
    visit = priya.take(then_services=(COUNCIL_TAX, PLANNING))
    assert priya.card(visit).then_services == ("Council Tax", "Planning")
    left = {"Housing": ("Council Tax", "Planning"), "Council Tax": ("Planning",), "Planning": ()}
    for minutes, service in ((2, "Housing"), (3, "Council Tax"), (4, "Planning")):
        clock.advance(minutes * MINUTE)
        [row] = priya.view().queue
        assert (row.service, row.then_services) == (service, left[service])
        priya.next()
        priya.on(c.StartService, visit)
        assert priya.card(visit).service == service
        clock.advance(MINUTE)
        priya.on(c.Finish, visit)
    card = priya.card(visit)
    assert (card.end, card.leg, card.total_wait, card.first_wait) == (End.RESOLVED, 3, 9 * MINUTE, 2 * MINUTE)
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert (report.visits, report.seen, report.mean_wait_min) == (1, 1, 2.0)


def test_one_matter_signposted_and_on_to_the_next_service(priya: At, clock: SetClock) -> None:
    """The slip names the service that it is about, and the visitor keeps the ticket."""
    visit = priya.take(then_services=(COUNCIL_TAX,))
    serve(priya, visit)
    result = priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to="Citizens Advice")
    assert len(result.prints) == 1
    card = priya.card(visit)
    assert (card.state, card.service, card.end, card.leg) == (State.WAITING, "Council Tax", None, 2)
    _, slip = paper_of(priya.door._database, visit.visit_id, False)
    assert slip is not None
    assert (slip.end, slip.service, slip.signpost_to) == (End.SIGNPOSTED, "Housing", "Citizens Advice")
    books(priya.door)
    priya.undo(result)
    assert (priya.card(visit).state, priya.card(visit).service) == (State.SERVING, "Housing")
    books(priya.door)


def test_to_follow_is_refused_before_the_last_service_and_leaves_nothing_behind(priya: At) -> None:
    visit = priya.take(then_services=(COUNCIL_TAX,))
    serve(priya, visit)
    answer = {"end": End.TO_FOLLOW, "due": MONDAY, "owner_id": EWAN, "note": "ring after ten"}
    refused(Code.SERVICES_LEFT, priya.on, c.Finish, visit, **answer)
    assert priya.card(visit).state is State.SERVING
    priya.on(c.Finish, visit, **answer, without_further=True)
    assert priya.card(visit).end is End.TO_FOLLOW
    books(priya.door)


def test_how_a_visitor_is_to_be_reached_with_the_answer(priya: At) -> None:
    """Beside what was noted before, once, and nowhere in the journal."""
    visit = priya.take(person=Person("Ada", note="has the plans"))
    serve(priya, visit)
    answer = {"end": End.TO_FOLLOW, "due": MONDAY, "owner_id": EWAN, "contact": " 07700 900123 "}
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, **{**answer, "contact": "x" * 2_000})
    finished = priya.on(c.Finish, visit, **answer)
    assert priya.card(visit).person == Person("Ada", note="has the plans; Contact: 07700 900123")
    priya.undo(finished)
    priya.on(c.Finish, visit, **answer, note="wrote it down")
    assert priya.card(visit).person.note == "has the plans; Contact: 07700 900123"
    with priya.door._database.read() as (connection, _head, _now):
        assert not [line for line in connection.execute(sa.select(t.journal.c.data)).scalars() if "900123" in line]
    other = priya.take()
    serve(priya, other)
    priya.on(c.Finish, other, **answer)
    assert priya.card(other).person.note == "Contact: 07700 900123"


def test_another_contact_takes_the_place_of_the_one_before(priya: At) -> None:
    """The end was taken back because it was wrong; what else was noted stays, whatever it contains."""
    visit = priya.take(person=Person(note="flat 12; rings 07700 900123 at noon"))
    serve(priya, visit)
    answer = {"end": End.TO_FOLLOW, "due": MONDAY, "owner_id": EWAN}
    for given, kept in (
        ("07700 900132", "07700 900132"),
        ("12", "12"),
        ("ada@example.org; or ring 12", "ada@example.org, or ring 12"),
        ("07700 900123", "07700 900123"),
    ):
        finished = priya.on(c.Finish, visit, **answer, contact=given)
        note = f"flat 12; rings 07700 900123 at noon; Contact: {kept}"
        assert priya.card(visit).person.note == note
        priya.undo(finished)
    priya.correct(visit, Person(note=f"{note}; not before ten"))
    priya.on(c.Finish, visit, **answer, contact="none")
    assert priya.card(visit).person.note == "flat 12; rings 07700 900123 at noon; not before ten; Contact: none"


def test_whoever_is_out_stays_out_when_transferred(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    priya.on(c.Hold, visit, own_request=True)
    clock.advance(5 * MINUTE)
    priya.on(c.Transfer, visit, service_id=PLANNING)
    assert priya.view().queue == ()
    (aside,) = priya.view().asides
    assert (aside.state, aside.own_request, aside.service) == (State.ON_HOLD, True, "Planning")
    clock.advance(20 * MINUTE)
    priya.on(c.EndHold, visit)
    assert priya.card(visit).waited == 0
    books(priya.door)


def test_the_main_key_calls_the_same_visitor_for_the_next_service(priya: At) -> None:
    """Nobody else waits: finishing the first service and calling next comes to the same visitor."""
    visit = priya.take(then_services=(COUNCIL_TAX,))
    serve(priya, visit)
    result = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=visit.visit_id))
    assert (result.visit_id, result.finished_number) == (visit.visit_id, visit.number)
    card = priya.card(visit)
    assert (card.state, card.service, card.leg) == (State.CALLED, "Council Tax", 2)
    priya.undo(result)
    card = priya.card(visit)
    assert (card.state, card.service, card.leg) == (State.SERVING, "Housing", 1)
    books(priya.door)


def test_the_main_key(priya: At, ewan: At) -> None:
    first, second = priya.take(), priya.take()
    serve(priya, first)
    result = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=first.visit_id))
    assert (result.finished_number, result.number) == (first.number, second.number)
    priya.on(c.StartService, second)
    alone = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=second.visit_id))
    assert (alone.finished_number, alone.number) == (second.number, "")
    assert priya.card(second).end is End.RESOLVED
    refused(Code.NOT_POSSIBLE_NOW, priya.door.do, c.FinishAndCallNext(**ewan.who, visit_id=priya.take().visit_id))


def test_linked_visits_count_each_and_are_called_each(priya: At, clock: SetClock) -> None:
    mother = priya.take()
    son = priya.take(COUNCIL_TAX, linked_to=mother.visit_id)
    clock.advance(SECOND)
    daughter = priya.take(PLANNING)
    priya.on(c.LinkVisits, daughter, other_id=mother.visit_id)
    priya.on(c.LinkVisits, daughter, other_id=mother.visit_id)
    refused(Code.BAD_INPUT, priya.on, c.LinkVisits, son, other_id=son.visit_id)
    refused(Code.UNKNOWN_VISIT, priya.on, c.LinkVisits, son, other_id="0" * 32)
    assert priya.card(mother).linked_numbers == (son.number, daughter.number)
    assert priya.card(son).linked_numbers == (mother.number,)
    assert all(row.linked for row in priya.view().queue)
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert report.visits == 3
    books(priya.door)


# -- ends --------------------------------------------------------------------------------------------------------


def test_to_follow_is_listed_until_it_is_done(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    serve(priya, visit)
    due = MONDAY + timedelta(days=3)
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, end=End.TO_FOLLOW)
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, end=End.TO_FOLLOW, due=due)
    refused(Code.UNKNOWN_THING, priya.on, c.Finish, visit, end=End.TO_FOLLOW, due=due, owner_id="nobody")
    yesterday = MONDAY - timedelta(days=1)
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, end=End.TO_FOLLOW, due=yesterday, owner_id=EWAN)
    result = priya.on(c.Finish, visit, end=End.TO_FOLLOW, due=due, owner_id=EWAN, note="ask the bailiff")
    assert len(result.prints) == 1
    assert ("note", "ask the bailiff") in reasons(priya, visit)
    clock.advance(48 * HOUR)
    (aside,) = priya.view().asides
    assert (aside.end, aside.due, aside.owner) == (End.TO_FOLLOW, due, "Ewan Pritchard")
    priya.on(c.CompleteFollowUp, visit)
    assert priya.view().asides == ()
    priya.on(c.CompleteFollowUp, visit)  # answered is answered
    assert priya.card(visit).done_at == clock.now()


def test_signposted_and_booked_before_and_after_being_seen(priya: At) -> None:
    unseen = priya.take()
    refused(Code.BAD_INPUT, priya.on, c.Finish, unseen, end=End.SIGNPOSTED)
    priya.on(c.Finish, unseen, end=End.SIGNPOSTED, signpost_to="Citizens Advice", print_slip=False)
    seen = priya.take()
    serve(priya, seen)
    priya.on(c.Finish, seen, end=End.BOOKED)
    assert (priya.card(unseen).end, priya.card(seen).end) == (End.SIGNPOSTED, End.BOOKED)


def test_a_specialist_exempts_only_who_is_told_and_only_to_a_specialist(priya: At) -> None:
    told, untold, no_specialist = priya.take(), priya.take(), priya.take()
    for visit, service, is_told in (
        (told, PLANNING, True),
        (untold, PLANNING, False),
        (no_specialist, COUNCIL_TAX, True),
    ):
        serve(priya, visit)
        priya.on(c.Transfer, visit, service_id=service, specialist_told=is_told)
    exempt = {visit.visit_id for visit in (told, untold, no_specialist) if priya.card(visit).specialist}
    assert exempt == {told.visit_id}
    books(priya.door)


def test_a_visit_of_another_office_is_left_alone(priya: At) -> None:
    visit = priya.take()
    other = "bushey" + "0" * 26
    moved = settings(
        name="Bushey",
        services=tuple(replace(each, id=f"b-{each.id}") for each in settings().services),
        counters=(Counter("b-1", "Counter 1"),),
        staff=tuple(
            replace(entry, officer=replace(entry.officer, id=f"b-{entry.officer.id}", skills=frozenset()))
            for entry in settings().staff
        ),
    )
    priya.door.do(c.SetUpOffice(office_id=other, settings=moved))
    for command in (
        c.Leave(office_id=other, visit_id=visit.visit_id),
        c.TakeTicket(office_id=other, service_id="b-housing", linked_to=visit.visit_id),
    ):
        refused(Code.UNKNOWN_VISIT, priya.door.do, command)
    refused(Code.NO_OFFICE, priya.door.do, c.TakeTicket(office_id="nowhere", service_id=HOUSING))
    ticket = priya.door.do(c.TakeTicket(office_id=other, service_id="b-housing"))
    assert ticket.number == "H001"  # each office has numbers of its own


def test_a_code_finds_its_visit(priya: At) -> None:
    visit = priya.take()
    code = priya.card(visit).code
    assert priya.door.ask(q.VisitByCode(OFFICE, f" {code.lower()} ")).visit_id == visit.visit_id
    assert priya.door.ask(q.VisitByCode(OFFICE, "RC-0000000000")) is None


# -- overtaking --------------------------------------------------------------------------------------------------


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


# -- what is not taken -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("further", [(HOUSING,), (COUNCIL_TAX, PLANNING, COUNCIL_TAX)])
def test_a_service_is_planned_once(priya: At, further: tuple[str, ...]) -> None:
    no = refused(Code.BAD_INPUT, priya.take, HOUSING, then_services=further)
    assert no.reason == f"{'Housing' if HOUSING in further else 'Council Tax'} is entered twice."
    assert priya.take().number == "H001"


LONG = "x" * 2_001


def test_a_document_pasted_by_mistake_is_taken_nowhere(priya: At) -> None:
    for person in (Person(LONG), Person(spoken=LONG), Person(written=LONG), Person(note=LONG)):
        refused(Code.BAD_INPUT, priya.take, person=person)
    refused(Code.BAD_INPUT, priya.take, see_first_reason=LONG)
    visit = priya.take(see_first_reason=LONG[1:])
    refused(Code.BAD_INPUT, priya.on, c.SeeFirst, visit, reason=LONG)
    refused(Code.BAD_INPUT, priya.on, c.CallVisit, visit, reason=LONG)
    serve(priya, visit)
    signposted = {"end": End.SIGNPOSTED, "signpost_to": "Citizens Advice"}
    for more in ({"note": LONG}, {"contact": LONG}, {"signpost_to": LONG}):
        assert "2000 characters" in refused(Code.BAD_INPUT, priya.on, c.Finish, visit, **{**signposted, **more}).reason
    priya.on(c.Finish, visit, **{**signposted, "note": LONG[1:], "signpost_to": LONG[1:]})
    books(priya.door)
