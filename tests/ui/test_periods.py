"""Periods: which one a day lies in, the next, the one before, the same a year before, and their words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reception.cli.periods import previous
from reception.domain.grouping import Period
from ui.supervisor.periods import Beside, Kind, Pick, around, last_whole, moved, period_words, year_before

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
CALENDAR = [kind for kind in Kind if kind is not Kind.DATES]


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "words"),
    [
        (Kind.DAY, (2026, 10, 19), (2026, 10, 19), (2026, 10, 19), "Monday 19 October 2026"),
        (Kind.WEEK, (2026, 10, 21), (2026, 10, 19), (2026, 10, 25), "Week 43: 19 to 25 October 2026"),
        (Kind.WEEK, (2027, 1, 1), (2026, 12, 28), (2027, 1, 3), "Week 53: 28 December 2026 to 3 January 2027"),
        (Kind.MONTH, (2028, 2, 29), (2028, 2, 1), (2028, 2, 29), "February 2028"),
        (Kind.QUARTER, (2026, 8, 5), (2026, 7, 1), (2026, 9, 30), "July to September 2026"),
        (Kind.YEAR, (2026, 12, 31), (2026, 1, 1), (2026, 12, 31), "2026"),
    ],
)
def test_a_period_is_the_one_that_a_day_lies_in(
    kind: Kind, day: tuple[int, int, int], first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    period = around(kind, date(*day))
    assert period == Period(date(*first), date(*last))
    assert period_words(kind, period) == words


@given(DAYS, st.sampled_from(CALENDAR))
def test_periods_follow_each_other_without_gap_and_back_again(day: date, kind: Kind) -> None:
    here = around(kind, day)
    there = moved(kind, here, 1)
    assert there.first == here.last + timedelta(days=1)
    assert moved(kind, there, -1) == here
    assert here.first <= day <= here.last


@given(DAYS, st.integers(0, 800))
def test_dates_move_by_their_own_length(day: date, length: int) -> None:
    here = Period(day, day + timedelta(days=length))
    assume((here.first.day, (here.last + timedelta(days=1)).day) != (1, 1))
    before = moved(Kind.DATES, here, -1)
    assert before == Period(day - timedelta(days=length + 1), day - timedelta(days=1))


def test_dates_of_whole_months_move_by_months_as_the_command_line_has_it() -> None:
    november = around(Kind.MONTH, date(2018, 11, 5))
    assert moved(Kind.DATES, november, -1) == previous(november) == around(Kind.MONTH, date(2018, 10, 1))
    assert moved(Kind.DATES, november, 1) == around(Kind.MONTH, date(2018, 12, 1))
    spring = Period(date(2026, 2, 1), date(2026, 4, 30))
    assert moved(Kind.DATES, spring, -1) == previous(spring) == Period(date(2025, 11, 1), date(2026, 1, 31))


def test_at_the_ends_of_time_it_stays() -> None:
    first = Period(date(1, 1, 1), date(9999, 12, 31))
    assert moved(Kind.DATES, first, 1) == first
    assert moved(Kind.DATES, first, -1) == first


@pytest.mark.parametrize(
    ("kind", "period", "before"),
    [
        (Kind.MONTH, Period(date(2028, 2, 1), date(2028, 2, 29)), Period(date(2027, 2, 1), date(2027, 2, 28))),
        (Kind.DAY, Period(date(2026, 10, 19), date(2026, 10, 19)), Period(date(2025, 10, 20), date(2025, 10, 20))),
        (Kind.DATES, Period(date(2028, 2, 29), date(2028, 3, 1)), Period(date(2027, 2, 28), date(2027, 3, 1))),
    ],
)
def test_a_year_before_is_the_same_month_weekday_or_date(kind: Kind, period: Period, before: Period) -> None:
    assert year_before(kind, period) == before


def test_what_it_is_compared_with() -> None:
    october = around(Kind.MONTH, date(2026, 10, 5))
    other = Period(date(2026, 5, 1), date(2026, 5, 9))
    assert Pick(Kind.MONTH, october).compared() == around(Kind.MONTH, date(2026, 9, 1))
    assert Pick(Kind.MONTH, october, Beside.YEAR_BEFORE).compared() == around(Kind.MONTH, date(2025, 10, 1))
    assert Pick(Kind.MONTH, october, Beside.DATES, other).compared() == other
    assert Pick(Kind.MONTH, october, Beside.NOTHING).compared() is None


def test_it_begins_with_the_last_month_that_is_over() -> None:
    assert last_whole(Kind.MONTH, date(2026, 1, 31)) == around(Kind.MONTH, date(2025, 12, 1))
