"""Which appointment is due with an officer; who is ready; references that cannot be guessed."""

from __future__ import annotations

import secrets

import pytest

from reception.domain import queueing as q
from reception.domain.office import Counter, Officer, Role
from tests.domain.test_queueing import appointment, at, walk_in


@pytest.mark.parametrize(("minutes", "awaited"), [(-5.01, False), (-5, True), (0, True), (0.01, False)])
def test_awaited_from_five_minutes_before_until_its_time(minutes: float, awaited: bool) -> None:
    assert q.NextWith(at(0), "housing").is_awaited(at(minutes)) is awaited


@pytest.mark.parametrize(
    ("others", "now", "called"),
    [
        ((), -5, "due"),
        ((), -5.01, None),
        ((walk_in("w", -40),), 1, "due"),
        ((walk_in("w", -40),), -5.01, "w"),
        ((walk_in("w", -1, see_first=True),), 1, "w"),
        ((appointment("mine", -3, -5, named_officer_id="priya"),), 1, "mine"),
        ((appointment("later", 2, -5, named_officer_id="priya"),), 1, "due"),
        ((appointment("anyone's", -1, -5),), 1, "anyone's"),
    ],
)
@pytest.mark.parametrize("rule", sorted(q.RULES))
def test_whoever_is_due_with_the_officer_goes_before_walk_ins(
    rule: str, others: tuple[q.Entry, ...], now: float, called: str | None
) -> None:
    entries = [appointment("due", 0, -10, named_officer_id="priya"), *others]
    if rule in ("first_come", "staff_priority") and called in ("mine", "anyone's"):
        called = "due"  # the first to have arrived
    ranked = q.RULES[rule](entries, at(now), q.RuleSettings())
    found = q.whom_to_call(ranked, "priya", at(now))
    assert (found.entry.visit_id if found else None) == called


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
