"""A day that is planned, made by hand: who is usual, who is expected, and what plans come to, by a rule of thumb."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from reception.clock import from_datetime
from reception.domain.forecasting import ArrivalsForecast, ForecastNote, HalfHour
from reception.domain.planning import counters_in
from reception.domain.queueing import RuleSettings
from reception.domain.staffing import (
    NO_LIMIT,
    Desk,
    KeptOfDay,
    Misled,
    Plan,
    PolicyComparison,
    PolicyOutcome,
    RecordedWaits,
    SlotOutcome,
    SmoothPlan,
    Spread,
    StaffedSlot,
    StaffingAnswer,
    WhatIfResult,
)

NOW = from_datetime(datetime(2026, 11, 30, 14, 15, tzinfo=UTC))
TUESDAY = date(2026, 12, 1)
EXPECTED = (3.1, 4.6, 7.8, 9.2, 8.4, 8.9, 6.1, 5.2, 4.4, 5.0, 6.7, 7.3, 5.9, 4.8, 3.6, 2.2, 1.0)
MINUTES = tuple(range(9 * 60, 17 * 60 + 30, 30))
USUAL = Plan(
    (
        Desk(9 * 60, 17 * 60 + 30, ((12 * 60 + 30, 13 * 60),)),
        Desk(9 * 60, 17 * 60, ((13 * 60, 13 * 60 + 30),)),
        Desk(9 * 60 + 30, 16 * 60, skills=frozenset({"ctax", "benefits"})),
    ),
    appointments=((10 * 60, "housing"), (10 * 60 + 20, "ctax"), (14 * 60, "planning")),
)


def forecast(day: date, *notes: ForecastNote) -> ArrivalsForecast:
    """Who is expected on such a day."""
    half_hours = tuple(
        HalfHour(minute, come, max(0.0, come - 3), come + 4) for minute, come in zip(MINUTES, EXPECTED, strict=True)
    )
    return ArrivalsForecast("civic", "Civic Offices", day, half_hours, 94.2, 78.0, 112.0, 26, 130, notes)


def _share(plan: Plan, minute: int, come: float) -> float:
    return min(0.99, 0.25 + 0.24 * counters_in(plan, minute) / max(come, 0.5) * 4)


def result(plan: Plan) -> WhatIfResult:
    """The more there are for whoever comes, the more are seen in time."""
    slots = tuple(
        SlotOutcome(
            minute,
            come,
            counters_in(plan, minute),
            _share(plan, minute, come),
            round(12 * (1 - _share(plan, minute, come)) + 1, 1),
            round(45 * (1 - _share(plan, minute, come)) + 2, 1),
        )
        for minute, come in zip(MINUTES, EXPECTED, strict=True)
    )
    kept = sum((slot.share_kept or 0) * slot.arrivals for slot in slots) / sum(EXPECTED)
    shares = Spread(kept - 0.07, kept, min(1.0, kept + 0.06))
    return WhatIfResult(
        runs=500,
        plan=plan,
        target_min=15.0,
        is_assumed=False,
        arrivals=Spread(78, 94, 112),
        all_kept=kept,
        share_kept=shares,
        walk_ins_kept=shares,
        appointments_kept=Spread(0.667, 1.0, 1.0),
        median_wait_min=Spread(3.0, 6.5, 11.2),
        p90_wait_min=Spread(14.0, 21.0, 33.5),
        p95_wait_min=30.2,
        p99_wait_min=51.0,
        longest_wait_min=Spread(28.0, 44.0, 71.0),
        kept_error=0.006,
        slots=slots,
        busiest=min(slots, key=lambda slot: slot.share_kept or 0).minute,
        unseen=0.4,
        after_hours_min=6.2,
        days=26,
        first_day=date(2026, 6, 2),
        last_day=date(2026, 11, 24),
        is_one_weekday=True,
        recorded_kept=0.81,
        recorded_waits=RecordedWaits(5.8, 22.4, 47.0, 41.0),
        all_walk_ins_kept=kept,
        all_appointments_kept=0.667,
        appointment_target_min=5.0,
        all_median_wait_min=6.5,
        all_p90_wait_min=21.0,
        of_days=tuple(KeptOfDay(round(kept * come), come) for come in (78, 94, 112)),
    )


def least() -> StaffingAnswer:
    """One more in the busy hours."""
    slots = tuple(
        StaffedSlot(
            minute,
            come,
            9.4,
            4 if come > 7 else 3,
            min(0.98, 0.9 + come / 200),
            5 if come > 8 else 3,
            (Misled.CLUMPED, Misled.CHANGING) if come > 8 else (Misled.SKEWED,) if come < 3 else (),
        )
        for minute, come in zip(MINUTES, EXPECTED, strict=True)
    )
    desks = (*(Desk(540, 1050) for _ in range(3)), Desk(600, 750, ()))
    kept = Spread(0.85, 0.91, 0.96)
    plan = replace(USUAL, desks=desks)
    smooth = SmoothPlan((3, 3, *(4,) * 9, *(3,) * 6), 30.0, 0.918, (*desks[:3], Desk(600, 870)))
    return StaffingAnswer(
        "Civic Offices", TUESDAY, 15.0, 0.9, True, kept, 28.0, 30.5, slots, 200, plan, 0.912, smooth=smooth
    )


def rules() -> PolicyComparison:
    """Ours is not the best."""

    def outcome(rule: str, kept: float, longest: float, **guards: float) -> PolicyOutcome:
        settings = RuleSettings(**guards)  # type: ignore[arg-type]
        is_ours = rule == "keep_promises" and not guards
        return PolicyOutcome(rule, settings, is_ours, kept, kept - 0.01, kept + 0.03, 24.5, 41.0, longest, 0.008)

    found = (
        outcome("keep_promises", 0.884, 52.0, walk_in_guard=3.0, appointment_guard=4.0, overtakes=NO_LIMIT),
        outcome("keep_promises", 0.871, 41.0),
        outcome("earliest_deadline", 0.861, 37.0),
        outcome("first_come", 0.842, 33.0),
        outcome("appointments_first", 0.84, 38.5),
        outcome("staff_priority", 0.79, 66.0),
    )
    found = (replace(found[0], difference_error=0.006), found[1], *found[2:])
    return PolicyComparison("Civic Offices", date(2026, 11, 2), date(2026, 11, 27), 20, 20, found, 0.9)
