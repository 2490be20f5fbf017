"""Days on which an office is open."""

from __future__ import annotations

from datetime import date, timedelta

from reception.domain.office import Office

_NEXT_DAYS = 14
"""So far ahead a day is looked for."""


def open_day(office: Office, day: date, step: int) -> date:
    """The nearest day after it (1) or before it (-1) that has hours and is no closure; without one, the next of all."""
    weekdays = {each.weekday for each in office.hours} or set(range(5))
    for away in range(1, _NEXT_DAYS + 1):
        other = day + timedelta(days=step * away)
        if other.weekday() in weekdays and other not in office.closures:
            return other
    return day + timedelta(days=step)
