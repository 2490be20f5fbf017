"""Forecasts to show: an ordinary Tuesday, a closed day, nothing known; and what waiting comes to."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import from_datetime
from reception.domain.forecasting import ArrivalsForecast, ForecastNote, HalfHour, HardlyOpen, YearBefore
from reception.domain.staffing import Desk, Plan, SlotOutcome, Spread, WhatIfResult

NOW = from_datetime(datetime(2026, 11, 30, 10, 42, tzinfo=ZoneInfo("Europe/London")))
TUESDAY = date(2026, 12, 1)
_COURSE = (3.1, 5.2, 8.4, 10.3, 11.0, 9.6, 8.1, 7.2, 6.9, 7.4, 8.8, 8.0, 6.4, 5.2, 4.0, 3.1, 1.2)
PLAN = Plan((Desk(540, 1035), Desk(540, 1035), Desk(600, 960)))


def forecast(day: date = TUESDAY, notes: tuple[ForecastNote, ...] = (), midday: bool = True) -> ArrivalsForecast:
    """`midday`: False leaves a gap from 12.30 to 1.30."""
    half_hours = tuple(
        HalfHour(540 + 30 * place, each, max(0.0, round(each * 0.55)), float(round(each * 1.5 + 1)))
        for place, each in enumerate(_COURSE)
        if midday or place not in (7, 8)
    )
    return ArrivalsForecast("civic", "Civic Offices", day, half_hours, 117.9, 96, 141, 48, 240, notes)


def nothing(day: date, note: ForecastNote) -> ArrivalsForecast:
    return ArrivalsForecast("civic", "Civic Offices", day, (), 0, 0, 0, 0, 0, (note,))


def waits(plan: Plan = PLAN, assumed: bool = False) -> WhatIfResult:
    slots = tuple(
        SlotOutcome(540 + 30 * place, each, plan.counters_at(540 + 30 * place), 0.99 - each / 40, each / 1.7, each)
        for place, each in enumerate(_COURSE)
    )
    return WhatIfResult(
        runs=200,
        plan=plan,
        target_min=15,
        is_assumed=assumed,
        arrivals=Spread(96, 118, 141),
        all_kept=0.783,
        share_kept=Spread(0.741, 0.883, 0.962),
        walk_ins_kept=Spread(0.741, 0.883, 0.962),
        appointments_kept=None,
        median_wait_min=Spread(2.1, 4.4, 9.7),
        p90_wait_min=Spread(9, 16, 31),
        p95_wait_min=24,
        p99_wait_min=37,
        longest_wait_min=Spread(21, 32, 55),
        kept_error=0.01,
        slots=slots,
        busiest=660,
        unseen=1.2,
        after_hours_min=4,
        all_median_wait_min=5.8,
    )


def hardly_open(day: date) -> ArrivalsForecast:
    """Three visitors in a year of such weekdays."""
    return replace(nothing(day, ForecastNote.HARDLY_OPEN), hardly_open=HardlyOpen(52, 1, 3))


def nobody_then() -> ArrivalsForecast:
    """In the years before it was shut in that week."""
    years = (YearBefore(date(2025, 12, 2), 0), YearBefore(date(2024, 12, 3), 0), YearBefore(date(2023, 11, 28), 73))
    return replace(forecast(notes=(ForecastNote.NOBODY_THEN,)), years_before=years)
