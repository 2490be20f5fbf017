"""Counters by half hour, and what a day with them would come to. Times of a day are minutes from local midnight."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import sqrt

from msgspec import Struct

from reception.domain.queueing import RuleSettings

SLOT_MINUTES = 30
LITTLE_DAYS = 4
"""Fewer recorded days are little to go by."""
NO_LIMIT = 999
"""So many overtakes stand for no limit at all."""


class Desk(Struct, frozen=True):
    """One person at a counter from `opens` to `closes`, but for `breaks`. `skills`: services by id; empty: all."""

    opens: int
    closes: int
    breaks: tuple[tuple[int, int], ...] = ()
    skills: frozenset[str] = frozenset()


class Plan(Struct, frozen=True):
    """A day's staff and policy. `appointments` are (start, service id); they are for the first free desk."""

    desks: tuple[Desk, ...]
    rule: str = "keep_promises"
    settings: RuleSettings = RuleSettings()
    appointments: tuple[tuple[int, str], ...] = ()

    @property
    def staff_hours(self) -> float:
        return (
            sum(desk.closes - desk.opens - sum(end - start for start, end in desk.breaks) for desk in self.desks) / 60
        )

    def counters_at(self, minute: int) -> int:
        """How many are there at a moment."""
        return sum(
            desk.opens <= minute < desk.closes and not any(start <= minute < end for start, end in desk.breaks)
            for desk in self.desks
        )


class Spread(Struct, frozen=True):
    """Of many simulated days: one in ten is below `low`, half below `middle`, nine in ten below `high`."""

    low: float
    middle: float
    high: float


class KeptOfDay(Struct, frozen=True):
    """Of one simulated day's visits with a promise."""

    kept: int
    judged: int


class KeptDifference(Struct, frozen=True):
    """By how much more one plan keeps than another on the same drawn days; shares, not points."""

    more: float
    error: float
    """Twice its standard error over the days."""

    @property
    def is_clear(self) -> bool:
        return abs(self.more) > self.error


class SlotOutcome(Struct, frozen=True):
    """One half hour by arrival. Shares and minutes are over the visits of all runs; None where nobody came."""

    minute: int
    arrivals: float
    """On average."""
    counters: int
    share_kept: float | None
    median_wait_min: float | None
    p90_wait_min: float | None


class RecordedWaits(Struct, frozen=True):
    """What the walk-ins of recorded days who were seen waited, all together, in minutes: to be read beside a
    :class:`WhatIfResult`. `longest` is that of the middle day."""

    median: float
    p90: float
    p99: float
    longest: float


class WhatIfResult(Struct, frozen=True):
    """What many simulated days with one plan came to. Waits are minutes from arrival to the start of service.

    Kept is seen within the target of its kind; 15 minutes and 5 where the office promises none (`is_assumed`).
    """

    runs: int
    plan: Plan
    target_min: float
    is_assumed: bool
    arrivals: Spread
    all_kept: float
    """Of all visits of all runs, as the half hours are: what a visitor meets. The spreads are over the days."""
    share_kept: Spread
    walk_ins_kept: Spread
    appointments_kept: Spread | None
    """None without appointments."""
    median_wait_min: Spread
    p90_wait_min: Spread
    p95_wait_min: float
    """Over all visits of all runs, as the next two."""
    p99_wait_min: float
    longest_wait_min: Spread
    kept_error: float
    """Of `all_kept`: twice its standard error over the runs."""
    slots: tuple[SlotOutcome, ...]
    busiest: int
    """The half hour in which the fewest are kept, of those to which one comes every other day at least."""
    unseen: float
    """On average still unseen when the last desk closes: served within the hour after it, or sent home."""
    after_hours_min: float
    """On average how long after closing the last service ends."""
    days: int = 0
    """On how many recorded days it rests."""
    first_day: date | None = None
    """The earliest of these days."""
    last_day: date | None = None
    is_one_weekday: bool = False
    """All of them are the same day of the week."""
    recorded_kept: float | None = None
    """Of all walk-ins of these days, the share that was in truth seen within the same target; None: not known."""
    recorded_waits: RecordedWaits | None = None
    all_walk_ins_kept: float | None = None
    """Of all walk-ins of all runs: to be read beside `recorded_kept`."""
    counters_known: bool = True
    """Who served is on record; of a log, counters are told from how many were served."""
    all_appointments_kept: float | None = None
    appointment_target_min: float | None = None
    all_median_wait_min: float = 0.0
    """Over all visits of all runs, as the next."""
    all_p90_wait_min: float = 0.0
    of_days: tuple[KeptOfDay, ...] = ()
    """By run: two plans are compared on the same drawn days."""

    def beside(self, other: WhatIfResult) -> KeptDifference:
        """How much more of all visits is kept than with the other plan: a difference of two ratios over the same days,
        its error by linear approximation; 1 for fewer than two days.

        Cochran (1977), Sampling Techniques, 6.4.
        """
        runs = len(self.of_days)
        more = self.all_kept - other.all_kept
        if runs < 2:
            return KeptDifference(more, 1.0)
        ours, others = self._residuals(), other._residuals()
        squares = sum((mine - its) ** 2 for mine, its in zip(ours, others, strict=True))
        return KeptDifference(more, 2 * sqrt(squares / (runs * (runs - 1))))

    def _residuals(self) -> list[float]:
        mean = sum(day.judged for day in self.of_days) / len(self.of_days)
        return [(day.kept - self.all_kept * day.judged) / mean for day in self.of_days]


