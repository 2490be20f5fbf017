"""Simulated days beside those of a real log, and beside made-up days of which the counters are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace

from benchmarks.logged_office import ZONE, Logged, read_log
from benchmarks.measure import Options, Row, percentile
from reception.clock import HOUR, MINUTE, from_datetime, local_date, local_datetime
from reception.domain.foresight import BELIEVABLE
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import Entry, Kind, RuleSettings
from reception.domain.recorded_days import Attendance, PastDay, PastService, PastVisit, RecordedOffice, Targets
from reception.domain.staffing import Plan
from reception.statistics.drawing import Days
from reception.statistics.in_truth import recorded_kept
from reception.statistics.playing import Staff, play
from reception.statistics.simulating import play_one, staff_for, what_if
from reception.statistics.usual_plan import desks_on, usual_desks

YEAR = 2018
FEWEST = 20
"""Days with fewer visits say little of their mean wait."""
TARGET = 15 * MINUTE
SAME_WEEKDAY = 26
DAYS_OF_PLANS, FEWEST_OF_PLANS = 30, 30


def recorded(log: Path, options: Options) -> Iterator[Row]:
    """Each day of the year with its own arrivals: once with services as recorded, and as they are drawn."""
    rows = read_log(log)
    office = logged_office(rows, YEAR)
    times = options.times(100)
    staff = [staff_for(office, desks_on(day, office)) for day in office.days]
    yield Row(f"days of {YEAR} with {FEWEST} visits at least", len(office.days), "")
    yield Row(
        "mean wait as recorded, mean of the days", float(np.mean([_waits(day).mean() for day in office.days])), "min"
    )
    yield from _as_recorded(office, staff, "counters told from the log")
    yield from _drawn(office, staff, times, "counters told from the log")
    made_up = _made_up(office, staff)
    told = [staff_for(made_up, desks_on(day, made_up)) for day in made_up.days]
    yield from _drawn(made_up, staff, times, "made-up days, their counters known")
    yield from _as_recorded(made_up, told, "made-up days, counters told from them")
    yield from _drawn(made_up, told, times, "made-up days, counters told from them")
    yield from _usual_plans(rows, options)


def _as_recorded(office: RecordedOffice, staff: Sequence[Staff], what: str) -> Iterator[Row]:
    queue = OrderedQueue("first_come", office.settings)
    by_mean, by_share = [], []
    for day, own in zip(office.days, staff, strict=True):
        waits, replayed = _waits(day), (_starts(day, _lasts(day), own, queue) - _joined(day)) / MINUTE
        by_mean.append(float(replayed.mean() - waits.mean()))
        by_share.append(float((replayed <= 15).mean() - (waits <= 15).mean()))
    yield from _spread(f"{what}, services as recorded: mean wait less the recorded", by_mean, "min")
    yield from _spread(f"{what}, services as recorded: share within 15 less the recorded", by_share, "")


def _drawn(office: RecordedOffice, staff: Sequence[Staff], times: int, what: str) -> Iterator[Row]:
    queue = OrderedQueue("first_come", office.settings)
    drawing = Days(office, queue, as_recorded=True)
    off, within, within_share = [], 0, 0
    for place, (day, own) in enumerate(zip(office.days, staff, strict=True)):
        waits = _waits(day)
        played = [
            play_one(drawing.of_day(place, np.random.default_rng((1, place, run))), own, queue, 0).waits / MINUTE
            for run in range(times)
        ]
        means = [float(each.mean()) for each in played]
        shares = [float((each <= 15).mean()) for each in played]
        off.append(float(np.mean(means) - waits.mean()))
        within += percentile(means, 0.1) <= waits.mean() <= percentile(means, 0.9)
        within_share += percentile(shares, 0.1) <= (waits <= 15).mean() <= percentile(shares, 0.9)
    yield from _spread(f"{what}, services drawn: mean wait less the recorded", off, "min")
    yield Row(f"{what}, services drawn: days whose mean wait lies in the 80 % range", within / len(off), "")
    yield Row(f"{what}, services drawn: days whose share lies in the 80 % range", within_share / len(off), "")


def _made_up(office: RecordedOffice, staff: Sequence[Staff]) -> RecordedOffice:
    """Days with these arrivals and these counters, and services that know nothing of them."""
    queue, chance = OrderedQueue("first_come", office.settings), np.random.default_rng(3)
    days = []
    for day, own in zip(office.days, staff, strict=True):
        lasts = chance.choice(_lasts(day), len(day.visits))
        starts = _starts(day, lasts, own, queue)
        visits = zip(day.visits, starts.tolist(), (starts + lasts).tolist(), strict=True)
        days.append(PastDay(day.day, tuple(replace(each, started=start, ended=end) for each, start, end in visits)))
    return replace(office, days=tuple(days))


def _usual_plans(rows: Sequence[Logged], options: Options) -> Iterator[Row]:
    """Days spread over the years, each with the plan that is usual by the days of its weekday before it."""
    for years in ((2016, 2017), (2018,)):
        pool = [day for year in range(2015, years[-1] + 1) for day in logged_office(rows, year, 1).days]
        asked = [day.day for day in pool if day.day.year in years and len(day.visits) >= FEWEST_OF_PLANS]
        chosen = [asked[place] for place in np.linspace(0, len(asked) - 1, DAYS_OF_PLANS).astype(int)]
        truth, off, hours = [], [], []
        for day in chosen:
            before = [each for each in pool if each.day < day and each.day.weekday() == day.weekday()][-SAME_WEEKDAY:]
            if len(before) < 4:
                continue
            office = _office(tuple(before))
            plan = Plan(usual_desks(office), office.rule, office.settings, ())
            played = what_if(office, plan, options.times(60, 2), 1, lambda done, total: None)
            truth.append(recorded_kept(office) or 0.0)
            off.append((played.all_walk_ins_kept or 0.0) - truth[-1])
            hours.append(sum(each.counters for each in played.slots) / 2)
        name = f"usual plan, {len(off)} days of {'-'.join(map(str, years))}"
        yield Row(f"{name}: share within 15 of the days before, as recorded", float(np.mean(truth)), "")
        yield Row(f"{name}: simulated less that, mean", float(np.mean(off)), "")
        yield Row(f"{name}: simulated less that, mean size", float(np.mean(np.abs(off))), "")
        yield Row(f"{name}: staff hours", float(np.mean(hours)), "")


def _spread(what: str, values: Sequence[float], unit: str) -> Iterator[Row]:
    yield Row(f"{what}, mean", float(np.mean(values)), unit)
    yield Row(f"{what}, mean size", float(np.mean(np.abs(values))), unit)
    for share in (0.1, 0.5, 0.9):
        yield Row(f"{what}, p{share * 100:.0f}", percentile(values, share), unit)
    yield Row(f"{what}, least", min(values), unit)
    yield Row(f"{what}, most", max(values), unit)


def _starts(day: PastDay, lasts: Any, staff: Staff, queue: OrderedQueue) -> Any:
    entries = [
        Entry(f"{n:04d}", Kind.WALK_IN, each.service_id, each.joined, each.joined, TARGET, n)
        for n, each in enumerate(day.visits)
    ]
    return np.array(play([queue.ready(each, n) for n, each in enumerate(entries)], lasts.tolist(), staff, queue, 0))


def _lasts(day: PastDay) -> Any:
    return np.array([max(1, (each.ended or 0) - (each.started or 0)) for each in day.visits])


def _joined(day: PastDay) -> Any:
    return np.array([each.joined for each in day.visits])


def _waits(day: PastDay) -> Any:
    """In minutes."""
    return np.array([(each.started or 0) - each.joined for each in day.visits]) / MINUTE


def logged_office(rows: Sequence[Logged], year: int, fewest: int = FEWEST) -> RecordedOffice:
    """The days of a year on which so many were seen on the day on which they came."""
    days: dict[date, list[PastVisit]] = defaultdict(list)
    for row in rows:
        if row.started is None:
            continue
        day = local_date(row.arrived, ZONE)
        if day.year != year or local_datetime(row.started, ZONE).date() != day:
            continue
        midnight = from_datetime(datetime.combine(day, time(12), tzinfo=ZONE)) - 12 * HOUR
        came, began = row.arrived - midnight, row.started - midnight
        ended = min(row.finished, row.started + BELIEVABLE) - midnight
        days[day].append(PastVisit(Kind.WALK_IN, "", came, came, began, ended))
    return _office(tuple(PastDay(day, tuple(visits)) for day, visits in sorted(days.items()) if len(visits) >= fewest))


def _office(days: tuple[PastDay, ...]) -> RecordedOffice:
    return RecordedOffice(
        name="the log",
        services={"": PastService("any")},
        days=days,
        lasted={"": tuple((each.ended or 0) - (each.started or 0) for day in days for each in day.visits)},
        usual=8 * MINUTE,
        attendance=Attendance(0.0, (0,), is_assumed=True),
        grace=TARGET,
        targets=Targets(TARGET, TARGET, is_assumed=False),
        rule="first_come",
        settings=RuleSettings(call_to_start=0),
        counters=None,
    )
