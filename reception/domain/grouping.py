"""Which days figures are of, and what visits and appointments are grouped by."""

from __future__ import annotations

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
