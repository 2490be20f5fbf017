"""What many simulated days come to: reckoned by hand where one can, alike for one seed, refused in plain words."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from time import process_time

import numpy as np
import pytest
from msgspec.structs import replace

from reception.clock import MINUTE
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import Kind, RuleSettings
from reception.domain.recorded_days import Attendance, PastVisit
from reception.domain.staffing import Desk, Plan, RecordedWaits, Spread
from reception.errors import Code, Refusal
from reception.statistics.drawing import Days
from reception.statistics.simulating import what_if
from tests.statistics.recorded import MONDAY, NINE, nobody_asks, recorded, visit

ALL_DAY = Desk(NINE, NINE + 480)
ONE = Plan((ALL_DAY,), settings=RuleSettings(call_to_start=0))


def same(value: float) -> Spread:
    return Spread(value, value, value)


def test_a_day_reckoned_by_hand() -> None:
    # Served one after the other, 20 minutes each: waits of 0, 10 and 25 minutes, and of 2 in the second half hour.
    office = recorded([visit(0), visit(10), visit(15), visit(58)], lasted={"": (20.0,)})
    result = what_if(office, ONE, 10, 1, nobody_asks)
    assert result.arrivals == same(4.0)
    assert result.share_kept == result.walk_ins_kept == same(0.75)
    assert result.appointments_kept is None
    assert result.median_wait_min == same(6.0)
    assert result.longest_wait_min == same(25.0)
    assert (result.kept_error, result.days, result.runs) == (0.0, 1, 10)
    first, second = result.slots[:2]
    assert (first.minute, first.arrivals, first.counters) == (NINE, 3.0, 1)
    assert first.share_kept == pytest.approx(2 / 3)
    assert (first.median_wait_min, first.p90_wait_min) == (10.0, 25.0)
    assert (second.minute, second.share_kept, second.median_wait_min) == (NINE + 30, 1.0, 2.0)
    assert [slot.arrivals for slot in result.slots[2:]] == [0.0] * 14
    assert [slot.share_kept for slot in result.slots[2:]] == [None] * 14
    assert result.busiest == NINE


def test_whoever_is_not_called_an_hour_after_closing_goes_home_unseen() -> None:
    # The one counter closes at 17:00. Of four at 16:00, 90 minutes each: called at 16:00, at 17:30, and too late.
    office = recorded([visit(420), visit(421), visit(422), visit(423)], lasted={"": (90.0,)})
    result = what_if(office, ONE, 2, 1, nobody_asks)
    assert (result.unseen, result.after_hours_min) == (3.0, 120.0)
    assert result.longest_wait_min == same(118.0)
    assert result.share_kept == same(0.25)
    # Whoever comes when all have gone has no wait at all, and is not kept.
    closes_early = replace(ONE, desks=(Desk(NINE, NINE + 60),))
    result = what_if(recorded([visit(0), visit(125)]), closes_early, 2, 1, nobody_asks)
    assert (result.arrivals, result.share_kept, result.longest_wait_min) == (same(2.0), same(0.5), same(0.0))
    assert (result.slots[4].share_kept, result.slots[4].median_wait_min) == (0.0, None)
    with pytest.raises(Refusal, match="Nobody comes while a desk"):
        what_if(recorded([visit(125)]), closes_early, 2, 1, nobody_asks)


def test_every_recorded_day_comes_before_any_comes_again() -> None:
    office = recorded(*([visit(0)] * number for number in range(1, 8)))
    days = Days(office, OrderedQueue(office.rule, office.settings))
    come = [len(days.draw(1, run).lasts) for run in range(14)]
    assert sorted(come[:7]) == sorted(come[7:]) == list(range(1, 8))
    assert come[:7] != come[7:]


def test_what_was_kept_in_truth_stands_beside_it() -> None:
    """Of those who came without an appointment and were seen; whoever was never seen, and later legs, say nothing."""
    served = [visit(0, started=14), visit(1, started=16), visit(2, started=30.5), visit(3)]
    others = [visit(4, started=5, kind=Kind.APPOINTMENT, booked=4), visit(5, started=6, kind=Kind.LATER_LEG)]
    result = what_if(recorded([*served, *others], [visit(0, started=15)]), ONE, 4, 1, nobody_asks)
    assert result.recorded_kept == pytest.approx(3 / 4)
    assert result.recorded_waits == RecordedWaits(15.0, pytest.approx(24.45), pytest.approx(28.095), 21.75)
    assert result.all_walk_ins_kept == 1.0
    assert (result.first_day, result.last_day, result.is_one_weekday) == (MONDAY, MONDAY + timedelta(weeks=1), True)
    assert what_if(recorded([visit(0)]), ONE, 2, 1, nobody_asks).recorded_kept is None
    assert not result.counters_known
    named = [replace(each, served_by="1") if each.started is not None else each for each in served[:2]]
    assert what_if(recorded([*named, *served[2:]]), ONE, 2, 1, nobody_asks).counters_known


def test_a_half_hour_to_which_hardly_anybody_comes_is_not_the_busiest() -> None:
    quiet = [visit(0)]
    late = [visit(0), visit(200), visit(201)]
    office = recorded(*[quiet] * 9, late, lasted={"": (60.0,)})
    result = what_if(office, ONE, 60, 1, nobody_asks)
    assert any(slot.share_kept is not None and slot.share_kept < 1 for slot in result.slots[1:])
    assert result.busiest == NINE


def test_days_are_drawn_among_the_recorded_ones_and_services_among_their_own() -> None:
    office = recorded(
        [visit(0)],
        [visit(0), visit(1, "b"), visit(2, "b")],
        lasted={"": (1.0,), "a": (30.0,) * 10, "b": (1.0,) * 10},
    )
    result = what_if(office, ONE, 300, 1, nobody_asks)
    assert (result.arrivals.low, result.arrivals.high) == (1.0, 3.0)
    # Whoever comes after the half hour of the first is lost; of the others none.
    assert sum(slot.arrivals for slot in result.slots) == pytest.approx(2.0, abs=0.15)
    assert result.share_kept.low == pytest.approx(1 / 3)
    assert result.share_kept.high == 1.0


def test_services_of_a_day_are_its_own_where_there_are_ten() -> None:
    def day(long: float, count: int) -> list[PastVisit]:
        return [visit(40 * each, started=40 * each, ended=40 * each + long) for each in range(count)]

    def after(long: float, count: int) -> float:
        one = recorded([*day(long, count), visit(380)], lasted={"": (5.0,)})
        return what_if(one, replace(ONE, desks=(Desk(NINE, NINE + 380),)), 2, 1, nobody_asks).after_hours_min

    # Every service lasts as long as those of the day; with nine they last five minutes as all do.
    assert after(31, 10) == 360 + 31 + 31 - 380
    assert after(31, 9) == 5


def test_services_change_places_with_those_about_them_alone() -> None:
    """Twenty of 4 to 6 minutes in the morning and twenty of 40 to 60 after them, two of which nobody closed."""
    lengths = [*(4 + each / 10 for each in range(20)), *(40 + each for each in range(20))]
    came = [visit(each, started=each, ended=each + lasted) for each, lasted in enumerate(lengths)]
    office = recorded([*came, visit(400, started=400), visit(401)])
    days = Days(office, OrderedQueue("first_come", office.settings))
    drawn = np.array([days.of_day(0, np.random.default_rng(run)).lasts for run in range(400)]) / MINUTE
    # Three short ones at most take the place of a long one, and the other way round, at the change alone.
    early, late = drawn[:, :15], drawn[:, 25:40]
    assert (early < 10).all() and (late > 25).all() and (drawn[:, 17:23].min(axis=0) < 10).any()
    assert late.max() <= 90
    # The sum of the day is as uncertain as that of so many drawn with replacement, and right on average.
    sums = drawn[:, :40].sum(axis=1) / sum(lengths)
    assert sums.mean() == pytest.approx(1, abs=0.03)
    assert sums.std() == pytest.approx(np.std(lengths) / np.mean(lengths) / np.sqrt(40), rel=0.15)
    # Of what is not known it may be any of the day's.
    assert drawn[:, 40:].mean() == pytest.approx(np.mean(lengths), rel=0.1)
    assert min(drawn[:, 40]) < 10 and max(drawn[:, 41]) > 40


def test_the_same_seed_gives_the_same_answer_and_another_one_another() -> None:
    office = recorded(*[[visit(each * day) for each in range(20)] for day in (3, 5, 8)], lasted={"": (2.0, 9.0, 30.0)})
    plan = replace(ONE, appointments=((NINE + 60, "a"), (NINE + 90, "b")))
    first = what_if(office, plan, 20, 7, nobody_asks)
    assert what_if(office, plan, 20, 7, nobody_asks) == first
    assert what_if(office, plan, 20, 8, nobody_asks) != first


def test_the_error_is_twice_the_standard_error_over_the_days() -> None:
    office = recorded([visit(0)], [visit(0), visit(1)], lasted={"": (60.0,)})
    result = what_if(office, ONE, 400, 1, nobody_asks)
    # Half of the days keep 1 of 1, half of them 1 of 2: together 2 of 3, each day a third of a visit off, of 1.5.
    assert result.kept_error == pytest.approx(2 * (1 / 3) / 1.5 / 20, rel=0.04)


def test_a_share_is_of_all_visits_of_all_days_and_plans_are_compared_by_it_on_the_same_days() -> None:
    """Two quiet days in three keep everything, whoever is there; the middle day says nothing of the busy ones."""
    quiet, busy = [visit(0)], [visit(each) for each in range(9)]
    office = recorded(quiet, quiet, busy, lasted={"": (20.0,)})
    one = what_if(office, ONE, 300, 1, nobody_asks)
    two = what_if(office, Plan((ALL_DAY,) * 2, settings=ONE.settings), 300, 1, nobody_asks)
    assert one.share_kept.middle == two.share_kept.middle == 1.0
    visits = sum(slot.arrivals for slot in one.slots)
    assert one.all_kept == pytest.approx(sum((s.share_kept or 0) * s.arrivals for s in one.slots) / visits)
    assert one.all_kept == one.all_walk_ins_kept and one.all_kept < 0.4
    assert one.all_median_wait_min > one.median_wait_min.middle
    found = one.beside(two)
    assert found.more == pytest.approx(one.all_kept - two.all_kept) and found.is_clear and found.more < -0.1
    assert 0 < found.error < 0.05
    assert two.beside(one).more == -found.more
    assert (one.beside(one).more, one.beside(one).error, one.beside(one).is_clear) == (0.0, 0.0, False)


def test_appointments_are_seen_at_their_time_judged_by_their_own_target_and_not_all_come() -> None:
    office = recorded(
        [visit(60)], lasted={"": (10.0,)}, attendance=Attendance(0.25, (8 * MINUTE, -3 * MINUTE), is_assumed=False)
    )
    plan = replace(ONE, appointments=((NINE + 10, "a"), (NINE + 10, "a")))
    result = what_if(office, plan, 400, 1, nobody_asks)
    assert sum(slot.arrivals for slot in result.slots) == pytest.approx(1 + 2 * 0.75, abs=0.08)
    assert result.walk_ins_kept == same(1.0)
    # Two who come wait for one another: the second is seen 10 minutes after the first, which is past 5.
    assert result.appointments_kept is not None
    assert (result.appointments_kept.low, result.appointments_kept.high) == (0.5, 1.0)
    # Nobody is called before the time, and the wait counts from it: never the eight minutes before.
    assert result.longest_wait_min.high == 10.0


def test_whoever_comes_to_an_appointment_beyond_the_grace_period_is_promised_nothing() -> None:
    office = recorded([visit(60)], attendance=Attendance(0.0, (-20 * MINUTE,), is_assumed=False))
    result = what_if(office, replace(ONE, appointments=((NINE + 10, "a"),)), 5, 1, nobody_asks)
    assert result.appointments_kept is None
    assert result.arrivals == same(1.0)


def test_later_legs_take_a_desk_and_are_not_judged() -> None:
    later = visit(0, kind=Kind.LATER_LEG, is_promised=False)
    result = what_if(recorded([later, visit(1)], lasted={"": (20.0,)}), ONE, 2, 1, nobody_asks)
    assert result.arrivals == same(1.0)
    assert result.longest_wait_min == same(19.0)


def test_a_desk_that_opens_late_and_what_is_served_after_closing() -> None:
    office = recorded([visit(0), visit(1)], lasted={"": (30.0,)})
    result = what_if(office, replace(ONE, desks=(Desk(NINE + 60, NINE + 80),)), 2, 1, nobody_asks)
    assert result.longest_wait_min == same(89.0)
    assert (result.unseen, result.after_hours_min) == (1.0, 40.0)
    assert [slot.counters for slot in result.slots] == [0, 0, 1]


def test_more_desks_keep_more_on_the_same_days() -> None:
    office = recorded([visit(each * 4) for each in range(60)], lasted={"": (5.0, 10.0, 25.0)})
    kept = [what_if(office, Plan((ALL_DAY,) * n), 30, 1, nobody_asks).share_kept.middle for n in (1, 2, 3, 5)]
    assert kept == sorted(kept)
    assert kept[0] < 0.5 < 0.95 < kept[-1]


def refused(office: object, plan: Plan, runs: int = 5) -> str:
    with pytest.raises(Refusal) as caught:
        what_if(office, plan, runs, 1, nobody_asks)  # type: ignore[arg-type]
    assert caught.value.code is Code.BAD_INPUT
    return str(caught.value)


def test_what_cannot_be_played_is_refused_in_plain_words() -> None:
    office = recorded([visit(0), visit(5, "b")])
    assert refused(office, Plan(())) == "The plan has no desk, so nobody would be seen. Add a desk."
    only_housing = Plan((Desk(NINE, NINE + 60, skills=frozenset("a")),))
    assert refused(office, only_housing) == (
        "Visitors come for Planning, and no desk of the plan serves it. Let one of the desks serve it."
    )
    booked = Plan((Desk(NINE, NINE + 60, skills=frozenset("a")),), appointments=((NINE, "b"),))
    assert "Planning" in refused(recorded([visit(0)]), booked)
    assert "There is no calling rule “random”." in refused(office, replace(ONE, rule="random"))
    for desk in (Desk(NINE, NINE), Desk(-30, 60), Desk(NINE, 25 * 60), Desk(NINE, NINE + 60, ((NINE + 9, NINE + 9),))):
        assert "ends before it begins" in refused(office, Plan((desk,)))
    on_a_break = Plan((Desk(NINE, NINE + 60, ((NINE, NINE + 60),)),))
    assert "no desk of the plan serves it" in refused(office, on_a_break)
    assert "1 is not a number of days to simulate." in refused(office, ONE, runs=1)
    assert "Name 2 to 20,000." in refused(office, ONE, runs=20_001)


def test_one_visit_in_a_year() -> None:
    result = what_if(recorded([visit(3)]), ONE, 2, 1, nobody_asks)
    assert result.share_kept == same(1.0)


def test_it_tells_how_far_it_is_and_stops_at_once() -> None:
    office = recorded([visit(each) for each in range(400)], lasted={"": (3.0, 5.0)})
    told: list[tuple[int, int]] = []
    at = [process_time()]

    def watch(done: int, total: int) -> None:
        told.append((done, total))
        at.append(process_time())
        if done > 40:
            raise Refusal(Code.CANCELLED, "That was cancelled.")

    with pytest.raises(Refusal) as caught:
        what_if(office, replace(ONE, desks=(ALL_DAY,) * 4), 500, 1, watch)
    assert caught.value.code is Code.CANCELLED
    assert told == sorted(told)
    assert told[0] == (0, 500)
    assert told[-1][0] < 60
    assert max(after - before for before, after in pairwise(at)) < 0.2
    finished: list[int] = []
    what_if(office, ONE, 5, 1, lambda done, total: finished.append(done))
    assert finished[-1] == 5
