"""A month as a supervisor's view: so many visits by so many services, drawn with a seed."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from math import sqrt
from statistics import mean, median

from reception.domain.columns import Column
from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import Curve, Group, HeatCell, LatenessSummary, LegSummary, OutcomeSummary, PastView
from reception.statistics.control import difference

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
NOW = 1793613600000
SERVICES = ("Council Tax", "Housing", "Benefits")
FOURTEEN = (
    *SERVICES,
    "Planning",
    "Parking",
    "Electoral Services",
    "Environmental Health and Licensing",
    "Registration of Births, Deaths and Marriages",
    "Waste and Recycling",
    "Schools",
    "Social Care",
    "Blue Badges",
    "Allotments",
    "Everything else",
)


class _Visit:
    def __init__(self, day: date, hour: int, service: str, wait: int, column: Column) -> None:
        self.day, self.hour, self.service, self.wait, self.column = day, hour, service, wait, column


@cache
def past_view(
    a_day: int = 127,
    services: tuple[str, ...] = SERVICES,
    *,
    target: float | None = 15,
    partners: tuple[str, ...] = ("Citizens Advice",),
    office: str = "Civic Offices",
    only: int | None = None,
    compared: bool = True,
    seed: int = 1,
) -> PastView:
    """`a_day` visits each weekday; `only` so many visits in all."""
    visits = _visits(OCTOBER, a_day, services, seed)[:only]
    before = _visits(SEPTEMBER, a_day, services, seed + 1)[:only]
    total = _group("total", visits, target)
    days = sorted({visit.day for visit in visits})
    return PastView(
        now=NOW,
        period=OCTOBER,
        compared=SEPTEMBER if compared else None,
        by=Grouping.SERVICE,
        offices=(office,),
        total=total,
        total_before=_group("total", before, target) if compared else None,
        groups=tuple(
            _group(name, [visit for visit in visits if visit.service == name], target)
            for name in services
            if any(visit.service == name for visit in visits)
        ),
        groups_before=(),
        partners=tuple(_group(name, _visits(OCTOBER, 3, [name], seed + 2), None) for name in partners if visits),
        heat=tuple(_heat(visits)),
        curve=_curve(visits),
        curve_before=_curve(before) if compared else None,
        medians=None,
        shares=_chart(visits, days) if target is not None and len(days) > 1 else None,
        first_visit=date(2026, 1, 5),
        difference=difference(_kept(visits), _kept(before)) if compared and target is not None else None,
        last_visit=date(2026, 11, 2),
    )


def _kept(visits: Sequence[_Visit]) -> list[tuple[date, int, int]]:
    judged = [visit for visit in visits if visit.column in (Column.SEEN, Column.LEFT_AFTER)]
    kept = Counter(visit.day for visit in judged if visit.wait <= 15 and visit.column is Column.SEEN)
    return [(day, kept[day], of) for day, of in sorted(Counter(visit.day for visit in judged).items())]


def _visits(period: Period, a_day: int, services: Sequence[str], seed: int) -> list[_Visit]:
    chance = random.Random(seed)
    found = []
    day = period.first
    while day <= period.last:
        if day.weekday() < 5:
            bad = day == date(2026, 10, 19)
            for _ in range(max(1, a_day + chance.randrange(-10, 11)) if a_day else 0):
                hour = chance.choice((9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 15, 16))
                busy = 2.0 if hour in (10, 11) else 1.0
                wait = int(chance.expovariate(1 / ((13 if bad else 5.2) * busy / 1.3)))
                column = Column.SEEN
                if chance.random() < 0.008:
                    column = Column.LEFT_AFTER if wait > 15 else Column.LEFT_BEFORE
                service = services[min(int(chance.expovariate(0.5)), len(services) - 1)]
                found.append(_Visit(day, hour, service, wait, column))
        day += timedelta(days=1)
    return found


def _group(key: str, visits: Sequence[_Visit], target: float | None) -> Group:
    seen = sorted(visit.wait for visit in visits if visit.column is Column.SEEN)
    counts = {column.value: sum(visit.column is column for visit in visits) for column in Column}
    within = sum(wait <= (target or 0) for wait in seen) if target is not None and visits else None
    judged = len(seen) + counts["left_after"]
    lost = judged - (within or 0) if target is not None else 0
    waits = WaitSummary(
        group=key,
        visits=len(visits),
        **counts,
        mean_wait_min=mean(seen) if seen else None,
        median_wait_min=median(seen) if seen else None,
        p90_wait_min=float(seen[int(0.9 * (len(seen) - 1))]) if seen else None,
        longest_wait_min=float(max(seen)) if seen else None,
        target_min=target if visits else None,
        within_target=within,
        share_within_target=within / judged if within is not None and judged else None,
    )
    if key != "total":
        return Group(key, waits)
    left = counts["left_before"] + counts["left_after"]
    ends = [len(visits) - left, 0, 0, 0, left, 0, 0, 0]
    if len(visits) > 200:
        ends[0] -= 180
        ends[1:4] = [100, 50, 30]
    booked = len(visits) // 10
    kept = int(booked * 0.8)
    return Group(
        key,
        waits,
        LegSummary(booked, 7.5, 6.0, 17.0, 40.0, 9.5, 7.0, 20.0, 66.0) if booked else LegSummary(0, *[None] * 8),
        OutcomeSummary(len(visits), *ends, people=len(visits), reinstated=0),
        ResolvedSummary(key, len(visits), len(visits), 0, 0, 0, 0, 0, 9, 8, 20, 50, None, None, None, None, None),
        AppointmentSummary(
            group=key,
            appointments=booked,
            attended=kept,
            did_not_attend=booked - kept,
            cancelled=0,
            mean_lateness_min=2.0,
            median_lateness_min=1.0,
            p90_lateness_min=4.0,
            target_min=5.0,
            within_target=kept - booked // 20,
            share_within_target=(kept - booked // 20) / kept if kept else None,
            visitors_late=booked // 12,
            delayed=booked // 20,
            told_of_delay=booked // 25,
            offered_another_time=booked // 30,
        ),
        DelaySummary(
            key,
            lost,
            lost * 7 // 10,
            lost // 10,
            lost - lost * 7 // 10 - lost // 10,
            lost // 5,
            lost // 9,
            0.7 if lost else None,
        ),
        LatenessSummary(kept, 9.0),
    )


def _heat(visits: Sequence[_Visit]) -> list[HeatCell]:
    cells: dict[tuple[int, int], list[_Visit]] = defaultdict(list)
    for visit in visits:
        cells[visit.day.weekday(), visit.hour].append(visit)
    made = []
    for (weekday, hour), here in sorted(cells.items()):
        seen = [visit.wait for visit in here if visit.column is Column.SEEN]
        share = sum(wait <= 15 for wait in seen) / len(seen) if seen else None
        made.append(HeatCell(weekday, hour, len(here), len(seen), float(median(seen)) if seen else None, share))
    return made


def _curve(visits: Sequence[_Visit]) -> Curve:
    seen = [visit.wait for visit in visits if visit.column is Column.SEEN]
    judged = len(seen) + sum(visit.column is Column.LEFT_AFTER for visit in visits)
    return Curve(judged, tuple(sum(wait <= minute for wait in seen) for minute in range(61)) if judged else ())


def _chart(visits: Sequence[_Visit], days: Sequence[date]) -> ControlChart:
    def share(of: Sequence[_Visit]) -> tuple[float, int]:
        judged = [visit for visit in of if visit.column in (Column.SEEN, Column.LEFT_AFTER)]
        return sum(v.wait <= 15 and v.column is Column.SEEN for v in judged) / max(1, len(judged)), len(judged)

    centre, _ = share(visits)
    points = []
    for day in days:
        value, judged = share([visit for visit in visits if visit.day == day])
        spread = 3 * sqrt(centre * (1 - centre) / max(1, judged))
        low, high = max(0.0, centre - spread), min(1.0, centre + spread)
        signals = () if low <= value <= high else (Signal.BEYOND_LIMIT,)
        points.append(ChartPoint(day, value, low, high, judged, signals))
    found = tuple(Found(Signal.BEYOND_LIMIT, p.day, p.day, 1, p.value > centre) for p in points if p.signals)
    return ControlChart(centre, tuple(points), found)
