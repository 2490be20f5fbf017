"""Facts: what happened, in the past tense. The journal holds them for ever; a visit is the sum of its facts.

No fact holds personal data: names, needs and reasons are kept in tables of their own.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.booked import (
    AbsenceKind,
    DelayAnswer,
    DelayReason,
    InterpreterStatus,
    Kind,
    LetterKind,
    Mode,
    RoomFeature,
    RoomState,
)
from reception.domain.booking import Place
from reception.domain.kiosk import Face
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.domain.snapshots import End, Why
from reception.domain.stations import StationKind


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


class DelayTold(Struct, frozen=True):
    """The visitor was told of a delay, or rung up in vain; of a visit, or of an appointment not yet arrived.

    `expected_at`: when service was said to begin. `offered`: starts of the slots that were offered. Words that were
    typed are kept apart. `promised_at`: the end of the promise that was at stake, by which it is told in time.
    """

    reason: DelayReason
    answer: DelayAnswer
    expected_at: Instant | None = None
    offered: tuple[Instant, ...] = ()
    promised_at: Instant | None = None
    by_telephone: bool = False


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


class CommandUndone(Struct, frozen=True):
    """All facts of that command on this visit or appointment no longer hold."""

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


class StationAdded(Struct, frozen=True):
    station_id: str
    name: str
    kind: StationKind


class StationRemoved(Struct, frozen=True):
    station_id: str


class HelpAsked(Struct, frozen=True):
    """Somebody at a kiosk asks for a member of staff. The help call's id is the command's."""

    discreet: bool = False


class HelpGiven(Struct, frozen=True):
    help_id: str


class FeedbackGiven(Struct, frozen=True):
    """How did we do? Of nobody in particular."""

    face: Face
    service_id: str = ""


class QuestionAsked(Struct, frozen=True):
    """What a station did while it was cut off could not be merged without asking."""

    question_id: str
    kind: QuestionKind


class QuestionAnswered(Struct, frozen=True):
    question_id: str
    answer: QuestionAnswer


class LookUpRefused(Struct, frozen=True):
    """Somebody at a kiosk tried too many codes or names that are not there."""


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

Fact = VisitFact | AppointmentFact | OfficeFact


class Recorded(Struct, frozen=True):
    """A fact with its envelope: when (ms UTC), by which command, where and by whom."""

    at: Instant
    command_id: str
    fact: Fact
    counter_id: str = ""
    officer_id: str = ""
    estimated: bool = False
    """The time was told by a clock that could not be compared with the database's."""
