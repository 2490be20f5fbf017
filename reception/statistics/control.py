"""Control charts: whether a day was other than days are anyhow. `docs/definitions.md`, "Control charts", is the law.

XmR charts are Wheeler's (Understanding Variation, 1993), p-charts Shewhart's as in the NIST/SEMATECH e-Handbook of
Statistical Methods, 6.3.3.2, with Laney's p' (Quality Engineering 14, 2002) where days vary by more than the chance of
single visits, as NHS England's "Making data count" has it. The rules are those of Western Electric (1956), with runs
and trends as Nelson has them (Journal of Quality Technology 16, 1984).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.past_view import Difference

LIMIT_PER_RANGE = 2.66
"""Three sigma, in mean moving ranges of two: 3 / 1.128."""
SIGMAS = 3
WIDEST_RANGE = 3.267
"""A moving range beyond so many mean ones is a jump, not how days vary: left out of the mean (Nelson, Journal of
Quality Technology 14, 1982)."""
FEWEST_DAYS = 2
RUN_LENGTH = 9
TREND_LENGTH = 6
WARNING_SIGMAS = 2
WINDOW = 3
"""Two of so many in a row."""
FEWEST_TO_COMPARE = 5
"""Days with a visit judged, on either side."""
RANGE_SIGMAS = 1.96
"""Of 95 in 100, as a bell curve has it."""

KeptByDay = Sequence[tuple[date, int, int]]
"""(day, kept, judged)."""


class _Day(NamedTuple):
    """One point before it is judged. `deviation`: from the centre, in sigmas; 0 where nothing varies."""

    day: date
    value: float
    low: float
    high: float
    visits: int
    deviation: float


class _Stretch(NamedTuple):
    """Points `first` to `last` by their places, and those among them that carry the signal."""

    signal: Signal
    first: int
    last: int
    is_above: bool
    marked: tuple[int, ...]


def xmr(days: Sequence[tuple[date, float, int]]) -> ControlChart | None:
    """The XmR chart of (day, value, visits), none below 0; None for fewer than two days."""
    if len(days) < FEWEST_DAYS:
        return None
    days = sorted(days)
    values = [value for _day, value, _visits in days]
    centre = _mean(values)
    reach = LIMIT_PER_RANGE * _mean([abs(later - earlier) for earlier, later in pairwise(values)])
    sigma = reach / SIGMAS
    return _judged(
        centre,
        [
            _Day(day, value, max(centre - reach, 0.0), centre + reach, visits, _in(sigma, value - centre))
            for day, value, visits in days
        ],
    )


def difference(now: KeptByDay, before: KeptByDay) -> Difference | None:
    """Whether two periods' shares differ by more than chance explains; None for fewer than five days on either side.

    Visits of one day are not independent, so days are the clusters of a ratio estimate (Cochran, Sampling Techniques,
    3rd edition, 1977, 2.11 and 6.3, without the correction for a finite population).
    """
    sides = [_share_and_variance([day for day in days if day[2]]) for days in (now, before)]
    if sides[0] is None or sides[1] is None:
        return None
    (share, variance), (share_before, variance_before) = sides[0], sides[1]
    points = 100 * (share - share_before)
    reach = 100 * RANGE_SIGMAS * sqrt(variance + variance_before)
    low, high = points - reach, points + reach
    return Difference(points, low, high, low > 0 or high < 0)


def _share_and_variance(days: KeptByDay) -> tuple[float, float] | None:
    count = len(days)
    if count < FEWEST_TO_COMPARE:
        return None
    judged = sum(of for _day, _kept, of in days)
    share = sum(kept for _day, kept, _of in days) / judged
    squares = sum((kept - share * of) ** 2 for _day, kept, of in days)
    return share, count / (count - 1) * squares / judged**2


def p_chart(days: Sequence[tuple[date, int, int]]) -> ControlChart | None:
    """The p-chart of (day, kept, judged), without days on which nothing was judged; None for fewer than two others.

    Limits are Laney's p' where those are the wider: visits of one day are alike, since a bad morning makes all late.
    """
    days = sorted(day for day in days if day[2])
    if len(days) < FEWEST_DAYS:
        return None
    centre = sum(kept for _day, kept, _judged in days) / sum(judged for _day, _kept, judged in days)
    widened = widening(centre, [(kept / judged, judged) for _day, kept, judged in days])
    points = []
    for day, kept, judged in days:
        value = kept / judged
        sigma = widened * _p_sigma(centre, judged)
        points.append(_Day(day, value, *p_limits(centre, judged, widened), judged, _in(sigma, value - centre)))
    return _judged(centre, points, widened)


def p_limits(centre: float, judged: float, widened: float) -> tuple[float, float]:
    """The limits of a share of so many."""
    reach = SIGMAS * widened * _p_sigma(centre, judged)
    return max(centre - reach, 0.0), min(centre + reach, 1.0)


def widening(centre: float, days: Sequence[tuple[float, float]]) -> float:
    """How much more days of (share, judged) vary than single visits would make them: Laney's sigma of z, 1 at least."""
    deviations = [_in(_p_sigma(centre, judged), share - centre) for share, judged in days]
    ranges = [abs(later - earlier) for earlier, later in pairwise(deviations)]
    usual = _mean(ranges)
    screened = [each for each in ranges if each <= WIDEST_RANGE * usual]
    return max(1.0, LIMIT_PER_RANGE / SIGMAS * _mean(screened))


