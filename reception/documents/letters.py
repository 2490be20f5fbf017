"""Letters on A4: all that a snapshot says, in the council's words, in standard or large print."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise

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
from reception.documents.letter_values import Fact, LetterValues
from reception.documents.pages import Piece, Placed, paged
from reception.documents.pen import Pen
from reception.documents.said import all_said, first_said
from reception.documents.stationery import Stationery, qr_matrix
from reception.documents.text import Style
from reception.domain.book import LetterOut, LetterSnapshot

_MODULE = 1.0 * MM
"""One square of the QR code: 8 dots of a ticket printer; under 5 (0.63 mm), blur and tilt make it unreadable."""
_CODE_GAP = 8 * MM
_THICK, _HAIR = 0.9, 0.5
_PALE = 0.7
"""Grey of the lines between facts."""


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
        language = snapshot.language or self.wording.language
        self.sheet = Sheet(self.fonts, language, LARGE if snapshot.large_print else STANDARD)
        self.type = self.sheet.type
        self.values = LetterValues(snapshot, self.wording, right_to_left=self.sheet.setter.right_to_left)
        self.fill = self.values.placeholders

    # -- the document -----------------------------------------------------------------------------------------

    def write(self) -> tuple[bytes, int]:
        """The PDF, and how many pages it has."""
        bottom = self._foot_top()
        pages = paged(self._pieces(bottom), (BODY_TOP, bottom), (MARGIN, bottom))
        buffer = io.BytesIO()
        with REPORTLAB_LOCK:
            canvas = Canvas(
                buffer,
                pagesize=(WIDTH, HEIGHT),
                invariant=1,
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
        for percent in (100, 85, 72, 60, 50):
            council, text = self.type.council.scaled(percent / 100), self.type.text.scaled(percent / 100)
            pieces = sheet.column([snapshot.council], council, INNER, foreign=True)
            pieces += sheet.column([snapshot.office, *snapshot.office_address.splitlines()], text, INNER, foreign=True)
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
        rows = [(self.values.written, style)]
        if self.snapshot.reference:
            rows += [(self.words.reference, style), (self.fill["reference"], strong)]
        for text, each in rows:
            for line in sheet.setter.lines(text, each, width):
                x = WIDTH - MARGIN - line.width if sheet.setter.right_to_left else MARGIN + BESIDE_WINDOW
                pen.write(line, x, HEIGHT - top - base_of(each))
                top += each.leading

    def _foot_texts(self, *, last: bool) -> tuple[str, float]:
        """What stands at the start of a page's foot, and the width that it may have."""
        telephone = self.fill["contact_telephone"]
        formats = self.words.formats.format(contact_telephone=telephone) if telephone else self.words.formats_unphoned
        page = self.words.page.format(page=9, pages=9, reference=self.fill["reference"])
        room = INNER - self.sheet.setter.width(page, self.type.text) - 6 * MM
        return (formats if last else self.words.turn_over), room

    def _foot_top(self) -> float:
        """The end of what a page may hold above its foot."""
        text, room = self._foot_texts(last=True)
        lines = self.sheet.setter.lines(text, self.type.text, room)
        return FOOT - max(1, len(lines)) * self.type.text.leading - 4 * MM

    def _foot(self, pen: Pen, number: int, count: int) -> None:
        sheet, style = self.sheet, self.type.text
        text, room = self._foot_texts(last=number == count)
        lines = sheet.setter.lines(text, style, room)
        for above, line in enumerate(reversed(lines)):
            sheet.put(pen, line, FOOT - above * style.leading)
        if count > 1:
            page = self.words.page.format(page=number, pages=count, reference=self.fill["reference"])
            for line in sheet.setter.lines(page, style, INNER):
                sheet.put_at_end(pen, line, FOOT)

    # -- what flows -------------------------------------------------------------------------------------------

    def _pieces(self, bottom: float) -> list[Piece]:
        conditions = self.values.conditions
        space = self.type.text.leading * 0.6
        pieces = self._paragraph(self.values.greeting, self.type.text, 0)
        heading = first_said(self.text.heading, self.fill, conditions)
        pieces += self._heading(heading, self.type.heading, space * 1.3)
        for paragraph in all_said(self.text.lead, self.fill, conditions):
            pieces += self._paragraph(paragraph.text, self.type.text, space)
        pieces += self._table(space, bottom - BODY_TOP)
        action = first_said(self.text.action, self.fill, conditions)
        pieces += self._paragraph(action, self.type.strong, space * 1.4)
        if self.snapshot.code and not self._is_beside(bottom - BODY_TOP):
            pieces.append(self._code_below(space * 1.4))
        for paragraph in all_said(self.text.body, self.fill, conditions):
            if paragraph.is_heading:
                pieces += self._heading(paragraph.text, self.type.subheading, space * 1.6)
            else:
                after_heading = bool(pieces) and pieces[-1].keep
                pieces += self._paragraph(paragraph.text, self.type.text, 0 if after_heading else space)
        pieces += self._signature(space)
        return pieces

    def _heading(self, text: str, style: Style, before: float) -> list[Piece]:
        """A heading, on one page with the first lines of what it is over."""
        pieces = self.sheet.column([text], style, INNER)
        return [replace(piece, keep=True, before=0.0 if number else before) for number, piece in enumerate(pieces)]

    def _paragraph(self, text: str, style: Style, before: float) -> list[Piece]:
        """A paragraph; on no page a single line of it."""
        pieces = self.sheet.column(text.splitlines(), style, self.type.measure)
        if not pieces:
            return []
        pieces[0] = replace(pieces[0], before=before)
        last = len(pieces) - 1
        return [
            replace(piece, keep=number != last and (number == 0 or number == last - 1))
            for number, piece in enumerate(pieces)
        ]

    def _signature(self, space: float) -> list[Piece]:
        name = self.snapshot.contact_name.strip()
        pieces = self._paragraph(self.words.sign_off, self.type.text, space * 1.6)
        if name:
            pieces += self._set_before(self.sheet.column([name], self.type.strong, INNER, foreign=True), space * 2.2)
            title = self.snapshot.officer_title if name == self.snapshot.officer and not self.values.is_neutral else ""
            pieces += self.sheet.column([title], self.type.text, INNER, foreign=True)
        pieces += self.sheet.column([self.snapshot.council], self.type.text, INNER, foreign=True)
        return [*(replace(piece, keep=True) for piece in pieces[:-1]), pieces[-1]]

    @staticmethod
    def _set_before(pieces: list[Piece], before: float) -> list[Piece]:
        return [replace(pieces[0], before=before), *pieces[1:]] if pieces else []

    # -- the table and the code -------------------------------------------------------------------------------

    def _is_beside(self, room: float) -> bool:
        """Whether the code stands beside the table: in standard print, where that is no longer than half a page."""
        if not (self.type.beside and self.snapshot.code):
            return False
        return sum(piece.before + piece.height for piece in self._rows(self._table_width(beside=True))) <= room / 2

    def _table_width(self, *, beside: bool) -> float:
        return BESIDE_WINDOW - _CODE_GAP if beside else INNER

    def _table(self, space: float, room: float) -> list[Piece]:
        beside = self._is_beside(room)
        rows = self._rows(self._table_width(beside=beside))
        if not beside:
            return self._set_before(rows, space)
        code = self._code_beside()
        height = max(sum(piece.before + piece.height for piece in rows), code.height)

        def draw(pen: Pen, top: float) -> None:
            code.draw(pen, top)
            for piece in rows:
                piece.draw(pen, top + piece.before)
                top += piece.before + piece.height

        return [Piece(height, draw, space)]

    def _rows(self, width: float) -> list[Piece]:
        """The facts, one row each, between lines."""
        sheet, style = self.sheet, self.type.text
        facts = self.values.facts()
        widest = max(sheet.setter.width(fact.label, style) for fact in facts)
        column = min(max(26 * MM if self.type.beside else 44 * MM, widest + 5 * MM), width * 0.45)
        pieces = [self._rule(width, _THICK, 0.0)]
        for fact in facts:
            pieces += self._row(fact, column, width)
        return pieces

    def _row(self, fact: Fact, column: float, width: float) -> list[Piece]:
        sheet = self.sheet
        padding = self.type.text.leading * 0.28
        style = self.type.strong if fact.strong else self.type.text
        labels = sheet.column([fact.label], self.type.text, column - 3 * MM)
        values = sheet.column(fact.lines, style, width - column, column, foreign=True)
        pieces = []
        for number in range(max(len(labels), len(values))):
            drawn = [each[number].draw for each in (labels, values) if number < len(each)]
            pieces.append(Piece(style.leading, _together(drawn), 0.0 if number else padding, keep=True))
        if len(pieces) > 4:  # a long one may go over the page
            pieces[2:-2] = [replace(piece, keep=False) for piece in pieces[2:-2]]
        return [*pieces, self._rule(width, _HAIR, _PALE, padding)]

    def _rule(self, width: float, thickness: float, grey: float, before: float = 0.0) -> Piece:
        return Piece(
            thickness, lambda pen, top: self.sheet.box(pen, top, thickness, 0, width, grey), before, keep=not grey
        )

    def _code_beside(self) -> Piece:
        """Under a line of its own: the code, and below it what to do with it."""
        along, width = BESIDE_WINDOW, INNER - BESIDE_WINDOW
        squares = self._squares(along)
        words = self.sheet.column([self._scan()], self.type.text, width, along)
        gap = 5 * MM

        def draw(pen: Pen, top: float) -> None:
            self.sheet.box(pen, top, _THICK, along, width)
            squares.draw(pen, top + gap)
            below = top + gap + squares.height + gap - 2 * MM
            for piece in words:
                piece.draw(pen, below)
                below += piece.height

        return Piece(squares.height + 2 * gap + sum(piece.height for piece in words), draw)

    def _code_below(self, before: float) -> Piece:
        """The code with the words at its side."""
        squares = self._squares(0)
        along = squares.height + _CODE_GAP
        words = self.sheet.column([self._scan()], self.type.text, INNER - along, along)
        height = max(squares.height, sum(piece.height for piece in words))

        def draw(pen: Pen, top: float) -> None:
            squares.draw(pen, top)
            below = top + (height - sum(piece.height for piece in words)) / 2
            for piece in words:
                piece.draw(pen, below)
                below += piece.height

        return Piece(height, draw, before)

    def _scan(self) -> str:
        return self.words.scan.format(reference=self.fill["reference"])

    def _squares(self, along: float) -> Piece:
        matrix = qr_matrix(self.snapshot.code)
        side = len(matrix) * _MODULE
        right_to_left = self.sheet.setter.right_to_left
        left = WIDTH - MARGIN - along - side if right_to_left else MARGIN + along

        def draw(pen: Pen, top: float) -> None:
            for down, row in enumerate(matrix):
                edges = [place for place, (one, next_) in enumerate(pairwise([False, *row, False])) if one != next_]
                for start, end in zip(edges[::2], edges[1::2], strict=True):
                    y = HEIGHT - top - (down + 1) * _MODULE
                    pen.box(left + start * _MODULE, y, (end - start) * _MODULE, _MODULE)

        return Piece(side, draw)


def _together(draws: list[Callable[[Pen, float], None]]) -> Callable[[Pen, float], None]:
    def draw(pen: Pen, top: float) -> None:
        for each in draws:
            each(pen, top)

    return draw
