"""A figure as it goes over weeks, months or half hours, with a range round it where there is one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from ui.supervisor.plots.plot import Plot, Tick
from ui.supervisor.plots.scales import nice_ticks
from ui.theme import Look


class Trend(Struct, frozen=True):
    """One figure at each place, from the first on; None leaves a gap. `lows` and `highs`: its range, or empty."""

    values: tuple[float | None, ...]
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    words: str = ""
    """What stands at its end."""


class TrendPlot(Plot):
    """See the module. A second trend is dashed; `level` draws a line across, such as a promise, with its words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._trend: Trend | None = None
        self._beside: Trend | None = None
        self._level: tuple[float, str] | None = None
        self._with_marks = True

    def show_trend(
        self,
        trend: Trend | None,
        names: Sequence[str],
        *,
        beside: Trend | None = None,
        level: tuple[float, str] | None = None,
        y_ticks: Sequence[Tick] | None = None,
        with_marks: bool = True,
    ) -> None:
        """`names`: the words under each place. `y_ticks`: None makes them from nought to the highest figure."""
        self._trend, self._beside, self._level, self._with_marks = trend, beside, level, with_marks
        ticks = list(y_ticks) if y_ticks is not None else nice_ticks(self._highest())
        self.set_y(ticks[0][0], ticks[-1][0], ticks)
        self.set_x(-0.5, max(len(names), 1) - 0.5, [(float(at), name) for at, name in enumerate(names)])
        self.redraw()

    def _highest(self) -> float:
        figures = [
            figure
            for trend in (self._trend, self._beside)
            if trend is not None
            for figure in (*trend.values, *trend.highs)
            if figure is not None
        ]
        return max([*figures, self._level[0] if self._level else 0.0])

    def draw(self, look: Look) -> None:
        trend = self._trend
        if trend is None:
            return
        if trend.lows:
            places = [float(at) for at in range(len(trend.lows))]
            self.band(places, trend.lows, trend.highs, "chart-band")
        if self._level is not None:
            level, words = self._level
            self.level(level, "promise-line", 2)
            _, over = self.unit(2)
            self.words(self._x.high, level + over, words, weight=600, at=(1, 1))
        if self._beside is not None:
            for xs, ys in _pieces(self._beside.values):
                self.line(xs, ys, "text-muted", 1.5, dashed=True)
        for xs, ys in _pieces(trend.values):
            self.line(xs, ys, "chart-line", 2.5)
        if self._with_marks:
            known = [(float(at), value) for at, value in enumerate(trend.values) if value is not None]
            self.marks([x for x, _ in known], [y for _, y in known], "ring", "chart-line")


def _pieces(values: Sequence[float | None]) -> list[tuple[list[float], list[float]]]:
    """The runs between gaps."""
    pieces: list[tuple[list[float], list[float]]] = []
    is_open = False
    for at, value in enumerate(values):
        if value is None:
            is_open = False
            continue
        if not is_open:
            pieces.append(([], []))
            is_open = True
        pieces[-1][0].append(float(at))
        pieces[-1][1].append(value)
    return pieces
