"""Frozen rows that the book, the desk and the letters are made from. Instants are milliseconds UTC."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.appointment import Told
from reception.domain.booked import (
    AbsenceKind,
    DelayReason,
    InterpreterStatus,
    Kind,
    LetterKind,
    Mode,
    RoomFeature,
    RoomState,
    Standing,
)
from reception.domain.booking import Slot
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


class DutyKind(StrEnum):
    """Who is to be told of a delay, and how."""

    WAITING = "waiting"
    """A visitor who is here."""
    TELEPHONE = "telephone"
    """An appointment that has not arrived; it is rung up."""
    AGAIN = "again"
    """Told before, and the told time has passed."""


class Duty(Discreet, frozen=True):
    """One delay that a visitor is to be told of. The most urgent come first."""

    personal = frozenset({"name", "telephone"})

    kind: DutyKind
    visit_id: str
    appointment_id: str
    number: str
    """Of the ticket, or the reference of an appointment that has not arrived."""
    name: str
    service: str
    is_lost: bool
    """The promise is lost already, or only about to be."""
    promised_at: Instant
    """Until when service was promised to begin."""
    expected_at: Instant
    """When it is expected to begin, as the queue stands."""
    telephone: str
    leave_no_message: bool
    last_told_at: Instant | None
    since: Instant
    """From when on the duty stood."""


class LetterSnapshot(Discreet, frozen=True):
    """All that a letter says. It is personal throughout, and is neither logged nor named after anybody.

    `offered` of an apology are starts of slots. `code` is the reference, for the QR code; empty where there is nothing
    to check in for.
    """

    personal = frozenset({"recipient", "address", "about", "visitor", "home", "telephone"})

    kind: LetterKind
    large_print: bool
    language: str
    council: str
    office: str
    office_address: str
    timezone: str
    written_at: Instant
    reference: str
    recipient: str
    """Who it is written to: the visitor, or an interpreter."""
    address: tuple[str, ...]
    service: str
    """Empty in a neutral letter, and so is `service_said`."""
    kind_of_appointment: Kind
    starts: Instant
    ends: Instant
    officer: str
    officer_title: str
    room: str
    contact_name: str
    contact_telephone: str
    contact_email: str
    interpreter: str = ""
    interpreting: str = ""
    """The language that is interpreted, by its English name."""
    was: Instant | None = None
    """The time before, of a new time."""
    about: str = ""
    visitor: str = ""
    """Of an interpreter order: nobody's name; the ticket or reference stands for them."""
    home: HomeVisit = HomeVisit()
    telephone: str = ""
    """Where a telephone appointment rings."""
    expected_minutes: int = 0
    offered: tuple[Slot, ...] = ()
    step_free: bool = False
    needs: frozenset[Need] = frozenset()
    by_council: bool = False
    code: str = ""
    target_minutes: int = 0
    """Within how many minutes of its time the office promises to begin; 0: it promises nothing."""
    delay_reason: DelayReason | None = None
    """Of an apology: why, as the visitor was told; None where that was typed or is not known."""
    service_said: str = ""
    """The service's name in the letter's language, where the office has given it."""
    is_checked: bool = False
    """The council has had the words of this language checked."""


class LetterOut(Discreet, frozen=True):
    """A letter ready to look at, to save or to print.

    One in another language has the same in English beside it, as a document of its own, for the file.
    """

    personal = frozenset({"pdf", "file_copy"})

    appointment_id: str
    kind: LetterKind
    pdf: bytes
    pages: int
    file_name: str
    """Without anything personal: the reference and the kind."""
    language: str = "en"
    file_copy: bytes = b""
    """In English; empty where the letter is."""
    file_copy_pages: int = 0
    note: str = ""
    """What staff should know of the letter's language, in a line: that no translator has checked it, or why it is not
    the visitor's own."""


class PageImage(Discreet, frozen=True):
    """A page to look at: `width` times `height` pixels of red, green, blue, rows one after another, unpadded."""

    personal = frozenset({"pixels"})

    width: int
    height: int
    pixels: bytes
    """Three bytes a pixel."""
