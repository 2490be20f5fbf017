"""Every walk-in of today as a mark, by the time it came and how long it waited, against the promise."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from reception.clock import HOUR, MINUTE, Instant, Millis, local_date, local_datetime, midnight_before
from reception.domain.columns import AFTER, Column
from reception.domain.supervising import Mark, TodayView
from ui.supervisor.plots.plot import Plot, Shape, path_of
from ui.supervisor.plots.scales import nice_ticks
from ui.supervisor.today_words import mark_wait, own_marks
from ui.theme import Look, look_of
from ui.widgets.painting import draw_text, text_width

_USUAL_HIGHEST = 30
"""Minutes at the top of the axis, unless somebody waits longer."""
_HIGHEST = 90
"""The axis goes no further; whoever waits longer stands at its edge, and it says so."""
_USUAL_OPENING, _USUAL_DAY = 9 * HOUR, 8 * HOUR
"""Of the axis of a day on which it is closed."""
_ROOM_OVER_PROMISE = 1.5
_MARGIN = 0.025
"""Of the axes: a mark at nought is whole."""


class Kind(Struct, frozen=True):
    """How one kind of mark looks, and what it is called."""

    shape: Shape
    token: str
    words: str
    size: int
    width: float = 2


class Day(Struct, frozen=True):
    """All that the plot shows. Where nothing changed it is equal, and nothing is painted anew."""

    marks: tuple[Mark, ...]
    zone: ZoneInfo
    opens_at: Instant
    closes_at: Instant
    now: Instant
    """To the minute."""
    passed: Millis
    """Since the marks were read, to the minute: who waits has waited so much longer."""
    target: Millis | None
    """The one promise of all; None where there is none, or several."""


def day_of(views: Sequence[TodayView], now: Instant) -> Day:
    """Of one office, or of several together; hours from the first opening to the last closing."""
    marks = tuple(sorted(own_marks(views), key=lambda mark: mark.arrived_at))
    opens = [view.opens_at for view in views if view.opens_at is not None]
    closes = [view.closes_at for view in views if view.closes_at is not None]
    came = [mark.arrived_at for mark in marks]
    zone = views[0].office.zone
    usual = midnight_before(local_date(now, zone), zone) + _USUAL_OPENING
    first = min([*opens, *came], default=usual)
    last = max([*closes, *came], default=usual + _USUAL_DAY)
    targets = {mark.target for mark in marks}
    return Day(
        marks,
        zone,
        first - first % (30 * MINUTE),
        max(last, first + HOUR),
        now - now % MINUTE,
        max(0, now - min(view.now for view in views)) // MINUTE * MINUTE,
        next(iter(targets)) if len(targets) == 1 else None,
    )


def kinds_of(target: Millis | None) -> dict[str, Kind]:
    """The kinds of marks, in the order of the legend; `target`: the promise of all, None where they differ."""
    limit = "the promise" if target is None else f"{target / MINUTE:g} min"
    return {
        "in time": Kind("ring", "in-time", "in time", 9),
        "over": Kind("diamond", "late", f"over {limit}", 9),
        "after": Kind("cross", "late", "gone late", 10),
        "before": Kind("cross", "text-muted", "gone early", 9, 1.5),
        "waiting": Kind("rising", "text", "waiting", 11, 1.5),
        "still": Kind("square", "text", "waiting, clock stopped", 9, 1.5),
    }


def legend_of(day: Day) -> tuple[Kind, ...]:
    """The kinds to explain: all that a promise parts, fewer where none is made, none before a walk-in."""
    kinds = kinds_of(day.target)
    shown = {kind_of(mark) for mark in day.marks}
    if any(mark.target is not None for mark in day.marks):
        return tuple(kind for name, kind in kinds.items() if name not in ("waiting", "still") or name in shown)
    plain = {"in time": "seen", "before": "gone unseen", "waiting": "waiting", "still": kinds["still"].words}
    return tuple(replace(kinds[name], words=words) for name, words in plain.items() if name in shown)


def kind_of(mark: Mark) -> str:
    """Which kind a mark is of. Without a promise everyone who was seen was in time."""
    if mark.column is Column.OPEN:
        return "still" if mark.stands_still else "waiting"
    if mark.column is Column.SEEN:
        return "over" if mark.target is not None and mark.wait > mark.target else "in time"
    return "after" if mark.column in AFTER else "before"


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

    def draw(self, look: Look) -> None:
        day = self.day
        if day is None:
            return
        _, over = self.unit(2)
        if day.target is not None:
            promised = day.target / MINUTE
            self.level(promised, "promise-line", look.stroke("promise_line"))
            self.words(
                self._x.high, promised + over, f"{promised:g} min promised", weight=600, at=(1, 1), on="surface-raised"
            )
        if 0 <= self._at(day.now) <= self._x.high:
            self.upright(self._at(day.now), "text-muted", 1, dashed=True)
            right = self._at(day.now) > self._x.high * 0.9
            self.words(self._at(day.now), 0, "now", "text-muted", at=(1 if right else -0.1, 1))
        beyond = sum(self._minutes(mark) > self._top for mark in day.marks)
        if beyond:
            words = f"{beyond} over {self._top:g} min, at the edge"
            self.words(self._x.high, self._top, words, "text-muted", at=(1, 0))
        for name, kind in kinds_of(day.target).items():
            marks = [mark for mark in day.marks if kind_of(mark) == name]
            if marks:
                xs = [self._at(mark.arrived_at) for mark in marks]
                ys = [min(self._top, self._minutes(mark)) for mark in marks]
                self.marks(xs, ys, kind.shape, kind.token, size=kind.size, width=kind.width)


def _hours(day: Day, high: float) -> list[tuple[Instant, str]]:
    """Every whole hour of the axis, as "9am"."""
    first = -(-day.opens_at // HOUR) * HOUR
    hours = range(first, day.opens_at + round(high * HOUR) + 1, HOUR)
    return [(hour, _hour_words(hour, day.zone)) for hour in hours]


def _hour_words(hour: Instant, zone: ZoneInfo) -> str:
    local = local_datetime(hour, zone)
    if local.minute:  # a zone that is off by half an hour
        return f"{local.hour % 12 or 12}.{local.minute:02}"
    return f"{local.hour % 12 or 12}{'am' if local.hour < 12 else 'pm'}"


class Legend(QWidget):
    """What each mark means, in as many lines as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[Kind, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_kinds(self, kinds: Sequence[Kind]) -> None:
        if tuple(kinds) != self._kinds:
            self._kinds = tuple(kinds)
            self.setAccessibleName(f"Marks: {', '.join(kind.words for kind in kinds)}")
            self.updateGeometry()
            self.update()

    def _places(self, width: int) -> tuple[list[tuple[int, int]], int]:
        """Where each begins, and the height of all."""
        look = look_of(self)
        x = y = 0
        places = []
        for kind in self._kinds:
            wide = look.px(22) + text_width(kind.words, look)
            if x and x + wide > width:
                x, y = 0, y + look.line()
            places.append((x, y))
            x += wide + look.px(22)
        return places, y + look.line()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(look_of(self).px(480), self._places(max(1, self.width()))[1])

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of(self).px(120), self._places(max(1, self.width()))[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self)
        painter = QPainter(self)
        for kind, (x, y) in zip(self._kinds, self._places(self.width())[0], strict=True):
            line = QRect(x, y, look.px(14), look.line())
            _draw_mark(painter, line, kind, look)
            draw_text(painter, QRect(x + look.px(22), y, self.width() - x, look.line()), kind.words, look)


def _draw_mark(painter: QPainter, area: QRect, kind: Kind, look: Look) -> None:
    """The mark as the plot draws it, in the middle of `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(kind.token), 1 if kind.shape == "diamond" else kind.width))
    painter.setBrush(look.colour(kind.token) if kind.shape == "diamond" else Qt.BrushStyle.NoBrush)
    size = look.px(kind.size)
    x, y = area.center().x() + 0.5, area.center().y() + 0.5
    painter.translate(x, y)
    painter.scale(size, size)
    pen = painter.pen()
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawPath(path_of(kind.shape))
    painter.restore()


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
