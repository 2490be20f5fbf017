"""Frozen rows of what is there now: rooms, interpreters and officers, and today's appointments beside the queue."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant
from reception.domain.book import AppointmentRow, HoldRow
from reception.domain.booked import Mode, RoomFeature, RoomState


class RoomRow(Struct, frozen=True):
    """A room as it is now."""

    id: str
    name: str
    features: frozenset[RoomFeature]
    seats: int
    state: RoomState
    visit_id: str
    """Who is in it or called to it; empty when it is free."""
    number: str
    since: Instant | None
    next_at: Instant | None
    """The next booking of today that needs it, set-up included."""
    fits: bool = True
    """For the visit that was asked about: it meets the needs and leaves the next booking its time."""
    suggested: bool = False
    """The one to take, of those that fit."""


class InterpreterRow(Struct, frozen=True):
    """An interpreter as of now."""

    id: str
    name: str
    languages: frozenset[str]
    modes: frozenset[Mode]
    is_line: bool
    telephone: str
    code: str
    with_number: str
    """The visit or appointment that they are with now; empty when with none."""
    free_until: Instant | None
    """The next booking of today; None for no more today."""
    works_now: bool
    next_appointment_id: str = ""


class OfficerState(StrEnum):
    """Whether a named officer is to be had."""

    IN = "in"
    WITH_SOMEONE = "with_someone"
    AWAY = "away"


class OfficerRow(Struct, frozen=True):
    """An officer as of now: in, with someone, or away, and until when."""

    id: str
    name: str
    title: str
    state: OfficerState
    counter: str
    telephone: str
    until: Instant | None
    """When a service or absence of now is to end, as far as the book knows."""
    next_at: Instant | None
    """The next booking of today."""

    @property
    def may_call(self) -> bool:
        """Free, and at a counter from which visitors are called."""
        return self.state is OfficerState.IN and bool(self.counter)


class AboutNow(Struct, frozen=True):
    """What the desk shows beside the queue, read in one transaction at `now`."""

    now: Instant
    sequence: int
    appointments: tuple[AppointmentRow, ...]
    """Of today, by start: all that were not cancelled."""
    rooms: tuple[RoomRow, ...]
    interpreters: tuple[InterpreterRow, ...]
    officers: tuple[OfficerRow, ...]
    holds: tuple[HoldRow, ...]
