"""What the figures of a report are, and what they lack: `docs/definitions.md` in two paragraphs."""

from __future__ import annotations

from collections.abc import Collection

from reception.documents.report_words import HIDDEN
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


def defined(figures: MonthlyFigures) -> tuple[str, ...]:
    """What the figures are, and what they lack."""
    visits, known = figures.month()["visits"].value, figures.month("month_outcomes")["visits"].value
    if not isinstance(visits, int) or not isinstance(known, int):
        return _DEFINED
    return (*_DEFINED, *filter(None, (said_left_out(visits, known),)))


def kept_back(figures: MonthlyFigures, *, wordless: Collection[str]) -> str:
    """What is not published, in the words that stand for it. `wordless`: sections that are drawn, or not there."""
    sections = [each for each in figures.sections if each.name not in wordless]
    rows = [row for section in sections for row in section.rows]
    told = [figure for row in rows for figure in row.figures]
    said = " ".join(signal.words for signal in figures.signals)
    is_hidden = any(row.is_hidden for row in rows) or any(
        figure.is_hidden and figure.at_least is None and figure.at_most is None for figure in told
    )
    bounds = (
        ("at least", "late", any(figure.at_least is not None for figure in told)),
        ("at most", "in time", any(figure.at_most is not None for figure in told)),
    )
    words = [f"what is fewer than 5, or would tell of fewer than 5, is {f'“{HIDDEN}”' if is_hidden else 'left out'}"]
    words += [f"“{bound}” stands where fewer than 5 were {who}" for bound, who, has in bounds if has or bound in said]
    return f"This report is published: {', and '.join(words)}."
