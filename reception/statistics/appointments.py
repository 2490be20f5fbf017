"""How late appointments began, and whether those who were kept waiting were told, group by group.

`docs/definitions.md`, "Lateness of appointments", is the law. Counts and sums are whole numbers of milliseconds to the
end, and every figure is divided once, as those of waits are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from reception.clock import MINUTE, Millis
from reception.domain.booked import Kind, Standing
from reception.domain.figures import AppointmentSummary
from reception.statistics.waits import mean_min, quantile_min


class AppointmentRow(NamedTuple):
    """One appointment. Durations are milliseconds.

    `lateness_ms` is None where none is measured: not seen, beyond the grace period, by telephone, on a home visit.
    `target_ms` is the target of its own day, None where nothing is promised.
    """

    group: str
    kind: Kind
    standing: Standing
    lateness_ms: Millis | None
    target_ms: Millis | None
    visitor_late_ms: Millis
    """The visitor's own lateness; 0 for whoever came in time or not at all."""
    is_lost: bool
    """Seen after the promise, or gone unseen after it."""
    told: bool
    offered: bool


def summarise_appointments(rows: Iterable[AppointmentRow], groups: Iterable[str] = ()) -> list[AppointmentSummary]:
    """One summary for each of `groups`, booked or not, then for each further group as it first appears.

    Raises ValueError for rows that contradict the definitions: they are a bug where they were made.
    """
    tallies = {group: _Tally() for group in groups}
    for row in rows:
        tally = tallies.get(row.group)
        if tally is None:
            tally = tallies[row.group] = _Tally()
        tally.add(row)
    return [tally.summary(group) for group, tally in tallies.items()]


class _Tally:
    """What is counted of one group while its rows come by."""

    def __init__(self) -> None:
        self._standings = dict.fromkeys(Standing, 0)
        self._lateness = array("q")
        self._targets: set[Millis | None] = set()
        self._within = self._judged = 0
        self._visitors_late = self._delayed = self._told = self._offered = 0

    def add(self, row: AppointmentRow) -> None:
        self._standings[row.standing] += 1
        self._visitors_late += row.visitor_late_ms > 0
        self._add_lateness(row)
        if row.is_lost:
            if row.target_ms is None:
                raise ValueError("an appointment lost a promise that it did not have")
            self._delayed += 1
            self._told += row.told
            self._offered += row.offered

    def _add_lateness(self, row: AppointmentRow) -> None:
        if row.lateness_ms is not None:
            if row.lateness_ms < 0 or row.kind != Kind.OFFICE:
                raise ValueError(f"an appointment ({row.kind}) began {row.lateness_ms} ms late")
            self._lateness.append(row.lateness_ms)
        is_here = row.kind == Kind.OFFICE and row.standing != Standing.CANCELLED
        if row.lateness_ms is not None or (is_here and row.target_ms is not None):
            self._targets.add(row.target_ms)
        if row.target_ms is None:
            return
        if row.lateness_ms is not None:
            kept = row.lateness_ms <= row.target_ms
            if kept == row.is_lost:
                raise ValueError(f"{row.lateness_ms} ms late with a target of {row.target_ms} ms, lost: {row.is_lost}")
            self._judged += 1
            self._within += kept
        elif row.is_lost:
            self._judged += 1

    def summary(self, group: str) -> AppointmentSummary:
        late = np.sort(np.frombuffer(self._lateness, dtype=np.int64)) if self._lateness else np.empty(0, np.int64)
        (target,) = self._targets if len(self._targets) == 1 else (None,)
        counted = self._standings
        return AppointmentSummary(
            group=group,
            appointments=sum(counted.values()),
            attended=counted[Standing.CHECKED_IN] + counted[Standing.ATTENDED],
            did_not_attend=counted[Standing.DID_NOT_ATTEND],
            cancelled=counted[Standing.CANCELLED],
            mean_lateness_min=mean_min(late),
            median_lateness_min=quantile_min(late, 5),
            p90_lateness_min=quantile_min(late, 9),
            target_min=None if target is None else target / MINUTE,
            within_target=self._within if self._targets - {None} else None,
            share_within_target=self._within / self._judged if self._judged else None,
            visitors_late=self._visitors_late,
            delayed=self._delayed,
            told_of_delay=self._told,
            offered_another_time=self._offered,
        )
