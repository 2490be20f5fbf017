"""Working days against tables read from the published bank holidays, and against a plain second count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.domain.workdays import (
    Division,
    first_working_day,
    is_bank_holiday,
    is_working_day,
    working_day_after,
    working_days_between,
)
from reception.errors import Code, Refusal

ENGLAND = Division.ENGLAND_AND_WALES
SCOTLAND = Division.SCOTLAND
NORTHERN_IRELAND = Division.NORTHERN_IRELAND

AFTER = [
    # start, n, division, expected, what it shows
    ("2026-06-01", 1, ENGLAND, "2026-06-02", "the day after is day 1"),
    ("2026-06-01", 5, ENGLAND, "2026-06-08", "a plain week, over a weekend"),
    ("2026-06-05", 1, ENGLAND, "2026-06-08", "Friday to Monday"),
    ("2026-06-06", 1, ENGLAND, "2026-06-08", "from a Saturday"),
    ("2026-06-07", 1, ENGLAND, "2026-06-08", "from a Sunday"),
    ("2026-04-02", 1, ENGLAND, "2026-04-07", "Good Friday and Easter Monday"),
    ("2026-04-02", 1, NORTHERN_IRELAND, "2026-04-07", "Good Friday and Easter Monday"),
    ("2026-04-02", 1, SCOTLAND, "2026-04-06", "Easter Monday is worked in Scotland"),
    ("2026-12-24", 1, ENGLAND, "2026-12-29", "Friday 25, Boxing Day on a Saturday moved to Monday 28"),
    ("2026-12-24", 5, ENGLAND, "2027-01-05", "over the turn of the year: 29, 30, 31, 4, 5"),
    ("2021-12-24", 1, ENGLAND, "2021-12-29", "Christmas on a Saturday: Monday 27 and Tuesday 28 instead"),
    ("2022-12-23", 1, ENGLAND, "2022-12-28", "Christmas on a Sunday: Monday is Boxing Day, Tuesday instead"),
    ("2021-12-31", 1, ENGLAND, "2022-01-04", "New Year's Day on a Saturday: Monday 3 instead"),
    ("2021-12-31", 1, SCOTLAND, "2022-01-05", "both days of the New Year moved in Scotland: 3 and 4"),
    ("2025-12-31", 1, ENGLAND, "2026-01-02", "2 January is worked in England"),
    ("2025-12-31", 1, SCOTLAND, "2026-01-05", "2 January is a Friday off in Scotland"),
    ("2022-12-30", 1, SCOTLAND, "2023-01-04", "1 January on a Sunday: 2 stays, 3 instead of 1"),
    ("2023-07-11", 1, NORTHERN_IRELAND, "2023-07-13", "12 July"),
    ("2023-07-11", 1, ENGLAND, "2023-07-12", "12 July is worked in England"),
    ("2026-07-10", 1, NORTHERN_IRELAND, "2026-07-14", "12 July on a Sunday: Monday 13 instead"),
    ("2025-03-14", 1, NORTHERN_IRELAND, "2025-03-18", "17 March"),
    ("2020-05-07", 1, ENGLAND, "2020-05-11", "the early May holiday on VE Day"),
    ("2022-06-01", 1, ENGLAND, "2022-06-06", "Spring holiday moved to Thursday, the Jubilee on Friday"),
    ("2022-09-16", 1, ENGLAND, "2022-09-20", "the state funeral"),
    ("2023-05-05", 1, ENGLAND, "2023-05-09", "the coronation"),
    ("2026-07-31", 1, SCOTLAND, "2026-08-04", "the summer holiday is early in Scotland"),
    ("2026-07-31", 1, ENGLAND, "2026-08-03", "and late in England"),
    ("2026-11-27", 1, SCOTLAND, "2026-12-01", "Saint Andrew's Day"),
    ("2024-02-28", 1, ENGLAND, "2024-02-29", "a leap day is a day"),
]


@pytest.mark.parametrize(("start", "n", "division", "expected", "shows"), AFTER)
def test_the_table(start: str, n: int, division: Division, expected: str, shows: str) -> None:
    assert working_day_after(date.fromisoformat(start), n, division).isoformat() == expected, shows


# The list published for 2026 on gov.uk, read by hand.
BANK_HOLIDAYS_2026 = {
    ENGLAND: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    SCOTLAND: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    NORTHERN_IRELAND: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
}


@pytest.mark.parametrize("division", Division)
def test_the_weekdays_off_in_2026(division: Division) -> None:
    days = [date(2026, 1, 1) + timedelta(days=later) for later in range(365)]
    off = [day.strftime("%m-%d") for day in days if day.weekday() < 5 and not is_working_day(day, division)]
    assert off == BANK_HOLIDAYS_2026[division].split()


def test_england_and_wales_is_the_default() -> None:
    assert is_bank_holiday(date(2026, 4, 6))
    assert working_day_after(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert working_days_between(date(2026, 4, 2), date(2026, 4, 7)) == 1


def test_a_weekend_is_no_bank_holiday_and_no_working_day() -> None:
    saturday = date(2026, 6, 6)
    assert not is_bank_holiday(saturday)
    assert not is_working_day(saturday)


def test_closures_of_the_office_do_not_count() -> None:
    shut = frozenset({date(2026, 6, 2), date(2026, 6, 3)})
    assert not is_working_day(date(2026, 6, 2), ENGLAND, shut)
    assert working_day_after(date(2026, 6, 1), 1, ENGLAND, shut) == date(2026, 6, 4)
    assert working_days_between(date(2026, 6, 1), date(2026, 6, 4), ENGLAND, shut) == 1


@pytest.mark.parametrize("n", [0, -1, -5])
def test_fewer_than_one_working_day_is_refused(n: int) -> None:
    with pytest.raises(Refusal) as refused:
        working_day_after(date(2026, 6, 1), n)
    assert refused.value.code is Code.BAD_INPUT
    assert refused.value.reason and refused.value.remedy


@pytest.mark.parametrize(
    ("start", "n"),
    [
        (date(1871, 12, 30), 1),
        (date(2100, 12, 30), 5),
        (date(2101, 6, 1), 1),
        (date.min, 1),
        (date.max, 1),
        (date(2026, 1, 1), 10**9),
    ],
)
def test_years_whose_holidays_are_not_known_are_refused(start: date, n: int) -> None:
    with pytest.raises(Refusal) as refused:
        working_day_after(start, n)
    assert refused.value.code is Code.BAD_INPUT
    assert "not known" in refused.value.reason


def test_an_unknown_year_is_refused_even_on_a_saturday() -> None:
    with pytest.raises(Refusal):
        is_working_day(date(2150, 1, 1))
    with pytest.raises(Refusal):
        working_days_between(date(2100, 12, 1), date.max)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        working_days_between(date(2026, 6, 2), date(2026, 6, 1))
    assert refused.value.code is Code.BAD_INPUT


dates = st.dates(date(1990, 1, 1), date(2060, 12, 31))
divisions = st.sampled_from(Division)
closures = st.frozensets(st.dates(date(2019, 1, 1), date(2021, 12, 31)), max_size=30)
near_closures = st.dates(date(2019, 1, 1), date(2021, 12, 31))


# The first question loads the library, which takes longer than the usual limit of an example.
unhurried = settings(deadline=None)


@unhurried
@given(near_closures, st.integers(1, 60), divisions, closures)
def test_the_result_is_a_working_day_and_the_count_is_its_inverse(
    start: date, n: int, division: Division, shut: frozenset[date]
) -> None:
    end = working_day_after(start, n, division, shut)
    assert end > start
    assert is_working_day(end, division, shut)
    assert working_days_between(start, end, division, shut) == n
    assert working_days_between(start, end - timedelta(days=1), division, shut) == n - 1


@unhurried
@given(dates, st.integers(1, 40), divisions)
def test_one_more_working_day_is_later(start: date, n: int, division: Division) -> None:
    assert working_day_after(start, n, division) < working_day_after(start, n + 1, division)


@unhurried
@given(dates, st.integers(0, 30), st.integers(1, 40), divisions)
def test_a_later_start_never_ends_earlier(start: date, later: int, n: int, division: Division) -> None:
    first = working_day_after(start, n, division)
    assert first <= working_day_after(start + timedelta(days=later), n, division)


@unhurried
@given(dates, st.integers(1, 20), st.integers(1, 20), divisions)
def test_steps_add_up(start: date, first: int, then: int, division: Division) -> None:
    halfway = working_day_after(start, first, division)
    assert working_day_after(halfway, then, division) == working_day_after(start, first + then, division)


@unhurried
@given(dates, st.integers(0, 90), st.integers(0, 90), divisions)
def test_the_count_adds_up(start: date, first: int, then: int, division: Division) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=then)
    whole = working_days_between(start, end, division)
    assert whole == working_days_between(start, middle, division) + working_days_between(middle, end, division)


@pytest.mark.parametrize(
    ("day", "division", "closures", "expected"),
    [
        ("2026-06-30", ENGLAND, (), "2026-06-01"),
        ("2026-08-01", ENGLAND, (), "2026-08-03"),
        ("2027-01-31", ENGLAND, (), "2027-01-04"),
        ("2027-01-31", SCOTLAND, (), "2027-01-05"),
        ("2026-04-30", ENGLAND, ("2026-04-01", "2026-04-02"), "2026-04-07"),
    ],
    ids=["a Monday", "after a weekend", "after New Year's Day", "and the day after it", "after closures and Easter"],
)
def test_the_first_of_a_month(day: str, division: Division, closures: tuple[str, ...], expected: str) -> None:
    closed = frozenset(date.fromisoformat(each) for each in closures)
    assert first_working_day(date.fromisoformat(day), division, closed) == date.fromisoformat(expected)
