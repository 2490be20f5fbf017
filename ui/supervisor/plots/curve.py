"""The share seen within so many minutes, as steps, with the promise, and a comparison dashed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from ui.supervisor.plots.plot import Plot
from ui.theme import Look

_PERCENT = tuple((at / 4, f"{25 * at}%") for at in range(5))
_LONGEST = 30


class Steps(Struct, frozen=True):
    """`shares[t]`: the share, 0 to 1, seen within t minutes, from 0 on."""

    shares: tuple[float, ...]
    words: str
    """What stands at the promise, or at the last step where nothing is promised."""


class CurvePlot(Plot):
    """See the module. Waits are whole minutes to those who wait, so the share goes up in steps."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._steps: Steps | None = None
        self._before: Steps | None = None
        self._promise: float | None = None

    def show_steps(
        self, steps: Steps | None, before: Steps | None = None, promise: float | None = None, longest: int = _LONGEST
    ) -> None:
        """`promise`: minutes; None where nothing is promised, or more than one thing. `longest`: the last minute."""
        self._steps, self._before, self._promise = steps, before, promise
        every = next(each for each in (5, 10, 20, 30, 60, 120, 240, 480) if longest / each <= 8 or each == 480)
        self.set_x(0, longest, [(at, str(at)) for at in range(0, longest + 1, every)])
        self.set_y(0, 1.06, _PERCENT)
        self._longest = longest
        self.redraw()

    def forget(self) -> None:
        self.show_steps(None)

    def draw(self, look: Look) -> None:
        steps, before = self._steps, self._before
        if steps is None:
            return
        if before is not None:
            self.line(*_stairs(before.shares, self._longest), "text-muted", 1.5, dashed=True)
        self.line(*_stairs(steps.shares, self._longest), "chart-line", 2.5)
        _, over = self.unit(look.line() / 2)
        self.words(self._longest, over, "minutes waited", "text-muted", at=(1, 0.5))
        minute = self._promise
        if minute is None:
            return
        share = _share_at(steps.shares, minute)
        self.upright(minute, "promise-line", 2)
        self.marks([minute], [share], "ring", "promise-line", size=12)
        beside, below = self.unit(10)
        lines = [(steps.words, 600, "text")] + ([(before.words, 400, "text-muted")] if before is not None else [])
        wide = max(look.width(words, "base", weight) for words, weight, _ in lines) + 8
        unit, _ = self.unit(1)
        room = (self._longest - minute - beside) / unit
        both = [share, *([_share_at(before.shares, minute)] if before is not None else [])]
        _, line = self.unit(look.line())
        # a curve that rises is crossed by no words under it after the promise, nor over it before
        fits_under = min(both) - below - line * len(lines) > line
        fits_over = max(both) + below + line * len(lines) < self._y.high
        is_left = wide * unit < minute - beside and (wide > room or (fits_over and not fits_under))
        down = not fits_over if is_left else fits_under
        x, anchor = (minute - beside, 1) if is_left else (minute + beside, 0)
        y = min(both) - below if down else (max(both) if is_left else share) + below
        for words, weight, token in lines if down else reversed(lines):
            self.words(x, y, words, token, weight=weight, at=(anchor, 0 if down else 1), most=0 if is_left else room)
            rows = 1 if is_left else max(1, math.ceil(look.width(words, "base", weight) / max(room - 4, 1)))
            _, high = self.unit(look.line() * rows)
            y += -high if down else high


def _share_at(shares: Sequence[float], minute: float) -> float:
    if not shares:
        return 0.0
    return shares[min(int(minute), len(shares) - 1)]


def _stairs(shares: Sequence[float], longest: int) -> tuple[list[float], list[float]]:
    """Level from each minute to the next, then up; after the last step, level to the end."""
    xs: list[float] = []
    ys: list[float] = []
    for minute in range(longest + 1):
        share = _share_at(shares, minute)
        if ys:
            xs.append(minute)
            ys.append(ys[-1])
        xs.append(minute)
        ys.append(share)
    return xs, ys
