"""What a supervisor is shown of today as it goes. Nothing here is of a visitor's person.

`docs/definitions.md` is the law of every figure. Durations are milliseconds.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.about_now import RoomRow
from reception.domain.booked import DelayAnswer
from reception.domain.columns import Column
from reception.domain.desk_view import CounterRow
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.office import Office


class Mark(Struct, frozen=True):
    """One walk-in of today, as a mark on the plot. `wait`: until seen or gone; of one who waits, so far."""

    arrived_at: Instant
    wait: Millis
    target: Millis | None
    column: Column
    service_id: str
    is_partner: bool = False
    stands_still: bool = False
    """Open, and its wait grows no more for now: its visitor is out, or came back after a call that judged it."""


class ServiceNow(Struct, frozen=True):
    """One service today."""

    service_id: str
    service: str
    partner: str
    """The partner that it belongs to; empty for the council's own, which alone are in the totals."""
    waiting: int
    longest: Millis | None
    """The longest wait among those who wait now."""
    over: int
    """Of those, whose promise is lost: appointments and later legs too."""
    waits: WaitSummary


class AttentionKind(StrEnum):
    """What a supervisor may have to do something about, the most urgent first."""

    OVER = "over"
    """Somebody waits whose promise is lost."""
    WILL_MISS = "will_miss"
    """Somebody's promise is expected to be lost within the next 15 minutes."""
    NOBODY_SERVES = "nobody_serves"
    """Somebody waits for a service that nobody at work may serve."""
    INTERPRETER = "interpreter"
    """An appointment of today needs an interpreter, and none is booked."""


class Attention(Struct, frozen=True):
    """One line of *now*, most urgent first. What does not belong to its kind is empty."""

    kind: AttentionKind
    service: str
    number: str = ""
    waiting: int = 0
    """How many wait for that service."""
    officers: int = 0
    """How many at work may serve it."""
    at: Instant | None = None
    """When the promise ends; of an interpreter, when the appointment begins."""
    expected_at: Instant | None = None
    """When service is expected to begin; None where nobody at work may serve it."""
    told_at: Instant | None = None
    """When its visitor was last told of the delay."""
    told_holds: bool = True
    """False: the time that was told has passed, and they are to be told again."""
    language: str = ""
    """Of an interpreter: ISO 639-3."""
    could_serve: tuple[str, ...] = ()
    """Names of the staff who may serve it and are not at a counter, or serve nobody there."""


class DelayNow(Struct, frozen=True):
    """A delay of today: its visitor was told of it, or is to be told by now, or was never told and waits no longer.

    What does not belong to it is None or empty.
    """

    number: str
    """Of the ticket, or the appointment's reference while nobody has come."""
    service: str
    promised_at: Instant | None
    """The end of the promise that is, or was, at stake."""
    is_to_be_told: bool
    """By now, for the first time or again."""
    told_at: Instant | None = None
    """When they were last told, or rung up in vain."""
    officer: str = ""
    """The name of the member of staff who told them; empty where no supervisor has signed in."""
    until: Instant | None = None
    """When service was said to begin."""
    answer: DelayAnswer | None = None
    """What they chose."""


class TodayView(Struct, frozen=True):
    """One office as it stands at `now`, read in one transaction."""

    now: Instant
    sequence: int
    office: Office
    opens_at: Instant | None
    """Of the first opening today; None: closed all day."""
    closes_at: Instant | None
    waits: WaitSummary
    """Walk-ins for the council's own services, so far."""
    resolved: ResolvedSummary
    appointments: AppointmentSummary
    delays: DelaySummary
    waiting: int
    longest: Millis | None
    """The longest wait among those who wait now."""
    will_miss: int
    """How many are expected to miss their promise in the next 15 minutes."""
    over: int
    """How many wait whose promise is lost."""
    told: int
    """Of those to be told of a delay by now: how many were."""
    untold: int
    services: tuple[ServiceNow, ...]
    """In the order of the settings; partners' last."""
    marks: tuple[Mark, ...]
    """By arrival."""
    counters: tuple[CounterRow, ...]
    rooms: tuple[RoomRow, ...]
    attention: tuple[Attention, ...]
    delayed: tuple[DelayNow, ...] = ()
    """Those to be told by now first, by the end of their promise; then those who were told, the last first."""
    order_valid_until: Instant | None = None
    """When to ask again though nothing happens; None: no sooner than its reader does."""
