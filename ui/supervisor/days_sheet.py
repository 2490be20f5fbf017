"""Day by day, on its sheet with its table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reception.domain.control_charts import ControlChart
from reception.domain.past_view import PastView
from ui.moments import day_words
from ui.supervisor.chart_words import chart_note, is_good, point_words, signals_of, value_words
from ui.supervisor.figure_words import count_words, evened, within_words
from ui.supervisor.plots.control_chart import ControlChartPlot
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.plots.with_table import WithTable
from ui.widgets.segments import Segments

_MEDIAN, _SHARE = "median", "share"
_SHAPES = "Triangle: better. Diamond: worse."


class DaysSheet(WithTable):
    """Day by day: the share kept, or the median wait, and whether any day is really different."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = ControlChartPlot("Day by day")
        super().__init__("Day by day", self.plot, "day-by-day", parent)
        self.switch = Segments([(_SHARE, "Share", ""), (_MEDIAN, "Median", "")], "What is shown day by day")
        self.switch.set_value(_SHARE)
        self.switch.chosen.connect(self._show)
        self.add_heading_widget(self.switch)
        self._view: PastView | None = None

    def show_view(self, view: PastView) -> None:
        self._view = view
        self.switch.setVisible(view.shares is not None and view.medians is not None)
        self._show()

    def forget(self) -> None:
        self._view = None
        super().forget()

    def is_empty(self) -> bool:
        """There are too few days to draw a chart of."""
        return self._chart() is None

    def _chart(self) -> ControlChart | None:
        view = self._view
        if view is None:
            return None
        return view.shares if self._is_share() else view.medians

    def _is_share(self) -> bool:
        view = self._view
        if view is None or view.shares is None:
            return False
        return view.medians is None or self.switch.value() == _SHARE

    def _show(self, *_: object) -> None:
        view, chart, is_share = self._view, self._chart(), self._is_share()
        if view is None or chart is None:
            return
        waits = view.total.waits
        limit = within_words(waits.target_min if waits is not None else None)
        self.set_title(f"Seen {limit}, day by day" if is_share else "Median wait in minutes, day by day")
        shapes = _SHAPES if chart.found else ""
        line = "the whole period" if is_share else "the mean"
        self.plot.show_chart(
            chart,
            is_share=is_share,
            point_words=lambda point: point_words(point, is_share=is_share),
            is_good=lambda point: is_good(point, chart, is_share=is_share),
        )
        key = f"Line: {line}. Shade: usual range of these days. {shapes}".strip()
        self.set_note(f"{chart_note(chart, is_share=is_share)}\n{key}")
        heads = [
            Head("Day", is_figure=False),
            Head("Share" if is_share else "Median", is_strong=True),
            Head("From", aloud="Usual range from"),
            Head("To", aloud="Usual range up to"),
            Head("Visits"),
            Head("Stands out", is_figure=False),
        ]
        cells = [
            (
                f"{day_words(point.day)} {point.day.year}",
                *(value_words(value, is_share=is_share) for value in (point.value, point.low, point.high)),
                count_words(point.visits),
                signals_of(point, chart, is_share=is_share),
            )
            for point in chart.points
        ]
        self.set_rows(heads, [Row(each) for each in evened(cells)])
