"""Simulated days: how long they take, and how near they come to closed forms; `recorded_year` is beside it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import factorial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.measure import Options, Row, at_most, sqlite_file
from benchmarks.recorded_year import TARGET, recorded
from reception.app import Door
from reception.clock import MINUTE, SetClock, from_datetime
from reception.config import Config
from reception.domain.grouping import Period
from reception.domain.office import Office
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.queueing import Entry, Kind, RuleSettings
from reception.domain.staffing import Desk, Plan
from reception.opening import open_door
from reception.services import queries as q
from reception.services import supervisor_queries as sq
from reception.services.import_survey import survey
from reception.services.importing import Order, import_visits
from reception.statistics.playing import NEVER, Shift, play
from reception.statistics.visit_log import LogColumns, open_visit_log
from reception.storage.importing import ImportStore

NAME = "what-if"
MONDAY = date(2031, 9, 1)
WEEKS = 26
VISITS = 120
DESKS = 4
RUNS = 500
LONDON = ZoneInfo("Europe/London")


def run(options: Options) -> list[Row]:
    rows = [*_speed(options), *_closed_forms(options)]
    return [*rows, *recorded(options.log, options)] if options.log else rows


# -- how long it takes -------------------------------------------------------------------------------------------


def _speed(options: Options) -> Iterator[Row]:
    """Half a year of 120 visits a day, Mondays alone for what if; through the door, the database read each time."""
    with sqlite_file(options.folder) as url, tempfile.TemporaryDirectory() as folder:
        door = _door(url, Path(folder))
        office: Office = door.ask(q.Offices())[0]
        day = MONDAY + timedelta(weeks=WEEKS)
        plan = Plan((Desk(9 * 60, 17 * 60, ((12 * 60, 13 * 60),)),) + (Desk(9 * 60, 17 * 60),) * (DESKS - 1))
        runs = options.times(RUNS)
        what = f"{runs} days of {VISITS} visits at {DESKS} desks"
        yield from _timed(what, door, sq.WhatIf(office.id, day, plan, runs=runs), 2.0)
        what = f"staffing, {options.times(200)} days a plan"
        yield from _timed(what, door, sq.Staffing(office.id, day, runs=options.times(200)))
        period = Period(day - timedelta(weeks=8), day - timedelta(days=1))
        what = f"comparing 9 policies, 40 days {options.times(20)} times each"
        yield from _timed(what, door, sq.ComparePolicies(office.id, period, runs=options.times(20)))
        door.close()


def _timed(what: str, door: Door, query: Any, limit: float | None = None) -> Iterator[Row]:
    """How long it takes, and the longest between two moments at which it can be stopped: of three times the shortest,
    for others may be at work."""
    best: tuple[float, float, float] | None = None
    for _ in range(3):
        told, began = [perf_counter()], process_time()
        door.work_out(query, lambda done, total, told=told: told.append(perf_counter()))
        pause = max(after - before for before, after in pairwise(told))
        found = (told[-1] - told[0], process_time() - began, pause)
        best = found if best is None else min(best, found)
    assert best is not None
    yield Row(what, best[0], "s") if limit is None else at_most(what, best[0], "s", limit)
    yield Row(f"{what}: the processor's time", best[1], "s")
    yield at_most(f"{what}: the longest until it can stop", best[2] * 1000, "ms", 200)


def _door(url: str, folder: Path) -> Door:
    clock = SetClock(_instant(MONDAY + timedelta(weeks=WEEKS), 6 * 60))
    door = open_door(Config(database=url), clock=clock)
    path = folder / "log.csv"
    path.write_text("arrived,started,finished\n" + "".join(_rows(random.Random(1))))
    log = open_visit_log(path, LogColumns("arrived", "started", "finished"), LONDON)
    store = ImportStore(door.database)
    order = Order("Civic Offices", "hertfordshire", LONDON)
    import_visits(log, survey(log, store.now(), LONDON), order, store, lambda done, total: None, lambda: False)
    return door


def _rows(chance: random.Random) -> Iterator[str]:
    for back in range(7 * WEEKS):
        day = MONDAY + timedelta(days=back)
        if day.weekday() < 5:
            for _ in range(round(chance.gauss(VISITS, 15))):
                arrived = 9 * 60 + chance.triangular(0, 470, 120)
                started = arrived + chance.expovariate(1 / 6)
                times = (arrived, started, started + chance.lognormvariate(2.2, 0.7))
                yield ",".join(_text(day, each) for each in times) + "\n"


def _text(day: date, minute: float) -> str:
    return f"{day.isoformat()} {int(minute) // 60:02d}:{int(minute) % 60:02d}:{int(minute * 60) % 60:02d}"


def _instant(day: date, minute: int) -> int:
    return _midnight(day, LONDON) + minute * MINUTE


def _midnight(day: date, zone: ZoneInfo) -> int:
    return from_datetime(datetime.combine(day, time(12), tzinfo=zone)) - 12 * 60 * MINUTE


# -- closed forms ------------------------------------------------------------------------------------------------


def _closed_forms(options: Options) -> Iterator[Row]:
    """Mean waits in mean services; the error is twice the standard error over 40 batches."""
    number = options.times(200_000, 20_000)
    chance = np.random.default_rng(1)
    exponential = chance.exponential(6 * MINUTE, number)
    for counters, load in ((1, 0.7), (3, 0.8), (6, 0.9)):
        offered = counters * load
        tail = offered**counters / factorial(counters) / (1 - load)
        some_wait = tail / (sum(offered**each / factorial(each) for each in range(counters)) + tail)
        waits = _waits(exponential, counters, load)
        yield from _beside(f"M/M/{counters} at {load}", waits, some_wait / (counters - offered))
    two_points = chance.choice([2.0 * MINUTE, 20.0 * MINUTE], number, p=[0.8, 0.2])
    mean, square = two_points.mean(), (two_points**2).mean()
    expected = 0.7 * square / (2 * mean**2) / 0.3
    yield from _beside("M/G/1 at 0.7, 2 or 20 minutes", _waits(two_points, 1, 0.7), expected)
    priorities = (chance.random(number) < 0.4).astype(int)
    waits = _waits(exponential, 1, 0.8, priorities)
    yield from _beside("M/M/1 at 0.8, 40 % urgent: the urgent", waits[priorities == 1], 0.8 / (1 - 0.32))
    yield from _beside("M/M/1 at 0.8, 40 % urgent: the others", waits[priorities == 0], 0.8 / (1 - 0.32) / 0.2)


def _beside(what: str, waits: Any, expected: float) -> Iterator[Row]:
    means = [batch.mean() for batch in np.array_split(waits[len(waits) // 10 :], 40)]
    error = float(2 * np.std(means, ddof=1) / np.sqrt(len(means)))
    simulated = float(np.mean(means))
    yield Row(f"{what}: simulated", simulated, "")
    yield Row(
        f"{what}: off the formula", simulated - expected, "", f"± {error:.3f}", abs(simulated - expected) <= error
    )


def _waits(lasts: Any, counters: int, load: float, priorities: Any = None) -> Any:
    chance = np.random.default_rng(2)
    arrivals = np.cumsum(chance.exponential(lasts.mean() / load / counters, len(lasts))).astype(int).tolist()
    rule = "first_come" if priorities is None else "staff_priority"
    queue = OrderedQueue(rule, RuleSettings(call_to_start=0))
    priority = [0] * len(lasts) if priorities is None else priorities.tolist()
    joining = [
        queue.ready(Entry(f"{n:07d}", Kind.WALK_IN, "a", at, at, TARGET, n, priority=priority[n]), n)
        for n, at in enumerate(arrivals)
    ]
    starts = play(joining, lasts.astype(int).tolist(), ((Shift(0, NEVER),),) * counters, queue, 0)
    return (np.array(starts) - np.array(arrivals)) / lasts.mean()
