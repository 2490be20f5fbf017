"""What the figures of a report are, and what they lack: `docs/definitions.md` in two paragraphs."""

from __future__ import annotations

from reception.domain.imported_words import said_left_out
from reception.domain.reporting import MonthlyFigures

_WAIT = (
    "Wait: arrival to the start of the first service; a wait of exactly the target is in time. Share: seen in time, of"
    " all seen or lost unseen after the target, rounded down; who left before it is counted apart."
)
_MEDIAN = (
    "Half waited no longer than the median, 9 in 10 no longer than the next figure. Each visit is judged by the target"
    " of its own day. A visit is one party, however many people or services."
)
_DEFINED = (_WAIT, _MEDIAN)
PUBLIC = (
    "This report is published: what is fewer than 5, or would tell of fewer than 5, is “hidden”, and “at least” stands"
    " where fewer than 5 were late, “at most” where fewer than 5 were in time."
)


def defined(figures: MonthlyFigures) -> tuple[str, ...]:
    """What the figures are, and what they lack."""
    visits, known = figures.month()["visits"].value, figures.month("month_outcomes")["visits"].value
    if not isinstance(visits, int) or not isinstance(known, int):
        return _DEFINED
    return (*_DEFINED, *filter(None, (said_left_out(visits, known),)))
