"""Many stations for minutes: no change lost, done twice or late; and a desk for a week: no more memory than on Monday.

Run by `script/soak`. The stations are simulated: the real link, feed, door and commands, but in place of a whole view
each reads the facts that it has not seen, and checks that it sees each once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.measure import percentile
from reception.storage.checking import check
from tests.house.postgres import Server
from tests.storage import processes

STATIONS, PROCESSES, SECONDS = 200, 4, 300.0
BUSY_OFFICE_A_SECOND = 1 / 3
"""Commands of an office with 300 visits an hour, four commands each: 12,000 visits in a week of 40 hours."""
TIMES = 20
PATIENCE_S = 120.0
DAYS, GROWTH = 5, 0.05
"""Of the week, and how much more memory its last day may take than its first."""
FAULT_EVERY_S = 15.0


@dataclass(frozen=True)
class Soaked:
    """What came of it; `late` are milliseconds from each fact's time to when each station had read it."""

    commands: dict[str, int]
    stations: int
    facts: int
    incomplete: int
    """Stations that missed a fact, or saw one twice."""
    late: list[int]
    sent_again: int
    surprises: list[str]
    visits: int
    calls: int
    twice: int
    """Ticket numbers that were given twice."""
    wrong: int
    """Rows that are not what their facts come to, and gaps in the journal."""

    def faults(self) -> list[str]:
        """What must not be, in words; nothing when all is well."""
        told = {
            "stations that missed a fact or saw one twice": self.incomplete,
            "numbers given twice": self.twice,
            "rows or sequence numbers that are wrong": self.wrong,
            "tickets lost or doubled": abs(self.visits - self.commands["take"]),
            "calls lost or doubled": abs(self.calls - self.commands["call"]),
            "refusals that were not expected": len(self.surprises),
        }
        return [f"{what}: {count}" for what, count in told.items() if count]


def soak(
    url: str,
    stations: int,
    processes_: int,
    seconds: float,
    commands_a_second: float,
    fault_every_s: float,
    share: int = 20,
) -> Soaked:
    """`stations` at one empty PostgreSQL database for so long; now and then the server ends one connection in `share`.

    It must take four connections of each station.
    """
    processes.office(url, stations)
    with processes.door_to(url) as door:
        for number in range(1, stations + 1):
            processes.at_counter(door, number).sign_in()
    each = stations // processes_
    children = [_Child(url, 1 + each * number, each, commands_a_second / processes_) for number in range(processes_)]
    for child in children:
        child.until_ready()
    _make_trouble(url, seconds, fault_every_s, share)
    for child in children:
        child.tell_to_finish()
    said = [child.summary() for child in children]
    return _judged(url, said)


_OF_STATIONS = (
    "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'reception%' AND datname = current_database()"
)


def _make_trouble(url: str, seconds: float, every_s: float, share: int) -> None:
    """Now and then the server ends some connections, heartbeats too."""
    chance = random.Random(4)
    until = time.monotonic() + seconds
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(), autocommit=True) as admin:
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, every_s))
            pids = [pid for (pid,) in admin.execute(_OF_STATIONS)]
            for pid in chance.sample(pids, len(pids) // share):
                admin.execute("SELECT pg_terminate_backend(%s)", (pid,))


def _judged(url: str, said: list[dict[str, Any]]) -> Soaked:
    stations = [station for each in said for station in each["stations"]]
    commands: dict[str, int] = {}
    for each in said:
        for what, times in each["acknowledged"].items():
            commands[what] = commands.get(what, 0) + times
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string()) as admin:

        def number(statement: str) -> int:
            row = admin.execute(statement).fetchone()  # type: ignore[call-overload]
            return int(row[0]) if row else 0

        head = number("SELECT sequence FROM journal_head")
        visits = number("SELECT count(*) FROM visit")
        calls = number("SELECT count(*) FROM journal WHERE kind = 'VisitCalled'")
        twice = number("SELECT count(*) - count(DISTINCT number) FROM visit")
    sound = check(url, lambda *_: None)
    return Soaked(
        commands=commands,
        stations=len(stations),
        facts=sum(station["last"] - station["first"] for station in stations),
        incomplete=sum(not station["whole"] or station["last"] != head for station in stations),
        late=[late for station in stations for late in station["late"]],
        sent_again=sum(each["sent_again"] for each in said),
        surprises=[surprise for each in said for surprise in each["surprises"]],
        visits=visits,
        calls=calls,
        twice=twice,
        wrong=sound.gaps + sound.differing,
    )


class _Child:
    def __init__(self, url: str, first: int, count: int, commands_a_second: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.soak_child", url, str(first), str(count), str(commands_a_second)],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def until_ready(self) -> None:
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def tell_to_finish(self) -> None:
        """No more commands."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def summary(self) -> dict[str, Any]:
        """What it has to say once all is settled."""
        assert self._process.stdout is not None
        with self._process.stdout:
            said = self._process.stdout.read()
        self._process.wait(PATIENCE_S)
        return dict(json.loads(said.splitlines()[-1]))


def week(visits: int, days: int) -> list[float]:
    """Memory of a desk (MB) after each day of a simulated week, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.soak_week", str(visits), str(days)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/soak", description=__doc__)
    parser.add_argument("--stations", type=int, default=STATIONS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--visits", type=int, default=12_000, help="of the week; 0: no week")
    chosen = parser.parse_args()
    faults = []
    if chosen.seconds:
        with Server(max_connections=str(4 * chosen.stations + 40)) as server:
            url, rate = server.create_database(), TIMES * BUSY_OFFICE_A_SECOND
            soaked = soak(url, chosen.stations, PROCESSES, chosen.seconds, rate, FAULT_EVERY_S)
        faults += soaked.faults()
        late = soaked.late
        print(f"{soaked.stations} stations, {chosen.seconds:.0f} s, {soaked.commands} acknowledged")
        print(f"{soaked.facts} facts read by stations; sent again after a lost connection: {soaked.sent_again}")
        print(
            "from a fact's time to read by a station, ms: "
            f"p50 {percentile(late, 0.5):.0f}, p95 {percentile(late, 0.95):.0f}, "
            f"p99 {percentile(late, 0.99):.0f}, longest {max(late)}"
        )
    if chosen.visits:
        memory = week(chosen.visits, DAYS)
        growth = memory[-1] / memory[0] - 1
        print(f"memory of a desk after each day, MB: {memory}; from the first day to the last {100 * growth:+.1f} %")
        if growth > GROWTH:
            faults.append(f"a desk's memory grew by {100 * growth:.1f} %")
    print(*(soaked.surprises[:5] if chosen.seconds else ()), sep="\n")
    print("\n".join(faults) or "nothing lost, nothing double, memory flat")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
