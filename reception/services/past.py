"""Any period past: from what was read of it to what is shown."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from reception.domain.control_charts import ControlChart
from reception.domain.grouping import TOTAL, Grouping, Period
from reception.domain.past_view import Curve, Group, HeatCell, PastView
from reception.errors import Code, Refusal
from reception.services import past_hiding
from reception.services.past_labels import OF_WHO, Labels, by_partner, days_of, labelled
from reception.services.past_ports import PastPeriod, PastRead
from reception.services.supervisor_queries import MonthlyReport, Past
from reception.statistics import grouped, past_charts
from reception.statistics.control import KeptByDay, difference, p_chart, xmr
from reception.statistics.past_rows import WalkIns
from reception.statistics.waits import reading_order


def check_periods(query: Past) -> None:
    """Refuses BAD_INPUT for a period that ends before it begins."""
    for period in (query.period, query.compared):
        if period is not None and period.first > period.last:
            raise Refusal(
                Code.BAD_INPUT,
                f"The first day, {period.first.isoformat()}, is after the last, {period.last.isoformat()}.",
                "Put the earlier date first.",
            )


def of_month(query: MonthlyReport) -> Past:
    """One month by service beside the one before; the first month of the calendar has none."""
    first = query.first.replace(day=1)
    before = _month_of(first - timedelta(days=1)) if first > date.min else None
    return Past(query.office_ids, _month_of(first), before, is_public=query.is_public)


def _month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


class _Charts(Struct, frozen=True):
    """What is drawn of one period."""

    heat: tuple[HeatCell, ...]
    curve: Curve
    medians: ControlChart | None
    shares: ControlChart | None
    kept_by_day: KeptByDay
    """All days, small ones too."""


class _Figures(Struct, frozen=True):
    """All of one period."""

    total: Group
    groups: tuple[Group, ...]
    partners: tuple[Group, ...]
    charts: _Charts
    targets_changed: bool


_NO_CHARTS = _Charts((), Curve(0, ()), None, None, ())


def past_view(read: PastRead, query: Past) -> PastView:
    """The figures of a period, and of the one that it is compared with."""
    found = _figures(read.period, read, query)
    before = None if read.compared is None else _figures(read.compared, read, query)
    return PastView(
        now=read.now,
        period=query.period,
        compared=query.compared,
        by=query.by,
        offices=read.offices,
        total=found.total,
        total_before=None if before is None else before.total,
        groups=found.groups,
        groups_before=() if before is None else before.groups,
        partners=found.partners,
        heat=found.charts.heat,
        curve=found.charts.curve,
        curve_before=None if before is None else before.charts.curve,
        medians=found.charts.medians,
        shares=found.charts.shares,
        first_visit=read.first_visit,
        targets_changed=found.targets_changed,
        difference=None if before is None else difference(found.charts.kept_by_day, before.charts.kept_by_day),
        last_visit=read.last_visit,
    )


def _figures(period: PastPeriod, read: PastRead, query: Past) -> _Figures:
    is_own = np.array([not service.partner for service in read.services], bool)
    own, partners = _of_services(period, is_own), _of_services(period, ~is_own)
    total = _groups(labelled(own, read, Grouping.TOTAL), Grouping.TOTAL)[0]
    groups = (total,) if query.by is Grouping.TOTAL else _groups(labelled(own, read, query.by), query.by)
    of_partners = _groups(by_partner(partners, read), Grouping.SERVICE)
    target = own.walk_ins.target
    targets_changed = bool((target[1:] != target[:-1]).any())
    found = _Figures(total, groups, of_partners, _charts(own.walk_ins, query.is_public), targets_changed)
    if query.is_public or query.by in past_hiding.PERSONAL:
        found = _without_small(found, query)
    return found


def _of_services(period: PastPeriod, chosen: NDArray[np.bool_]) -> PastPeriod:
    if chosen.all():
        return period
    return PastPeriod(
        period.walk_ins.where(chosen[period.walk_ins.service]),
        period.later_legs.where(chosen[period.later_legs.service]),
        period.booked.where(chosen[period.booked.service]),
    )


def _charts(visits: WalkIns, is_public: bool) -> _Charts:
    days, of_visits = days_of(visits.day)
    medians = past_charts.daily_medians(visits, days, of_visits)
    shares = kept_by_day = past_charts.daily_shares(visits, days, of_visits)
    if is_public:
        medians, shares = past_hiding.shown_days(medians), past_hiding.shown_days(shares)
    return _Charts(past_charts.heat(visits), past_charts.curve(visits), xmr(medians), p_chart(shares), kept_by_day)


def _without_small(found: _Figures, query: Past) -> _Figures:
    all_groups = found.groups
    groups = past_hiding.without_small_groups(all_groups, query.by)
    if not query.is_public:
        return replace(found, groups=groups)
    found = replace(found, groups=groups, partners=past_hiding.small_partners(found.partners))
    if past_hiding.is_too_small(found.total, all_groups):
        nothing = Group(TOTAL, is_hidden=True)
        return replace(found, total=nothing, charts=_NO_CHARTS)
    return replace(found, charts=replace(found.charts, heat=past_hiding.shown_cells(found.charts.heat)))


# -- groups ----------------------------------------------------------------------------------------------------


def _groups(labels: Labels, by: Grouping) -> tuple[Group, ...]:
    """As people read them. The total is always one, also of nothing."""
    names = labels.names or ([TOTAL] if by is Grouping.TOTAL else [])
    visits, count = labels.period.walk_ins, len(names)
    waits = grouped.waits(visits, labels.of_visits, names)
    legs = grouped.legs(visits, labels.of_visits, labels.period.later_legs, labels.of_legs, count)
    outcomes = grouped.outcomes(visits, labels.of_visits, count)
    resolved = grouped.resolved(visits, labels.of_visits, names)
    booked = labels.period.booked
    appointments, lateness = grouped.appointments(booked, labels.of_booked, names)
    delays = grouped.delays(visits, labels.of_visits, booked, labels.of_booked, names)
    always = by is Grouping.TOTAL
    groups = []
    for place, name in enumerate(names):
        any_visit = always or waits[place].visits > 0
        is_known = always or outcomes[place].visits > 0
        any_booked = always or appointments[place].appointments > 0
        any_delay = by not in OF_WHO and (always or delays[place].delayed > 0)
        groups.append(
            Group(
                key=name,
                waits=waits[place] if any_visit else None,
                legs=legs[place] if any_visit else None,
                outcomes=outcomes[place] if is_known else None,
                resolved=resolved[place] if is_known else None,
                appointments=appointments[place] if any_booked else None,
                delays=delays[place] if any_delay else None,
                lateness=lateness[place] if any_booked else None,
            )
        )
    return tuple(sorted(groups, key=lambda group: reading_order(group.key, by)))
