"""Days and times as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.typed import day_typed, minutes_typed

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9 3 1971", date(1971, 3, 9)),
        ("09/03/1971", date(1971, 3, 9)),
        ("9 March 1971", date(1971, 3, 9)),
        ("09.03.71", date(1971, 3, 9)),
        ("1-2-24", date(2024, 2, 1)),
        ("29 2 2000", date(2000, 2, 29)),
        ("31 2 1971", None),
        ("1971", None),
        ("9 13 1971", None),
        ("9 Mitzvah 1971", None),
        ("", None),
    ],
)
def test_a_date_of_birth(text: str, day: date | None) -> None:
    assert day_typed(text, TODAY, past=True) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 11", date(2026, 11, 24)),
        ("23 11", date(2027, 11, 23)),
        ("1 December", date(2026, 12, 1)),
        ("3 1 27", date(2027, 1, 3)),
        ("3 1 2025", date(2025, 1, 3)),
    ],
)
def test_a_day_to_come(text: str, day: date) -> None:
    assert day_typed(text, TODAY) == day


@given(st.dates(date(1900, 1, 1), date(2026, 11, 24)))
def test_every_birthday_is_read(day: date) -> None:
    assert day_typed(f"{day.day}/{day.month}/{day.year}", TODAY, past=True) == day


@given(st.text(max_size=20))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    day_typed(text, TODAY)
    minutes_typed(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9.30", 570),
        ("9", 540),
        ("14:15", 855),
        ("2pm", 840),
        ("2", 840),
        ("02", 120),
        ("12am", 0),
        ("12pm", 720),
        ("12.10", 730),
        ("25", None),
        ("9.75", None),
        ("noon", 720),
        ("Midday", 720),
        ("13pm", None),
    ],
)
def test_a_time_of_day(text: str, minutes: int | None) -> None:
    assert minutes_typed(text) == minutes
