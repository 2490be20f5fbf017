"""The days that a forecast goes by: those on which the office was open, with what came in each half hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reception.domain.forecasting import HALF_HOUR, HALF_HOURS, PastArrivals
from reception.statistics.count_ranges import Floats, Whole
from reception.statistics.open_days import beside_a_closure, is_shut

SHUT_FROM = 5.0
"""A day without anybody, where its weekday usually brings so many, is one on which the office was shut after all."""


class KnownDays(NamedTuple):
    """In time; one row a day."""

    days: Whole
    """Ordinals, as `date.toordinal` has them."""
    weekdays: Whole
    half_hours: Floats
    totals: Floats
    after_closure: NDArray[np.bool_]
    before_closure: NDArray[np.bool_]

    def of_weekday(self, weekday: int) -> int:
        """How many are of it."""
        return int((self.weekdays == weekday).sum())


def known_days(past: PastArrivals, last: date) -> KnownDays:
    """The days up to `last` that count."""
    office = past.office
    found = {day: counts for day, counts in past.counts.items() if day <= last and does_count(past, day)}
    for day in _days_of_nobody(past, found, last):
        found[day] = {}
    days = sorted(found)
    half_hours = np.zeros((len(days), HALF_HOURS))
    for row, day in enumerate(days):
        for minute, count in found[day].items():
            half_hours[row, minute // HALF_HOUR] += count
    beside = np.array([beside_a_closure(office, day) for day in days], bool).reshape(-1, 2)
    return KnownDays(
        days=np.array([day.toordinal() for day in days], np.int64),
        weekdays=np.array([day.weekday() for day in days], np.int64),
        half_hours=half_hours,
        totals=half_hours.sum(axis=1),
        after_closure=beside[:, 0],
        before_closure=beside[:, 1],
    )


def _days_of_nobody(past: PastArrivals, came: Mapping[date, Mapping[int, int]], last: date) -> list[date]:
    """Days since the first visit on which an office that has told its hours was open, and nobody came."""
    if not came or not past.office.hours:
        return []
    totals: dict[int, list[int]] = {}
    for day, counts in came.items():
        totals.setdefault(day.weekday(), []).append(sum(counts.values()))
    quiet = {weekday for weekday, each in totals.items() if float(np.median(each)) < SHUT_FROM}
    first = min(came)
    days = (first + timedelta(days=later) for later in range((last - first).days + 1))
    return [day for day in days if day.weekday() in quiet and day not in came and does_count(past, day)]


def does_count(past: PastArrivals, day: date) -> bool:
    """Whether the office was open on it, by its hours and closures as they are now, and not evacuated."""
    return day not in past.evacuated and not is_shut(past.office, day)
