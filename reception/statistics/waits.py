"""How long visitors waited to be seen, and the share of the promise that was kept, group by group.

`docs/definitions.md`, "Waits", is the law. Counts and sums are whole numbers of milliseconds to the end,
and every figure is divided once, so that it is the nearest float to the exact value.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from reception.clock import MINUTE, Millis
from reception.domain.columns import AFTER, Column
from reception.domain.figures import WaitSummary
from reception.domain.grouping import WEEKDAYS, Grouping


class WaitRow(NamedTuple):
    """One visit. Durations are milliseconds.

    `wait_ms` is the wait that the promise is about: needed of a visit that was seen, ignored of any other.
    `target_ms` is the target of the visit's own day and service, None where nothing is promised.
    """

    group: str
    column: Column
    wait_ms: Millis | None
    target_ms: Millis | None


def summarise(rows: Iterable[WaitRow], groups: Iterable[str] = ()) -> list[WaitSummary]:
    """One summary for each of `groups`, visited or not, then for each further group as it first appears.

    Rows are read once and may be millions. Raises ValueError for rows that contradict the definitions: they
    are a bug where they were made.
    """
    tallies = {group: _Tally() for group in groups}
    for group, column, wait_ms, target_ms in rows:
        tally = tallies.get(group)
        if tally is None:
            tally = tallies[group] = _Tally()
        tally.add(column, wait_ms, target_ms)
    return [tally.summary(group) for group, tally in tallies.items()]


class Grouped(Protocol):
    """Figures of one group."""

    @property
    def group(self) -> str: ...


Summary = TypeVar("Summary", bound=Grouped)


def sort_groups(summaries: Iterable[Summary], by: StrEnum) -> list[Summary]:
    """The summaries as people read them: days and hours in time, Monday first, services and officers by name."""
    return sorted(summaries, key=lambda summary: reading_order(summary.group, by))


def reading_order(group: str, by: StrEnum) -> tuple[int, str, str]:
    """What groups are sorted by to be read."""
    weekday = WEEKDAYS.index(group) if by.value == Grouping.WEEKDAY.value else 0
    return weekday, group.casefold(), group


def mean_min(durations: np.typing.NDArray[np.int64]) -> float | None:
    """The mean of milliseconds, in minutes; None of nothing."""
    return int(durations.sum()) / (durations.size * MINUTE) if durations.size else None


def quantile_min(ordered: np.typing.NDArray[np.int64], tenths: int) -> float | None:
    """The quantile `tenths`/10 of milliseconds in rising order, in minutes; None of nothing.

    By linear interpolation: the same as numpy's default method and the spreadsheet's PERCENTILE, without
    their rounding on the way.
    """
    if not ordered.size:
        return None
    place, beyond = divmod((ordered.size - 1) * tenths, 10)
    lower = int(ordered[place])
    upper = int(ordered[place + 1]) if beyond else lower
    return (lower * (10 - beyond) + upper * beyond) / (10 * MINUTE)


class _Tally:
    """What is counted of one group while its rows come by."""

    def __init__(self) -> None:
        self._visits = 0
        self._columns = dict.fromkeys(Column, 0)
        self._waits = array("q")  # eight bytes a visit
        self._targets: set[Millis | None] = set()
        self._within = 0
        self._judged = 0

    def add(self, column: Column, wait_ms: Millis | None, target_ms: Millis | None) -> None:
        self._visits += 1
        self._columns[column] += 1
        self._targets.add(target_ms)
        # Compared by value: a row fetched from a database holds plain text, which equals its column.
        if column == Column.SEEN:
            if wait_ms is None or wait_ms < 0:
                raise ValueError(f"a visit was seen after a wait of {wait_ms} ms")
            self._waits.append(wait_ms)
            if target_ms is not None:
                self._judged += 1
                self._within += wait_ms <= target_ms
        elif column in AFTER:
            if target_ms is None:
                raise ValueError(f"a visit in {column} has no target to be after")
            self._judged += 1

    def summary(self, group: str) -> WaitSummary:
        waits = np.sort(np.frombuffer(self._waits, dtype=np.int64)) if self._waits else np.empty(0, np.int64)
        promised = self._targets - {None}
        (target,) = self._targets if len(self._targets) == 1 else (None,)
        return WaitSummary(
            group=group,
            visits=self._visits,
            **{column.value: count for column, count in self._columns.items()},
            mean_wait_min=mean_min(waits),
            median_wait_min=quantile_min(waits, 5),
            p90_wait_min=quantile_min(waits, 9),
            longest_wait_min=quantile_min(waits, 10),
            target_min=None if target is None else target / MINUTE,
            within_target=self._within if promised else None,
            share_within_target=self._within / self._judged if self._judged else None,
        )
