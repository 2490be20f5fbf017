"""One axis of a plot: how far it goes, and which of its words find room."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QFontMetrics

Tick = tuple[float, str]
"""Where on the axis, and the words there. Empty words draw a line of the grid alone."""
_TICKS_APART = 12


class Axis(Struct):
    """How far one axis goes, and what stands at it."""

    low: float = 0.0
    high: float = 1.0
    ticks: tuple[Tick, ...] = ()
    grid: bool = False


def apart(axis: Axis, pixels: float, metrics: QFontMetrics | None, height: int = 0) -> list[Tick]:
    """The ticks, those that would touch an earlier one without their words."""
    scale = pixels / (axis.high - axis.low) if axis.high > axis.low else 0.0
    placed: list[Tick] = []
    taken = float("-inf")
    for value, words in axis.ticks:
        half = (metrics.horizontalAdvance(words) + _TICKS_APART) / 2 if metrics is not None else height / 2
        middle = (value - axis.low) * scale
        if words and middle - half < taken:
            words = ""
        elif words:
            taken = middle + half
        placed.append((value, words))
    return placed
