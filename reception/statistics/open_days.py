"""On which days an office is open, for what is foretold of it."""

from __future__ import annotations

from datetime import date, time, timedelta

from reception.domain.office import Office
from reception.domain.working_hours import is_closed_day

ORDINARY = frozenset(range(5))
"""Monday to Friday: of an office that has told no hours."""


def open_weekdays(office: Office) -> frozenset[int]:
    """The weekdays on which it opens; Monday is 0."""
    return frozenset(each.weekday for each in office.hours) or ORDINARY


def is_shut(office: Office, day: date) -> bool:
    """No hours on that weekday, a bank holiday or a closure. One that has told no hours is open on every weekday.

    Refuses BAD_INPUT for a year whose bank holidays are not known.
    """
    return is_closed_day(office, day) or bool(office.hours and day.weekday() not in open_weekdays(office))


def beside_a_closure(office: Office, day: date) -> tuple[bool, bool]:
    """Whether the office was closed on the weekday of its own before `day`, and is on the one after it."""
    return _closed_next(office, day, -1), _closed_next(office, day, 1)


def _closed_next(office: Office, day: date, step: int) -> bool:
    weekdays = open_weekdays(office)
    for away in range(1, 8):
        other = day + timedelta(days=step * away)
        if other.weekday() in weekdays:
            return is_closed_day(office, other)
    return False


def is_open(office: Office, day: date, minute: int, minutes: int) -> bool:
    """Whether its hours of that weekday meet the time from `minute`, by the clock on the wall."""
    return any(
        each.weekday == day.weekday() and _minute(each.opens) < minute + minutes and minute < _minute(each.closes)
        for each in office.hours
    )


def _minute(shown: time) -> int:
    return shown.hour * 60 + shown.minute
