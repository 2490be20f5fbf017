"""What a supervisor is shown of any period past. Nothing here is of a visitor's person.

`docs/definitions.md` is the law of every figure. Fields ending in `_min` are minutes; shares are 0 to 1; days are local
dates of the office.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from reception.clock import Instant
from reception.domain.control_charts import ControlChart
from reception.domain.figures import SMALL, AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.grouping import Grouping, Period


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
