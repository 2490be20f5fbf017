"""Frozen values that screens, paper and statistics are made from. They carry no behaviour of the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import Instant, Millis
from reception.domain.office import Office, Role
from reception.domain.questions import HelpCall, Question


class State(StrEnum):
    """Where a visit stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    ENDED = "ended"


class End(StrEnum):
    """How a visit ended."""

    RESOLVED = "resolved"
    TO_FOLLOW = "to_follow"
    BOOKED = "booked"
    SIGNPOSTED = "signposted"
    LEFT = "left"
    NO_SHOW = "no_show"
    UNRESOLVED = "unresolved"


class Need(StrEnum):
    """What a visitor needs to be received well; recorded once, followed everywhere."""

    PRIVATE = "private"
    INTERPRETER = "interpreter"
    BSL = "bsl"
    LARGE_PRINT = "large_print"
    STEP_FREE = "step_free"
    HEARING_LOOP = "hearing_loop"
    CHILDREN = "children"
    HELP = "help"


class Why(StrEnum):
    """Why this one is next, in a word."""

    SEE_FIRST = "see_first"
    GUARD_PASSED = "guard_passed"
    OVERTAKEN_TWICE = "overtaken_twice"
    CAN_BE_KEPT = "can_be_kept"
    PAST_PROMISE = "past_promise"
    EARLIEST_DEADLINE = "earliest_deadline"
    FIRST_COME = "first_come"
    APPOINTMENT_FIRST = "appointment_first"
    STAFF_PRIORITY = "staff_priority"
    NAMED = "named"


class Person(Struct, frozen=True):
    """What a visit holds of a person. Shown to staff only; kept in a table of its own; never logged.

    Languages are BCP 47 tags ("en", "pl", "bfi" for British Sign Language, "zh-Hant"); empty when not asked.
    """

    name: str = ""
    spoken: str = ""
    written: str = ""
    needs: frozenset[Need] = frozenset()
    note: str = ""

    def corrected(self, shown: Person, typed: Person) -> Person:
        """This person with what `typed` changes of `shown`, and nothing else; each need counts by itself."""
        changes = {name: getattr(typed, name) for name in _WORDS_OF_PERSON if typed.changes(shown, name)}
        needs = (self.needs - (shown.needs - typed.needs)) | (typed.needs - shown.needs)
        return replace(self, needs=needs, **changes)

    def clashes(self, shown: Person, typed: Person) -> tuple[str, ...]:
        """The fields that `typed` changes of `shown`, and that stand otherwise here by now."""
        return tuple(
            name
            for name in _WORDS_OF_PERSON
            if typed.changes(shown, name) and self.changes(shown, name) and self.changes(typed, name)
        )

    def changes(self, other: Person, name: str) -> bool:
        """Whether a field differs from the other's."""
        return bool(getattr(self, name) != getattr(other, name))


_WORDS_OF_PERSON = ("name", "spoken", "written", "note")


class QueueRow(Struct, frozen=True):
    """One waiting visit as the desk lists it, in the order in which visits will be called.

    `target` is the published promise (None: no promise is made); `ordering_target` is what the order and the
    bar use when there is none. `since` is the start from which *waited* counts; `stepped_out` is what to take
    off. Time left to the promise is `deadline - now`.
    """

    visit_id: str
    number: str
    service: str
    person: Person
    party_size: int
    arrived_at: Instant
    since: Instant
    leg: int
    """1 for the first leg; later legs came by transfer or return."""
    booked_for: Instant | None
    target: Millis | None
    ordering_target: Millis
    deadline: Instant
    guard_at: Instant
    """From here the visit goes first among all but the *see first*."""
    stepped_out: Millis
    why: Why
    """Why it stands where it stands."""
    see_first: bool
    named_officer: str
    """Waits for this officer only; empty for anyone."""
    mine: bool
    """The officer at this counter may serve it now."""
    linked: bool
    then_services: tuple[str, ...] = ()
    """Names of the services that come after the present one."""
    room: str = ""
    """The room that it has, by name."""
    waits_for_interpreter: bool = False
    """Asked for, not there yet, and not waived: it is not called."""
    appointment_id: str = ""
    """The appointment that it came by."""
    told_at: Instant | None = None
    """Last told of a delay."""
    also: str = ""
    """Another number that it was given; the visitor holds `number`."""


