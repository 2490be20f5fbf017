"""An office whose arrivals are drawn: what is to be foretold of it is known."""

from __future__ import annotations

from datetime import date, time, timedelta

import numpy as np

from reception.domain.forecasting import PastArrivals
from reception.domain.office import Hours, Office

Counts = dict[date, dict[int, int]]

MONDAY = date(2024, 1, 1)
"""A bank holiday; the Monday after it is not."""
BY_WEEKDAY = (1.4, 1.1, 1.0, 0.9, 0.6)
COURSE = (1, 2, 4, 5, 5, 4, 3, 3, 3, 3, 3, 2, 2, 2, 1, 1)
"""Half hours from nine to five."""


def office(closures: frozenset[date] = frozenset(), saturdays: bool = False, sundays: bool = False) -> Office:
    """Open from nine to five, Monday to Friday."""
    days = range(7 if sundays else 6 if saturdays else 5)
    hours = tuple(Hours(day, time(9), time(17)) for day in days)
    return Office("civic", "Civic Offices", "", "Europe/London", hours=hours, closures=closures)


def rate(day: date, usual: float = 60, growth: float = 0) -> float:
    """The true mean of a day; `growth` is a share a week."""
    weeks = (day - MONDAY).days / 7
    return usual * BY_WEEKDAY[day.weekday()] * float((1 + growth) ** weeks)


def drawn(
    days: int,
    usual: float = 60,
    growth: float = 0,
    clumps: float = 0.02,
    seed: int = 7,
    closed: frozenset[date] = frozenset(),
    first: date = MONDAY,
) -> Counts:
    """Arrivals of weekdays: days differ by more than chance, by `clumps`."""
    random = np.random.default_rng(seed)
    shares = np.array(COURSE) / sum(COURSE)
    found: Counts = {}
    for day in (first + timedelta(days=later) for later in range(days)):
        if day.weekday() > 4 or day in closed:
            continue
        mean = rate(day, usual, growth)
        mean *= float(random.gamma(1 / clumps, clumps)) if clumps else 1
        found[day] = {
            540 + 30 * place: int(count) for place, count in enumerate(random.poisson(mean * shares)) if count
        }
    return found


def known(counts: Counts, last: date, where: Office | None = None) -> PastArrivals:
    """What is known at the end of `last`."""
    return PastArrivals(where or office(), last, {day: each for day, each in counts.items() if day <= last})
