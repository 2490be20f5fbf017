from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageFilter

from reception.clock import MINUTE
from reception.config import Paper
from reception.documents.qr_code import qr_matrix
from reception.documents.raster import print_lines, rasterise
from reception.documents.stationery import Stationery
from reception.documents.ticket import ticket_pdf
from tests.documents.samples import (
    CODE,
    LONG_COUNCIL,
    LONG_OFFICE,
    LONG_SERVICE,
    MORNING,
    TICKET,
    decoded,
    first_page,
    ink_box,
    metadata_of,
    pages_of,
    text_of,
)

LONG = replace(TICKET, council=LONG_COUNCIL, office=LONG_OFFICE, service=LONG_SERVICE, place=LONG_SERVICE)
KINDS = {
    "plain": TICKET,
    "long": LONG,
    "void": replace(TICKET, voided=True),
    "reprint": replace(TICKET, reprint=True),
    "offline series": replace(TICKET, number="DESK3-H0107"),
    "short number": replace(TICKET, number="A1"),
    "one long word": replace(TICKET, service="W" * 80, council="ŵ" * 80, place="@" * 80),
}


@pytest.mark.parametrize("paper", Paper)
def test_says_what_a_visitor_needs_in_reading_order(paper: Paper, stationery: Stationery) -> None:
    text = text_of(ticket_pdf(TICKET, paper, stationery))
    places = [
        text.index(words)
        for words in (
            "Hertsmere Borough Council",
            "Civic Offices, Borehamwood",
            "Your number",
            "H010",
            "Housing",
            "Taken 10.42am, Tuesday 24 November",
            "Wait about 12 to 20 minutes",
            "Where Ground floor, by the screen",
            "What to do next",
            "Scan to find your visit",
        )
    ]
    assert places == sorted(places)
    assert "VOID" not in text
    assert "Printed again" not in text


def test_leaves_out_what_is_not_known(stationery: Stationery) -> None:
    text = text_of(ticket_pdf(replace(TICKET, wait=None, place=""), Paper.ROLL_80, stationery))
    assert "Taken" in text
    assert "Wait " not in text
    assert "Where" not in text


def test_says_the_time_of_an_appointment(stationery: Stationery) -> None:
    booked = replace(TICKET, booked_for=MORNING + 8 * MINUTE)
    said = " ".join(text_of(ticket_pdf(booked, Paper.ROLL_80, stationery)).split())
    assert "Appointment 10.50am" in said
    assert "Appointment" not in text_of(ticket_pdf(TICKET, Paper.ROLL_80, stationery))


def test_says_the_room_that_is_known(stationery: Stationery) -> None:
    text = text_of(ticket_pdf(replace(TICKET, room="Room 3"), Paper.ROLL_80, stationery))
    assert "Called to" in text
    assert "Room 3" in text
    assert "Called to" not in text_of(ticket_pdf(TICKET, Paper.ROLL_80, stationery))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_clipped(kind: str, paper: Paper, stationery: Stationery) -> None:
    pages = rasterise(ticket_pdf(KINDS[kind], paper, stationery))
    margin = 32 if paper is Paper.ROLL_80 else 40
    assert len(pages) == 1
    left, top, right, bottom = ink_box(pages[0])
    assert left >= margin
    assert right <= pages[0].width - margin + 1
    assert top >= 24
    assert bottom <= pages[0].height - 24


@pytest.mark.parametrize("paper", Paper)
def test_long_names_are_printed_whole(paper: Paper, stationery: Stationery) -> None:
    text = text_of(ticket_pdf(LONG, paper, stationery))
    together = text.replace(" ", "")
    for name in (LONG_COUNCIL, LONG_OFFICE, LONG_SERVICE):
        assert name.replace(" ", "") in together


