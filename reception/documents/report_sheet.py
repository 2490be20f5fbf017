"""The sheets of a report: measures, type and inks; paragraphs, and tables of figures, as pieces of a page.

Measures are points, distances down from the top of the sheet. A report is in English and runs from left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from reception.customs import Customs
from reception.documents.fonts import FontBook, Weight
from reception.documents.letter_sheet import HEIGHT, MM, WIDTH, base_of
from reception.documents.pages import Piece
from reception.documents.pen import Pen
from reception.documents.structure import Part
from reception.documents.text import Line, Style, Typesetter

LANGUAGE = "en-GB"
MARGIN = 16 * MM
INNER = WIDTH - 2 * MARGIN
TOP, BOTTOM = 14 * MM, 281 * MM
FOOT = 287 * MM
"""Base line of the last line on a page."""

HEADING = Style(20, 25, Weight.SEMIBOLD)
FINDING = Style(14, 18, Weight.SEMIBOLD)
SUBHEADING = Style(12, 15, Weight.SEMIBOLD)
TEXT = Style(10.5, 13.5)
STRONG = Style(10.5, 13.5, Weight.SEMIBOLD)
GREAT = Style(22, 27, Weight.SEMIBOLD)
CHART = Style(9, 11)
CHART_STRONG = Style(9, 11, Weight.SEMIBOLD)

Ink = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""
BLACK: Ink = (0.09, 0.10, 0.11)
LINE: Ink = (0.09, 0.29, 0.49)
BESIDE: Ink = (0.33, 0.33, 0.33)
GRID: Ink = (0.82, 0.82, 0.82)
BAND: Ink = (0.90, 0.93, 0.96)
WHITE: Ink = (1.0, 1.0, 1.0)
HEAT: tuple[Ink, ...] = (
    (0.94, 0.96, 0.97),
    (0.82, 0.88, 0.93),
    (0.63, 0.74, 0.84),
    (0.27, 0.43, 0.61),
    (0.07, 0.26, 0.45),
)
"""From short to long; also from light to dark in grey. The figures on the last two are white."""
WHITE_ON = 3

_RULE = 0.5
_PAD = 1.2


class Sheets:
    """Sets the text of one report."""

    def __init__(self, fonts: FontBook) -> None:
        self.setter = Typesetter(fonts, LANGUAGE)
        self.customs = Customs(LANGUAGE)
        self.document = Part("Document")

    def paragraph(
        self,
        text: str,
        style: Style = TEXT,
        role: str = "P",
        *,
        before: float = 0.0,
        keep: bool = False,
    ) -> list[Piece]:
        """A paragraph or heading over the whole width, a piece for each line. `keep`: with what follows."""
        part = self.document.add(role)
        lines = self.setter.balanced(text, style, INNER) if role != "P" else self.setter.lines(text, style, INNER)
        return [
            self._line(line, style, part, before if number == 0 else 0.0, keep=keep or number < len(lines) - 1)
            for number, line in enumerate(lines)
        ]

    def _line(self, line: Line, style: Style, part: Part, before: float, *, keep: bool) -> Piece:
        return Piece(style.leading, lambda pen, top: put(pen, line, MARGIN, top + base_of(style), part), before, keep)

    def line(self, text: str, style: Style) -> Line | None:
        """On one line, however wide; None for nothing."""
        found = self.setter.lines(text, style, float("inf"))
        return found[0] if found else None


class Column(Struct, frozen=True):
    """Of a table: its head, and its right edge from the margin. Figures stand at the right."""

    head: str
    right: float


class FigureTable:
    """A table whose first column names its rows."""

    def __init__(self, sheets: Sheets, first: str, columns: Sequence[Column], names: float) -> None:
        """`names`: the width of the first column; `first`: its head."""
        self._sheets = sheets
        self._columns = columns
        self._names = names
        self._part = sheets.document.add("Table")
        self._first = first

    def pieces(self, rows: Sequence[tuple[str, Sequence[str], bool]], *, before: float = 4.0) -> list[Piece]:
        """Head and rows; a row is its name, its cells and whether it is in bold."""
        made = [self._head(before)]
        for number, (name, cells, strong) in enumerate(rows):
            last = number == len(rows) - 1
            made.append(self._row(name, cells, STRONG if strong else TEXT, keep=number == len(rows) - 2, last=last))
        return made

    def _head(self, before: float) -> Piece:
        row = self._part.add("TR")
        first = self._cell(self._first, TEXT, self._names, row.add("TH"), None)
        heads = [
            self._cell(column.head, TEXT, self._width(n), row.add("TH"), column)
            for n, column in enumerate(self._columns)
        ]
        tallest = max(height for height, _ in (first, *heads))

        def draw(pen: Pen, top: float) -> None:
            for height, each in (first, *heads):
                each(pen, top + tallest - height)
            rule(pen, top + tallest + _PAD, 0.9, BLACK)

        return Piece(tallest + _PAD + 0.9, draw, before, keep=True)

    def _row(self, name: str, cells: Sequence[str], style: Style, *, keep: bool, last: bool) -> Piece:
        row = self._part.add("TR")
        put_name = self._cell(name, style, self._names, row.add("TH"), None)
        put_cells = [
            self._cell(text, style, self._width(n), row.add("TD"), column)
            for n, (text, column) in enumerate(zip(cells, self._columns, strict=True))
        ]
        height = max(each for each, _ in (put_name, *put_cells)) + 2 * _PAD

        def draw(pen: Pen, top: float) -> None:
            for _, each in (put_name, *put_cells):
                each(pen, top + _PAD)
            rule(pen, top + height, _RULE, BLACK if last else GRID)

        return Piece(height + _RULE, draw, keep=keep)

    def _width(self, place: int) -> float:
        left = self._columns[place - 1].right if place else self._names
        return self._columns[place].right - left - 6

    def _cell(
        self, text: str, style: Style, width: float, part: Part, column: Column | None
    ) -> tuple[float, Callable[[Pen, float], None]]:
        """Its height, and what draws it from its top; at the right edge of a column, else from the margin."""
        lines = self._sheets.setter.lines(text, style, width)

        def draw(pen: Pen, top: float) -> None:
            for number, line in enumerate(lines):
                x = MARGIN + (column.right - line.width if column is not None else 0.0)
                put(pen, line, x, top + number * style.leading + base_of(style), part)

        return max(1, len(lines)) * style.leading, draw


def put(pen: Pen, line: Line, x: float, base: float, part: Part | None, *, white: bool = False) -> None:
    """Write a line; `base` is its base line, from the top of the sheet."""
    pen.write(line, x, HEIGHT - base, part, white=white)


def rule(pen: Pen, top: float, thickness: float, ink: Ink) -> None:
    """A line from margin to margin."""
    with pen.marked(None):
        pen.canvas.setFillColorRGB(*ink)
        pen.canvas.rect(MARGIN, HEIGHT - top - thickness / 2, INNER, thickness, stroke=0, fill=1)
        pen.canvas.setFillGray(0)