class VisitCard(Struct, frozen=True):
    """One visit whole, as shown at the counter, in the visit panel and in search results."""

    visit_id: str
    number: str
    code: str
    state: State
    end: End | None
    service_id: str
    service: str
    person: Person
    party_size: int
    arrived_at: Instant
    since: Instant
    leg: int
    target: Millis | None
    resolved_target: Millis | None
    first_wait: Millis | None
    """Arrival to start of the first service, less time stepped out; None until seen."""
    waited: Millis
    """Wait of the present leg so far, or as it ended."""
    called_at: Instant | None
    calls: int
    started_at: Instant | None
    held_at: Instant | None
    own_request: bool
    """On hold because the visitor stepped out at their own request."""
    held_from_service: bool
    """On hold in the middle of a service: the counter that holds it goes on with it."""
    ended_at: Instant | None
    counter: str
    officer: str
    specialist: bool
    """Passed to a specialist: exempt from the resolved clock from then on."""
    see_first: bool
    then_services: tuple[str, ...]
    """Names of the services that come after the present one."""
    due: date | None
    """To follow: the answer is promised by this day."""
    owner: str
    """To follow: the officer who answers."""
    done_at: Instant | None
    voided: bool
    reinstated: bool
    linked_numbers: tuple[str, ...]
    total_wait: Millis
    remark: str = ""
    """What was noted for colleagues when the visit ended."""
    appointment_id: str = ""
    """The appointment that it came by."""
    named_officer_id: str = ""
    room_id: str = ""
    room: str = ""
    """The room that it has, by name."""
    interpreting: str = ""
    """The language (ISO 639-3) that an interpreter was asked for in; empty when none was."""
    interpreter: str = ""
    """Who interprets, by name; empty while still to be found."""
    waits_for_interpreter: bool = False
    """Asked for, not there yet, and not waived: it is not called."""
    told_at: Instant | None = None
    """Last told of a delay."""
    estimated: bool = False
    """When it came was told by a clock that could not be compared with the database's."""


class CounterRow(Struct, frozen=True):
    """One counter and what goes on at it. `number` is empty when nobody is served; `officer` when it is shut."""

    counter_id: str
    name: str
    officer_id: str
    officer: str
    number: str
    service: str
    state: State | None
    since: Instant | None
    party_size: int = 1
    step_free: bool = False
    """Of the visit: what must be known in an evacuation."""


class Aside(Struct, frozen=True):
    """A visit that is not in the queue but not finished with: on hold, stepped out, called elsewhere, to follow."""

    visit_id: str
    number: str
    service: str
    name: str
    state: State
    end: End | None
    own_request: bool
    since: Instant
    counter: str
    due: date | None
    owner: str
    party_size: int = 1
    step_free: bool = False


class Undoable(Struct, frozen=True):
    """The last thing done at this counter that can still be taken back."""

    command_id: str
    kind: str
    """The command's class name, for example "Finish"."""
    number: str
    at: Instant
    until: Instant


