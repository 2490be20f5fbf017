"""The period that another is compared with."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from reception.cli.periods import compared, previous
from reception.cli.values import PREVIOUS, a_comparison
from reception.domain.grouping import Period
from reception.errors import Code, Refusal


def period(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("2026-10-05..2026-10-05", "2026-10-04..2026-10-04"),
        ("2026-10-05..2026-10-11", "2026-09-28..2026-10-04"),
        # Whole months by whole months, however long they are.
        ("2026-10-01..2026-10-31", "2026-09-01..2026-09-30"),
        ("2024-03-01..2024-03-31", "2024-02-01..2024-02-29"),
        ("2026-01-01..2026-01-31", "2025-12-01..2025-12-31"),
        ("2026-01-01..2026-12-31", "2025-01-01..2025-12-31"),
        ("2026-02-01..2026-04-30", "2025-11-01..2026-01-31"),
        # Not whole ones by days.
        ("2026-10-01..2026-10-30", "2026-09-01..2026-09-30"),
        ("2026-10-02..2026-10-31", "2026-09-02..2026-10-01"),
        ("1996-01-01..2025-12-31", "1966-01-01..1995-12-31"),
        ("0002-01-01..0002-12-31", "0001-01-01..0001-12-31"),
        ("0001-01-02..0001-01-02", "0001-01-01..0001-01-01"),
    ],
)
def test_the_one_before_is_as_long_or_as_many_months(now: str, before: str) -> None:
    assert previous(period(now)) == period(before)


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (Period(date.min, date(2026, 1, 1)), "a first and a last day"),
        (Period(date(2026, 1, 1), date.max), "a first and a last day"),
        (period("0001-06-01..0002-05-31"), "calendar begins"),
        (period("0001-01-03..0001-01-20"), "calendar begins"),
    ],
)
def test_without_a_period_before_it_is_refused(now: Period, says: str) -> None:
    with pytest.raises(Refusal, match=says) as no:
        previous(now)
    assert no.value.code is Code.BAD_INPUT


def asked(compare: str | None) -> Period | None:
    args = argparse.Namespace(first=date(2026, 10, 1), last=date(2026, 10, 31))
    args.compare = None if compare is None else a_comparison(compare)
    return compared(args)


def test_a_period_is_named_by_two_dates_or_as_the_one_before() -> None:
    assert asked(None) is None
    assert asked("2025-10-01..2025-10-31") == period("2025-10-01..2025-10-31")
    assert asked("PREVIOUS") == asked(PREVIOUS) == period("2026-09-01..2026-09-30")
    with pytest.raises(Refusal, match="2025-10-31, is after the last, 2025-10-01"):
        asked("2025-10-31..2025-10-01")


@pytest.mark.parametrize("text", ["", "last", "2026-10-01", "2026-10-01..", "..2026-10-01", "2026-10-01..2026-02-30"])
def test_anything_else_is_wrong_usage(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        a_comparison(text)
