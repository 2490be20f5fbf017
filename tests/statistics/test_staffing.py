"""How many counters: no fewer than are needed, no more than there are, beside Erlang's formula and what misleads it."""

from __future__ import annotations

from datetime import time
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.clock import MINUTE
from reception.domain.office import Hours
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import Misled, StaffingAnswer
from reception.errors import Code, Refusal
from reception.statistics.beside import Beside
from reception.statistics.erlang import least_counters
from reception.statistics.simulating import what_if
from reception.statistics.staffing import ROUGHLY, demand_of, staffing
from reception.statistics.staffing_smooth import is_smooth, smoothed
from reception.statistics.staffing_trial import Demand, Effort, Trial
from tests.statistics.recorded import MONDAY, NINE, nobody_asks, recorded, visit

FIRST = NINE // 30
TARGET = 15 * MINUTE


def demanded(office: RecordedOffice, share: float = 0.9, hours: tuple[Hours, ...] = ()) -> Demand:
    return demand_of(office, MONDAY, (), hours, TARGET, share)


def found(office: RecordedOffice, share: float = 0.9, runs: int = 20) -> StaffingAnswer:
    return staffing(demanded(office, share), runs, 1, nobody_asks)


def peak() -> RecordedOffice:
    """Three half hours, the second busy; services of 5 to 15 minutes."""
    days = [
        [visit(3), visit(20 + day), *(visit(30 + 4 * each + day) for each in range(6)), visit(75)] for day in range(4)
    ]
    return recorded(*days, lasted={"": (5.0, 10.0, 15.0)}, counters=4)


def test_one_counter_is_enough_where_one_is() -> None:
    answer = found(recorded([visit(each * 10) for each in range(12)]))
    assert [slot.counters for slot in answer.slots] == [1, 1, 1, 1]
    assert [slot.minute for slot in answer.slots] == [NINE, NINE + 30, NINE + 60, NINE + 90]
    assert (answer.staff_hours, answer.is_met, answer.mean_kept) == (2.0, True, 1.0)
    assert answer.plan.staff_hours == 2.0


def test_what_is_found_is_the_least_of_all_plans_that_there_are() -> None:
    office = peak()
    demand = demanded(office)
    trial = Trial(demand, 40, 1, Effort(nobody_asks))
    enough = []
    for numbers in product(range(1, 5), repeat=len(demand.slots)):
        outcome = trial.of(dict(zip(demand.slots, numbers, strict=True)))
        judged = [outcome.share, *(outcome.shares[slot] for slot in demand.slots)]
        if all(share >= 0.9 for share in judged):
            enough.append(sum(numbers) / 2)
    answer = found(office, runs=40)
    assert answer.is_met
    assert answer.staff_hours == min(enough)
    assert all(slot.share_kept is not None and slot.share_kept >= 0.9 for slot in answer.slots)


def test_the_plan_that_is_found_keeps_as_much_when_it_is_played() -> None:
    office = peak()
    answer = found(office, runs=40)
    played = what_if(office, answer.plan, 40, 1, nobody_asks)
    assert played.walk_ins_kept == answer.share_kept
    assert [slot.counters for slot in played.slots] == [slot.counters for slot in answer.slots]


def test_a_plan_that_is_found_on_few_days_is_enough_for_all_that_are_asked_for() -> None:
    office = peak()
    roughly, surely = found(office, runs=ROUGHLY), found(office, runs=2 * ROUGHLY)
    assert surely.mean_kept >= 0.9
    assert all(slot.share_kept is not None and slot.share_kept >= 0.9 for slot in surely.slots)
    assert abs(surely.staff_hours - roughly.staff_hours) <= 1.0


def test_never_more_counters_than_the_office_has_and_said_so_where_they_do_not_do() -> None:
    office = recorded([visit(each) for each in range(60)], counters=2)
    answer = found(office)
    assert not answer.is_met
    assert max(slot.counters for slot in answer.slots) == 2
    assert answer.mean_kept < 0.9
    # By the formula it never settles with two.
    assert {slot.erlang for slot in answer.slots} == {None}
    assert answer.erlang_staff_hours is None
    assert all(Misled.OVERLOADED in slot.misled for slot in answer.slots)


