"""A control chart: a figure a day, the mean, the usual range of these days, and the days that stand out from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from reception.domain.control_charts import ChartPoint, ControlChart
from ui.supervisor.plots.plot import Plot
from ui.supervisor.plots.scales import day_ticks, nice_ticks, share_ticks
from ui.theme import Look

_FEW = 3
"""So many signals have their words beside them; more would stand over each other and are in the table."""
_SPARE = 0.04
_SPARE_BESIDE = 0.01
"""Of all days: the mark of the first and of the last of many is seen whole."""
_CROWDED = 62
"""Of more days than this only the signals are marked."""


class ControlChartPlot(Plot):
    """See the module. Limits follow each day: of a share they are narrower the more visits it rests on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._chart: ControlChart | None = None
        self._point_words: Callable[[ChartPoint], str] = _nothing
        self._is_good: Callable[[ChartPoint], bool] = _no

    def show_chart(
        self,
        chart: ControlChart | None,
        *,
        is_share: bool,
        point_words: Callable[[ChartPoint], str],
        is_good: Callable[[ChartPoint], bool],
    ) -> None:
        """`is_share`: 0 to 1, shown as per cent; else minutes. `point_words`: what stands beside a day that stands
        out, and `is_good` whether it does so for the better."""
        self._chart, self._point_words, self._is_good = chart, point_words, is_good
        if chart is not None:
            days = [point.day for point in chart.points]
            lows = [min(point.value, point.low) for point in chart.points]
            highs = [max(point.value, point.high) for point in chart.points]
            ticks = share_ticks(min(lows), max(highs)) if is_share else nice_ticks(max(highs))
            spare = (ticks[-1][0] - ticks[0][0]) * _SPARE  # a mark at the very end is seen whole
            self.set_y(ticks[0][0] - spare, ticks[-1][0] + spare, ticks)
            beside = max(0.5, len(days) * _SPARE_BESIDE)
            self.set_x(-beside, len(days) - 1 + beside, day_ticks(days))
        self.redraw()

    def forget(self) -> None:
        self.show_chart(None, is_share=False, point_words=_nothing, is_good=_no)

    def draw(self, look: Look) -> None:
        chart = self._chart
        if chart is None or not chart.points:
            return
        points = chart.points
        xs: list[float] = [side for at in range(len(points)) for side in (at - 0.5, at + 0.5)]
        self.band(
            xs,
            [point.low for point in points for _ in range(2)],
            [point.high for point in points for _ in range(2)],
            "chart-band",
        )
        self.level(chart.centre, "chart-line", 2)
        places = [float(at) for at in range(len(points))]
        values = [point.value for point in points]
        is_crowded = len(points) > _CROWDED
        self.line(places, values, "text" if is_crowded else "line-strong", 1)
        calm = [at for at, point in enumerate(points) if not point.signals]
        odd = [at for at, point in enumerate(points) if point.signals]
        if not is_crowded:
            self.marks(calm, [values[at] for at in calm], "ring", "text")
        good = [at for at in odd if self._is_good(points[at])]
        bad = [at for at in odd if at not in good]
        size = 7 if is_crowded else None
        self.marks(bad, [values[at] for at in bad], "diamond", "late", size=size)
        self.marks(good, [values[at] for at in good], "rising", "chart-line", size=size, filled=True)
        self._name_signals(look, odd, values)

    def _name_signals(self, look: Look, odd: Sequence[int], values: Sequence[float]) -> None:
        assert self._chart is not None
        if len(odd) > _FEW:
            return
        for at in odd:
            words = self._point_words(self._chart.points[at])
            is_good = self._is_good(self._chart.points[at])
            self.words_beside(at, values[at], words, look, "text" if is_good else "late-text")

    def words_beside(self, x: float, y: float, words: str, look: Look, token: str = "late-text") -> None:
        """Before the mark, or after it, or where neither has room under it."""
        beside, below = self.unit(look.px(12))
        wide, _ = self.unit(look.width(words, "base", 600) + 8)
        if x - beside - wide > self._x.low:
            place, anchor = (x - beside, y), (1.0, 0.5)
        elif x + beside + wide < self._x.high:
            place, anchor = (x + beside, y), (0.0, 0.5)
        else:
            middle = min(max(x, self._x.low + wide / 2), self._x.high - wide / 2)
            place, anchor = (middle, y - below), (0.5, 0.0)
        self.words(*place, words, token, weight=600, at=anchor)


def _nothing(_point: ChartPoint) -> str:
    return ""


def _no(_point: ChartPoint) -> bool:
    return False
