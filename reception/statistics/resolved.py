"""The second clock: the share of enquiries resolved soon enough after arrival.

Hart, Customer Care Standards: "try to resolve your enquiry within 10 minutes of your arrival. However, if
your enquiry relates to complex Housing Needs, Housing Benefit, Local Tax or a Planning matter you may wait
considerably longer to see a specialist officer". `docs/definitions.md`, "Resolved", is the law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from reception.clock import MINUTE, Millis
from reception.domain.figures import ResolvedSummary
from reception.domain.grouping import TOTAL
from reception.statistics.waits import mean_min, quantile_min


class Ending(StrEnum):
    """What the resolved clock makes of the end of a visit."""

    RESOLVED = "resolved"
    """Resolved, signposted or booked: the clock stopped."""
    TO_FOLLOW = "to_follow"
    """Never counts as resolved, however soon."""
    NOT_RESOLVED = "not_resolved"
    """Left, no-show, or unresolved when the day closed: lost only when that was after the target."""
    OPEN = "open"
    """Not ended yet."""


class ResolvedRow(NamedTuple):
    """One visit. Durations are milliseconds.

    `clock_ms` is arrival to the end (for a no-show, to the first call): needed where the visit was resolved
    or not resolved, ignored elsewhere. `target_ms` is None where nothing is promised. `exempt` says that
    the visit was passed to a specialist while the promise could still be kept.
    """

    ending: Ending
    clock_ms: Millis | None
    target_ms: Millis | None
    exempt: bool


def summarise_resolved(rows: Iterable[ResolvedRow], group: str = TOTAL) -> ResolvedSummary:
    """One summary of all rows, which are those of one group.

    Raises ValueError for a clock that is missing or negative: a bug where it was made.
    """
    columns: Counter[str] = Counter()
    targets: set[Millis | None] = set()
    clocks: list[Millis] = []
    promised, every = _Share(), _Share()
    exempt_visits = 0
    for ending, clock_ms, target_ms, exempt in rows:
        column = _column(ending, clock_ms, target_ms)
        columns[column] += 1
        targets.add(target_ms)
        exempt_visits += exempt
        if column == "resolved" and clock_ms is not None:
            clocks.append(clock_ms)
        if target_ms is not None and column in _JUDGED:
            kept = column == "resolved" and clock_ms is not None and clock_ms <= target_ms
            every.add(kept)
            if not exempt:
                promised.add(kept)
    ordered = np.sort(np.array(clocks, dtype=np.int64))
    any_target = bool(targets - {None})
    (target,) = targets if len(targets) == 1 else (None,)
    return ResolvedSummary(
        group=group,
        visits=columns.total(),
        resolved=columns["resolved"],
        to_follow=columns["to_follow"],
        not_resolved_before=columns["not_resolved_before"],
        not_resolved_after=columns["not_resolved_after"],
        open=columns["open"],
        exempt=exempt_visits,
        mean_resolved_min=mean_min(ordered),
        median_resolved_min=quantile_min(ordered, 5),
        p90_resolved_min=quantile_min(ordered, 9),
        longest_resolved_min=quantile_min(ordered, 10),
        target_min=None if target is None else target / MINUTE,
        within_target=promised.kept if any_target else None,
        share_within_target=promised.share(),
        within_target_with_exempt=every.kept if any_target else None,
        share_with_exempt=every.share(),
    )


_JUDGED = frozenset({"resolved", "to_follow", "not_resolved_after"})


def _column(ending: Ending, clock_ms: Millis | None, target_ms: Millis | None) -> str:
    if ending in (Ending.TO_FOLLOW, Ending.OPEN):
        return Ending(ending).value
    if clock_ms is None or clock_ms < 0:
        raise ValueError(f"a visit ended {ending} with its clock at {clock_ms} ms")
    if ending == Ending.RESOLVED:
        return "resolved"
    after = target_ms is not None and clock_ms > target_ms
    return "not_resolved_after" if after else "not_resolved_before"


@dataclass
class _Share:
    kept: int = 0
    judged: int = 0

    def add(self, kept: bool) -> None:
        self.kept += kept
        self.judged += 1

    def share(self) -> float | None:
        return self.kept / self.judged if self.judged else None
