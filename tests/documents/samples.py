"""One visit on one day, as paper sees it, and ways to read paper back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from reception.clock import MINUTE, from_datetime
from reception.documents.raster import rasterise
from reception.domain.evacuation import EvacuationList, EvacuationRow
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.said_wait import ExpectedWait
from reception.domain.visit_states import End

MORNING = from_datetime(datetime(2026, 11, 24, 10, 42, tzinfo=UTC))
CODE = "H010-20261124-7K3QX"

TICKET = TicketSnapshot(
    council="Hertsmere Borough Council",
    office="Civic Offices, Borehamwood",
    number="H010",
    service="Housing",
    taken_at=MORNING,
    timezone="Europe/London",
    wait=ExpectedWait(12, 20),
    place="Ground floor, by the screen",
    code=CODE,
)

TO_FOLLOW = SlipSnapshot(
    council=TICKET.council,
    office=TICKET.office,
    number="H010",
    service="Housing",
    visited_at=MORNING,
    printed_at=MORNING + 20 * MINUTE,
    timezone="Europe/London",
    end=End.TO_FOLLOW,
    due=date(2026, 12, 1),
    owner="Priya Shah",
    telephone="020 8207 2277",
    email="priya.shah@hertsmere.example",
    code=CODE,
)

SIGNPOSTED = SlipSnapshot(
    council=TICKET.council,
    office=TICKET.office,
    number="H010",
    service="Housing",
    visited_at=MORNING,
    printed_at=MORNING + 20 * MINUTE,
    timezone="Europe/London",
    end=End.SIGNPOSTED,
    signpost_to="Citizens Advice, first floor, room 12",
    free_telephone=True,
)

LONG_COUNCIL = "Cyngor Bwrdeistref Sirol Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Ŵŷ"
LONG_OFFICE = "Canolfan y Dŵr, tŷ’r Cyngor, Heol yr Orsaf, Llandrindod, ul. Świętokrzyska żółć"
LONG_SERVICE = "Housing benefit, council tax support and discretionary payments for older people"

EVERYONE = EvacuationList(
    office="Civic Offices, Borehamwood",
    at=MORNING,
    timezone="Europe/London",
    rows=(
        EvacuationRow("H010", 1, "", step_free=False),
        EvacuationRow("H9", 4, "Counter 3", step_free=True),
        EvacuationRow("B002", 2, "Interview room B", step_free=False),
    ),
)


def text_of(pdf: bytes, page: int = 0) -> str:
    """The words of a page in the order in which they are drawn, in one line."""
    document = pdfium.PdfDocument(pdf)
    try:
        return " ".join(document[page].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def pages_of(pdf: bytes) -> int:
    document = pdfium.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def metadata_of(pdf: bytes) -> dict[str, str]:
    document = pdfium.PdfDocument(pdf)
    try:
        return {key: str(value) for key, value in document.get_metadata_dict().items()}
    finally:
        document.close()


def decoded(picture: Image.Image) -> list[str]:
    """What the QR codes in a picture say."""
    return [str(found.text) for found in zxingcpp.read_barcodes(picture.convert("L"))]


def ink_box(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is black."""
    box = picture.convert("L").point(lambda grey: 255 - grey).getbbox()
    assert box is not None
    return box


def first_page(pdf: bytes) -> Image.Image:
    return rasterise(pdf)[0]
