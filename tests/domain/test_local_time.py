"""From the clock on the wall to instants and back, on the days on which clocks change as well."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.clock import HOUR, MINUTE, local_datetime
from reception.domain.local_time import (
    closes_at,
    days_from,
    instant_of,
    is_repeated,
    opens_at,
    said_clock,
    said_day,
    said_moment,
)
from reception.errors import Code, Refusal
from tests.domain.offices import at

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "minutes", "hour", "minute"),
    [
        (date(2026, 1, 15), 9 * 60 + 30, 9, 30),
        (date(2026, 7, 15), 9 * 60 + 30, 8, 30),
        (FORWARD, 59, 0, 59),
        (FORWARD, 120, 1, 0),
        (BACK, 0, -1, 0),
        (BACK, 120, 2, 0),
        (date(2026, 1, 15), 24 * 60 - 1, 23, 59),
    ],
)
def test_a_time_on_the_wall(day: date, minutes: int, hour: int, minute: int) -> None:
    assert instant_of(day, minutes, LONDON) == at(day, 0) + hour * HOUR + minute * MINUTE
    assert not is_repeated(day, minutes, LONDON)


@pytest.mark.parametrize(("minutes", "said"), [(60, "1am"), (90, "1.30am"), (119, "1.59am")])
@pytest.mark.parametrize("later", [False, True])
def test_the_missing_hour_is_refused(minutes: int, said: str, later: bool) -> None:
    with pytest.raises(Refusal) as refused:
        instant_of(FORWARD, minutes, LONDON, later)
    assert refused.value.code is Code.BAD_INPUT
    assert refused.value.reason == (f"There is no {said} on Sunday 29 March: the clocks go forward over it.")


@pytest.mark.parametrize("minutes", [60, 90, 119])
def test_the_repeated_hour_is_there_twice(minutes: int) -> None:
    first, second = (instant_of(BACK, minutes, LONDON, later) for later in (False, True))
    assert (first, second) == (at(BACK, 0) + (minutes - 60) * MINUTE, at(BACK, 0) + minutes * MINUTE)
    assert is_repeated(BACK, minutes, LONDON)


@pytest.mark.parametrize("minutes", [-1, 24 * 60, 10_000])
def test_what_no_clock_shows_is_refused(minutes: int) -> None:
    with pytest.raises(Refusal) as refused:
        instant_of(BACK, minutes, LONDON)
    assert refused.value.code is Code.BAD_INPUT


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 24 * 60 - 1),
    st.booleans(),
    st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/St_Johns", "UTC"]),
)
def test_the_clock_shows_what_was_given_or_it_is_refused(day: date, minutes: int, later: bool, name: str) -> None:
    zone = ZoneInfo(name)
    try:
        shown = local_datetime(instant_of(day, minutes, zone, later), zone)
    except Refusal:
        offsets = {local_datetime(at(day, hour), zone).utcoffset() for hour in range(-23, 24)}
        assert len(offsets) == 2
        return
    assert (shown.date(), shown.hour * 60 + shown.minute) == (day, minutes)


def test_hours_that_begin_or_end_in_the_missing_hour_do_so_outside_it() -> None:
    assert opens_at(FORWARD, time(1, 30), LONDON) == at(FORWARD, 1, 30)
    assert closes_at(FORWARD, time(1, 30), LONDON) == at(FORWARD, 0, 30)


def test_hours_in_the_repeated_hour_are_open_through_both() -> None:
    assert opens_at(BACK, time(1, 30), LONDON) == at(BACK, 0, 30)
    assert closes_at(BACK, time(1, 30), LONDON) == at(BACK, 1, 30)


def test_days_as_they_are_written() -> None:
    assert said_day(date(2026, 12, 3)) == "Thursday 3 December"
    assert said_moment(at(date(2026, 7, 3), 8, 5), LONDON) == "Friday 3 July, 9.05am"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (time(0), "midnight"),
        (time(0, 5), "12.05am"),
        (time(9), "9am"),
        (time(10, 30), "10.30am"),
        (time(12), "midday"),
        (time(12, 1), "12.01pm"),
        (time(17), "5pm"),
        (time(23, 59, 59), "11.59pm"),
    ],
)
def test_times_as_people_say_them(shown: time, said: str) -> None:
    assert said_clock(shown) == said


@given(st.dates())
def test_every_day_has_its_name(day: date) -> None:
    assert said_day(day) == f"{day:%A} {day.day} {day:%B}"


def test_days_end_with_the_calendar() -> None:
    assert days_from(date(2026, 2, 27), 3) == (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1))
    assert days_from(date.max, 5) == ()
