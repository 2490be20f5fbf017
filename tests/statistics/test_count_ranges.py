"""Ranges of counts hold what they are to hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.statistics.count_ranges import ranges, variation


def drawn(mean: float, v: float, count: int = 4_000) -> np.typing.NDArray[np.float64]:
    random = np.random.default_rng(3)
    return random.poisson(random.gamma(1 / v, mean * v, count) if v else mean, count).astype(float)


@pytest.mark.parametrize(
    ("mean", "v", "about"),
    [(0.01, 0, 0.99), (1, 0, 0.74), (4, 0.1, 0.8), (39.9, 0.05, 0.8), (40.1, 0.05, 0.8), (900, 0.02, 0.8)],
)
def test_eight_in_ten(mean: float, v: float, about: float) -> None:
    """As near as whole numbers can come: of a mean of 1, none or one are 74 in 100, and none to two would be 92."""
    (low,), (high,) = ranges(np.array([mean]), np.array([v]))
    counts = drawn(mean, v)
    assert np.mean((low <= counts) & (counts <= high)) == pytest.approx(about, abs=0.045)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=5), st.floats(0, 4))
def test_ranges_are_in_order_and_about_the_mean(means: list[float], v: float) -> None:
    low, high = ranges(np.array(means), np.full(len(means), v))
    assert (low >= 0).all()
    assert (low <= high).all()


@pytest.mark.parametrize("v", [0.01, 0.05, 0.3])
def test_the_variation_is_found(v: float) -> None:
    counts = drawn(60, v)
    assert variation(np.full(len(counts), 60.0), counts, np.ones(len(counts)), 0.08, 10) == pytest.approx(v, rel=0.25)


def test_without_counts_it_is_the_usual() -> None:
    assert variation(np.empty(0), np.empty(0), np.empty(0), 0.08, 10) == pytest.approx(0.08, rel=0.02)
