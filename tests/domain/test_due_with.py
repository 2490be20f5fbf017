"""Which appointment is due with an officer; who is ready; references that cannot be guessed."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant
from reception.domain import queueing as q
from reception.domain.appointment import Appointment
from reception.domain.booked import Kind, Standing
from reception.domain.booking import Place
from reception.domain.office import Counter, Officer, Role
from tests.domain.offices import MONDAY, at
from tests.domain.test_queueing import walk_in

TEN = at(MONDAY, 10)
GRACE = 15 * MINUTE


def booked(name: str = "one", starts: Instant = TEN, officer: str = "priya", **changes: Any) -> Appointment:
    appointment = Appointment(
        id=name,
        office_id="office",
        reference="AP-1",
        kind=Kind.OFFICE,
        standing=Standing.BOOKED,
        service_id="housing",
        place=Place(starts, starts + 30 * MINUTE, officer),
        booked_at=TEN - 24 * HOUR,
        last_at=TEN - 24 * HOUR,
        local_day=MONDAY,
    )
    return replace(appointment, **changes)


@pytest.mark.parametrize(
    ("minutes", "standing", "is_due"),
    [
        (-5.01, Standing.BOOKED, False),
        (-5, Standing.BOOKED, True),
        (0, Standing.BOOKED, True),
        (15, Standing.BOOKED, True),
        (15.01, Standing.BOOKED, False),
        (-5.01, Standing.CHECKED_IN, False),
        (60, Standing.CHECKED_IN, True),
        (0, Standing.CANCELLED, False),
        (0, Standing.DID_NOT_ATTEND, False),
        (0, Standing.ATTENDED, False),
    ],
)
def test_due_from_five_minutes_before_until_it_is_seen_or_missed(
    minutes: float, standing: Standing, is_due: bool
) -> None:
    appointment = booked(standing=standing)
    found = q.due_with([appointment], "priya", TEN + round(minutes * MINUTE), GRACE)
    assert found == (appointment if is_due else None)


def test_due_with_this_officer_only_and_the_first_of_several() -> None:
    several = [booked("late", TEN + 3 * MINUTE), booked("first"), booked("other", TEN - MINUTE, "ewan")]
    found = q.due_with(several, "priya", TEN, GRACE)
    assert found is not None
    assert found.id == "first"
    assert q.due_with(several, "grace", TEN, GRACE) is None
    assert q.due_with([booked(voided=True)], "priya", TEN, GRACE) is None


def test_who_is_not_ready_is_served_by_nobody() -> None:
    ready, not_ready = walk_in("ready", 0), walk_in("not ready", 0, ready=False)
    priya = Officer("priya", "Priya", Role.OFFICER)
    assert q.served_by([not_ready, ready], priya, Counter("1", "Counter 1")) == [ready]


def test_a_reference_is_the_same_for_the_same_booking_and_cannot_be_guessed() -> None:
    ids = [secrets.token_hex(16) for _ in range(500)]
    references = [q.appointment_reference(each) for each in ids]
    assert [q.appointment_reference(each) for each in ids] == references
    assert len(set(references)) == 500
    for reference in references:
        prefix, characters = reference[:3], reference[3:]
        assert prefix == "AP-"
        assert len(characters) == 8
        assert set(characters) <= set(q.CODE_ALPHABET)
    for place in range(3, 11):
        assert {reference[place] for reference in references} == set(q.CODE_ALPHABET)


def test_ids_that_differ_in_their_last_character_have_references_of_their_own() -> None:
    first, second = q.appointment_reference("0" * 31 + "1"), q.appointment_reference("0" * 31 + "2")
    assert sum(a != b for a, b in zip(first, second, strict=True)) > 4
