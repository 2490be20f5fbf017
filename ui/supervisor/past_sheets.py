"""The three pictures of a past period, each on its sheet with its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from reception.domain.supervising import SMALL, ControlChart, Curve, HeatCell, PastView
from ui.moments import day_words
from ui.supervisor.figure_words import NONE, count_words, minutes_words, share_words, within_words
from ui.supervisor.past_words import (
    cell_aloud,
    chart_note,
    heat_note,
    hour_words,
    is_good,
    point_words,
    signals_of,
    value_words,
)
from ui.supervisor.plots.control_chart import ControlChartPlot
from ui.supervisor.plots.curve import CurvePlot, Steps
from ui.supervisor.plots.figures_table import Head, Row
from ui.supervisor.plots.heat_map import Cell, HeatMap, level_of
from ui.supervisor.plots.with_table import WithTable
from ui.widgets.segments import Segments

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORKING = frozenset(range(5))
_FEW_DAYS = 3
"""Of fewer weekdays than this those without a visit are not shown."""
_LEAST_MINUTES, _MOST_MINUTES = 30, 240
_NEARLY_ALL = 0.985
_MEDIAN, _SHARE = "median", "share"
_SHAPES = "better (triangle) or worse (diamond)"


class CurveSheet(WithTable):
    """The share seen within so many minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.plot = CurvePlot("Share seen within so many minutes")
        super().__init__("Share seen within so many minutes", self.plot, "share-seen", parent)

    def show_view(self, view: PastView, called: str, called_before: str) -> None:
        """Show a period; `called` is what it and the one beside it are called."""
        waits = view.total.waits
        target = waits.target_min if waits is not None else None
        now = _shares(view.curve)
        then = _shares(view.curve_before) if view.curve_before is not None and view.curve_before.judged else ()
        longest = _longest(now, then, target)
        words = called
        if target is not None and waits is not None:
            words = f"{share_words(waits.share_within_target)} within {minutes_words(target)} min"
        before = None
        if then:
            figure = f" {_share_then(view, then, target)}" if target is not None else ""
            before = Steps(then, f"{called_before}{figure}, dashed")
        self.plot.show_steps(Steps(now, words), before, target, longest)
        rests_on = f"Of {count_words(view.curve.judged)} seen, or gone unseen after the promise"
        self.set_note(f"{rests_on}.", f"{rests_on}: {words}. {before.words if before is not None else ''}".strip())
        heads = [Head("Within, minutes", is_figure=False), Head("Visits"), Head("Share", is_strong=True)]
        if then:
            heads += [Head(called_before, aloud=f"Share in {called_before}")]
        rows = []
        for minute in range(longest + 1):
            cells = [str(minute), count_words(_count_at(view.curve, minute)), share_words(_at(now, minute))]
            rows.append(Row((*cells, share_words(_at(then, minute))) if then else tuple(cells)))
        self.set_rows(heads, rows)


