"""What the recorded days tell of themselves, to be read beside what is simulated on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reception.clock import MINUTE, Millis
from reception.domain.queueing import Kind
from reception.domain.recorded_days import PastDay, RecordedOffice
from reception.domain.staffing import RecordedWaits


def recorded_kept(office: RecordedOffice) -> float | None:
    """Of all walk-ins that were seen, the share whose wait was within the target; None where none is known to be seen.

    `docs/definitions.md`, *What if*: the field `recorded_kept`.
    """
    waits = [wait for day in office.days for wait in _waits(day)]
    return sum(wait <= office.targets.walk_in for wait in waits) / len(waits) if waits else None


def recorded_waits(office: RecordedOffice) -> RecordedWaits | None:
    """What these walk-ins waited; None where none is known to be seen."""
    of_days = [waits for day in office.days if (waits := _waits(day))]
    if not of_days:
        return None
    together = np.concatenate([np.array(waits, dtype=float) for waits in of_days]) / MINUTE
    median, ninth, last = (float(each) for each in np.quantile(together, (0.5, 0.9, 0.99)))
    return RecordedWaits(median, ninth, last, float(np.median([max(waits) for waits in of_days])) / MINUTE)


def _waits(day: PastDay) -> list[Millis]:
    return [
        visit.started - visit.joined
        for visit in day.visits
        if visit.kind is Kind.WALK_IN and visit.is_promised and visit.started is not None
    ]


def counters_known(days: Sequence[PastDay]) -> bool:
    """Whether it is known of half the services at least who served: a log tells of none."""
    known = [bool(each.served_by) for day in days for each in day.visits if each.started is not None]
    return 2 * sum(known) >= len(known)
