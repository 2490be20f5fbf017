"""Which days figures are of, and what visits and appointments are grouped by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

TOTAL = "total"
"""The one group of :attr:`Grouping.TOTAL`."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The groups of :attr:`Grouping.WEEKDAY`, in order, as `date.weekday()` counts."""


class Grouping(StrEnum):
    """What visits are grouped by: local date and hour of arrival, in the office's zone."""

    TOTAL = "total"
    DAY = "day"
    """YYYY-MM-DD."""
    WEEKDAY = "weekday"
    HOUR = "hour"
    """Two digits, 00 to 23."""
    SERVICE = "service"
    WEEK = "week"
    """ISO week, YYYY-Www."""
    MONTH = "month"
    """YYYY-MM."""
    OFFICE = "office"
    OFFICER = "officer"
    """Whoever began the first service. For supervisors alone, and in no report."""
    LANGUAGE = "language"
    """Spoken, as a BCP 47 tag; "" where it was not asked."""
    NEED = "need"
    """A visit counts in each of its needs, and in "" with none: these groups do not add up to the visits."""


class AppointmentGrouping(StrEnum):
    """What appointments are grouped by: local date and hour of their booked time, in the office's zone."""

    TOTAL = "total"
    DAY = "day"
    """YYYY-MM-DD."""
    WEEKDAY = "weekday"
    HOUR = "hour"
    """Two digits, 00 to 23."""
    SERVICE = "service"
    OFFICER = "officer"


class Period(Struct, frozen=True):
    """Local days, both included."""

    first: date
    last: date


def key_of_day(day: date, by: Grouping) -> str:
    """The group of what came on a day, by day, week, month or weekday. Raises ValueError for any other grouping."""
    match by:
        case Grouping.DAY:
            return day.isoformat()
        case Grouping.WEEK:
            year, week, _weekday = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case Grouping.MONTH:
            return day.isoformat()[:7]
        case Grouping.WEEKDAY:
            return WEEKDAYS[day.weekday()]
        case _:
            raise ValueError(f"a day alone has no group by {by}")


IN_TIME = frozenset({Grouping.DAY, Grouping.WEEK, Grouping.MONTH})
"""Groups that follow one another."""


def places_in_time(keys: Sequence[str], by: Grouping, first: date) -> list[int]:
    """How many days, weeks or months after the first of their period groups are, those of nobody counted too.

    `first`: the period's first day; one without a beginning begins with the first of the groups.
    """
    found = [_nth(_first_day(key, by), by) for key in keys]
    begins = _nth(first, by) if first > date.min else min(found, default=0)
    return [each - begins for each in found]


def _first_day(key: str, by: Grouping) -> date:
    match by:
        case Grouping.WEEK:
            return date.fromisocalendar(int(key[:4]), int(key[-2:]), 1)
        case Grouping.MONTH:
            return date.fromisoformat(f"{key}-01")
        case _:
            return date.fromisoformat(key)


def _nth(day: date, by: Grouping) -> int:
    """Its day, week or month, counted from the beginning of the calendar, which was a Monday."""
    match by:
        case Grouping.WEEK:
            return (day.toordinal() - 1) // 7
        case Grouping.MONTH:
            return 12 * day.year + day.month
        case _:
            return day.toordinal()
