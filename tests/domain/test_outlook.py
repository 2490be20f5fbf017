"""Whose promise is lost or will be, by the queue played forward, at the limits."""

from __future__ import annotations

from typing import Any

import pytest

from reception.clock import MINUTE, Instant
from reception.domain.foresight import AtWork, Coming, Foreseen, Scene, Telling, Waiting
from reception.domain.office import Counter, Officer, Role
from reception.domain.outlook import AtRisk, outlook
from reception.domain.queueing import Entry, Kind

NOW = 1_000 * MINUTE
PROMISED = 15 * MINUTE
AT_WORK = AtWork(Counter("1", "1"), Officer("priya", "Priya", Role.OFFICER), "housing", NOW)


def waiting(promised_at: Instant | None, name: str = "a", **more: Any) -> Waiting:
    since = (promised_at or NOW) - PROMISED
    return Waiting(Entry(name, Kind.WALK_IN, "housing", since, since, PROMISED, 1), promised_at, **more)


def one(each: Waiting, expected_at: Instant | None) -> AtRisk | None:
    scene = Scene(NOW, (AT_WORK,), (each,))
    found = outlook(scene, (Foreseen(each.entry.visit_id, "", expected_at),))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("ends_in", "expected_in", "is_lost"),
    [
        (15 * MINUTE, 15 * MINUTE + 1, False),
        (15 * MINUTE, 15 * MINUTE, None),
        (15 * MINUTE + 1, 60 * MINUTE, None),
        (15 * MINUTE, None, False),
        (0, 1, False),
        (0, 0, None),
        (-1, 0, True),
        (-1, None, True),
        (-60 * MINUTE, 1, True),
    ],
)
def test_the_limits(ends_in: int, expected_in: int | None, is_lost: bool | None) -> None:
    found = one(waiting(NOW + ends_in), None if expected_in is None else NOW + expected_in)
    assert (None if found is None else found.is_lost) is is_lost


def test_without_a_promise_nobody_is_at_risk() -> None:
    assert one(waiting(None), None) is None


@pytest.mark.parametrize(
    ("ends_in", "telling", "expected"),
    [
        (5 * MINUTE, Telling(), (True, False)),
        (5 * MINUTE + 1, Telling(), (False, False)),
        (-1, Telling(), (True, False)),
        (-1, Telling(NOW - MINUTE, NOW + 1), (True, True)),
        (-1, Telling(NOW - MINUTE, NOW), (True, False)),
        (-1, Telling(NOW - MINUTE), (True, True)),
        (-1, Telling(tried_at=NOW - MINUTE), (True, False)),
    ],
)
def test_told_and_untold(ends_in: int, telling: Telling, expected: tuple[bool, bool]) -> None:
    found = one(waiting(NOW + ends_in, telling=telling), NOW + 30 * MINUTE)
    assert found is not None
    assert (found.is_to_be_told, found.is_told) == expected


@pytest.mark.parametrize(
    ("starts_in", "expected_in", "promised_in"),
    [
        (5 * MINUTE, 11 * MINUTE, 10 * MINUTE),
        (5 * MINUTE, 10 * MINUTE, None),
        (11 * MINUTE, 60 * MINUTE, None),
        (-3 * MINUTE, 6 * MINUTE, 5 * MINUTE),
        (5 * MINUTE, None, None),
    ],
    ids=["late", "in time", "too far ahead", "overdue: promised as much from now", "a guess"],
)
def test_an_appointment_still_to_come(starts_in: int, expected_in: int | None, promised_in: int | None) -> None:
    starts = NOW + starts_in
    coming = Coming("b", "housing", "", starts, 5 * MINUTE, starts + 5 * MINUTE, may_ring=False)
    scene = Scene(NOW, (AT_WORK,), (), (coming,))
    found = outlook(scene, (Foreseen("", "b", None if expected_in is None else NOW + expected_in),))
    assert [(each.promised_at, each.is_lost, each.is_to_be_told) for each in found] == (
        [] if promised_in is None else [(NOW + promised_in, False, False)]
    )


def test_it_plays_the_queue_forward_itself_and_says_the_most_urgent_first() -> None:
    """One counter, ten minutes a service from now on: seen in 11, 22, 33 and 44 minutes."""
    queue = tuple(waiting(NOW + minutes * MINUTE, name) for name, minutes in (("a", 12), ("b", 14), ("c", 15)))
    found = outlook(Scene(NOW, (AT_WORK,), queue))
    assert [(each.visit_id, each.expected_at) for each in found] == [
        ("b", NOW + 22 * MINUTE),
        ("c", NOW + 33 * MINUTE),
    ]
