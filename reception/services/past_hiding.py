"""Small numbers of a past period, left out so that they point at nobody. `docs/definitions.md`, "Small numbers"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from reception.domain.grouping import Grouping
from reception.domain.past_view import Group, HeatCell
from reception.statistics.small import hidden, hides_total, is_small

PERSONAL = frozenset({Grouping.LANGUAGE, Grouping.NEED})
"""What says something of a person: small groups of these are hidden from supervisors too."""
UNNAMED = "(hidden)"
"""The one line of groups that are all too small to be named: a total of three would say that those spoke Polish."""
_OVERLAPPING = frozenset({Grouping.NEED})


def visits_of(group: Group) -> int:
    return 0 if group.waits is None else group.waits.visits


def _appointments_of(group: Group) -> int:
    return 0 if group.appointments is None else group.appointments.appointments


def without_small_groups(groups: Sequence[Group], by: Grouping) -> tuple[Group, ...]:
    """The groups, small ones and what tells of them hidden: by their visits, and their appointments by themselves."""
    if hides_total({group.key: visits_of(group) for group in groups}):
        return (Group(UNNAMED, is_hidden=True),)
    few = _hidden(groups, visits_of, by)
    few_appointments = _hidden(groups, _appointments_of, by)
    return tuple(
        Group(group.key, is_hidden=True)
        if group.key in few
        else replace(group, appointments=None, lateness=None)
        if group.key in few_appointments
        else group
        for group in groups
    )


def _hidden(groups: Sequence[Group], count: Callable[[Group], int], by: Grouping) -> frozenset[str]:
    counts = {group.key: count(group) for group in groups}
    return hidden(counts, None if by in _OVERLAPPING else sum(counts.values()))


def small_partners(partners: Sequence[Group]) -> tuple[Group, ...]:
    """The partners, those with few visits hidden. Nothing is shown that they add up to."""
    return tuple(Group(group.key, is_hidden=True) if is_small(visits_of(group)) else group for group in partners)


def shown_cells(cells: Sequence[HeatCell]) -> tuple[HeatCell, ...]:
    """The cells that tell of nobody."""
    counts = {f"{cell.weekday} {cell.hour}": cell.visits for cell in cells}
    few = hidden(counts, sum(counts.values()))
    return tuple(cell for cell in cells if f"{cell.weekday} {cell.hour}" not in few)


_Value = TypeVar("_Value", int, float)


def shown_days(days: Sequence[tuple[date, _Value, int]]) -> list[tuple[date, _Value, int]]:
    """The days of a chart that rest on enough visits."""
    counts = {day.isoformat(): visits for day, _value, visits in days}
    few = hidden(counts, sum(counts.values()))
    return [each for each in days if each[0].isoformat() not in few]


def is_too_small(total: Group, groups: Sequence[Group]) -> bool:
    """Whether nothing of a period is shown to the public."""
    return is_small(visits_of(total)) or hides_total({group.key: visits_of(group) for group in groups})
