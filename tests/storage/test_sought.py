"""Names, numbers and birthdays are the same however they are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.storage.sought import sought_day, sought_name, sought_telephone

SAME_NAMES = [
    ("Zoë O'Hara-Lee", "zoe ohara lee"),
    ("STRAẞE", "strasse"),
    ("Łukasz", "łUKASZ"),
    ("王 小明", "王小明"),
    ("Ştefan", "stefan"),
    ("محمّد", "محمد"),
    ("Smith℠", "smithsm"),
    ("㎏", "kg"),
]
SAME_NUMBERS = ["020 7946 0100", "(020) 7946-0100", "+44 20 7946 0100", "+44 (0)20 7946 0100", "0044 20 7946 0100"]
DAYS = ["3/4/1980", "03/04/1980", "3.4.1980", "3-4-80", "3 April 1980", "3rd Apr, 1980", "3 APRIL 80", "1980-04-03"]
NO_DAYS = ["", "31/2/1980", "3/13/1980", "3 Aprilis 1980", "3 foo 1980", "1980", "3/4", "0/1/1980", "0100"]


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert sought_name(one) == sought_name(other) != ""


@given(st.text())
def test_a_name_is_found_by_what_is_kept_of_it(name: str) -> None:
    assert sought_name(sought_name(name)) == sought_name(name)
    assert sought_name(name.upper().lower()) == sought_name(name.lower()) or not name.isascii()


@pytest.mark.parametrize("number", SAME_NUMBERS)
def test_numbers_that_are_the_same(number: str) -> None:
    assert sought_telephone(number) == "02079460100"


def test_a_number_that_only_begins_like_abroad() -> None:
    assert sought_telephone("4471 2345") == "44712345"


@pytest.mark.parametrize("text", DAYS)
def test_the_day_before_the_month(text: str) -> None:
    assert sought_day(text) == date(1980, 4, 3)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day(text: str) -> None:
    assert sought_day(text) is None


@given(st.text())
def test_whatever_is_typed_is_a_day_or_none(text: str) -> None:
    sought_day(text)
    sought_telephone(text)
