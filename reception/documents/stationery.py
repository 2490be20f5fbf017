"""What tickets, slips and lists have in common: fonts and words, the sheets, and the PDF."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from reception.config import Paper
from reception.documents.flow import DOTS_PER_INCH, Box, Flow, Mark, Sheet, Squares, Words
from reception.documents.fonts import FontBook
from reception.documents.pdf_file import About, written
from reception.documents.pen import Pen
from reception.documents.qr_code import qr_bars
from reception.documents.text import Typesetter
from reception.documents.word_book import PROGRAMS_OWN, WordBook, WordingFiles
from reception.documents.wording import Wording

POINT = 72 / DOTS_PER_INCH
"""Points in a dot."""

ROLL_80 = Sheet(width=640, height=None, margin=32, top=48)
"""80 mm, of which a ticket printer prints the middle 576 dots (72 mm)."""
A6 = Sheet(width=839, height=1183, margin=40, top=48)
A4 = Sheet(width=1678, height=2374, margin=120, top=120)

SHEETS = {Paper.ROLL_80: ROLL_80, Paper.A6: A6}

TEXT, HEADING = 28, 32
"""The two sizes of running type, 3.5 and 4 mm; an annotation is `SMALL`."""
SMALL = 24

_SMALLEST_PERCENT, _LARGEST_PERCENT = 75, 125
"""How far type may shrink and grow so that all of it fills one cut sheet; 75 % is type of 2.6 mm."""
_LARGE_PRINT = 18 / POINT / TEXT
"""In large print running type is of 18 points, and nothing is smaller."""

_HAIR = 0.005
"""Dots: nothing on paper, and enough to keep a program that rounds up from rounding up."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """What is needed to print: fonts, and words in every language. Made once, used from any thread."""

    fonts: FontBook
    words: WordBook

    @classmethod
    def load(cls, files: WordingFiles = PROGRAMS_OWN, font_folders: Sequence[Path] | None = None) -> Stationery:
        """Read the English letters file (refusals as `load_wording`) and find the fonts."""
        return cls(FontBook(font_folders), WordBook(files))

    def flow(self, sheet: Sheet, wording: Wording, scale: float = 1.0) -> Flow:
        """An empty sheet for one language."""
        return Flow(sheet, Typesetter(self.fonts, wording.language), scale)

    def fill(self, paper: Paper, wording: Wording, lay: Callable[[Flow], None], *, large_print: bool = False) -> Flow:
        """Lay a ticket or slip: on a roll at its own size, on a cut sheet as large as one sheet allows.

        What does not fit one sheet at the smallest size goes on to a second; nothing is cut off. Large print has one
        size, and takes what sheets it needs.
        """
        sheet = SHEETS[paper]
        setter = Typesetter(self.fonts, wording.language)

        def laid(scale: float) -> Flow:
            flow = Flow(sheet, setter, scale, least=TEXT if large_print else 0)
            lay(flow)
            return flow

        if large_print:
            return laid(_LARGE_PRINT)
        if sheet.height is None:
            return laid(1.0)
        best = laid(_SMALLEST_PERCENT / 100)
        fits, too_large = _SMALLEST_PERCENT, _LARGEST_PERCENT + 1
        while len(best.pages) == 1 and too_large - fits > 1:
            percent = (fits + too_large) // 2
            flow = laid(percent / 100)
            if len(flow.pages) == 1:
                best, fits = flow, percent
            else:
                too_large = percent
        return best

    def pdf(self, flow: Flow, title: str) -> bytes:
        """The pages as PDF. The same pages give the same bytes: no date, no path, nothing of this computer."""
        width, height = _whole_dots(flow.sheet.width), _whole_dots(flow.length)

        def draw(canvas: Canvas, pen: Pen) -> None:
            for page in flow.pages:
                canvas.translate(0, height)
                canvas.scale(POINT, POINT)
                for mark in page:
                    _draw(pen, mark, flow, height)
                pen.end_page()

        about = About(title, flow.setter.language)
        return written(draw, flow.document, about, (width, height), self.fonts)


def _whole_dots(dots: int) -> float:
    """Points, a hair less: else a picture would come out one dot larger, and the rest be stretched."""
    return math.floor(dots * POINT * 1000) / 1000


def _draw(pen: Pen, mark: Mark, flow: Flow, height: float) -> None:
    """Put one mark on the canvas, whose unit is the dot and whose origin is the top left corner, `height` points up."""
    x = flow.sheet.width - mark.x - mark.width if flow.setter.right_to_left else mark.x
    match mark:
        case Words(line=line, part=part, white=white):
            pen.write(line, x, -mark.y, part, white=white)
        case Squares(matrix=matrix, module=module, part=part):
            left, right = x * POINT, (x + mark.width) * POINT
            part.box = (left, height - (mark.y + mark.width) * POINT, right, height - mark.y * POINT)
            with pen.marked(part):
                for down, start, count in qr_bars(matrix):
                    _fill(pen, x + start * module, mark.y + down * module, count * module, module)
        case Box(line=0):
            _fill(pen, x, mark.y, mark.width, mark.height, white=mark.white)
        case Box(line=line):
            pen.frame(x + line / 2, -mark.y - mark.height + line / 2, mark.width - line, mark.height - line, line)


def _fill(pen: Pen, x: float, y: float, width: float, height: float, *, white: bool = False) -> None:
    """A hair smaller all round: PDFium makes a box of 3.0001 dots 4 dots wide."""
    pen.box(x + _HAIR, -y - height + _HAIR, width - 2 * _HAIR, height - 2 * _HAIR, 1 if white else 0)