class DeskView(Struct, frozen=True):
    """Everything that one desk shows, read in one transaction at `now`.

    The order of `queue` and `unprinted` hold until `order_valid_until` (None: until something happens); after it, ask
    again.
    `can_be_kept` is how many of the first rows of `queue` stand before the caption that parts them from those
    past their promise.
    """

    now: Instant
    sequence: int
    """The journal's last sequence number at the time of reading."""
    office: Office
    counter_id: str
    counter_name: str
    officer_id: str
    officer_name: str
    role: Role | None
    queue: tuple[QueueRow, ...]
    order_valid_until: Instant | None
    first_past_promise: int | None
    """Index of the first row that is past its promise and stands behind those that can still be kept."""
    next_for_me: str | None
    """The visit that *call next* would take at this counter."""
    present: VisitCard | None
    """The visit called to or served at this counter."""
    counters: tuple[CounterRow, ...]
    asides: tuple[Aside, ...]
    seen_today: int
    judged_today: int
    """Visits of today with a promise that is settled: seen, or lost unseen."""
    within_today: int
    longest_wait_since: Instant | None
    """Start of the longest wait in the queue now (stepped-out time already added)."""
    evacuated_at: Instant | None
    undoable: Undoable | None
    clock_went_back: Millis
    """How far the clock stands behind the last recorded fact; 0 when it does not."""
    unprinted: tuple[str, ...]
    """Numbers whose ticket or slip was ordered at this station and did not come out: it failed, or whoever was to
    print it has not done so in a while."""
    questions: tuple[Question, ...] = ()
    """What stations that were cut off left to be settled, the oldest first."""
    help_calls: tuple[HelpCall, ...] = ()
    """Who asks for help at a kiosk and is not helped yet, the oldest first."""
    not_joined: str = ""
    """The name of a file with what was done while cut off and could not join."""
    kept: int | None = None
    """While cut off from the database: how many visits are kept at this station, and join when it is back."""
    held_back: str = ""
    """Why they cannot join although the server is there, and what to do, in two sentences."""


class ExpectedWait(Struct, frozen=True):
    """A range in whole minutes; `low` is at least 1."""

    low: int
    high: int


class SaidWait(Struct, frozen=True):
    """An expected wait in the figures that a visitor is told, minutes. `low` None: up to `high`."""

    low: int | None
    high: int


_SAID_IN: Final = 5
_NARROW: Final = 20


def said_wait(wait: ExpectedWait) -> SaidWait:
    """The range as it is told everywhere: a wide one in steps of five, outwards, so that no figure looks more exact
    than it is; and one that begins at once by its end alone."""
    low, high = sorted((wait.low, wait.high))
    if low == high:
        return SaidWait(low, high)
    if low == 1 or high >= 3 * low or high - low > _NARROW:
        low, high = low // _SAID_IN * _SAID_IN, -(-high // _SAID_IN) * _SAID_IN
    return SaidWait(low or None, high)


class TicketSnapshot(Struct, frozen=True):
    """What a ticket says. It holds no personal data."""

    council: str
    office: str
    number: str
    service: str
    taken_at: Instant
    timezone: str
    wait: ExpectedWait | None
    place: str
    code: str
    voided: bool = False
    reprint: bool = False
    room: str = ""
    """The room that the visit will be called to; empty where that is not known yet."""
    language: str = "en"
    """The visitor's, of the nine that tickets are printed in."""
    large_print: bool = False
    private: bool = False
    services: Mapping[str, str] = {}
    """The service's name by language, where the office has given it."""
    places: Mapping[str, str] = {}
    """Where to wait, by language, where the office has given it."""
    booked_for: Instant | None = None
    """Of an appointment: the time that it is for."""


class SlipSnapshot(Struct, frozen=True):
    """What a slip says: *to follow* (who answers, by when, how to reach them) or signposting (where to go).

    Holds the officer's contact details and no data of the visitor.
    """

    council: str
    office: str
    number: str
    service: str
    visited_at: Instant
    """When the visitor came."""
    printed_at: Instant
    timezone: str
    end: End
    due: date | None = None
    owner: str = ""
    telephone: str = ""
    email: str = ""
    signpost_to: str = ""
    code: str = ""
    free_telephone: bool = False
    """Reception has a free telephone to reach other offices."""
    language: str = "en"
    """The visitor's, of the nine that slips are printed in."""
    large_print: bool = False


class EvacuationRow(Struct, frozen=True):
    """One party that is in the building."""

    number: str
    party_size: int
    place: str
    """Counter or room; empty in the waiting room."""
    step_free: bool


class EvacuationList(Struct, frozen=True):
    """Everyone inside, for the person with the clipboard. Numbers, no names."""

    office: str
    at: Instant
    timezone: str
    rows: tuple[EvacuationRow, ...]

    @property
    def people(self) -> int:
        return sum(row.party_size for row in self.rows)
