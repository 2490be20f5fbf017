"""What tickets, slips and lists have in common: the sheets, the letterhead, rows of facts, the code, and the PDF."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode
from reportlab.pdfgen.canvas import Canvas

from reception.config import Paper
from reception.documents.flow import DOTS_PER_INCH, LEADING, Box, Flow, Mark, Sheet, Words, wrapped
from reception.documents.fonts import REPORTLAB_LOCK, FontBook, Weight
from reception.documents.wording import Wording, load_wording

POINT = 72 / DOTS_PER_INCH
"""Points in a dot."""

ROLL_80 = Sheet(width=640, height=None, margin=32, top=48)
"""80 mm, of which a ticket printer prints the middle 576 dots (72 mm)."""
A6 = Sheet(width=839, height=1183, margin=40, top=48)
A4 = Sheet(width=1678, height=2374, margin=120, top=120)

SHEETS = {Paper.ROLL_80: ROLL_80, Paper.A6: A6}

_SMALLEST_PERCENT, _LARGEST_PERCENT = 75, 125
"""How far type may shrink and grow so that all of it fills one cut sheet; 75 % is type of 2.6 mm."""

TEXT, HEADING = 28, 32
"""The two sizes of running type, 3.5 and 4 mm; an annotation is `SMALL`."""
SMALL = 24

_MODULE = 8
_SMALLEST_MODULE = 5
"""Dots of one square of a QR code. Under 5, blur and tilt make it unreadable."""
QUIET_MODULES = 4
"""White squares that a QR code needs around it (ISO/IEC 18004)."""


_HAIR = 0.005
"""Dots: nothing on paper, and enough to keep a program that rounds up from rounding up."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """What is needed to print in one language: fonts and words. Made once, used from any thread."""

    fonts: FontBook
    wording: Wording

    @classmethod
    def load(cls, letters: Path | None = None, font_folders: Sequence[Path] | None = None) -> Stationery:
        """Read the letters file (refusals as `load_wording`) and find the fonts."""
        return cls(FontBook(font_folders), load_wording(letters))

    def fill(self, paper: Paper, lay: Callable[[Flow], None]) -> Flow:
        """Lay a ticket or slip: on a roll at its own size, on a cut sheet as large as one sheet allows.

        What does not fit one sheet at the smallest size goes on to a second; nothing is cut off.
        """
        sheet = SHEETS[paper]

        def laid(scale: float) -> Flow:
            flow = Flow(sheet, self.fonts, scale)
            lay(flow)
            return flow

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
        buffer = io.BytesIO()
        with REPORTLAB_LOCK:
            canvas = Canvas(
                buffer,
                pagesize=(_whole_dots(flow.sheet.width), _whole_dots(flow.length)),
                invariant=1,
                lang=self.wording.language,
                initialFontName=self.fonts.runs("A", Weight.REGULAR)[0].font,
            )
            canvas.setTitle(title)
            canvas.setAuthor("")
            canvas.setSubject("")
            canvas.setCreator("Reception")
            canvas.setViewerPreference("DisplayDocTitle", "true")
            for page in flow.pages:
                canvas.translate(0, _whole_dots(flow.length))
                canvas.scale(POINT, POINT)
                for mark in page:
                    _draw(canvas, mark, self.fonts)
                canvas.showPage()
            canvas.save()
        return buffer.getvalue()


def letterhead(flow: Flow, council: str, office: str) -> None:
    """The council, the office, a rule."""
    flow.text(council, HEADING, Weight.BOLD, smaller=(28,))
    flow.gap(18)
    flow.text(office, TEXT, smaller=(SMALL,))
    flow.gap(25)
    flow.rule()


def facts(flow: Flow, rows: Sequence[tuple[str, str]]) -> None:
    """Rows of label and value between the margins; rows without a value are left out."""
    filled = [(label, value) for label, value in rows if value.strip()]
    widest = max((flow.fonts.width(label, Weight.REGULAR, TEXT * flow.scale) for label, _ in filled), default=0)
    column = min(max(112 * flow.scale, widest + 24 * flow.scale), flow.sheet.inner * 0.45)
    flow.gap(29)
    for number, (label, value) in enumerate(filled):
        if number:
            flow.gap(28)
        start = flow.left + column
        room = flow.right - start
        lines, size = flow.fitted(value, Weight.SEMIBOLD, (TEXT, 26, SMALL), room)
        if len(lines) > 1 and " " not in value.strip():
            lines, size = flow.fitted(value, Weight.SEMIBOLD, (22, 20, SMALL), room)  # an address is best in one piece
        flow.keep(len(lines) * size * LEADING)
        top, page = flow.y, len(flow.pages)
        flow.text(label, TEXT, width=column - 8 * flow.scale, smaller=(SMALL, 20))
        label_end = flow.y
        flow.y = top
        flow.text(value, size / flow.scale, Weight.SEMIBOLD, x=start)
        if len(flow.pages) == page:
            flow.y = max(flow.y, label_end)


def paragraphs(flow: Flow, heading: str, texts: Sequence[str]) -> None:
    """A heading in bold and the paragraphs below it; empty ones are left out."""
    flow.text(heading, HEADING, Weight.BOLD, smaller=(28,))
    for number, text in enumerate(filter(str.strip, texts)):
        flow.gap(34 if number else 23)
        flow.text(text, TEXT)


def code(flow: Flow, content: str, heading: str, text: str) -> None:
    """A QR code at the left with a heading and a line of plain words beside it.

    Squares of 8 dots, never under 5, in vector. At the left the margin, on the other sides white of at least four
    squares keep it clear.
    """
    matrix = qr_matrix(content)
    count = len(matrix)
    module = max(_SMALLEST_MODULE, min(_MODULE, int(flow.sheet.inner * 0.45) // count, round(_MODULE * flow.scale)))
    side, quiet = module * count, module * QUIET_MODULES
    x = flow.left + side + quiet
    room = flow.right - x
    size, head_size = TEXT * flow.scale, TEXT * flow.scale
    head_lines = wrapped(flow.fonts, heading, Weight.BOLD, head_size, room)
    lines = wrapped(flow.fonts, text, Weight.REGULAR, size, room)
    words_height = (len(head_lines) + len(lines)) * size * LEADING
    flow.keep(max(side, words_height))
    top = float(round(flow.y))
    flow.put(*qr_squares(matrix, max(flow.left, quiet), top, module))
    base = top + 29 * flow.scale
    for line, weight in [*((line, Weight.BOLD) for line in head_lines), *((line, Weight.REGULAR) for line in lines)]:
        flow.put(Words(x, base, line, weight, size))
        base += size * LEADING
    flow.y = top + max(side, words_height)


def qr_matrix(content: str) -> list[list[bool]]:
    """The squares of a QR code, without its quiet zone. A quarter of it may be spoilt: tickets are folded and wet.

    At least version 2 (25 squares), so that all tickets look alike.
    """
    qr = QRCode(version=2, error_correction=ERROR_CORRECT_Q, border=0)
    qr.add_data(content, optimize=0)  # capitals, digits and hyphens take the short encoding as a whole
    qr.make(fit=True)
    return [[bool(square) for square in row] for row in qr.get_matrix()]


def qr_squares(matrix: Sequence[Sequence[bool]], x: float, y: float, module: int) -> list[Mark]:
    """The dark squares as boxes; neighbours in a row are one box."""
    marks: list[Mark] = []
    for down, row in enumerate(matrix):
        start: int | None = None
        for along, dark in enumerate([*row, False]):
            if dark and start is None:
                start = along
            elif not dark and start is not None:
                marks.append(Box(x + start * module, y + down * module, (along - start) * module, module))
                start = None
    return marks


def _whole_dots(dots: int) -> float:
    """Points, a hair less: else a picture would come out one dot larger, and the rest be stretched."""
    return math.floor(dots * POINT * 1000) / 1000


def _draw(canvas: Canvas, mark: Mark, fonts: FontBook) -> None:
    """Put one mark on the canvas, whose unit is the dot and whose origin is the top left corner."""
    canvas.setFillGray(1 if mark.white else 0)
    if isinstance(mark, Words):
        x = mark.x
        for run in fonts.runs(mark.text, mark.weight):
            canvas.setFont(run.font, mark.size)
            canvas.drawString(x, -mark.y, run.text)
            x += canvas.stringWidth(run.text, run.font, mark.size)
    elif mark.line:
        canvas.setLineWidth(mark.line)
        canvas.rect(
            mark.x + mark.line / 2,
            -mark.y - mark.height + mark.line / 2,
            mark.width - mark.line,
            mark.height - mark.line,
            stroke=1,
            fill=0,
        )
    else:
        # a hair smaller all round: PDFium makes a box of 3.0001 dots 4 dots wide
        canvas.rect(
            mark.x + _HAIR,
            -mark.y - mark.height + _HAIR,
            mark.width - 2 * _HAIR,
            mark.height - 2 * _HAIR,
            stroke=0,
            fill=1,
        )
