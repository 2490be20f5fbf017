"""Facts: what happened, in the past tense. The journal holds them for ever; a visit is the sum of its facts.

No fact holds personal data: names, needs and reasons are kept in tables of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reception.clock import Instant, Millis
from reception.domain.snapshots import End, Why


@dataclass(frozen=True, slots=True)
class TicketTaken:
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


@dataclass(frozen=True, slots=True)
class VisitCalled:
    """Called to a counter. `overtook` are the visits with an earlier deadline that this call passed over."""

    counter_id: str
    officer_id: str
    why: Why
    overtook: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitCalledAgain:
    counter_id: str


@dataclass(frozen=True, slots=True)
class CallWithdrawn:
    """Called, then put back in its place: the same leg, the clock never stopped, and the call counts for nothing."""


@dataclass(frozen=True, slots=True)
class ServiceStarted:
    counter_id: str
    officer_id: str


@dataclass(frozen=True, slots=True)
class VisitHeld:
    """Set aside by staff, or stepped out at the visitor's own request (which alone pauses the wait)."""

    own_request: bool


@dataclass(frozen=True, slots=True)
class HoldEnded:
    pass


@dataclass(frozen=True, slots=True)
class VisitReturned:
    """From service back into the queue: a new leg."""


@dataclass(frozen=True, slots=True)
class VisitTransferred:
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


@dataclass(frozen=True, slots=True)
class SpecialistTold:
    """Passed to a specialist, and the visitor was told it takes longer: exempt from the resolved clock."""


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """`due` and `owner_id` for *to follow*; `signpost_to` for signposting."""

    end: End
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""


@dataclass(frozen=True, slots=True)
class VisitReinstated:
    """A no-show came back the same day."""


@dataclass(frozen=True, slots=True)
class SeenFirstMarked:
    on: bool


@dataclass(frozen=True, slots=True)
class DetailsChanged:
    party_size: int


@dataclass(frozen=True, slots=True)
class VisitLinked:
    other_id: str


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    pass


@dataclass(frozen=True, slots=True)
class PaperOrdered:
    """A ticket or slip was ordered at the printer."""

    paper: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class CommandUndone:
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


@dataclass(frozen=True, slots=True)
class CounterOpened:
    counter_id: str
    officer_id: str


@dataclass(frozen=True, slots=True)
class CounterClosed:
    counter_id: str
    officer_id: str


@dataclass(frozen=True, slots=True)
class DayClosed:
    day: date


@dataclass(frozen=True, slots=True)
class OfficeEvacuated:
    pass


@dataclass(frozen=True, slots=True)
class EvacuationEnded:
    resumed: bool


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    pass


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """A wrong PIN; five in a row lock the person out."""

    officer_id: str


OfficeFact = (
    CounterOpened | CounterClosed | DayClosed | OfficeEvacuated | EvacuationEnded | SettingsChanged | SignInRefused
)

Fact = VisitFact | OfficeFact


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact with its envelope: when (ms UTC), by which command, where and by whom."""

    at: Instant
    command_id: str
    fact: Fact
    counter_id: str = ""
    officer_id: str = ""
