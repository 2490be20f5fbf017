"""What a person may have the program do, and what it came to.

A command carries an id that is minted when its question is shown; done twice it is done once, and the stored
result is returned. `station` names the window it comes from.
"""

from __future__ import annotations

import secrets
from datetime import date
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct, field

from reception.clock import Instant
from reception.domain.discreet import Discreet
from reception.domain.events import Recorded
from reception.domain.kiosk import Face
from reception.domain.questions import QuestionAnswer
from reception.domain.snapshots import End, ExpectedWait, Person
from reception.domain.stations import StationKind
from reception.services.office_settings import OfficeSettings


def new_id() -> str:
    """A fresh id: 32 hexadecimal digits, random."""
    return secrets.token_hex(16)


class Command(Discreet, frozen=True, kw_only=True):
    """Base of all commands. `counter_id` and `officer_id` say who does it; empty where nobody need sign in."""

    id: str = field(default_factory=new_id)
    office_id: str
    station: str = ""
    counter_id: str = ""
    officer_id: str = ""


# -- the visit -------------------------------------------------------------------------------------------------


class TakeTicket(Command, frozen=True, kw_only=True):
    """A party arrives: one visit, one ticket. `then_services` are further services, in order, after the first."""

    personal = frozenset({"person", "see_first_reason"})

    service_id: str
    person: Person = Person()
    party_size: int = 1
    then_services: tuple[str, ...] = ()
    named_officer_id: str = ""
    linked_to: str = ""
    """A visit of the same family whose enquiry is separate."""
    see_first_reason: str = ""
    print_ticket: bool = True
    told_wait: ExpectedWait | None = None
    """What a screen has told the visitor of the wait, and their ticket says too. None: the ticket says what is expected
    when it is printed."""


class CallNext(Command, frozen=True, kw_only=True):
    """Call whom the calling rule names for this counter and officer.

    From five minutes before an appointment with this officer, whose visitor is here, a walk-in is only called when
    `confirmed`; else refused with DUE_WITH_YOU.
    """

    confirmed: bool = False
    aloud: bool = False
    """While cut off: also one that is not this desk's own, called aloud; else refused with CALL_ALOUD."""


class CallVisit(Command, frozen=True, kw_only=True):
    """Call a particular visit out of turn; the reason is kept."""

    personal = frozenset({"reason"})

    visit_id: str
    reason: str
    aloud: bool = False
    """While cut off: as in :class:`CallNext`."""


class OnVisit(Command, frozen=True, kw_only=True):
    """Base of commands on one visit."""

    visit_id: str


class CallAgain(OnVisit, frozen=True):
    """Call the called visit once more."""


class StartService(OnVisit, frozen=True):
    """The called visitor is at the counter."""


class WithdrawCall(OnVisit, frozen=True):
    """The called visit goes back to its place in the queue; its clock never stopped."""


class NoShow(OnVisit, frozen=True):
    """The called visitor did not answer after the set number of calls."""


class Reinstate(OnVisit, frozen=True):
    """A no-show came back the same day: original arrival, judged by the first call."""


class Leave(OnVisit, frozen=True, kw_only=True):
    """The visitor goes without (or in the middle of) being served."""


class Hold(OnVisit, frozen=True, kw_only=True):
    """Set a visit aside. `own_request`: the visitor stepped out and asked to keep the place: only this stops the
    wait's clock."""

    own_request: bool = False


class EndHold(OnVisit, frozen=True):
    """Back from a hold: to its place in the queue, or on with the service at the counter that holds it."""


class ReturnToQueue(OnVisit, frozen=True):
    """From service back into the queue: a new leg of the same service."""


class Transfer(OnVisit, frozen=True, kw_only=True):
    """To another service or officer: a new leg when already served, else the same leg with another service.

    `specialist_told`: passed to a specialist, and the visitor was told that it takes longer (Hart).
    """

    service_id: str
    named_officer_id: str = ""
    specialist_told: bool = False


