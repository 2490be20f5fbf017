"""Weekdays by hours, on their sheet with their table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from reception.domain.figures import SMALL
from reception.domain.past_view import HeatCell, PastView
from ui.moments import hour_words
from ui.supervisor.figure_words import NONE, count_words, evened, minutes_words, share_words
from ui.supervisor.heat_words import cell_aloud, heat_note
from ui.supervisor.plots.figures_model import Head, Row
from ui.supervisor.plots.heat_map import Cell, HeatMap, level_of
from ui.supervisor.plots.with_table import WithTable
from ui.widgets.segments import Segments

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORKING = frozenset(range(5))
_FEW_DAYS = 3
"""Of fewer weekdays than this those without a visit are not shown."""
_MEDIAN, _SHARE = "median", "share"


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
        lines = [
            (
                f"{_WEEKDAYS[cell.weekday]}, from {hour_words(cell.hour)}",
                count_words(cell.visits),
                count_words(cell.seen),
                minutes_words(cell.median_wait_min),
                share_words(cell.share_within_target),
            )
            for cell in sorted(self._cells, key=lambda cell: (cell.weekday, cell.hour))
        ]
        self.set_rows(heads, [Row(each) for each in evened(lines)])


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
