"""How well lost promises are foreseen on real days, beside a threshold on the time already waited.

Of the walk-ins of 2018 who still wait so many minutes before a promise of 15 minutes ends: will it be lost? Precision
is the share of those named who lost it, recall the share of the lost who were named. The threshold names everyone who
has waited that long. The days are taken as they were recorded, and as the calling rule plays them. The log is not part
of the project; where it is not there, nothing is measured.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import mean
from time import perf_counter
from zoneinfo import ZoneInfo

from benchmarks.measure import Options, Row, percentile
from reception.clock import MINUTE, Instant, Millis, local_date, midnight_after
from reception.domain.foresight import AtWork, Scene, Waiting, foresee
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings
from reception.services.recorded_day import RecordedDay, infer_counters
from reception.statistics.visit_log import LogColumns, LoggedVisit, open_visit_log

NAME = "foresight"
LOG = Path(__file__).parents[1].parent / "shared" / "data" / "walk_ins_2015_2018.csv"
YEAR = 2018
PROMISE = 15 * MINUTE
RECENT = 2000
"""So many services before a day say how long one usually takes."""
AT_ONCE = RuleSettings(call_to_start=0)
"""The log knows no calls."""


@dataclasses.dataclass(frozen=True)
class Served:
    """One visit of a day, with the counter that served it where that is known."""

    key: str
    arrived: Instant
    started: Instant
    finished: Instant
    counter: int | None = None


Day = tuple[Sequence[Served], int]
"""The visits and how many counters there were."""
Play = Callable[[RecordedDay, int], list[Served]]


def run(options: Options) -> list[Row]:
    if not LOG.is_file():
        return [Row("the log is not there", 0, "")]
    rows = []
    recorded = list(_recorded_days(options))
    for name, play, rule in (
        ("as recorded", as_recorded, "first_come"),
        ("as the rule plays it", as_ruled, "keep_promises"),
    ):
        days = [((play(day, counters), counters), usual) for day, counters, usual in recorded]
        for ahead in (5, 10):
            times: list[float] = []
            verdicts = [
                verdict
                for day, usual in days
                for verdict in _verdicts(day, PROMISE - ahead * MINUTE, usual, rule, times)
            ]
            what = f"{name}, {ahead} minutes ahead"
            rows += [
                *_rows(f"{what}: foreseen", verdicts),
                *_rows(f"{what}: threshold", [(True, is_lost) for _, is_lost in verdicts]),
                Row(f"{what}: one look forward, p95", percentile(times, 0.95) * 1000, "ms"),
            ]
    return rows


def _rows(what: str, verdicts: Sequence[tuple[bool, bool]]) -> list[Row]:
    right = sum(named and is_lost for named, is_lost in verdicts)
    named = sum(named for named, _ in verdicts)
    lost = sum(is_lost for _, is_lost in verdicts)
    return [
        Row(f"{what}, precision", right / named if named else 0.0, ""),
        Row(f"{what}, recall", right / lost if lost else 0.0, ""),
    ]


def _recorded_days(options: Options) -> Iterator[tuple[RecordedDay, int, Millis]]:
    """Each day of the year, its counters, and what a service usually took before it."""
    log = open_visit_log(LOG, LogColumns("arrived", "served", "finished"), ZoneInfo("Europe/Dublin"))
    by_day: dict[date, list[LoggedVisit]] = defaultdict(list)
    for row in log:
        if isinstance(row, LoggedVisit):
            by_day[local_date(row.arrived, log.zone)].append(row)
    recent: list[Millis] = []
    of_year = sum(day.year == YEAR for day in by_day)
    left = options.times(of_year)
    for day in sorted(by_day):
        visits = tuple(_on_its_day(by_day[day], midnight_after(day, log.zone)))
        if day.year == YEAR and visits and left:
            left -= 1
            recorded = RecordedDay(day, log.zone, visits, 0, 0)
            yield recorded, infer_counters(recorded), round(mean(recent))
        recent += [v.finished - v.started for v in visits if v.started is not None and v.finished is not None]
        recent = recent[-RECENT:]


def _on_its_day(visits: Sequence[LoggedVisit], closes: Instant) -> Iterator[LoggedVisit]:
    for visit in sorted(visits, key=lambda each: (each.arrived, each.row_number)):
        if visit.started is not None and visit.started < closes:
            is_open = visit.finished is not None and visit.finished >= closes
            yield dataclasses.replace(visit, finished=None) if is_open else visit


def as_recorded(day: RecordedDay, _counters: int) -> list[Served]:
    return [
        Served(visit.key, visit.arrived, visit.started, visit.started + day.service_of(visit))
        for visit in day.visits
        if visit.started is not None
    ]


def as_ruled(day: RecordedDay, counters: int) -> list[Served]:
    """The same arrivals and services, called by the rule as soon as a counter is free."""
    coming = list(reversed(day.visits))
    waiting: list[LoggedVisit] = []
    served: list[Served] = []
    free = [(day.visits[0].arrived, number) for number in range(counters)]
    while coming or waiting:
        at, number = heapq.heappop(free)
        while coming and coming[-1].arrived <= at:
            waiting.append(coming.pop())
        if not waiting:
            heapq.heappush(free, (coming[-1].arrived, number))
            continue
        entries = [_entry(visit.key, visit.arrived, visit.row_number) for visit in waiting]
        key = RULES["keep_promises"](entries, at, AT_ONCE)[0].entry.visit_id
        called = next(visit for visit in waiting if visit.key == key)
        waiting.remove(called)
        ends = at + day.service_of(called)
        served.append(Served(key, called.arrived, at, ends, number))
        heapq.heappush(free, (ends, number))
    return served


def _entry(key: str, arrived: Instant, order: int) -> Entry:
    return Entry(key, Kind.WALK_IN, "service", arrived, arrived, PROMISE, order)


def _verdicts(day: Day, waited: Millis, usual: Millis, rule: str, times: list[float]) -> Iterator[tuple[bool, bool]]:
    """Of each who still waits after so long: whether the promise was foreseen to be lost, and whether it was."""
    visits, counters = day
    for visit in visits:
        now = visit.arrived + waited
        if visit.started <= now:
            continue
        scene = _scene(visits, counters, now, usual, rule)
        before = perf_counter()
        foreseen = foresee(scene)
        times.append(perf_counter() - before)
        expected = next(each.expected_at for each in foreseen if each.visit_id == visit.key)
        ends = visit.arrived + PROMISE
        yield expected is None or expected > ends, visit.started > ends


def _scene(visits: Sequence[Served], counters: int, now: Instant, usual: Millis, rule: str) -> Scene:
    serving = [visit for visit in visits if visit.started <= now < visit.finished]
    over = sorted((visit.finished for visit in visits if visit.finished <= now), reverse=True)
    idle = max(0, counters - len(serving))
    opened = min(visit.arrived for visit in visits)
    free_since = [over[number] if number < len(over) else opened for number in range(idle)]
    at_work = [
        *(_at_work(number, visit.started, None) for number, visit in enumerate(serving)),
        *(_at_work(len(serving) + number, None, since) for number, since in enumerate(free_since)),
    ]
    waiting = [visit for visit in visits if visit.arrived <= now < visit.started]
    return Scene(
        now,
        tuple(at_work),
        tuple(
            Waiting(_entry(visit.key, visit.arrived, order), visit.arrived + PROMISE)
            for order, visit in enumerate(waiting)
        ),
        usual={"service": usual},
        rule=rule,
        settings=AT_ONCE,
    )


def _at_work(number: int, since: Instant | None, free_since: Instant | None) -> AtWork:
    name = str(number)
    return AtWork(Counter(name, name), Officer(name, name, Role.OFFICER), "service", since, free_since=free_since)
