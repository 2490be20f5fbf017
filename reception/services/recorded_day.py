"""One recorded day: what another system's log says of it, and what can be inferred from that."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from statistics import median_low
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, Millis, local_date, midnight_after
from reception.domain.columns import Column
from reception.domain.figures import WaitSummary
from reception.domain.grouping import TOTAL
from reception.domain.standards import PRESETS, is_within
from reception.errors import Code, Refusal
from reception.statistics.visit_log import LoggedVisit, SetAside, VisitLog
from reception.statistics.waits import WaitRow, summarise


@dataclass(frozen=True)
class RecordedDay:
    """The believable visits of one local day, in the order of their arrival."""

    day: date
    zone: ZoneInfo
    visits: tuple[LoggedVisit, ...]
    """A finish after midnight is left out: nobody closed that ticket on its day."""
    after_midnight: int
    """Visits left out, because their wait went on when the day was over."""
    aside: int
    """Rows set aside in the whole log: of some it cannot be said what day they are of."""

    @property
    def closes(self) -> Instant:
        return midnight_after(self.day, self.zone)

    @property
    def unfinished(self) -> int:
        """Visits that were started and not finished that day."""
        return sum(visit.started is not None and visit.finished is None for visit in self.visits)

    @property
    def left(self) -> int:
        return sum(visit.left is not None for visit in self.visits)

    @cached_property
    def usual_service(self) -> Millis:
        """The median of the day's known services; 0 when none is known."""
        known = [v.finished - v.started for v in self.visits if v.started is not None and v.finished is not None]
        return median_low(known) if known else 0

    def service_of(self, visit: LoggedVisit) -> Millis:
        """As recorded, or the usual where the record does not say."""
        if visit.started is None or visit.finished is None:
            return self.usual_service
        return visit.finished - visit.started


def read_day(log: VisitLog, day: date) -> RecordedDay:
    """Refuses (BAD_INPUT) a day without a believable visit, naming the nearest days that have one."""
    visits = []
    days: set[date] = set()
    aside = after_midnight = 0
    closes = midnight_after(day, log.zone)
    for row in log:
        if isinstance(row, SetAside):
            aside += 1
            continue
        arrived_on = local_date(row.arrived, log.zone)
        days.add(arrived_on)
        if arrived_on != day:
            continue
        if max(row.started or 0, row.left or 0) >= closes:
            after_midnight += 1
        elif row.finished is not None and row.finished >= closes:
            visits.append(replace(row, finished=None))
        else:
            visits.append(row)
    if not visits:
        before, after = max((d for d in days if d < day), default=None), min((d for d in days if d > day), default=None)
        near = " and ".join(each.isoformat() for each in (before, after) if each is not None)
        raise Refusal(
            Code.BAD_INPUT,
            f"{log.path.name} has no believable visit on {day.isoformat()}.",
            f"The nearest days with visits are: {near}." if near else "",
        )
    visits.sort(key=lambda visit: (visit.arrived, visit.row_number))
    return RecordedDay(day, log.zone, tuple(visits), after_midnight, aside)


def infer_counters(day: RecordedDay) -> int:
    """The number of counters that explains the record best: first come, first served, with services as recorded,
    it comes nearest to the recorded mean wait. The least of several such numbers."""
    recorded = _mean([visit.started - visit.arrived for visit in day.visits if visit.started is not None])
    numbers = range(1, counters_needed(day.visits) + 1)
    return min(numbers, key=lambda number: abs(_mean(_waits_in_turn(day, number)) - recorded))


def _mean(waits: list[Millis]) -> float:
    return sum(waits) / len(waits) if waits else 0.0


def _waits_in_turn(day: RecordedDay, counters: int) -> list[Millis]:
    """The waits of those seen, if so many counters took everyone in the order of arrival."""
    free = [day.visits[0].arrived] * counters
    waits = []
    for visit in day.visits:
        start = max(free[0], visit.arrived)
        if visit.left is None or start < visit.left:
            heapq.heapreplace(free, start + day.service_of(visit))
            waits.append(start - visit.arrived)
    return waits


def share_waited_while_fewer(day: RecordedDay, counters: int) -> float:
    """Of the time in which somebody waited, the share in which fewer than so many were served."""
    changes: list[tuple[Instant, int, int]] = []
    for visit in day.visits:
        seen_or_gone = visit.left if visit.started is None else visit.started
        changes.append((visit.arrived, 1, 0))
        changes.append((visit.arrived if seen_or_gone is None else seen_or_gone, -1, 0))
        if visit.started is not None:
            changes += [(visit.started, 0, 1), (visit.started + day.service_of(visit), 0, -1)]
    changes.sort()
    waited = fewer = since = waiting = busy = 0
    for at, more_waiting, more_busy in changes:
        if waiting:
            waited += at - since
            fewer += at - since if busy < counters else 0
        waiting, busy, since = waiting + more_waiting, busy + more_busy, at
    return fewer / waited if waited else 0.0


def recorded_waits(day: RecordedDay, preset: str) -> WaitSummary:
    """The day's waits straight from the record, without any command."""
    promised = PRESETS[preset].walk_in_seen if preset in PRESETS else None
    target = None if promised is None else promised * MINUTE
    rows = []
    for visit in day.visits:
        if visit.started is not None:
            rows.append(WaitRow(TOTAL, Column.SEEN, visit.started - visit.arrived, target))
        elif visit.left is not None:
            kept = target is None or is_within(visit.left - visit.arrived, target)
            rows.append(WaitRow(TOTAL, Column.LEFT_BEFORE if kept else Column.LEFT_AFTER, None, target))
    return summarise(rows, (TOTAL,))[0]


def counters_needed(visits: tuple[LoggedVisit, ...]) -> int:
    """The most visitors who were served at one time; one who was never finished keeps a counter for good."""
    most = kept = 0
    ends: list[Instant] = []
    for visit in sorted((v for v in visits if v.started is not None), key=lambda v: v.started or 0):
        while ends and visit.started is not None and ends[0] <= visit.started:
            heapq.heappop(ends)
        if visit.finished is None:
            kept += 1
        else:
            heapq.heappush(ends, visit.finished)
        most = max(most, kept + len(ends))
    return max(1, most)
