"""Arrivals foretold of offices whose true rates are known, and of those of which little is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from reception.domain.forecasting import ArrivalsForecast, ForecastNote, HardlyOpen, PastArrivals, years_before_words
from reception.domain.office import Office
from reception.errors import Refusal
from reception.statistics.forecast import arrivals_forecast
from reception.statistics.open_days import is_shut
from tests.statistics.arrivals_made_up import BY_WEEKDAY, COURSE, MONDAY, Counts, drawn, known, office, rate

A_YEAR = 366


def told(counts: Counts, day: date, lead: int = 1) -> ArrivalsForecast:
    return arrivals_forecast(known(counts, day - timedelta(days=lead)), day)


def foretold(counts: Counts, first: date, days: int, lead: int = 1) -> Sequence[ArrivalsForecast]:
    coming = (first + timedelta(days=later) for later in range(days))
    return [told(counts, day, lead) for day in coming if not is_shut(office(), day)]


def next_weekday(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def test_ranges_hold_eighty_in_a_hundred_days_not_seen() -> None:
    """Of an office with few visitors, foretold on the day before, and of one with many, a week before."""
    held, half_hours = [], []
    for usual, lead in ((6, 1), (60, 7)):
        counts = drawn(480, usual)
        for each in foretold(counts, MONDAY + timedelta(days=420), 60, lead):
            came = counts[each.day]
            held.append(each.low <= sum(came.values()) <= each.high)
            half_hours += [half.low <= came.get(half.minute, 0) <= half.high for half in each.half_hours]
    assert 0.74 <= np.mean(held) <= 0.86
    assert 0.75 <= np.mean(half_hours) <= 0.87


def test_a_weekday_brings_what_it_usually_brings() -> None:
    counts = drawn(A_YEAR)
    for weekday in range(5):
        day = next_weekday(date(2025, 1, 6), weekday)
        found = told(counts, day, (day - MONDAY).days - A_YEAR + 1)
        assert found.expected == pytest.approx(60 * BY_WEEKDAY[weekday], rel=0.12)
        assert found.weekdays >= 45


def test_the_course_of_the_day() -> None:
    counts = drawn(A_YEAR)
    found = told(counts, date(2025, 1, 7))
    assert [half.minute for half in found.half_hours] == list(range(540, 1020, 30))
    assert sum(half.expected for half in found.half_hours) == pytest.approx(found.expected)
    shares = [half.expected / found.expected for half in found.half_hours]
    assert shares == pytest.approx(np.array(COURSE) / sum(COURSE), abs=0.012)


def test_growth_is_followed() -> None:
    counts = drawn(A_YEAR, growth=0.02)
    day = date(2025, 1, 7)
    assert told(counts, day).expected == pytest.approx(rate(day, growth=0.02), rel=0.1)
    assert rate(day, growth=0.02) > 2 * rate(MONDAY + timedelta(days=8))


def test_days_beside_a_closure() -> None:
    """After a bank holiday half as many more come, on the day before one a quarter fewer; not all of it is believed."""
    where = office()
    counts = drawn(3 * A_YEAR, clumps=0)
    for day in counts:
        before, after = (
            next(other for other in days if other.weekday() < 5)
            for days in ([day - timedelta(days=n) for n in (1, 2, 3)], [day + timedelta(days=n) for n in (1, 2, 3)])
        )
        factor = (1.5 if is_shut(where, before) else 1) * (0.75 if is_shut(where, after) else 1)
        counts[day] = {minute: round(count * factor) for minute, count in counts[day].items()}
    tuesday, thursday = date(2026, 5, 5), date(2026, 4, 2)
    found = told(counts, tuesday)
    assert found.notes == (ForecastNote.BANK_HOLIDAY_BEFORE,)
    assert 1.25 * rate(tuesday) < found.expected < 1.55 * rate(tuesday)
    found = told(counts, thursday)
    assert found.notes == (ForecastNote.BANK_HOLIDAY_AFTER,)
    assert 0.7 * rate(thursday) < found.expected < 0.9 * rate(thursday)


@pytest.mark.parametrize(
    ("day", "closures"),
    [
        (date(2025, 4, 21), frozenset[date]()),
        (date(2025, 1, 11), frozenset[date]()),
        (date(2025, 1, 14), frozenset({date(2025, 1, 14)})),
    ],
    ids=["Easter Monday", "a Saturday", "a closure"],
)
def test_closed_days(day: date, closures: frozenset[date]) -> None:
    found = arrivals_forecast(known(drawn(A_YEAR), date(2025, 1, 7), office(closures)), day)
    assert found.notes == (ForecastNote.CLOSED,)
    assert (found.expected, found.low, found.high, found.half_hours) == (0, 0, 0, ())


def test_nothing_is_known() -> None:
    found = arrivals_forecast(PastArrivals(office(), date(2025, 1, 6), {}), date(2025, 1, 7))
    assert found.notes == (ForecastNote.NOTHING_KNOWN,)
    assert (found.half_hours, found.days) == ((), 0)


def test_one_day_is_known() -> None:
    found = told(drawn(9), date(2024, 1, 10), lead=1)
    one = arrivals_forecast(known({date(2024, 1, 9): {600: 40}}, date(2024, 1, 9)), date(2024, 1, 16))
    assert one.notes == (ForecastNote.LITTLE_KNOWN,)
    assert (one.expected, one.weekdays, one.days) == (40, 1, 1)
    assert one.low < 25
    assert one.high > 55
    assert found.low <= found.expected <= found.high


def test_a_weekday_that_is_new() -> None:
    """Open on Saturdays from now on: as many as on another day, and little is known."""
    day = date(2025, 1, 11)
    found = arrivals_forecast(known(drawn(A_YEAR), date(2025, 1, 10), office(saturdays=True)), day)
    assert found.notes == (ForecastNote.LITTLE_KNOWN,)
    assert found.weekdays == 0
    assert 40 < found.expected < 80


def test_an_office_without_hours_is_foretold_by_the_weekdays_on_which_somebody_came() -> None:
    imported = PastArrivals(Office("log", "Log", "", "Europe/London"), date(2025, 1, 6), drawn(A_YEAR))
    assert arrivals_forecast(imported, date(2025, 1, 11)).notes == (ForecastNote.HARDLY_OPEN,)
    few = PastArrivals(imported.office, MONDAY + timedelta(days=60), drawn(60))
    assert arrivals_forecast(few, date(2025, 1, 11)).notes == (ForecastNote.NOTHING_KNOWN,)
    assert arrivals_forecast(imported, date(2025, 1, 8)).expected > 40


@pytest.mark.parametrize(
    ("came", "found"),
    [
        ({}, (52, 0, 0)),
        ({-30: 3}, (52, 1, 3)),
        ({-40: 1, -30: 1, -20: 1, -10: 1, -1: 5}, (52, 5, 9)),
        ({-50: 1, -40: 1, -30: 1, -20: 1, -10: 1, -5: 5}, None),
        ({-60: 80, -59: 80}, (52, 0, 0)),
        ({-4: 9, -1: 9}, None),
    ],
    ids=["never", "once", "one in ten", "more", "long ago", "has begun"],
)
def test_a_weekday_on_which_hardly_ever_anybody_came_has_no_figure(
    came: dict[int, int], found: tuple[int, int, int] | None
) -> None:
    """Visitors by Sundays back; in one week nobody came at all, so that its Sunday tells nothing."""
    sunday = date(2025, 6, 1)
    weeks = [sunday - timedelta(weeks=back) for back in range(1, 71) if back != 8]
    counts: Counts = {last - timedelta(days=2): {600: 20} for last in weeks}
    counts |= {sunday + timedelta(weeks=back): {660: count} for back, count in came.items()}
    past = PastArrivals(Office("log", "Log", "", "Europe/London"), sunday - timedelta(days=1), counts)
    told_of_it = arrivals_forecast(past, sunday)
    assert told_of_it.hardly_open == (None if found is None else HardlyOpen(*found))
    assert (ForecastNote.HARDLY_OPEN in told_of_it.notes) == (found is not None) == (not told_of_it.half_hours)
    assert arrivals_forecast(replace(past, office=office(sundays=True)), sunday).hardly_open is None, "its hours say so"


def test_who_came_on_that_weekday_of_that_week_in_the_years_before_is_told() -> None:
    """The weekday nearest to the date: a year with 53 weeks shifts none."""
    day = date(2018, 12, 11)
    shut = {date(2017, 12, 12), date(2016, 12, 13)}
    counts = drawn(1460, first=date(2015, 1, 5), closed=frozenset(shut))
    found = told(counts, day)
    then = sum(counts[date(2015, 12, 8)].values())
    assert [(each.day.isoformat(), each.visitors) for each in found.years_before] == [
        ("2017-12-12", 0),
        ("2016-12-13", 0),
        ("2015-12-08", then),
    ]
    assert found.notes == (ForecastNote.NOBODY_THEN,)
    assert years_before_words(found) == f"On the Tuesday of that week: 2017 nobody, 2016 nobody, 2015 {then}"
    counts[date(2016, 12, 13)] = {600: 4}
    assert told(counts, day).notes == ()
    known_since = {each: of for each, of in counts.items() if each > date(2017, 1, 1)}
    assert [each.day.year for each in told(known_since, day).years_before] == [2017]


def test_far_ahead_is_the_usual_day() -> None:
    counts = drawn(A_YEAR)
    found = told(counts, date(2025, 6, 17), lead=162)
    assert found.notes == (ForecastNote.FAR_AHEAD,)
    assert found.expected == pytest.approx(66, rel=0.15)


def test_a_weekday_when_few_come_has_days_of_nobody_and_a_busy_one_was_shut() -> None:
    """Nobody came on every third Friday; on the Mondays of June the office was shut, which it was not told."""
    days = [MONDAY + timedelta(days=later) for later in range(7, 300)]
    counts: Counts = {day: {600: 20} for day in days if day.weekday() == 0 and day.month != 6}
    counts |= {day: {600: 3} for day in days if day.weekday() == 4 and day.day % 3}
    monday, friday = date(2024, 10, 28), date(2024, 11, 1)
    assert told(counts, monday).weekdays == sum(
        day < monday and day.weekday() == 0 for day in counts if not is_shut(office(), day)
    )
    fridays = [day for day in days if day.weekday() == 4 and day < friday and not is_shut(office(), day)]
    assert told(counts, friday).weekdays == len(fridays) > sum(day in counts for day in fridays)


def test_a_quiet_day_with_an_evacuation_is_none_of_nobody() -> None:
    days = [MONDAY + timedelta(days=later) for later in range(7, 60) if (MONDAY + timedelta(days=later)).weekday() < 5]
    counts: Counts = {day: {600: 2} for day in days[::2]}
    calm = known(counts, days[-1])
    evacuated = PastArrivals(calm.office, calm.last, calm.counts, frozenset({days[0], days[1]}))
    day = days[-1] + timedelta(days=5)
    assert arrivals_forecast(evacuated, day).days == arrivals_forecast(calm, day).days - 2


def test_what_comes_later_changes_nothing() -> None:
    counts = drawn(A_YEAR)
    day = date(2024, 11, 5)
    changed = {each: ({600: 999} if each >= day else of) for each, of in counts.items()}
    all_given = PastArrivals(office(), date(2024, 12, 31), changed)
    assert arrivals_forecast(all_given, day) == told(counts, day)


def test_a_year_whose_bank_holidays_are_not_known_is_refused() -> None:
    with pytest.raises(Refusal, match="2300"):
        told(drawn(30), date(2300, 1, 1))
