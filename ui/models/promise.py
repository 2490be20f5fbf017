"""Where a visit stands against its promise, in whole minutes and whole pixels."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.desk_view import QueueRow
from ui import moments


class Standing(StrEnum):
    """How a waiting visit stands: told by a word, a shape and a colour."""

    IN_TIME = "in-time"
    DUE_SOON = "due-soon"
    LATE = "late"
    NO_PROMISE = "no-promise"


class BarScale(Struct, frozen=True):
    """The promise bar's pixels: it fills to `line_at` by the limit and is full at `width`, the guard.

    Its fill stops `gap` pixels before the line (`line` wide, centred on `line_at`) and goes on `gap` after it.
    """

    width: int = 144
    line_at: int = 96
    gap: int = 2
    line: int = 2

    @property
    def before(self) -> int:
        """Where the track before the line ends."""
        return self.line_at - self.line // 2 - self.gap

    @property
    def after(self) -> int:
        """Where the bar goes on after the line."""
        return self.line_at - self.line // 2 + self.line + self.gap

    def of_width(self, width: int) -> BarScale:
        """The same bar at another width; the line stays at two thirds."""
        return BarScale(width, round(width * self.line_at / self.width), self.gap, self.line)


class Face(Struct, frozen=True):
    """All of a row that changes as time passes."""

    standing: Standing
    attention: bool
    """The one row whose promise is about to be lost and can still be kept."""
    words: str
    fill: int
    """Where the fill ends, before the line; without a promise, anywhere in the bar."""
    over: int
    """Where the fill after the line ends; 0 while the promise is not lost."""


def due_soon_span(target: Millis) -> Millis:
    """From this much time left a promise is due soon: a fifth of the target, at least two minutes.

    Three minutes of fifteen, two of five: enough to call, walk over and sit down.
    """
    return max(target // 5, 2 * MINUTE)


def standing_of(row: QueueRow, now: Instant) -> Standing:
    """Limits are inclusive: a promise is late only after its deadline."""
    if row.target is None:
        return Standing.NO_PROMISE
    if row.judged is not None:
        return Standing.IN_TIME if row.judged <= row.target else Standing.LATE
    left = row.deadline - now
    if left < 0:
        return Standing.LATE
    return Standing.DUE_SOON if left <= due_soon_span(row.target) else Standing.IN_TIME


def face_of(row: QueueRow, now: Instant, scale: BarScale, attention: bool) -> Face:
    """What a row shows at `now`."""
    standing = standing_of(row, now)
    left = row.deadline - now
    target = row.ordering_target if row.target is None else row.target
    elapsed = max(0, target - left)
    if standing is Standing.NO_PROMISE:
        full = max(1, target + row.guard_at - row.deadline)
        words = moments.waited_without_promise(now - row.since - row.stepped_out)
        return Face(standing, False, words, min(scale.width, scale.width * elapsed // full), 0)
    if row.judged is not None:
        elapsed, left = row.judged, target - row.judged
        words = moments.judged_words(row.judged, target)
    else:
        words = moments.time_left(row.deadline, now)
    if standing is not Standing.LATE:
        fill = round(scale.before * min(1.0, elapsed / target)) if target else scale.before
        return Face(standing, attention, words, fill, 0)
    beyond = -left / max(1, row.guard_at - row.deadline)
    over = scale.line_at + round((scale.width - scale.line_at) * min(1.0, beyond))
    return Face(standing, False, words, scale.before, max(scale.after + 2, over))


def nearest_to_lost(rows: tuple[QueueRow, ...], past_from: int | None, now: Instant) -> str:
    """The visit whose promise is about to be lost and can still be kept: due soon, and the least time left.

    Rows from `past_from` on stand behind those that can be kept. Empty when no promise is in danger.
    """
    nearest, least = "", 0
    for row in rows[:past_from]:
        if row.target is None or row.judged is not None:
            continue
        left = row.deadline - now
        if 0 <= left <= due_soon_span(row.target) and (not nearest or left < least):
            nearest, least = row.visit_id, left
    return nearest
