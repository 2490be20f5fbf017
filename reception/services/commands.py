"""What a person may ask the program to do (commands) or to show (queries).

A command carries an id that is minted when its question is shown; done twice it is done once, and the stored
result is returned. `station` names the window it comes from.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reception.clock import Instant
from reception.domain.office import Counter, Hours, Officer, Service
from reception.domain.snapshots import End, Person


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

    When further services are planned, RESOLVED ends the leg and the visit waits for the next service.
    """

    end: End = End.RESOLVED
    due: date | None = None
    owner_id: str = ""
    signpost_to: str = ""
    note: str = field(default="", repr=False)
    print_slip: bool = True


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
    """Correct what is held of the visitor and the size of the party."""

    person: Person = field(repr=False)
    party_size: int = 1


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
    `None` is refused with LAST_COUNTER when the day is not over for someone.
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
    """Go on (`resume`), or close the day for everyone inside."""

    resume: bool


# -- setting up ---------------------------------------------------------------------------------------------------


class Limits(NamedTuple):
    """The lowest and the highest that a setting may be, both allowed. The form and the door go by the same."""

    low: int
    high: int

    def allow(self, number: float) -> bool:
        return self.low <= number <= self.high


TARGET_MINUTES = Limits(1, 600)
GUARD_TIMES = Limits(1, 10)
OVERTAKES = Limits(1, 20)
CALLS_BEFORE_NO_SHOW = Limits(1, 10)
UNDO_MINUTES = Limits(1, 60)
PRIORITIES = Limits(0, 99)
PIN_DIGITS = Limits(4, 12)
TICKET_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class StaffEntry:
    """A member of staff in the settings form. `pin` is empty to leave the PIN as it is."""

    officer: Officer
    pin: str = field(default="", repr=False)


@dataclass(frozen=True)
class OfficeSettings:
    """All that the settings form edits, whole. Times in minutes; None means *no promise*."""

    name: str
    council: str
    timezone: str
    preset: str
    walk_in_seen: int | None
    walk_in_resolved: int | None
    appointment_seen: int | None
    hours: tuple[Hours, ...]
    services: tuple[Service, ...]
    counters: tuple[Counter, ...]
    staff: tuple[StaffEntry, ...]
    place: str = ""
    telephone: str = ""
    division: str = "england-and-wales"
    rule: str = "keep_promises"
    walk_in_guard: float = 1.5
    appointment_guard: float = 2.0
    overtakes: int = 2
    no_show_after_calls: int = 2
    undo_minutes: int = 5
    closures: frozenset[date] = frozenset()


@dataclass(frozen=True, kw_only=True)
class SetUpOffice(Command):
    """Make an office, or change its settings from today on. Changing asks for an administrator's PIN."""

    settings: OfficeSettings = field(repr=False)
    administrator_id: str = ""
    pin: str = field(default="", repr=False)


# -- queries -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offices:
    """Every office, by name: a tuple of :class:`Office`."""


@dataclass(frozen=True)
class Desk:
    """A :class:`DeskView` for one counter; an empty `counter_id` for a desk where nobody has signed in."""

    office_id: str
    counter_id: str = ""
    station: str = ""


@dataclass(frozen=True)
class OneVisit:
    """A :class:`VisitCard` by id."""

    visit_id: str


@dataclass(frozen=True)
class VisitByCode:
    """A :class:`VisitCard` by the code of its ticket, or None."""

    office_id: str
    code: str


@dataclass(frozen=True)
class Search:
    """Visits of a day by number or part of a name: a tuple of :class:`VisitCard`, newest first, at most 50."""

    office_id: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class WorkingDays:
    """The next `count` working days after `start` at an office: a tuple of dates, day 1 first."""

    office_id: str
    start: date
    count: int


@dataclass(frozen=True)
class SettingsOf:
    """The :class:`OfficeSettings` of an office."""

    office_id: str


@dataclass(frozen=True)
class LettersInUse:
    """The letters that tickets of the present day began with at an office: a frozenset of them."""

    office_id: str


@dataclass(frozen=True)
class TicketOf:
    """The :class:`TicketSnapshot` of a visit."""

    visit_id: str


@dataclass(frozen=True)
class WaitReport:
    """Wait figures by `by` (total, day, weekday, hour, service): a list of WaitSummary."""

    office_id: str
    first: date
    last: date
    by: str = "total"
    without_evacuations: bool = False
    """Leave out days on which the building was evacuated."""


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


Query = (
    Offices | Desk | OneVisit | VisitByCode | Search | WorkingDays | SettingsOf | LettersInUse | TicketOf | WaitReport
)
