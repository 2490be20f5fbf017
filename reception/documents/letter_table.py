"""A letter's table of facts, with the code to check in and the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from reception.documents.letter_sheet import BESIDE_WINDOW, HEIGHT, INNER, MARGIN, MM, WIDTH, Sheet
from reception.documents.letter_values import Fact
from reception.documents.pages import Piece, set_before, total
from reception.documents.pen import Pen
from reception.documents.stationery import qr_matrix

_MODULE = 1.0 * MM
"""One square of the QR code: 8 dots of a ticket printer; under 5 (0.63 mm), blur and tilt make it unreadable."""
_CODE_GAP = 8 * MM
_THICK, _HAIR = 0.9, 0.5
_PALE = 0.7
"""Grey of the lines between facts."""


class Table:
    """Lays the facts of one letter. `space` is what stands between two of its paragraphs, in points."""

    def __init__(self, sheet: Sheet, facts: Sequence[Fact], space: float) -> None:
        self._sheet = sheet
        self._type = sheet.type
        self._space = space
        self._facts = facts
        widest = max(sheet.setter.width(fact.label, self._type.text) for fact in facts)
        self._column = max(26 * MM if self._type.beside else 44 * MM, widest + 5 * MM)

    def pieces(self, doing: list[Piece], code: str, scan: str, room: float) -> list[Piece]:
        """The facts, the code and `doing`, the one thing to do. `room`: the height that the first page has for all.

        In standard print the code stands beside the facts, where these are no longer than half of that. Else it stands
        below what is needed to come, so that the first page alone is enough, and the other facts follow.
        """
        if not code:
            return [*set_before(self._rows(self._facts, INNER), self._space), *doing]
        rows = self._rows(self._facts, BESIDE_WINDOW - _CODE_GAP)
        if self._type.beside and total(rows) <= room / 2:
            return [self._side_by_side(rows, code, scan), *doing]
        first = self._rows([fact for fact in self._facts if fact.needed], INNER)
        rest = self._rows([fact for fact in self._facts if not fact.needed], INNER)
        return [
            *set_before(first, self._space),
            *doing,
            self._code_below(code, scan),
            *set_before(rest, self._space * 1.6),
        ]

    def _rows(self, facts: Sequence[Fact], width: float) -> list[Piece]:
        """The facts, one row each, between lines; nothing for none."""
        if not facts:
            return []
        pieces = [self._rule(width, _THICK, 0.0)]
        for fact in facts:
            pieces += self._row(fact, min(self._column, width * 0.45), width)
        return pieces

    def _row(self, fact: Fact, column: float, width: float) -> list[Piece]:
        padding = self._space * 0.47
        style = self._type.strong if fact.strong else self._type.text
        labels = self._sheet.column([fact.label], self._type.text, column - 3 * MM)
        values = self._sheet.column(fact.lines, style, width - column, column, foreign=True)
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

    def _side_by_side(self, rows: list[Piece], code: str, scan: str) -> Piece:
        beside = self._code_beside(code, scan)

        def draw(pen: Pen, top: float) -> None:
            beside.draw(pen, top)
            _draw_down(rows, pen, top)

        return Piece(max(total(rows), beside.height), draw, self._space)

    def _code_beside(self, code: str, scan: str) -> Piece:
        """Under a line of its own: the code, and below it what to do with it."""
        along, width = BESIDE_WINDOW, INNER - BESIDE_WINDOW
        squares = self._squares(code, along)
        words = self._sheet.column([scan], self._type.text, width, along)
        above, between = 5 * MM, 3 * MM

        def draw(pen: Pen, top: float) -> None:
            self._sheet.box(pen, top, _THICK, along, width)
            squares.draw(pen, top + above)
            _draw_down(words, pen, top + above + squares.height + between)

        return Piece(above + squares.height + between + total(words), draw)

    def _code_below(self, code: str, scan: str) -> Piece:
        """The code with the words at its side."""
        squares = self._squares(code, 0)
        along = squares.height + _CODE_GAP
        words = self._sheet.column([scan], self._type.text, INNER - along, along)
        height = max(squares.height, total(words))

        def draw(pen: Pen, top: float) -> None:
            squares.draw(pen, top)
            _draw_down(words, pen, top + (height - total(words)) / 2)

        return Piece(height, draw, self._space * 1.4)

    def _squares(self, code: str, along: float) -> Piece:
        matrix = _matrix(code)
        side = len(matrix) * _MODULE
        left = WIDTH - MARGIN - along - side if self._sheet.setter.right_to_left else MARGIN + along

        def draw(pen: Pen, top: float) -> None:
            for down, row in enumerate(matrix):
                edges = [place for place, (one, next_) in enumerate(pairwise([False, *row, False])) if one != next_]
                for start, end in zip(edges[::2], edges[1::2], strict=True):
                    y = HEIGHT - top - (down + 1) * _MODULE
                    pen.box(left + start * _MODULE, y, (end - start) * _MODULE, _MODULE)

        return Piece(side, draw)


@lru_cache(maxsize=4)
def _matrix(code: str) -> list[list[bool]]:
    """Made once for a letter, however often it is laid out."""
    return qr_matrix(code)


def _draw_down(pieces: Sequence[Piece], pen: Pen, top: float) -> None:
    for piece in pieces:
        piece.draw(pen, top + piece.before)
        top += piece.before + piece.height


def _together(draws: list[Callable[[Pen, float], None]]) -> Callable[[Pen, float], None]:
    def draw(pen: Pen, top: float) -> None:
        for each in draws:
            each(pen, top)

    return draw
