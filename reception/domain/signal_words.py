"""What a control chart tells, as sentences for staff, also on paper: "Nine days in a row below the mean"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal

from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.local_time import said_date, said_day
from reception.domain.past_view import Difference

_NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_PAIR, _WINDOW = 2, 3


def said_signals(chart: ControlChart, said_value: Callable[[float], str]) -> tuple[str, ...]:
    """One sentence a signal, without a full stop, in the order of `found`. `said_value`: a point's value in words, such
    as :func:`said_share`. The year is said where the chart reaches over more than one."""
    places = {point.day: place for place, point in enumerate(chart.points)}
    has_year = len({day.year for day in places}) > 1
    said = []
    for found in chart.found:
        first = places[found.first]
        points = chart.points[first : first + found.count]
        is_each = all(found.signal in each.signals and _is_above(each, chart) is found.is_above for each in points)
        said.append(_said(found, said_value(points[0].value), has_year, is_each=is_each))
    return tuple(said)


def _is_above(point: ChartPoint, chart: ControlChart) -> bool:
    return point.value > chart.centre


def said_measure(widened: float, *, is_found: bool) -> str:
    """What days are measured by, as a sentence; empty where something is found by the measure of chance alone.

    `widened`: how much more days differ than for visits that know nothing of one another; `is_found`: some stand out.
    """
    times = f"{widened:.1f}"
    if times == "1.0":
        return "" if is_found else "No day, and no row of days, stands out from the others"
    differ = f"Days differ {times} times as much as chance alone would have them"
    if is_found:
        return f"{differ}; the usual range allows for that"
    return f"{differ}; none stands out from the others by that measure"


def said_share(share: float) -> str:
    """ "79 %", rounded down as in every table."""
    return f"{(Decimal(str(share)) * 100).quantize(Decimal(1), ROUND_DOWN)} %"


def said_chance(difference: Difference | None) -> str:
    """Whether two periods differ by more than chance explains: "no more than chance explains (between 13.0 points
    lower and 6.6 higher)"."""
    if difference is None:
        return "too few days to tell whether by chance"
    low, high = _said_points(difference.low, difference.high)
    if not difference.is_more_than_chance:
        return f"no more than chance explains (between {low} points lower and {high} higher)"
    if difference.points > 0:
        return f"more than chance explains (between {low} and {high} points higher)"
    return f"more than chance explains (between {high} and {low} points lower)"


def _said_points(*points: float) -> list[str]:
    """Without their signs, all to a tenth, or all whole."""
    digits = 0 if all(each == round(each) for each in points) else 1
    return [f"{abs(each):.{digits}f}" for each in points]


def said_minutes(minutes: float) -> str:
    """ "12.5 minutes"."""
    return f"{minutes:.1f} minutes"


def said_span(first: date, last: date, has_year: bool = False, between: str = "to") -> str:
    """ "5 to 15 October", "28 September to 9 October"; with the year where it is wanted or changes on the way."""
    changes = first.year != last.year
    end = said_date(last, has_year or changes)
    if first == last:
        return end
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begin = str(first.day) if is_one_month else said_date(first, changes)
    return f"{begin} {between} {end}"


def _said(found: Found, value: str, has_year: bool, *, is_each: bool) -> str:
    side = "above" if found.is_above else "below"
    span = said_span(found.first, found.last, has_year, "and" if found.count == _PAIR else "to")
    match found.signal:
        case Signal.BEYOND_LIMIT if found.count == 1:
            year = f" {found.first.year}" if has_year else ""
            return f"{said_day(found.first)}{year}: {value}, {side} the usual range of these days"
        case Signal.BEYOND_LIMIT:
            return f"{_days(found.count)} in a row {side} the usual range of these days, {span}"
        case Signal.RUN:
            return f"{_days(found.count)} in a row {side} the mean, {span}"
        case Signal.TREND:
            return f"{_days(found.count)} in a row, each {side} the one before, {span}"
        case Signal.TWO_OF_THREE if found.count == _PAIR or is_each:
            return f"{_days(found.count)} in a row far {side} the mean, {span}"
        case Signal.TWO_OF_THREE if found.count == _WINDOW:
            return f"Two of three days in a row far {side} the mean, {span}"
        case Signal.TWO_OF_THREE:
            return f"Time and again far {side} the mean, {span}"


def _days(count: int) -> str:
    return f"{_NUMBERS[count] if count < len(_NUMBERS) else count} days"
