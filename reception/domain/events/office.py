"""Facts of an office: its counters, its day, who and what is there, and its stations."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant
from reception.domain.booked import AbsenceKind, DelayReason, RoomState
from reception.domain.booking import Place
from reception.domain.events.stations import (
    FeedbackGiven,
    HelpAsked,
    HelpGiven,
    LookUpRefused,
    QuestionAnswered,
    QuestionAsked,
    StationAdded,
    StationRemoved,
)


class CounterOpened(Struct, frozen=True):
    counter_id: str
    officer_id: str


class CounterClosed(Struct, frozen=True):
    counter_id: str
    officer_id: str


class DayClosed(Struct, frozen=True):
    day: date


class OfficeEvacuated(Struct, frozen=True):
    pass


class EvacuationEnded(Struct, frozen=True):
    resumed: bool


class SettingsChanged(Struct, frozen=True):
    pass


class SignInRefused(Struct, frozen=True):
    """A wrong PIN; five in a row lock the person out."""

    officer_id: str


class RoomStateChanged(Struct, frozen=True):
    room_id: str
    state: RoomState


class DelayAnnounced(Struct, frozen=True):
    """Said to the whole room: announced, not told. An empty `service_id`: to everyone."""

    reason: DelayReason
    service_id: str = ""
    minutes: int = 0


class AbsenceEntered(Struct, frozen=True):
    absence_id: str
    officer_id: str
    kind: AbsenceKind
    starts: Instant
    ends: Instant


class AbsenceRemoved(Struct, frozen=True):
    """With what it was, so that it can be put back."""

    absence_id: str
    officer_id: str = ""
    """Empty in a fact of an earlier version."""
    kind: AbsenceKind = AbsenceKind.OTHER
    starts: Instant = 0
    ends: Instant = 0


class SlotHeld(Struct, frozen=True):
    """A place is kept while it is talked about, so that every desk sees it at once."""

    hold_id: str
    place: Place
    runs_out_at: Instant


class SlotReleased(Struct, frozen=True):
    """A held place was let go before it ran out, and was not booked."""

    hold_id: str


OfficeFact = (
    CounterOpened
    | CounterClosed
    | DayClosed
    | OfficeEvacuated
    | EvacuationEnded
    | SettingsChanged
    | SignInRefused
    | RoomStateChanged
    | DelayAnnounced
    | AbsenceEntered
    | AbsenceRemoved
    | SlotHeld
    | SlotReleased
    | StationAdded
    | StationRemoved
    | HelpAsked
    | HelpGiven
    | FeedbackGiven
    | QuestionAsked
    | QuestionAnswered
    | LookUpRefused
)
