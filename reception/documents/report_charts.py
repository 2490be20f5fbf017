"""The charts of a report, as vectors: a curve of waits, days with their limits, a table of hours shaded by waits.

What a line or point means never rests on its colour: the other month is dashed, signals are filled and have another
shape, every shaded cell has its figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import pairwise

from reception.documents.pages import Piece
from reception.documents.pen import Pen
from reception.documents.report_sheet import (
    BAND,
    BESIDE,
    BLACK,
    CHART,
    CHART_STRONG,
    GRID,
    HEAT,
    HEIGHT,
    INNER,
    LINE,
    MARGIN,
    WHITE,
    WHITE_ON,
    Ink,
    Sheets,
    base_of,
    put,
)
from reception.documents.report_words import UNKNOWN, Words
from reception.documents.structure import Part
from reception.documents.text import Style
from reception.domain.reporting import WITHIN_MINUTES, MonthlyFigures, Row, hour_of

_AXIS = 34.0
"""Room for the figures at the left of a plot."""
_FOOT = 16.0
"""Room for those below it."""
_GAP = 4.0

Points = Sequence[tuple[float, float]]


class Plot:
    """A plot with its axes; what is drawn in it is given in its own measures."""

    def __init__(
        self, sheets: Sheets, pen: Pen, top: float, height: float, x: tuple[float, float], y: tuple[float, float]
    ) -> None:
        """`top` and `height`: of the plot and its foot; `x` and `y`: the first and last value of each axis."""
        self._sheets = sheets
        self._pen = pen
        self.left, self.width = MARGIN + _AXIS, INNER - _AXIS - 6
        self.top, self.height = top + 6, height - _FOOT - 6
        self._x, self._y = x, y

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a value is on the page."""
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        up = (y - self._y[0]) / (self._y[1] - self._y[0])
        return self.left + across * self.width, HEIGHT - self.top - self.height * (1 - up)

    def line(self, points: Points, thickness: float, ink: Ink, dash: tuple[float, float] | None = None) -> None:
        """Through the points, one after the other."""
        canvas = self._pen.canvas
        canvas.setStrokeColorRGB(*ink)
        canvas.setLineWidth(thickness)
        canvas.setDash(*([list(dash)] if dash else [[]]))
        path = canvas.beginPath()
        path.moveTo(*self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self.at(*point))
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setDash([])
        canvas.setStrokeGray(0)

    def area(self, points: Points, ink: Ink) -> None:
        """Filled."""
        canvas = self._pen.canvas
        canvas.setFillColorRGB(*ink)
        path = canvas.beginPath()
        path.moveTo(*self.at(*points[0]))
        for point in points[1:]:
            path.lineTo(*self.at(*point))
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.setFillGray(0)

    def ring(self, x: float, y: float, radius: float) -> None:
        """An open point."""
        canvas = self._pen.canvas
        canvas.setFillColorRGB(*WHITE)
        canvas.setStrokeColorRGB(*BLACK)
        canvas.setLineWidth(1.1)
        canvas.circle(*self.at(x, y), radius, stroke=1, fill=1)
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)

    def diamond(self, x: float, y: float, radius: float) -> None:
        """A filled one, of a signal."""
        canvas = self._pen.canvas
        across, up = self.at(x, y)
        canvas.setFillColorRGB(*BLACK)
        path = canvas.beginPath()
        path.moveTo(across, up + radius)
        for point in ((across + radius, up), (across, up - radius), (across - radius, up)):
            path.lineTo(*point)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.setFillGray(0)

    def words(
        self, text: str, x: float, y: float, *, align: float = 0.0, style: Style = CHART, ground: bool = False
    ) -> None:
        """A line at a point of the page: from it (0), about it (0.5) or up to it (1). `ground`: on white."""
        line = self._sheets.line(text, style)
        if line is None:
            return
        left = x - line.width * align
        if ground:
            self._pen.canvas.setFillColorRGB(*WHITE)
            self._pen.canvas.rect(left - 2, y - 3, line.width + 4, style.size + 3, stroke=0, fill=1)
            self._pen.canvas.setFillGray(0)
        self._pen.write(line, left, y)

    def width_of(self, text: str, style: Style = CHART) -> float:
        return self._sheets.setter.width(text, style)

    def axes(self, levels: Sequence[tuple[float, str]], places: Sequence[tuple[float, str]]) -> None:
        """Lines at the levels with their figures, and the figures of the places below."""
        for value, words in levels:
            self.line([(self._x[0], value), (self._x[1], value)], 0.5, GRID)
            _, y = self.at(self._x[0], value)
            self.words(words, self.left - 5, y - CHART.size * 0.36, align=1)
        for value, words in places:
            x, _ = self.at(value, self._y[0])
            self.words(words, x, HEIGHT - self.top - self.height - _FOOT + 4, align=0.5)

    @contextmanager
    def inside(self, part: Part) -> Iterator[None]:
        """All of it is one picture."""
        bottom = HEIGHT - self.top - self.height - _FOOT
        part.box = (MARGIN, bottom, MARGIN + INNER, HEIGHT - self.top + 6)
        with self._pen.marked(part):
            yield


