"""Where the book's minutes and columns lie, in pixels of the whole grid and of what is seen of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QSize

from ui.book.plan import Block, Ground, Plan
from ui.moments import time_words
from ui.theme import Look

TOP = 8
"""From the head to the first hour."""
INSET = 3
"""Between a block and its column's lines."""
_LEAST_COLUMN = 128
_MOST_SHARES = 3
_LINE = 18
"""The height of a line of words in a block."""


class Seen(Struct, frozen=True):
    """What is seen: the size of the window onto the grid, how far it is scrolled, and whether it is mirrored."""

    width: int
    height: int
    right: int = 0
    down: int = 0
    mirrored: bool = False


class Geometry:
    """A plan at a look, in a window of some width. Content coordinates begin at the first column's near edge."""

    def __init__(self, plan: Plan, look: Look, width: int, height: int = 0) -> None:
        ends = list(accumulate([_share(blocks) for blocks in plan.blocks] or [1], initial=0))
        self.width = max(width, ends[-1] * look.px(_LEAST_COLUMN))
        self._edges = [round(at * self.width / ends[-1]) for at in ends]
        self.first, self.last = plan.hours
        hour = look.measure("size", "book_hour")
        # the shortest block has room for a line of words
        hour = max(hour, -(-60 * (_LINE + 2) // plan.shortest))
        self._minute = look.px(hour) / 60
        self.line = look.px(_LINE)
        self.height = max(height, self.y(self.last) + TOP)

    def y(self, minute: float) -> int:
        """The upper edge of a minute."""
        return TOP + round((minute - self.first) * self._minute)

    def minute_at(self, y: int) -> float:
        return self.first + (y - TOP) / self._minute

    def column_edges(self, column: int) -> tuple[int, int]:
        return self._edges[column], self._edges[column + 1]

    def column_at(self, x: int) -> int:
        """The column at a place, the nearest one beyond the ends."""
        for at in range(len(self._edges) - 1):
            if x < self._edges[at + 1]:
                return at
        return max(0, len(self._edges) - 2)

    def columns_between(self, left: int, right: int) -> range:
        return range(self.column_at(left), self.column_at(right) + 1)

    def ground_rect(self, ground: Ground) -> QRect:
        left, right = self.column_edges(ground.column)
        top = max(0 if ground.starts <= self.first else self.y(ground.starts), 0)
        bottom = self.height if ground.ends >= self.last else self.y(ground.ends)
        return QRect(left + 1, top, right - left - 1, max(0, bottom - top))

    def piece_rect(self, column: int, starts: int, ends: int, lane: int = 0, lanes: int = 1) -> QRect:
        """What is painted for a time in a column."""
        left, right = self.column_edges(column)
        left, right = left + INSET, right - INSET
        wide = (right - left) / lanes
        one, two = left + round(lane * wide), left + round((lane + 1) * wide)
        top, bottom = self.y(starts) + 1, self.y(ends) - 1
        return QRect(one, top, max(8, two - one - (2 if lane + 1 < lanes else 0)), max(self.line, bottom - top))

    def block_rect(self, block: Block) -> QRect:
        return self.piece_rect(block.column, block.starts, block.ends, block.lane, block.lanes)

    def set_up_rect(self, block: Block) -> QRect:
        """The time before a block; empty where it takes none."""
        if not block.set_up:
            return QRect()
        left, right = self.column_edges(block.column)
        top = self.y(block.from_minute)
        return QRect(left + 1, top, right - left - 1, self.y(block.starts) - top)

    def whole_block_rect(self, block: Block) -> QRect:
        """Block, set-up time and the ring that it may have."""
        return self.block_rect(block).united(self.set_up_rect(block)).adjusted(-6, -6, 6, 6)

    def hours_words(self) -> tuple[tuple[int, str], ...]:
        """Every whole hour and its words: (540, "9am"), (720, "midday")."""
        return tuple((minute, time_words(minute)) for minute in range(self.first, self.last + 1, 60))

    def measures(self) -> tuple[object, ...]:
        """Of two geometries with the same, everything that stays in the book stays where it is."""
        return tuple(self._edges), self.first, self.last, self._minute


def _share(blocks: Sequence[Block]) -> int:
    """How many columns' worth of width one takes: more where much stands side by side."""
    return min(_MOST_SHARES, max((block.lanes for block in blocks), default=1))


def to_seen(rect: QRect, seen: Seen) -> QRect:
    """Content to window."""
    left = rect.left() - seen.right
    if seen.mirrored:
        left = seen.width - left - rect.width()
    return QRect(left, rect.top() - seen.down, rect.width(), rect.height())


def to_content(rect: QRect, seen: Seen) -> QRect:
    """Window to content."""
    left = seen.width - rect.left() - rect.width() if seen.mirrored else rect.left()
    return QRect(left + seen.right, rect.top() + seen.down, rect.width(), rect.height())


def point_to_content(point: QPoint, seen: Seen) -> QPoint:
    return to_content(QRect(point, QSize(1, 1)), seen).topLeft()
