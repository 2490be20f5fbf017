"""Eight processes on one SQLite file and sixteen on PostgreSQL: all issue at once, then all call at once."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.measure import Options, Row, percentile, postgresql_server, raw_to, sqlite_file
from reception.domain.office import Counter, Officer, Role
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.office_settings import StaffEntry
from tests.support import PIN, At, door_on

NAME = "contention"
ON_SQLITE, ON_POSTGRESQL = 8, 16
TICKETS = 400
"""Tickets that all issue together; all of them are called, by whoever comes first."""
WITHIN_S = 300.0
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["benchmarks.contention"])


def run(options: Options) -> list[Row]:
    tickets = options.times(TICKETS, at_least=ON_POSTGRESQL)
    with sqlite_file(options.folder) as url, sqlite_file(options.folder) as bare_url:
        rows = _crowds("SQLite", url, bare_url, ON_SQLITE, tickets)
    with postgresql_server() as server:
        rows += _crowds("PostgreSQL", server.create_database(), server.create_database(), ON_POSTGRESQL, tickets)
    return rows


def _crowds(engine: str, url: str, bare_url: str, crowd: int, tickets: int) -> list[Row]:
    """Through the door, and the same statements on the bare driver, which are under the same lock."""
    tickets -= tickets % crowd
    ours = _crowd(url, crowd, tickets // crowd, _work)
    bare = _crowd(bare_url, crowd, tickets // crowd, _work_bare)
    rows = []
    for what in ("issue", "call"):
        name = f"{engine}, {crowd} processes: {what}"
        numbers, times = ours[what]["numbers"], ours[what]["times"]
        found = set(numbers)
        rows += [
            Row(f"{name}, a second", ours[what]["rate"], "/s"),
            Row(f"{name}, a second, bare driver", bare[what]["rate"], "/s"),
            Row(f"{name}, p50", percentile(times, 0.5) * 1000, "ms"),
            Row(f"{name}, p95", percentile(times, 0.95) * 1000, "ms"),
            Row(f"{name}, worst", max(times) * 1000, "ms"),
            Row(f"{name}, twice", len(numbers) - len(found), "", "0", len(numbers) == len(found)),
            Row(f"{name}, missing", tickets - len(found), "", "0", len(found) == tickets),
        ]
    return rows


def _crowd(url: str, crowd: int, tickets: int, work: Callable[..., None]) -> dict[str, dict[str, Any]]:
    names = range(1, crowd + 1)
    door = door_on(url)
    At(door).set_up(
        counters=tuple(Counter(f"counter-{n}", f"Counter {n}") for n in names),
        staff=tuple(StaffEntry(Officer(f"officer-{n}", f"Officer {n}", Role.ADMINISTRATOR), PIN) for n in names),
    )
    door.close()
    with tempfile.TemporaryDirectory() as folder:
        barrier = _CONTEXT.Barrier(crowd)
        answers = [Path(folder) / str(number) for number in names]
        processes = [
            _CONTEXT.Process(target=work, args=(url, number, tickets, barrier, answer))
            for number, answer in zip(names, answers, strict=True)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(WITHIN_S)
        if any(process.exitcode for process in processes):
            raise RuntimeError("a process failed")
        told = [json.loads(answer.read_text()) for answer in answers]
    return {
        what: {
            "numbers": (numbers := [number for each in told for number in each[what]["numbers"]]),
            "times": [seconds for each in told for seconds in each[what]["times"]],
            "rate": len(numbers)
            / (max(each[what]["ended"] for each in told) - min(each[what]["began"] for each in told)),
        }
        for what in ("issue", "call")
    }


def _work(url: str, number: int, tickets: int, barrier: Any, answer: Path) -> None:
    door = door_on(url)
    at = At(door, f"counter-{number}", f"officer-{number}", f"Desk {number}").sign_in()
    barrier.wait(WITHIN_S)
    told = {"issue": _timed(tickets, lambda: at.take().number)}
    barrier.wait(WITHIN_S)
    called: list[c.Result] = []

    def call() -> str | None:
        try:
            called.append(at.next())
        except Refusal as refusal:
            if refusal.code is not Code.NOBODY_WAITING:
                raise
            return None
        return called[-1].number

    # The counter has to be free again for the next call: that is not timed, but it is in the rate.
    told["call"] = _timed(None, call, lambda: at.on(c.Leave, called[-1]))
    answer.write_text(json.dumps(told))
    door.close()


def _work_bare(url: str, number: int, tickets: int, barrier: Any, answer: Path) -> None:
    door = door_on(url)
    At(door, f"counter-{number}", f"officer-{number}", f"Desk {number}").sign_in()
    door.close()
    raw = raw_to(url, f"counter-{number}", f"officer-{number}")
    barrier.wait(WITHIN_S)
    told = {"issue": _timed(tickets, raw.issue)}
    barrier.wait(WITHIN_S)
    called: list[str] = []

    def call() -> str | None:
        found = raw.call()
        called.extend([found] if found else [])
        return found

    told["call"] = _timed(None, call, lambda: raw.clear(called[-1]))
    answer.write_text(json.dumps(told))


def _timed(count: int | None, act: Callable[[], str | None], after: Callable[[], object] = bool) -> dict[str, Any]:
    """Act `count` times, or until nobody waits."""
    numbers: list[str] = []
    times: list[float] = []
    began = perf_counter()
    while count is None or len(numbers) < count:
        before = perf_counter()
        number = act()
        if number is None:
            break
        times.append(perf_counter() - before)
        numbers.append(number)
        after()
    return {"numbers": numbers, "times": times, "began": began, "ended": perf_counter()}
