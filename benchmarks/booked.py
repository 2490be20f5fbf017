"""Officer, room and interpreter booked through the door, against the same statements on the bare driver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from zoneinfo import ZoneInfo

from benchmarks.measure import MEMORY, Options, Row, at_most, by_turns, postgresql_server, raw_to, sqlite_file, timed
from benchmarks.raw import Raw
from reception.clock import MINUTE, Instant, local_date
from reception.domain.booking import Place
from reception.domain.local_time import instant_of
from reception.domain.office import Interpreter, Room
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.domain.workdays import working_day_after
from reception.services import appointment_commands as a
from tests.support import COUNTER_1, HOUSING, PRIYA, At, door_on

NAME = "booked"
ROUNDS = 400
AIM_SQLITE, AIM_POSTGRESQL = 8, 3
ROOM, INTERPRETER = "room-1", "alex"
LENGTH = 30 * MINUTE
LONDON = ZoneInfo("Europe/London")
STARTS = range(9 * 60, 17 * 60, 30)
"""Of a day's appointments, in minutes after midnight: from opening to closing."""


def run(options: Options) -> list[Row]:
    rounds = options.times(ROUNDS)
    rows: list[Row] = []
    with ExitStack() as stack:
        if MEMORY.is_dir():
            rows += _against_raw(
                "SQLite, file in memory", [stack.enter_context(sqlite_file(MEMORY)) for _ in "12"], rounds
            )
        on_disk = [stack.enter_context(sqlite_file(options.folder)) for _ in "12"]
        rows += _against_raw("SQLite, file on disk", on_disk, rounds)
        server = stack.enter_context(postgresql_server())
        rows += _against_raw("PostgreSQL", [server.create_database() for _ in "12"], rounds)
    return rows


def _against_raw(engine: str, urls: list[str], rounds: int) -> list[Row]:
    desk = _office(urls[0])
    _office(urls[1]).door.close()
    raw = raw_to(urls[1], COUNTER_1, PRIYA)
    today = local_date(desk.door.now(), LONDON)
    ours, bare = _free_starts(today), _free_starts(today)
    for _ in range(20):
        _door_turn(desk, next(ours))
        _raw_turn(raw, next(bare))
    turns = {"door": lambda: _door_turn(desk, next(ours)), "raw": lambda: _raw_turn(raw, next(bare))}
    times = by_turns(rounds, turns)
    desk.door.close()
    through, plain = times["door", "book"], times["raw", "book"]
    aim = AIM_SQLITE if engine.startswith("SQLite") else AIM_POSTGRESQL
    return [
        Row(f"{engine}: book, bare driver", plain * 1000, "ms"),
        Row(f"{engine}: book, through the door", through * 1000, "ms"),
        at_most(f"{engine}: book, door to bare driver", through / plain, "ratio", aim),
    ]


def _office(url: str) -> At:
    room = Room(ROOM, "Interview room 1")
    interpreter = Interpreter(INTERPRETER, "Alex Moore", frozenset({"bfi"}))
    return At(door_on(url)).set_up(rooms=(room,), interpreters=(interpreter,)).sign_in()


def _free_starts(today: date) -> Iterator[Instant]:
    """One free slot after another, from the next working day on."""
    day = today
    while True:
        day = working_day_after(day, 1)
        yield from (instant_of(day, minutes, LONDON) for minutes in STARTS)


def _door_turn(desk: At, starts: Instant) -> dict[str, float]:
    command = a.BookAppointment(
        **desk.who,
        service_id=HOUSING,
        place=Place(starts, starts + LENGTH, PRIYA, ROOM, INTERPRETER),
        visitor=Visitor(Person("Ada Byron")),
        language="bfi",
    )
    return {"book": timed(lambda: desk.door.do(command))}


def _raw_turn(raw: Raw, starts: Instant) -> dict[str, float]:
    return {"book": timed(lambda: raw.book(starts, starts + LENGTH, ROOM, INTERPRETER))}
