"""The tables of a past period: their rows, the total, partners apart, and the lines that stand round them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reception.domain.grouping import IN_TIME, Period, places_in_time
from reception.domain.past_view import Group, PastView
from ui.moments import joined
from ui.supervisor.figure_words import (
    NONE,
    count_words,
    evened,
    minutes_words,
    share_words,
)
from ui.supervisor.grouping_words import GROUPINGS, group_words
from ui.supervisor.past_columns import COLUMNS, TOTALS, Column, Sheaf
from ui.supervisor.past_words import HIDDEN
from ui.supervisor.plots.figures_model import Head, Row, RowKind


def table_of(view: PastView, sheaf: Sheaf) -> tuple[list[Head], list[Row]]:
    """The heads and rows of one table, the total after the groups and the partners after the total."""
    columns = COLUMNS[sheaf](view)
    pairs = _pairs(view, TOTALS.get(sheaf, "All walk-ins"))
    figures = [_figures(sheaf, now, before) for _, now, before, _ in pairs]
    shown = [column for column in columns if column.keep_zero or _is_any(column, figures)]
    name = next(head for by, _, head in GROUPINGS if by is view.by)
    heads = [Head(name, is_figure=False), *(column.head for column in shown)]
    cells = []
    for (words, now, _, _), about in zip(pairs, figures, strict=True):
        if now.is_hidden:
            cells.append((words, HIDDEN, *([""] * (len(shown) - 1))))
        elif about is None:
            cells.append((words, *([NONE] * len(shown))))
        else:
            cells.append((words, *(column.words(about) for column in shown)))
    rows = [
        Row(each, kind, f"{each[0]}, counted apart" if kind == "apart" else "")
        for (*_, kind), each in zip(pairs, evened(cells), strict=True)
    ]
    return heads, rows


def is_on_record(sheaf: Sheaf, rows: Sequence[Row]) -> bool:
    """Whether there is anything at all of what a table is about, of which an imported log may say nothing."""
    return sheaf not in NOTHING or any(row.cells[1] not in ("0", NONE) for row in rows)


def _pairs(view: PastView, total: str) -> list[tuple[str, Group, Group | None, RowKind]]:
    """Each row: its words, its figures, those of the compared period, its kind."""
    has_year = view.period.first.year != view.period.last.year
    before = dict(zip(_matched(view, view.groups_before, view.compared), view.groups_before, strict=True))
    rows: list[tuple[str, Group, Group | None, RowKind]] = []
    for key, group in zip(_matched(view, view.groups, view.period), view.groups, strict=True):
        words = group_words(view.by, group.key, has_year=has_year)
        rows.append((words, group, before.get(key), "plain"))
    rows.append((total, view.total, view.total_before, "total"))
    rows.extend((partner.key, partner, None, "apart") for partner in view.partners)
    return rows


def _matched(view: PastView, groups: Sequence[Group], period: Period | None) -> Sequence[object]:
    """By what groups of two periods are matched: in time by their place, others by their key."""
    keys = [group.key for group in groups]
    return places_in_time(keys, view.by, period.first) if view.by in IN_TIME and period is not None else keys


def _figures(sheaf: Sheaf, now: Group, before: Group | None) -> Any:
    """What the columns of a table are made from; None where the group has none of it."""
    match sheaf:
        case Sheaf.WAITS | Sheaf.ENDS:
            return now.waits
        case Sheaf.COMPARED:
            return (now.waits, before.waits if before is not None else None) if now.waits is not None else None
        case Sheaf.RESOLVED:
            return now.resolved
        case Sheaf.APPOINTMENTS:
            return now if now.appointments is not None else None
        case Sheaf.DELAYS:
            return now.delays
        case Sheaf.OUTCOMES:
            return now.outcomes
        case Sheaf.LEGS:
            return now if now.legs is not None else None


def _is_any(column: Column, figures: Sequence[Any]) -> bool:
    return any(column.words(about) not in ("0", NONE) for about in figures if about is not None)


NOTES = {
    Sheaf.WAITS: "Waits in minutes, of those seen. Shares are rounded down.",
    Sheaf.ENDS: "Each visit is in one column. What is 0 throughout is left out.",
    Sheaf.COMPARED: "",
    Sheaf.RESOLVED: "Minutes from arrival until the enquiry was resolved.",
    Sheaf.APPOINTMENTS: "Lateness in minutes, of those seen.",
    Sheaf.DELAYS: "Everyone whose promise was lost, walk-ins and appointments.",
    Sheaf.OUTCOMES: "How visits ended; what is 0 throughout is left out.",
    Sheaf.LEGS: "Waits in minutes after a transfer or a return; never judged.",
}
"""What is said under the choice of a table."""
NOTHING = {
    Sheaf.RESOLVED: "When enquiries were resolved is not on record.",
    Sheaf.APPOINTMENTS: "No appointment is on record.",
    Sheaf.DELAYS: "No delay is on record, nor who was told.",
    Sheaf.OUTCOMES: "How visits ended is not on record.",
    Sheaf.LEGS: "No second service is on record.",
}
"""What is said in place of a table that would be empty."""


def appointments_line(view: PastView) -> str:
    """Appointments in one line, under the waits."""
    about = view.total.appointments
    if about is None or not about.appointments:
        return ""
    if about.share_within_target is None or about.within_target is None:
        judged_line = f"Appointments: {count_words(about.attended)} attended."
    else:
        rests_on = round(about.within_target / about.share_within_target) if about.share_within_target else 0
        limit = f"within {minutes_words(about.target_min)} min" if about.target_min is not None else "in time"
        counted = f" of {count_words(rests_on)}" if rests_on else ""
        judged_line = (
            f"Appointments: {count_words(about.within_target)}{counted} {limit} "
            f"({share_words(about.share_within_target)})."
        )
    return f"{judged_line} Not come: {count_words(about.did_not_attend)}, counted apart."


def partners_line(view: PastView) -> str:
    """Whose visits are in no total."""
    names = joined(partner.key for partner in view.partners)
    return f"{names}: counted apart, in no total." if names else ""


def is_any_hidden(view: PastView) -> bool:
    """Whether some group is not shown."""
    return any(group.is_hidden for group in (view.total, *view.groups, *view.partners))


def groupings() -> list[tuple[str, str]]:
    """What may be grouped by, for a choice."""
    return [(by.value, words) for by, words, _ in GROUPINGS]
