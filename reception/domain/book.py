"""Frozen rows that the book is made from. Instants are milliseconds UTC."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.appointment import Told
from reception.domain.booked import AbsenceKind, InterpreterStatus, Kind, LetterKind, RoomFeature, Standing
from reception.domain.discreet import Discreet
from reception.domain.office import Office
from reception.domain.person import Need
from reception.domain.visit_states import State
from reception.domain.visitor import HomeVisit, Visitor


class AppointmentRow(Discreet, frozen=True):
    """One appointment as the book, the strip of the day and search results show it. Names are looked up."""

    personal = frozenset({"name", "telephone"})

    id: str
    version: int
    """How many facts it has: what a change is made on the condition of."""
    reference: str
    kind: Kind
    standing: Standing
    service_id: str
    service: str
    starts: Instant
    ends: Instant
    set_up: Millis
    officer_id: str
    officer: str
    room_id: str
    room: str
    interpreter_id: str
    interpreter: str
    interpreter_status: InterpreterStatus | None
    language: str
    name: str
    """Of the visitor."""
    needs: frozenset[Need]
    party_size: int
    by_council: bool
    named_officer: bool
    wants_earlier: bool
    came_late: bool
    visit_id: str = ""
    number: str = ""
    """Of the ticket, once checked in."""
    checked_in_at: Instant | None = None
    visit_state: State | None = None
    seen_at: Instant | None = None
    """Start of service."""
    told_at: Instant | None = None
    """Last told of a delay."""
    moved: int = 0
    telephone: str = ""
    """Of whoever wants an earlier slot and may be rung about it; empty in every other list."""
    leave_no_message: bool = False


class Cancellation(Discreet, frozen=True):
    """How an appointment came to be cancelled."""

    personal = frozenset({"reason"})

    at: Instant
    by: str
    """Name of the member of staff; empty where none is known."""
    by_visitor: bool
    """The visitor asked for it; False: the council cancelled."""
    reason: str = ""


class AppointmentCard(Discreet, frozen=True):
    """One appointment whole: the row, the person, and what has been said and done."""

    personal = frozenset({"visitor", "about", "home", "reason"})

    row: AppointmentRow
    visitor: Visitor
    about: str
    home: HomeVisit
    features: frozenset[RoomFeature]
    seats: int
    booked_at: Instant
    booked_by: str
    reason: str
    """Why it stands where it usually may not; empty where it may."""
    told: tuple[Told, ...]
    letters: tuple[LetterKind, ...]
    series: tuple[Instant, ...] = ()
    """Starts of the other appointments of a repeat booking."""
    here: bool = True
    """At the office that was asked; False at another one, `office_name`."""
    office_name: str = ""
    untrue_letter_at: Instant | None = None
    """When the last letter that says a time was made, where it says another time than holds now."""
    cancelled: Cancellation | None = None
    """Of one that stands as cancelled."""


class AbsenceRow(Struct, frozen=True):
    """A time at which an officer is not to be booked."""

    id: str
    officer_id: str
    kind: AbsenceKind
    starts: Instant
    ends: Instant


class HoldRow(Struct, frozen=True):
    """A slot that is held while it is talked about."""

    id: str
    starts: Instant
    ends: Instant
    officer_id: str
    room_id: str
    runs_out_at: Instant
    station: str


class BookView(Struct, frozen=True):
    """The book from `first`, for so many days, read in one transaction at `now`."""

    now: Instant
    sequence: int
    office: Office
    first: date
    days: int
    rows: tuple[AppointmentRow, ...]
    """By start; without those that were cancelled or moved away."""
    absences: tuple[AbsenceRow, ...]
    holds: tuple[HoldRow, ...]
    bank_holidays: frozenset[date]
    """Of the days shown, and of the sixty from today on."""
    wanting_earlier: int
    """How many want an earlier slot, on any day to come."""
