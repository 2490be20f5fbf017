"""What a control chart of days says: each day, and whether any of them, or a row of them, stands out."""

from __future__ import annotations

from reception.domain.control_charts import ChartPoint, ControlChart, Signal
from reception.domain.signal_words import said_measure, said_signals
from ui.moments import day_words, plural
from ui.supervisor.figure_words import count_words, minutes_words, share_words

_FEW_SIGNALS = 3
_SIGNALS = {
    Signal.BEYOND_LIMIT: "beyond the usual range",
    Signal.RUN: "one of nine or more days in a row on one side",
    Signal.TREND: "one of six or more days in a row that rise or fall",
    Signal.TWO_OF_THREE: "one of two days of three far from the mean",
}


def value_words(value: float, *, is_share: bool) -> str:
    """The figure of one day of a chart: "79%", "6.5 min"."""
    return share_words(value, 0) if is_share else f"{minutes_words(value)} min"


def point_words(point: ChartPoint, *, is_share: bool) -> str:
    """ "Monday 19 October: 79% of 156"."""
    return f"{day_words(point.day)}: {value_words(point.value, is_share=is_share)} of {count_words(point.visits)}"


def chart_note(chart: ControlChart, *, is_share: bool) -> str:
    """Whether any day, or row of days, is really different."""
    said = said_signals(chart, lambda value: value_words(value, is_share=is_share))
    measure = said_measure(chart.widened, is_found=bool(said))
    if not said:
        return f"{measure}."
    shown = ". ".join(said[: _FEW_SIGNALS if len(said) <= _FEW_SIGNALS else _FEW_SIGNALS - 1])
    more = 0 if len(said) <= _FEW_SIGNALS else len(said) - _FEW_SIGNALS + 1
    rest = "The table has all of them." if more > 0 else "No other day stands out."
    return f"{_count(chart)}{shown}. {rest}{f' {measure}.' if measure else ''}"


def _count(chart: ControlChart) -> str:
    """How many days stand out, each once; what is found of them may share days, and then that is said."""
    days = sum(bool(point.signals) for point in chart.points)
    twice = sum(len(point.signals) > 1 for point in chart.points)
    if not days:
        return ""
    which = "" if days == twice else f" {count_words(twice)} of them" if twice > 1 else " one of them"
    shared = f",{which} for more than one reason" if twice else ""
    return f"{plural(days, 'day')} {'stands' if days == 1 else 'stand'} out{shared}. "


def is_good(point: ChartPoint, chart: ControlChart, *, is_share: bool) -> bool:
    """Whether a day stands out for the better: a share above the whole, or a wait below the mean.

    By the day itself: among days that are far above the mean may be one that is far below.
    """
    return (point.value > chart.centre) is is_share


def signals_of(point: ChartPoint, chart: ControlChart, *, is_share: bool) -> str:
    """Why one day stands out, for its row in the table: "better: beyond the usual range"."""
    if not point.signals:
        return ""
    side = "better" if is_good(point, chart, is_share=is_share) else "worse"
    return f"{side}: {', '.join(_SIGNALS[signal] for signal in point.signals)}"
