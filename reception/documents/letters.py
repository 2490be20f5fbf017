"""Letters on A4: all that a snapshot says, in the council's words, in standard or large print."""

from __future__ import annotations

import re

from msgspec.structs import replace
from reportlab.pdfgen.canvas import Canvas

from reception.documents.fonts import FontBook
from reception.documents.letter_head import LetterHead
from reception.documents.letter_sheet import (
    BODY_TOP,
    FOOT,
    HEIGHT,
    INNER,
    LARGE,
    MARGIN,
    MM,
    STANDARD,
    WIDTH,
    Sheet,
)
from reception.documents.letter_table import Table
from reception.documents.letter_values import LetterValues
from reception.documents.pages import Piece, Placed, paged, set_before
from reception.documents.pdf_file import About, written
from reception.documents.pen import Pen
from reception.documents.said import all_said, first_said
from reception.documents.stationery import Stationery
from reception.documents.structure import Part
from reception.documents.text import Line, Style
from reception.documents.wording import Wording
from reception.domain.languages import ENGLISH
from reception.domain.letter_snapshot import LetterOut, LetterSnapshot

_SHORT = 6
"""Lines of a paragraph that no page parts."""


def letter_pdf(snapshot: LetterSnapshot, stationery: Stationery, appointment_id: str = "") -> LetterOut:
    """The letter as PDF, and where it is in another language the same in English, in standard print, for the file.

    The same snapshot gives the same bytes. Refuses (FONT) a script without a font.
    """
    words = stationery.words
    wording = words.of(snapshot.language)
    language = ENGLISH if wording is words.english else snapshot.language
    pdf, pages = _Letter(snapshot, stationery.fonts, wording).write()
    out = LetterOut(
        appointment_id,
        snapshot.kind,
        pdf,
        pages,
        file_name(snapshot),
        language,
        note=words.note(snapshot.language, is_checked=snapshot.is_checked),
    )
    if wording is words.english:
        return out
    in_english = replace(snapshot, language=ENGLISH, large_print=False, service_said="")
    copy, copy_pages = _Letter(in_english, stationery.fonts, words.english, is_copy=True).write()
    return replace(out, file_copy=copy, file_copy_pages=copy_pages)


def file_name(snapshot: LetterSnapshot) -> str:
    """Reference, kind and size; nothing of the person."""
    reference = re.sub(r"[^A-Za-z0-9-]", "", snapshot.reference)
    parts = [reference, snapshot.kind.value.replace("_", "-"), "large-print" if snapshot.large_print else ""]
    return "-".join(filter(None, parts)) + ".pdf"


