"""What a person may have the program do, and what it came to.

A command carries an id that is minted when its question is shown; done twice it is done once, and the stored
result is returned. `station` names the window it comes from.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reception.clock import Instant
from reception.domain.snapshots import End, Person
from reception.services.office_settings import OfficeSettings


def new_id() -> str:
    """A fresh id: 32 hexadecimal digits, random."""
    return secrets.token_hex(16)


@dataclass(frozen=True, kw_only=True)
class Command:
    """Base of all commands. `counter_id` and `officer_id` say who does it; empty where nobody need sign in."""

    id: str = field(default_factory=new_id)
    office_id: str
    station: str = ""
    counter_id: str = ""
    officer_id: str = ""


# -- the visit -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TakeTicket(Command):
    """A party arrives: one visit, one ticket. `then_services` are further services, in order, after the first."""

    service_id: str
    person: Person = field(default=Person(), repr=False)
    party_size: int = 1
    then_services: tuple[str, ...] = ()
    named_officer_id: str = ""
    linked_to: str = ""
    """A visit of the same family whose enquiry is separate."""
    see_first_reason: str = field(default="", repr=False)
    print_ticket: bool = True


@dataclass(frozen=True, kw_only=True)
class CallNext(Command):
    """Call whom the calling rule names for this counter and officer."""


@dataclass(frozen=True, kw_only=True)
class CallVisit(Command):
    """Call a particular visit out of turn; the reason is kept."""

    visit_id: str
    reason: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class OnVisit(Command):
    """Base of commands on one visit."""

    visit_id: str


class CallAgain(OnVisit):
    """Call the called visit once more."""


class StartService(OnVisit):
    """The called visitor is at the counter."""


class WithdrawCall(OnVisit):
    """The called visit goes back to its place in the queue; its clock never stopped."""


class NoShow(OnVisit):
    """The called visitor did not answer after the set number of calls."""


class Reinstate(OnVisit):
    """A no-show came back the same day: original arrival, judged by the first call."""


@dataclass(frozen=True, kw_only=True)
class Leave(OnVisit):
    """The visitor goes without (or in the middle of) being served."""


@dataclass(frozen=True, kw_only=True)
class Hold(OnVisit):
    """Set a visit aside. `own_request`: the visitor stepped out and asked to keep the place: only this stops the
    wait's clock."""

    own_request: bool = False


class EndHold(OnVisit):
    """Back from a hold: to its place in the queue, or on with the service at the counter that holds it."""


class ReturnToQueue(OnVisit):
    """From service back into the queue: a new leg of the same service."""


@dataclass(frozen=True, kw_only=True)
class Transfer(OnVisit):
    """To another service or officer: a new leg when already served, else the same leg with another service.

    `specialist_told`: passed to a specialist, and the visitor was told that it takes longer (Hart).
    """

    service_id: str
    named_officer_id: str = ""
    specialist_told: bool = False


@dataclass(frozen=True, kw_only=True)
class Finish(OnVisit):
    """End a visit: RESOLVED, TO_FOLLOW (with `due` and `owner_id`), SIGNPOSTED (with `signpost_to`), BOOKED.

    When further services are planned, the visit waits for the next of them, unless `without_further` says that the
    visitor no longer wants them. TO_FOLLOW ends the visit, and is refused (SERVICES_LEFT) before the last service.
    `contact`: how the visitor wants to be reached with the answer; it is kept in the note on the visitor.
    """

    end: End = End.RESOLVED
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""
    note: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    print_slip: bool = True
    without_further: bool = False


@dataclass(frozen=True, kw_only=True)
class FinishAndCallNext(Command):
    """The main key: finish the visit at this counter as resolved and call the next. One command, undone as one."""

    visit_id: str


@dataclass(frozen=True, kw_only=True)
class SeeFirst(OnVisit):
    """Mark (or unmark) a visit to be seen before all others. The mark is seen; the reason is restricted."""

    on: bool = True
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class ChangeDetails(OnVisit):
    """Correct what is held of the visitor and the size of the party.

    `shown` and `shown_party_size` are what was shown to whoever typed it. Only what differs from them is changed, so
    that another desk's correction of something else stays; a field that another desk has changed as well is refused
    with ALREADY_TAKEN.
    """

    person: Person = field(repr=False)
    shown: Person = field(repr=False)
    party_size: int
    shown_party_size: int


@dataclass(frozen=True, kw_only=True)
class LinkVisits(OnVisit):
    """Say that two visits are of one family with separate enquiries."""

    other_id: str


@dataclass(frozen=True, kw_only=True)
class CompleteFollowUp(OnVisit):
    """The answer that was to follow has been given."""


@dataclass(frozen=True, kw_only=True)
class Reprint(OnVisit):
    """Print the ticket (or the slip of an ended visit) again."""


@dataclass(frozen=True, kw_only=True)
class Undo(Command):
    """Take back a command of this counter, within the office's undo minutes and before anything rests on it."""

    command_id: str


# -- the counter, the day ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SignIn(Command):
    """A member of staff takes a counter with a PIN. Five wrong PINs lock that person out for a while.

    `take_over`: also when somebody else, who is serving nobody, has not signed off there.
    """

    pin: str = field(repr=False)
    take_over: bool = False


class AtHand(StrEnum):
    """What becomes of the visit at a counter that signs off."""

    FINISH = "finish"
    HAND_OVER = "hand_over"
    """Back to the queue, for anyone."""
    HOLD = "hold"


@dataclass(frozen=True, kw_only=True)
class SignOff(Command):
    """Leave the counter. A called visit returns to its place; one being served needs `at_hand`.

    The last counter of the office to sign off closes the day (`close_day=True`) or only steps away (`False`);
    `None` is refused with LAST_COUNTER when the day is not over for someone, and True with NOT_POSSIBLE_NOW when
    another has signed in meanwhile.
    """

    at_hand: AtHand | None = None
    close_day: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CloseDay(Command):
    """End every open visit of a day that is over as unresolved."""


@dataclass(frozen=True, kw_only=True)
class Evacuate(Command):
    """Freeze calls. The list of everyone inside is printed from the station's own memory, not from here."""


@dataclass(frozen=True, kw_only=True)
class EndEvacuation(Command):
    """Go on (`resume`), or close the day for everyone inside; refused where another desk has done the other of them."""

    resume: bool


# -- setting up ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SetUpOffice(Command):
    """Make an office, or change its settings from today on. Changing asks for an administrator's PIN.

    `before`: the settings that were read and then changed; None for a new office. Where others are kept by now, the
    change is refused with ALREADY_TAKEN: settings are saved whole, and would put back what another has changed.
    """

    settings: OfficeSettings = field(repr=False)
    before: OfficeSettings | None = field(default=None, repr=False)
    administrator_id: str = ""
    pin: str = field(default="", repr=False)


# -- results -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
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
