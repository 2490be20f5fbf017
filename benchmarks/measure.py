"""What all benchmarks share: options, rows of the table, times by turns, an office on any database."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from unittest import mock

from sqlalchemy.engine import make_url

from benchmarks import raw_postgresql, raw_sqlite
from benchmarks.raw import Raw
from tests.house import postgres
from tests.support import HOUSING, OFFICE

MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Options:
    """`scale` multiplies how much is done: 1 for a figure to quote, 0.1 for a quick look. `log`: of another
    system, for what is judged by one."""

    scale: float = 1.0
    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))
    log: Path | None = None

    def times(self, count: int, at_least: int = 5) -> int:
        return max(at_least, round(count * self.scale))


@dataclass(frozen=True)
class Row:
    """One figure. `aim` says what is wanted of it, for people to read; `met` whether it is so."""

    what: str
    value: float
    unit: str
    aim: str = ""
    met: bool | None = None


def at_most(what: str, value: float, unit: str, limit: float) -> Row:
    return Row(what, value, unit, f"≤ {limit:g}", value <= limit)


def percentile(values: Sequence[float], share: float) -> float:
    """Linear interpolation between the values next to it."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def by_turns(rounds: int, takers: Mapping[str, Callable[[], dict[str, float]]]) -> dict[tuple[str, str], float]:
    """Let each taker have a turn in each round, in changing order; the median of what each of them timed."""
    times: dict[tuple[str, str], list[float]] = {}
    names = list(takers)
    for turn in range(rounds):
        for name in names if turn % 2 else reversed(names):
            for what, seconds in takers[name]().items():
                times.setdefault((name, what), []).append(seconds)
    return {key: median(values) for key, values in times.items()}


def timed(action: Callable[[], object]) -> float:
    before = perf_counter()
    action()
    return perf_counter() - before


@contextmanager
def sqlite_file(folder: Path) -> Iterator[str]:
    """The URL of a SQLite file in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="reception-bench-", dir=folder) as own:
        yield f"sqlite:///{Path(own) / 'reception.db'}"


@contextmanager
def postgresql_server() -> Iterator[postgres.Server]:
    """The tests' server, but one that keeps what it has acknowledged, as every server is set by default."""
    durable = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
    with mock.patch.dict(postgres.SETTINGS, durable), postgres.Server() as server:
        yield server


def raw_to(url: str, counter_id: str, officer_id: str) -> Raw:
    """The bare driver at one counter of an office that is set up."""
    who = (OFFICE, HOUSING, counter_id, officer_id)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return raw_sqlite.connect(Path(str(parsed.database)), *who)
    return raw_postgresql.connect(url, *who)
