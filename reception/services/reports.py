"""Reports: figures of visits to summaries."""

from __future__ import annotations

from collections.abc import Iterable

from reception.domain.columns import Column
from reception.domain.snapshots import End
from reception.services.ports import ResolvedFigures, VisitFigures
from reception.statistics.resolved import Ending, ResolvedRow, ResolvedSummary, summarise_resolved
from reception.statistics.waits import TOTAL, WEEKDAYS, Grouping, WaitRow, WaitSummary, sort_groups, summarise

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


def group_of(figures: VisitFigures | ResolvedFigures, by: Grouping) -> str:
    """The group that a visit belongs to, by local date and hour of its arrival."""
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


def wait_report(visits: Iterable[VisitFigures], by: Grouping) -> list[WaitSummary]:
    """One summary per group that was visited; for the total always one, also of nothing."""
    rows = (
        WaitRow(group_of(visit, by), visit.column, visit.wait if visit.column is Column.SEEN else None, visit.target)
        for visit in visits
    )
    return sort_groups(summarise(rows, groups=(TOTAL,) if by is Grouping.TOTAL else ()), by)


def resolved_report(visits: Iterable[ResolvedFigures], by: Grouping) -> list[ResolvedSummary]:
    """As :func:`wait_report`, by the second clock."""
    groups: dict[str, list[ResolvedRow]] = {TOTAL: []} if by is Grouping.TOTAL else {}
    for visit in visits:
        row = ResolvedRow(_ENDINGS[visit.end], visit.clock, visit.target, visit.exempt)
        groups.setdefault(group_of(visit, by), []).append(row)
    return sort_groups((summarise_resolved(rows, group) for group, rows in groups.items()), by)
