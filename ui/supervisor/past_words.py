"""What a past period says, as sentences: the finding, the comparison, and what each picture of it shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reception.domain.figures import WaitSummary
from reception.domain.grouping import Grouping
from reception.domain.imported_words import said_left_out
from reception.domain.person import Need
from reception.domain.signal_words import said_chance, said_signals, said_span, said_widened
from reception.domain.supervising import (
    SMALL,
    ChartPoint,
    ControlChart,
    Difference,
    Group,
    HeatCell,
    PastView,
    Signal,
    enough_visits,
)
from ui.languages import language_name
from ui.moments import day_words, month_words, plural, time_words
from ui.needed import need_words
from ui.supervisor.figure_words import (
    count_words,
    gone_before,
    mean_words,
    minutes_aloud,
    minutes_words,
    share_words,
    walk_ins_words,
    within_words,
)

_FEW_SIGNALS = 3
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HIDDEN = "not shown"
WHY_HIDDEN = "Not shown: fewer than 5 visits, or a group that would tell of one with fewer than 5."


# -- the finding -------------------------------------------------------------------------------------------------


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
    points higher now: no more than chance explains." """
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


def month_with_visits(view: PastView) -> date | None:
    """The first day of the month to go to from an empty period: that of the last visit, or before any of the first."""
    if view.first_visit is None or view.last_visit is None:
        return None
    day = view.first_visit if view.period.last < view.first_visit else view.last_visit
    return day.replace(day=1)


# -- the pictures ------------------------------------------------------------------------------------------------


def hour_words(hour: int) -> str:
    """ "9am", "midday"."""
    return time_words(60 * hour)


def cell_aloud(cell: HeatCell | None, weekday: int, hour: int, *, is_share: bool) -> str:
    """ "Monday from 10am: median 11 minutes, 113 visits"."""
    where = f"{_DAYS[weekday]} from {hour_words(hour)}"
    if cell is None or not cell.visits:
        return f"{where}: nobody came"
    visits = plural(cell.visits, "visit")
    if is_share:
        share = share_words(cell.share_within_target, 0)
        return f"{where}: {f'{share} in time' if cell.share_within_target is not None else 'none judged'}, {visits}"
    if cell.median_wait_min is None:
        return f"{where}: nobody seen, {visits}"
    return f"{where}: median {minutes_aloud(cell.median_wait_min)}, {visits}"


def heat_note(cells: Sequence[HeatCell], elsewhere: int = 0, *, is_share: bool) -> str:
    """Where it is worst, and on how much each cell rests. `elsewhere`: visits at hours that are not shown."""
    known = [cell for cell in cells if _figure(cell, is_share=is_share) is not None]
    if not known:
        return "Nobody was seen." if not is_share else "Nothing was promised."
    fewest_to_judge = enough_visits([cell.visits for cell in cells])
    judged = [cell for cell in known if cell.visits >= fewest_to_judge] or [max(known, key=lambda cell: cell.visits)]
    known = [cell for cell in known if cell.visits >= SMALL] or known
    fewest, most = min(cell.visits for cell in known), max(cell.visits for cell in known)
    rests = f"{fewest:,} to {most:,} visits" if fewest != most else plural(most, "visit")
    if is_share:
        worst = min(judged, key=lambda cell: (cell.share_within_target or 0.0, cell.weekday, cell.hour))
        figure = f"Fewest in time on {_where(worst)}: {share_words(worst.share_within_target, 0)}"
    else:
        worst = max(judged, key=lambda cell: (cell.median_wait_min or 0.0, -cell.weekday, -cell.hour))
        figure = f"Longest on {_where(worst)}: {minutes_words(worst.median_wait_min)} min"
    other = f" At other hours: {plural(elsewhere, 'visit')}, in the table." if elsewhere else ""
    fewer = " No colour: fewer than 5 visits." if any(cell.visits < SMALL <= most for cell in cells) else ""
    return f"{figure}, {plural(worst.visits, 'visit')}. Each cell rests on {rests}.{fewer}{other}"


def _figure(cell: HeatCell, *, is_share: bool) -> float | None:
    return cell.share_within_target if is_share else cell.median_wait_min


def _where(cell: HeatCell) -> str:
    return f"{_DAYS[cell.weekday]} from {hour_words(cell.hour)}"


def value_words(value: float, *, is_share: bool) -> str:
    """The figure of one day of a chart: "79%", "6.5 min"."""
    return share_words(value, 0) if is_share else f"{minutes_words(value)} min"