def _p_sigma(centre: float, judged: float) -> float:
    return sqrt(centre * (1 - centre) / judged)


def _mean(values: Sequence[float]) -> float:
    """Exact until it is rounded once: of equal values it is that value, so that none lies beside it."""
    return float(sum(map(Fraction, values), Fraction()) / len(values))


def _in(sigma: float, difference: float) -> float:
    return difference / sigma if sigma else 0.0


def _judged(centre: float, days: Sequence[_Day], widened: float = 1.0) -> ControlChart:
    stretches = sorted(_stretches(days), key=lambda each: (each.first, _GRAVITY[each.signal], each.last))
    marks: list[set[Signal]] = [set() for _day in days]
    for stretch in stretches:
        for place in stretch.marked:
            marks[place].add(stretch.signal)
    points = tuple(
        ChartPoint(day.day, day.value, day.low, day.high, day.visits, tuple(sorted(marked, key=_GRAVITY.__getitem__)))
        for day, marked in zip(days, marks, strict=True)
    )
    found = tuple(
        Found(each.signal, days[each.first].day, days[each.last].day, each.last - each.first + 1, each.is_above)
        for each in stretches
    )
    return ControlChart(centre, points, found, widened)


_GRAVITY = {signal: place for place, signal in enumerate(Signal)}


def _stretches(days: Sequence[_Day]) -> Iterator[_Stretch]:
    deviations = [day.deviation for day in days]
    for above in (True, False):
        side = [deviation if above else -deviation for deviation in deviations]
        outside = [day.value > day.high if above else day.value < day.low for day in days]
        yield from _rows(Signal.BEYOND_LIMIT, outside, 1, above)
        yield from _rows(Signal.RUN, [deviation > 0 for deviation in side], RUN_LENGTH, above)
        yield from _trends(side, above)
        yield from _twos(side, above)


def _rows(signal: Signal, holds: Sequence[bool], fewest: int, above: bool) -> Iterator[_Stretch]:
    """Each longest row of points for which it holds, of `fewest` or more."""
    for first, last in _longest(len(holds), holds.__getitem__):
        if last - first + 1 >= fewest:
            yield _Stretch(signal, first, last, above, tuple(range(first, last + 1)))


def _trends(side: Sequence[float], above: bool) -> Iterator[_Stretch]:
    for first, last in _longest(len(side) - 1, lambda place: side[place + 1] > side[place]):
        last += 1
        if last - first + 1 >= TREND_LENGTH:
            yield _Stretch(Signal.TREND, first, last, above, tuple(range(first, last + 1)))


def _twos(side: Sequence[float], above: bool) -> Iterator[_Stretch]:
    """Points beyond two sigma with no more than one other between each and the next."""
    beyond = [place for place, deviation in enumerate(side) if deviation > WARNING_SIGMAS]
    for first, last in _longest(len(beyond) - 1, lambda place: beyond[place + 1] - beyond[place] < WINDOW):
        marked = tuple(beyond[first : last + 2])
        yield _Stretch(Signal.TWO_OF_THREE, marked[0], marked[-1], above, marked)


def _longest(count: int, holds: Callable[[int], bool]) -> Iterable[tuple[int, int]]:
    """The first and last place of each longest row of places below `count` for which it holds."""
    first: int | None = None
    for place in range(count):
        if not holds(place):
            if first is not None:
                yield first, place - 1
            first = None
        elif first is None:
            first = place
    if first is not None:
        yield first, count - 1
