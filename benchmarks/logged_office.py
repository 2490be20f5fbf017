"""The walk-in log played back: how each who came in a year found the queue, by what was known at that moment alone.

The log tells neither counters nor rule. At each start the first free place of those so far used that day is taken for
the counter; a counter counts as open while it serves and for half an hour after; first come, first served. Whoever was
overtaken is taken to have gone, as a desk would have marked them. A ticket that nobody closed stands in the queue until
somebody who came later is served: that it will be set aside is not known yet.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reception.clock import HOUR, MINUTE, Instant, Millis, from_datetime, local_date
from reception.domain.draining import Hall, Standing, standing
from reception.domain.expecting import Expected, Lines, expected, learnt
from reception.domain.foresight import BELIEVABLE, AtWork
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import Entry, Kind
from reception.domain.retracing import PastLeg, recent_wait, retraced, usual_minutes
from reception.statistics.visit_log import LogColumns, LoggedVisit, SetAside, open_visit_log
from reception.storage.queries.waits import AS_IF, LOOKED_BACK, SERVICES_OF_LATE

ZONE = ZoneInfo("Europe/Dublin")
SERVICE = "service"
SHARES = {SERVICE: (SERVICE,)}
STAYS_OPEN: Millis = 30 * MINUTE
TARGET: Millis = 15 * MINUTE
PRIOR_MINUTES = 8.0


@dataclass
class Logged:
    """A row of the log. `started` None: nobody closed it."""

    number: int
    arrived: Instant
    started: Instant | None
    finished: Instant
    day: str
    counter: int = 0


@dataclass(frozen=True)
class Foretold:
    """An arrival that was judged: what was known, what was foretold, and what came of it, in minutes."""

    at: Instant
    ahead: int
    busy: int
    last_five: float | None
    """Their mean, of today; None before the first."""
    expected: Expected
    waited: float


def read_log(path: Path) -> list[Logged]:
    """Every row in order of arrival, those of unclosed tickets too."""
    rows = []
    for row in open_visit_log(path, LogColumns("arrived", "served", "finished"), ZONE):
        if isinstance(row, LoggedVisit) and row.started is not None:
            finished = row.started + BELIEVABLE if row.finished is None else row.finished
            rows.append(Logged(row.row_number, row.arrived, row.started, finished, _day(row.arrived)))
        elif isinstance(row, SetAside):
            arrived = from_datetime(datetime.fromisoformat(row.cells[0]).replace(tzinfo=ZONE))
            rows.append(Logged(row.row_number, arrived, None, arrived, _day(arrived)))
    rows.sort(key=lambda each: (each.arrived, each.number))
    _place(rows)
    return rows


def _day(at: Instant) -> str:
    return local_date(at, ZONE).isoformat()


def _place(rows: Sequence[Logged]) -> None:
    """Give every service a counter: the first that was free when it began."""
    days: dict[str, list[tuple[Instant, int, Logged]]] = defaultdict(list)
    for row in rows:
        if row.started is not None:
            days[row.day].append((row.started, row.number, row))
    for day in days.values():
        free: list[int] = []
        busy: list[tuple[Instant, int]] = []
        for started, _, row in sorted(day, key=lambda each: each[:2]):
            while busy and busy[0][0] <= started:
                heapq.heappush(free, heapq.heappop(busy)[1])
            row.counter = heapq.heappop(free) if free else len(busy)
            heapq.heappush(busy, (_ends(row), row.counter))


def _ends(row: Logged) -> Instant:
    assert row.started is not None
    return min(row.finished, row.started + BELIEVABLE)


def foretell(rows: Sequence[Logged], year: int, learning: bool = True) -> Iterator[Foretold]:
    """Each arrival of the year that was seen within 90 minutes. Without learning it is told as if without a record."""
    began = sorted((row for row in rows if row.started is not None), key=lambda row: (row.started, row.number))
    starts = [row.started or 0 for row in began]
    days: dict[str, list[Logged]] = defaultdict(list)
    for row in rows:
        if row.day.startswith(str(year)):
            days[row.day].append(row)
    lines, usual, hour = Lines(PRIOR_MINUTES), (dict[str, float](), PRIOR_MINUTES), -1
    for day in days.values():
        served = [row for row in began[bisect_left(starts, day[0].arrived) :][: len(day)] if row.day == day[0].day]
        for place, row in enumerate(day):
            if row.started is None:
                continue
            now = row.arrived
            if learning and now // HOUR != hour:
                hour = now // HOUR
                known = bisect_left(starts, hour * HOUR)
                past = [_leg(each, hour * HOUR) for each in began[max(0, known - LOOKED_BACK) : known]]
                usual = usual_minutes(reversed(past), PRIOR_MINUTES, SERVICES_OF_LATE, AS_IF)
                lines = learnt(usual[1], retraced(past, SHARES, *usual, overtakes=0))
            yield _foretold(row, day[:place], [each for each in served if (each.started or 0) <= now], lines, usual)


def _leg(row: Logged, known_until: Instant) -> PastLeg:
    assert row.started is not None
    ended = row.finished if row.finished < known_until else None
    return PastLeg(row.day, SERVICE, str(row.counter), row.arrived, row.started, ended, row.started - row.arrived)


def _foretold(
    row: Logged, before: Sequence[Logged], served: Sequence[Logged], lines: Lines, usual: tuple[dict[str, float], float]
) -> Foretold:
    now = row.arrived
    seen = [each for each in served if each.number != row.number]
    last_of_those = max((each.arrived for each in seen), default=0)
    waiting = [each for each in before if each.started is None or each.started > now]
    still_here = [each for each in waiting if each.arrived >= last_of_those]
    at_work: dict[int, Instant | None] = {}
    for each in seen:
        if _ends(each) > now:
            at_work[each.counter] = each.started
        elif _ends(each) > now - STAYS_OPEN:
            at_work.setdefault(each.counter, None)
    hall = Hall(
        now,
        tuple(_at_work(place, since) for place, since in (at_work or {0: None}).items()),
        tuple(_entry(each) for each in still_here),
        *usual,
        rule="first_come",
    )
    recent = recent_wait((_leg(each, now) for each in reversed(seen)), (SERVICE,))
    found = standing(_entry(row), hall, (SERVICE,), recent)
    five = [(each.started or 0) - each.arrived for each in seen[-5:]]
    return Foretold(
        at=now,
        ahead=sum(now - each.arrived <= BELIEVABLE for each in waiting),
        busy=sum(since is not None for since in at_work.values()),
        last_five=sum(five) / len(five) / MINUTE if five else None,
        expected=expected(lines, found or Standing(0.0)),
        waited=((row.started or 0) - row.arrived) / MINUTE,
    )


def _at_work(place: int, since: Instant | None) -> AtWork:
    name = str(place)
    return AtWork(Counter(name, name), Officer(name, name, Role.OFFICER), SERVICE, since)


def _entry(row: Logged) -> Entry:
    return Entry(str(row.number), Kind.WALK_IN, SERVICE, row.arrived, row.arrived, TARGET, row.number)
