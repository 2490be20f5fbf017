"""What the services need of storage for appointments, and no more. Storage implements it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.appointment import Appointment
from reception.domain.book import AbsenceRow
from reception.domain.booked import RoomState
from reception.domain.booking import Diary, Place
from reception.domain.events import Recorded
from reception.domain.queueing import NextWith
from reception.domain.visitor import HomeVisit, Visitor


class StoredAppointment(Struct, frozen=True):
    """An appointment as loaded: its facts, what they come to, and the version that a write is conditional on."""

    appointment: Appointment
    facts: tuple[Recorded, ...]

    @property
    def version(self) -> int:
        return len(self.facts)


class Particulars(Struct, frozen=True):
    """What is held of an appointment beside its facts: personal, in a table of its own."""

    visitor: Visitor
    about: str = ""
    home: HomeVisit = HomeVisit()


class Ahead(Struct, frozen=True):
    """How many appointments stand from now on for one service with the same people and room; empty ids hold nothing."""

    service_id: str
    officer_id: str
    room_id: str
    interpreter_id: str
    count: int


class Appointments(Protocol):
    """Appointments of the office at hand, and what they hold."""

    def load(self, appointment_id: str) -> StoredAppointment:
        """Refuses UNKNOWN_APPOINTMENT, and OTHER_OFFICE for one that is at another office."""
        ...

    def add(self, appointment: Appointment, facts: Sequence[Recorded], particulars: Particulars) -> None:
        """A new appointment with its first facts; takes its place."""
        ...

    def save(self, stored: StoredAppointment, appointment: Appointment, facts: Sequence[Recorded]) -> None:
        """Write it and its new facts if it is still the one loaded, and take or release its place.

        Refuses ALREADY_TAKEN; on PostgreSQL the database itself refuses a place that is taken (SLOT_TAKEN).
        """
        ...

    def particulars(self, appointment_id: str) -> Particulars: ...

    def copy_person(self, appointment_id: str, visit_id: str, written: str) -> None:
        """What is held of an appointment's visitor, for the visit that it has become, with `written` as the language
        they read, where it is not empty. It passes through no program.
        """
        ...

    def save_particulars(self, appointment_id: str, particulars: Particulars) -> None: ...

    def keep_reason(self, appointment_id: str, command_id: str, kind: str, reason: str) -> None: ...

    def of_command(self, command_id: str) -> list[str]:
        """The appointments that a command wrote facts of."""
        ...

    def of_visit(self, visit_id: str) -> str:
        """The appointment that was checked in as this visit, or made from it; empty when there is none."""
        ...

    def series(self, series_id: str) -> list[str]:
        """Those of a repeat booking, by start."""
        ...

    def diary(self, starts: Instant, ends: Instant, *, without: Collection[str] = ()) -> Diary:
        """What is taken between two instants.

        `without`: ids of appointments, holds and visits that count as not there. Holds that have run out are not there.
        """
        ...

    def hold(self, hold_id: str, place: Place, set_up: Millis, runs_out_at: Instant) -> None: ...

    def release_hold(self, hold_id: str) -> bool:
        """Delete it, and with it all holds that have run out. Whether it was there and had not run out."""
        ...

    def in_room(self, room_id: str) -> str:
        """The open visit that is in a room or called to it; empty when it is free."""
        ...

    def next_with(self, officer_id: str) -> NextWith | None:
        """The first appointment of today with an officer that begins now or later and has not been seen."""
        ...

    def unmarked(self, day: date, before: Instant) -> list[StoredAppointment]:
        """Appointments at the office up to a local day that began before an instant, with nobody checked in and not
        marked as not attended.
        """
        ...

    def ahead(self) -> list[Ahead]:
        """What stands from now on: booked, not over yet, and not checked in."""
        ...

    def set_room_state(self, room_id: str, state: RoomState) -> None: ...

    def known_rows(self, row_keys: Collection[str]) -> frozenset[str]:
        """Those that were brought in before."""
        ...

    def remember_row(self, row_key: str, appointment_id: str) -> None: ...


class Absences(Protocol):
    """When officers of the office at hand are not to be booked."""

    def load(self, absence_id: str) -> AbsenceRow | None: ...

    def removed_by(self, command_id: str) -> AbsenceRow | None:
        """The absence that a command took out of the book; None where it took none, or an earlier version did."""
        ...

    def appointments_met(self, officer_id: str, starts: Instant, ends: Instant) -> int:
        """How many appointments of the officer stand in a time."""
        ...

    def enter(self, absence: AbsenceRow) -> None: ...

    def remove(self, absence_id: str) -> None: ...
