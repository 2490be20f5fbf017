"""Pieces of a document one below the other, parted into pages so that nothing stands alone that belongs together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reception.documents.pen import Pen


class Piece(Struct, frozen=True):
    """Something of a height that is not parted. Measures are points.

    `draw` is given the pen and the distance of the piece's top from the top of the page. `before` is the space above
    it, which it does not need at the top of a page. `keep`: on one page with the piece that follows.
    """

    height: float
    draw: Callable[[Pen, float], None]
    before: float = 0.0
    keep: bool = False


class Placed(Struct, frozen=True):
    """A piece and where its top is, from the top of its page."""

    piece: Piece
    top: float


def paged(pieces: Sequence[Piece], first: tuple[float, float], further: tuple[float, float]) -> list[list[Placed]]:
    """The pieces in pages. `first` and `further` are top and bottom of what a page holds, from the top of the sheet.

    What is to be kept together is parted all the same where it is longer than a page, or would leave the first one
    empty.
    """
    pages: list[list[Placed]] = [[]]
    top, bottom = first
    for group in _groups(pieces):
        if pages[-1] and top + total(group) > bottom and total(set_before(group, 0.0)) <= further[1] - further[0]:
            pages.append([])
            top, bottom = further
        for piece in group:
            before = piece.before if pages[-1] else 0.0
            if pages[-1] and top + before + piece.height > bottom:
                pages.append([])
                top, bottom = further
                before = 0.0
            top += before
            pages[-1].append(Placed(piece, top))
            top += piece.height
    return pages


def total(pieces: Sequence[Piece]) -> float:
    """The height of pieces one below the other, with the spaces above them."""
    return sum(piece.before + piece.height for piece in pieces)


def set_before(pieces: Sequence[Piece], before: float) -> list[Piece]:
    """The pieces with so much space above the first."""
    return [replace(pieces[0], before=before), *pieces[1:]] if pieces else []


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    open_group = False
    for piece in pieces:
        if open_group:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        open_group = piece.keep
    return groups
