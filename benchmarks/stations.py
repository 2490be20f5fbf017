"""Many stations: a commit at one desk, painted on another, on a kiosk and on a display."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from benchmarks.measure import Options, Row, at_most, percentile, postgresql_server, sqlite_file
from tests.support import COUNTER_1, HOUSING, At, door_on

NAME = "stations"
STATIONS = 20
WAITING = 20
CHANGES = 200
PATIENCE_S = 60.0
LINKS_PER_PROCESS = 6


class Station:
    """A child process, and when each sequence stood painted there."""

    def __init__(self, *arguments: str) -> None:
        self.painted: list[tuple[int, float]] = []
        self._change = threading.Condition()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.stations_child", *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            sequence, at = line.split()
            with self._change:
                self.painted.append((int(sequence), float(at)))
                self._change.notify_all()

    def until(self, sequence: int) -> float:
        """When this sequence, or a later one that took its place, stood painted."""
        with self._change:
            if not self._change.wait_for(lambda: any(each >= sequence for each, _ in self.painted), PATIENCE_S):
                raise TimeoutError("a station did not show a change")
            return next(at for each, at in self.painted if each >= sequence)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)


@contextmanager
def stations(kinds: Sequence[str], url: str, others: int) -> Iterator[dict[str, Station]]:
    with ExitStack() as stack:
        shown = {kind: Station(kind, url) for kind in kinds}
        crowd = [
            Station("links", url, str(min(LINKS_PER_PROCESS, others - first)))
            for first in range(0, others, LINKS_PER_PROCESS)
        ]
        for station in (*shown.values(), *crowd):
            stack.callback(station.close)
            station.until(0)
        yield shown


def run(options: Options) -> list[Row]:
    rows = []
    kinds = [kind for kind in ("desk", "kiosk", "display") if kind == "desk" or _there_is(kind)]
    with postgresql_server() as server:
        taken = _measured(server.create_database(), kinds, STATIONS - 1 - len(kinds), options)
    for kind, times in taken.items():
        what = f"PostgreSQL, {STATIONS} stations: commit to painted on a {kind}"
        rows.append(at_most(f"{what}, p50", 1000 * percentile(times, 0.5), "ms", 50))
        rows.append(at_most(f"{what}, p95", 1000 * percentile(times, 0.95), "ms", 150))
    with sqlite_file(options.folder) as url:
        times = _measured(url, ["desk"], 0, options)["desk"]
    rows.append(Row("SQLite, two processes: the same on a desk, p50", 1000 * percentile(times, 0.5), "ms"))
    rows.append(at_most("SQLite, two processes: the same on a desk, p95", 1000 * percentile(times, 0.95), "ms", 300))
    return rows


def _there_is(kind: str) -> bool:
    return importlib.util.find_spec(f"ui.{kind}") is not None


def _measured(url: str, kinds: Sequence[str], others: int, options: Options) -> dict[str, list[float]]:
    chance = random.Random(4)
    door = door_on(url)
    office = At(door, counter=COUNTER_1).set_up().sign_in()
    for _ in range(WAITING):
        office.take()
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    with stations(kinds, url, others) as shown:
        for number in range(options.times(CHANGES, at_least=20)):
            time.sleep(chance.uniform(0.1, 0.4))
            if number % 2:
                office.on(*_ended(office))
            else:
                office.take(HOUSING)
            committed = time.monotonic()
            sequence = door.changes(0)[0]
            for kind, station in shown.items():
                times[kind].append(station.until(sequence) - committed)
    door.close()
    return times


def _ended(office: At) -> tuple:  # type: ignore[type-arg]
    from reception.services.commands import Leave

    return Leave, office.taken.pop(0)