def point_words(point: ChartPoint, *, is_share: bool) -> str:
    """ "Monday 19 October: 79% of 156"."""
    return f"{day_words(point.day)}: {value_words(point.value, is_share=is_share)} of {count_words(point.visits)}"


def chart_note(chart: ControlChart, *, is_share: bool) -> str:
    """Whether any day, or row of days, is really different."""
    said = said_signals(chart, lambda value: value_words(value, is_share=is_share))
    if not said:
        return f"No day stands out: no day, and no row of days, is other than chance explains.{_widened(chart)}"
    shown = ". ".join(said[: _FEW_SIGNALS if len(said) <= _FEW_SIGNALS else _FEW_SIGNALS - 1])
    more = 0 if len(said) <= _FEW_SIGNALS else len(said) - _FEW_SIGNALS + 1
    rest = "The table has all of them." if more > 0 else "No other day stands out."
    return f"{_count(chart)}{shown}. {rest}{_widened(chart)}"


def _count(chart: ControlChart) -> str:
    """How many days stand out, each once; what is found of them may share days, and then that is said."""
    days = sum(bool(point.signals) for point in chart.points)
    twice = sum(len(point.signals) > 1 for point in chart.points)
    if not days:
        return ""
    which = "" if days == twice else f" {count_words(twice)} of them" if twice > 1 else " one of them"
    shared = f",{which} for more than one reason" if twice else ""
    return f"{plural(days, 'day')} {'stands' if days == 1 else 'stand'} out{shared}. "


def _widened(chart: ControlChart) -> str:
    said = said_widened(chart)
    return f" {said}." if said else ""


def is_good(point: ChartPoint, chart: ControlChart, *, is_share: bool) -> bool:
    """Whether a day stands out for the better: a share above the whole, or a wait below the mean.

    By the day itself: among days that are far above the mean may be one that is far below.
    """
    return (point.value > chart.centre) is is_share


def signals_of(point: ChartPoint, chart: ControlChart, *, is_share: bool) -> str:
    """Why one day stands out, for its row in the table: "better: beyond what chance explains"."""
    if not point.signals:
        return ""
    side = "better" if is_good(point, chart, is_share=is_share) else "worse"
    return f"{side}: {', '.join(_SIGNALS[signal] for signal in point.signals)}"


_SIGNALS = {
    Signal.BEYOND_LIMIT: "beyond what chance explains",
    Signal.RUN: "one of nine or more days in a row on one side",
    Signal.TREND: "one of six or more days in a row that rise or fall",
    Signal.TWO_OF_THREE: "one of two days of three far from the mean",
}


# -- groups ------------------------------------------------------------------------------------------------------

GROUPINGS: tuple[tuple[Grouping, str, str], ...] = (
    (Grouping.SERVICE, "By service", "Service"),
    (Grouping.DAY, "By day", "Day"),
    (Grouping.WEEK, "By week", "Week"),
    (Grouping.MONTH, "By month", "Month"),
    (Grouping.WEEKDAY, "By weekday", "Weekday"),
    (Grouping.HOUR, "By hour", "Hour"),
    (Grouping.OFFICE, "By office", "Office"),
    (Grouping.OFFICER, "By officer", "Officer"),
    (Grouping.LANGUAGE, "By language", "Language"),
    (Grouping.NEED, "By need", "Need"),
)
"""What visits may be grouped by: how the choice calls it, and the head of its column."""

_UNNAMED = {"(hidden)": "Too few to name", "(none)": "Nobody"}
"""Lines that are no group of their own: of groups all too small, and of visits without an officer."""


def group_words(by: Grouping, key: str, *, has_year: bool = False) -> str:
    """What a group is called in its row; `has_year`: days and weeks say it."""
    if key in _UNNAMED:
        return _UNNAMED[key]
    match by:
        case Grouping.DAY:
            day = date.fromisoformat(key)
            return f"{day_words(day)[:3]} {said_span(day, day, has_year)}"
        case Grouping.WEEK:
            year, week = key.split("-W")
            monday = date.fromisocalendar(int(year), int(week), 1)
            return f"Week {int(week)}, from {said_span(monday, monday, has_year)}"
        case Grouping.MONTH:
            return month_words(date.fromisoformat(f"{key}-01"))
        case Grouping.HOUR:
            return f"From {hour_words(int(key))}"
        case Grouping.LANGUAGE:
            return language_name(key) if key else "Not asked"
        case Grouping.NEED:
            return need_words(Need(key)) if key else "None"
        case _:
            return key or "None"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _higher(points: float) -> str:
    return "higher" if points > 0 else "lower"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
