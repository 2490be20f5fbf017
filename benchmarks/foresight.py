"""How well a lost promise is foreseen five minutes ahead, on recorded days of 2018, beside a plain threshold.

The log tells arrivals, starts and ends of services. It does not tell how many counters were open: where somebody waits,
as many are taken to be open as serve somebody, since a free one would have called. It does not tell who could serve
what, nor by which rule people were called: everyone may serve everyone, first come, first served. Nothing that
happened after the moment at which a promise is judged is used but to see whether it was lost.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median_low
from zoneinfo import ZoneInfo

from benchmarks.measure import Options, Row
from reception.clock import MINUTE, Instant, Millis, local_date
from reception.domain.foresight import USUAL, AtWork, Scene, Waiting, foresee
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import Entry, Kind, RuleSettings
from reception.statistics.visit_log import LogColumns, LoggedVisit, open_visit_log

NAME = "foresight"
LOG = Path(__file__).parents[1].parent / "shared" / "data" / "walk_ins_2015_2018.csv"
YEAR = 2018
DAYS = 60
SEED = 2018
TARGET: Millis = 15 * MINUTE
FORGOTTEN: Millis = 90 * MINUTE
"""A service that lasts longer is taken for a ticket that nobody closed: nobody is at that counter any more."""
OF_LATE = 30
"""The usual service is the median of so many that ended last."""
SERVICE = "service"


@dataclass
class Tally:
    """What was foretold against what happened."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0
    rest: int = 0

    def add(self, foretold: bool, happened: bool) -> None:
        if foretold:
            self.hits += happened
            self.false_alarms += not happened
        else:
            self.misses += happened
            self.rest += not happened

    @property
    def precision(self) -> float:
        return self.hits / ((self.hits + self.false_alarms) or 1)

    @property
    def recall(self) -> float:
        return self.hits / ((self.hits + self.misses) or 1)


def run(options: Options) -> list[Row]:
    if not LOG.exists():
        print(f"  {LOG.name} is not beside this project: nothing to measure", file=sys.stderr)
        return [Row("days of the log", 0, "")]
    visits = [each for each in _log() if isinstance(each, LoggedVisit)]
    visits.sort(key=lambda each: (each.arrived, each.row_number))
    days = _days(visits)
    chosen = sorted(random.Random(SEED).sample(sorted(days), min(len(days), options.times(DAYS))))
    rows = [Row(f"days of {YEAR}, of {len(days)} in the log", len(chosen), "")]
    for ahead in (5, 10):
        foresight, threshold = Tally(), Tally()
        for day in chosen:
            _judge(days[day], _Services(visits), ahead * MINUTE, foresight, threshold)
        rows += _rows(ahead, foresight, threshold)
    return rows


def _rows(ahead: int, foresight: Tally, threshold: Tally) -> list[Row]:
    judged = foresight.hits + foresight.false_alarms + foresight.misses + foresight.rest
    lost = foresight.hits + foresight.misses
    when = f"{ahead} min ahead"
    plain = f"{when}, all who waited {TARGET // MINUTE - ahead} min"
    named = ((f"{when}, foresight", foresight), (plain, threshold))
    return [
        Row(f"{when}: visits still waiting", judged, ""),
        Row(f"{when}: whose promise was then lost", lost, ""),
        *(
            Row(f"{name}: {what}", getattr(tally, what), "")
            for name, tally in named
            for what in ("precision", "recall", "hits", "false_alarms", "misses")
        ),
    ]


def _log() -> Sequence[object]:
    return list(open_visit_log(LOG, LogColumns("arrived", "served", "finished"), ZoneInfo("Europe/Dublin")))


def _days(visits: Sequence[LoggedVisit]) -> dict[date, list[LoggedVisit]]:
    days: dict[date, list[LoggedVisit]] = {}
    for each in visits:
        day = local_date(each.arrived, ZoneInfo("Europe/Dublin"))
        if day.year == YEAR:
            days.setdefault(day, []).append(each)
    return days


class _Services:
    """How long services lasted of late, as was known at any instant."""

    def __init__(self, visits: Sequence[LoggedVisit]) -> None:
        ended = sorted(
            (each.finished, each.finished - each.started)
            for each in visits
            if each.started is not None and each.finished is not None and each.finished - each.started <= FORGOTTEN
        )
        self._ends = [end for end, _ in ended]
        self._lengths = [length for _, length in ended]

    def usual(self, now: Instant) -> Millis:
        place = bisect_right(self._ends, now)
        late = self._lengths[max(0, place - OF_LATE) : place]
        return median_low(late) if late else USUAL


def _judge(day: Sequence[LoggedVisit], services: _Services, ahead: Millis, foresight: Tally, threshold: Tally) -> None:
    """Every visit of the day that still waits `ahead` of the end of its promise, at that moment."""
    for visit in day:
        now = visit.arrived + TARGET - ahead
        if _goes_in(visit) <= now:
            continue
        is_lost = _goes_in(visit) > visit.arrived + TARGET
        scene = _scene(day, now, services.usual(now))
        expected = {each.visit_id: each.expected_at for each in foresee(scene)}[visit.key]
        foresight.add(expected is None or expected > visit.arrived + TARGET, is_lost)
        threshold.add(True, is_lost)  # whoever waits at that moment has waited just so long


def _goes_in(visit: LoggedVisit) -> Instant:
    """When it waits no longer."""
    end = visit.left if visit.started is None else visit.started
    assert end is not None
    return end


def _scene(day: Sequence[LoggedVisit], now: Instant, usual: Millis) -> Scene:
    serving = [
        each.started
        for each in day
        if each.started is not None
        and each.started <= now < each.started + FORGOTTEN
        and (each.finished is None or each.finished > now)
    ]
    counters = tuple(_at_work(place, since) for place, since in enumerate(serving or [None]))
    waiting = tuple(_waiting(place, each) for place, each in enumerate(day) if each.arrived <= now < _goes_in(each))
    return Scene(
        now=now,
        counters=counters,
        waiting=waiting,
        usual={SERVICE: usual},
        rule="first_come",
        settings=RuleSettings(call_to_start=0),
    )


def _at_work(place: int, since: Instant | None) -> AtWork:
    name = f"counter {place}"
    return AtWork(Counter(name, name), Officer(name, name, Role.OFFICER), SERVICE if since is not None else "", since)


def _waiting(place: int, visit: LoggedVisit) -> Waiting:
    entry = Entry(
        visit_id=visit.key,
        kind=Kind.WALK_IN,
        service_id=SERVICE,
        arrived_at=visit.arrived,
        since=visit.arrived,
        target=TARGET,
        order=place,
    )
    return Waiting(entry, visit.arrived + TARGET)
