"""On which recorded days a simulation rests, and what these days were like in truth."""

from __future__ import annotations

from datetime import date

from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.domain.staffing import PolicyComparison, PolicyOutcome, Spread, WhatIfResult
from ui.moments import day_words, plural
from ui.supervisor.figure_words import minutes_aloud, share_words

_RATHER = "Use the difference between {} more than the figures themselves."
_NOT_ON_RECORD = "How many counters were open then is not on record, only told from how many were served."
_ONE_PLAN = "One plan for all of these days has too many counters on quiet days and too few on busy ones."
_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def days_played(result: WhatIfResult) -> str:
    """ "the last 26 recorded Tuesdays, 15 May 2018 to 30 October 2018"."""
    first, last = result.first_day, result.last_day
    if first is None or last is None:
        return plural(result.days, "recorded one")
    if result.days == 1:
        return f"one recorded day, {day_words(first)} {first.year}"
    name = _WEEKDAYS[first.weekday()] if result.is_one_weekday else "days"
    return f"the last {result.days} recorded {name}, {date_words(first)} to {date_words(last)}"


def days_words(spread: Spread) -> str:
    """How far single days lie apart: "on one day in ten under 40%, on one in ten over 97%"."""
    if spread.low >= 1:
        return "on nine days in ten everyone"
    low = "nobody" if spread.low <= 0 else f"under {share_words(spread.low, 0)}"
    high = "everyone" if spread.high >= 1 else f"over {share_words(spread.high, 0)}"
    return f"on one day in ten {low}, on one in ten {high}"


def date_words(day: date) -> str:
    """ "15 May 2018"."""
    return f"{day.day} {day:%B} {day.year}"


def expected_words(arrivals: ArrivalsForecast | None) -> str:
    """What the column of those who are expected rests on, and why the days that are played have other figures."""
    if arrivals is None or not arrivals.half_hours:
        return "Expected: who came on the days played, for no later ones are known."
    words = "Expected: foretold of this day by weeks and season; arrivals played are the mean of the days played."
    then = nobody_then_words(arrivals)
    return f"{words} But {then}." if then else words


def nobody_then_words(arrivals: ArrivalsForecast) -> str:
    """ "on the Tuesday of that week nobody came in 2017 and 2016"; empty where somebody did."""
    if ForecastNote.NOBODY_THEN not in arrivals.notes:
        return ""
    last, before = (each.day.year for each in arrivals.years_before[:2])
    return f"on the {arrivals.day:%A} of that week nobody came in {last} and {before}"


def hardly_open_detail(day: date, what: str) -> str:
    """Which days were counted; `what` is not given."""
    return (
        f"So no {what} is given for {date_words(day)}. Counted are {day:%A}s in whose week somebody came on another "
        "day; the office has told no hours."
    )


def truth_words(usual: WhatIfResult, *, names_days: bool = False) -> str:
    """ "Of all walk-ins on these 26 days 51% were in fact seen within 15 minutes; …"; empty where both agree.

    `names_days`: which days they are is said nowhere else.
    """
    recorded, simulated = usual.recorded_kept, usual.all_walk_ins_kept
    if recorded is None or simulated is None or abs(recorded - simulated) <= usual.kept_error:
        return ""
    days = days_played(usual) if names_days else _these(usual.days)
    words = _in_truth(days, recorded, usual.target_min, "as usual", simulated)
    known = usual.counters_known
    return f"{words} {_RATHER.format('plans')}{_counters(known)}{'' if known else f' {_ONE_PLAN}'}"


def rules_truth_words(answer: PolicyComparison, ours: PolicyOutcome | None) -> str:
    """The same of the rule that the office has now; the two figures even where both agree."""
    recorded = answer.recorded_kept
    if ours is None or recorded is None:
        return ""
    words = _in_truth(_these(answer.days), recorded, None, "by our rule", ours.walk_ins_kept)
    if abs(recorded - ours.walk_ins_kept) > ours.kept_error:
        words = f"{words} {_RATHER.format('rules')}"
    return words + _counters(answer.counters_known)


def _counters(are_known: bool) -> str:
    return "" if are_known else f" {_NOT_ON_RECORD}"


def _these(days: int) -> str:
    return "this day" if days == 1 else f"these {days} days"


def _in_truth(days: str, recorded: float, target_min: float | None, what: str, simulated: float) -> str:
    within = "in time" if target_min is None else f"within {minutes_aloud(target_min)}"
    return (
        f"Of all walk-ins on {days} {share_words(recorded, 0)} were in "
        f"fact seen {within}; simulated {what}, {share_words(simulated, 0)}."
    )
