"""Reports: figures of visits to summaries."""

from __future__ import annotations

from collections.abc import Iterable

from reception.domain.columns import Column
from reception.services.ports import VisitFigures
from reception.statistics.waits import TOTAL, WEEKDAYS, Grouping, WaitRow, WaitSummary, sort_groups, summarise


def group_of(figures: VisitFigures, by: Grouping) -> str:
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
