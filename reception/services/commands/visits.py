"""Commands on a visit, from the ticket to the end, and their undoing."""

from __future__ import annotations

from datetime import date

from reception.domain.person import Person
from reception.domain.said_wait import ExpectedWait
from reception.domain.visit_states import End
from reception.services.commands.command import Command


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

    From five minutes before an appointment with this officer whoever has come for it goes before walk-ins. Until its
    time, while nobody can be called for it, a walk-in is only called when `confirmed`; else refused with DUE_WITH_YOU.
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

    Where :class:`CallNext` refuses DUE_WITH_YOU or CALL_ALOUD this finishes, and says so (`Result.awaited`,
    `Result.aloud`).
    """

    visit_id: str


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
