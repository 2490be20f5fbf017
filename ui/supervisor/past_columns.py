"""The columns of the tables of a past period: what each counts, and its words."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from operator import attrgetter
from typing import Any

from msgspec import Struct

from reception.domain.figures import WaitSummary
from reception.domain.past_view import PastView
from ui.supervisor.figure_words import (
    NONE,
    count_words,
    mean_words,
    minutes_words,
    points_words,
    share_words,
    signed_words,
    within_head,
)
from ui.supervisor.plots.figures_model import Head


class Sheaf(StrEnum):
    """What a table is about."""

    WAITS = "waits"
    ENDS = "ends"
    COMPARED = "compared"
    RESOLVED = "resolved"
    APPOINTMENTS = "appointments"
    DELAYS = "delays"
    OUTCOMES = "outcomes"
    LEGS = "legs"


SHEAVES: tuple[tuple[Sheaf, str], ...] = (
    (Sheaf.WAITS, "Waits"),
    (Sheaf.ENDS, "Seen and unseen"),
    (Sheaf.COMPARED, "Compared"),
    (Sheaf.RESOLVED, "Until resolved"),
    (Sheaf.APPOINTMENTS, "Appointments"),
    (Sheaf.DELAYS, "Told of delays"),
    (Sheaf.OUTCOMES, "Outcomes"),
    (Sheaf.LEGS, "Second services"),
)


TOTALS = {Sheaf.APPOINTMENTS: "All appointments", Sheaf.DELAYS: "All"}
"""What the total is of, where it is not walk-ins alone."""


class Column(Struct, frozen=True):
    """One column: its head, and its words for a group's figures. `keep_zero`: shown also where it is 0 throughout."""

    head: Head
    words: Callable[[Any], str]
    keep_zero: bool = True


def _count(name: str, words: str, aloud: str = "", *, keep_zero: bool = True) -> Column:
    read = attrgetter(name)
    return Column(Head(words, aloud=aloud), lambda about: count_words(read(about)), keep_zero)


def _minutes(name: str, words: str, aloud: str = "") -> Column:
    read = attrgetter(name)
    said = mean_words if name.rpartition(".")[2].startswith("mean") else minutes_words
    return Column(Head(words, aloud=aloud or f"{words}, minutes"), lambda about: said(read(about)))


def _share(name: str, words: str, aloud: str = "") -> Column:
    read = attrgetter(name)
    return Column(Head(words, is_strong=True, aloud=aloud), lambda about: share_words(read(about)))


GONE_LATE = "Ended unseen after the promise: left, no-show, booked, signposted or day closed"
LOST = "Promises lost: seen late, or ended unseen after the promise"


def _lost(waits: WaitSummary) -> int | None:
    return None if waits.within_target is None else waits.judged - waits.within_target


def _waits(view: PastView) -> list[Column]:
    target = view.total.waits.target_min if view.total.waits is not None else None
    return [
        Column(
            Head("Counted", aloud="Counted: seen, or gone unseen after the promise"),
            lambda waits: count_words(waits.judged or waits.seen),
        ),
        _count("within_target", within_head(target)),
        _share("share_within_target", "Share"),
        _minutes("mean_wait_min", "Mean"),
        _minutes("median_wait_min", "Median"),
        _minutes("p90_wait_min", "9 in 10"),
        _minutes("longest_wait_min", "Longest"),
        Column(Head("Gone late", aloud=GONE_LATE), lambda waits: count_words(waits.lost_unseen)),
        Column(Head("Lost in all", aloud=LOST), lambda waits: count_words(_lost(waits))),
    ]


def _ends(_view: PastView) -> list[Column]:
    unseen = (
        ("left", "Left"),
        ("no_show", "No-show"),
        ("booked_unseen", "Booked"),
        ("signposted_unseen", "Signposted"),
        ("unresolved_unseen", "Day closed"),
    )
    return [
        _count("visits", "Visits"),
        _count("seen", "Seen"),
        *(
            _count(f"{name}_{side}", f"{words} {side}", f"{words} unseen, {side} the promise", keep_zero=False)
            for name, words in unseen
            for side in ("after", "before")
        ),
        _count("open", "Open", keep_zero=False),
    ]


def _compared(_view: PastView) -> list[Column]:
    def both(words: Callable[[Any], str]) -> tuple[Callable[[Any], str], Callable[[Any], str]]:
        return lambda pair: words(pair[0]), lambda pair: words(pair[1]) if pair[1] is not None else NONE

    counted, counted_then = both(lambda waits: count_words(waits.judged or waits.seen))
    share, share_then = both(lambda waits: share_words(waits.share_within_target))
    median, median_then = both(lambda waits: minutes_words(waits.median_wait_min))
    most, most_then = both(lambda waits: minutes_words(waits.p90_wait_min))
    return [
        Column(Head("Counted"), counted),
        Column(Head("Before", aloud="Counted in the compared period"), counted_then),
        Column(Head("Share", is_strong=True), share),
        Column(Head("Before", aloud="Share in the compared period"), share_then),
        Column(
            Head("Points", is_strong=True, aloud="Difference of the shares, in points of per cent"),
            lambda pair: points_words(
                pair[0].share_within_target, pair[1].share_within_target if pair[1] is not None else None
            ),
        ),
        Column(Head("Median", aloud="Median, minutes"), median),
        Column(Head("Before", aloud="Median in the compared period, minutes"), median_then),
        Column(Head("Diff.", aloud="Difference of the medians, minutes"), lambda pair: _apart(pair, "median_wait_min")),
        Column(Head("9 in 10", aloud="9 in 10 within, minutes"), most),
        Column(Head("Before", aloud="9 in 10 within, in the compared period, minutes"), most_then),
    ]


