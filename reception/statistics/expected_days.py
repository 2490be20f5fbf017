"""What a day is expected to bring by the days before it, and how it is spread over the day.

Days are weighed: those of late, the same weekdays, the same time of earlier years. The figures below were chosen on the
log of a real desk up to 2017; `docs/performance.md` judges them on what came after.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reception.statistics.count_ranges import Floats
from reception.statistics.known_days import KnownDays

FADES = (5.0, 14.0, 42.0)
"""Days in which a day's weight in the level halves: each is tried."""
LAST_YEARS = (0.0, 3.0)
"""So many days of today the same time of earlier years counts for: each is tried."""
WAYS = len(FADES) * len(LAST_YEARS)
USUAL_WAY = FADES.index(14.0)
"""Where there is too little to try them on."""
WEEKS = (364, 728, 1092)
"""Earlier years, in whole weeks."""
AROUND = 10
"""So many days to either side are the same time of the year."""
ENOUGH_OF_THEN = 5
EVER = 0.3
"""So many days of today all that is known counts for: it tells where nothing is near."""
SLOW = 365.0
"""Days in which a day's weight halves in what changes slowly: weekdays, and the course of a day."""
WEEKDAYS_ALIKE = 2.0
"""As if so many more days of each weekday had brought as many as any other day."""
COURSES_ALIKE = 3.0
"""As if so many more days of each weekday had been spread as any other day."""
CLOSURES_ALIKE = 4.0
"""As if so many more days beside a closure had brought as many as others."""
FEWEST = 10
"""With fewer days before it, a day tells nothing of how well it would have been foretold."""
LEAST_EFFECT = 0.05


def expected(known: KnownDays, totals: Floats, first: int, day: int, weekday: int) -> tuple[Floats, Floats]:
    """By each way what a day brings, were no closure beside it, by the first so many days alone; and how many days it
    rests on, each counted by its weight.

    `totals` are those of the known days, what closures did to them taken out.
    """
    days, weekdays, totals = known.days[:first], known.weekdays[:first], totals[:first]
    ages = day - days
    slow = 0.5 ** ((days[-1] - days) / SLOW)
    ever = float(slow @ totals / slow.sum())
    if ever == 0:
        return np.zeros(WAYS), np.ones(WAYS)
    factors = (np.bincount(weekdays, slow * totals, 7) / ever + WEEKDAYS_ALIKE) / (
        np.bincount(weekdays, slow, 7) + WEEKDAYS_ALIKE
    )
    plain = totals / factors[weekdays]
    then = np.zeros(first)
    for back in WEEKS:
        then += np.abs(ages - back) <= AROUND
    of_then = float(then.sum())
    level_then = float(then @ plain / of_then) if of_then else 0.0
    weights = np.array([0.5 ** (ages / fade) for fade in FADES])
    sums = weights @ plain + EVER * float(slow @ plain / slow.sum())
    counts = weights.sum(axis=1) + EVER
    levels, rests = [], []
    for of_last_years in LAST_YEARS:
        more = of_last_years * min(1.0, of_then / ENOUGH_OF_THEN)
        levels.append((sums + more * level_then) / (counts + more))
        rests.append(counts + more)
    return factors[weekday] * np.concatenate(levels), np.concatenate(rests)


def course(known: KnownDays, first: int, weekday: int) -> Floats:
    """The share of each half hour in a day of that weekday, by the first so many days."""
    days = known.days[:first]
    slow = 0.5 ** ((days[-1] - days) / SLOW)
    of_all = slow @ known.half_hours[:first] / slow.sum()
    of_weekday = (slow * (known.weekdays[:first] == weekday)) @ known.half_hours[:first]
    found: Floats = of_weekday + COURSES_ALIKE * of_all
    return found / max(float(found.sum()), 1e-9)


class Closures:
    """By how much more, or less, days beside a closure bring than others."""

    def __init__(self, known: KnownDays) -> None:
        self._after = _effect(known, known.after_closure)
        self._before = _effect(known, known.before_closure)

    def on(self, after_closure: NDArray[np.bool_], before_closure: NDArray[np.bool_]) -> Floats:
        """What each day's arrivals are multiplied with."""
        found: Floats = np.where(after_closure, self._after, 1.0) * np.where(before_closure, self._before, 1.0)
        return np.maximum(found, LEAST_EFFECT)


def _effect(known: KnownDays, marked: NDArray[np.bool_]) -> float:
    places = [int(place) for place in np.flatnonzero(marked) if place >= FEWEST]
    told = [
        expected(known, known.totals, place, int(known.days[place]), int(known.weekdays[place]))[0][USUAL_WAY]
        for place in places
    ]
    if not sum(told):
        return 1.0
    alike = CLOSURES_ALIKE * float(np.mean(told))
    return (float(known.totals[places].sum()) + alike) / (float(np.sum(told)) + alike)
