"""One axis of a plot: how far it goes, and which of its words find room."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct
from PySide6.QtGui import QFontMetrics

Tick = tuple[float, str]
"""Where on the axis, and the words there. Empty words draw a line of the grid alone."""
_TICKS_APART = 8


class Axis(Struct):
    """How far one axis goes, and what stands at it."""

    low: float = 0.0
    high: float = 1.0
    ticks: tuple[Tick, ...] = ()
    grid: bool = False


def apart(axis: Axis, pixels: float, metrics: QFontMetrics | None, height: int = 0) -> list[Tick]:
    """The ticks, those that would touch an earlier one without their words; of even steps every second then, or every
    third, and so on."""
    ticks = list(axis.ticks)
    for every in range(1, len(ticks) + 1 if _is_even(ticks) else 1):
        thinned = [(value, "" if at % every else words) for at, (value, words) in enumerate(ticks)]
        if _not_touching(thinned, axis, pixels, metrics, height) == thinned:
            return thinned
    return _not_touching(ticks, axis, pixels, metrics, height)


def _is_even(ticks: list[Tick]) -> bool:
    steps = {round(after - before, 6) for (before, _), (after, _) in pairwise(ticks)}
    return len(steps) == 1


def _not_touching(
    ticks: list[Tick], axis: Axis, pixels: float, metrics: QFontMetrics | None, height: int
) -> list[Tick]:
    scale = pixels / (axis.high - axis.low) if axis.high > axis.low else 0.0
    placed: list[Tick] = []
    taken: list[tuple[float, float]] = []
    for value, words in ticks:
        half = (metrics.horizontalAdvance(words) + _TICKS_APART) / 2 if metrics is not None else height / 2
        middle = (value - axis.low) * scale
        if words and any(middle - half < end and begin < middle + half for begin, end in taken):
            words = ""
        elif words:
            taken.append((middle - half, middle + half))
        placed.append((value, words))
    return placed
