"""How near the arrivals that are foretold come, on days that were not seen, beside three simple rules.

Needs --log: a walk-in desk's log, every ticket of it. The method's figures were chosen on days up to 2017; here each
day of 2018 is foretold by the days before it alone, one day and one week ahead. A day is judged when it is Monday to
Friday and anybody came: on others the desk was closed, and that it would be is known beforehand.

The rules: the same weekday of the week before; the mean of the last four of them; the mean of all of them. Their ranges
are as wide as they were off by in 2016 and 2017.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import holidays

from benchmarks.logged_office import ZONE, read_log
from benchmarks.measure import Options, Row, at_most, percentile, sqlite_file, timed
from benchmarks.past import add_past_visits
from reception.clock import local_datetime
from reception.domain.forecasting import HALF_HOUR, HALF_HOURS, PastArrivals
from reception.domain.office import Office
from reception.services.commands import CallVisit, Finish, StartService
from reception.services.supervisor_queries import Forecast
from reception.statistics.forecast import arrivals_forecast
from tests.support import OFFICE, At, door_on

NAME = "forecast"
YEAR, BEFORE = 2018, (2016, 2017)
LEADS = {1: "a day ahead", 7: "a week ahead"}


def _mean(days: Sequence[Sequence[int]]) -> list[float]:
    return [sum(each) / len(days) for each in zip(*days, strict=True)]


RULES: dict[str, Callable[[Sequence[Sequence[int]]], list[float]]] = {
    "last week": lambda days: _mean(days[-1:]),
    "last four": lambda days: _mean(days[-4:]),
    "all before": _mean,
}

Counts = Mapping[date, Sequence[int]]
Range = tuple[float, float, float]
"""Low, the point, high."""


@dataclass(frozen=True)
class Told:
    """What was told of one day and of its half hours, and what came."""

    day: date
    whole: Range
    half_hours: tuple[Range, ...]
    came: Sequence[int]
    judged: frozenset[int]
    """The half hours that are: those foretold, and those in which somebody came."""


def run(options: Options) -> list[Row]:
    if options.log is None:
        print("  no --log: only the time is measured", file=sys.stderr)
        return _time_of(options)
    counts = _counts(options.log)
    rows: list[Row] = []
    for lead, words in LEADS.items():
        judged = [day for day in sorted(counts) if day.year == YEAR and day.weekday() < 5]
        told = _told(counts, judged, lead)
        rows.append(Row(f"{words}: days judged", len(told), ""))
        rows += _measures(f"{words}, foretold", told)
        errors = []
        for name in RULES:
            by_rule = _by_rule(counts, told, lead, name)
            rows += _measures(f"{words}, {name}", by_rule)
            errors.append(_error((each.whole, sum(each.came)) for each in by_rule))
        gained = min(errors) - _error((each.whole, sum(each.came)) for each in told)
        rows.append(Row(f"{words}: error a day below the best rule's", gained, "", "> 0", gained > 0))
        groups: dict[str, list[Told]] = defaultdict(list)
        for each in told:
            groups[f"quarter {(each.day.month + 2) // 3}"].append(each)
            groups[f"{each.day:%A}"].append(each)
        rows += [
            Row(f"{words}, foretold, {name} ({len(of)}): held", _held((e.whole, sum(e.came)) for e in of), "")
            for name, of in sorted(groups.items())
        ]
    return rows + _time_of(options)


def _counts(log: Path) -> Counts:
    found: dict[date, list[int]] = {}
    for row in read_log(log):
        shown = local_datetime(row.arrived, ZONE)
        found.setdefault(shown.date(), [0] * HALF_HOURS)[(shown.hour * 60 + shown.minute) // HALF_HOUR] += 1
    return found


def _told(counts: Counts, days: Iterable[date], lead: int) -> list[Told]:
    years = range(min(counts).year, max(counts).year + 2)
    closures = frozenset(holidays.country_holidays("IE", years=years))
    office = Office("desk", "Desk", "", str(ZONE), closures=closures)
    known = {
        day: {place * HALF_HOUR: count for place, count in enumerate(came) if count} for day, came in counts.items()
    }
    found = []
    for day in days:
        told = arrivals_forecast(PastArrivals(office, day - timedelta(days=lead), known), day)
        if told.half_hours:
            each = {half.minute // HALF_HOUR: (half.low, half.expected, half.high) for half in told.half_hours}
            half_hours = tuple(each.get(place, (0.0, 0.0, 0.0)) for place in range(HALF_HOURS))
            judged = frozenset(each) | {place for place, came in enumerate(counts[day]) if came}
            found.append(Told(day, (told.low, told.expected, told.high), half_hours, counts[day], judged))
    return found


def _by_rule(counts: Counts, days: Sequence[Told], lead: int, name: str) -> list[Told]:
    known = [day for day in sorted(counts) if day.year in BEFORE and day.weekday() < 5]
    off: list[float] = []
    off_by_half_hour: list[float] = []
    for day in known:
        points = _points(counts, day, lead, name)
        if points is not None:
            off.append(sum(counts[day]) - sum(points))
            off_by_half_hour += [
                came - point for came, point in zip(counts[day], points, strict=True) if came or point >= 0.1
            ]
    found = []
    for each in days:
        points = _points(counts, each.day, lead, name)
        assert points is not None
        half_hours = tuple(_around(point, off_by_half_hour) for point in points)
        found.append(Told(each.day, _around(sum(points), off), half_hours, each.came, each.judged))
    return found


def _points(counts: Counts, day: date, lead: int, name: str) -> list[float] | None:
    before = [
        counts[each]
        for each in sorted(counts)
        if each <= day - timedelta(days=lead) and each.weekday() == day.weekday()
    ]
    return RULES[name](before) if before else None


def _around(point: float, off: Sequence[float]) -> Range:
    return max(0.0, point + percentile(off, 0.1)), point, max(0.0, point + percentile(off, 0.9))


def _measures(name: str, told: Sequence[Told]) -> list[Row]:
    whole = [(each.whole, sum(each.came)) for each in told]
    half_hours = [(each.half_hours[place], each.came[place]) for each in told for place in sorted(each.judged)]
    rows = []
    for what, found in (("a day", whole), ("half an hour", half_hours)):
        rows += [
            Row(f"{name}: error {what}", _error(found), ""),
            Row(f"{name}: held {what}", _held(found), ""),
            Row(f"{name}: width {what}", sum(high - low for (low, _, high), _ in found) / len(found), ""),
            Row(f"{name}: interval score {what}", sum(_score(*each) for each in found) / len(found), ""),
        ]
    return rows


def _error(told: Iterable[tuple[Range, int]]) -> float:
    errors = [abs(point - came) for (_, point, _), came in told]
    return sum(errors) / len(errors)


def _held(told: Iterable[tuple[Range, int]]) -> float:
    held = [low <= came <= high for (low, _, high), came in told]
    return sum(held) / len(held)


def _score(told: Range, came: int) -> float:
    low, _, high = told
    return high - low + 10 * max(0.0, low - came, came - high)


def _time_of(options: Options) -> list[Row]:
    """Of one forecast with 100,000 visits of one office, on a SQLite file."""
    with sqlite_file(options.folder) as url, closing(door_on(url)) as door:
        at = At(door).set_up(hours=()).sign_in()
        seen = at.take()
        at.on(CallVisit, seen, reason="benchmark")
        at.on(StartService, seen)
        at.on(Finish, seen)
        add_past_visits(url, seen.visit_id, options.times(100_000))
        day = local_datetime(door.now(), ZONE).date() + timedelta(days=1)
        while not door.ask(Forecast(OFFICE, day)).half_hours:
            day += timedelta(days=1)
        times = [timed(lambda: door.ask(Forecast(OFFICE, day))) * 1000 for _ in range(options.times(10))]
    return [at_most("one forecast by 100,000 visits, median", percentile(times, 0.5), "ms", 1000)]
