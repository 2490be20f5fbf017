from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reception.config import Paper
from reception.documents.fonts import Weight
from reception.documents.raster import rasterise
from reception.documents.slip import slip_pdf
from reception.documents.stationery import SHEETS, Stationery
from reception.domain.visit_states import End
from tests.documents.samples import (
    CODE,
    LONG_COUNCIL,
    LONG_OFFICE,
    LONG_SERVICE,
    SIGNPOSTED,
    TO_FOLLOW,
    decoded,
    first_page,
    ink_box,
    metadata_of,
    text_of,
)

LONG = replace(
    TO_FOLLOW,
    council=LONG_COUNCIL,
    office=LONG_OFFICE,
    service=LONG_SERVICE,
    due=date(2027, 1, 27),
    owner="Aleksandra Wołodyjowska-Świętosławska Llywelyn-Ŵyn",
    email="aleksandra.wolodyjowska-swietoslawska@housing.hertsmere.example",
)


@pytest.mark.parametrize("paper", Paper)
def test_to_follow_names_who_answers_by_when_and_what_to_do_else(paper: Paper, stationery: Stationery) -> None:
    pdf = slip_pdf(TO_FOLLOW, paper, stationery)
    text = text_of(pdf)
    for words in (
        "Your answer, by Tuesday 1 December From",
        "From Priya Shah",
        "Telephone 020 8207 2277",
        "E-mail priya.shah@hertsmere.example",
        f"Reference {CODE}",
        "About Housing",
        "Visited 10.42am, Tuesday 24 November",
        "If you hear nothing",
        "at the end of Tuesday 1 December, get in touch with Priya Shah",
    ):
        assert words in text
    assert decoded(first_page(pdf)) == [CODE]
    assert metadata_of(pdf)["Title"] == "Slip H010"


def test_a_day_of_another_year_has_its_year(stationery: Stationery) -> None:
    text = text_of(slip_pdf(replace(TO_FOLLOW, due=date(2027, 1, 4)), Paper.ROLL_80, stationery))
    assert "Monday 4 January 2027" in text


def test_without_a_day_or_an_officer_no_gap_is_left(stationery: Stationery) -> None:
    bare = replace(TO_FOLLOW, due=None, owner="", telephone="", email="", code="")
    text = text_of(slip_pdf(bare, Paper.ROLL_80, stationery))
    assert "Your answer is still to come" in text
    assert "From" not in text
    assert "E-mail" not in text
    assert "Reference H010" in text
    assert "get in touch with Civic Offices, Borehamwood" in text
    assert "None" not in text


def test_signposting_says_where_to_go_and_offers_the_free_telephone(stationery: Stationery) -> None:
    text = text_of(slip_pdf(SIGNPOSTED, Paper.ROLL_80, stationery))
    assert "Where to go Citizens Advice, first floor, room 12" in text
    assert "About Housing" in text
    assert "free telephone" in text
    without = text_of(slip_pdf(replace(SIGNPOSTED, free_telephone=False), Paper.ROLL_80, stationery))
    assert "telephone" not in without


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("slip", [TO_FOLLOW, SIGNPOSTED, LONG], ids=["to follow", "signposted", "long"])
def test_nothing_is_clipped(slip: object, paper: Paper, stationery: Stationery) -> None:
    assert isinstance(slip, type(TO_FOLLOW))
    pdf = slip_pdf(slip, paper, stationery)
    (page,) = rasterise(pdf)
    margin = 32 if paper is Paper.ROLL_80 else 40
    left, top, right, bottom = ink_box(page)
    assert left >= margin
    assert right <= page.width - margin + 1
    assert top >= 24
    assert bottom <= page.height - 24
    together = text_of(pdf).replace(" ", "")
    assert slip.council.replace(" ", "") in together
    assert slip.email in together


def test_the_same_slip_gives_the_same_bytes(stationery: Stationery) -> None:
    assert slip_pdf(TO_FOLLOW, Paper.A6, stationery) == slip_pdf(TO_FOLLOW, Paper.A6, Stationery.load())


def test_other_ends_have_no_slip(stationery: Stationery) -> None:
    with pytest.raises(ValueError, match="no slip"):
        slip_pdf(replace(TO_FOLLOW, end=End.RESOLVED), Paper.A6, stationery)


def test_a_destination_is_set_large_and_over_two_lines_before_it_is_set_small(stationery: Stationery) -> None:
    flow = stationery.flow(SHEETS[Paper.ROLL_80], stationery.words.english)
    sizes = (64, 56, 48, 40)
    assert [(line.text, line.size) for line in flow.fitted("Police", Weight.BOLD, sizes, 576, 2)] == [("Police", 64)]
    lines = flow.fitted(SIGNPOSTED.signpost_to, Weight.BOLD, sizes, 576, 2)
    assert [line.size for line in lines] == [56, 56]
