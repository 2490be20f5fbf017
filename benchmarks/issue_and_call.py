"""A ticket issued and a visit called through the door, against the same statements on the bare driver."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from benchmarks.measure import MEMORY, Options, Row, at_most, by_turns, postgresql_server, raw_to, sqlite_file, timed
from benchmarks.past import add_past_visits
from benchmarks.raw import Raw
from reception.app import Door
from reception.services import commands as c
from tests.support import COUNTER_1, PRIYA, At, door_on

NAME = "issue-and-call"
ROUNDS = 400
PAST = 100_000
QUEUE = 20
"""Visits that wait while the next is called."""
AIM_SQLITE, AIM_POSTGRESQL, AIM_PAST = 8, 3, 1.15


def run(options: Options) -> list[Row]:
    rounds = options.times(ROUNDS)
    rows: list[Row] = []
    with ExitStack() as stack:
        if MEMORY.is_dir():
            rows += _against_raw(
                "SQLite, file in memory", [stack.enter_context(sqlite_file(MEMORY)) for _ in "12"], rounds
            )
        on_disk = [stack.enter_context(sqlite_file(options.folder)) for _ in "1234"]
        rows += _against_raw("SQLite, file on disk", on_disk[:2], rounds)
        rows += _with_a_past("SQLite", on_disk[2:], options)
        server = stack.enter_context(postgresql_server())
        rows += _against_raw("PostgreSQL", [server.create_database() for _ in "12"], rounds)
        rows += _with_a_past("PostgreSQL", [server.create_database() for _ in "12"], options)
    return rows


def _against_raw(engine: str, urls: list[str], rounds: int) -> list[Row]:
    door = _office(urls[0])
    _office(urls[1]).close()
    raw = raw_to(urls[1], COUNTER_1, PRIYA)
    for _ in range(20):
        _door_turn(door)
        _raw_turn(raw)
    times = by_turns(rounds, {"door": lambda: _door_turn(door), "raw": lambda: _raw_turn(raw)})
    door.close()
    aim = AIM_SQLITE if engine.startswith("SQLite") else AIM_POSTGRESQL
    rows = []
    for what in ("issue", "call"):
        ours, bare = times["door", what], times["raw", what]
        rows += [
            Row(f"{engine}: {what}, bare driver", bare * 1000, "ms"),
            Row(f"{engine}: {what}, through the door", ours * 1000, "ms"),
            at_most(f"{engine}: {what}, door to bare driver", ours / bare, "ratio", aim),
        ]
    return rows


def _with_a_past(engine: str, urls: list[str], options: Options) -> list[Row]:
    count = options.times(PAST)
    door = _office(urls[0])
    template = _served(door)
    door.close()
    add_past_visits(urls[0], template, count)
    turns: dict[str, Callable[[], dict[str, float]]] = {}
    doors = [door_on(urls[0]), _office(urls[1])]
    for name, each in zip(("past", "none"), doors, strict=True):
        turns[name] = lambda each=each: {**_door_turn(each), "show": _show(each)}  # type: ignore[misc]
        for _ in range(20):
            turns[name]()
    times = by_turns(options.times(ROUNDS), turns)
    for each in doors:
        each.close()
    ratios = {what: times["past", what] / times["none", what] for what in ("issue", "call", "show")}
    past = f"{count:,} past visits to none"
    return [
        at_most(f"{engine}: issue, {past}", ratios["issue"], "ratio", AIM_PAST),
        at_most(f"{engine}: call, {past}", ratios["call"], "ratio", AIM_PAST),
        Row(f"{engine}: all that a desk shows, {past}", ratios["show"], "ratio"),
    ]


def _office(url: str) -> Door:
    """An office at work: somebody signed in, a few services begun, a queue."""
    door = door_on(url)
    at = At(door).set_up().sign_in()
    for _ in range(QUEUE):
        at.take()
    for _ in range(15):
        at.take()
        _served(door)
    return door


def _served(door: Door) -> str:
    at = At(door)
    called = at.next()
    at.on(c.StartService, called)
    at.on(c.Finish, called)
    return called.visit_id


def _door_turn(door: Door) -> dict[str, float]:
    at = At(door)
    called: list[c.Result] = []
    times = {"issue": timed(at.take), "call": timed(lambda: called.append(at.next()))}
    at.on(c.StartService, called[0])
    at.on(c.Finish, called[0])
    return times


def _show(door: Door) -> float:
    return timed(At(door).view)


def _raw_turn(raw: Raw) -> dict[str, float]:
    called: list[str | None] = []
    times = {"issue": timed(raw.issue), "call": timed(lambda: called.append(raw.call()))}
    raw.clear(str(called[0]))
    return times