class Misled(StrEnum):
    """Why Erlang-C says another thing than the simulation."""

    CLUMPED = "clumped"
    """Arrivals come in clumps: their number varies more than chance would have it."""
    CHANGING = "changing"
    """The rate of arrivals is another one half an hour before or after, or a queue is carried over from before."""
    SKEWED = "skewed"
    """Service times vary more, or less, than the formula's."""
    OVERLOADED = "overloaded"
    """More work comes than the counters can do: the formula has no answer, a day that ends has one."""


class StaffedSlot(Struct, frozen=True):
    """What one half hour needs. `erlang`: by the formula alone; None where it never settles below the most allowed."""

    minute: int
    arrivals: float
    service_min: float
    counters: int
    share_kept: float | None
    erlang: int | None
    misled: tuple[Misled, ...] = ()
    is_out_of_reach: bool = False
    """It would not keep the share with `reasonable` counters all day: of its own it is asked for no share, and has as
    many counters as the formula names, or more for the day's sake."""


class SmoothPlan(Struct, frozen=True):
    """One by which no more than one counter opens or closes in a half hour, each for two hours at least.

    `counters`: by the half hours of the answer. `mean_kept`: of all walk-ins of all runs.
    """

    counters: tuple[int, ...]
    staff_hours: float
    mean_kept: float
    desks: tuple[Desk, ...] = ()
    """These counters, desk by desk."""


class StaffingAnswer(Struct, frozen=True):
    """The least staff hours found with which a share of a day's walk-ins is seen in time, half hour by half hour.

    "Found": by search with `runs` simulated days, not by proof.
    """

    office: str
    day: date
    target_min: float
    share: float
    is_met: bool
    """False: not even the most counters that the office has reach it."""
    share_kept: Spread
    staff_hours: float
    erlang_staff_hours: float | None
    slots: tuple[StaffedSlot, ...]
    runs: int
    plan: Plan
    mean_kept: float = 0.0
    """Of all walk-ins of all runs: what the search goes by."""
    reasonable: int = 0
    """Twice the counters that the work of the busiest half hour fills, as far as the office has them. A half hour that
    would not keep the share with so many all day is out of reach."""
    days: int = 0
    """On how many recorded days it rests; 0: not told."""
    smooth: SmoothPlan | None = None
    """Enough by the same measure; None where none was found."""

    @property
    def is_little_known(self) -> bool:
        return 0 < self.days < LITTLE_DAYS


class PolicyOutcome(Struct, frozen=True):
    """One calling rule with its guards on the same days. Shares are over all visits of all runs."""

    rule: str
    settings: RuleSettings
    is_ours: bool
    """The rule that the office has now."""
    kept: float
    walk_ins_kept: float
    appointments_kept: float | None
    p95_wait_min: float
    p99_wait_min: float
    longest_wait_min: float
    """The mean of the days' longest."""
    kept_error: float
    """Twice the standard error of `kept` over the days."""
    difference_error: float | None = None
    """Twice the standard error, over the same days, of how far `kept` differs from that of the office's own rule; None
    for that rule itself."""


class PolicyComparison(Struct, frozen=True):
    """Each policy on the same recorded days, arrivals and services; best kept first."""

    office: str
    first: date
    last: date
    days: int
    runs: int
    outcomes: tuple[PolicyOutcome, ...]
    recorded_kept: float | None = None
    """Of all walk-ins of these days, the share that was in truth seen within the same target; None: not known."""
    counters_known: bool = True
    """As in `WhatIfResult`."""


class Queueing(Struct, frozen=True):
    """Erlang's formula of waiting (M/M/c). `offered_load` in erlangs."""

    offered_load: float
    probability_of_wait: float
    mean_wait_min: float
    share_within: float
