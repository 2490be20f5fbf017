"""What a supervisor is shown: today as it goes, and any period past. Nothing here is of a visitor's person.

`docs/definitions.md` is the law of every figure. Durations are milliseconds unless a name ends in `_min`; shares are 0
to 1; days are local dates of the office.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.about_now import RoomRow
from reception.domain.booked import DelayAnswer
from reception.domain.columns import Column
from reception.domain.desk_view import CounterRow
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.grouping import Grouping, Period
from reception.domain.office import Office

SMALL = 5
"""Fewer visits than this are not shown where they could point at a person."""


# -- today -----------------------------------------------------------------------------------------------------


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


# -- any period ------------------------------------------------------------------------------------------------


class LegSummary(Struct, frozen=True):
    """Second and later legs, which are never judged, and the wait over all legs of those who were seen."""

    later_legs: int
    """Later legs of which a service began."""
    mean_later_min: float | None
    median_later_min: float | None
    p90_later_min: float | None
    longest_later_min: float | None
    mean_total_min: float | None
    median_total_min: float | None
    p90_total_min: float | None
    longest_total_min: float | None


class LatenessSummary(Struct, frozen=True):
    """Beside the figures of appointments: how many had a lateness, and the longest of them, in minutes."""

    lateness_known: int
    longest_lateness_min: float | None


class OutcomeSummary(Struct, frozen=True):
    """How visits ended, seen or not; they and `open` add up to the visits."""

    visits: int
    resolved: int
    to_follow: int
    booked: int
    signposted: int
    left: int
    no_show: int
    unresolved: int
    open: int
    people: int
    """Parties' sizes added up."""
    reinstated: int


class Group(Struct, frozen=True):
    """All figures of one group of a period.

    `is_hidden`: too few, or shown they would tell of too few: every figure is None then. What the period holds nothing
    of, or what is not grouped so, is None too.
    """

    key: str
    """As :class:`~reception.domain.grouping.Grouping` says; of services, offices and officers the name."""
    waits: WaitSummary | None = None
    legs: LegSummary | None = None
    outcomes: OutcomeSummary | None = None
    resolved: ResolvedSummary | None = None
    appointments: AppointmentSummary | None = None
    delays: DelaySummary | None = None
    lateness: LatenessSummary | None = None
    """There where `appointments` is."""
    is_hidden: bool = False


class HeatCell(Struct, frozen=True):
    """Walk-ins by weekday (Monday is 0) and hour of arrival. Only cells with a visit are there."""

    weekday: int
    hour: int
    visits: int
    seen: int
    median_wait_min: float | None
    share_within_target: float | None


def enough_visits(cells: Iterable[int]) -> float:
    """On how many visits a cell must rest to be called the worst, from those of all cells: 30, or 1 in 100 where that
    is fewer, and never fewer than are shown."""
    return max(SMALL, min(30, sum(cells) / 100))


class Curve(Struct, frozen=True):
    """`within[t]`: how many were seen within t minutes, from 0 on, of `judged`: seen, or lost unseen."""

    judged: int
    within: tuple[int, ...]


class Signal(StrEnum):
    """Why a point is more than chance explains: the usual rules of control charts (Western Electric, 1956)."""

    BEYOND_LIMIT = "beyond_limit"
    """One point outside the limits of three sigma."""
    RUN = "run"
    """Nine or more in a row on one side of the mean."""
    TREND = "trend"
    """Six or more in a row, each above the one before, or each below."""
    TWO_OF_THREE = "two_of_three"
    """Two of three in a row beyond two sigma on one side."""


class ChartPoint(Struct, frozen=True):
    """One day. `low` and `high` are its limits, for a share narrower the more visits it rests on."""

    day: date
    value: float
    low: float
    high: float
    visits: int
    signals: tuple[Signal, ...] = ()


class Found(Struct, frozen=True):
    """One signal: `count` points in a row, from `first` to `last`."""

    signal: Signal
    first: date
    last: date
    count: int
    is_above: bool
    """On which side of the mean; of a trend: it rises."""


class ControlChart(Struct, frozen=True):
    """Days in time. `centre`: the mean of an XmR chart, the share of the whole period of a p-chart."""

    centre: float
    points: tuple[ChartPoint, ...]
    found: tuple[Found, ...]
    """In time, the graver first."""
    widened: float = 1.0
    """By how much the limits of shares are wider than chance among single visits makes them; 1 for medians."""


class Difference(Struct, frozen=True):
    """The share within target of one period less that of another, in percentage points, days being the clusters.

    `low` and `high`: the range of 95 %. `is_more_than_chance`: it does not hold 0.
    """

    points: float
    low: float
    high: float
    is_more_than_chance: bool


class PastView(Struct, frozen=True):
    """One period beside another, of one or more offices, by one grouping.

    Totals, heat map, curves and charts are of walk-ins for the council's own services; partners' are apart.
    """

    now: Instant
    period: Period
    compared: Period | None
    by: Grouping
    offices: tuple[str, ...]
    """Names."""
    total: Group
    total_before: Group | None
    groups: tuple[Group, ...]
    groups_before: tuple[Group, ...]
    """Of the compared period; matched by `key` where the grouping is not in time, else by their place."""
    partners: tuple[Group, ...]
    """One a partner, by its name."""
    heat: tuple[HeatCell, ...]
    curve: Curve
    curve_before: Curve | None
    medians: ControlChart | None
    """Daily medians, in minutes; None for fewer than two days with a visit seen."""
    shares: ControlChart | None
    """Daily shares within target; None where nothing is promised, and for fewer than two days."""
    first_visit: date | None
    """The first day with any visit at these offices; None: there never was one."""
    targets_changed: bool = False
    """More than one target was in force."""
    difference: Difference | None = None
    """Between the period and the compared; None without one, and where too few days tell."""
    last_visit: date | None = None
    """The last day with any visit at these offices; None: there never was one."""
