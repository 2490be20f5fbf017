"""What of a monthly report may be published: nothing small, and nothing that a small figure can be worked out from.

Beyond the small groups, which are hidden from the view already (`docs/definitions.md`, "Small numbers"), a count of 1
to 4 is hidden, and with it what it would follow from as the rest of a sum. A share of which fewer than 5 were lost, or
kept, is told as a bound, also where none was: the bound does not say how many. The longest wait is one visit's and is
left out, as are counts by day and hour. A mean over few could be undone, so medians alone are told. Shares are in whole
percent and do not say how many they are of, nor do the limits of a day: from the two follows how many were lost.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from reception.domain.figures import SMALL
from reception.domain.past_view import Difference
from reception.domain.reporting import NOTHING, Figure, MonthlyFigures, Row, Section, SignalSaid
from reception.statistics.control import p_limits, widening
from reception.statistics.rests_of_shares import Kept
from reception.statistics.rests_of_shares import tell as shares_tell
from reception.statistics.small import hidden, hides_total, is_small

_WAITS = ("visits", "seen", "median_wait_min", "p90_wait_min", "target_min", "share_within_target")
_OF_OTHERS = frozenset({"month", "partner", "month_appointments"})
"""What is told all the same where too few walk-ins came to tell anything of them."""
_OF_GROUPS = ("visits", "median_wait_min", "p90_wait_min", "target_min", "share_within_target")
_OUTCOMES = ("resolved", "to_follow", "booked", "signposted", "left", "no_show", "unresolved", "open")
_OF_SEEN = frozenset({"resolved", "to_follow"})
"""Outcomes of visits that were seen, all of them; of the others some may be of visits that were not."""
_ATTENDANCE = ("attended", "did_not_attend", "cancelled")
_TOLD = ("told_in_time", "told_late", "never_told")


def published(figures: MonthlyFigures) -> MonthlyFigures:
    """The figures as they may be read by anyone."""
    hidden_days = {row.group for row in figures.rows("day") if _rests_on_few(row["share_within_target"])}
    outcomes = {row.group: _parted(row, _OUTCOMES, "visits") for row in figures.rows("month_outcomes")}
    making: dict[str, Callable[[tuple[Row, ...]], list[Row]]] = {
        "month": lambda rows: [_of_month(row, outcomes.get(row.group, Row(""))) for row in rows],
        "month_outcomes": lambda rows: [outcomes[row.group] for row in rows],
        "month_appointments": lambda rows: [_appointments(row) for row in rows],
        "month_delays": lambda rows: [_delays(row, figures) for row in rows],
        "service": lambda rows: _groups(rows, figures.month()),
        "partner": lambda rows: [_partner(row) for row in rows],
        "day": lambda rows: _days([row for row in rows if row.group not in hidden_days]),
        "hour": lambda rows: [_hour(row) for row in rows if not _is_of_few(row)],
        "curve": lambda rows: [_minute(row) for row in rows],
    }
    if figures.month().is_hidden or is_small(_count(figures.month(), "visits")):
        making = {name: make for name, make in making.items() if name in _OF_OTHERS}
    sections = tuple(
        Section(each.name, tuple(making[each.name](each.rows))) for each in figures.sections if each.name in making
    )
    signals = tuple(
        said for said in figures.signals if not hidden_days & {said.first.isoformat(), said.last.isoformat()}
    )
    shown = replace(figures, is_public=True, sections=sections)
    said = tuple(_bounded_signal(signal, shown) for signal in signals)
    return replace(shown, signals=said, difference=_whole_points(shown), widened=_widened(figures, shown))


def _widened(figures: MonthlyFigures, shown: MonthlyFigures) -> float | None:
    """To a tenth, of the days that are told."""
    told = {row.group for row in shown.rows("day")}
    days = _judged([row for row in figures.rows("day") if row.group in told])
    return round(_widening(days), 1) if len(days) > 1 else None


def _bounded_signal(signal: SignalSaid, shown: MonthlyFigures) -> SignalSaid:
    """With the share as its day has it."""
    days = {row.group: row["share_within_target"] for row in shown.rows("day")}
    share = days.get(signal.first.isoformat(), NOTHING)
    if not signal.value or not share.is_hidden:
        return signal
    bound = f"at least {share.at_least:.0%}" if share.at_least is not None else f"at most {share.at_most:.0%}"
    return replace(signal, words=signal.words.replace(signal.value, bound, 1), value=bound)


def _whole_points(shown: MonthlyFigures) -> Difference | None:
    """The difference in whole points; none where either share is told as a bound."""
    difference, before = shown.difference, shown.before()
    shares = [row["share_within_target"] for row in (shown.month(), before) if row is not None]
    if difference is None or len(shares) < 2 or any(share.value is None for share in shares):
        return None
    points, low, high = (float(round(each)) for each in (difference.points, difference.low, difference.high))
    return Difference(points, low, high, difference.is_more_than_chance)


def bounded(figure: Figure, kept: int, of: int) -> Figure:
    """A share of which fewer than 5 were lost, or kept, as a bound; any other in whole percent, rounded down."""
    if not of:
        return Figure(figure.name, figure.value)
    if of < 2 * SMALL:
        return Figure(figure.name, is_hidden=True)
    if of - kept < SMALL:
        return Figure(figure.name, is_hidden=True, at_least=_down((of - SMALL + 1) / of))
    if kept < SMALL:
        return Figure(figure.name, is_hidden=True, at_most=math.ceil((SMALL - 1) / of * 100) / 100)
    return Figure(figure.name, _down(kept / of))


def _of_month(row: Row, outcomes: Row) -> Row:
    visits, seen = _count(row, "visits"), _count(row, "seen")
    if row.is_hidden or is_small(visits):
        return Row(row.group, is_hidden=True)
    few = {figure.name for figure in outcomes.figures if figure.is_hidden}
    # How many were seen would say how many of the hidden are to follow at most, and so how many left at least: of 132
    # visits 101 seen and 100 resolved, one is to follow.
    is_limit = outcomes.is_hidden or bool(few & _OF_SEEN and few - _OF_SEEN)
    told = sum(_count(outcomes, name) for name in _OF_SEEN - few)
    return Row(
        row.group,
        tuple(
            _wait(row, name, hide_seen=is_limit or is_small(visits - seen), few_seen=is_limit and told < SMALL)
            for name in _WAITS
        ),
    )


def _wait(row: Row, name: str, *, hide_seen: bool = False, few_seen: bool = False, hide_share: bool = False) -> Figure:
    """`few_seen`: it must not be said that enough were."""
    figure = row[name]
    few_seen = few_seen or is_small(_count(row, "seen"))
    if name == "share_within_target" and figure.value is not None:
        if hide_share:
            return Figure(name, is_hidden=True)
        return bounded(figure, _count(row, "within_target"), _count(row, "judged"))
    if (hide_seen and name == "seen") or (few_seen and (name == "seen" or name.endswith("wait_min"))):
        return Figure(name, is_hidden=True)
    return Figure(name, figure.value)


def _groups(rows: tuple[Row, ...], month: Row) -> list[Row]:
    """What is hidden already stays so."""
    counts = {row.group: _count(row, "visits") for row in rows if not row.is_hidden}
    few = hidden(counts, sum(counts.values()))
    shown = {row.group: _kept(row) for row in rows if not row.is_hidden and row.group not in few}
    # All of them: which were hidden would tell the rest.
    hide_shares = shares_tell(_kept(month), shown.values())
    return [
        Row(row.group, is_hidden=True)
        if row.group not in shown
        else Row(row.group, tuple(_wait(row, name, hide_share=hide_shares) for name in _OF_GROUPS))
        for row in rows
    ]


def _kept(row: Row) -> Kept:
    return Kept(_count(row, "within_target"), _count(row, "judged"))


def _partner(row: Row) -> Row:
    """Nothing is told that partners add up to."""
    if row.is_hidden or is_small(_count(row, "visits")):
        return Row(row.group, is_hidden=True)
    return Row(row.group, tuple(_wait(row, name) for name in _OF_GROUPS))


def _parted(row: Row, names: Sequence[str], total: str) -> Row:
    """Counts that add up to a total, with those hidden that must be."""
    counts = {name: _count(row, name) for name in names}
    if row.is_hidden or hides_total(counts):
        return Row(row.group, is_hidden=True)
    few = hidden(counts, sum(counts.values()))
    parts = (Figure(name, is_hidden=True) if name in few else row[name] for name in names)
    return Row(row.group, (Figure(total, _count(row, total)), *parts))


def _appointments(row: Row) -> Row:
    booked = _count(row, "appointments")
    counts = {name: _count(row, name) for name in _ATTENDANCE}
    counts["still to come"] = booked - sum(counts.values())
    if row.is_hidden or hides_total(counts):
        return Row(row.group, is_hidden=True)
    few = hidden(counts, booked)
    parts = [Figure(name, is_hidden=True) if name in few else row[name] for name in _ATTENDANCE]
    kept, lost = _count(row, "within_target"), _count(row, "delayed")
    share = Figure("share_within_target")
    if row[share.name].value is not None:
        # Whole percent of a few say of how many: so many came at least.
        share = replace(share, is_hidden=True) if "attended" in few else bounded(row[share.name], kept, kept + lost)
    return Row(
        row.group,
        (
            Figure("appointments", booked),
            *parts,
            share,
            Figure("target_min", row["target_min"].value),
            _part(row, "visitors_late", _count(row, "attended"), hide="attended" in few),
        ),
    )


def _delays(row: Row, figures: MonthlyFigures) -> Row:
    """Hidden whole where the walk-ins or the appointments among them are few: the others are told elsewhere."""
    of_appointments = next(
        (_count(r, "delayed") for r in figures.rows("month_appointments") if r.group == row.group), 0
    )
    if row.figures and row["delayed"].value is None:
        return row  # it is not known
    delayed = _count(row, "delayed")
    if row.is_hidden or any(map(is_small, (delayed, of_appointments, delayed - of_appointments))):
        return Row(row.group, is_hidden=True)
    told = _parted(row, _TOLD, "delayed")
    if told.is_hidden:
        return told
    share = row["share_told_in_time"]
    if told["told_in_time"].is_hidden:
        share = Figure(share.name, is_hidden=True)  # of `delayed`, which is told; a bound would say which part is small
    else:
        share = bounded(share, _count(row, "told_in_time"), delayed)
    in_all = _count(row, "told_in_time") + _count(row, "told_late")
    offered = _part(row, "offered_another_time", in_all, hide=told["never_told"].is_hidden)
    took = _part(row, "took_another_time", _count(row, "offered_another_time"), hide=offered.is_hidden)
    return replace(told, figures=(*told.figures, offered, took, share))


def _part(row: Row, name: str, of: int, *, hide: bool = False) -> Figure:
    """A count, hidden where it is small or leaves but few of what it is a part of; `hide`: that is not told."""
    count = _count(row, name)
    return Figure(name, is_hidden=True) if hide or is_small(count) or is_small(of - count) else Figure(name, count)


def _days(rows: Sequence[Row]) -> list[Row]:
    """All with the limits of a day of the usual number of visits: its own would tell how many a day had."""
    days = _judged(rows)
    if not days:
        return []
    judged = sum(of for _row, _share, of in days)
    low, high = p_limits(_centre(days), judged / len(days), _widening(days) if len(days) > 1 else 1.0)
    limits = (Figure("lower_limit", round(low, 2)), Figure("upper_limit", round(high, 2)))
    return [
        Row(row.group, (bounded(row["share_within_target"], round(share * of), of), *limits, row["signals"]))
        for row, share, of in days
    ]


def _judged(rows: Sequence[Row]) -> list[tuple[Row, float, int]]:
    """The days with a share, it, and how many it is of."""
    found = [(row, row["share_within_target"].value, row["share_within_target"].rests_on) for row in rows]
    return [(row, share, of) for row, share, of in found if isinstance(share, float) and of]


def _centre(days: Sequence[tuple[Row, float, int]]) -> float:
    return sum(share * of for _row, share, of in days) / sum(of for _row, _share, of in days)


def _widening(days: Sequence[tuple[Row, float, int]]) -> float:
    return widening(_centre(days), [(share, of) for _row, share, of in days])


def _is_of_few(row: Row) -> bool:
    """An hour that is hidden is not told of at all: that somebody came then is all there was to tell."""
    return min(_count(row, "visits"), _count(row, "seen")) < SMALL


def _hour(row: Row) -> Row:
    return Row(row.group, (Figure("median_wait_min", row["median_wait_min"].value),))


def _minute(row: Row) -> Row:
    return Row(row.group, tuple(_of_curve(figure) for figure in row.figures))


def _of_curve(figure: Figure) -> Figure:
    if not isinstance(figure.value, float) or figure.rests_on is None:
        return Figure(figure.name)
    within = round(figure.value * figure.rests_on)
    if min(within, figure.rests_on - within) < SMALL:
        return Figure(figure.name, is_hidden=True)
    return Figure(figure.name, _down(figure.value))


def _rests_on_few(figure: Figure) -> bool:
    """On so few that not even a bound of the share is told."""
    return figure.rests_on is not None and figure.rests_on < 2 * SMALL


def _count(row: Row, name: str) -> int:
    value = row[name].value
    return value if isinstance(value, int) else 0


def _down(share: float) -> float:
    """To whole percent. A hair is added: 0.29 * 100 is 28.999999999999996."""
    return math.floor(share * 100 + 1e-9) / 100
