"""Whether those whose promise was lost were told of it, and when, group by group.

Hertfordshire: "If we are delayed, we will explain why, tell you how long you may have to wait and give you the option
of coming back on an alternative day or time". `docs/definitions.md`, "Who was told of a delay", is the law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from reception.domain.figures import DelaySummary


class Telling(StrEnum):
    """When a member of staff told it to the visitor."""

    IN_TIME = "in_time"
    """By the end of the promise that was at stake, the limit included."""
    LATE = "late"
    NEVER = "never"
    """Also of whoever was only rung up in vain, or heard an announcement to the room."""


class DelayRow(NamedTuple):
    """One visit or appointment whose promise was lost."""

    group: str
    telling: Telling
    offered: bool
    """Another day or time."""
    took: bool = False
    """Another day or time, which they chose once they were told."""


def summarise_delays(rows: Iterable[DelayRow], groups: Iterable[str] = ()) -> list[DelaySummary]:
    """One summary for each of `groups`, delayed or not, then for each further group as it first appears.

    Raises ValueError for another time that was offered to, or taken by, somebody who was told nothing: a bug where it
    was made.
    """
    tallies: dict[str, Counter[Telling]] = {group: Counter() for group in groups}
    offered: Counter[str] = Counter()
    took: Counter[str] = Counter()
    for row in rows:
        if (row.offered or row.took) and row.telling is Telling.NEVER:
            raise ValueError("another time was offered to, or taken by, a visitor who was never told")
        tallies.setdefault(row.group, Counter())[row.telling] += 1
        offered[row.group] += row.offered
        took[row.group] += row.took
    return [_summary(group, told, offered[group], took[group]) for group, told in tallies.items()]


def _summary(group: str, told: Counter[Telling], offered: int, took: int) -> DelaySummary:
    delayed = told.total()
    return DelaySummary(
        group=group,
        delayed=delayed,
        told_in_time=told[Telling.IN_TIME],
        told_late=told[Telling.LATE],
        never_told=told[Telling.NEVER],
        offered_another_time=offered,
        took_another_time=took,
        share_told_in_time=told[Telling.IN_TIME] / delayed if delayed else None,
    )
