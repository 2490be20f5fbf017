"""Control charts against published examples, each rule by a table, and all of them against a dumb second reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.control_charts import ControlChart, Found, Signal
from reception.statistics.control import difference, p_chart, p_limits, widening, xmr

FIRST = date(2026, 10, 1)
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: the flow rate of ten batches.
FLOW_RATES = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
# The same, 6.3.3.2: of 50 chips on each of 30 wafers, those that were misaligned.
WAFERS = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6)
# Pyzdek and Keller, The Handbook for Quality Management, table 9.6: bruised peaches in crates of 250, one or two.
PEACHES = (47, 42, 55, 51, 46, 61, 39, 44, 41, 51, 88, 101, 101, 40, 48, 47, 50, 48, 57, 45, 43, 105, 98, 100, 96)
IN_TWO_CRATES = (11, 12, 13, 22, 23, 24, 25)


def day(place: int) -> date:
    return FIRST + timedelta(place)


def medians(values: Sequence[float]) -> ControlChart:
    chart = xmr([(day(place), value, 30) for place, value in enumerate(values)])
    assert chart is not None
    return chart


def shares(days: Sequence[tuple[int, int]]) -> ControlChart:
    chart = p_chart([(day(place), kept, judged) for place, (kept, judged) in enumerate(days)])
    assert chart is not None
    return chart


def limits(chart: ControlChart) -> tuple[float, float]:
    """The limits that all points have."""
    (both,) = {(point.low, point.high) for point in chart.points}
    return both


def found(signal: Signal, first: int, last: int, is_above: bool) -> Found:
    return Found(signal, day(first), day(last), last - first + 1, is_above)


# -- published examples ----------------------------------------------------------------------------------------


def test_the_published_chart_of_single_values_comes_out() -> None:
    chart = medians(FLOW_RATES)
    assert chart.centre == pytest.approx(50.81)
    # There 3 / 1.128 is not rounded to 2.66.
    assert limits(chart) == pytest.approx((45.8159, 55.8041), abs=1e-3)
    assert chart.found == ()


def test_the_published_limits_of_shares_come_out() -> None:
    chart = shares([(count, 50) for count in WAFERS])
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    low, high = p_limits(chart.centre, 50, 1.0)
    assert (low, high) == pytest.approx((0.0524, 0.4102), abs=1e-4)
    assert [place for place, count in enumerate(WAFERS) if not low <= count / 50 <= high] == [14, 22]
    # These wafers vary by more than chance, one and the next: none of them stands out then.
    ranges = [abs(one - other) for one, other in pairwise(WAFERS)]
    sigma = sum(ranges) / len(ranges) / 1.128 / 50
    assert limits(chart) == pytest.approx((0.0, chart.centre + 3 * sigma), rel=1e-3)
    assert (chart.found, chart.widened) == ((), pytest.approx(1.661, abs=5e-4))


def test_the_more_a_share_rests_on_the_narrower_are_its_limits() -> None:
    sizes = [500 if place + 1 in IN_TWO_CRATES else 250 for place in range(len(PEACHES))]
    chart = shares(list(zip(PEACHES, sizes, strict=True)))
    assert chart.centre == pytest.approx(0.193)
    assert p_limits(chart.centre, 250, 1.0) == pytest.approx((0.11812, 0.26788), abs=1e-5)
    assert p_limits(chart.centre, 500, 1.0) == pytest.approx((0.14005, 0.24595), abs=1e-5)
    reach = {point.visits: point.high - chart.centre for point in chart.points}
    assert reach[250] == pytest.approx(reach[500] * sqrt(2)) == pytest.approx(chart.widened * 0.07488, rel=1e-3)
    assert chart.found == ()


def test_a_single_jump_does_not_widen_the_limits() -> None:
    steady = [(79, 100), (81, 100)] * 10
    assert shares([*steady, (40, 100), *steady]).widened == 1.0
    # Nine quiet steps of 0.5 sigma and two of 10: the mean is 2.2, both are beyond 3.267 of them.
    assert widening(0.5, [(0.5 + z / 20, 100) for z in (0, 0.5) * 3 + (10.5, 0.5, 0, 0.5, 0)]) == 1.0
    # Where all days are as far apart nothing is screened: steps of 12 sigma.
    assert widening(0.5, [(0.2, 100), (0.8, 100)] * 4) == pytest.approx(12 / 1.128, rel=1e-3)


@pytest.mark.parametrize(("spread", "widened", "most"), [(0.0, (1.0, 1.1), 0.006), (0.1, (1.9, 2.4), 0.006)])
def test_days_in_control_are_seldom_beyond_their_limits(
    spread: float, widened: tuple[float, float], most: float
) -> None:
    """Fifteen years of 250 days of 80 visits: each kept with a share of its own day, of mean 0.8, or with the same."""
    chance = np.random.default_rng(5)
    share = np.clip(chance.normal(0.8, spread, (15, 250)), 0, 1) if spread else np.full((15, 250), 0.8)
    charts = [shares([(kept, 80) for kept in year]) for year in chance.binomial(80, share).tolist()]
    assert widened[0] <= np.mean([chart.widened for chart in charts]) <= widened[1]
    beyond = [Signal.BEYOND_LIMIT in point.signals for chart in charts for point in chart.points]
    assert np.mean(beyond) <= most


# -- the rules, one by one -------------------------------------------------------------------------------------

# With a mean of 10 and a mean moving range of about 2.
QUIET = (9.0, 11.0) * 6


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (QUIET, []),
        ((*QUIET, 30.0, *QUIET), [found(Signal.BEYOND_LIMIT, 12, 12, True)]),
        # Two side by side are one stretch, and two of three besides.
        (
            (*QUIET, 19.0, 20.0, *QUIET),
            [found(Signal.BEYOND_LIMIT, 12, 13, True), found(Signal.TWO_OF_THREE, 12, 13, True)],
        ),
        # Eight below the mean are not enough, nine are; a day on the mean ends a run.
        ([9.0, 9.8] * 4 + [11.0, 10.2] * 4, []),
        ([9.0, 9.8] * 4 + [9.0] + [11.0, 10.2] * 4, [found(Signal.RUN, 0, 8, False)]),
        ([9.0, 11.0] + [9.0, 9.5] * 2 + [10.0] + [9.0, 9.5] * 2 + [11.0] * 6, []),
        # Five that rise are not enough, six are; two alike end a trend.
        ([9.0, 9.4, 9.8, 10.2, 10.6] + [9.4, 10.6] * 4, []),
        ([9.0, 9.4, 9.8, 10.2, 10.6, 11.0] + [9.4, 10.6] * 4, [found(Signal.TREND, 0, 5, True)]),
        ([11.0, 10.6, 10.2, 9.8, 9.4, 9.0] + [9.4, 10.6] * 4, [found(Signal.TREND, 0, 5, False)]),
        ([9.0, 9.4, 9.8, 9.8, 10.2, 10.6, 11.0] + [9.4, 10.6] * 4, []),
    ],
)
def test_a_signal_is_found_where_its_rule_says(values: Sequence[float], expected: list[Found]) -> None:
    assert list(medians(values).found) == expected


def test_two_of_three_far_out_on_one_side_are_found_with_what_lies_between() -> None:
    quiet = [(49, 100), (51, 100)] * 8
    chart = shares([*quiet, (62, 100), (50, 100), (62, 100), *quiet, (62, 100), (38, 100)])
    assert chart.found == (found(Signal.TWO_OF_THREE, 16, 18, True),)
    # The day between carries no signal of its own.
    assert [point.signals for point in chart.points[16:19]] == [(Signal.TWO_OF_THREE,), (), (Signal.TWO_OF_THREE,)]


def test_exactly_two_sigma_is_not_beyond_them() -> None:
    # Sigma is 4 of 64, the mean 32: two days are two sigma above, and two below.
    quiet = [(32, 64)] * 5
    assert shares([*quiet, (40, 64), (40, 64), *quiet, (24, 64), (24, 64), *quiet]).found == ()
    above_and_below = shares([*quiet, (41, 64), (41, 64), *quiet, (23, 64), (23, 64), *quiet])
    assert {each.signal for each in above_and_below.found} == {Signal.TWO_OF_THREE}


def test_a_share_that_is_far_off_on_few_visits_is_no_signal() -> None:
    steady = [(78, 100), (82, 100)] * 10
    assert shares([*steady, (2, 4)]).found == ()
    assert shares([*steady, (50, 100)]).found == (found(Signal.BEYOND_LIMIT, 20, 20, False),)


def test_signals_come_in_time_and_the_graver_first() -> None:
    chart = medians([float(value) for value in range(1, 19)])
    assert [each.signal for each in chart.found if each.first == FIRST] == list(Signal)
    assert [each.first for each in chart.found] == sorted(each.first for each in chart.found)
    assert chart.points[0].signals == tuple(Signal)


# -- what there is nothing of ----------------------------------------------------------------------------------


def test_one_day_tells_nothing() -> None:
    assert xmr([]) is None
    assert xmr([(FIRST, 10.0, 5)]) is None
    assert p_chart([]) is None
    assert p_chart([(FIRST, 4, 5)]) is None


def test_a_day_on_which_nothing_was_judged_is_no_point() -> None:
    assert p_chart([(day(0), 0, 0), (day(1), 4, 5)]) is None
    assert [point.day for point in shares([(4, 5), (0, 0), (5, 5)]).points] == [day(0), day(2)]


@pytest.mark.parametrize("value", [0.1, 12.3, 0.0])
def test_days_that_are_all_alike_give_no_signal(value: float) -> None:
    chart = medians([value] * 49)
    assert chart.found == ()
    assert limits(chart) == (value, value) == (chart.centre, chart.centre)


@pytest.mark.parametrize("kept", [0, 7])
def test_where_all_is_kept_or_all_is_lost_there_is_no_signal(kept: int) -> None:
    chart = shares([(kept, 7)] * 20)
    assert chart.found == ()
    assert chart.centre == kept / 7


def test_limits_end_where_waits_and_shares_do() -> None:
    assert {point.low for point in medians([1.0, 9.0] * 4).points} == {0.0}
    assert limits(shares([(1, 2), (2, 2)] * 4)) == (0.0, 1.0)


# -- against a second reading ----------------------------------------------------------------------------------


def dumbly(chart: ControlChart, deviations: Sequence[float]) -> list[set[Signal]]:
    """Which points carry which signal: every window is looked at, nothing is merged."""
    marks: list[set[Signal]] = [set() for _point in chart.points]
    for place, point in enumerate(chart.points):
        if not point.low <= point.value <= point.high:
            marks[place].add(Signal.BEYOND_LIMIT)
    for above in (1, -1):
        side = [above * deviation for deviation in deviations]
        for start in range(len(side)):
            run = range(start, start + 9)
            if run.stop <= len(side) and all(side[place] > 0 for place in run):
                for place in run:
                    marks[place].add(Signal.RUN)
            trend = range(start, start + 6)
            if trend.stop <= len(side) and all(side[place] < side[place + 1] for place in trend[:-1]):
                for place in trend:
                    marks[place].add(Signal.TREND)
            far = [place for place in range(start, min(start + 3, len(side))) if side[place] > 2]
            if len(far) >= 2:
                for place in far:
                    marks[place].add(Signal.TWO_OF_THREE)
    return marks


@given(st.lists(st.integers(min_value=0, max_value=12), min_size=2, max_size=40))
def test_every_window_of_medians_says_the_same(values: list[int]) -> None:
    chart = medians([float(value) for value in values])
    mean = sum(values) / len(values)
    ranges = [abs(a - b) for a, b in pairwise(values)]
    sigma = 2.66 * sum(ranges) / len(ranges) / 3
    deviations = [(value - mean) / sigma if sigma else 0.0 for value in values]
    assert [set(point.signals) for point in chart.points] == dumbly(chart, deviations)


@given(
    st.lists(
        st.integers(min_value=0, max_value=30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        max_size=40,
    )
)
def test_every_window_of_shares_says_the_same(days: list[tuple[int, int]]) -> None:
    judged = [each for each in days if each[1]]
    if len(judged) < 2:
        assert p_chart([(day(place), kept, count) for place, (kept, count) in enumerate(days)]) is None
        return
    chart = shares(days)
    p = sum(kept for kept, _count in judged) / sum(count for _kept, count in judged)
    z = [(kept - p * count) / sqrt(p * (1 - p) * count) if 0 < p < 1 else 0.0 for kept, count in judged]
    ranges = [abs(one - other) for one, other in pairwise(z)]
    mean = sum(ranges) / len(ranges)
    kept_in = [each for each in ranges if each <= 3.267 * mean]
    wider = max(1.0, 0.88667 * sum(kept_in) / len(kept_in))
    assert chart.widened == pytest.approx(wider, rel=1e-4)
    deviations = [each / chart.widened for each in z]
    assert [set(point.signals) for point in chart.points] == dumbly(chart, deviations)


@given(st.lists(st.integers(min_value=0, max_value=6), min_size=2, max_size=60))
def test_stretches_are_as_long_as_they_can_be_and_cover_what_is_marked(values: list[int]) -> None:
    chart = medians([float(value) for value in values])
    places = {point.day: place for place, point in enumerate(chart.points)}
    for signal in Signal:
        stretches = [each for each in chart.found if each.signal is signal]
        covered = {place for each in stretches for place in range(places[each.first], places[each.last] + 1)}
        assert {place for place, point in enumerate(chart.points) if signal in point.signals} <= covered
        for each in stretches:
            assert each.count == places[each.last] - places[each.first] + 1
            for other in stretches:
                if other is not each and other.is_above == each.is_above and signal is not Signal.TREND:
                    assert places[other.first] > places[each.last] + 1 or places[other.last] < places[each.first] - 1


# -- two periods ------------------------------------------------------------------------------------------------


def by_day(days: Sequence[tuple[int, int]]) -> list[tuple[date, int, int]]:
    return [(day(place), kept, judged) for place, (kept, judged) in enumerate(days)]


def test_two_periods_reckoned_by_hand() -> None:
    # 40 of 50: kept - 8 = 2, 0, -2, 1, -1.
    now = by_day([(10, 10), (8, 10), (6, 10), (9, 10), (7, 10)])
    # 25 of 50: kept - 5 = 1, -1, 0, 1, -1.
    before = by_day([(6, 10), (4, 10), (5, 10), (6, 10), (4, 10), (0, 0)])
    found = difference(now, before)
    assert found is not None
    # 5/4 * 10 / 2500 = 0.005; 5/4 * 4 / 2500 = 0.002; 1.96 * sqrt(0.007) = 0.16399.
    assert (found.points, found.low, found.high) == pytest.approx((30.0, 13.6014, 46.3986), abs=1e-4)
    assert found.is_more_than_chance


def test_fewer_than_five_days_tell_nothing() -> None:
    five, four = by_day([(9, 10)] * 5), by_day([(9, 10)] * 4 + [(0, 0)] * 3)
    assert difference(five, four) is None
    assert difference(four, five) is None
    same = difference(five, five)
    assert same is not None
    assert (same.points, same.low, same.high, same.is_more_than_chance) == (0.0, 0.0, 0.0, False)


def test_one_process_differs_falsely_about_five_times_in_a_hundred() -> None:
    chance = np.random.default_rng(5)
    falsely = 0
    for _ in range(1000):
        judged = chance.integers(30, 90, (2, 22))
        kept = chance.binomial(judged, chance.beta(8, 3, (2, 22)))  # good and bad days, far more than visits alone vary
        one, other = (by_day(np.stack(side, axis=1).tolist()) for side in zip(kept, judged, strict=True))
        found = difference(one, other)
        assert found is not None
        falsely += found.is_more_than_chance
    assert 35 <= falsely <= 75
