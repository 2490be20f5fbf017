from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from reception.documents.evacuation import evacuation_pdf
from reception.documents.raster import rasterise
from reception.documents.stationery import Stationery
from reception.domain.evacuation import EvacuationRow
from tests.documents.samples import EVERYONE, ink_box, metadata_of, pages_of, text_of

MANY = replace(
    EVERYONE,
    rows=tuple(
        EvacuationRow(
            f"{letter}{number:03d}",
            1 + number % 4,
            "Counter 12, upstairs by the east staircase" if number % 3 else "",
            step_free=number % 5 == 0,
        )
        for letter in "TBH"
        for number in range(40, 0, -1)
    ),
)


@pytest.mark.parametrize("on_roll", [False, True])
def test_lists_everyone_in_order_with_totals(on_roll: bool, stationery: Stationery) -> None:
    text = text_of(evacuation_pdf(EVERYONE, stationery, on_roll=on_roll))
    assert "Civic Offices, Borehamwood, 10.42am, Tuesday 24 November" in text
    assert "People 7 Parties 3 Step-free 1" in text
    assert "A step-free way out is needed by H9." in text
    rows = text[text.index("needed by H9.") + len("needed by H9.") :]
    assert re.findall(r"[BH]\d+", rows) == ["B002", "H9", "H010"]
    assert "Waiting room" in rows
    assert "Interview room B" in rows
    assert rows.count("Step-free") == 1


def test_every_party_has_a_box_to_tick(stationery: Stationery) -> None:
    (page,) = rasterise(evacuation_pdf(EVERYONE, stationery))
    column = page.crop((120, 0, 125, page.height)).convert("L")  # the left sides of the boxes
    runs = re.findall(b"\x00{60,}", column.resize((1, page.height)).point(lambda grey: grey // 200 * 255).tobytes())
    assert len(runs) == 3


def test_many_parties_fill_numbered_pages(stationery: Stationery) -> None:
    pdf = evacuation_pdf(MANY, stationery)
    count = pages_of(pdf)
    assert count > 5
    numbers: list[str] = []
    for page in range(count):
        text = text_of(pdf, page)
        assert f"Page {page + 1} of {count}" in text
        assert "Everyone inside" in text
        assert "10.42am" in text
        start = text.index("Way out") + len("Way out")
        numbers += re.findall(r"[TBH]\d{3}", text[start:])
    assert numbers == sorted(row.number for row in MANY.rows)
    for page_image in rasterise(pdf, 101.5):
        left, top, right, bottom = ink_box(page_image)
        assert left >= 59
        assert right <= page_image.width - 58
        assert top >= 20
        assert bottom <= page_image.height - 20


def test_a_roll_lists_everyone_in_one_piece(stationery: Stationery) -> None:
    pdf = evacuation_pdf(MANY, stationery, on_roll=True)
    (page,) = rasterise(pdf)
    left, _, right, bottom = ink_box(page)
    assert left >= 32
    assert right <= page.width - 31
    assert bottom < page.height
    assert len(set(re.findall(r"[TBH]\d{3}", text_of(pdf)))) == 120


def test_an_empty_building_is_said_to_be_empty(stationery: Stationery) -> None:
    text = text_of(evacuation_pdf(replace(EVERYONE, rows=()), stationery))
    assert "People 0" in text
    assert "No visitor is recorded as inside." in text
    assert "Page 1 of 1" in text


def test_the_same_list_gives_the_same_bytes(stationery: Stationery) -> None:
    pdf = evacuation_pdf(EVERYONE, stationery)
    assert evacuation_pdf(EVERYONE, Stationery.load()) == pdf
    assert metadata_of(pdf)["Title"] == "Evacuation list"
