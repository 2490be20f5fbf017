"""How well a lost promise is foreseen five minutes ahead, on recorded days of 2018, beside a plain threshold.

The log tells arrivals, starts and ends of services. It does not tell how many counters were open. They are inferred in
two ways: as many as serve somebody at that moment, and as many as did at any one time of the last half hour, the free
ones since their last service ended. It does not tell who could serve what, nor by which rule people were called:
everyone may serve everyone, first come, first served. Nothing that happened after the moment at which a promise is
judged is used but to see whether it was lost.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.measure import Options, Row
from reception.clock import MINUTE, Instant, Millis, local_date
from reception.domain.foresight import BELIEVABLE, USUAL, AtWork, Scene, Waiting, foresee, usual_time
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import Entry, Kind, RuleSettings
from reception.statistics.visit_log import LogColumns, LoggedVisit, open_visit_log
from reception.storage.queries.book.usual import OF_LATE

NAME = "foresight"
LOG = Path(__file__).parents[1].parent / "shared" / "data" / "walk_ins_2015_2018.csv"
YEAR = 2018
DAYS = 60
SEED = 2018
TARGET: Millis = 15 * MINUTE
FORGOTTEN: Millis = BELIEVABLE
"""A service that lasts longer is taken for a ticket that nobody closed: nobody is at that counter any more."""
NO_LONGER: Millis = 30 * MINUTE
"""For so long a counter is taken to stay open without serving anybody."""
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
    services = _Services(visits)
    rows = [Row(f"days of {YEAR}, of {len(days)} in the log", len(chosen), "")]
    for ahead in (5, 10):
        by_serving, by_half_hour, threshold = Tally(), Tally(), Tally()
        for day in chosen:
            for verdict in _verdicts(days[day], services, ahead * MINUTE):
                by_serving.add(verdict.by_serving, verdict.is_lost)
                by_half_hour.add(verdict.by_half_hour, verdict.is_lost)
                threshold.add(True, verdict.is_lost)  # whoever waits at that moment has waited just so long
        rows += _rows(ahead, by_serving, by_half_hour, threshold)
    return rows


def _rows(ahead: int, by_serving: Tally, by_half_hour: Tally, threshold: Tally) -> list[Row]:
    judged = threshold.hits + threshold.false_alarms
    lost = threshold.hits
    when = f"{ahead} min ahead"
    plain = f"{when}, all who waited {TARGET // MINUTE - ahead} min"
    named = (
        (f"{when}, foresight, counters that serve", by_serving),
        (f"{when}, foresight, counters of the last half hour", by_half_hour),
        (plain, threshold),
    )
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
            if each.started is not None and each.finished is not None
        )
        self._ends = [end for end, _ in ended]
        self._lengths = [length for _, length in ended]

    def usual(self, now: Instant) -> Millis:
        place = bisect_right(self._ends, now)
        late = self._lengths[max(0, place - OF_LATE) : place]
        return usual_time(late) if late else USUAL


@dataclass(frozen=True)
class _Verdict:
    """Whether a promise was foretold to be lost, by either inference of counters, and whether it was."""

    by_serving: bool
    by_half_hour: bool
    is_lost: bool


def _verdicts(day: Sequence[LoggedVisit], services: _Services, ahead: Millis) -> Iterator[_Verdict]:
    """Of every visit of the day that still waits `ahead` of the end of its promise, at that moment."""
    for visit in day:
        promised_at = visit.arrived + TARGET
        now = promised_at - ahead
        if _goes_in(visit) <= now:
            continue

        def foretold(counters: Sequence[AtWork], visit: LoggedVisit = visit, now: Instant = now) -> bool:
            scene = _scene(day, now, services.usual(now), counters)
            expected = {each.visit_id: each.expected_at for each in foresee(scene)}[visit.key]
            return expected is None or expected > visit.arrived + TARGET

        serving, idle = _counters(day, now)
        yield _Verdict(
            foretold(serving or _free([now])),
            foretold((*serving, *idle) or _free([now])),
            _goes_in(visit) > promised_at,
        )


def _goes_in(visit: LoggedVisit) -> Instant:
    """When it waits no longer."""
    end = visit.left if visit.started is None else visit.started
    assert end is not None
    return end


def _counters(day: Sequence[LoggedVisit], now: Instant) -> tuple[tuple[AtWork, ...], tuple[AtWork, ...]]:
    """Those that serve somebody, and those that are free and did within the last half hour."""
    served = [(each.started, _ends(each)) for each in day if each.started is not None and each.started <= now]
    serving = [start for start, end in served if end > now]
    of_late = [(start, end) for start, end in served if end > now - NO_LONGER]
    most = max((sum(start <= at < end for start, end in of_late) for at, _ in of_late), default=0)
    ended = sorted((end for _, end in of_late if end <= now), reverse=True)
    return (
        tuple(_at_work(place, since, None) for place, since in enumerate(serving)),
        _free(ended[: max(0, most - len(serving))]),
    )


def _ends(visit: LoggedVisit) -> Instant:
    """When its counter was free again."""
    assert visit.started is not None
    forgotten = visit.started + FORGOTTEN
    return forgotten if visit.finished is None else min(visit.finished, forgotten)


def _free(since: Sequence[Instant]) -> tuple[AtWork, ...]:
    return tuple(_at_work(-place, None, at) for place, at in enumerate(since, start=1))


def _scene(day: Sequence[LoggedVisit], now: Instant, usual: Millis, counters: Sequence[AtWork]) -> Scene:
    waiting = tuple(_waiting(place, each) for place, each in enumerate(day) if each.arrived <= now < _goes_in(each))
    return Scene(
        now=now,
        counters=tuple(counters),
        waiting=waiting,
        usual={SERVICE: usual},
        rule="first_come",
        settings=RuleSettings(call_to_start=0),
    )


def _at_work(place: int, since: Instant | None, free_since: Instant | None) -> AtWork:
    name = f"counter {place}"
    service = SERVICE if since is not None else ""
    officer = Officer(name, name, Role.OFFICER)
    return AtWork(Counter(name, name), officer, service, since, free_since=free_since)


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
