"""Pieces of a document parted into pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reception.documents.pages import Piece, paged, total
from reception.documents.pen import Pen


def _nothing(_pen: Pen, _top: float) -> None:
    """Draw nothing."""


PIECES = st.lists(
    st.builds(
        Piece,
        height=st.sampled_from([10.0, 20.0, 45.0]),
        draw=st.just(_nothing),
        before=st.sampled_from([0.0, 5.0]),
        keep=st.booleans(),
    ),
    max_size=40,
)
FIRST, FURTHER = (50.0, 110.0), (10.0, 110.0)


@given(PIECES)
def test_every_piece_is_on_one_page_in_order_and_none_over_another(pieces: list[Piece]) -> None:
    pages = paged(pieces, FIRST, FURTHER)
    assert [placed.piece for page in pages for placed in page] == pieces
    for number, page in enumerate(pages):
        top, bottom = FURTHER if number else FIRST
        for placed in page:
            assert placed.top >= top
            top = placed.top + placed.piece.height
        assert top <= bottom


@given(PIECES)
def test_what_belongs_together_is_parted_only_where_it_must_be(pieces: list[Piece]) -> None:
    pages = paged(pieces, FIRST, FURTHER)
    group: list[Piece] = []
    parted = False
    for number, page in enumerate(pages):
        for placed in page:
            group.append(placed.piece)
            is_last = placed is page[-1] and number < len(pages) - 1
            parted = parted or (is_last and placed.piece.keep)
            if not placed.piece.keep:
                fits = total(group) - group[0].before <= FURTHER[1] - FURTHER[0]
                assert not parted or not fits or group[0] is pieces[0]
                group, parted = [], False


def test_a_space_is_left_out_at_the_top_of_a_page() -> None:
    spaced = Piece(60.0, _nothing, before=5.0)
    (first,), (second,) = paged([spaced, spaced], FIRST, FURTHER)
    assert (first.top, second.top) == (50.0, 10.0)
