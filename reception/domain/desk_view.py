"""What a desk shows: frozen rows, read in one transaction. They carry no behaviour of the queue."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.office import Office, Role
from reception.domain.person import Person
from reception.domain.questions import HelpCall, Question
from reception.domain.visit_states import End, State, Why


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
    judged: Millis | None = None
    """The wait that its promise was judged by, when it came back after a call: no more can be lost."""


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
    judged: Millis | None = None
    """Not seen yet: the wait that its promise was judged by, when it came back after a call: no more can be lost."""
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


class Awaited(Struct, frozen=True):
    """An appointment that is about to begin with the officer at this counter. `service`: its name."""

    service: str
    starts_at: Instant


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
    next_why: Why | None = None
    """Why it would take that one: by the rule, or because it is due with the officer here."""
    awaited: Awaited | None = None
    """The appointment for which the officer here is to wait; *call next* asks before it takes `next_for_me`."""
    next_is_aloud: bool = False
    """Cut off, and `next_for_me` is not this desk's own: it is called only aloud, and that is asked first."""
    held_back: str = ""
    """Why they cannot join although the server is there, and what to do, in two sentences."""
