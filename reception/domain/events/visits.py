"""Facts of a visit, which is the sum of them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.booked import Mode
from reception.domain.events.common import CommandUndone, DelayTold
from reception.domain.visit_states import End, Why


class TicketTaken(Struct, frozen=True):
    """A party arrived and got its number. Targets are those of the day, fixed here."""

    office_id: str
    service_id: str
    number: str
    code: str
    local_day: date
    local_hour: int
    party_size: int
    seen_target: Millis | None
    resolved_target: Millis | None
    order_target: Millis
    then_services: tuple[str, ...] = ()
    named_officer_id: str = ""
    linked_to: str = ""
    booked_for: Instant | None = None
    """The booked time that its promise counts from; None for a walk-in, and beyond the grace period."""
    appointment_id: str = ""


class VisitCalled(Struct, frozen=True):
    """Called to a counter. `overtook` are the visits with an earlier deadline that this call passed over."""

    counter_id: str
    officer_id: str
    why: Why
    overtook: tuple[str, ...] = ()


class VisitCalledAgain(Struct, frozen=True):
    counter_id: str


class CallWithdrawn(Struct, frozen=True):
    """Called, then put back in its place: the same leg, the clock never stopped, and the call counts for nothing."""


class ServiceStarted(Struct, frozen=True):
    counter_id: str
    officer_id: str


class VisitHeld(Struct, frozen=True):
    """Set aside by staff, or stepped out at the visitor's own request (which alone pauses the wait)."""

    own_request: bool


class HoldEnded(Struct, frozen=True):
    pass


class VisitReturned(Struct, frozen=True):
    """From service back into the queue: a new leg."""


class VisitTransferred(Struct, frozen=True):
    """To another service or officer. From service: a new leg; while waiting: the same leg, other service.

    Whoever has stepped out stays out. `signpost_to`: what the visitor was told of the service before.
    """

    service_id: str
    named_officer_id: str = ""
    order_target: Millis = 0
    planned: bool = False
    """One of the further services that the visitor came for."""
    ended: End | None = None
    """How the service before ended, when not as resolved: signposted or booked, and the visit goes on."""
    signpost_to: str = ""


class SpecialistTold(Struct, frozen=True):
    """Passed to a specialist, and the visitor was told it takes longer: exempt from the resolved clock."""


class VisitEnded(Struct, frozen=True):
    """`due` and `owner_id` for *to follow*; `signpost_to` for signposting."""

    end: End
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""


class VisitReinstated(Struct, frozen=True):
    """A no-show came back the same day."""


class SeenFirstMarked(Struct, frozen=True):
    on: bool


class DetailsChanged(Struct, frozen=True):
    party_size: int


class VisitLinked(Struct, frozen=True):
    other_id: str


class FollowUpDone(Struct, frozen=True):
    pass


class PaperOrdered(Struct, frozen=True):
    """A ticket or slip was ordered at the printer."""

    paper: str
    reprint: bool


class RoomAssigned(Struct, frozen=True):
    """The visit is called to this room, or is in it, until it ends or is given another."""

    room_id: str


class RoomFreed(Struct, frozen=True):
    pass


class InterpreterRequested(Struct, frozen=True):
    """The visit is not called until the interpreter is there. An empty `interpreter_id`: still to be found."""

    language: str
    mode: Mode
    interpreter_id: str = ""


class InterpreterArrived(Struct, frozen=True):
    """There, or on the line."""


class InterpreterWaived(Struct, frozen=True):
    """Staff say that the visit may be called without."""


class NumberAdded(Struct, frozen=True):
    """The visitor holds another number besides, given while a station was cut off; it is called by that from now on."""

    number: str


class ClaimAccepted(Struct, frozen=True):
    """The visit turned out to be of an appointment, whose promise it has from now on (see `TicketTaken`)."""

    appointment_id: str
    seen_target: Millis | None
    order_target: Millis
    booked_for: Instant | None = None
    named_officer_id: str = ""


VisitFact = (
    TicketTaken
    | VisitCalled
    | VisitCalledAgain
    | CallWithdrawn
    | ServiceStarted
    | VisitHeld
    | HoldEnded
    | VisitReturned
    | VisitTransferred
    | SpecialistTold
    | VisitEnded
    | VisitReinstated
    | SeenFirstMarked
    | DetailsChanged
    | VisitLinked
    | FollowUpDone
    | PaperOrdered
    | RoomAssigned
    | RoomFreed
    | InterpreterRequested
    | InterpreterArrived
    | InterpreterWaived
    | DelayTold
    | NumberAdded
    | ClaimAccepted
    | CommandUndone
)