class Finish(OnVisit, frozen=True, kw_only=True):
    """End a visit: RESOLVED, TO_FOLLOW (with `due` and `owner_id`), SIGNPOSTED (with `signpost_to`), BOOKED.

    When further services are planned, the visit waits for the next of them, unless `without_further` says that the
    visitor no longer wants them. TO_FOLLOW ends the visit, and is refused (SERVICES_LEFT) before the last service.
    `contact`: how the visitor wants to be reached with the answer; it is kept in the note on the visitor.
    """

    personal = frozenset({"note", "contact"})

    end: End = End.RESOLVED
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""
    note: str = ""
    contact: str = ""
    print_slip: bool = True
    without_further: bool = False


class FinishAndCallNext(Command, frozen=True, kw_only=True):
    """The main key: finish the visit at this counter as resolved and call the next. One command, undone as one.

    Refuses DUE_WITH_YOU as :class:`CallNext` does, and then nothing is finished.
    """

    visit_id: str
    confirmed: bool = False


class SeeFirst(OnVisit, frozen=True, kw_only=True):
    """Mark (or unmark) a visit to be seen before all others. The mark is seen; the reason is restricted."""

    personal = frozenset({"reason"})

    on: bool = True
    reason: str = ""


class ChangeDetails(OnVisit, frozen=True, kw_only=True):
    """Correct what is held of the visitor and the size of the party.

    `shown` and `shown_party_size` are what was shown to whoever typed it. Only what differs from them is changed, so
    that another desk's correction of something else stays; a field that another desk has changed as well is refused
    with ALREADY_TAKEN.
    """

    personal = frozenset({"person", "shown"})

    person: Person
    shown: Person
    party_size: int
    shown_party_size: int


class LinkVisits(OnVisit, frozen=True, kw_only=True):
    """Say that two visits are of one family with separate enquiries."""

    other_id: str


class CompleteFollowUp(OnVisit, frozen=True, kw_only=True):
    """The answer that was to follow has been given."""


class Reprint(OnVisit, frozen=True, kw_only=True):
    """Print the ticket (or the slip of an ended visit) again."""


class Undo(Command, frozen=True, kw_only=True):
    """Take back a command of this counter, within the office's undo minutes and before anything rests on it."""

    command_id: str


class CallForHelp(Command, frozen=True, kw_only=True):
    """Somebody at a kiosk asks for a member of staff; `discreet`: by the phrase that says nothing to bystanders."""

    discreet: bool = False


class GiveHelp(Command, frozen=True, kw_only=True):
    """A member of staff goes there; a call for help that was answered already is let be."""

    help_id: str


class GiveFeedback(Command, frozen=True, kw_only=True):
    """How did we do? Kept by service and day, and of nobody. `service_id` empty: of the office."""

    face: Face
    service_id: str = ""


class ClaimCheckIn(TakeTicket, frozen=True, kw_only=True):
    """A kiosk that is cut off takes down that a visitor has an appointment: they wait with a ticket, and a desk
    settles it afterwards. `reference`, or `name` and `born`, as the visitor entered them."""

    personal = frozenset({"person", "see_first_reason", "reference", "name", "born"})

    reference: str = ""
    name: str = ""
    born: date | None = None


class AnswerQuestion(Command, frozen=True, kw_only=True):
    """Settle what could not be merged after a station was cut off. Answered twice is refused with ALREADY_TAKEN.

    `appointment_id`: for a claim that is accepted, the appointment that it is of.
    """

    question_id: str
    answer: QuestionAnswer
    appointment_id: str = ""


class KeptVisit(Discreet, frozen=True):
    """What a command that was done while cut off did with one visit.

    `known` are the commands that the station knew to have written of this visit, its own among them. `person`,
    `running` and `reasons` (kind, words) are what is kept of it beside its facts.
    """

    personal = frozenset({"person", "reasons"})

    visit_id: str
    facts: tuple[Recorded, ...]
    known: frozenset[str]
    person: Person
    running: int
    reasons: tuple[tuple[str, str], ...] = ()


class JoinWork(Command, frozen=True, kw_only=True):
    """A command that a station did while it was cut off joins what the others did, with its true times.

    `aloud`: the visit that it called although it was not its own. `unprinted`: (visit, paper) still to come out.
    `went_on`: its counter had another visit afterwards. Its id is `joined_id` of the command's.
    """

    personal = frozenset({"done"})

    done: Command
    result: Result
    visits: tuple[KeptVisit, ...] = ()
    office_facts: tuple[Recorded, ...] = ()
    aloud: str = ""
    unprinted: tuple[tuple[str, str], ...] = ()
    went_on: bool = True
    can_undo: bool = False


