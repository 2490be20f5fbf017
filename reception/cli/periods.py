"""The days that figures are of, and those that they are compared with."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from reception.cli.values import PREVIOUS
from reception.domain.grouping import Period
from reception.errors import Code, Refusal

A_DAY = timedelta(days=1)
MONTHS_A_YEAR = 12


def check_period(args: argparse.Namespace) -> None:
    """Refuses days that end before they begin."""
    if args.first > args.last:
        raise Refusal(
            Code.BAD_INPUT,
            f"The first day, {args.first.isoformat()}, is after the last, {args.last.isoformat()}.",
            "Put the earlier date after --from.",
        )


def compared(args: argparse.Namespace) -> Period | None:
    """The period after --compare. Refuses BAD_INPUT: days that end before they begin, and *previous* of days without a
    beginning or an end, or where the calendar begins."""
    if args.compare is None:
        return None
    if args.compare == PREVIOUS:
        return previous(Period(args.first, args.last))
    first, last = args.compare
    if first > last:
        raise Refusal(
            Code.BAD_INPUT,
            f"The first day to compare with, {first.isoformat()}, is after the last, {last.isoformat()}.",
            "Put the earlier date first after --compare.",
        )
    return Period(first, last)


def previous(period: Period) -> Period:
    """As many whole months before, of whole calendar months; else as many days before."""
    if period.first == date.min or period.last == date.max:
        raise Refusal(
            Code.BAD_INPUT,
            "Only a period with a first and a last day has one before it.",
            "Name both after --from and --to, or write --compare DATE..DATE.",
        )
    last = period.first - A_DAY
    after = period.last + A_DAY
    days = (after - period.first).days
    if (period.first.day, after.day) == (1, 1):
        months = MONTHS_A_YEAR * (after.year - period.first.year) + after.month - period.first.month
        reached = MONTHS_A_YEAR * period.first.year + period.first.month - 1 - months
        if reached >= MONTHS_A_YEAR:
            return Period(date(reached // MONTHS_A_YEAR, reached % MONTHS_A_YEAR + 1, 1), last)
    elif days <= last.toordinal():
        return Period(period.first - days * A_DAY, last)
    raise Refusal(Code.BAD_INPUT, "The calendar begins before as long a period.", "Write --compare DATE..DATE.")
