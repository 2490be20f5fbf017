"""The tables of today: by service or by office, the plot's own, counters and rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reception.clock import MINUTE, Instant, Millis
from reception.domain.columns import Column
from reception.domain.figures import WaitSummary
from reception.domain.today_view import Mark, ServiceNow, TodayView
from ui import counter_words, moments
from ui.appointment_words import room_detail, room_words
from ui.supervisor.plots.figures_model import Head, Row, RowKind
from ui.supervisor.today_words import (
    LEFT,
    judged,
    late_now,
    left_after,
    left_before,
    mark_wait,
    marks_by_half_hour,
    nearest,
    ninth,
    own_marks,
    target_words,
)
from ui.supervisor.walk_in_day import kind_of

Rows = tuple[tuple[Head, ...], tuple[Row, ...]]
APART = "counted apart"


def by_service(view: TodayView, passed: Millis) -> Rows:
    """Each service, all of the council's own, and each partner's apart."""
    own = [service for service in view.services if not service.partner]
    target = target_words([service.waits for service in own])
    rows = [_service_row(view, service, passed) for service in own]
    if len(own) != 1:
        total = _cells("All services", view.waiting, view.longest, view.over, passed, view.waits, own_marks([view]))
        rows.append(Row(total, "total"))
    rows += [_service_row(view, service, passed) for service in view.services if service.partner]
    return _heads("Service", target), tuple(rows)


def by_office(views: Sequence[TodayView], passed: Millis) -> Rows:
    """Each office, and all of them; medians of several offices are not known here."""
    target = target_words([view.waits for view in views])
    rows = [
        Row(_cells(view.office.name, view.waiting, view.longest, view.over, passed, view.waits, own_marks([view])))
        for view in views
    ]
    waiting = [view.longest for view in views if view.longest is not None]
    within = sum(view.waits.within_target or 0 for view in views)
    longest = [view.waits.longest_wait_min for view in views if view.waits.longest_wait_min is not None]
    of = judged(own_marks(views))
    rows.append(
        Row(
            (
                "All offices",
                str(sum(view.waiting for view in views)),
                moments.span_words(max(waiting) + passed) if waiting else "",
                str(late_now(sum(view.over for view in views), own_marks(views), passed)),
                str(sum(view.waits.seen for view in views)),
                *_share(within, of),
                "",
                "",
                "",
                str(ninth(max(longest))) if longest else "",
                str(sum(left_after(view.waits) for view in views)),
                str(sum(left_before(view.waits) for view in views)),
            ),
            "total",
        )
    )
    return _heads("Office", target), tuple(rows)


def _heads(first: str, target: str) -> tuple[Head, ...]:
    minutes = target.removesuffix(" min")
    return (
        Head(first, is_figure=False),
        Head("Waiting", aloud="Waiting now, appointments and second services too"),
        Head("Longest now", aloud="Longest wait of those who wait now"),
        Head("Late now", aloud="Of those, who wait past their promise: in no share before they are settled"),
        Head("Seen", aloud="Walk-ins seen"),
        Head(f"Within {minutes}" if minutes else "As promised", aloud="Seen within the promise, of those judged by it"),
        Head("Share of settled", is_strong=True, aloud="Share within the promise of those seen, or gone after it"),
        Head("Mean", aloud="Mean wait in minutes"),
        Head("Median", aloud="Median wait in minutes"),
        Head("9 in 10", aloud="Nine in ten waited no longer, in minutes"),
        Head("Longest", aloud="Longest wait of those who were seen, in minutes"),
        Head("Gone late", aloud=f"{LEFT}, after the limit: counts as lost"),
        Head("Gone early", aloud=f"{LEFT}, before the limit"),
    )


def _service_row(view: TodayView, service: ServiceNow, passed: Millis) -> Row:
    marks = [mark for mark in view.marks if mark.service_id == service.service_id]
    kind: RowKind = "apart" if service.partner else "plain"
    name = _partner_name(view, service) if service.partner else service.service
    return Row(_cells(name, service.waiting, service.longest, service.over, passed, service.waits, marks), kind)


def _partner_name(view: TodayView, service: ServiceNow) -> str:
    """By the partner; where it has several services here, each with its own name."""
    several = sum(each.partner == service.partner for each in view.services) > 1
    name = f"{service.partner}, {service.service}" if several else service.partner
    return f"{name}, {APART}"


def _cells(
    name: str,
    waiting: int,
    longest: Millis | None,
    over: int,
    passed: Millis,
    waits: WaitSummary,
    marks: Sequence[Mark],
) -> tuple[str, ...]:
    return (
        name,
        str(waiting),
        "" if longest is None else moments.span_words(longest + passed),
        "" if _is_unpromised(waits) and not over else str(late_now(over, marks, passed)),
        str(waits.seen),
        *_promised(waits, marks),
        "" if waits.mean_wait_min is None else f"{waits.mean_wait_min:.1f}",
        "" if waits.median_wait_min is None else str(nearest(waits.median_wait_min)),
        "" if waits.p90_wait_min is None else str(ninth(waits.p90_wait_min)),
        "" if waits.longest_wait_min is None else str(ninth(waits.longest_wait_min)),
        str(left_after(waits)),
        str(left_before(waits)),
    )


def _is_unpromised(waits: WaitSummary) -> bool:
    return waits.visits > 0 and waits.within_target is None


def _promised(waits: WaitSummary, marks: Sequence[Mark]) -> tuple[str, str]:
    if _is_unpromised(waits):
        return "no promise", ""
    return _share(waits.within_target or 0, judged(marks))


def _share(within: int, of: int) -> tuple[str, str]:
    return (f"{within} of {of}", counter_words.on_time_words(within, of)[0]) if of else ("", "")


# -- the plot as a table --------------------------------------------------------------------------------------------


def by_half_hour(views: Sequence[TodayView], passed: Millis) -> Rows:
    """The marks of the plot."""
    zone = views[0].office.zone
    kinds = ("in time", "over", "after", "before", "waiting", "late")
    heads = (
        Head("Came from", is_figure=False),
        Head("Walk-ins"),
        Head("In time"),
        Head("Over", aloud="Seen after the promise"),
        Head("Gone late", aloud=f"{LEFT}, after the limit"),
        Head("Gone early", aloud=f"{LEFT}, before the limit"),
        Head("Waiting", aloud="Waiting, walk-ins alone"),
        Head("Late now", aloud="Of those, who wait past their promise"),
        Head("Longest", aloud="Longest wait in minutes, so far of those who wait"),
    )
    rows = []
    for begins, marks in marks_by_half_hour(views):
        longest = max(_minutes(mark, passed) for mark in marks)
        shown = Counter(kind_of(mark, passed) for mark in marks)
        shown["waiting"] += shown["still"] + shown["late"]
        counts = [shown[kind] for kind in kinds]
        cells = (moments.said_time(begins, zone), len(marks), *counts, longest)
        rows.append(Row(tuple(map(str, cells))))
    return heads, tuple(rows)


def _minutes(mark: Mark, passed: Millis) -> int:
    """Whole ones: a wait that has ended is rounded up, one that goes on down."""
    wait = mark_wait(mark, passed)
    return moments.whole_minutes(wait) if mark.column is Column.OPEN else ninth(wait / MINUTE)


# -- counters and rooms ---------------------------------------------------------------------------------------------


def counters_of(views: Sequence[TodayView], now: Instant) -> Rows:
    """Who is at which counter, and with which number."""
    heads = (
        Head("Counter", is_figure=False),
        Head("Officer", is_figure=False),
        Head("Serving", is_figure=False),
        Head("For", is_figure=True, aloud="Since it was called or begun"),
    )
    rows = [
        Row(
            (
                placed(counter.name, view, views),
                counter.officer or "closed",
                f"{counter.number} {counter.service}" if counter.number else "nobody" if counter.officer else "",
                moments.span_words(now - counter.since) if counter.number and counter.since is not None else "",
            ),
            "plain" if counter.officer else "apart",
        )
        for view in views
        for counter in view.counters
    ]
    return heads, tuple(rows)


def rooms_of(views: Sequence[TodayView], now: Instant) -> Rows:
    """Which rooms are free, and until when."""
    heads = (Head("Room", is_figure=False), Head("Now", is_figure=False), Head("Details", is_figure=False))
    rows = [
        Row((placed(room.name, view, views), room_words(room), room_detail(room, view.office.zone, now)))
        for view in views
        for room in view.rooms
    ]
    return heads, tuple(rows)


def placed(name: str, view: TodayView, views: Sequence[TodayView]) -> str:
    """With its office's name, where several are shown."""
    return f"{view.office.name}, {name}" if len(views) > 1 else name
