"""What the plot of today's walk-ins shows: a mark of a kind for each, and the hours of the day."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant, Millis, local_date, midnight_before
from reception.domain.columns import AFTER, Column
from reception.domain.today_view import Mark, TodayView
from ui.supervisor.plots.marks import Shape
from ui.supervisor.today_words import late_already, own_marks

_USUAL_OPENING, _USUAL_DAY = 9 * HOUR, 8 * HOUR
"""Of the axis of a day on which it is closed."""


_WAITING = ("waiting", "late", "still")
"""Kinds that are explained only where there are any."""


class Kind(Struct, frozen=True):
    """How one kind of mark looks, and what it is called."""

    shape: Shape
    token: str
    words: str
    size: int
    width: float = 2
    filled: bool = False


class Day(Struct, frozen=True):
    """All that the plot shows. Where nothing changed it is equal, and nothing is painted anew."""

    marks: tuple[Mark, ...]
    zone: ZoneInfo
    opens_at: Instant
    closes_at: Instant
    now: Instant
    """To the minute."""
    passed: Millis
    """Since the marks were read, to the minute: who waits has waited so much longer."""
    target: Millis | None
    """The one promise of all; None where there is none, or several."""


def day_of(views: Sequence[TodayView], now: Instant) -> Day:
    """Of one office, or of several together; hours from the first opening to the last closing."""
    marks = tuple(sorted(own_marks(views), key=lambda mark: mark.arrived_at))
    opens = [view.opens_at for view in views if view.opens_at is not None]
    closes = [view.closes_at for view in views if view.closes_at is not None]
    came = [mark.arrived_at for mark in marks]
    zone = views[0].office.zone
    usual = midnight_before(local_date(now, zone), zone) + _USUAL_OPENING
    first = min([*opens, *came], default=usual)
    last = max([*closes, *came], default=usual + _USUAL_DAY)
    targets = {mark.target for mark in marks}
    return Day(
        marks,
        zone,
        first - first % (30 * MINUTE),
        max(last, first + HOUR),
        now - now % MINUTE,
        max(0, now - min(view.now for view in views)) // MINUTE * MINUTE,
        next(iter(targets)) if len(targets) == 1 else None,
    )


def kinds_of(target: Millis | None) -> dict[str, Kind]:
    """The kinds of marks, in the order of the legend; `target`: the promise of all, None where they differ."""
    limit = "the promise" if target is None else f"{target / MINUTE:g} min"
    return {
        "in time": Kind("ring", "in-time", "in time", 9),
        "over": Kind("diamond", "late", f"over {limit}", 9, filled=True),
        "after": Kind("cross", "late", "gone late", 10),
        "before": Kind("cross", "text-muted", "gone early", 9, 1.5),
        "waiting": Kind("rising", "text", "waiting", 11, 1.5),
        "late": Kind("rising", "late", "waiting, late already", 12, filled=True),
        "still": Kind("square", "text", "waiting, clock stopped", 9, 1.5),
    }


def legend_of(day: Day) -> tuple[Kind, ...]:
    """The kinds to explain: all that a promise parts, fewer where none is made, none before a walk-in."""
    kinds = kinds_of(day.target)
    shown = {kind_of(mark, day.passed) for mark in day.marks}
    if any(mark.target is not None for mark in day.marks):
        return tuple(kind for name, kind in kinds.items() if name not in _WAITING or name in shown)
    plain = {"in time": "seen", "before": "gone unseen", "waiting": "waiting", "still": kinds["still"].words}
    return tuple(replace(kinds[name], words=words) for name, words in plain.items() if name in shown)


def kind_of(mark: Mark, passed: Millis = 0) -> str:
    """Which kind a mark is of, `passed` after it was read. Without a promise everyone who was seen was in time."""
    if mark.column is Column.OPEN:
        if late_already([mark], passed):
            return "late"
        return "still" if mark.stands_still else "waiting"
    if mark.column is Column.SEEN:
        return "over" if mark.target is not None and mark.wait > mark.target else "in time"
    return "after" if mark.column in AFTER else "before"