def with_a_class() -> RecordedOffice:
    """Ten days of three half hours with a visit every ten minutes; on one of them a class of thirty came to the second,
    so that its visits are most of all that ever came then."""
    days = [[visit(10 * each + day) for each in range(9)] for day in range(9)]
    school = [*(visit(10 * each) for each in range(9)), *(visit(31 + each / 10) for each in range(30))]
    return recorded(*days, school, lasted={"": (5.0, 10.0, 15.0)})


def test_a_clump_on_one_day_asks_for_no_counters_of_its_own_and_is_named() -> None:
    answer = found(with_a_class(), share=0.78, runs=100)
    assert answer.is_met
    assert answer.mean_kept >= 0.78
    assert [slot.is_out_of_reach for slot in answer.slots] == [False, True, False]
    assert answer.slots[1].share_kept is not None
    assert answer.slots[1].share_kept < 0.78 <= (answer.slots[0].share_kept or 0)
    assert all(slot.counters >= (slot.erlang or 0) for slot in answer.slots if slot.is_out_of_reach)
    assert max(slot.counters for slot in answer.slots) <= answer.reasonable


def test_no_counter_of_the_plan_can_be_spared() -> None:
    office = peak()
    demand, answer = demanded(office), found(office, runs=2 * ROUGHLY)
    trial = Trial(demand, 2 * ROUGHLY, 1, Effort(nobody_asks))
    counters = {slot.minute // 30: slot.counters for slot in answer.slots}
    for spared in (slot for slot, number in counters.items() if number > 1):
        outcome = trial.of({**counters, spared: counters[spared] - 1})
        assert min(outcome.share, *outcome.shares.values()) < 0.9


@pytest.mark.parametrize(
    ("least", "smooth"),
    [
        ((1, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 1)),
        # A peak of one half hour takes a slope on either side, and two hours of whoever comes for it.
        ((1, 1, 3, 1, 1, 1, 1, 1), (2, 3, 3, 3, 3, 2, 1, 1)),
        ((1, 4, 1), (4, 4, 4)),
    ],
)
def test_a_smooth_plan_has_as_many_everywhere(least: tuple[int, ...], smooth: tuple[int, ...]) -> None:
    found = smoothed(dict(enumerate(least)))
    assert is_smooth(found) and all(found[slot] >= number for slot, number in enumerate(least))
    assert tuple(found.values()) == smooth


@given(st.lists(st.integers(1, 9), min_size=1, max_size=22))
@settings(max_examples=60)
def test_any_plan_is_made_smooth(least: list[int]) -> None:
    found = [number for _, number in sorted(smoothed(dict(enumerate(least))).items())]
    assert all(more >= number for more, number in zip(found, least, strict=True)) and max(found) == max(least)
    assert all(abs(one - other) <= 1 for one, other in pairwise(found))
    for level in range(1, max(found) + 1):
        stretches = "".join("x" if number >= level else " " for number in found).split()
        assert all(len(each) >= min(4, len(found)) for each in stretches)


def test_the_smooth_plan_is_enough_and_takes_no_more_than_the_least_made_smooth() -> None:
    days = [
        [*(visit(16 * each + day) for each in range(20)), *(visit(120 + each) for each in range(8))] for day in range(4)
    ]
    office = recorded(*days, lasted={"": (5.0, 10.0, 15.0)}, counters=5)
    demand, answer = demanded(office), found(office, runs=40)
    smooth = answer.smooth
    assert smooth is not None and smooth.staff_hours >= answer.staff_hours
    counters = dict(zip(demand.slots, smooth.counters, strict=True))
    assert is_smooth(counters) and not is_smooth({slot.minute // 30: slot.counters for slot in answer.slots})
    outcome = Trial(demand, 40, 1, Effort(nobody_asks)).of(counters)
    assert outcome.share == smooth.mean_kept >= 0.9
    assert smooth.staff_hours <= sum(smoothed({each.minute // 30: each.counters for each in answer.slots}).values()) / 2


def test_more_is_needed_for_a_greater_share_and_less_for_a_longer_time() -> None:
    days = [[visit(4 * each + day) for each in range(22)] for day in range(4)]
    office = recorded(*days, lasted={"": (5.0, 10.0, 15.0, 30.0)})
    shares = [found(office, share).staff_hours for share in (0.5, 0.7, 0.9, 0.97)]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]
    hours = [
        staffing(demand_of(office, MONDAY, (), (), minutes * MINUTE, 0.9), 20, 1, nobody_asks).staff_hours
        for minutes in (5, 10, 20, 40)
    ]
    assert hours == sorted(hours, reverse=True)
    assert hours[0] > hours[-1]


def test_counters_are_open_when_the_office_is() -> None:
    office = recorded([visit(-20), visit(0), visit(30)])
    hours = (Hours(0, time(9), time(11)), Hours(1, time(8), time(20)))
    assert demanded(office, hours=hours).slots == range(FIRST, FIRST + 4)
    assert demanded(office).slots == range(FIRST - 1, FIRST + 2)


def test_the_formula_is_that_of_the_command_with_the_call_in_the_time_taken() -> None:
    office = recorded([visit(each * 3) for each in range(20)], lasted={"": (4.0,)})
    beside = Beside(office, range(FIRST, FIRST + 2), TARGET, 0.9, 20)
    assert beside.counters() == dict.fromkeys(range(FIRST, FIRST + 2), least_counters(10 * 4 / 30, 4.0, 15.0, 0.9))


# -- what misleads the formula ------------------------------------------------------------------------------------


def misled(office: RecordedOffice, slot: int = FIRST + 1, waiting: float = 0.0) -> set[Misled]:
    beside = Beside(office, range(FIRST, FIRST + 3), TARGET, 0.9, 20)
    return set(beside.misled(slot, 19, waiting))


STEADY = [visit(each * 3) for each in range(30)]
LIKE_CHANCE = {"": (1.0, 3.0, 5.0, 8.0, 13.0, 30.0)}
"""Squared coefficient of variation 0.96."""


def test_nothing_misleads_where_the_formula_agrees() -> None:
    office = recorded(STEADY, lasted={"": (4.0,)})
    beside = Beside(office, range(FIRST, FIRST + 3), TARGET, 0.9, 20)
    assert beside.misled(FIRST, beside.counters()[FIRST], 5.0) == ()


def test_clumps_are_days_that_differ_by_more_than_chance() -> None:
    assert misled(recorded(*[STEADY] * 8, lasted=LIKE_CHANCE)) == set()
    clumped = [STEADY if day % 2 else [] for day in range(8)]
    assert misled(recorded(*clumped, lasted=LIKE_CHANCE)) == {Misled.CLUMPED}


def test_a_rate_that_changes_and_a_queue_from_before() -> None:
    busy = [*STEADY, *(visit(30 + each * 2) for each in range(15))]
    assert misled(recorded(*[busy] * 8, lasted=LIKE_CHANCE)) == {Misled.CHANGING}
    assert misled(recorded(*[STEADY] * 8, lasted=LIKE_CHANCE), waiting=0.6) == {Misled.CHANGING}


def test_services_that_are_all_alike_or_very_different() -> None:
    assert Misled.SKEWED in misled(recorded(*[STEADY] * 8, lasted={"": (5.0,)}))
    assert Misled.SKEWED in misled(recorded(*[STEADY] * 8, lasted={"": (1.0,) * 9 + (60.0,)}))


# -- refused, stopped ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "target"), [(0.0, TARGET), (1.0, TARGET), (0.9, 0)])
def test_what_cannot_be_asked_for_is_refused(share: float, target: int) -> None:
    demand = demand_of(recorded([visit(0)]), MONDAY, (), (), target, share)
    with pytest.raises(Refusal) as caught:
        staffing(demand, 5, 1, nobody_asks)
    assert caught.value.code is Code.BAD_INPUT


def test_the_same_seed_finds_the_same_and_it_stops_when_told() -> None:
    office = peak()
    assert found(office) == found(office)

    def stop(done: int, total: int) -> None:
        raise Refusal(Code.CANCELLED, "That was cancelled.")

    with pytest.raises(Refusal, match="cancelled"):
        staffing(demanded(office), 100, 1, stop)


def test_one_visit() -> None:
    answer = found(recorded([visit(3)]))
    assert [(slot.counters, slot.share_kept) for slot in answer.slots] == [(1, 1.0)]
