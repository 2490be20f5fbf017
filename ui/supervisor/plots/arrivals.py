"""What is expected half hour by half hour, as steps over the band in which eight days in ten lie."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from ui.supervisor.plots.plot import Plot
from ui.supervisor.plots.scales import nice_ticks
from ui.theme import Look

_HOUR = 60
_ROOM = 1.05
"""So much of the greatest is on the axis, that nothing lies on the frame."""
_MOST_NAMED = 9
"""Of a longer day every other hour is named."""


class Step(Struct, frozen=True):
    """From `minute`, counted from midnight, for `minutes`."""

    minute: int
    minutes: int
    expected: float
    low: float
    high: float


class ArrivalsPlot(Plot):
    """See the module. Where there is a gap between steps, as over a midday closure, so there is in what is drawn."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._runs: list[list[Step]] = []

    def show_steps(self, steps: Sequence[Step], hour_words: Sequence[str]) -> None:
        """`hour_words`: what each hour of the day from midnight on is called under the axis, 25 of them."""
        self._runs = _runs(steps)
        first = min((step.minute for step in steps), default=0) // _HOUR
        last = -(-max((step.minute + step.minutes for step in steps), default=_HOUR) // _HOUR)
        ticks = nice_ticks(_ROOM * max((max(step.high, step.expected) for step in steps), default=1.0))
        self.set_y(0, ticks[-1][0], ticks)
        every = 1 if last - first <= _MOST_NAMED else 2
        hours = [(hour * _HOUR, "" if (hour - first) % every else hour_words[hour]) for hour in range(first, last + 1)]
        self.set_x(first * _HOUR, last * _HOUR, hours)
        self.redraw()

    def forget(self) -> None:
        self._runs = []
        self.redraw()

    def draw(self, look: Look) -> None:
        for run in self._runs:
            xs = [x for step in run for x in (step.minute, step.minute + step.minutes)]
            lows = [step.low for step in run for _ in range(2)]
            expected = [step.expected for step in run for _ in range(2)]
            highs = [step.high for step in run for _ in range(2)]
            self.band(xs, lows, highs, "chart-band")
            # the edges are told from the ground in every theme, the line from the edges by its width
            self.line(xs, highs, "chart-line", look.stroke("hairline"), dashed=True)
            self.line(xs, lows, "chart-line", look.stroke("hairline"), dashed=True)
            self.line(xs, expected, "chart-line", 2.5)


def _runs(steps: Sequence[Step]) -> list[list[Step]]:
    runs: list[list[Step]] = []
    for step in steps:
        if runs and runs[-1][-1].minute + runs[-1][-1].minutes == step.minute:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs
