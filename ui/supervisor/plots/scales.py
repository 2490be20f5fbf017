"""Where the ticks of an axis stand, and their words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from ui.moments import short_month

_STEPS = (1, 2, 5)
_MONTHS_UP_TO = 2 * 366
"""Over more days than this only years are named."""


def nice_ticks(high: float, low: float = 0.0, most: int = 5, unit: str = "") -> list[tuple[float, str]]:
    """Whole figures from `low` to at least `high`, about `most` of them: 0, 10, 20, 30."""
    span = max(high - low, 1.0)
    step = next(base * 10**power for power in range(12) for base in _STEPS if span / (base * 10**power) <= most)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [(at * step, f"{at * step:,}{unit}") for at in range(first, last + 1)]


def share_ticks(low: float, high: float = 1.0) -> list[tuple[float, str]]:
    """Per cent from under the lowest share to 100 % or over the highest: 70%, 80%, 90%, 100%."""
    bottom, top = max(0.0, low) * 100, min(1.0, high) * 100
    step = next(step for step in (5, 10, 20, 25) if (100 - bottom) / step <= 4 or step == 25)
    first, last = math.floor(bottom / step), math.ceil(top / step)
    first = max(0, first - 1) if bottom - first * step < step / 4 else first
    return [(at * step / 100, f"{at * step}%") for at in range(first, max(last, first + 1) + 1)]


def day_ticks(days: Sequence[date]) -> list[tuple[float, str]]:
    """Words under the days of a chart, one place a day: Mondays of a month, firsts of the month of a longer time, of
    more than two years those of a year. Where a year begins comes first, so that nothing takes the room of its words.
    """
    if not days:
        return []
    span = (days[-1] - days[0]).days
    if span <= 10:
        named = list(range(len(days)))
    elif span <= 100:
        named = [0, *(at for at in range(1, len(days)) if days[at].isocalendar()[:2] != days[at - 1].isocalendar()[:2])]
    else:
        years = [*(at for at in range(1, len(days)) if days[at].year != days[at - 1].year), 0]
        if span > _MONTHS_UP_TO:
            return [(float(at), str(days[at].year)) for at in years]
        others = [at for at in range(1, len(days)) if days[at].month != days[at - 1].month and at not in years]
        named_years = [(float(at), f"{short_month(days[at])} {days[at].year}") for at in years]
        return [*named_years, *((float(at), short_month(days[at])) for at in others)]
    return [(float(at), f"{days[at].day} {short_month(days[at])}") for at in named]
