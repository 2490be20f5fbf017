"""What a kiosk says of an appointment that was looked for, and how wrong tries are slowed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, SECOND, from_datetime
from reception.domain.appointment import Appointment
from reception.domain.booked import Kind, Standing
from reception.domain.booking import Place
from reception.domain.kiosk import Finding
from reception.domain.kiosk_finding import LONGEST_WAIT, TRIES_REMEMBERED, Elsewhere, Found, decide, wait_after
from reception.domain.office import Office

DAY = date(2026, 3, 2)
TEN = from_datetime(datetime.combine(DAY, time(10), tzinfo=UTC))
OFFICE = Office("here", "Civic Offices", "Hertsmere", "Europe/London", grace_minutes=15)
BOOKED = Appointment(
    "a",
    "here",
    "AP-7KQ2M9XD",
    Kind.OFFICE,
    Standing.BOOKED,
    "housing",
    Place(TEN, TEN + 30 * MINUTE),
    booked_at=0,
    last_at=0,
    local_day=DAY,
)


@pytest.mark.parametrize(
    ("changes", "now", "finding"),
    [
        ({}, TEN - 30 * MINUTE - 1, Finding.EARLY),
        ({}, TEN - 30 * MINUTE, Finding.READY),
        ({}, TEN + 15 * MINUTE, Finding.READY),
        ({}, TEN + 15 * MINUTE + 1, Finding.LATE),
        ({"standing": Standing.DID_NOT_ATTEND}, TEN + 20 * MINUTE, Finding.LATE),
        ({"standing": Standing.DID_NOT_ATTEND}, TEN + 10 * MINUTE, Finding.LATE),
        ({"standing": Standing.CHECKED_IN}, TEN, Finding.ALREADY_CHECKED_IN),
        ({"standing": Standing.CANCELLED}, TEN, Finding.CANCELLED),
        ({}, TEN + 24 * HOUR, Finding.OTHER_DAY),
        ({"kind": Kind.TELEPHONE}, TEN, Finding.BY_TELEPHONE),
        ({"kind": Kind.TELEPHONE}, TEN + 24 * HOUR, Finding.OTHER_DAY),
        ({"kind": Kind.TELEPHONE, "standing": Standing.CANCELLED}, TEN, Finding.CANCELLED),
        ({"kind": Kind.HOME_VISIT}, TEN, Finding.AT_HOME),
        ({"voided": True}, TEN, Finding.NOT_FOUND),
        ({"office_id": "there"}, TEN, Finding.NOT_FOUND),
    ],
)
def test_what_was_found_is_told_apart(changes: dict[str, object], now: int, finding: Finding) -> None:
    found = decide(Found(replace(BOOKED, **changes), number="H007"), OFFICE, now)
    assert found.finding is finding
    assert (found.number == "H007") is (finding is Finding.ALREADY_CHECKED_IN)
    may_check_in = changes.get("kind", Kind.OFFICE) is Kind.OFFICE and finding is not Finding.NOT_FOUND
    assert (found.appointment_id != "") is may_check_in


def test_elsewhere_says_where_and_when_and_nothing_else() -> None:
    there = decide(Found(elsewhere=Elsewhere(DAY, "there", "Area Office")), OFFICE, TEN)
    assert (there.finding, there.office, there.day) == (Finding.OTHER_OFFICE, "Area Office", DAY)
    another_day = decide(Found(elsewhere=Elsewhere(DAY, "here", "Civic Offices")), OFFICE, TEN)
    assert another_day.finding is Finding.OTHER_DAY
    assert (there.appointment_id, there.starts_at, another_day.appointment_id) == ("", None, "")


def test_nothing_found_and_too_many_tries() -> None:
    assert decide(Found(), OFFICE, TEN).finding is Finding.NOT_FOUND
    slowed = decide(Found(BOOKED, again_in=14_001), OFFICE, TEN)
    assert (slowed.finding, slowed.again_in_seconds, slowed.appointment_id) == (Finding.TOO_MANY_TRIES, 15, "")


@pytest.mark.parametrize(
    ("tries", "ago", "wait"),
    [
        (4, 0, 0),
        (5, 0, 15 * SECOND),
        (5, 15 * SECOND, 0),
        (6, 0, 30 * SECOND),
        (7, 10 * SECOND, 50 * SECOND),
        (9, 0, 4 * MINUTE),
        (10, 0, 5 * MINUTE),
        (99, 0, 5 * MINUTE),
        (99, TRIES_REMEMBERED, 0),
    ],
)
def test_each_wrong_try_waits_longer(tries: int, ago: int, wait: int) -> None:
    assert wait_after([TEN - ago] * tries, TEN) == wait


@given(st.lists(st.integers(0, 30 * MINUTE), max_size=40))
def test_a_wait_is_bounded_and_passes(ago: list[int]) -> None:
    wait = wait_after([TEN - each for each in ago], TEN)
    assert 0 <= wait <= LONGEST_WAIT
    assert wait_after([TEN - each for each in ago], TEN + wait) == 0
