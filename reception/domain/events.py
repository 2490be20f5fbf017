"""Facts: what happened, in the past tense. The journal holds them for ever; a visit is the sum of its facts.

No fact holds personal data: names, needs and reasons are kept in tables of their own.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.snapshots import End, Why


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


class CommandUndone(Struct, frozen=True):
    """All facts of that command on this visit no longer hold."""

    command_id: str


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
    | CommandUndone
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


OfficeFact = (
    CounterOpened | CounterClosed | DayClosed | OfficeEvacuated | EvacuationEnded | SettingsChanged | SignInRefused
)

Fact = VisitFact | OfficeFact


class Recorded(Struct, frozen=True):
    """A fact with its envelope: when (ms UTC), by which command, where and by whom."""

    at: Instant
    command_id: str
    fact: Fact
    counter_id: str = ""
    officer_id: str = ""
