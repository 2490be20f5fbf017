"""The month of a report, or the period of an export, in a sentence, and the line below it."""

from __future__ import annotations

from reception.documents.report_words import Words
from reception.domain.columns import AFTER, Column
from reception.domain.reporting import Figure, MonthlyFigures, Row
from reception.domain.signal_words import said_chance

_UNSETTLED = (Column.SEEN, Column.OPEN)
_BEFORE = tuple(each for each in Column if each not in (*AFTER, *_UNSETTLED))
"""The columns of who went unseen before the target: in no share."""


def finding(figures: MonthlyFigures, words: Words) -> str:
    """The month, or the period, in a sentence."""
    row = figures.month()
    visits = row["visits"].value
    month = words.period_of(figures.key)
    if row.is_hidden:
        return f"Fewer than 5 walk-ins came in {month}, so no figures are published"
    if not isinstance(visits, int) or not visits:
        return f"No walk-in came in {month}"
    if not words.is_promised(row):
        return _unpromised(row, visits, words)
    share = row["share_within_target"]
    if share.value is None and not share.is_hidden:
        return f"{words.visits(visits)} came; none was seen, and no promise was lost"
    if share.is_hidden and share.at_least is None and share.at_most is None:
        return f"{words.visits(visits)} came, too few to publish how many were seen {words.within(row)}"
    if share.rests_on == 1:
        return f"The one walk-in was {'' if share.value else 'not '}seen {words.within(row)}"
    of = f"{words.number(share.rests_on)} walk-ins" if share.rests_on else "walk-ins"
    said = words.share(share)
    return f"{said[0].upper()}{said[1:]} of {of} were seen {words.within(row)}{_compared(figures, words)}"


def _unpromised(row: Row, visits: int, words: Words) -> str:
    median = row["median_wait_min"]
    if not isinstance(median.value, int | float):
        return f"{words.visits(visits)} came; no promise is made of how soon they are seen"
    minutes = words.plain(median.value)
    half = f"Half of {words.visits(visits)} were seen within {minutes} minutes"
    if visits == 1:
        half = f"The one walk-in was seen after {minutes} minutes"
    return f"{half}; no promise is made"


def _compared(figures: MonthlyFigures, words: Words) -> str:
    before = figures.before()
    if before is None or before["share_within_target"] == Figure(""):
        return ""
    share = before["share_within_target"]
    if share.value is None and share.at_least is None and share.at_most is None:
        return ""
    name = words.period_of(before.group, with_year=False)
    if before["target_min"] != figures.month()["target_min"]:
        return f", {name} {words.share(share)} by the targets of then{_chance(figures, share)}"
    return f", {name} {words.share(share)}{_chance(figures, share)}"


def _chance(figures: MonthlyFigures, before: Figure) -> str:
    """Whether the two differ by more than chance explains; of bounds there is nothing to say."""
    now = figures.month()["share_within_target"]
    if now.value is None or before.value is None:
        return ""
    difference = figures.difference
    said = said_chance(difference)
    return f": {said}" if difference is None else f": the difference is {said}"


def below_finding(figures: MonthlyFigures, words: Words) -> str:
    """Every walk-in in one column: seen, gone unseen after the target, or before it, or still open."""
    row = figures.month()
    if figures.is_public or not row["visits"].value:
        return ""
    visits, seen, before, after, still_open = _columns(row)
    said = [f"{words.visits(visits)}: {words.number(seen)} seen"]
    if words.is_promised(row):
        said += [f"{after} gone unseen after the target, counted as lost", f"{before} before it, in no share"]
    else:
        said.append(f"{before + after} gone unseen")
    if still_open:
        said.append(f"{still_open} not settled yet")
    return f"{'; '.join(said)}."


def _columns(row: Row) -> tuple[int, int, int, int, int]:
    """Visits, and the columns that they fall into: seen, gone unseen before the target, and after it, and open."""

    def count(name: str) -> int:
        value = row[name].value
        return value if isinstance(value, int) else 0

    before, after = (sum(count(each.value) for each in columns) for columns in (_BEFORE, AFTER))
    return count("visits"), count("seen"), before, after, count("open")