def _apart(pair: Any, name: str) -> str:
    now, before = getattr(pair[0], name), getattr(pair[1], name) if pair[1] is not None else None
    return signed_words(now - before if now is not None and before is not None else None)


def _resolved(view: PastView) -> list[Column]:
    target = view.total.resolved.target_min if view.total.resolved is not None else None
    return [
        _count("visits", "Visits"),
        _count(
            "judged", "Counted", "Counted in the share: without the exempt, ended so that the promise was kept or lost"
        ),
        _count("within_target", within_head(target)),
        _share("share_within_target", "Share", "Share, without the exempt"),
        _share("share_with_exempt", "With exempt", "Share, the exempt judged as everyone else"),
        _minutes("mean_resolved_min", "Mean"),
        _minutes("median_resolved_min", "Median"),
        _minutes("p90_resolved_min", "9 in 10"),
        _minutes("longest_resolved_min", "Longest"),
        _count("resolved", "Resolved"),
        _count("to_follow", "To follow"),
        _count("not_resolved_before", "Not before", "Not resolved, ended before the promise"),
        _count("not_resolved_after", "Not after", "Not resolved, ended after the promise"),
        _count("exempt", "Exempt", keep_zero=False),
        _count("open", "Open", keep_zero=False),
    ]


def _appointments(view: PastView) -> list[Column]:
    target = view.total.appointments.target_min if view.total.appointments is not None else None
    return [
        _count("appointments.appointments", "Booked"),
        _count("appointments.attended", "Attended"),
        _count("appointments.did_not_attend", "Did not attend"),
        _count("appointments.cancelled", "Cancelled"),
        _count("appointments.judged", "Counted", "Counted in the share: seen, or gone unseen after the promise"),
        _count("appointments.within_target", within_head(target)),
        _share("appointments.share_within_target", "Share"),
        _count("lateness.lateness_known", "Seen", "Seen, so that their lateness is known"),
        _minutes("appointments.mean_lateness_min", "Mean late", "Mean lateness, minutes"),
        _minutes("appointments.median_lateness_min", "Median", "Median lateness, minutes"),
        _minutes("appointments.p90_lateness_min", "9 in 10", "9 in 10 late by no more than, minutes"),
        _minutes("lateness.longest_lateness_min", "Longest", "Longest lateness, minutes"),
        _count("appointments.visitors_late", "Visitor late"),
        _count("appointments.delayed", "Delayed"),
        _count("appointments.told_of_delay", "Told", "Of the delayed, told of the delay"),
        _count("appointments.offered_another_time", "Offered", "Of the delayed, offered another time"),
    ]


def _delays(_view: PastView) -> list[Column]:
    return [
        _count("delayed", "Delayed"),
        _count("told_in_time", "Told in time"),
        _count("told_late", "Told late"),
        _count("never_told", "Never told"),
        _share("share_told_in_time", "Share", "Share told in time"),
        _count("offered_another_time", "Offered another time"),
        _count("took_another_time", "Took another time"),
    ]


def _outcomes(_view: PastView) -> list[Column]:
    def ended(name: str, words: str) -> Column:
        def said(about: Any) -> str:
            count = getattr(about, name)
            return f"{count_words(count)} ({share_words(count / about.visits, 0)})" if count else "0"

        return Column(Head(words), said, keep_zero=name in ("resolved", "to_follow"))

    return [
        _count("visits", "Visits"),
        _count("people", "People"),
        ended("resolved", "Resolved"),
        ended("to_follow", "To follow"),
        ended("booked", "Booked"),
        ended("signposted", "Signposted"),
        ended("left", "Left"),
        ended("no_show", "No-show"),
        ended("unresolved", "Unresolved"),
        ended("open", "Open"),
        _count("reinstated", "Back after no-show", keep_zero=False),
    ]


def _legs(_view: PastView) -> list[Column]:
    return [
        _count("legs.later_legs", "Waits", "Waits for a second or later service"),
        _minutes("legs.mean_later_min", "Mean", "Mean wait for a second or later service, minutes"),
        _minutes("legs.median_later_min", "Median", "Median wait for a second or later service, minutes"),
        _minutes("legs.p90_later_min", "9 in 10", "9 in 10 waits for a second or later service within, minutes"),
        _minutes("legs.longest_later_min", "Longest", "Longest wait for a second or later service, minutes"),
        _count("waits.seen", "All: seen", "Visits seen, whose waits over all services follow"),
        _minutes("legs.mean_total_min", "All: mean", "Mean wait over all services, minutes"),
        _minutes("legs.median_total_min", "All: median", "Median wait over all services, minutes"),
        _minutes("legs.p90_total_min", "All: 9 in 10", "9 in 10 over all services within, minutes"),
        _minutes("legs.longest_total_min", "All: longest", "Longest wait over all services, minutes"),
    ]


COLUMNS: dict[Sheaf, Callable[[PastView], list[Column]]] = {
    Sheaf.WAITS: _waits,
    Sheaf.ENDS: _ends,
    Sheaf.COMPARED: _compared,
    Sheaf.RESOLVED: _resolved,
    Sheaf.APPOINTMENTS: _appointments,
    Sheaf.DELAYS: _delays,
    Sheaf.OUTCOMES: _outcomes,
    Sheaf.LEGS: _legs,
}
