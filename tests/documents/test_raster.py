from __future__ import annotations

import pytest

from reception.config import Paper
from reception.documents.evacuation import evacuation_pdf
from reception.documents.raster import page_size, print_lines, rasterise
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from tests.documents.samples import EVERYONE, TICKET, ink_box


def test_a_dot_of_the_ticket_is_a_dot_of_the_picture(stationery: Stationery) -> None:
    (page,) = rasterise(ticket_pdf(TICKET, Paper.ROLL_80, stationery))
    assert page.mode == "1"
    assert page.width == 640
    rows = [all(page.getpixel((x, y)) == 0 for x in range(32, 608)) for y in range(page.height)]
    thick = "".join("#" if row else " " for row in rows).split()
    assert thick == ["###"] * 4  # four rules, three dots each, nothing smeared


def test_the_unprintable_edges_are_cut_off(stationery: Stationery) -> None:
    (line,) = print_lines(ticket_pdf(TICKET, Paper.ROLL_80, stationery), 576)
    left, _, right, _ = ink_box(line)
    assert left <= 1
    assert right == 576


def test_a_wide_page_is_shrunk_to_the_line(stationery: Stationery) -> None:
    for line in print_lines(evacuation_pdf(EVERYONE, stationery), 576):
        left, _, right, _ = ink_box(line)
        assert line.width == 576
        assert left > 0
        assert right < 576


def test_previews_have_the_resolution_asked_for(stationery: Stationery) -> None:
    pdf = ticket_pdf(TICKET, Paper.A6, stationery)
    (page,) = rasterise(pdf, 96)
    assert page.width == pytest.approx(page_size(pdf)[0] * 96 / 72, abs=1)


def test_other_bytes_are_no_pdf() -> None:
    with pytest.raises(ValueError, match="no PDF"):
        rasterise(b"hello")
    with pytest.raises(ValueError, match="no PDF"):
        page_size(b"")
