"""What a person may have the program do with appointments, rooms, interpreters and delays.

Instants are milliseconds UTC. Each command is done once for its id, as all commands are.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant
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
from reception.domain.visitor import HomeVisit, Visitor
from reception.services.commands import Command, OnVisit


class HoldSlot(Command, frozen=True, kw_only=True):
    """Keep a place free for the office's hold minutes while it is talked about. The hold's id is the command's.

    Refuses SLOT_TAKEN with what stands against it. A desk that holds another slot lets the one before go
    (`instead_of`).
    """

    place: Place
    service_id: str
    instead_of: str = ""


class ReleaseHold(Command, frozen=True, kw_only=True):
    """Let a held slot go. One that has run out, or was booked, is let be."""

    hold_id: str


class Repeat(Struct, frozen=True):
    """A repeat booking: `times` in all, every so many weeks, at the same local time."""

    every_weeks: int
    times: int


class BookAppointment(Command, frozen=True, kw_only=True):
    """Book officer, room and interpreter together: all of them or none.

    Refuses SLOT_TAKEN (somebody else has it; the remedy names the next free slots) and NEEDS_REASON (out of hours, over
    a break, at short notice: `reason` gets past it and is kept). `visit_id`: the walk-in that becomes this booking; it
    ends as booked, in the same transaction. `set_up_minutes` None takes the service's.
    """

    personal = frozenset({"visitor", "about", "reason", "home"})

    service_id: str
    place: Place
    kind: Kind = Kind.OFFICE
    visitor: Visitor = Visitor()
    party_size: int = 1
    about: str = ""
    named_officer: bool = False
    features: frozenset[RoomFeature] = frozenset()
    seats: int = 1
    language: str = ""
    by_council: bool = False
    home: HomeVisit = HomeVisit()
    wants_earlier: bool = False
    reason: str = ""
    hold_id: str = ""
    visit_id: str = ""
    repeat: Repeat | None = None
    set_up_minutes: int | None = None


class OnAppointment(Command, frozen=True, kw_only=True):
    """Base of commands on one appointment."""

    appointment_id: str


class MoveAppointment(OnAppointment, frozen=True, kw_only=True):
    """Give it another time, length, officer, room or interpreter; the old ones are released in the same transaction.

    `version`: of the row that was shown; refuses ALREADY_TAKEN where it has changed since. `by_visitor`: the visitor
    asked for it or accepted it, so that no notice is due. `visit_id`: a visit that waits with this appointment; it ends
    as booked. `offered`: starts of the slots that were offered.
    """

    personal = frozenset({"reason"})

    version: int
    place: Place
    by_visitor: bool = True
    reason: str = ""
    hold_id: str = ""
    visit_id: str = ""
    offered: tuple[Instant, ...] = ()


class CancelAppointment(OnAppointment, frozen=True, kw_only=True):
    """Release it. Cancelled twice is refused with what it is. `series`: with those after it of a repeat booking."""

    personal = frozenset({"reason"})

    by_visitor: bool = True
    reason: str = ""
    series: bool = False


class CheckIn(OnAppointment, frozen=True, kw_only=True):
    """The visitor is here: the appointment becomes a visit in the one queue, with a ticket.

    Refuses OTHER_DAY, OTHER_OFFICE, ALREADY_CHECKED_IN and CANCELLED_APPOINTMENT, each with what to do. Beyond the
    grace period nothing is promised; one marked as not attended "came late".
    """

    party_size: int = 0
    """0: as booked."""
    print_ticket: bool = True
    written: str = ""
    """The language chosen at a kiosk, for the ticket and the calls of this visit; empty: as booked."""


class DidNotAttend(OnAppointment, frozen=True):
    """The visitor has not come within the grace period."""


class Attended(OnAppointment, frozen=True):
    """A telephone appointment or home visit took place."""


class CorrectAppointment(OnAppointment, frozen=True, kw_only=True):
    """Correct what is held of the visitor; refused with ALREADY_TAKEN where another desk changed it since `version`."""

    personal = frozenset({"visitor", "about", "home"})

    version: int
    visitor: Visitor
    about: str
    party_size: int
    home: HomeVisit = HomeVisit()


class WantEarlier(OnAppointment, frozen=True, kw_only=True):
    """Put it on the list for an earlier slot, or take it off."""

    on: bool = True


class ProgressInterpreter(OnAppointment, frozen=True, kw_only=True):
    """Its interpreter was ordered, confirmed or cancelled. A cancellation frees the interpreter."""

    status: InterpreterStatus


class KeepLetter(OnAppointment, frozen=True, kw_only=True):
    """A letter was printed or saved: kept with the appointment. Refuses DO_NOT_WRITE where the visitor wants none."""

    kind: LetterKind
    large_print: bool = False
    language: str = "en"
    """What it was written in."""


# -- the visit: rooms, interpreters, delays ----------------------------------------------------------------------


class AssignRoom(OnVisit, frozen=True, kw_only=True):
    """Call the visit to a room, or move it there. Refuses ROOM_TAKEN."""

    room_id: str


class FreeRoom(OnVisit, frozen=True):
    """The visit needs its room no more."""


class RequestInterpreter(OnVisit, frozen=True, kw_only=True):
    """The visit is not called until the interpreter is there. An empty `interpreter_id`: still to be found."""

    language: str
    mode: Mode = Mode.IN_PERSON
    interpreter_id: str = ""


class InterpreterHere(OnVisit, frozen=True):
    """The interpreter is there, or on the line."""


class CallWithoutInterpreter(OnVisit, frozen=True):
    """Staff say that the visit may be called without."""


class TellOfDelay(Command, frozen=True, kw_only=True):
    """The visitor was told why, how long, and offered another time; one of `visit_id` and `appointment_id` is given.

    `answer` LEAVES ends the visit as left, or cancels the appointment; ANOTHER_TIME is followed by a
    :class:`MoveAppointment` or :class:`BookAppointment`. `words` is what was typed for the reason OTHER.
    """

    personal = frozenset({"words"})

    visit_id: str = ""
    appointment_id: str = ""
    reason: DelayReason = DelayReason.RUNNING_OVER
    words: str = ""
    expected_minutes: int = 0
    """From now until service begins, as the visitor was told."""
    offered: tuple[Instant, ...] = ()
    answer: DelayAnswer = DelayAnswer.WILL_WAIT
    by_telephone: bool = False


class AnnounceDelay(Command, frozen=True, kw_only=True):
    """Said to the whole room. Nobody counts as told by it."""

    reason: DelayReason
    service_id: str = ""
    minutes: int = 0


# -- the office's resources ---------------------------------------------------------------------------------------


class SetRoomState(Command, frozen=True, kw_only=True):
    """A room is in use, being cleaned, or out of use."""

    room_id: str
    state: RoomState


class EnterAbsence(Command, frozen=True, kw_only=True):
    """An officer is not to be booked from `starts` to `ends`. Its id is the command's.

    Refuses SLOT_TAKEN when appointments stand there, and says how many; `anyway` enters it all the same, and they stand
    until they are moved.
    """

    absentee_id: str
    kind: AbsenceKind
    starts: Instant
    ends: Instant
    anyway: bool = False


class RemoveAbsence(Command, frozen=True, kw_only=True):
    absence_id: str


# -- brought in from elsewhere -------------------------------------------------------------------------------------


class BroughtIn(Struct, frozen=True):
    """One appointment of another program. `row_key` tells it from all others, so that it is brought in once."""

    row_key: str
    service_id: str
    place: Place
    kind: Kind
    visitor: Visitor
    local_day: date
    about: str = ""


class BringInAppointments(Command, frozen=True, kw_only=True):
    """Appointments of another program. Each is checked as one that is booked here; those known already are left out.

    `rows` were looked over before; what cannot be placed is told in `Result.left_out`, by row key and reason.
    """

    personal = frozenset({"rows"})

    rows: tuple[BroughtIn, ...]