def joined_id(command_id: str) -> str:
    """The id under which a command joins: always the same, so that it joins once however often that is tried."""
    return sha256(f"joined {command_id}".encode()).hexdigest()[:32]


# -- the counter, the day ----------------------------------------------------------------------------------------


class SignIn(Command, frozen=True, kw_only=True):
    """A member of staff takes a counter with a PIN. Five wrong PINs lock that person out for a while.

    `take_over`: also when somebody else, who is serving nobody, has not signed off there.
    """

    personal = frozenset({"pin"})

    pin: str
    take_over: bool = False


class SignInSupervisor(Command, frozen=True, kw_only=True):
    """A supervisor opens the supervisor's window with a PIN; no counter is taken. Wrong PINs count as in
    :class:`SignIn`. Refuses NOT_ALLOWED for anybody else on the staff.
    """

    personal = frozenset({"pin"})

    pin: str


class AtHand(StrEnum):
    """What becomes of the visit at a counter that signs off."""

    FINISH = "finish"
    HAND_OVER = "hand_over"
    """Back to the queue, for anyone."""
    HOLD = "hold"


class SignOff(Command, frozen=True, kw_only=True):
    """Leave the counter. A called visit returns to its place; one being served needs `at_hand`.

    The last counter of the office to sign off closes the day (`close_day=True`) or only steps away (`False`);
    `None` is refused with LAST_COUNTER when the day is not over for someone, and True with NOT_POSSIBLE_NOW when
    another has signed in meanwhile.
    """

    at_hand: AtHand | None = None
    close_day: bool | None = None


class CloseDay(Command, frozen=True, kw_only=True):
    """End every open visit of a day that is over as unresolved, and mark its appointments at the office that nobody
    came to as not attended."""


class Evacuate(Command, frozen=True, kw_only=True):
    """Freeze calls. The list of everyone inside is printed from the station's own memory, not from here."""


class EndEvacuation(Command, frozen=True, kw_only=True):
    """Go on (`resume`), or close the day for everyone inside; refused where another desk has done the other of them."""

    resume: bool


# -- setting up ---------------------------------------------------------------------------------------------------


class SetUpOffice(Command, frozen=True, kw_only=True):
    """Make an office, or change its settings from today on. Changing asks for an administrator's PIN.

    `before`: the settings that were read and then changed; None for a new office. Where others are kept by now, the
    change is refused with ALREADY_TAKEN: settings are saved whole, and would put back what another has changed.
    """

    personal = frozenset({"settings", "before", "pin"})

    settings: OfficeSettings
    before: OfficeSettings | None = None
    administrator_id: str = ""
    pin: str = ""


class AddStation(Command, frozen=True, kw_only=True):
    """Name a station of the office. Refuses a name that another station of the office has. Its id is the command's."""

    name: str
    kind: StationKind


class RemoveStation(Command, frozen=True, kw_only=True):
    """The office has it no more; its numbers stay taken."""

    station_id: str


# -- results -----------------------------------------------------------------------------------------------------


class Result(Struct, frozen=True):
    """What a command came to. `visit_id` and `number` are of the visit that it ends on (called, taken, …).

    `already_done`: the id was known; this is the stored result. `prints` are the ids of print jobs ordered.
    """

    command_id: str
    visit_id: str = ""
    number: str = ""
    why: str = ""
    finished_number: str = ""
    at: Instant = 0
    prints: tuple[str, ...] = ()
    already_done: bool = False
    appointment_id: str = ""
    reference: str = ""
    appointments: tuple[str, ...] = ()
    """Of a repeat booking and of what was brought in: the ids of all."""
    room: str = ""
    """The name of the room that a visit was called to; empty where it is called to the counter."""
    cut_off: bool = False
    """Done while the database was out of reach: kept at this station, and joined when it is back."""
    left_out: tuple[tuple[str, str], ...] = ()
    """What was not brought in: row key and code of the reason."""
