"""What if, staffing and comparing rules at the door, on either engine: what is read of an office's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, SetClock
from reception.domain.grouping import Period
from reception.domain.office import Service
from reception.domain.queueing import Kind
from reception.domain.staffing import Desk, Plan, PolicyComparison, StaffingAnswer, WhatIfResult
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import supervisor_queries as sq
from reception.storage.queries.recorded_days import office_in, office_on
from tests.services.the_book import AtBook, place, when, with_a_book
from tests.support import COUNCIL_TAX, HOUSING, OFFICE, PLANNING, PRIYA

MONDAY = date(2026, 3, 2)
NEXT = date(2026, 3, 9)
POLICE = "police"


@pytest.fixture
def after_a_day(desk: AtBook, clock: SetClock) -> AtBook:
    """A Monday on which everything happened once; it is Friday morning now."""
    before = with_a_book()
    partner = Service(POLICE, "Police", "Z", partner="Police")
    desk.change_settings(with_a_book(services=(*before.services, partner)))
    early, late, missed = (desk.book(place(when(hour), officer="")) for hour in (11, 12, 13))
    for hour in (10, 14):
        desk.book(place(when(hour, day=NEXT), officer=""))
    desk.cancel(desk.book(place(when(15, day=NEXT), officer="")))
    serve(desk, clock, desk.take())  # 10:00, served for 10 minutes
    mistaken = desk.take()
    desk.undo(mistaken)
    desk.take(POLICE)
    passed = desk.take(COUNCIL_TAX)  # 10:12 and passed on at 10:22
    desk.on(c.CallVisit, passed, reason="for the test")
    desk.on(c.StartService, passed)
    clock.advance(10 * MINUTE)
    desk.on(c.Transfer, passed, service_id=PLANNING)
    clock.at = when(10, 50)
    came = desk.check_in(early)
    clock.at = when(11, 2)
    serve(desk, clock, came)
    clock.at = when(12, 40)
    desk.check_in(late)
    clock.at = when(13, 30)
    desk.with_(a.DidNotAttend, missed)
    clock.at = when(9, day=date(2026, 3, 6))
    desk.door.close_days(OFFICE)
    return desk


def serve(desk: AtBook, clock: SetClock, visit: c.Result) -> None:
    desk.on(c.CallVisit, visit, reason="for the test")
    clock.advance(2 * MINUTE)
    desk.on(c.StartService, visit)
    clock.advance(10 * MINUTE)
    desk.on(c.Finish, visit, end=End.RESOLVED)


def nobody_asks(done: int, total: int) -> None:
    assert 0 <= done <= total


def test_a_recorded_day_is_read_leg_by_leg_and_played(after_a_day: AtBook) -> None:
    shown = office_on(after_a_day.door.database, OFFICE, NEXT)
    (day,) = shown.office.days
    assert day.day == MONDAY
    read = [
        (each.kind, each.service_id, each.arrived / HOUR, each.joined / HOUR, each.is_promised) for each in day.visits
    ]
    # Without the ticket that was taken back, and without the partner's visitor.
    assert read == [
        (Kind.WALK_IN, HOUSING, 10.0, 10.0, True),
        (Kind.WALK_IN, COUNCIL_TAX, 10.2, 10.2, True),
        (Kind.LATER_LEG, PLANNING, 10.2, pytest.approx(10 + 22 / 60), False),
        (Kind.APPOINTMENT, HOUSING, pytest.approx(10 + 50 / 60), 11.0, True),
        (Kind.WALK_IN, HOUSING, pytest.approx(12 + 40 / 60), pytest.approx(12 + 40 / 60), False),
    ]
    first, second, *_ = day.visits
    assert (first.started, first.ended, first.served_by) == (10 * HOUR + 2 * MINUTE, 10 * HOUR + 12 * MINUTE, PRIYA)
    assert (second.started, second.ended) == (10 * HOUR + 12 * MINUTE, 10 * HOUR + 22 * MINUTE)
    assert set(shown.office.services) == {HOUSING, COUNCIL_TAX, PLANNING}
    assert shown.office.lasted[""] == (10 * MINUTE,) * 3
    assert shown.office.lasted[f"appointment {HOUSING}"] == (10 * MINUTE,)
    assert (shown.office.targets.walk_in, shown.office.targets.appointment) == (15 * MINUTE, 5 * MINUTE)
    assert shown.office.counters == 3
    # Two came and one did not: too few to go by.
    assert shown.office.attendance.is_assumed
    # What was cancelled is not to come.
    assert shown.appointments == ((10 * 60, HOUSING), (14 * 60, HOUSING))

    # The usual plan, and what it comes to.
    plan: Plan = after_a_day.door.ask(sq.UsualPlan(OFFICE, NEXT))
    assert plan.desks == (Desk(10 * 60, 11 * 60 + 30),)
    assert (plan.rule, plan.appointments) == ("keep_promises", ((10 * 60, HOUSING), (14 * 60, HOUSING)))
    result: WhatIfResult = after_a_day.door.work_out(sq.WhatIf(OFFICE, NEXT, plan, runs=5), nobody_asks)
    assert (result.runs, result.days, result.plan) == (5, 1, plan)
    assert result.walk_ins_kept.middle == 1.0
    assert result == after_a_day.door.work_out(sq.WhatIf(OFFICE, NEXT, plan, runs=5), nobody_asks)

    # How many counters, and which rule.
    answer: StaffingAnswer = after_a_day.door.work_out(sq.Staffing(OFFICE, NEXT, runs=3), nobody_asks)
    assert (answer.office, answer.day, answer.target_min, answer.is_met) == ("Civic Offices", NEXT, 15.0, True)
    # Whenever the office is open, from nine to five.
    assert [slot.minute for slot in answer.slots] == list(range(9 * 60, 17 * 60, 30))
    sooner: StaffingAnswer = after_a_day.door.work_out(sq.Staffing(OFFICE, NEXT, 2.5, runs=3), nobody_asks)
    assert sooner.target_min == 2.5
    assert sooner.staff_hours >= answer.staff_hours == 8.0
    compared: PolicyComparison = after_a_day.door.work_out(
        sq.ComparePolicies(OFFICE, Period(date.min, date.max), runs=2), nobody_asks
    )
    assert (compared.first, compared.last, compared.days) == (MONDAY, MONDAY, 1)
    assert sum(each.is_ours for each in compared.outcomes) == 1


def test_a_day_of_an_evacuation_is_left_out_and_a_service_that_went_is_served_by_all(
    after_a_day: AtBook, clock: SetClock
) -> None:
    after_a_day.take()
    after_a_day.door.do(c.Evacuate(**after_a_day.who))
    after_a_day.door.do(c.EndEvacuation(**after_a_day.who, resume=True))
    clock.at = when(9, day=date(2026, 3, 16))
    office = office_in(after_a_day.door.database, OFFICE, MONDAY, date(2026, 3, 31))
    assert [each.day for each in office.days] == [MONDAY]

    # A service that is offered no longer is anybody's.
    fewer = tuple(each for each in with_a_book().services if each.id != PLANNING)
    staff = tuple(replace(each, officer=replace(each.officer, skills=frozenset())) for each in with_a_book().staff)
    after_a_day.change_settings(with_a_book(services=fewer, staff=staff))
    only_housing = Plan((Desk(9 * 60, 17 * 60, skills=frozenset({HOUSING, COUNCIL_TAX})),))
    result: WhatIfResult = after_a_day.door.work_out(sq.WhatIf(OFFICE, NEXT, only_housing, runs=3), nobody_asks)
    assert result.arrivals.middle == 2.0


def test_without_a_recorded_day_it_is_refused_in_plain_words(desk: AtBook, clock: SetClock) -> None:
    desk.take()  # today is not over
    tomorrow = MONDAY + timedelta(days=1)
    plan = Plan((Desk(9 * 60, 17 * 60),))
    for query in (sq.WhatIf(OFFICE, tomorrow, plan), sq.Staffing(OFFICE, tomorrow)):
        with pytest.raises(Refusal, match="no recorded day with walk-ins before Tuesday 3 March 2026") as caught:
            desk.door.work_out(query, nobody_asks)
        assert caught.value.code is Code.NOT_POSSIBLE_NOW
    with pytest.raises(Refusal, match="so there is nothing to go by"):
        desk.door.ask(sq.UsualPlan(OFFICE, tomorrow))
    with pytest.raises(Refusal, match="no recorded day"):
        desk.door.work_out(sq.ComparePolicies(OFFICE, Period(date.min, date.max)), nobody_asks)
    for period, words in (
        (Period(tomorrow, MONDAY), "ends before it begins"),
        (Period(date(2020, 1, 1), date(2026, 3, 1)), "more than a year"),
        (Period(date(2027, 1, 1), date(2027, 2, 1)), "no recorded day"),
    ):
        with pytest.raises(Refusal, match=words):
            desk.door.work_out(sq.ComparePolicies(OFFICE, period), nobody_asks)
    with pytest.raises(Refusal) as unknown:
        desk.door.ask(sq.UsualPlan("nowhere", tomorrow))
    assert unknown.value.code is Code.NO_OFFICE
