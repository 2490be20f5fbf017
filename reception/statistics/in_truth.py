"""What the recorded days tell of themselves, to be read beside what is simulated on them."""

from __future__ import annotations

from collections.abc import Sequence

from reception.domain.queueing import Kind
from reception.domain.recorded_days import PastDay, RecordedOffice


def recorded_kept(office: RecordedOffice) -> float | None:
    """Of all walk-ins that were seen, the share whose wait was within the target; None where none is known to be seen.

    `docs/definitions.md`, *What if*: the field `recorded_kept`.
    """
    waits = [
        visit.started - visit.joined
        for day in office.days
        for visit in day.visits
        if visit.kind is Kind.WALK_IN and visit.is_promised and visit.started is not None
    ]
    return sum(wait <= office.targets.walk_in for wait in waits) / len(waits) if waits else None


def counters_known(days: Sequence[PastDay]) -> bool:
    """Whether it is known of half the services at least who served: a log tells of none."""
    known = [bool(each.served_by) for day in days for each in day.visits if each.started is not None]
    return 2 * sum(known) >= len(known)
