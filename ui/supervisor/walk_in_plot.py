"""Every walk-in of today as a mark, by the time it came and how long it waited, against the promise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.clock import HOUR, MINUTE, Instant
from reception.domain.columns import Column
from reception.domain.today_view import Mark
from ui.moments import said_time
from ui.supervisor.plots.plot import Plot
from ui.supervisor.plots.scales import nice_ticks
from ui.supervisor.today_words import mark_wait
from ui.supervisor.walk_in_day import Day, kind_of, kinds_of, legend_of
from ui.supervisor.walk_in_legend import Legend
from ui.theme import Look

_USUAL_HIGHEST = 30
"""Minutes at the top of the axis, unless somebody waits longer."""
_HIGHEST = 90
"""The axis goes no further; whoever waits longer stands at its edge, and it says so."""
_ROOM_OVER_PROMISE = 1.5
_MARK = 12
"""Pixels across the largest mark."""
_MARGIN = 0.025
"""Of the axes: a mark at nought is whole."""


class WalkInPlot(Plot):
    """The marks, the promise, and now."""

    least = QSize(320, 180)

    def __init__(self) -> None:
        super().__init__("Every walk-in today")
        self.day: Day | None = None
        self._top = 0.0
        """Minutes at the upper edge."""

    def show_day(self, day: Day) -> None:
        """Paints only what is news."""
        if day == self.day:
            return
        self.day = day
        waits = [self._minutes(mark) for mark in day.marks]
        promise = 0.0 if day.target is None else day.target / MINUTE * _ROOM_OVER_PROMISE
        ticks = nice_ticks(min(_HIGHEST, max([*waits, promise, _USUAL_HIGHEST])), most=4)
        top = self._top = ticks[-1][0]
        self.set_y(-top * _MARGIN, top * (1 + _MARGIN), ticks)
        high = self._at(max(day.closes_at, day.now if any(m.column is Column.OPEN for m in day.marks) else 0))
        self.set_x(-high * _MARGIN / 2, high, [(self._at(hour), words) for hour, words in _hours(day, high)])
        self.redraw()

    def _at(self, instant: Instant) -> float:
        assert self.day is not None
        return (instant - self.day.opens_at) / HOUR

    def _minutes(self, mark: Mark) -> float:
        assert self.day is not None
        return mark_wait(mark, self.day.passed) / MINUTE

    def forget(self) -> None:
        self.day = None
        self.redraw()

    def draw(self, look: Look) -> None:
        day = self.day
        if day is None:
            return
        _, over = self.unit(2)
        if day.target is not None:
            promised = day.target / MINUTE
            self.level(promised, "promise-line", look.stroke("promise_line"))
            self._name_promise(day, promised, over, look)
        if 0 <= self._at(day.now) <= self._x.high:
            self.upright(self._at(day.now), "text-muted", 1, dashed=True)
            right = self._at(day.now) > self._x.high * 0.9
            self.words(self._at(day.now), 0, "now", "text-muted", at=(1 if right else -0.1, 1))
        beyond = sum(self._minutes(mark) > self._top for mark in day.marks)
        if beyond:
            words = f"{beyond} over {self._top:g} min, at the edge"
            self.words(self._x.high, self._top, words, "text-muted", at=(1, 0))
        for name, kind in kinds_of(day.target).items():
            marks = [mark for mark in day.marks if kind_of(mark, day.passed) == name]
            if marks:
                xs = [self._at(mark.arrived_at) for mark in marks]
                ys = [min(self._top, self._minutes(mark)) for mark in marks]
                self.marks(xs, ys, kind.shape, kind.token, size=kind.size, filled=kind.filled, width=kind.width)

    def _name_promise(self, day: Day, promised: float, over: float, look: Look) -> None:
        """Its words, on the line or under it, as far right as they hide the fewest marks."""
        words = f"{promised:g} min promised"
        wide, _ = self.unit(look.width(words, "base", 600) + 4 + _MARK)
        _, high = self.unit(look.line() + _MARK)
        points = [(self._at(mark.arrived_at), self._minutes(mark)) for mark in day.marks]

        def hidden(place: tuple[float, int]) -> int:
            right, side = place
            low = promised if side else promised - high
            return sum(right - wide < x < right and low <= y < low + high for x, y in points)

        steps = max(1, int(2 * self._x.high / wide) - 1)
        places = [(self._x.high - at * wide / 2, side) for at in range(steps) for side in (1, 0)]
        place = min(places, key=hidden)
        self.words(
            place[0],
            promised + (over if place[1] else -over),
            words,
            weight=600,
            at=(1, place[1]),
            on="" if hidden(place) else "surface-raised",
        )


def _hours(day: Day, high: float) -> list[tuple[Instant, str]]:
    """Every whole hour of the axis, as "9am"."""
    first = -(-day.opens_at // HOUR) * HOUR
    hours = range(first, day.opens_at + round(high * HOUR) + 1, HOUR)
    return [(hour, said_time(hour, day.zone)) for hour in hours]


class WalkInChart(QWidget):
    """The legend over the plot: so they are saved together."""

    def __init__(self) -> None:
        super().__init__()
        self.legend, self.plot = Legend(), WalkInPlot()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.legend)
        rows.addWidget(self.plot, 1)
        self.setFocusProxy(self.plot)

    def show_day(self, day: Day) -> None:
        self.legend.show_kinds(legend_of(day))
        self.plot.show_day(day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DynamicPropertyChange:
            self.plot.setProperty("pictured", self.property("pictured"))
        return super().event(event)

    def describe(self, words: str) -> None:
        self.plot.describe(words)

    def forget(self) -> None:
        """Nothing is shown, and nothing kept of what was."""
        self.legend.show_kinds(())
        self.plot.forget()
