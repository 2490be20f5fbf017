"""What the record says of a day beside any level: how seldom anybody comes on such a weekday, and who came on it in the
years before. `docs/definitions.md`, "Arrivals foretold", is the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from reception.domain.forecasting import HardlyOpen, PastArrivals, YearBefore
from reception.statistics.known_days import SHUT_FROM, does_count

MOST, LEAST = 52, 10
"""Of so many of the last such weekdays it is told, and of no fewer."""
ONE_IN = 10
LATEST = 4
"""Where somebody came on two of so many of the latest, it has begun to open on them."""
YEARS = 3


def hardly_open(past: PastArrivals, day: date) -> HardlyOpen | None:
    """None where the office has told its hours, or where its record says nothing of the kind."""
    if past.office.hours:
        return None
    came = _came(past, min(past.last, day - timedelta(days=1)))
    if not came:
        return None
    first, last = min(came), min(past.last, day - timedelta(days=1))
    others = {each - timedelta(days=each.weekday()) for each in came if each.weekday() != day.weekday()}
    such = sorted(monday + timedelta(days=day.weekday()) for monday in others)
    counts = [came.get(each, 0) for each in such if first <= each <= last and does_count(past, each)][-MOST:]
    days_with_visitors = sum(count > 0 for count in counts)
    is_beginning = sum(count > 0 for count in counts[-LATEST:]) > 1
    if len(counts) < LEAST or days_with_visitors * ONE_IN > len(counts) or is_beginning:
        return None
    return HardlyOpen(len(counts), days_with_visitors, sum(counts))


def years_before(past: PastArrivals, day: date) -> tuple[YearBefore, ...]:
    """The latest first."""
    came = _came(past, min(past.last, day - timedelta(days=1)))
    if not came:
        return ()
    such = (_nearest(day, back) for back in range(1, YEARS + 1))
    return tuple(
        YearBefore(then, came.get(then, 0))
        for then in such
        if min(came) <= then <= past.last and does_count(past, then)
    )


def is_nobody_then(day: date, found: Sequence[YearBefore], expected: float) -> bool:
    """In either of the two years before nobody came on the same weekday, which usually brings somebody."""
    then = {each.day: each.visitors for each in found}
    return expected >= SHUT_FROM and all(then.get(_nearest(day, back)) == 0 for back in (1, 2))


def _came(past: PastArrivals, last: date) -> dict[date, int]:
    return {each: sum(of.values()) for each, of in past.counts.items() if each <= last and does_count(past, each)}


def _nearest(day: date, back: int) -> date:
    """The same weekday of so many years before, the nearest to the date."""
    leap = (day.month, day.day) == (2, 29)
    then = date(day.year - back, day.month, 28 if leap else day.day)
    return then + timedelta(days=(day.weekday() - then.weekday() + 3) % 7 - 3)
