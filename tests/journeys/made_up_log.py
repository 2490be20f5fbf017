"""A log of visits that never were: one queue, busy on Mondays and towards noon, and for a time a counter fewer."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from heapq import heapreplace
from pathlib import Path

from msgspec import Struct

HEADINGS = ("arrived", "started", "finished", "left", "service")
OPTIONS = tuple(part for name in HEADINGS for part in (f"--{name}", name))
"""For `reception import visits`."""
BY_WEEKDAY = (1.35, 1.1, 1.0, 0.9, 0.75)
COURSE = (2, 3, 5, 6, 6, 5, 5, 4, 3, 3, 3, 3, 2, 2, 2, 1)
"""Half hours from nine to five."""
_OPENS, _CLOSES = 9, 17
_PATIENCE_MIN = 25
"""One in five leaves who has waited so long."""


class Made(Struct, frozen=True):
    """What the office is like. `services`: each with its share; `few`: days on which a counter is closed."""

    services: Mapping[str, float]
    a_day: float = 40
    counters: int = 3
    minutes: float = 11
    """A service, in the mean."""
    called_after: float = 0
    """Minutes in the mean until somebody is called though a counter is free."""
    few: tuple[date, date] = (date.max, date.max)


def write_log(path: Path, first: date, last: date, made: Made, seed: int = 5) -> int:
    """Write the weekdays of these days; how many rows. The same each time."""
    chance = random.Random(seed)
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for later in range((last - first).days + 1):
            day = first + timedelta(days=later)
            if day.weekday() < 5:
                for row in _day(day, made, chance):
                    writer.writerow(row)
                    rows += 1
    return rows


def _day(day: date, made: Made, chance: random.Random) -> Iterator[tuple[str, ...]]:
    """One queue before all counters; at lunch there is one fewer."""
    opens = datetime.combine(day, time(_OPENS))
    arrivals = sorted(
        60 * (30 * place + chance.uniform(0, 30))
        for place, share in enumerate(COURSE)
        for _ in range(_drawn(chance, made.a_day * BY_WEEKDAY[day.weekday()] * share / sum(COURSE)))
    )
    open_counters = made.counters - (made.few[0] <= day <= made.few[1])
    free: list[float] = [0.0] * open_counters
    for arrived in arrivals:
        service = chance.choices(list(made.services), list(made.services.values()))[0]
        called = arrived + 60 * chance.expovariate(1 / made.called_after) if made.called_after else arrived
        start = max(called, free[0])
        if start - arrived > 60 * _PATIENCE_MIN and chance.random() < 0.2:
            yield _row(opens, service, arrived, left=arrived + 60 * _PATIENCE_MIN)
            continue
        took = chance.lognormvariate(0, 0.7) * 60 * made.minutes / 1.28
        if 3 * 3600 <= start < 4.5 * 3600 and open_counters > 1:
            took *= 1.3
        heapreplace(free, start + took)
        yield _row(opens, service, arrived, started=start, finished=start + took)


def _drawn(chance: random.Random, mean: float) -> int:
    """So many in a time, when they come one by one."""
    count, spent = 0, chance.expovariate(1)
    while spent < mean:
        count, spent = count + 1, spent + chance.expovariate(1)
    return count


def _row(opens: datetime, service: str, arrived: float, **times: float) -> tuple[str, ...]:
    told = {"arrived": arrived, **times}
    said = (
        f"{opens + timedelta(seconds=round(told[name])):%Y-%m-%d %H:%M:%S}" if name in told else ""
        for name in HEADINGS[:4]
    )
    return (*said, service)
