"""The nearest three slots in a book that is full for 57 days, beside a search that tries every start.

An office that is open on every day, with 40 officers, 20 rooms, 10 interpreters and more than 20,000 bookings. Before
day 58 an officer, a room or an interpreter is free now and then, but never all three at once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product

from benchmarks.measure import Options, Row, at_most, by_turns, timed
from reception.clock import MINUTE, from_datetime, local_date
from reception.domain.booked import Mode, RoomFeature
from reception.domain.booking import Diary, Place, Slot, Span, Wish
from reception.domain.local_time import opens_at
from reception.domain.obstacles import taken_by
from reception.domain.office import Hours, Interpreter, Office, Officer, Role, Room, Service
from reception.domain.slots import STEP, nearest_slots
from reception.domain.working_hours import is_closed_day

NAME = "slots"
AIM_MS = 50
TODAY = date(2026, 3, 2)
NOW = from_datetime(datetime(2026, 3, 2, 6, tzinfo=UTC))
DAYS, FREE_DAY = 60, 57
OPENS, CLOSES = 8, 17
MINUTES, SET_UP = 50, 10

_EVERY_DAY = tuple(Hours(day, time(OPENS), time(CLOSES)) for day in range(7))
_FEATURES = frozenset({RoomFeature.PRIVATE, RoomFeature.STEP_FREE})
OFFICE = Office(
    id="office",
    name="Civic Offices",
    council="",
    timezone="Europe/London",
    hours=_EVERY_DAY,
    services=(Service("housing", "Housing", "H", minutes=MINUTES, set_up_minutes=SET_UP),),
    staff=tuple(Officer(f"officer {n}", f"Officer {n}", Role.OFFICER, hours=_EVERY_DAY) for n in range(40)),
    rooms=tuple(Room(f"room {n}", f"Room {n}", _FEATURES) for n in range(20)),
    interpreters=tuple(
        Interpreter(f"interpreter {n}", f"Interpreter {n}", frozenset({"bfi"}), frozenset({Mode.IN_PERSON}))
        for n in range(10)
    ),
)
WISH = Wish("housing", first_day=TODAY, days=DAYS, features=_FEATURES, language="bfi")


def run(options: Options) -> list[Row]:
    rows = []
    for scarce in ("rooms", "interpreters"):
        diary, bookings = full_book(scarce)
        ours, theirs = nearest_slots(WISH, diary, NOW), every_start(diary, 3)
        if ours != theirs or {local_date(slot.place.starts, OFFICE.zone) for slot in ours} != {_day(FREE_DAY)}:
            raise AssertionError("the slots found are not the nearest ones")
        times = by_turns(
            options.times(20),
            {
                "ours": partial(_timed, partial(nearest_slots, WISH, diary, NOW)),
                "every start": partial(_timed, partial(every_start, diary, 3)),
            },
        )
        mine, plain = times["ours", ""] * 1000, times["every start", ""] * 1000
        rows += [
            at_most(f"{bookings} bookings, no {scarce} before day 58", mine, "ms", AIM_MS),
            Row(f"{bookings} bookings, no {scarce} before day 58, every start tried", plain, "ms"),
            Row(f"no {scarce}: every start tried, to ours", plain / mine, "ratio"),
        ]
    return rows


def _timed(search: Callable[[], object]) -> dict[str, float]:
    return {"": timed(search)}


def full_book(scarce: str) -> tuple[Diary, int]:
    """A diary with one officer free in two hours of each day, when nothing of the scarce kind is; and its bookings."""
    busy: dict[str, list[Span]] = {}
    bookings = 0
    for day, hour in product(range(DAYS), range(OPENS, CLOSES)):
        if day == FREE_DAY and hour == OPENS + 4:
            continue
        starts = opens_at(_day(day), time(hour, SET_UP), OFFICE.zone)
        has_gap = hour in (OPENS + 2, OPENS + 6)
        for n in range(39 if has_gap else 40):
            with_room = n < 20 and (has_gap is (scarce == "rooms"))
            with_interpreter = n < 10 and (has_gap is (scarce == "interpreters"))
            place = Place(
                starts,
                starts + MINUTES * MINUTE,
                f"officer {n}",
                f"room {n}" if with_room else "",
                f"interpreter {n}" if with_interpreter else "",
            )
            bookings += 1
            for who, span in taken_by(place, SET_UP * MINUTE):
                busy.setdefault(who, []).append(span)
    return Diary(OFFICE, {who: tuple(spans) for who, spans in busy.items()}), bookings


def every_start(diary: Diary, count: int) -> tuple[Slot, ...]:
    """The plain way: at each start of each day, look for the first free of each kind among the bookings of that day."""
    found: list[Slot] = []
    for later in range(DAYS):
        day = _day(later)
        if is_closed_day(OFFICE, day):
            continue
        opens, closes = (opens_at(day, time(hour), OFFICE.zone) for hour in (OPENS, CLOSES))
        today = {
            who: [span for span in spans if span.meets(Span(opens - SET_UP * MINUTE, closes))]
            for who, spans in diary.busy.items()
        }
        for starts in range(opens, closes - MINUTES * MINUTE + 1, STEP):
            held = [
                next((each for each in group if not any(span.meets(at) for span in today.get(each.id, ()))), None)
                for group, at in (
                    (OFFICE.staff, Span(starts - SET_UP * MINUTE, starts + MINUTES * MINUTE)),
                    (OFFICE.rooms, Span(starts - SET_UP * MINUTE, starts + MINUTES * MINUTE)),
                    (OFFICE.interpreters, Span(starts, starts + MINUTES * MINUTE)),
                )
            ]
            officer, room, interpreter = held
            if officer is None or room is None or interpreter is None:
                continue
            place = Place(starts, starts + MINUTES * MINUTE, officer.id, room.id, interpreter.id)
            found.append(Slot(place, officer.name, room.name, interpreter.name))
            if len(found) == count:
                return tuple(found)
    return tuple(found)


def _day(later: int) -> date:
    return TODAY + timedelta(days=later)
