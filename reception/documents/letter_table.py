"""A letter's table of facts, with the code to check in and the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from reception.documents.letter_sheet import BESIDE_WINDOW, HEIGHT, INNER, MARGIN, MM, WIDTH, Sheet
from reception.documents.letter_values import Fact
from reception.documents.pages import Piece, set_before, total
from reception.documents.pen import Pen
from reception.documents.qr_code import qr_bars, qr_matrix
from reception.documents.structure import Part

_MODULE = 1.0 * MM
"""One square of the QR code: 8 dots of a ticket printer; under 5 (0.63 mm), blur and tilt make it unreadable."""
_CODE_GAP = 8 * MM
_THICK, _HAIR = 0.9, 0.5
_PALE = 0.7
"""Grey of the lines between facts."""


class Table:
    """Lays the facts of one letter. `space` is what stands between two of its paragraphs, in points."""

    def __init__(self, sheet: Sheet, facts: Sequence[Fact], space: float, alternative: str) -> None:
        """`alternative` says what the code is to who does not see it."""
        self._alternative = alternative
        self._sheet = sheet
        self._type = sheet.type
        self._space = space
        self._facts = facts
        widest = max(sheet.setter.width(fact.label, self._type.text) for fact in facts)
        self._column = max(26 * MM if self._type.beside else 44 * MM, widest + 5 * MM)

    def pieces(
        self, document: Part, doing: Callable[[], list[Piece]], code: str, scan: str, room: float
    ) -> list[Piece]:
        """The facts, the code and `doing`, the one thing to do. `room`: the height that the first page has for all.

        In standard print the code stands beside the facts, where these are no longer than half of that. Else it stands
        below what is needed to come, so that the first page alone is enough, and the other facts follow.
        """
        if not code:
            return [*set_before(self._rows(self._facts, INNER, document.add("Table")), self._space), *doing()]
        table = Part("Table")
        rows = self._rows(self._facts, BESIDE_WINDOW - _CODE_GAP, table)
        if self._type.beside and total(rows) <= room / 2:
            document.inside.append(table)
            return [self._side_by_side(rows, document, code, scan), *doing()]
        first = self._rows([fact for fact in self._facts if fact.needed], INNER, document.add("Table"))
        done = doing()
        below = self._code_below(document, code, scan)
        rest = self._rows([fact for fact in self._facts if not fact.needed], INNER, document.add("Table"))
        return [*set_before(first, self._space), *done, below, *set_before(rest, self._space * 1.6)]

    def _rows(self, facts: Sequence[Fact], width: float, table: Part) -> list[Piece]:
        """The facts, one row each, between lines; nothing for none."""
        if not facts:
            return []
        pieces = [self._rule(width, _THICK, 0.0)]
        for fact in facts:
            pieces += self._row(fact, min(self._column, width * 0.45), width, table.add("TR"))
        return pieces

    def _row(self, fact: Fact, column: float, width: float, part: Part) -> list[Piece]:
        padding = self._space * 0.47
        style = self._type.strong if fact.strong else self._type.text
        labels = self._sheet.column([fact.label], self._type.text, column - 3 * MM, part.add("TH"))
        cell = part.add("TD", language=self._sheet.english if fact.english else "")
        values = self._sheet.column(fact.lines, style, width - column, cell, column, foreign=True)
        pieces = []
        for number in range(max(len(labels), len(values))):
            drawn = [each[number].draw for each in (labels, values) if number < len(each)]
            pieces.append(Piece(style.leading, _together(drawn), 0.0 if number else padding, keep=True))
        if len(pieces) > 4:  # a long one may go over the page
            pieces[2:-2] = [replace(piece, keep=False) for piece in pieces[2:-2]]
        return [*pieces, self._rule(width, _HAIR, _PALE, padding)]

    def _rule(self, width: float, thickness: float, grey: float, before: float = 0.0) -> Piece:
        """A line; the thick one at the top of the table stays with the first row."""
        return Piece(
            thickness, lambda pen, top: self._sheet.box(pen, top, thickness, 0, width, grey), before, keep=not grey
        )

    def _side_by_side(self, rows: list[Piece], document: Part, code: str, scan: str) -> Piece:
        beside = self._code_beside(document, code, scan)

        def draw(pen: Pen, top: float) -> None:
            beside.draw(pen, top)
            _draw_down(rows, pen, top)

        return Piece(max(total(rows), beside.height), draw, self._space)

    def _code_beside(self, document: Part, code: str, scan: str) -> Piece:
        """Under a line of its own: the code, and below it what to do with it."""
        along, width = BESIDE_WINDOW, INNER - BESIDE_WINDOW
        squares = self._squares(document, code, along)
        words = self._sheet.column([scan], self._type.text, width, document.add("P"), along)
        above, between = 5 * MM, 3 * MM

        def draw(pen: Pen, top: float) -> None:
            self._sheet.box(pen, top, _THICK, along, width)
            squares.draw(pen, top + above)
            _draw_down(words, pen, top + above + squares.height + between)

        return Piece(above + squares.height + between + total(words), draw)

    def _code_below(self, document: Part, code: str, scan: str) -> Piece:
        """The code with the words at its side."""
        squares = self._squares(document, code, 0)
        along = squares.height + _CODE_GAP
        words = self._sheet.column([scan], self._type.text, INNER - along, document.add("P"), along)
        height = max(squares.height, total(words))

        def draw(pen: Pen, top: float) -> None:
            squares.draw(pen, top)
            _draw_down(words, pen, top + (height - total(words)) / 2)

        return Piece(height, draw, self._space * 1.4)

    def _squares(self, document: Part, code: str, along: float) -> Piece:
        picture = document.add("Figure", alternative=self._alternative)
        matrix = qr_matrix(code)
        side = len(matrix) * _MODULE
        left = WIDTH - MARGIN - along - side if self._sheet.setter.right_to_left else MARGIN + along

        def draw(pen: Pen, top: float) -> None:
            picture.box = (left, HEIGHT - top - side, left + side, HEIGHT - top)
            with pen.marked(picture):
                for down, start, count in qr_bars(matrix):
                    y = HEIGHT - top - (down + 1) * _MODULE
                    pen.box(left + start * _MODULE, y, count * _MODULE, _MODULE)

        return Piece(side, draw)


def _draw_down(pieces: Sequence[Piece], pen: Pen, top: float) -> None:
    for piece in pieces:
        piece.draw(pen, top + piece.before)
        top += piece.before + piece.height


def _together(draws: list[Callable[[Pen, float], None]]) -> Callable[[Pen, float], None]:
    def draw(pen: Pen, top: float) -> None:
        for each in draws:
            each(pen, top)

    return draw
