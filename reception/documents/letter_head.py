"""The head of a letter, in fixed places: council and office, the address in the window, date and reference."""

from __future__ import annotations

from msgspec.structs import replace

from reception.documents.letter_sheet import (
    BESIDE_WINDOW,
    HEIGHT,
    INNER,
    MARGIN,
    MM,
    WIDTH,
    WINDOW,
    Sheet,
    address_lines,
    base_of,
    ended,
)
from reception.documents.letter_values import LetterValues
from reception.documents.pen import Pen
from reception.documents.structure import Part
from reception.documents.text import Line
from reception.domain.letter_snapshot import LetterSnapshot


class LetterHead:
    """Draws the head of one letter. `parts`: what it is in the document, in reading order."""

    def __init__(self, sheet: Sheet, snapshot: LetterSnapshot, values: LetterValues, for_file: str = "") -> None:
        """`for_file`: what is written above a copy that is kept; empty for the letter itself."""
        self._sheet = sheet
        self._snapshot = snapshot
        self._values = values
        self._for_file = for_file
        english = sheet.english
        self._copy, self._council, self._office = Part("P"), Part("P", language=english), Part("P", language=english)
        self._address, self._date, self._reference = Part("P"), Part("P"), Part("P")
        self.parts = [self._copy, self._council, self._office, self._address, self._date, self._reference]

    def draw(self, pen: Pen) -> None:
        self._draw_for_file(pen)
        self._letterhead(pen)
        sheet, snapshot = self._sheet, self._snapshot
        lines, style = address_lines(sheet.setter, snapshot.recipient, snapshot.address, sheet.type.address)
        top = WINDOW[1] + max(0.0, min(7 * MM, WINDOW[3] - WINDOW[1] - len(lines) * style.leading))
        for number, line in enumerate(replace(each, after=" ") for each in lines):
            base = HEIGHT - top - number * style.leading - base_of(style)
            pen.write(line, WINDOW[0], base, self._address)
        self._beside(pen)

    def _draw_for_file(self, pen: Pen) -> None:
        """Above all else, between two lines."""
        if not self._for_file:
            return
        top, style = 7 * MM, self._sheet.type.strong
        self._sheet.box(pen, top, 0.9, 0, INNER)
        for line in self._sheet.setter.lines(self._for_file, style, INNER):
            self._sheet.put(pen, line, top + 0.5 * MM + base_of(style), self._copy)
        self._sheet.box(pen, top + style.leading + 1.5 * MM, 0.9, 0, INNER)

    def _letterhead(self, pen: Pen) -> None:
        """As large as it fits above the window."""
        sheet, snapshot = self._sheet, self._snapshot
        top, room = 17 * MM, 27 * MM
        office = [snapshot.office.strip(), *(line.strip(", ") for line in snapshot.office_address.splitlines())]
        for percent in (100, 85, 72, 60, 50):
            council, text = sheet.type.council.scaled(percent / 100), sheet.type.text.scaled(percent / 100)
            pieces = sheet.column([snapshot.council], council, INNER, self._council, foreign=True)
            pieces += sheet.column(
                [", ".join(filter(None, office))], text, sheet.type.measure, self._office, foreign=True
            )
            if sum(piece.height for piece in pieces) <= room:
                break
        for piece in pieces:
            if top + piece.height > WINDOW[1]:
                break
            piece.draw(pen, top)
            top += piece.height

    def _beside(self, pen: Pen) -> None:
        sheet, style, strong = self._sheet, self._sheet.type.text, self._sheet.type.strong
        # the window is at the left of the sheet whatever the language: what stands beside it is at the right
        width = INNER - BESIDE_WINDOW
        top = 55 * MM
        reference = self._values.placeholders["reference"]
        rows = [
            (self._date, [(self._values.written, style)]),
            (self._reference, [(self._values.reference, style), (reference, strong)]),
        ]
        if not reference:
            rows.pop()
        for part, row in rows:
            lines = [line for text, each in row for line in ended(sheet.setter.lines(text, each, width))]
            gap = style.size * 0.3
            if sum(line.width + gap for line in lines) > width:
                for line in lines:
                    self._write_beside(pen, line, top, 0, part)
                    top += style.leading
                continue
            along = 0.0
            for line in lines:
                self._write_beside(pen, line, top, along, part)
                along += line.width + gap
            top += style.leading

    def _write_beside(self, pen: Pen, line: Line, top: float, along: float, part: Part) -> None:
        right_to_left = self._sheet.setter.right_to_left
        x = WIDTH - MARGIN - along - line.width if right_to_left else MARGIN + BESIDE_WINDOW + along
        pen.write(line, x, HEIGHT - top - base_of(self._sheet.type.text), part)
