"""Erlang's formula of waiting: published worked examples, closed forms, and what must hold of every queue."""

from __future__ import annotations

from fractions import Fraction
from math import erf, exp, factorial, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import Code, Refusal
from reception.statistics.erlang import least_counters, queueing

EXAMPLES = [
    # "Erlang C Formula - Made Simple With an Easy Worked Example" (Call Centre Helper): 100 calls in 30 minutes of 180
    # seconds, 20 seconds, 14 agents; to the last digit as printed by PyPI: pyworkforce 0.1.0 and, with the mean wait of
    # 7.83593701177724 s, by rdocumentation.org: ErlangC 0.1.0
    (200, 3, 14, 20 / 60, 10, 0.1741319335950498, 7.83593701177724 / 60, 0.8883500191794669),
    # the same source's first step of its search: 11 agents
    (200, 3, 11, 20 / 60, 10, 0.6821182, None, None),
    # Wolfram Language & System, "ErlangC": 30 calls an hour of five minutes; six employees are the fewest with which
    # nine in ten are not delayed
    (30, 5, 6, 0, 2.5, None, None, 0.9525551878),
]


@pytest.mark.parametrize(("arrivals", "service", "counters", "within", "load", "waits", "mean", "share"), EXAMPLES)
def test_published_examples(
    arrivals: float,
    service: float,
    counters: int,
    within: float,
    load: float,
    waits: float | None,
    mean: float | None,
    share: float | None,
) -> None:
    found = queueing(arrivals, service, counters, within)
    assert found.offered_load == pytest.approx(load)
    for value, printed in (
        (found.probability_of_wait, waits),
        (found.mean_wait_min, mean),
        (found.share_within, share),
    ):
        assert printed is None or value == pytest.approx(printed, abs=5e-8)


def test_the_fewest_of_the_published_examples() -> None:
    assert least_counters(10, 3, 20 / 60, 0.8) == 14
    assert least_counters(2.5, 5, 0, 0.9) == 6


def by_factorials(load: Fraction, counters: int) -> Fraction:
    """The formula as it stands in books, in fractions."""
    last = load**counters / factorial(counters) * counters / (counters - load)
    return last / (sum(load**k / Fraction(factorial(k)) for k in range(counters)) + last)


@given(st.integers(1, 40), st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100))
def test_as_the_formula_in_books(counters: int, busy: Fraction) -> None:
    load = busy * counters
    found = queueing(float(load) * 10, 6, counters, 4)
    assert found.probability_of_wait == pytest.approx(float(by_factorials(load, counters)), rel=1e-9)


@given(st.floats(0.01, 0.99), st.floats(0.1, 60), st.floats(0, 60))
def test_one_counter_is_m_m_1(busy: float, service: float, within: float) -> None:
    found = queueing(busy * 60 / service, service, 1, within)
    assert found.probability_of_wait == pytest.approx(busy)
    assert found.mean_wait_min == pytest.approx(busy * service / (1 - busy))
    assert found.share_within == pytest.approx(1 - busy * exp(-(1 - busy) * within / service))


@given(st.floats(0.1, 200), st.integers(1, 30), st.floats(0, 30), st.floats(1, 20))
def test_another_counter_and_more_patience_never_harm(load: float, spare: int, within: float, service: float) -> None:
    counters = int(load) + spare
    few = queueing(load * 60 / service, service, counters + 1, within)
    more = queueing(load * 60 / service, service, counters + 2, within)
    later = queueing(load * 60 / service, service, counters + 1, within + 1)
    assert more.probability_of_wait <= few.probability_of_wait <= 1
    assert more.mean_wait_min <= few.mean_wait_min
    assert 0 <= few.share_within <= min(more.share_within, later.share_within) <= 1


@given(st.floats(0, 300), st.floats(0, 0.99), st.floats(0, 30))
def test_the_fewest_counters_are_enough_and_one_less_is_not(load: float, share: float, within: float) -> None:
    service = 8.0
    counters = least_counters(load, service, within, share)
    assert queueing(load * 60 / service, service, counters, within).share_within >= share
    if counters - 1 > load * 60 / service * service / 60:
        assert counters == 1 or queueing(load * 60 / service, service, counters - 1, within).share_within < share


def test_twelve_thousand_erlangs() -> None:
    found = queueing(240_000, 3, 12_050, 1)
    assert found.offered_load == 12_000
    assert 0 < found.probability_of_wait < 1
    # Halfin and Whitt (1981), right for many counters: with b = (c - a) / sqrt(a) it is 1 / (1 + b F(b) / f(b))
    spare = 50 / sqrt(12_000)
    density = exp(-(spare**2) / 2) / sqrt(2 * pi)
    below = (1 + erf(spare / sqrt(2))) / 2
    assert found.probability_of_wait == pytest.approx(1 / (1 + spare * below / density), rel=0.005)
    # exp(-7 / 3) is below a tenth, exp(-6 / 3) above it, and nearly all wait
    assert least_counters(12_000, 3, 1, 0.9) == 12_007


def test_nobody_comes() -> None:
    found = queueing(0, 5, 1, 0)
    assert (found.offered_load, found.probability_of_wait, found.mean_wait_min, found.share_within) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("arrivals", "service", "counters", "within", "words"),
    [
        (60, 5, 5, 1, "With 5 counters it never settles: visitors bring the work of 5 counters"),
        (61, 60, 1, 1, "With 1 counter it never settles"),
        (60, 5, 0, 1, "0 counters"),
        (60, 5, 10**7, 1, "counters cannot be reckoned"),
        (-1, 5, 1, 1, "Fewer than no arrivals"),
        (float("nan"), 5, 1, 1, "arrivals"),
        (float("inf"), 5, 1, 1, "arrivals"),
        (60, 0, 1, 1, "longer than 0 minutes"),
        (1, 5, 1, -1, "no shorter than 0 minutes"),
    ],
)
def test_refusals(arrivals: float, service: float, counters: int, within: float, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        queueing(arrivals, service, counters, within)
    assert refused.value.code is Code.BAD_INPUT
    assert refused.value.remedy


def test_never_settles_says_how_many_would() -> None:
    with pytest.raises(Refusal) as refused:
        queueing(60, 5, 4, 1)
    assert refused.value.remedy == "Give at least 6 counters."
    assert queueing(60, 5, 6, 1).share_within > 0


@pytest.mark.parametrize("share", [1.0, -0.1, float("nan")])
def test_a_share_that_cannot_be_reached(share: float) -> None:
    with pytest.raises(Refusal):
        least_counters(5, 5, 1, share)
