"""A month as a supervisor is shown it, and stranger periods, made by hand from a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import from_datetime
from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import (
    Curve,
    Difference,
    Group,
    HeatCell,
    LatenessSummary,
    LegSummary,
    OutcomeSummary,
    PastView,
)

NOW = from_datetime(datetime(2026, 11, 24, 14, 15, tzinfo=ZoneInfo("Europe/London")))
NOW_DAY = date(2026, 11, 24)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
NINETEENTH = date(2026, 10, 19)
FIRST_VISIT = date(2024, 1, 2)

SERVICES = (
    # name, judged, within, mean, median, p90, longest, lost, gone before
    ("Council Tax", 1015, 951, 6.2, 5.0, 13.0, 39.0, 1, 6),
    ("Housing", 624, 539, 7.9, 6.0, 17.0, 36.0, 3, 4),
    ("Benefits", 544, 510, 6.0, 5.0, 13.0, 44.0, 1, 3),
    ("Planning", 288, 262, 6.6, 5.0, 15.0, 33.0, 2, 1),
    ("Parking", 331, 302, 6.5, 5.0, 14.0, 26.0, 0, 2),
)
TOTAL = ("total", 2802, 2564, 6.6, 5.0, 14.0, 44.0, 7, 16)
TOTAL_BEFORE = ("total", 2750, 2415, 7.4, 6.0, 16.5, 52.0, 12, 21)
Figures = tuple[str, int, int, float, float, float, float, int, int]


def waits(of: Figures, target: float | None = 15.0) -> WaitSummary:
    name, judged, within, mean, median, p90, longest, lost, before = of
    seen = judged - lost
    return WaitSummary(
        name,
        judged + before,
        seen,
        before,
        lost,
        *([0] * 8),
        0,
        mean if seen else None,
        median if seen else None,
        p90 if seen else None,
        longest if seen else None,
        target,
        within if target is not None else None,
        within / judged if target is not None and judged else None,
    )


def group(of: Figures, key: str = "", target: float | None = 15.0) -> Group:
    about = waits(of, target)
    name, visits, seen = key or of[0], about.visits, about.seen
    resolved = round(seen * 0.7)
    booked = round(visits / 10)
    return Group(
        name,
        about,
        LegSummary(seen // 5, 4.1, 3.0, 9.0, 21.0, 8.4, 6.0, 18.0, 61.0),
        OutcomeSummary(visits, resolved, seen - resolved, 0, 0, visits - seen, 0, 0, 0, round(visits * 1.3), 2),
        ResolvedSummary(
            name,
            visits,
            resolved,
            seen - resolved,
            0,
            visits - seen,
            0,
            3,
            14.2,
            12.0,
            31.0,
            95.0,
            30.0,
            resolved - 9,
            0.61,
            resolved - 7,
            0.62,
        ),
        AppointmentSummary(name, booked, booked - 3, 2, 1, 1.2, 0.0, 4.0, 5.0, booked - 5, 0.932, 8, 4, 3, 1),
        DelaySummary(name, 40, 22, 8, 10, 3, 2, 0.55),
        LatenessSummary(booked - 4, 11.0),
    )


def curve(judged: int, share: float = 0.915, target: int = 15) -> Curve:
    """Falls off as real waits do; `share` is reached at the target."""
    rate = (1 - share) ** (1 / (target + 1))
    return Curve(judged, tuple(round(judged * (1 - rate ** (minute + 1))) for minute in range(61)))


MEDIANS = (
    (8, 11, 8, 5, 5, 7, 4, 2),
    (4, 8, 7, 4, 7, 5, 3, 1),
    (5, 7, 6, 3, 4, 5, 4, 2),
    (4, 7, 7, 4, 5, 4, 3, 2),
    (5, 7, 5, 4, 5, 4, 3, 2),
)


def heat() -> tuple[HeatCell, ...]:
    return tuple(
        HeatCell(day, 9 + at, 113 - 12 * at + day, 110 - 12 * at, float(median), 1 - median / 60)
        for day, row in enumerate(MEDIANS)
        for at, median in enumerate(row)
    )


def working_days(first: date, count: int) -> list[date]:
    days: list[date] = []
    while len(days) < count:
        if first.weekday() < 5:
            days.append(first)
        first += timedelta(days=1)
    return days


def shares(days: Sequence[date], odd: Sequence[date] = (NINETEENTH,)) -> ControlChart:
    points = []
    for at, day in enumerate(days):
        is_odd = day in odd
        value = 0.79 if is_odd else 0.915 + 0.04 * ((at * 7 % 11) / 5 - 1)
        visits = 156 if is_odd else 110 + at * 13 % 40
        reach = 3 * (0.915 * 0.085 / visits) ** 0.5
        signals = (Signal.BEYOND_LIMIT,) if is_odd else ()
        points.append(ChartPoint(day, value, 0.915 - reach, min(1.0, 0.915 + reach), visits, signals))
    found = tuple(Found(Signal.BEYOND_LIMIT, day, day, 1, False) for day in odd if day in days)
    return ControlChart(0.915, tuple(points), found)


def medians(days: Sequence[date]) -> ControlChart:
    points = [ChartPoint(day, 4.0 + at * 5 % 4, 0.0, 11.4, 120 + at) for at, day in enumerate(days)]
    return ControlChart(5.4, tuple(points), ())


def view(by: Grouping = Grouping.SERVICE, groups: Sequence[Figures] = SERVICES) -> PastView:
    """October 2026 beside September."""
    days = working_days(OCTOBER.first, 22)
    return PastView(
        NOW,
        OCTOBER,
        SEPTEMBER,
        by,
        ("Civic Offices",),
        group(TOTAL),
        group(TOTAL_BEFORE),
        tuple(group(of) for of in groups),
        tuple(group((of[0], of[1] - 20, of[2] - 40, *of[3:])) for of in groups),
        (group(("Citizens Advice", 84, 70, 11.2, 9.0, 21.0, 48.0, 0, 1)),),
        heat(),
        curve(2802),
        curve(2750, 0.878),
        medians(days),
        shares(days),
        FIRST_VISIT,
        difference=Difference(3.7, 1.1, 6.3, True),
        last_visit=NOW_DAY,
    )


def empty(period: Period = SEPTEMBER, first_visit: date | None = FIRST_VISIT) -> PastView:
    none = group(("total", 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0))
    return replace(
        view(),
        period=period,
        compared=None,
        total=none,
        total_before=None,
        groups=(),
        groups_before=(),
        partners=(),
        heat=(),
        curve=Curve(0, ()),
        curve_before=None,
        medians=None,
        shares=None,
        first_visit=first_visit,
        difference=None,
        last_visit=first_visit and NOW_DAY,
    )


def tiny() -> PastView:
    """One visit on one day."""
    one = ("Housing", 1, 1, 4.0, 4.0, 4.0, 4.0, 0, 0)
    return replace(
        empty(Period(NINETEENTH, NINETEENTH)),
        total=group(("total", *one[1:])),
        groups=(group(one),),
        heat=(HeatCell(0, 10, 1, 1, 4.0, 1.0),),
        curve=Curve(1, (0, 0, 0, 0, 1)),
    )


def many_services() -> PastView:
    """Fourteen, of long names."""
    names = ("Registration of births and deaths", "Environmental health", "Licensing", "Electoral services", "Waste")
    more = [(f"{name} {at}", 60 + at, 50, 6.0, 5.0, 14.0, 30.0, 1, 0) for at in (1, 2) for name in names][:9]
    return view(groups=(*SERVICES, *more))  # type: ignore[arg-type]


def hidden() -> PastView:
    """Languages, two of them too small to show."""
    shown = view(
        Grouping.LANGUAGE, (("en", 2600, 2400, 6.0, 5.0, 14.0, 44.0, 5, 9), ("", 190, 160, 7, 6, 15, 30, 1, 1))
    )
    return replace(shown, groups=(*shown.groups, Group("ur", is_hidden=True), Group("pl", is_hidden=True)))


def long() -> PastView:
    """Four hundred days, by day."""
    days = working_days(date(2025, 3, 3), 400)
    groups = tuple(group((day.isoformat(), 110, 100, 6.0, 5.0, 14.0, 30.0, 1, 2)) for day in days)
    odd = (days[40], days[41], days[120], days[300], days[399])
    return replace(
        view(Grouping.DAY),
        period=Period(days[0], days[-1]),
        compared=None,
        total_before=None,
        curve_before=None,
        groups=groups,
        groups_before=(),
        shares=shares(days, odd),
        medians=medians(days),
        targets_changed=True,
        total=group(TOTAL, target=15.0),
    )