class HeatSheet(WithTable):
    """Weekdays by hours: the median wait, or the share of promises kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.heat = HeatMap("Median wait")
        super().__init__("Median wait in minutes, by weekday and hour", self.heat, "weekday-and-hour", parent)
        self.switch = Segments([(_MEDIAN, "Median", ""), (_SHARE, "Share", "")], "What is shown by weekday and hour")
        self.switch.set_value(_MEDIAN)
        self.switch.chosen.connect(self._show)
        self.add_heading_widget(self.switch)
        self._cells: tuple[HeatCell, ...] = ()
        self._usual: frozenset[int] = _WORKING
        """The weekdays that are shown though nobody came."""

    def show_view(self, view: PastView) -> None:
        self._cells = view.heat
        span = min((view.period.last - view.period.first).days + 1, len(_WEEKDAYS))
        weekdays = {(view.period.first.weekday() + at) % len(_WEEKDAYS) for at in range(span)}
        self._usual = _WORKING & weekdays
        self._show()

    def forget(self) -> None:
        self._cells = ()
        super().forget()

    def _show(self, *_: object) -> None:
        is_share = self.switch.value() == _SHARE
        subject = "Share seen in time" if is_share else "Median wait in minutes"
        self.set_title(f"{subject}, by weekday and hour")
        shown = _usual_hours(self._cells)
        if not shown:
            self.heat.show_cells((), (), ())
            self.set_note("")
            return
        cells = {(cell.weekday, cell.hour): cell for cell in shown}
        known = {cell.weekday for cell in shown}
        days = sorted(known if len(known) < _FEW_DAYS else known | self._usual)
        hours = range(min(cell.hour for cell in shown), max(cell.hour for cell in shown) + 1)
        figures = [figure for cell in shown if (figure := _figure(cell, is_share=is_share)) is not None and _many(cell)]
        scale = (min(figures), max(figures)) if figures else None

        def drawn(day: int, hour: int) -> Cell:
            cell = cells.get((day, hour))
            return Cell(
                _cell_words(cell, is_share=is_share),
                _level(cell, scale, is_share=is_share),
                cell_aloud(cell, day, hour, is_share=is_share),
            )

        self.heat.show_cells(
            [_WEEKDAYS[day] for day in days],
            [hour_words(hour) for hour in hours],
            [[drawn(day, hour) for hour in hours] for day in days],
        )
        elsewhere = sum(cell.visits for cell in self._cells) - sum(cell.visits for cell in shown)
        self.set_note(heat_note(shown, elsewhere, is_share=is_share))
        heads = [Head("When", is_figure=False), Head("Visits"), Head("Seen"), Head("Median"), Head("Share in time")]
        self.set_rows(
            heads,
            [
                Row(
                    (
                        f"{_WEEKDAYS[cell.weekday]}, from {hour_words(cell.hour)}",
                        count_words(cell.visits),
                        count_words(cell.seen),
                        minutes_words(cell.median_wait_min),
                        share_words(cell.share_within_target),
                    )
                )
                for cell in sorted(self._cells, key=lambda cell: (cell.weekday, cell.hour))
            ],
        )


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
        shapes = f"Filled: {_SHAPES}." if chart.found else ""
        line = "the whole period" if is_share else "the mean"
        self.plot.show_chart(
            chart,
            is_share=is_share,
            point_words=lambda point: point_words(point, is_share=is_share),
            is_good=lambda point: is_good(point, chart, is_share=is_share),
            key=f"Line: {line}. Shade: what chance explains. {shapes}".strip(),
        )
        self.set_note(chart_note(chart, is_share=is_share))
        heads = [
            Head("Day", is_figure=False),
            Head("Share" if is_share else "Median", is_strong=True),
            Head("From", aloud="Chance explains from"),
            Head("To", aloud="Chance explains up to"),
            Head("Visits"),
            Head("Stands out", is_figure=False),
        ]
        self.set_rows(
            heads,
            [
                Row(
                    (
                        f"{day_words(point.day)} {point.day.year}",
                        *(value_words(value, is_share=is_share) for value in (point.value, point.low, point.high)),
                        count_words(point.visits),
                        signals_of(point, chart, is_share=is_share),
                    )
                )
                for point in chart.points
            ],
        )


def _figure(cell: HeatCell, *, is_share: bool) -> float | None:
    return cell.share_within_target if is_share else cell.median_wait_min


def _many(cell: HeatCell) -> bool:
    return cell.visits >= SMALL


def _usual_hours(cells: Sequence[HeatCell]) -> list[HeatCell]:
    """The cells of the weekdays and hours at which more than a few came; of a few visits in all, all."""
    many = [cell for cell in cells if _many(cell)]
    if not many:
        return list(cells)
    days, hours = {cell.weekday for cell in many}, [cell.hour for cell in many]
    return [cell for cell in cells if cell.weekday in days and min(hours) <= cell.hour <= max(hours)]


def _cell_words(cell: HeatCell | None, *, is_share: bool) -> str:
    """Whole minutes or per cent: the table has them to the tenth."""
    figure = _figure(cell, is_share=is_share) if cell is not None else None
    if figure is None:
        return "" if cell is None else NONE
    return share_words(figure, 0) if is_share else f"{int(figure + 0.5):,}"


def _level(cell: HeatCell | None, scale: tuple[float, float] | None, *, is_share: bool) -> int | None:
    """How dark: the longer the wait, or the fewer in time; no ground where too few came to compare."""
    figure = _figure(cell, is_share=is_share) if cell is not None else None
    if cell is None or figure is None or (scale is not None and not _many(cell)):
        return None
    low, high = scale or (figure, figure)
    return level_of(high - figure + low if is_share else figure, low, high)


def _shares(curve: Curve) -> tuple[float, ...]:
    return tuple(count / curve.judged for count in curve.within) if curve.judged else ()


def _count_at(curve: Curve, minute: int) -> int:
    return curve.within[min(minute, len(curve.within) - 1)] if curve.within else 0


def _at(shares: tuple[float, ...], minute: float | None) -> float | None:
    if not shares or minute is None:
        return None
    return shares[min(int(minute), len(shares) - 1)]


def _share_then(view: PastView, then: tuple[float, ...], target: float) -> str:
    """As the finding has it, where the same was promised."""
    waits = view.total_before.waits if view.total_before is not None else None
    if waits is not None and waits.target_min == target:
        return share_words(waits.share_within_target)
    return share_words(_at(then, target))


def _longest(now: tuple[float, ...], then: tuple[float, ...], target: float | None) -> int:
    """The last minute of the axis: nearly all were seen by then, and the promise stands within it."""
    least = max(_LEAST_MINUTES, round(2 * target) if target is not None else 0)
    for minute in range(least, _MOST_MINUTES, 10):
        if all((_at(shares, minute) or 1.0) >= _NEARLY_ALL * shares[-1] for shares in (now, then) if shares):
            return minute
    return _MOST_MINUTES
