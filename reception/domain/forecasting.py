"""How many visitors a day to come is expected to bring, half hour by half hour."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct


class HalfHour(Struct, frozen=True):
    """Arrivals between `minute`, counted from local midnight, and half an hour later. Eight days in ten lie from `low`
    to `high`."""

    minute: int
    expected: float
    low: float
    high: float


class ForecastNote(StrEnum):
    """What the forecast is to be read with."""

    CLOSED = "closed"
    """The office is closed that day; nobody is expected."""
    BANK_HOLIDAY_BEFORE = "bank_holiday_before"
    """The office was closed for a bank holiday on the working day before."""
    BANK_HOLIDAY_AFTER = "bank_holiday_after"
    LITTLE_KNOWN = "little_known"
    """It rests on fewer than four days of that weekday."""
    NOTHING_KNOWN = "nothing_known"
    """There is no day to go by; no figure is given."""
    FAR_AHEAD = "far_ahead"
    """More than eight weeks away: what is expected is the usual day."""


class ArrivalsForecast(Struct, frozen=True):
    """Walk-ins of one office on one day. The range of the whole day is not the sum of its half hours'."""

    office_id: str
    office: str
    day: date
    half_hours: tuple[HalfHour, ...]
    """Those in which the office is open, or somebody has come before."""
    expected: float
    low: float
    high: float
    weekdays: int
    """On how many days of the same weekday it rests."""
    days: int
    """On how many days in all."""
    notes: tuple[ForecastNote, ...] = ()
