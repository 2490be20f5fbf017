"""Figures in words, as every page of the supervisor's window has them.

Shares are rounded down, so that 100% is said only when every promise was kept; minutes have one place, whole ones none
unless another of their column has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from reception.domain.figures import WaitSummary

NONE = "–"
"""Where there is no figure."""
_AFTER = ("left_after", "no_show_after", "booked_unseen_after", "signposted_unseen_after", "unresolved_unseen_after")
_BEFORE = tuple(name.replace("_after", "_before") for name in _AFTER)


def count_words(count: int | None) -> str:
    """ "2,802"."""
    return NONE if count is None else f"{count:,}"


def share_words(share: float | None, places: int = 1) -> str:
    """ "91.5%", or "91%" with no places."""
    if share is None:
        return NONE
    percent = Decimal(str(share)) * 100
    return f"{percent.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)}%" if percent != 100 else "100%"


def minutes_words(minutes: float | None) -> str:
    """ "5", "6.6"."""
    return NONE if minutes is None else f"{minutes:,.1f}".removesuffix(".0")


def mean_words(minutes: float | None) -> str:
    """ "6.0": a mean always has its one place."""
    return NONE if minutes is None else f"{minutes:,.1f}"


def evened(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The cells of a table whose columns each have one unit, with the place of tenths in all or in none of a column, so
    that the points stand under each other. The first column is what the rows are called."""
    columns = list(zip(*rows, strict=True))
    return list(zip(*columns[:1], *map(_evened, columns[1:]), strict=True))


def _evened(column: Sequence[str]) -> Sequence[str]:
    if not any(re.fullmatch(r"[\d,]+\.\d( min)?", words) for words in column):
        return column
    return [re.sub(r"^([\d,]+)( min)?$", r"\1.0\2", words) for words in column]


def minutes_aloud(minutes: float) -> str:
    """ "11 minutes"."""
    words = minutes_words(minutes)
    return f"{words} minute{'' if words == '1' else 's'}"


def points_words(now: float | None, before: float | None) -> str:
    """How many points of per cent a share is above or below another: "+3.7", "−1.2", "0.0"."""
    if now is None or before is None:
        return NONE
    return signed_words(100 * (now - before))


def signed_words(difference: float | None) -> str:
    """ "+1.0", "−0.5", "0.0"."""
    if difference is None:
        return NONE
    rounded = round(difference, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{abs(rounded):.1f}"


def gone_before(waits: WaitSummary) -> int:
    """How many ended unseen before their promise: they are in no share."""
    return sum(getattr(waits, name) for name in _BEFORE)


def within_words(target_min: float | None) -> str:
    """ "within 15 minutes"; "within their promise" where more than one holds."""
    return f"within {minutes_aloud(target_min)}" if target_min is not None else "within their promise"


def within_head(target_min: float | None, noun: str = "Within") -> str:
    """ "Within 15"; "In time" where more than one holds."""
    return f"{noun} {minutes_words(target_min)}" if target_min is not None else "In time"


def walk_ins_words(count: int) -> str:
    """ "2,802 walk-ins", "1 walk-in"."""
    return f"{count:,} walk-in{'' if count == 1 else 's'}"
