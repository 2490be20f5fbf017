"""Whether an office is open, when it opens next, and when its day is full."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reception.clock import from_datetime
from reception.domain.office import Hours, Office
from reception.domain.opening import Doors, doors_of, full_from
from reception.domain.said_wait import ExpectedWait

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = tuple(Hours(day, time(9), time(17)) for day in range(5))
OFFICE = Office("office", "Civic Offices", "Hertsmere", "Europe/London", hours=WEEKDAYS)
BUSHEY = replace(OFFICE, hours=(Hours(3, time(9, 30), time(14)),))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> int:
    return from_datetime(datetime(2026, month, day, hour, minute, tzinfo=LONDON))


@pytest.mark.parametrize(
    ("office", "now", "expected"),
    [
        (OFFICE, at(24, 10), Doors(True, at(24, 17), at(25, 9))),
        (OFFICE, at(24, 9), Doors(True, at(24, 17), at(25, 9))),
        (OFFICE, at(24, 8, 59), Doors(False, None, at(24, 9))),
        (OFFICE, at(24, 17), Doors(False, None, at(25, 9))),
        (OFFICE, at(27, 18), Doors(False, None, at(30, 9))),
        # Christmas Day and, for Boxing Day on a Saturday, the Monday after
        (OFFICE, at(24, 18, month=12), Doors(False, None, at(29, 9, month=12))),
        (replace(OFFICE, closures=frozenset({date(2026, 11, 25)})), at(24, 18), Doors(False, None, at(26, 9))),
        (BUSHEY, at(24, 10), Doors(False, None, at(26, 9, 30))),
        (replace(OFFICE, hours=()), at(24, 3), Doors(True)),
    ],
)
def test_an_office_opens_as_its_hours_closures_and_bank_holidays_say(office: Office, now: int, expected: Doors) -> None:
    assert doors_of(office, now) == expected


def test_a_day_is_full_when_the_middle_of_what_is_expected_lies_past_closing() -> None:
    assert full_from(ExpectedWait(20, 40), at(24, 17)) == at(24, 16, 30)
    assert full_from(None, at(24, 17)) is None
    assert full_from(ExpectedWait(20, 40), None) is None
