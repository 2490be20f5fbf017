"""What a past period says, as sentences: the finding, the comparison, and why there is nothing to show."""

from __future__ import annotations

from datetime import date

from reception.domain.figures import WaitSummary
from reception.domain.imported_words import said_left_out
from reception.domain.past_view import Difference, Group, PastView
from reception.domain.signal_words import said_chance, said_span
from ui.moments import day_words
from ui.supervisor.figure_words import (
    count_words,
    gone_before,
    mean_words,
    minutes_words,
    share_words,
    walk_ins_words,
    within_words,
)

HIDDEN = "not shown"
WHY_HIDDEN = "Not shown: fewer than 5 visits, or a group that would tell of one with fewer than 5."


def finding(waits: WaitSummary) -> str:
    """ "91.5% of 2,802 walk-ins were seen within 15 minutes"."""
    if not waits.seen:
        return (
            f"None of {walk_ins_words(waits.visits)} was seen" if waits.visits > 1 else "The one walk-in was not seen"
        )
    if waits.share_within_target is None:
        return f"{walk_ins_words(waits.seen)} {_were(waits.seen)} seen; nothing was promised"
    rests_on = waits.judged
    share = share_words(waits.share_within_target)
    return f"{share} of {walk_ins_words(rests_on)} {_were(rests_on)} seen {within_words(waits.target_min)}"


def finding_detail(waits: WaitSummary) -> str:
    """The second line: what half, nine in ten and the longest waited, and who went unseen."""
    parts = []
    if waits.seen:
        parts.append(
            f"Median {minutes_words(waits.median_wait_min)} min, "
            f"9 in 10 within {minutes_words(waits.p90_wait_min)} min, "
            f"mean {mean_words(waits.mean_wait_min)}, longest {minutes_words(waits.longest_wait_min)}, "
            f"of {count_words(waits.seen)} seen."
        )
    lost, before = waits.lost_unseen, gone_before(waits)
    if not lost and not before:
        parts.append("Nobody went unseen.")
    elif waits.share_within_target is not None:
        limit = f"{minutes_words(waits.target_min)} min" if waits.target_min is not None else "the promise"
        parts.append(f"Gone unseen after {limit}: {count_words(lost)}, counted as lost.")
        parts.append(f"Before: {count_words(before)}, shown apart.")
    else:
        parts.append(f"Gone unseen: {count_words(before)}.")
    if waits.open:
        parts.append(f"Still open: {count_words(waits.open)}.")
    return " ".join(parts)


def left_out(total: Group) -> str:
    """What an imported log lacks, where some of the visits are from one."""
    waits, known = total.waits, total.outcomes
    return said_left_out(waits.visits, known.visits) if waits is not None and known is not None else ""


def comparison(now: WaitSummary, before: WaitSummary | None, called: str, difference: Difference | None = None) -> str:
    """The other period, the difference, and whether it is chance: "September 2026: 87.8% of 2,750, median 6 min. 3.7
    points higher now: no more than chance explains (between 1.0 points lower and 8.4 higher)." """
    if before is None or not before.visits:
        return f"{called}: nobody came."
    share, was = now.share_within_target, before.share_within_target
    rests_on = f"{share_words(was)} of {count_words(before.judged)}" if was is not None else "nothing promised"
    sentence = f"{called}: {rests_on}, median {minutes_words(before.median_wait_min)} min."
    if share is not None and was is not None:
        points = round(100 * (share - was), 1)
        said = f"{abs(points):.1f} points {_higher(points)} now: {said_chance(difference)}."
        sentence = f"{sentence} {said if points else 'The same share now.'}"
    return sentence


NOBODY_YET = "Visits show here as they are recorded. Earlier ones can be imported from a log of visits."


def nothing(view: PastView, today: date) -> str:
    """Why there is nothing to show."""
    period, span = view.period, said_span(view.period.first, view.period.last, True)
    office = view.offices[0] if len(view.offices) == 1 else ""
    if view.first_visit is None:
        return f"No visit has been recorded{f' at {office}' if office else ''} yet."
    if period.first > today:
        return f"{_capital(span)} {'is' if period.first == period.last else 'are'} still to come."
    to = f" to {office}" if office else ""
    begun = f"; the first visit was on {day_words(view.first_visit)} {view.first_visit.year}"
    when = (
        f"on {span}" if period.first == period.last else f"between {said_span(period.first, period.last, True, 'and')}"
    )
    is_before = period.first < view.first_visit
    ended = f"; the last visit was on {day_words(view.last_visit)} {view.last_visit.year}" if view.last_visit else ""
    return f"Nobody came{to} {when}{begun if is_before else ended}."


def is_empty(view: PastView) -> bool:
    """Nobody came."""
    waits = view.total.waits
    return not view.total.is_hidden and (waits is None or not (waits.visits or view.groups or view.partners))


def month_with_visits(view: PastView) -> date | None:
    """The first day of the month to go to from an empty period: that of the last visit, or before any of the first.
    None where that is the one that is shown."""
    if view.first_visit is None or view.last_visit is None:
        return None
    day = view.first_visit if view.period.last < view.first_visit else view.last_visit
    month = day.replace(day=1)
    return month if month != view.period.first else None


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _higher(points: float) -> str:
    return "higher" if points > 0 else "lower"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
