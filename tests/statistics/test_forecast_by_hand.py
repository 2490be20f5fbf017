"""What a day is expected to bring, reckoned a second time from `docs/definitions.md` by loops that share nothing with
the first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.statistics.count_ranges import ranges
from reception.statistics.forecast import arrivals_forecast
from tests.statistics.arrivals_made_up import known

SEPTEMBER = date(2025, 9, 1)
"""From here to Christmas there is no bank holiday: nothing is beside a closure."""
FADES = (5, 14, 42)
Totals = Mapping[date, int]


def weighed(totals: Totals, weight: Mapping[date, float]) -> float:
    return sum(weight[day] * totals[day] for day in totals) / sum(weight.values())


def six_ways(totals: Totals, day: date) -> list[float]:
    """The same time of earlier years is not known here, so that each level comes twice."""
    newest = max(totals)
    slow = {each: 0.5 ** ((newest - each).days / 365) for each in totals}
    ever = weighed(totals, slow)
    usual = {}
    for weekday in range(7):
        of_it = [each for each in totals if each.weekday() == weekday]
        more = sum(slow[each] * totals[each] for each in of_it) / ever
        usual[weekday] = (more + 2) / (sum(slow[each] for each in of_it) + 2)
    plain = {each: totals[each] / usual[each.weekday()] for each in totals}
    levels = []
    for fade in FADES:
        near = {each: 0.5 ** ((day - each).days / fade) for each in totals}
        above = sum(near[each] * plain[each] for each in totals) + 0.3 * weighed(plain, slow)  # type: ignore[arg-type]
        levels.append(above / (sum(near.values()) + 0.3))
    return [usual[day.weekday()] * level for level in levels]


def by_hand(totals: Totals, day: date) -> float:
    """All is known up to the day before."""
    off = [0.0, 0.0, 0.0]
    tried = 0
    for each in sorted(totals)[-160:]:
        before = {other: count for other, count in totals.items() if other < each}
        if len(before) < 10:
            continue
        tried += 1
        for way, told in enumerate(six_ways(before, each)):
            off[way] += abs(told - totals[each])
    return six_ways(totals, day)[1 if tried < 20 else off.index(min(off))]


@given(st.lists(st.integers(1, 80), min_size=5, max_size=70))
@settings(max_examples=25)
def test_expected(counts: list[int]) -> None:
    weekdays = [day for later in range(110) if (day := SEPTEMBER + timedelta(days=later)).weekday() < 5]
    totals = dict(zip(weekdays, counts, strict=False))
    last = max(totals)
    day = last + timedelta(days=1 if last.weekday() < 4 else 7 - last.weekday())
    told = arrivals_forecast(
        known({each: {600: count} for each, count in totals.items()}, day - timedelta(days=1)), day
    )
    assert told.expected == pytest.approx(by_hand(totals, day), rel=1e-9)
    assert told.days == len(totals)


def probability(count: int, mean: float, v: float) -> float:
    """The negative binomial, as books have it."""
    size = 1 / v
    ways = lgamma(count + size) - lgamma(size) - lgamma(count + 1)
    return exp(ways + size * log(size / (size + mean)) + count * log(mean / (size + mean)))


@given(st.floats(0.05, 40), st.floats(0.01, 1))
@settings(max_examples=40)
def test_range(mean: float, v: float) -> None:
    """Of the plain range and those shorter by one at either end no other comes nearer to eight in ten."""
    (low,), (high,) = ranges(np.array([mean]), np.array([v]))
    chances = [probability(count, mean, v) for count in range(400)]
    first = max(k for k in range(400) if sum(chances[:k]) <= 0.1)
    last = min(k for k in range(400) if sum(chances[: k + 1]) >= 0.9)
    off = {
        (start, end): abs(sum(chances[start : end + 1]) - 0.8)
        for start in (first, first + 1)
        for end in (last, last - 1)
        if start <= end
    }
    assert off[int(low), int(high)] == pytest.approx(min(off.values()), abs=1e-9)