Chart = Callable[[float], Piece]
"""A chart that is as high as it is told to be."""


def curve_chart(sheets: Sheets, figures: MonthlyFigures, words: Words) -> Chart:
    """The share seen within so many minutes, the promise as an upright line, the month before dashed."""
    rows = figures.rows("curve")
    part = sheets.document.add("Figure", alternative=words.curve(rows))

    def draw(pen: Pen, top: float, height: float) -> None:
        plot = Plot(sheets, pen, top, height, (0, WITHIN_MINUTES), (0, 1))
        with plot.inside(part):
            plot.axes([(level / 4, f"{level * 25}%") for level in range(5)], [(m, str(m)) for m in range(0, 31, 5)])
            x, y = plot.at(WITHIN_MINUTES, 0)
            plot.words("minutes waited", x, y + 5, align=1, ground=True)
            _steps(plot, rows, "share_seen_before", 0.9, BESIDE, (2.5, 2.0))
            _steps(plot, rows, "share_seen", 1.8, LINE, None)
            _promise(plot, figures, words)

    return lambda height: Piece(height, lambda pen, top: draw(pen, top, height), 2)


def _steps(
    plot: Plot, rows: Sequence[Row], name: str, thickness: float, ink: Ink, dash: tuple[float, float] | None
) -> None:
    """Each minute's share holds until the next; what is not told is left out."""
    stretch: list[tuple[float, float]] = []
    for row in rows:
        value = row[name].value
        if isinstance(value, float):
            minute = float(row.group)
            stretch += [(minute, value), (min(minute + 1, WITHIN_MINUTES), value)]
    if stretch:
        plot.line(stretch, thickness, ink, dash)


def _promise(plot: Plot, figures: MonthlyFigures, words: Words) -> None:
    row = figures.month()
    target = row["target_min"].value
    share = row["share_within_target"]
    value = next((each for each in (share.value, share.at_least, share.at_most) if isinstance(each, float)), None)
    lines = []
    before = figures.before("curve")
    compared = figures.before()
    has_before = before is not None and any("before" in f.name and f.value is not None for f in before.figures)
    if isinstance(target, int | float) and target <= WITHIN_MINUTES and not figures.targets_changed:
        plot.line([(target, 0), (target, 1.03)], 1.4, BLACK)
        if value is not None:
            plot.ring(target, value, 3.2)
            lines.append((f"{words.share(share)} {words.within(row)}", CHART_STRONG))
    if compared is not None and has_before:
        month = words.month(date.fromisoformat(f"{compared.group}-01"), with_year=False)
        told = compared["share_within_target"]
        known = told.value is not None or told.is_hidden
        lines.append((f"{month} {words.share(told) if known else ''}".strip() + ", dashed", CHART))
    if not lines:
        return
    widest = max(plot.width_of(text, style) for text, style in lines)
    start = target if isinstance(target, int | float) else 15
    x, _ = plot.at(min(start, WITHIN_MINUTES), 0)
    x = x + 8 if x + widest + 12 < plot.left + plot.width else x - widest - 8
    level = 0.62 if value is None or value > 0.7 else 0.25 if value > 0.45 else 0.85
    _, y = plot.at(0, level)
    for number, (text, style) in enumerate(lines):
        plot.words(text, x, y - number * 12, style=style, ground=True)


def days_chart(sheets: Sheets, figures: MonthlyFigures, words: Words) -> Chart:
    """Each day's share with what chance explains shaded; signals are filled diamonds."""
    rows = [row for row in figures.rows("day") if isinstance(row["share_within_target"].value, float)]
    part = sheets.document.add("Figure", alternative=words.day_by_day(rows))

    def draw(pen: Pen, top: float, height: float) -> None:
        shares, lows, highs = (
            [_value(row, name) for row in rows] for name in ("share_within_target", "lower_limit", "upper_limit")
        )
        floor = max(0.0, min(0.9, int(min([*shares, *lows, 0.9]) * 10) / 10))
        plot = Plot(sheets, pen, top, height, (-0.5, max(len(rows), 2) - 0.5), (floor, 1.0))
        steps = round((1 - floor) * 10)
        every = 1 if steps <= 5 else 2
        levels = [(1 - step / 10, f"{100 - step * 10}%") for step in range(0, steps + 1, every)]
        places = [(place, _short_day(row.group, words)) for place, row in _labelled(rows)]
        with plot.inside(part):
            upper = [(place + side, min(1.0, high)) for place, high in enumerate(highs) for side in (-0.5, 0.5)]
            lower = [(place + side, max(floor, low)) for place, low in enumerate(lows) for side in (-0.5, 0.5)]
            plot.area([*upper, *reversed(lower)], BAND)
            plot.axes(levels, places)
            for edge in (upper, lower):
                plot.line(edge, 0.5, BESIDE)
            centre = figures.month()["share_within_target"].value
            if isinstance(centre, float):
                plot.line([(-0.5, centre), (len(rows) - 0.5, centre)], 1.2, LINE)
            for one, other in pairwise(enumerate(shares)):
                plot.line([one, other], 0.6, BESIDE)
            for place, (row, share) in enumerate(zip(rows, shares, strict=True)):
                _point(plot, place, share, row, words, len(rows))

    return lambda height: Piece(height, lambda pen, top: draw(pen, top, height), 2)


