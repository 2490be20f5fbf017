"""Reports: figures of visits and appointments to summaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from reception.domain.columns import Column
from reception.domain.figures import AppointmentSummary, DelaySummary, ResolvedSummary, WaitSummary
from reception.domain.grouping import TOTAL, WEEKDAYS, AppointmentGrouping, Grouping
from reception.domain.visit_states import End
from reception.services.figure_ports import AppointmentFigures, DelayFigures, ResolvedFigures, VisitFigures
from reception.statistics.appointments import AppointmentRow, summarise_appointments
from reception.statistics.delays import DelayRow, Telling, summarise_delays
from reception.statistics.resolved import Ending, ResolvedRow, summarise_resolved
from reception.statistics.waits import WaitRow, sort_groups, summarise

_ENDINGS = {
    None: Ending.OPEN,
    End.RESOLVED: Ending.RESOLVED,
    End.SIGNPOSTED: Ending.RESOLVED,
    End.BOOKED: Ending.RESOLVED,
    End.TO_FOLLOW: Ending.TO_FOLLOW,
    End.LEFT: Ending.NOT_RESOLVED,
    End.NO_SHOW: Ending.NOT_RESOLVED,
    End.UNRESOLVED: Ending.NOT_RESOLVED,
}
Figures = TypeVar("Figures", VisitFigures, ResolvedFigures, DelayFigures, AppointmentFigures)
NOBODY = "(none)"
"""The group of appointments that no officer is named for."""


def group_of(figures: VisitFigures | ResolvedFigures | DelayFigures, by: Grouping) -> str:
    """The group that a visit belongs to, by local date and hour of its arrival; a delay by its own."""
    match by:
        case Grouping.TOTAL:
            return TOTAL
        case Grouping.DAY:
            return figures.day.isoformat()
        case Grouping.WEEKDAY:
            return WEEKDAYS[figures.day.weekday()]
        case Grouping.HOUR:
            return f"{figures.hour:02d}"
        case Grouping.SERVICE:
            return figures.service
        case _:
            raise ValueError(f"these figures are not grouped by {by}")


def _counted(figures: Iterable[Figures], by: Grouping | AppointmentGrouping) -> Iterable[Figures]:
    """What is counted: visits to partners are in no total, and by service stand apart from the council's own."""
    if by.value == Grouping.SERVICE.value:
        return figures
    return (each for each in figures if not each.partner)


def wait_report(visits: Iterable[VisitFigures], by: Grouping) -> list[WaitSummary]:
    """One summary per group that was visited; for the total always one, also of nothing."""
    rows = (
        WaitRow(group_of(visit, by), visit.column, visit.wait if visit.column is Column.SEEN else None, visit.target)
        for visit in _counted(visits, by)
    )
    return sort_groups(summarise(rows, groups=(TOTAL,) if by is Grouping.TOTAL else ()), by)


def resolved_report(visits: Iterable[ResolvedFigures], by: Grouping) -> list[ResolvedSummary]:
    """As :func:`wait_report`, by the second clock."""
    groups: dict[str, list[ResolvedRow]] = {TOTAL: []} if by is Grouping.TOTAL else {}
    for visit in _counted(visits, by):
        row = ResolvedRow(_ENDINGS[visit.end], visit.clock, visit.target, visit.exempt)
        groups.setdefault(group_of(visit, by), []).append(row)
    return sort_groups((summarise_resolved(rows, group) for group, rows in groups.items()), by)


def appointment_group_of(figures: AppointmentFigures, by: AppointmentGrouping) -> str:
    """The group that an appointment belongs to, by local date and hour of its booked time."""
    match by:
        case AppointmentGrouping.TOTAL:
            return TOTAL
        case AppointmentGrouping.DAY:
            return figures.day
        case AppointmentGrouping.WEEKDAY:
            return WEEKDAYS[figures.weekday]
        case AppointmentGrouping.HOUR:
            return f"{figures.hour:02d}"
        case AppointmentGrouping.SERVICE:
            return figures.service
        case AppointmentGrouping.OFFICER:
            return figures.officer or NOBODY


def appointment_report(appointments: Iterable[AppointmentFigures], by: AppointmentGrouping) -> list[AppointmentSummary]:
    """One summary per group that was booked; for the total always one, also of nothing."""
    rows = (
        AppointmentRow(
            group=appointment_group_of(each, by),
            kind=each.kind,
            standing=each.standing,
            lateness_ms=each.lateness,
            target_ms=each.target,
            visitor_late_ms=each.visitor_late_by,
            is_lost=each.is_lost,
            told=each.told,
            offered=each.offered,
        )
        for each in _counted(appointments, by)
    )
    groups = (TOTAL,) if by is AppointmentGrouping.TOTAL else ()
    return sort_groups(summarise_appointments(rows, groups), by)


def delay_report(delays: Iterable[DelayFigures], by: Grouping) -> list[DelaySummary]:
    """One summary per group in which somebody was delayed; for the total always one, also of nobody."""
    rows = (DelayRow(group_of(each, by), _telling(each), each.offered, each.took) for each in _counted(delays, by))
    return sort_groups(summarise_delays(rows, (TOTAL,) if by is Grouping.TOTAL else ()), by)


def _telling(delay: DelayFigures) -> Telling:
    if not delay.told:
        return Telling.NEVER
    return Telling.IN_TIME if delay.told_in_time else Telling.LATE
