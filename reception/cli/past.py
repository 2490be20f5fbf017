"""`reception stats week`, `month`, `office`, `officer`, `language` and `need`: waits by what a supervisor groups by."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reception.app import Door
from reception.cli.opening import at_office, existing_door, sign_in_supervisor
from reception.cli.periods import check_period, compared
from reception.cli.settings import settings_of
from reception.cli.terminal import complain, say
from reception.clock import local_date
from reception.domain.control_charts import ControlChart
from reception.domain.figures import WaitSummary
from reception.domain.grouping import IN_TIME, Grouping, Period, key_of_day, places_in_time
from reception.domain.local_time import said_date
from reception.domain.office import Office
from reception.domain.past_view import Group, PastView
from reception.domain.signal_words import said_chance, said_measure, said_minutes, said_share, said_signals
from reception.opening import choose_office
from reception.services import queries as q
from reception.services.supervisor_queries import Past
from reception.statistics.side_by_side import RENDERERS, Layout, Line, Side, paired

WITHOUT = {Grouping.LANGUAGE: "(not asked)", Grouping.NEED: "(none)"}
"""What says something of a person, and what a table calls the group without a name."""
HIDDEN = "Hidden are groups of fewer than 5 visits, and those that would tell how many they were."
TARGETS_CHANGED = "More than one target was in force: each visit is judged by that of its own day."


def figures_by(args: argparse.Namespace) -> int:
    """Print the waits of one office, or of all together."""
    check_period(args)
    other = compared(args)
    door = existing_door(settings_of(args))
    try:
        offices: tuple[Office, ...] = door.ask(q.Offices())
        if args.office or len(offices) < 2:
            offices = (choose_office(offices, args.office or ""),)
            chosen = tuple(office.id for office in offices)
        else:
            chosen = ()
        return _print(args, _asked(args, door, chosen, other), offices)
    finally:
        door.close()


def figures_by_officer(args: argparse.Namespace) -> int:
    """Print the waits of one office by who served first, for a supervisor who gives the PIN."""
    check_period(args)
    other = compared(args)
    with at_office(args) as (door, office):
        sign_in_supervisor(door, office, args.supervisor)
        return _print(args, _asked(args, door, (office.id,), other), (office,))


def _asked(args: argparse.Namespace, door: Door, office_ids: tuple[str, ...], other: Period | None) -> PastView:
    by = Grouping(args.subcommand)
    view: PastView = door.ask(
        Past(office_ids, Period(args.first, args.last), other, by, without_evacuations=args.without_evacuations)
    )
    return view


# -- printing --------------------------------------------------------------------------------------------------


def _print(args: argparse.Namespace, view: PastView, offices: Sequence[Office]) -> int:
    lines = lines_of(view)
    layout = Layout(WaitSummary, is_compared=view.compared is not None, may_hide=True)
    is_table = args.format == "table"
    if is_table and view.by in WITHOUT:
        lines = [_named(line, WITHOUT[view.by]) for line in lines]
    elif is_table:
        lines = [*lines, Line(_side(view.total), None if view.total_before is None else _side(view.total_before))]
    sys.stdout.write(RENDERERS[args.format](lines, layout))
    if is_table and view.compared is not None:
        say("")
        say(said_comparison(view))
    if is_table and view.by in IN_TIME:
        for line in said_days(view):
            say(line)
    for remark in remarks(view, offices):
        complain(remark)
    return 0


def lines_of(view: PastView) -> list[Line]:
    """The groups that had a visit, each beside what it is compared with."""
    now, before = _sides(view.groups), _sides(view.groups_before)
    if view.by not in IN_TIME:
        return paired(now, before)
    lines = paired(now, before, (_places(now, view.by, view.period), _places(before, view.by, view.compared)))
    signals = _signals(view)
    return [
        Line(line.now, line.before, {"signals": [each for key, each in signals if key == line.now.key]})
        for line in lines
    ]


def _places(sides: Sequence[Side], by: Grouping, period: Period | None) -> list[int]:
    return [] if period is None else places_in_time([side.key for side in sides], by, period.first)


def _named(line: Line, words: str) -> Line:
    return Line(_called(line.now, words), None if line.before is None else _called(line.before, words))


def _called(side: Side, words: str) -> Side:
    return side if side.key else replace(side, key=words)


def _sides(groups: Sequence[Group]) -> list[Side]:
    return [_side(group) for group in groups if group.is_hidden or group.waits is not None]


def _side(group: Group) -> Side:
    return Side(group.key, group.waits, group.is_hidden)


def said_comparison(view: PastView) -> str:
    """Whether the share of the period and that of the other differ by more than chance explains, in a line."""
    both = [None if group is None or group.waits is None else group.waits for group in (view.total, view.total_before)]
    now, before = (None if waits is None else waits.share_within_target for waits in both)
    if now is None or before is None:
        return "In one of the two periods there is no share within target to compare."
    points = round(100 * (now - before), 1)
    if not points:
        return "Share within target: the same in both periods."
    side = "higher" if points > 0 else "lower"
    return f"Share within target: {abs(points):.1f} points {side} now, {said_chance(view.difference)}."


# -- control charts --------------------------------------------------------------------------------------------


def _charts(view: PastView) -> Iterator[tuple[str, str, ControlChart, Callable[[float], str]]]:
    if view.medians is not None:
        yield "median_wait_min", "Median wait", view.medians, said_minutes
    if view.shares is not None:
        yield "share_within_target", "Share within target", view.shares, said_share


def _signals(view: PastView) -> list[tuple[str, dict[str, object]]]:
    """Each signal, as JSON has it, with the group that it begins in."""
    return [
        (
            key_of_day(found.first, view.by),
            {
                "figure": figure,
                "signal": found.signal.value,
                "first": found.first.isoformat(),
                "last": found.last.isoformat(),
                "days": found.count,
                "is_above": found.is_above,
                "words": words,
            },
        )
        for figure, _name, chart, said_value in _charts(view)
        for found, words in zip(chart.found, said_signals(chart, said_value), strict=True)
    ]


def said_days(view: PastView) -> Iterator[str]:
    """Which days stand out from the others, in lines."""
    for _figure, name, chart, said_value in _charts(view):
        centred = ", the mean of the daily medians" if chart is view.medians else ""
        yield ""
        yield f"{name}, day by day, about {said_value(chart.centre)}{centred}:"
        for sentence in said_signals(chart, said_value):
            yield f"  {sentence}."
        if measure := said_measure(chart.widened, is_found=bool(chart.found)):
            yield f"  {measure}."


# -- remarks ---------------------------------------------------------------------------------------------------


def remarks(view: PastView, offices: Sequence[Office]) -> Iterator[str]:
    """What is to be known besides."""
    groups = [*view.groups, *view.groups_before]
    counted = 0 if view.total.waits is None else view.total.waits.visits
    if not counted and not view.total.is_hidden:
        yield nothing(view, offices)
    if any(group.is_hidden for group in groups):
        yield HIDDEN
    if view.targets_changed:
        yield TARGETS_CHANGED


def nothing(view: PastView, offices: Sequence[Office]) -> str:
    """Why there is nothing to show."""
    where = offices[0].name if len(offices) == 1 else "The offices"
    if view.period.first > max(local_date(view.now, office.zone) for office in offices):
        return "That time is still to come."
    if view.first_visit is None:
        return f"{where} had no visit yet at all."
    if view.period.last < view.first_visit:
        return f"{where} had no visit in that time: the first was on {said_date(view.first_visit)}."
    return f"{where} had no walk-in visit in that time."
