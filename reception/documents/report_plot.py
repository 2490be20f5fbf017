"""A plot of a report: axes, lines, areas, points and words, as vectors, all of it one picture of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reception.documents.letter_sheet import HEIGHT
from reception.documents.pen import Pen
from reception.documents.report_sheet import BLACK, CHART, GRID, INNER, MARGIN, WHITE, Ink, Sheets
from reception.documents.structure import Part
from reception.documents.text import Style

_AXIS = 34.0
"""Room for the figures at the left of a plot."""
_FOOT = 16.0
"""Room for those below it."""

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
        self.lowest = y[0]

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

    def triangle(self, x: float, y: float, radius: float) -> None:
        """A filled one, of a day that stands out, better."""
        self._filled(x, y, ((0, radius), (radius, -radius * 0.8), (-radius, -radius * 0.8)))

    def diamond(self, x: float, y: float, radius: float) -> None:
        """A filled one, of a day that stands out, worse."""
        self._filled(x, y, ((0, radius), (radius, 0), (0, -radius), (-radius, 0)))

    def _filled(self, x: float, y: float, corners: Points) -> None:
        canvas = self._pen.canvas
        across, up = self.at(x, y)
        canvas.setFillColorRGB(*BLACK)
        path = canvas.beginPath()
        path.moveTo(across + corners[0][0], up + corners[0][1])
        for right, above in corners[1:]:
            path.lineTo(across + right, up + above)
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
