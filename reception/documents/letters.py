"""Letters on A4: all that a snapshot says, in the council's words, in standard or large print."""

from __future__ import annotations

import io
import re

from msgspec.structs import replace
from reportlab.pdfgen.canvas import Canvas

from reception.documents.fonts import REPORTLAB_LOCK, Weight
from reception.documents.letter_sheet import (
    BESIDE_WINDOW,
    BODY_TOP,
    FOOT,
    HEIGHT,
    INNER,
    LARGE,
    MARGIN,
    MM,
    STANDARD,
    WIDTH,
    WINDOW,
    Sheet,
    address_lines,
    base_of,
)
from reception.documents.letter_table import Table
from reception.documents.letter_values import LetterValues
from reception.documents.pages import Piece, Placed, paged, set_before
from reception.documents.pen import Pen
from reception.documents.said import all_said, first_said
from reception.documents.stationery import Stationery
from reception.documents.text import Line, Style
from reception.domain.book import LetterOut, LetterSnapshot

_SHORT = 6
"""Lines of a paragraph that no page parts."""


def letter_pdf(snapshot: LetterSnapshot, stationery: Stationery, appointment_id: str = "") -> LetterOut:
    """The letter as PDF. The same snapshot gives the same bytes. Refuses (FONT) a script without a font."""
    letter = _Letter(snapshot, stationery)
    pdf, pages = letter.write()
    return LetterOut(appointment_id, snapshot.kind, pdf, pages, file_name(snapshot))


def file_name(snapshot: LetterSnapshot) -> str:
    """Reference, kind and size; nothing of the person."""
    reference = re.sub(r"[^A-Za-z0-9-]", "", snapshot.reference)
    parts = [reference, snapshot.kind.value.replace("_", "-"), "large-print" if snapshot.large_print else ""]
    return "-".join(filter(None, parts)) + ".pdf"


