"""Periods as a supervisor picks them: a day, a week, a month, a quarter, a year, or any dates."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from reception.domain.grouping import Period
from reception.domain.signal_words import said_span
from ui.moments import day_words, month_words


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    """From Monday."""
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DATES = "dates"


class Beside(StrEnum):
    """What a period is compared with."""

    BEFORE = "before"
    YEAR_BEFORE = "year_before"
    DATES = "dates"
    NOTHING = "nothing"


_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Pick(Struct, frozen=True):
    """What was picked. `other`: the dates that it is compared with, where these were picked too."""

    kind: Kind
    period: Period
    beside: Beside = Beside.BEFORE
    other: Period | None = None
    without_evacuations: bool = False

    def compared(self) -> Period | None:
        """The period that it is compared with."""
        match self.beside:
            case Beside.BEFORE:
                return moved(self.kind, self.period, -1)
            case Beside.YEAR_BEFORE:
                return year_before(self.kind, self.period)
            case Beside.DATES:
                return self.other
            case Beside.NOTHING:
                return None


def around(kind: Kind, day: date) -> Period:
    """The day, week, month, quarter or year that a day lies in; of any dates that day alone."""
    match kind:
        case Kind.DAY | Kind.DATES:
            return Period(day, day)
        case Kind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(monday, monday + timedelta(days=6))
        case Kind.MONTH | Kind.QUARTER | Kind.YEAR:
            months = _MONTHS[kind]
            first = date(day.year, (day.month - 1) // months * months + 1, 1)
            return Period(first, _months_on(first, months) - timedelta(days=1))


def moved(kind: Kind, period: Period, by: int) -> Period:
    """The next (1) or the one before (-1); of any dates as many whole months on, or back, where they are whole months,
    else as many days. At the ends of time it stays."""
    try:
        if kind in _MONTHS:
            return around(kind, _months_on(period.first, _MONTHS[kind] * by))
        if kind is Kind.DATES and (months := _whole_months(period)):
            first = _months_on(period.first, months * by)
            there = Period(first, _months_on(first, months) - timedelta(days=1))
        else:
            days = timedelta(days=by * ((period.last - period.first).days + 1))
            there = Period(period.first + days, period.last + days)
    except (ValueError, OverflowError):
        return period
    return there if there.first.year >= _FIRST_YEAR and there.last.year <= _LAST_YEAR else period


def year_before(kind: Kind, period: Period) -> Period:
    """The same a year before: of days and weeks 52 weeks, so that weekdays stand beside their own."""
    if kind in _MONTHS:
        return around(kind, _months_on(period.first, -12))
    if kind is Kind.DATES:
        return Period(_year_back(period.first), _year_back(period.last))
    back = timedelta(weeks=52)
    return Period(period.first - back, period.last - back)


def last_whole(kind: Kind, today: date) -> Period:
    """The last one that is over."""
    return moved(kind, around(kind, today), -1)


def period_words(kind: Kind, period: Period, *, short: bool = False) -> str:
    """ "October 2026", "July to September 2026", "Week 43: 19 to 25 October 2026"; `short`: no number of the week."""
    match kind:
        case Kind.DAY:
            return f"{day_words(period.first)} {period.first.year}"
        case Kind.WEEK:
            span = said_span(period.first, period.last, True)
            return span if short else f"Week {period.first.isocalendar().week}: {span}"
        case Kind.MONTH:
            return month_words(period.first)
        case Kind.QUARTER:
            return f"{month_words(period.first).split()[0]} to {month_words(period.last)}"
        case Kind.YEAR:
            return str(period.first.year)
        case Kind.DATES:
            return said_span(period.first, period.last, True)


def _whole_months(period: Period) -> int:
    """How many whole calendar months it is; 0 where it is none."""
    after = period.last + timedelta(days=1)
    is_whole = (period.first.day, after.day) == (1, 1)
    return 12 * (after.year - period.first.year) + after.month - period.first.month if is_whole else 0


def _months_on(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _year_back(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
