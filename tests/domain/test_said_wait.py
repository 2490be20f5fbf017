"""An expected wait in the figures that visitors are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.said_wait import ExpectedWait, SaidWait, said_wait


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1, 29, SaidWait(None, 30)),
        (1, 3, SaidWait(None, 5)),
        (2, 8, SaidWait(None, 10)),
        (7, 24, SaidWait(5, 25)),
        (13, 34, SaidWait(10, 35)),
        (13, 33, SaidWait(13, 33)),
        (5, 14, SaidWait(5, 14)),
        (5, 5, SaidWait(5, 5)),
        (20, 12, SaidWait(12, 20)),
    ],
)
def test_a_wide_range_is_told_in_steps_of_five(low: int, high: int, said: SaidWait) -> None:
    assert said_wait(ExpectedWait(low, high)) == said


@given(low=st.integers(1, 300), more=st.integers(1, 300))
def test_what_is_told_leaves_out_nothing_that_is_expected(low: int, more: int) -> None:
    said = said_wait(ExpectedWait(low, low + more))
    assert (said.low or 0) <= low
    assert low + more <= said.high < low + more + 5
    assert said.low is None or 1 < said.low < said.high
