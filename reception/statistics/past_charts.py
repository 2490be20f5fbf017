"""What is drawn of a past period's waits: by weekday and hour, how many were seen in time, day after day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from reception.clock import MINUTE
from reception.domain.past_view import Curve, HeatCell
from reception.statistics.groups import Durations, Groups, Marks, share
from reception.statistics.past_rows import NONE, WalkIns

LONGEST = 60
"""The last minute of the curve."""
_HOURS = 24


def heat(visits: WalkIns) -> tuple[HeatCell, ...]:
    """The cells with a visit, in time."""
    weekday = (visits.day.astype(np.int64) - 1) % 7  # the first day of the calendar was a Monday
    cells, count = weekday * _HOURS + visits.hour, 7 * _HOURS
    durations = Durations(cells[visits.seen], visits.wait[visits.seen], count)
    marks = Marks(cells, count, kept=visits.kept, judged=visits.judged)
    there, kept, judged = marks.of(), marks.of("kept"), marks.of("judged")
    return tuple(
        HeatCell(
            weekday=cell // _HOURS,
            hour=cell % _HOURS,
            visits=there[cell],
            seen=durations.count(cell),
            median_wait_min=durations.quantile(cell, 5),
            share_within_target=share(kept[cell], judged[cell]),
        )
        for cell in range(count)
        if there[cell]
    )


def curve(visits: WalkIns) -> Curve:
    """Of the visits that are judged; where nothing is promised, of all that were seen."""
    judged = visits.judged if bool((visits.target != NONE).any()) else visits.seen
    waits = visits.wait[judged & visits.seen]
    # The first whole minute within which each was seen.
    minutes = np.minimum(-(-waits // MINUTE), LONGEST + 1)
    within = np.cumsum(np.bincount(minutes, minlength=LONGEST + 2))[: LONGEST + 1]
    return Curve(int(judged.sum()), tuple(map(int, within)))


def daily_medians(visits: WalkIns, days: Sequence[date], of_visits: Groups) -> list[tuple[date, float, int]]:
    """Of each day on which somebody was seen: the median wait in minutes, and how many were seen."""
    durations = Durations(of_visits[visits.seen], visits.wait[visits.seen], len(days))
    medians = [durations.quantile(place, 5) for place in range(len(days))]
    return [
        (day, median, durations.count(place))
        for place, (day, median) in enumerate(zip(days, medians, strict=True))
        if median is not None
    ]


def daily_shares(visits: WalkIns, days: Sequence[date], of_visits: Groups) -> list[tuple[date, int, int]]:
    """Of each day with a visit that is judged: how many promises were kept, and of how many."""
    marks = Marks(of_visits, len(days), kept=visits.kept, judged=visits.judged)
    kept, judged = marks.of("kept"), marks.of("judged")
    return [(day, kept[place], judged[place]) for place, day in enumerate(days) if judged[place]]
