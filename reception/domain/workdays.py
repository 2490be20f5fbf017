"""Working days: Monday to Friday, less the bank holidays of a division and the office's own closures.

Bank holidays come from the `holidays` library. Those of past years are as they were held. Those of years to
come are worked out by the standing rules (substitute days included), so a day proclaimed later, such as a
coronation, is known only to a newer release of the library; until then it can be given as a closure.

All dates are local dates of the office; there are no times and no time zones here.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from reception.errors import Code, Refusal

NO_CLOSURES: frozenset[date] = frozenset()

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class Division(StrEnum):
    """The parts of the United Kingdom that keep bank holidays of their own."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_LIBRARY_SUBDIVISION = {
    Division.ENGLAND_AND_WALES: "ENG",  # Wales keeps the same bank holidays
    Division.SCOTLAND: "SCT",
    Division.NORTHERN_IRELAND: "NIR",
}


def is_bank_holiday(day: date, division: Division = Division.ENGLAND_AND_WALES) -> bool:
    """Whether `day` is a bank holiday, substitute days included. Refuses a year not known."""
    return day in _bank_holidays(division, day.year)


def is_working_day(
    day: date,
    division: Division = Division.ENGLAND_AND_WALES,
    closures: frozenset[date] = NO_CLOSURES,
) -> bool:
    """Whether `day` is Monday to Friday, no bank holiday and no closure.

    Refuses a year whose holidays are not known.
    """
    return not is_bank_holiday(day, division) and day.weekday() < _SATURDAY and day not in closures


def working_day_after(
    start: date,
    n: int,
    division: Division = Division.ENGLAND_AND_WALES,
    closures: frozenset[date] = NO_CLOSURES,
) -> date:
    """The date `n` working days after `start`: the day after `start` is day 1, when it is a working day.

    `start` itself never counts and need not be a working day. Refuses `n` below 1 (day 0 of a Sunday would
    have to be invented) and years whose bank holidays are not known.
    """
    if n < 1:
        raise Refusal(
            Code.BAD_INPUT,
            f"{n} working days after a date means nothing: the day after it is day 1.",
            "Give a whole number of working days, 1 or more.",
        )
    # The start must be known too: it says at once that a date is a slip, whatever n is.
    _bank_holidays(division, start.year)
    day = start
    while n:
        day += _ONE_DAY
        n -= is_working_day(day, division, closures)
    return day


def first_working_day(
    day: date,
    division: Division = Division.ENGLAND_AND_WALES,
    closures: frozenset[date] = NO_CLOSURES,
) -> date:
    """Of the month that `day` is in. Refuses years whose bank holidays are not known."""
    return working_day_after(day.replace(day=1) - _ONE_DAY, 1, division, closures)


def working_days_between(
    start: date,
    end: date,
    division: Division = Division.ENGLAND_AND_WALES,
    closures: frozenset[date] = NO_CLOSURES,
) -> int:
    """How many working days come after `start`, up to and with `end`: the inverse of `working_day_after`.

    0 when both are the same day. Refuses an `end` before `start` and years whose bank holidays are not known.
    """
    if end < start:
        raise Refusal(
            Code.BAD_INPUT,
            f"The end, {end.isoformat()}, is before the start, {start.isoformat()}.",
            "Give the earlier date first.",
        )
    days = (start + timedelta(days=later) for later in range(1, (end - start).days + 1))
    return sum(is_working_day(day, division, closures) for day in days)


@lru_cache(maxsize=512)
def _bank_holidays(division: Division, year: int) -> frozenset[date]:
    # Imported here because the library loads the calendars of every country, which takes about a second: the
    # start of a window must not pay for it.
    import holidays  # noqa: PLC0415

    calendar = holidays.country_holidays("GB", subdiv=_LIBRARY_SUBDIVISION[division], years=year)
    # Outside these years the library answers "no holidays", not "not known": every deadline would be wrong.
    if not calendar.start_year <= year <= calendar.end_year:
        raise Refusal(
            Code.BAD_INPUT,
            f"The bank holidays of the year {year} are not known, "
            f"only those from {calendar.start_year} to {calendar.end_year}.",
            "Check the date, and the number of working days if one was given.",
        )
    return frozenset(calendar)
