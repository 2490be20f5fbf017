"""How those who came before found the queue, told from the times of their legs."""

from __future__ import annotations

import pytest

from reception.clock import MINUTE
from reception.domain.draining import Standing
from reception.domain.expecting import Waited
from reception.domain.retracing import PastLeg, recent_wait, retraced, usual_minutes

START = 1_000_000 * MINUTE
SHARES = {"a": ("a", "b"), "b": ("a", "b"), "z": ("z",)}


def leg(came: int, began: int, ended: int | None, counter: str = "1", service: str = "a", **more: bool) -> PastLeg:
    """Minutes since the start."""
    ends = None if ended is None else START + ended * MINUTE
    waited = (began - came) * MINUTE
    return PastLeg("2026-03-02", service, counter, START + came * MINUTE, START + began * MINUTE, ends, waited, **more)


def standings(*legs: PastLeg, overtakes: int = 2) -> list[Standing]:
    return [each.standing for each in retraced(legs, SHARES, {}, 8.0, overtakes)]


def test_the_first_of_a_day_finds_nobody() -> None:
    assert retraced([leg(0, 1, 9)], SHARES, {}, 8.0, 2) == [Waited(Standing(0.0), 1.0)]


def test_whoever_comes_next_finds_the_one_who_is_served() -> None:
    """Eight minutes into a service of usually eight: four more."""
    assert standings(leg(0, 0, 20), leg(8, 20, 25))[1] == Standing(4.0, 0.0, 0.0)


def test_those_who_waited_are_ahead_and_the_oldest_is_told() -> None:
    found = standings(leg(0, 0, 20), leg(2, 20, 25), leg(8, 25, 30))
    assert found[2] == Standing(12.0, 0.0, 6.0)


def test_a_second_counter_shares_the_work() -> None:
    found = standings(leg(0, 0, 20, "1"), leg(0, 0, 20, "2"), leg(1, 20, 25, "1"), leg(8, 20, 30, "2"))
    assert found[3].drain == pytest.approx(8.0)  # four more at each, and half a service on top


def test_nothing_that_came_later_is_used() -> None:
    known = [leg(0, 0, 20), leg(2, 20, 25), leg(8, 25, 30)]
    assert standings(*known, leg(9, 30, 31), leg(12, 31, 40, "2"))[:3] == standings(*known)


def test_other_counters_and_other_days_make_nobody_wait() -> None:
    elsewhere = leg(0, 0, 60, "9", "z")
    waits_there = leg(1, 60, 70, "9", "z")
    assert standings(elsewhere, waits_there, leg(30, 30, 40))[2] == Standing(0.0)


def test_whoever_was_overtaken_too_often_is_taken_to_have_been_away() -> None:
    away = leg(0, 60, 61)
    others = [leg(came, came, came + 1) for came in (1, 3, 5)]
    last = leg(10, 10, 12)
    assert standings(away, *others, last)[-1].oldest == 0.0
    assert standings(away, *others, last, overtakes=3)[-1].oldest == 10.0


def test_later_legs_and_appointments_are_in_the_way_and_foretell_nothing() -> None:
    found = retraced([leg(0, 0, 20, foretells=False), leg(8, 20, 25)], SHARES, {}, 8.0, 2)
    assert found == [Waited(Standing(4.0), 12.0)]


def test_the_last_three_waits_of_what_shares_its_counters() -> None:
    latest_first = [leg(40, 50, 51), leg(30, 38, 39, service="z"), leg(20, 24, 25, service="b"), leg(10, 11, 12)]
    assert recent_wait([*latest_first, leg(0, 99, 100)], SHARES["a"]) == 5.0
    assert recent_wait([], SHARES["a"]) == 0.0


def test_a_usual_service_begins_as_elsewhere_and_is_learnt() -> None:
    assert usual_minutes([], 8.0, 50, 5) == ({}, 8.0)
    usual, over_all = usual_minutes([leg(0, 0, 20), leg(0, 0, 500), leg(0, 0, None)], 8.0, 50, 5)
    assert over_all == pytest.approx((40 + 20 + 90) / 7)  # one that nobody closed counts 90 minutes at most
    assert usual == {"a": pytest.approx((5 * over_all + 110) / 7)}
