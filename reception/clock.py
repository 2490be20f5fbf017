"""The only place that reads the wall clock.

Times are *instants*: whole milliseconds since 1970-01-01T00:00:00Z. Durations are whole milliseconds.
A zone is used only where a person reads a time or a day begins.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

Instant = int
"""Milliseconds since the epoch, UTC."""
Millis = int
"""A duration in milliseconds."""

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> Instant:
        """The present, in milliseconds since the epoch, UTC."""
        ...


class SystemClock:
    """The clock of this computer."""

    def now(self) -> Instant:
        return time.time_ns() // 1_000_000


class SetClock(Struct):
    """A clock that stands where it is put: for replays of a recorded day, the sample day and tests."""

    at: Instant

    def now(self) -> Instant:
        return self.at

    def advance(self, by: Millis) -> None:
        self.at += by


def from_datetime(moment: datetime) -> Instant:
    """The instant of an aware datetime, whole milliseconds, rounded down."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def local_datetime(instant: Instant, zone: ZoneInfo) -> datetime:
    """The instant as an aware datetime in `zone`."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)).astimezone(zone)


def local_date(instant: Instant, zone: ZoneInfo) -> date:
    """The day on which the instant falls in `zone`; the day changes at local midnight."""
    return local_datetime(instant, zone).date()


def midnight_after(day: date, zone: ZoneInfo) -> Instant:
    """The instant at which `day` ends in `zone`: 23, 24 or 25 hours after it began."""
    return from_datetime(datetime.combine(day + timedelta(days=1), time_of_day.min, tzinfo=zone))


def midnight_before(day: date, zone: ZoneInfo) -> Instant:
    """The instant at which `day` begins in `zone`."""
    return from_datetime(datetime.combine(day, time_of_day.min, tzinfo=zone))


class KeptClock:
    """The clock of a database, kept while it is out of reach: its last time and what has passed since.

    After a restart what has passed is not known: then this computer's clock is used, less how far it was off when both
    could last be compared, and `is_estimated`. `wall` and `passed` (milliseconds) stand in for the real ones in tests.
    """

    def __init__(
        self, wall: Clock | None = None, passed: Callable[[], Millis] | None = None, offset: Millis = 0
    ) -> None:
        self._wall = wall or SystemClock()
        self._passed = passed or _passed
        self.offset = offset
        """How far the database's clock is ahead of this computer's."""
        self._compared: tuple[Instant, Millis] | None = None

    @property
    def is_estimated(self) -> bool:
        """Whether the time is by this computer's clock: nothing has been heard of the database since the start."""
        return self._compared is None

    @property
    def last_heard(self) -> Instant | None:
        """When the database told its time last, by itself; None: not since the start."""
        return None if self._compared is None else self._compared[0]

    def compare(self, database_now: Instant) -> None:
        """The database has just told its time."""
        self._compared = database_now, self._passed()
        self.offset = database_now - self._wall.now()

    def now(self) -> Instant:
        if self._compared is None:
            return self._wall.now() + self.offset
        at, passed = self._compared
        return at + self._passed() - passed


def _passed() -> Millis:
    """A clock that nobody sets, and that runs on while the computer sleeps, where there is one that does."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    passed = time.monotonic_ns() if asleep_too is None else time.clock_gettime_ns(asleep_too)
    return passed // 1_000_000


class RunningClock:
    """A clock that is set once and runs on from there: for the tour, whose day is always the same."""

    def __init__(self, start: Instant) -> None:
        self._start = start
        self._began = time.monotonic_ns()

    def now(self) -> Instant:
        return self._start + (time.monotonic_ns() - self._began) // 1_000_000