@pytest.mark.parametrize("paper", Paper)
def test_the_number_is_as_wide_as_the_paper(paper: Paper, stationery: Stationery) -> None:
    page = first_page(ticket_pdf(TICKET, paper, stationery))
    margin = 32 if paper is Paper.ROLL_80 else 40
    middle = page.crop((0, 220, page.width, 360))  # through the digits, clear of every rule
    left, _, right, _ = ink_box(middle)
    assert abs(left - margin) <= 2
    assert abs(right - (page.width - margin)) <= 2


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", ["plain", "long", "reprint"])
def test_the_code_is_read_from_paper(kind: str, paper: Paper, stationery: Stationery) -> None:
    page = first_page(ticket_pdf(KINDS[kind], paper, stationery)).convert("L")
    assert decoded(page) == [CODE]
    blurred = page.filter(ImageFilter.GaussianBlur(2.5))
    assert decoded(blurred) == [CODE]
    tilted = blurred.rotate(5, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    assert decoded(tilted) == [CODE]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("kind", ["plain", "long"])
def test_the_code_has_large_squares_and_a_quiet_zone(kind: str, paper: Paper, stationery: Stationery) -> None:
    page = first_page(ticket_pdf(KINDS[kind], paper, stationery)).convert("L")
    (found,) = zxingcpp.read_barcodes(page)
    corner, opposite = found.position.top_left, found.position.bottom_right
    near = (corner.x - 12, corner.y - 12, opposite.x + 12, opposite.y + 12)
    left, top, right, bottom = ink_box(page.crop(near))
    box = (near[0] + left, near[1] + top, near[0] + right, near[1] + bottom)
    module = (box[2] - box[0]) / 25
    assert module >= (8 if kind == "plain" and paper is Paper.ROLL_80 else 5)
    quiet = round(4 * module)
    around = page.crop((box[0] - quiet, box[1] - quiet, box[2] + quiet, box[3] + quiet))
    around.paste(255, (quiet, quiet, around.width - quiet, around.height - quiet))
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize("dots", [576, 512, 384])
@pytest.mark.parametrize("paper", Paper)
def test_a_ticket_printer_prints_a_readable_code(paper: Paper, dots: int, stationery: Stationery) -> None:
    (line,) = print_lines(ticket_pdf(TICKET, paper, stationery), dots)
    assert line.width == dots
    assert line.mode == "1"
    framed = Image.new("1", (dots + 80, line.height + 80), 1)  # the paper is wider than the line
    framed.paste(line, (40, 40))
    assert decoded(framed) == [CODE]


def test_the_squares_of_a_long_code_stay_large_enough(stationery: Stationery) -> None:
    long = replace(TICKET, code="0123456789-ABCDEFGHIJ" * 10)
    page = first_page(ticket_pdf(long, Paper.ROLL_80, stationery)).convert("L")
    (found,) = zxingcpp.read_barcodes(page)
    assert found.text == long.code
    assert (found.position.top_right.x - found.position.top_left.x) / len(qr_matrix(long.code)) > 4.9


@pytest.mark.parametrize("paper", Paper)
def test_a_voided_ticket_cannot_be_mistaken(paper: Paper, stationery: Stationery) -> None:
    pdf = ticket_pdf(KINDS["void"], paper, stationery)
    text = text_of(pdf)
    assert text.startswith("VOID: this ticket was taken back")
    assert "Wait " not in text
    assert "H010 will not be called." in text
    page = first_page(pdf)
    assert decoded(page) == []
    band = page.crop((60, 48, page.width - 60, 160)).convert("L")
    assert sum(band.histogram()[:128]) > 0.5 * band.width * band.height  # white words on a black band


def test_a_reprint_says_so_quietly(stationery: Stationery) -> None:
    text = text_of(ticket_pdf(KINDS["reprint"], Paper.ROLL_80, stationery))
    assert text.endswith("Printed again. Your place in the queue is the same.")


@pytest.mark.parametrize("paper", Paper)
def test_the_same_ticket_gives_the_same_bytes(paper: Paper, stationery: Stationery) -> None:
    first = ticket_pdf(TICKET, paper, stationery)
    ticket_pdf(LONG, paper, stationery)
    assert ticket_pdf(TICKET, paper, stationery) == first
    assert ticket_pdf(TICKET, paper, Stationery.load()) == first


def test_many_threads_print_at_once(stationery: Stationery) -> None:
    first = ticket_pdf(TICKET, Paper.ROLL_80, stationery)
    fresh = Stationery.load()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: ticket_pdf(TICKET, Paper.ROLL_80, fresh), range(8))) == {first}


def test_the_pdf_says_what_it_is_and_nothing_of_this_computer(stationery: Stationery) -> None:
    pdf = ticket_pdf(TICKET, Paper.ROLL_80, stationery)
    told = metadata_of(pdf)
    assert told["Title"] == "Ticket H010"
    assert told["Author"] == ""
    assert b"/Lang (en-GB)" in pdf
    for path in (Path.home(), Path.cwd(), Path("/usr/share")):
        assert str(path).encode() not in pdf
    assert b"Helvetica" not in pdf  # every font is embedded


@pytest.mark.parametrize(("paper", "width", "height"), [(Paper.ROLL_80, 80, None), (Paper.A6, 105, 148)])
def test_the_paper_has_its_size(paper: Paper, width: float, height: float | None, stationery: Stationery) -> None:
    page = first_page(ticket_pdf(TICKET, paper, stationery))
    assert page.width * 25.4 / 203 == pytest.approx(width, abs=0.3)
    if height is not None:
        assert page.height * 25.4 / 203 == pytest.approx(height, abs=0.3)


def test_a_roll_is_as_long_as_needed(stationery: Stationery) -> None:
    lengths = [first_page(ticket_pdf(ticket, Paper.ROLL_80, stationery)).height for ticket in (TICKET, LONG)]
    assert lengths[0] < lengths[1]


def test_what_one_sheet_cannot_hold_goes_on_to_another(stationery: Stationery) -> None:
    pdf = ticket_pdf(replace(TICKET, place="by the great oak tree " * 60), Paper.A6, stationery)
    assert pages_of(pdf) == 2
    text = f"{text_of(pdf, 0)} {text_of(pdf, 1)}"
    assert text.count("great oak tree") == 60
    assert "Scan to find your visit" in text


def test_a_label_stays_with_what_it_says(stationery: Stationery) -> None:
    ticket = replace(TICKET, booked_for=TICKET.taken_at + 18 * MINUTE, large_print=True)
    pdf = ticket_pdf(ticket, Paper.A6, stationery)
    texts = [text_of(pdf, page) for page in range(pages_of(pdf))]
    for label, value in (("Taken", "10.42am"), ("Appointment", "11am"), ("Wait", "about 12"), ("Where", "Ground")):
        (text,) = (each for each in texts if f"{label} " in f"{each} ")
        assert f"{label} {value}" in text


def test_an_unprintable_name_of_every_kind_is_still_printed(stationery: Stationery) -> None:
    odd = "'; DROP TABLE visits; -- =1+1\t\n\x00 w\u0302 \u200bclose"
    text = text_of(ticket_pdf(replace(TICKET, service=odd), Paper.ROLL_80, stationery))
    assert "'; DROP TABLE visits; -- =1+1 ŵ close" in text
