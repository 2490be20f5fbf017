"""How near the wait that a visitor is told comes, on a real log of 2018 and in simulated offices.

With `--log FILE` every arrival of 2018 is told its wait by what was known when it came, beside three simple ways that
were fitted to the years before: the median of all waits, the last five waits of the day, a table by people ahead and
counters busy. Each has a range of its own that held 80 in 100 of those years. A wait counts as within a range when it
is between its ends, where nobody waits less than a minute; the interval score (Gneiting and Raftery, 2007) is the width
plus ten times what a wait lies outside. The waits are in minutes. Simulated offices are told by the same lines, first
with no record of their own, then with that of the days before.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.logged_office import ZONE, Foretold, foretell, read_log
from benchmarks.measure import Options, Row, at_most, percentile, sqlite_file, timed
from benchmarks.past import add_past_visits
from benchmarks.simulated_waits import simulated
from reception.services.commands import CallVisit, Finish, StartService
from reception.storage.database import Database
from reception.storage.engine import open_engine
from reception.storage.queries.names import record_of
from reception.storage.queries.waits import expected_waits
from reception.storage.remembered import RememberedWaits
from tests.support import OFFICE, At, door_on

NAME = "expected-wait"
YEAR, BEFORE = 2018, (2015, 2016, 2017)
ENOUGH = 20
"""Cells of the table with fewer waits take those of the same number ahead."""

Range = tuple[float, float, float]
"""Low, the point, high."""


def run(options: Options) -> list[Row]:
    rows: list[Row] = []
    if options.log is None:
        print("  no --log: only simulated offices are measured", file=sys.stderr)
    else:
        rows += _on_the_log(options.log)
    rows += [row for name, about, told in simulated(options.times(20)) for row in _simulated(name, about, told)]
    return rows + _time_of(options)


def _time_of(options: Options) -> list[Row]:
    """Of reading all services' waits with twenty waiting, as each view of a kiosk does, on a SQLite file."""
    with sqlite_file(options.folder) as url, closing(door_on(url)) as door:
        database = Database(open_engine(url), door.config.ordering)
        at = At(door).set_up().sign_in()
        seen = at.take()
        at.on(CallVisit, seen, reason="benchmark")
        at.on(StartService, seen)
        at.on(Finish, seen)
        add_past_visits(url, seen.visit_id, 5_000)
        for _ in range(20):
            at.take()

        def read() -> None:
            with database.read() as (connection, head, now):
                expected_waits(database, connection, record_of(database, connection, head, OFFICE), now)

        def learn() -> None:
            database.waits = RememberedWaits()
            read()

        read()
        learning = percentile([timed(learn) * 1000 for _ in range(options.times(20))], 0.5)
        times = [timed(read) * 1000 for _ in range(options.times(200))]
    return [
        at_most("all services' waits, median", percentile(times, 0.5), "ms", 10),
        Row("all services' waits, p95", percentile(times, 0.95), "ms"),
        Row("the same when an hour begins and the last waits are learnt from", learning, "ms"),
    ]


def _on_the_log(path: Path) -> list[Row]:
    log = read_log(path)
    past = [each for year in BEFORE for each in foretell(log, year, learning=False)]
    judged = list(foretell(log, YEAR))
    rows = [Row("arrivals judged", len(judged), "")]
    ways: dict[str, Callable[[Foretold], Range]] = {
        "told": _told,
        "median of all": _by_median(past),
        "last five": _by_last_five(past),
        "table": _by_table(past),
    }
    errors = {}
    for name, way in ways.items():
        found = [(way(each), each.waited) for each in judged]
        errors[name] = _error(found)
        rows += _measures(name, found)
    middles = [((told[0], (told[0] + told[2]) / 2, told[2]), each.waited) for each in judged for told in (_told(each),)]
    rows.append(Row("told: error of the middle between its ends", _error(middles), "min"))
    others = min(error for name, error in errors.items() if name != "told")
    rows.append(
        Row("told: error below the best of the others", others - errors["told"], "min", "> 0", others > errors["told"])
    )
    groups: dict[str, list[Foretold]] = defaultdict(list)
    for each in judged:
        at = datetime.fromtimestamp(each.at / 1000, UTC).astimezone(ZONE)
        groups[f"quarter {(at.month + 2) // 3}"].append(each)
        groups[f"{at.hour:02d}:00"].append(each)
    return rows + [
        Row(f"told, {name} ({len(of)}): held", _held((_told(each), each.waited) for each in of), "")
        for name, of in sorted(groups.items())
    ]


def _told(each: Foretold) -> Range:
    told = each.expected.told()
    return told.low, each.expected.middle, told.high


def _simulated(name: str, about: str, told: Sequence[tuple[Range, float]]) -> list[Row]:
    return [row for row in _measures(f"{name}, {about}", told) if "score" not in row.what]


def _measures(name: str, told: Sequence[tuple[Range, float]]) -> list[Row]:
    return [
        Row(f"{name}: error", _error(told), "min"),
        Row(f"{name}: held", _held(told), ""),
        Row(f"{name}: width", sum(high - low for (low, _, high), _ in told) / len(told), "min"),
        Row(f"{name}: interval score", sum(_score(*each) for each in told) / len(told), "min"),
    ]


def _error(told: Sequence[tuple[Range, float]]) -> float:
    return sum(abs(point - waited) for (_, point, _), waited in told) / len(told)


def _held(told: Iterable[tuple[Range, float]]) -> float:
    held = [_from(low) <= waited <= high for (low, _, high), waited in told]
    return sum(held) / len(held)


def _from(low: float) -> float:
    """A range that begins with a minute holds whoever was called at once."""
    return 0.0 if low <= 1 else low


def _score(told: Range, waited: float) -> float:
    low, _, high = told
    return high - low + 10 * max(0.0, _from(low) - waited, waited - high)


def _quantiles(values: Sequence[float]) -> Range:
    return percentile(values, 0.1), percentile(values, 0.5), percentile(values, 0.9)


def _by_median(past: Sequence[Foretold]) -> Callable[[Foretold], Range]:
    of_all = _quantiles([each.waited for each in past])
    return lambda _: of_all


def _by_last_five(past: Sequence[Foretold]) -> Callable[[Foretold], Range]:
    """The range by what the last five were off by in the years before; before the first of a day the median of all."""
    of_all = _quantiles([each.waited for each in past])
    off = [each.waited - each.last_five for each in past if each.last_five is not None]
    below, _, above = _quantiles(off)

    def way(each: Foretold) -> Range:
        if each.last_five is None:
            return of_all
        return max(0.0, each.last_five + below), each.last_five, each.last_five + above

    return way


def _by_table(past: Sequence[Foretold]) -> Callable[[Foretold], Range]:
    cells: dict[tuple[int, int | None], list[float]] = defaultdict(list)
    for each in past:
        ahead = min(each.ahead, 20)
        cells[ahead, min(each.busy, 12)].append(each.waited)
        cells[ahead, None].append(each.waited)
    table = {cell: _quantiles(waits) for cell, waits in cells.items() if len(waits) >= ENOUGH or cell[1] is None}

    def way(each: Foretold) -> Range:
        ahead = min(each.ahead, 20)
        return table.get((ahead, min(each.busy, 12))) or table[ahead, None]

    return way