class _Letter:
    """One letter being laid out."""

    def __init__(self, snapshot: LetterSnapshot, stationery: Stationery) -> None:
        self.snapshot = snapshot
        self.fonts = stationery.fonts
        self.wording = stationery.wording
        self.words = stationery.wording.letter
        self.text = self.words.of(snapshot.kind)
        self.sheet = Sheet(self.fonts, self.wording.language, LARGE if snapshot.large_print else STANDARD)
        self.type = self.sheet.type
        self.values = LetterValues(snapshot, self.wording, right_to_left=self.sheet.setter.right_to_left)
        self.fill = self.values.placeholders

    # -- the document -----------------------------------------------------------------------------------------

    def write(self) -> tuple[bytes, int]:
        """The PDF, and how many pages it has."""
        pages = self._paged(1.0)
        for tightness in (0.85, 0.7, 0.55):
            tighter = self._paged(tightness)
            if len(tighter) < len(pages):
                pages = tighter
                break
        buffer = io.BytesIO()
        with REPORTLAB_LOCK:
            canvas = Canvas(
                buffer,
                pagesize=(WIDTH, HEIGHT),
                invariant=1,
                pdfVersion=(1, 7),
                lang=self.wording.language,
                initialFontName=self.fonts.runs("A", Weight.REGULAR)[0].font,
            )
            canvas.setTitle(self.text.title.format(reference=self.snapshot.reference))
            canvas.setAuthor(self.snapshot.council)
            canvas.setSubject("")
            canvas.setCreator("Reception")
            canvas.setViewerPreference("DisplayDocTitle", "true")
            pen = Pen(canvas)
            for number, page in enumerate(pages, start=1):
                if number == 1:
                    self._head(pen)
                self._draw(pen, page)
                self._foot(pen, number, len(pages))
                canvas.showPage()
            canvas.save()
        return buffer.getvalue(), len(pages)

    def _paged(self, tightness: float) -> list[list[Placed]]:
        """The pages, with the spaces between paragraphs so many times as high as usual."""
        bottom = FOOT - self.type.text.leading - 4 * MM
        return paged(self._pieces(bottom - BODY_TOP, tightness), (BODY_TOP, bottom), (MARGIN, bottom))

    def _draw(self, pen: Pen, page: list[Placed]) -> None:
        for placed in page:
            placed.piece.draw(pen, placed.top)

    # -- what stands in fixed places --------------------------------------------------------------------------

    def _head(self, pen: Pen) -> None:
        """The council and the office; the address in the window; beside it date and reference."""
        self._letterhead(pen)
        lines, style = address_lines(
            self.sheet.setter, self.snapshot.recipient, self.snapshot.address, self.type.address
        )
        top = WINDOW[1] + max(0.0, min(7 * MM, WINDOW[3] - WINDOW[1] - len(lines) * style.leading))
        for number, line in enumerate(lines):
            pen.write(line, WINDOW[0], HEIGHT - top - number * style.leading - base_of(style))
        self._beside(pen)

    def _letterhead(self, pen: Pen) -> None:
        """As large as it fits above the window."""
        sheet, snapshot = self.sheet, self.snapshot
        top, room = 17 * MM, 27 * MM
        office = [snapshot.office.strip(), *(line.strip(", ") for line in snapshot.office_address.splitlines())]
        for percent in (100, 85, 72, 60, 50):
            council, text = self.type.council.scaled(percent / 100), self.type.text.scaled(percent / 100)
            pieces = sheet.column([snapshot.council], council, INNER, foreign=True)
            pieces += sheet.column([", ".join(filter(None, office))], text, self.type.measure, foreign=True)
            if sum(piece.height for piece in pieces) <= room:
                break
        for piece in pieces:
            if top + piece.height > WINDOW[1]:
                break
            piece.draw(pen, top)
            top += piece.height

    def _beside(self, pen: Pen) -> None:
        sheet, style, strong = self.sheet, self.type.text, self.type.strong
        # the window is at the left of the sheet whatever the language: what stands beside it is at the right
        width = INNER - BESIDE_WINDOW
        top = 55 * MM
        reference = self.fill["reference"]
        rows = [[(self.values.written, style)], [(self.words.reference, style), (reference, strong)]]
        if not reference:
            rows.pop()
        for row in rows:
            parts = [line for text, each in row for line in sheet.setter.lines(text, each, width)]
            gap = style.size * 0.3
            if sum(line.width + gap for line in parts) > width:
                for line in parts:
                    self._write_beside(pen, line, top, 0)
                    top += style.leading
                continue
            along = 0.0
            for line in parts:
                self._write_beside(pen, line, top, along)
                along += line.width + gap
            top += style.leading

    def _write_beside(self, pen: Pen, line: Line, top: float, along: float) -> None:
        right_to_left = self.sheet.setter.right_to_left
        x = WIDTH - MARGIN - along - line.width if right_to_left else MARGIN + BESIDE_WINDOW + along
        pen.write(line, x, HEIGHT - top - base_of(self.type.text))

    def _foot(self, pen: Pen, number: int, count: int) -> None:
        sheet, style = self.sheet, self.type.text
        if number < count:
            for line in sheet.setter.lines(self.words.turn_over, style, INNER):
                sheet.put(pen, line, FOOT)
        if count > 1:
            page = self.words.page.format(page=number, pages=count, reference=self.fill["reference"])
            for line in sheet.setter.lines(page, style, INNER):
                sheet.put_at_end(pen, line, FOOT)

    def _formats(self) -> list[Line]:
        """The last words of the letter, at the foot of its last page: how to have it in another format."""
        telephone = self.fill["contact_telephone"]
        text = self.words.formats.format(contact_telephone=telephone) if telephone else self.words.formats_unphoned
        page = self.words.page.format(page=9, pages=9, reference=self.fill["reference"])
        room = INNER - self.sheet.setter.width(page, self.type.text) - 6 * MM
        return self.sheet.setter.lines(text, self.type.text, room)

    # -- what flows -------------------------------------------------------------------------------------------

    def _pieces(self, room: float, tightness: float) -> list[Piece]:
        """The letter from its greeting on; `room` is the height that the first page has for it."""
        conditions = self.values.conditions
        space = self.type.space * tightness
        pieces = self._paragraph(self.values.greeting, self.type.text, 0)
        heading = first_said(self.text.heading, self.fill, conditions)
        pieces += self._heading(heading, self.type.heading, space * 1.3)
        for paragraph in all_said(self.text.lead, self.fill, conditions):
            pieces += self._paragraph(paragraph.text, self.type.text, space)
        scan = self.words.scan.format(reference=self.fill["reference"])
        pieces += Table(self.sheet, self.values.facts(), space).pieces(
            self._doing(space * 1.4), self.snapshot.code, scan, room
        )
        for paragraph in all_said(self.text.body, self.fill, conditions):
            if paragraph.is_heading:
                pieces += self._heading(paragraph.text, self.type.subheading, space * 1.6)
            else:
                after_heading = bool(pieces) and pieces[-1].keep
                pieces += self._paragraph(paragraph.text, self.type.text, 0 if after_heading else space)
        pieces[-1] = replace(pieces[-1], keep=True)  # nobody signs an empty page
        pieces += self._signature(space)
        formats = self._formats()
        # the first of its lines stands beside the page number, below what a page holds
        return [*pieces, Piece((len(formats) - 1) * self.type.text.leading, self._draw_formats, space)]

    def _draw_formats(self, pen: Pen, top: float) -> None:
        """At the foot, wherever the text has ended."""
        lines = self._formats()
        for number, line in enumerate(lines, start=1):
            self.sheet.put(pen, line, FOOT - (len(lines) - number) * self.type.text.leading)

    def _heading(self, text: str, style: Style, before: float) -> list[Piece]:
        """A heading, on one page with the first lines of what it is over."""
        pieces = [self.sheet.line_piece(line, style) for line in self.sheet.setter.balanced(text, style, INNER)]
        return [replace(piece, keep=True, before=0.0 if number else before) for number, piece in enumerate(pieces)]

    def _paragraph(self, text: str, style: Style, before: float) -> list[Piece]:
        """A paragraph: a short one on one page, a long one parted with no single line of it on either."""
        return _kept_together(set_before(self.sheet.column(text.splitlines(), style, self.type.measure), before))

    def _doing(self, before: float) -> list[Piece]:
        """The one thing to do."""
        action = first_said(self.text.action, self.fill, self.values.conditions)
        style = self.type.strong
        lines = [
            line for part in action.splitlines() for line in self.sheet.setter.balanced(part, style, self.type.measure)
        ]
        return _kept_together(set_before([self.sheet.line_piece(line, style) for line in lines], before))

    def _signature(self, space: float) -> list[Piece]:
        snapshot = self.snapshot
        pieces = self._paragraph(self.words.sign_off, self.type.text, space * 1.4)
        name = snapshot.contact_name.strip() or snapshot.council
        pieces += set_before(self.sheet.column([name], self.type.strong, INNER, foreign=True), space * 0.6)
        if name == snapshot.officer and not self.values.is_neutral:
            pieces += self.sheet.column([snapshot.officer_title], self.type.text, INNER, foreign=True)
        return [*(replace(piece, keep=True) for piece in pieces[:-1]), pieces[-1]]


def _kept_together(pieces: list[Piece]) -> list[Piece]:
    """Lines of a paragraph, with what may be parted by the end of a page."""
    last = len(pieces) - 1
    whole = len(pieces) <= _SHORT
    return [
        replace(piece, keep=number != last and (whole or number == 0 or number == last - 1))
        for number, piece in enumerate(pieces)
    ]
