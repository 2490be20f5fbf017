"""Recorded offices made by hand: who came when on which day, and how long services lasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from reception.clock import MINUTE
from reception.domain.queueing import Kind, RuleSettings
from reception.domain.recorded_days import Attendance, PastDay, PastService, PastVisit, RecordedOffice, Targets

MONDAY = date(2031, 3, 3)
NINE = 9 * 60


def visit(minute: float, service: str = "a", kind: Kind = Kind.WALK_IN, **more: Any) -> PastVisit:
    """Times are minutes after nine; `booked`, `started` and `ended` too."""
    at = round((NINE + minute) * MINUTE)
    times = {name: round((NINE + more.pop(name)) * MINUTE) for name in ("started", "ended") if name in more}
    joined = max(at, round((NINE + more.pop("booked", minute)) * MINUTE))
    return PastVisit(kind, service, at, joined, **times, **more)


def recorded(
    *days: Sequence[PastVisit], lasted: dict[str, tuple[float, ...]] | None = None, **changes: Any
) -> RecordedOffice:
    """An office with one recorded Monday for each of `days`; services last five minutes unless said otherwise."""
    lengths = {"": (5.0,)} if lasted is None else lasted
    values: dict[str, Any] = {
        "name": "Civic Offices",
        "services": {"a": PastService("Housing"), "b": PastService("Planning", priority=1)},
        "days": tuple(PastDay(MONDAY + timedelta(weeks=week), tuple(day)) for week, day in enumerate(days)),
        "lasted": {key: tuple(round(each * MINUTE) for each in found) for key, found in lengths.items()},
        "usual": 8 * MINUTE,
        "attendance": Attendance(0.0, (0,), is_assumed=True),
        "grace": 15 * MINUTE,
        "targets": Targets(15 * MINUTE, 5 * MINUTE, is_assumed=False),
        "rule": "keep_promises",
        "settings": RuleSettings(call_to_start=0),
        "counters": None,
    }
    return RecordedOffice(**{**values, **changes})


def nobody_asks(done: int, total: int) -> None:
    """Progress that nobody watches."""
    assert 0 <= done <= total
