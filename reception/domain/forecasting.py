"""How many visitors a day to come is expected to bring, half hour by half hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from reception.domain.office import Office

HALF_HOUR = 30
HALF_HOURS = 24 * 60 // HALF_HOUR


class PastArrivals(Struct, frozen=True):
    """What an office knows of its walk-ins. `counts`: by local day and by the minute at which the half hour begins, as
    the clock on the wall shows it; only half hours in which somebody came are there.
    """

    office: Office
    last: date
    """The last day that counts as known; the day after it may not be over."""
    counts: Mapping[date, Mapping[int, int]]
    evacuated: frozenset[date] = frozenset()
    """Days on which the building was: they do not count."""
    newest: date | None = None
    """Where `counts` is empty, the last day before them on which somebody came."""


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
    """The office was closed for a bank holiday, or otherwise, on the working day before."""
    BANK_HOLIDAY_AFTER = "bank_holiday_after"
    """It will be closed on the working day after."""
    LITTLE_KNOWN = "little_known"
    """It rests on fewer than four days of that weekday."""
    NOTHING_KNOWN = "nothing_known"
    """There is no day to go by; no figure is given."""
    FAR_AHEAD = "far_ahead"
    """More than eight weeks away: what is expected is the usual day."""
    HARDLY_OPEN = "hardly_open"
    """By its record the office is hardly ever open on that weekday; no figure is given."""
    NOBODY_THEN = "nobody_then"
    """In either of the two years before nobody came on the same weekday of that week."""


class HardlyOpen(Struct, frozen=True):
    """How seldom anybody came on a weekday, of the last such days in whose week somebody came on another one."""

    days: int
    days_with_visitors: int
    visitors: int


class YearBefore(Struct, frozen=True):
    """Who came on the same weekday, the nearest to the date, of an earlier year."""

    day: date
    visitors: int


class ArrivalsForecast(Struct, frozen=True):
    """Walk-ins of one office on one day. The range of the whole day is not the sum of its half hours'."""

    office_id: str
    office: str
    day: date
    half_hours: tuple[HalfHour, ...]
    """Those in which the office is open, or somebody comes at least once in ten such days."""
    expected: float
    low: float
    high: float
    weekdays: int
    """On how many days of the same weekday it rests."""
    days: int
    """On how many days in all."""
    notes: tuple[ForecastNote, ...] = ()
    newest: date | None = None
    """Where nothing is known, because it was too long ago: the last day on which somebody came."""
    hardly_open: HardlyOpen | None = None
    """Told where the note says so."""
    years_before: tuple[YearBefore, ...] = ()
    """The latest first: of up to three years, those on which it was open and that the record reaches back to."""


def hardly_open_words(found: HardlyOpen, day: date) -> str:
    """ "Hardly ever open on Sundays: 3 visitors on 1 of the last 52"."""
    name = f"{day:%A}s"
    if not found.visitors:
        return f"Not open on {name}: nobody came on the last {found.days}"
    visitors = "1 visitor" if found.visitors == 1 else f"{found.visitors} visitors"
    return f"Hardly ever open on {name}: {visitors} on {found.days_with_visitors} of the last {found.days}"


def years_before_words(found: ArrivalsForecast) -> str:
    """ "On the Tuesday of that week: 2017 nobody, 2016 nobody, 2015 73"; empty where no year is known."""
    if not found.years_before:
        return ""
    years = (f"{each.day.year} {each.visitors or 'nobody'}" for each in found.years_before)
    return f"On the {found.day:%A} of that week: {', '.join(years)}"