class _Letter:
    """One letter being laid out."""

    def __init__(self, snapshot: LetterSnapshot, fonts: FontBook, wording: Wording, *, is_copy: bool = False) -> None:
        self.snapshot = snapshot
        self.fonts = fonts
        self.wording = wording
        self.words = wording.letter
        self.text = self.words.of(snapshot.kind)
        self.sheet = Sheet(fonts, wording.language, LARGE if snapshot.large_print else STANDARD)
        self.type = self.sheet.type
        self.values = LetterValues(snapshot, wording, right_to_left=self.sheet.setter.right_to_left)
        self.fill = self.values.placeholders
        self.for_file = wording.file_copy.heading if is_copy and wording.file_copy is not None else ""

    # -- the document -----------------------------------------------------------------------------------------

    def write(self) -> tuple[bytes, int]:
        """The PDF, and how many pages it has."""
        pages, document = self._paged(1.0)
        for tightness in (0.85, 0.7, 0.55):
            tighter = self._paged(tightness)
            if len(tighter[0]) < len(pages):
                pages, document = tighter
                break

        def draw(_: Canvas, pen: Pen) -> None:
            for number, page in enumerate(pages, start=1):
                if number == 1:
                    head.draw(pen)
                for placed in page:
                    placed.piece.draw(pen, placed.top)
                self._foot(pen, number, len(pages))
                pen.end_page()

        head = LetterHead(self.sheet, self.snapshot, self.values, self.for_file)
        document.inside[:0] = head.parts
        title = self.text.title.format(reference=self.snapshot.reference)
        about = About(title, self.wording.language, self.snapshot.council)
        return written(draw, document, about, (WIDTH, HEIGHT), self.fonts), len(pages)

    def _paged(self, tightness: float) -> tuple[list[list[Placed]], Part]:
        """The pages, with the spaces between paragraphs so many times as high as usual."""
        bottom = FOOT - self.type.text.leading - 4 * MM
        document = Part("Document")
        pieces = self._pieces(document, bottom - BODY_TOP, tightness)
        return paged(pieces, (BODY_TOP, bottom), (MARGIN, bottom)), document

    def _foot(self, pen: Pen, number: int, count: int) -> None:
        """Of the paper, not of the letter."""
        sheet, style = self.sheet, self.type.text
        if number < count:
            for line in sheet.setter.lines(self.words.turn_over, style, INNER):
                sheet.put(pen, line, FOOT, None)
        if count > 1:
            page = self.words.page.format(page=number, pages=count, reference=self.fill["reference"])
            for line in sheet.setter.lines(page, style, INNER):
                sheet.put_at_end(pen, line, FOOT, None)

    def _formats(self) -> list[Line]:
        """The last words of the letter, at the foot of its last page: how to have it in another format."""
        telephone = self.fill["contact_telephone"]
        text = self.words.formats.format(contact_telephone=telephone) if telephone else self.words.formats_unphoned
        page = self.words.page.format(page=9, pages=9, reference=self.fill["reference"])
        room = INNER - self.sheet.setter.width(page, self.type.text) - 6 * MM
        return self.sheet.setter.lines(text, self.type.text, room)

    # -- what flows -------------------------------------------------------------------------------------------

    def _pieces(self, document: Part, room: float, tightness: float) -> list[Piece]:
        """The letter from its greeting on; `room` is the height that the first page has for it."""
        conditions = self.values.conditions
        space = self.type.space * tightness
        pieces = self._paragraph(document.add("P"), self.values.greeting, self.type.text, 0)
        heading = first_said(self.text.heading, self.fill, conditions)
        pieces += self._heading(document.add("H1"), heading, self.type.heading, space * 1.3)
        for paragraph in all_said(self.text.lead, self.fill, conditions):
            pieces += self._paragraph(document.add("P"), paragraph.text, self.type.text, space)
        reference = self.fill["reference"]
        scan, alternative = (text.format(reference=reference) for text in (self.words.scan, self.words.code))
        pieces += Table(self.sheet, self.values.facts(), space, alternative).pieces(
            document, lambda: self._doing(document.add("P"), space * 1.4), self.snapshot.code, scan, room
        )
        for paragraph in all_said(self.text.body, self.fill, conditions):
            if paragraph.is_heading:
                pieces += self._heading(document.add("H2"), paragraph.text, self.type.subheading, space * 1.6)
            else:
                after_heading = bool(pieces) and pieces[-1].keep
                pieces += self._paragraph(
                    document.add("P"), paragraph.text, self.type.text, 0 if after_heading else space
                )
        pieces[-1] = replace(pieces[-1], keep=True)  # nobody signs an empty page
        pieces += self._signature(document, space)
        formats, part = self._formats(), document.add("P")

        def draw_formats(pen: Pen, _: float) -> None:
            """At the foot, wherever the text has ended."""
            for number, line in enumerate(formats, start=1):
                self.sheet.put(pen, line, FOOT - (len(formats) - number) * self.type.text.leading, part)

        # the first of its lines stands beside the page number, below what a page holds
        return [*pieces, Piece((len(formats) - 1) * self.type.text.leading, draw_formats, space)]

    def _heading(self, part: Part, text: str, style: Style, before: float) -> list[Piece]:
        """A heading, on one page with the first lines of what it is over."""
        pieces = [self.sheet.line_piece(line, style, part) for line in self.sheet.setter.balanced(text, style, INNER)]
        return [replace(piece, keep=True, before=0.0 if number else before) for number, piece in enumerate(pieces)]

    def _paragraph(self, part: Part, text: str, style: Style, before: float) -> list[Piece]:
        """A paragraph: a short one on one page, a long one parted with no single line of it on either."""
        return _kept_together(set_before(self.sheet.column(text.splitlines(), style, self.type.measure, part), before))

    def _doing(self, part: Part, before: float) -> list[Piece]:
        """The one thing to do."""
        action = first_said(self.text.action, self.fill, self.values.conditions)
        style = self.type.strong
        lines = [
            line for each in action.splitlines() for line in self.sheet.setter.balanced(each, style, self.type.measure)
        ]
        return _kept_together(set_before([self.sheet.line_piece(line, style, part) for line in lines], before))

    def _signature(self, document: Part, space: float) -> list[Piece]:
        snapshot, english = self.snapshot, self.sheet.english
        pieces = self._paragraph(document.add("P"), self.words.sign_off, self.type.text, space * 1.4)
        name, part = snapshot.contact_name.strip() or snapshot.council, document.add("P", language=english)
        pieces += set_before(self.sheet.column([name], self.type.strong, INNER, part, foreign=True), space * 0.6)
        if name == snapshot.officer and not self.values.is_neutral:
            pieces += self.sheet.column([snapshot.officer_title], self.type.text, INNER, part, foreign=True)
        return [*(replace(piece, keep=True) for piece in pieces[:-1]), pieces[-1]]


def _kept_together(pieces: list[Piece]) -> list[Piece]:
    """Lines of a paragraph, with what may be parted by the end of a page."""
    last = len(pieces) - 1
    whole = len(pieces) <= _SHORT
    return [
        replace(piece, keep=number != last and (whole or number == 0 or number == last - 1))
        for number, piece in enumerate(pieces)
    ]
