"""The values that a booking is found, checked and made with. All times are instants: milliseconds UTC, ends exclusive.

`slots` finds, `obstacles` checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.booked import Kind, Mode, RoomFeature
from reception.domain.office import Office

LONGEST: Millis = 8 * 3_600_000
"""The longest that one appointment may be."""


class Span(Struct, frozen=True, order=True):
    """From `starts` up to, not with, `ends`."""

    starts: Instant
    ends: Instant

    def meets(self, other: Span) -> bool:
        """Whether the two share an instant."""
        return self.starts < other.ends and other.starts < self.ends


class Place(Struct, frozen=True):
    """Where an appointment would stand: its time and who and what is held for it; empty ids hold nothing."""

    starts: Instant
    ends: Instant
    officer_id: str = ""
    room_id: str = ""
    interpreter_id: str = ""


class Slot(Struct, frozen=True):
    """A place that is free, and what it holds, by name."""

    place: Place
    officer: str = ""
    room: str = ""
    interpreter: str = ""


class Wish(Struct, frozen=True):
    """What a booking must meet. Days and times are local to the office.

    `days` are counted from `first_day`, or from today where that is past. `minutes` 0 takes the length of the service.
    `earliest` and `latest` narrow the time of day in which it starts and ends. `room_id` and `interpreter_id` ask for
    these and no other.
    """

    service_id: str
    kind: Kind = Kind.OFFICE
    first_day: date = date.min
    days: int = 60
    minutes: int = 0
    officer_id: str = ""
    with_room: bool = False
    room_id: str = ""
    features: frozenset[RoomFeature] = frozenset()
    seats: int = 1
    language: str = ""
    """ISO 639-3 (`bfi`, `pol`, `ckb`); an interpreter who speaks it is held as well. Empty: none is needed."""
    modes: frozenset[Mode] = frozenset()
    """How the interpreter may work; empty for any way."""
    interpreter_id: str = ""
    earliest: time = time.min
    latest: time = time.max
    by_council: bool = False
    """The council arranges it: visits and meetings then need the office's notice in working days."""

    @property
    def wants_room(self) -> bool:
        return self.kind is Kind.OFFICE and bool(self.with_room or self.room_id or self.features or self.seats > 1)


class Diary(Struct, frozen=True):
    """An office and what is taken in it.

    `busy`: by id of officer, room or interpreter, the spans that are taken (bookings with their set-up time, holds
    that have not run out, absences), in order and without overlap. A telephone line is never busy. `absent`: by id of
    officer, those of them that are absences.
    """

    office: Office
    busy: Mapping[str, tuple[Span, ...]]
    absent: Mapping[str, tuple[Span, ...]] = {}


class ObstacleKind(StrEnum):
    """What stands against a place."""

    BAD_LENGTH = "bad_length"
    """Zero, below zero, or longer than a day's worth."""
    IN_THE_PAST = "in_the_past"
    CLOSED = "closed"
    """The office is closed on that day: a closure, or a weekday without hours."""
    BANK_HOLIDAY = "bank_holiday"
    OUTSIDE_HOURS = "outside_hours"
    """Before opening, or ending after closing."""
    OFFICER_OFF = "officer_off"
    """Outside the officer's own hours."""
    BREAK = "break"
    ABSENT = "absent"
    """Leave, a meeting, travel."""
    OFFICER_TAKEN = "officer_taken"
    NOT_SKILLED = "not_skilled"
    ROOM_TAKEN = "room_taken"
    ROOM_OUT_OF_USE = "room_out_of_use"
    ROOM_LACKS = "room_lacks"
    """A feature, or seats."""
    INTERPRETER_TAKEN = "interpreter_taken"
    INTERPRETER_OFF = "interpreter_off"
    LANGUAGE_NOT_OFFERED = "language_not_offered"
    INTERPRETER_NOTICE = "interpreter_notice"
    """Sooner than the interpreter can be had."""
    SHORT_NOTICE = "short_notice"
    """Arranged by the council with fewer working days than promised."""


EXCUSABLE = frozenset(
    {
        ObstacleKind.CLOSED,
        ObstacleKind.BANK_HOLIDAY,
        ObstacleKind.OUTSIDE_HOURS,
        ObstacleKind.OFFICER_OFF,
        ObstacleKind.BREAK,
        ObstacleKind.INTERPRETER_OFF,
        ObstacleKind.INTERPRETER_NOTICE,
        ObstacleKind.SHORT_NOTICE,
    }
)
"""What a reason in words gets past; the reason is kept."""


class Obstacle(Struct, frozen=True):
    """One thing that stands against a place. `what` names the officer, room, interpreter or feature; never a visitor.

    `until`: when it ends, where that is known.
    """

    kind: ObstacleKind
    what: str = ""
    until: Instant | None = None

    @property
    def is_excusable(self) -> bool:
        return self.kind in EXCUSABLE
