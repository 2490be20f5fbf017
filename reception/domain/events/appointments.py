"""Facts of an appointment, which is the sum of them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.booked import InterpreterStatus, Kind, LetterKind, RoomFeature
from reception.domain.booking import Place
from reception.domain.events.common import CommandUndone, DelayTold


class AppointmentBooked(Struct, frozen=True):
    """`excused`: what stood against it and was passed with a reason, which is kept apart."""

    office_id: str
    reference: str
    kind: Kind
    service_id: str
    place: Place
    local_day: date
    set_up: Millis = 0
    named_officer: bool = False
    features: frozenset[RoomFeature] = frozenset()
    seats: int = 1
    language: str = ""
    by_council: bool = False
    party_size: int = 1
    from_visit_id: str = ""
    series_id: str = ""
    excused: tuple[str, ...] = ()


class AppointmentMoved(Struct, frozen=True):
    """`offered`: starts of the slots that were offered, when it was moved because of a delay or to rebook."""

    place: Place
    local_day: date
    by_visitor: bool
    offered: tuple[Instant, ...] = ()
    excused: tuple[str, ...] = ()


class AppointmentCancelled(Struct, frozen=True):
    by_visitor: bool


class AppointmentCheckedIn(Struct, frozen=True):
    """The visitor is here. `late_by`: the visitor's own lateness, 0 when in time."""

    visit_id: str
    late_by: Millis = 0


class AppointmentMissed(Struct, frozen=True):
    """Did not attend."""


class PlaceReleased(Struct, frozen=True):
    """The visit that it became ended before its booked end: from `since` on it takes nobody's time."""

    since: Instant


class PlaceTakenAgain(Struct, frozen=True):
    """That visit goes on, and what it had released was still free."""


class AppointmentAttended(Struct, frozen=True):
    """A telephone appointment or home visit took place."""


class AppointmentCorrected(Struct, frozen=True):
    """What is held of the visitor was corrected, or how many come."""

    party_size: int


class EarlierWanted(Struct, frozen=True):
    """The visitor wants to be offered what falls free sooner, or no longer does."""

    on: bool


class InterpreterProgressed(Struct, frozen=True):
    """How far the booking of its interpreter has come. `in_time`: of a cancellation, within the notice."""

    status: InterpreterStatus
    in_time: bool = True


class LetterMade(Struct, frozen=True):
    kind: LetterKind
    large_print: bool
    language: str = "en"


AppointmentFact = (
    AppointmentBooked
    | AppointmentMoved
    | AppointmentCancelled
    | AppointmentCheckedIn
    | AppointmentMissed
    | PlaceReleased
    | PlaceTakenAgain
    | AppointmentAttended
    | AppointmentCorrected
    | EarlierWanted
    | InterpreterProgressed
    | LetterMade
    | DelayTold
    | CommandUndone
)
