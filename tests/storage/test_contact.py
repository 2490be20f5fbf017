"""Live, slow and out of reach, judged from when was asked and when was answered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.stations import LOST_AFTER, SLOW_AFTER, Contact, Reach
from reception.storage.contact import Judge

NOON = 1_700_000_000_000


def judged(*steps: tuple[str, int]) -> list[Contact]:
    told: list[Contact] = []
    judge = Judge(told.append, 0)
    for what, at in steps:
        match what:
            case "asked":
                judge.asked(at)
            case "answered":
                judge.answered(at, NOON + at)
            case "refused":
                judge.refused()
            case "look":
                judge.look(at)
    return told


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([("asked", 0), ("answered", 5)], "live"),
        ([("asked", 0), ("answered", 5), ("asked", 800), ("look", 1_799)], "live"),
        ([("asked", 0), ("answered", 5), ("asked", 800), ("look", 1_800)], "live slow"),
        ([("asked", 0), ("answered", 5), ("asked", 800), ("look", 1_900), ("answered", 2_000)], "live slow live"),
        ([("asked", 0), ("answered", 5), ("asked", 800), ("look", 1_900), ("look", 3_004)], "live slow"),
        ([("asked", 0), ("answered", 5), ("asked", 800), ("look", 1_900), ("look", 3_005)], "live slow lost"),
        ([("asked", 0), ("answered", 5), ("refused", 6), ("refused", 7), ("look", 9_000)], "live lost"),
        ([("asked", 0), ("answered", 5), ("refused", 6), ("asked", 7), ("answered", 8)], "live lost live"),
        # A server that takes two seconds for each answer is slow, and not lost.
        (
            [("asked", 0), ("answered", 5)]
            + [(what, 805 + wait) for what, wait in (("asked", 0), ("look", 1_999), ("answered", 2_000))]
            + [(what, 3_605 + wait) for what, wait in (("asked", 0), ("look", 1_999), ("answered", 2_000))],
            "live slow live slow live",
        ),
        # Nothing was asked since: nobody knows, and nothing is said.
        ([("asked", 0), ("answered", 5), ("look", 60_000)], "live"),
        # Out of reach from the beginning.
        ([("asked", 0), ("look", 1_000), ("look", 3_000)], "slow lost"),
    ],
)
def test_what_is_said(steps: list[tuple[str, int]], said: str) -> None:
    assert [each.reach.value for each in judged(*steps)] == said.split()


def test_it_says_when_it_was_last_live() -> None:
    told = judged(("asked", 0), ("answered", 5), ("asked", 800), ("look", 4_000), ("refused", 5_000))
    assert told == [Contact(Reach.LIVE, NOON + 5), Contact(Reach.LOST, NOON + 5)]


@given(st.integers(0, 700), st.integers(1, 900))
def test_whoever_looks_when_he_is_told_to_misses_nothing(answered: int, asked_after: int) -> None:
    told: list[tuple[Reach, int]] = []
    now = answered
    judge = Judge(lambda contact: told.append((contact.reach, now)), 0)
    judge.asked(0)
    judge.answered(answered, NOON)
    now = answered + asked_after
    judge.asked(now)
    while (wait := judge.next_look(now)) is not None:
        now += wait
        judge.look(now)
    assert told[1:] == [(Reach.SLOW, answered + asked_after + SLOW_AFTER), (Reach.LOST, answered + LOST_AFTER)]