def _point(plot: Plot, place: int, share: float, row: Row, words: Words, count: int) -> None:
    if not row["signals"].value:
        plot.ring(place, share, 2.6)
        return
    plot.diamond(place, share, 4.6)
    if "beyond_limit" in str(row["signals"].value):
        x, y = plot.at(place, share)
        is_right = place > count / 2
        of = row["share_within_target"].rests_on
        text = f"{_short_day(row.group, words)}: {words.share(row['share_within_target'], 0)}"
        text += f" of {of}" if of else ""
        plot.words(text, x - 8 if is_right else x + 8, y - 3, align=1.0 if is_right else 0.0, style=CHART_STRONG)


def _short_day(key: str, words: Words) -> str:
    day, _, month = words.day(key).partition(" ")
    return f"{day} {month[:3]}"


def _labelled(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The first day, and the first of each week unless it is too near."""
    last = -10
    for place, row in enumerate(rows):
        week = date.fromisoformat(row.group).isocalendar().week
        begins = place == 0 or week != date.fromisoformat(rows[place - 1].group).isocalendar().week
        if begins and place - last >= 3:
            yield place, row
            last = place


def _value(row: Row, name: str) -> float:
    value = row[name].value
    return value if isinstance(value, float) else 0.0


_HEAD, _CELL, _NAMES, _WIDEST = 14.0, 18.0, 62.0, 72.0


def heat_pieces(sheets: Sheets, figures: MonthlyFigures, words: Words) -> list[Piece]:
    """Median waits by weekday and hour: a table whose cells are the darker, the longer the wait."""
    cells = {hour_of(row.group): row for row in figures.rows("hour")}
    if not cells:
        return []
    hours = range(min(hour for _, hour in cells), max(hour for _, hour in cells) + 1)
    weekdays = sorted({weekday for weekday, _ in cells} | set(range(5)))
    medians = [value for row in cells.values() if isinstance(value := row["median_wait_min"].value, int | float)]
    longest = max(medians, default=0.0)
    table = sheets.document.add("Table")
    width = min(_WIDEST, (INNER - _NAMES) / len(hours))
    heads = table.add("TR")
    corner = heads.add("TH")
    tops = [heads.add("TH") for _ in hours]

    def head(pen: Pen, top: float) -> None:
        _centred(sheets, pen, "Day", (MARGIN, top, _NAMES, _HEAD), corner, left=True)
        for place, hour in enumerate(hours):
            text = words.hour(hour) if width > 26 else str(hour)
            _centred(sheets, pen, text, (MARGIN + _NAMES + place * width, top, width, _HEAD), tops[place])

    pieces = [Piece(_HEAD, head, 3, keep=True)]
    for weekday in weekdays:
        row = table.add("TR")
        name = row.add("TH")
        places = [(row.add("TD"), cells.get((weekday, hour))) for hour in hours]

        def draw(
            pen: Pen,
            top: float,
            weekday: int = weekday,
            name: Part = name,
            places: Sequence[tuple[Part, Row | None]] = places,
        ) -> None:
            _centred(sheets, pen, words.weekday(weekday), (MARGIN, top, _NAMES, _CELL), name, left=True)
            for place, (part, cell) in enumerate(places):
                box = (MARGIN + _NAMES + place * width, top, width, _CELL)
                _heat_cell(sheets, pen, box, part, cell, longest, words)

        pieces.append(Piece(_CELL, draw, keep=weekday != weekdays[-1]))
    return pieces


def _heat_cell(
    sheets: Sheets,
    pen: Pen,
    box: tuple[float, float, float, float],
    part: Part,
    cell: Row | None,
    longest: float,
    words: Words,
) -> None:
    if cell is None:
        _centred(sheets, pen, UNKNOWN, box, part)
        return
    median = cell["median_wait_min"]
    if not isinstance(median.value, int | float):
        _centred(sheets, pen, UNKNOWN, box, part)
        return
    shade = min(len(HEAT) - 1, int(median.value / longest * len(HEAT))) if longest else 0
    left, top, width, height = box
    with pen.marked(None):
        pen.canvas.setFillColorRGB(*HEAT[shade])
        pen.canvas.rect(left + 0.5, HEIGHT - top - height + 0.5, width - 1, height - 1, stroke=0, fill=1)
        pen.canvas.setFillGray(0)
    _centred(sheets, pen, words.minutes(median, 0), box, part, white=shade >= WHITE_ON)


def _centred(
    sheets: Sheets,
    pen: Pen,
    text: str,
    box: tuple[float, float, float, float],
    part: Part,
    *,
    left: bool = False,
    white: bool = False,
) -> None:
    style = CHART_STRONG if white else CHART
    line = sheets.line(text, style)
    if line is not None:
        x = box[0] if left else box[0] + (box[2] - line.width) / 2
        put(pen, line, x, box[1] + (box[3] - style.leading) / 2 + base_of(style), part, white=white)
