"""Plans changed by hand, half hour by half hour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.planning import counters_in, one_fewer, one_more, spans_of, with_counters
from reception.domain.staffing import Desk, Plan

NINE, TEN, ELEVEN, NOON, ONE, FIVE = 540, 600, 660, 720, 780, 1020


@pytest.mark.parametrize(
    ("desks", "minute", "more"),
    [
        ((), NINE, (Desk(NINE, 570),)),
        ((Desk(NINE, TEN),), NINE, (Desk(NINE, TEN), Desk(NINE, 570))),
        ((Desk(NINE, TEN, skills=frozenset({"h"})),), TEN, (Desk(NINE, 630, skills=frozenset({"h"})),)),
        ((Desk(NINE, FIVE, ((NOON, ONE),)),), NOON, (Desk(NINE, FIVE, ((750, ONE),)),)),
        ((Desk(NINE, FIVE, ((NOON, 750),)),), NOON, (Desk(NINE, FIVE),)),
        ((Desk(NINE, TEN), Desk(ELEVEN, NOON)), 630, (Desk(NINE, TEN), Desk(630, NOON))),
        ((Desk(NINE, TEN),), NOON, (Desk(NINE, 750, ((TEN, NOON),)),)),
    ],
)
def test_one_more(desks: tuple[Desk, ...], minute: int, more: tuple[Desk, ...]) -> None:
    assert one_more(Plan(desks), minute).desks == more


@pytest.mark.parametrize(
    ("desks", "minute", "fewer"),
    [
        ((), NINE, ()),
        ((Desk(NINE, 570),), NINE, ()),
        ((Desk(NINE, TEN), Desk(NINE, FIVE)), 570, (Desk(NINE, 570), Desk(NINE, FIVE))),
        ((Desk(NINE, FIVE), Desk(NINE, FIVE)), NOON, (Desk(NINE, FIVE), Desk(NINE, FIVE, ((NOON, 750),)))),
        ((Desk(NINE, FIVE, ((NOON, ONE),)),), ONE, (Desk(NINE, FIVE, ((NOON, 810),)),)),
        ((Desk(605, 655),), 630, (Desk(605, 630),)),
    ],
)
def test_one_fewer(desks: tuple[Desk, ...], minute: int, fewer: tuple[Desk, ...]) -> None:
    assert one_fewer(Plan(desks), minute).desks == fewer


_slots = st.integers(18, 33).map(lambda slot: slot * 30)


@given(st.lists(st.tuples(_slots, st.integers(0, 6)), max_size=12))
def test_a_half_hour_has_what_it_was_given_and_no_other_changes(edits: list[tuple[int, int]]) -> None:
    plan = Plan((Desk(NINE, FIVE, ((NOON, ONE),)), Desk(605, 655)))
    wanted = {minute: counters_in(plan, minute) for minute in range(NINE, FIVE, 30)}
    for minute, count in edits:
        plan = with_counters(plan, minute, count)
        wanted[minute] = count
    assert {minute: counters_in(plan, minute) for minute in range(NINE, FIVE, 30)} == wanted
    assert all(begin < end for desk in plan.desks for begin, end in spans_of(desk))
