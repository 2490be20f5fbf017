"""Signals of a control chart as sentences."""

from __future__ import annotations

from datetime import date

import pytest

from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.past_view import Difference
from reception.domain.signal_words import said_chance, said_measure, said_minutes, said_share, said_signals, said_span


def chart(found: Found, value: float, *others: date) -> ControlChart:
    days = sorted({found.first, found.last, *others})
    return ControlChart(0.9, tuple(ChartPoint(day, value, 0.8, 1.0, 40) for day in days), (found,))


@pytest.mark.parametrize(
    ("signal", "first", "last", "count", "is_above", "sentence"),
    [
        ("run", "2026-10-05", "2026-10-15", 9, False, "Nine days in a row below the mean, 5 to 15 October"),
        ("run", "2026-09-28", "2026-10-09", 10, True, "10 days in a row above the mean, 28 September to 9 October"),
        (
            "run",
            "2026-12-23",
            "2027-01-08",
            9,
            True,
            "Nine days in a row above the mean, 23 December 2026 to 8 January 2027",
        ),
        ("trend", "2026-10-05", "2026-10-12", 6, True, "Six days in a row, each above the one before, 5 to 12 October"),
        (
            "trend",
            "2026-10-05",
            "2026-10-12",
            6,
            False,
            "Six days in a row, each below the one before, 5 to 12 October",
        ),
        (
            "beyond_limit",
            "2026-10-19",
            "2026-10-19",
            1,
            False,
            "Monday 19 October: 79 %, below the usual range of these days",
        ),
        (
            "beyond_limit",
            "2026-10-19",
            "2026-10-20",
            2,
            False,
            "Two days in a row below the usual range of these days, 19 and 20 October",
        ),
        (
            "two_of_three",
            "2026-10-19",
            "2026-10-21",
            3,
            True,
            "Two of three days in a row far above the mean, 19 to 21 October",
        ),
        (
            "two_of_three",
            "2026-09-30",
            "2026-10-02",
            2,
            True,
            "Two days in a row far above the mean, 30 September and 2 October",
        ),
        ("two_of_three", "2026-10-19", "2026-10-23", 5, True, "Time and again far above the mean, 19 to 23 October"),
    ],
)
def test_a_signal_is_a_sentence(signal: str, first: str, last: str, count: int, is_above: bool, sentence: str) -> None:
    found = Found(Signal(signal), date.fromisoformat(first), date.fromisoformat(last), count, is_above)
    assert said_signals(chart(found, 0.7999), said_share) == (sentence,)


def test_three_days_of_three_are_not_said_to_be_two() -> None:
    days = [date(2026, 10, day) for day in (19, 20, 21)]
    points = tuple(ChartPoint(day, 0.5, 0.8, 1.0, 40, (Signal.TWO_OF_THREE,)) for day in days)
    found = Found(Signal.TWO_OF_THREE, days[0], days[2], 3, False)
    words = "days in a row far below the mean, 19 to 21 October"
    assert said_signals(ControlChart(0.9, points, (found,)), said_share) == (f"Three {words}",)
    two = (points[0], ChartPoint(days[1], 0.95, 0.8, 1.0, 40, (Signal.TWO_OF_THREE,)), points[2])
    assert said_signals(ControlChart(0.9, two, (found,)), said_share) == (f"Two of three {words}",)


@pytest.mark.parametrize(
    ("widened", "is_found", "sentence"),
    [
        (1.0, True, ""),
        (1.049, False, "No day, and no row of days, stands out from the others"),
        (
            3.24,
            False,
            (
                "Days differ 3.2 times as much as chance alone would have them; "
                "none stands out from the others by that measure"
            ),
        ),
        (
            1.66,
            True,
            "Days differ 1.7 times as much as chance alone would have them; the usual range allows for that",
        ),
    ],
)
def test_that_days_differ_by_more_than_chance_is_said(widened: float, is_found: bool, sentence: str) -> None:
    assert said_measure(widened, is_found=is_found) == sentence


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [
        (
            Difference(-3.2, -13.0, 6.6, False),
            "no more than chance explains (between 13.0 points lower and 6.6 higher)",
        ),
        (Difference(-3.0, -13.0, 7.0, False), "no more than chance explains (between 13 points lower and 7 higher)"),
        (Difference(-3.2, -5.4, -1.0, True), "more than chance explains (between 1.0 and 5.4 points lower)"),
        (Difference(24.6, 0.6, 48.6, True), "more than chance explains (between 0.6 and 48.6 points higher)"),
        (None, "too few days to tell whether by chance"),
    ],
)
def test_a_difference_has_its_range(difference: Difference | None, sentence: str) -> None:
    assert said_chance(difference) == sentence


def test_of_several_years_the_year_is_said() -> None:
    day = date(2026, 10, 19)
    beyond = Found(Signal.BEYOND_LIMIT, day, day, 1, True)
    assert said_signals(chart(beyond, 21.25, date(2025, 1, 2)), said_minutes) == (
        "Monday 19 October 2026: 21.2 minutes, above the usual range of these days",
    )
    run = Found(Signal.RUN, date(2026, 9, 28), date(2026, 10, 9), 9, True)
    assert said_signals(chart(run, 21.25, date(2025, 1, 2)), said_minutes) == (
        "Nine days in a row above the mean, 28 September to 9 October 2026",
    )


@pytest.mark.parametrize(("share", "said"), [(1.0, "100 %"), (0.99999, "99 %"), (0.0, "0 %"), (0.57, "57 %")])
def test_shares_are_rounded_down(share: float, said: str) -> None:
    assert said_share(share) == said


@pytest.mark.parametrize(
    ("first", "last", "has_year", "said"),
    [
        ("2026-10-05", "2026-10-05", False, "5 October"),
        ("2026-10-05", "2026-10-05", True, "5 October 2026"),
        ("2026-10-05", "2026-10-15", True, "5 to 15 October 2026"),
        ("2026-09-28", "2026-10-09", False, "28 September to 9 October"),
        ("2025-10-05", "2026-10-05", False, "5 October 2025 to 5 October 2026"),
    ],
)
def test_days_from_one_to_another_are_said_as_short_as_they_can_be(
    first: str, last: str, has_year: bool, said: str
) -> None:
    assert said_span(date.fromisoformat(first), date.fromisoformat(last), has_year) == said
