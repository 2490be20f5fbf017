"""A page as a picture for the screen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PIL import Image

from reception.documents.letters import letter_pdf
from reception.documents.preview import page_images
from reception.documents.stationery import Stationery
from tests.documents.letter_samples import CONFIRMATION, REFERENCE
from tests.documents.samples import decoded


def test_a_page_is_a_picture_of_three_bytes_a_pixel(stationery: Stationery) -> None:
    pdf = letter_pdf(CONFIRMATION, stationery).pdf
    (image,) = page_images(pdf, 2.0)
    assert (image.width, image.height) == (1191, 1684)
    assert len(image.pixels) == 3 * image.width * image.height
    assert image.pixels[:3] == b"\xff\xff\xff"
    assert decoded(Image.frombytes("RGB", (image.width, image.height), image.pixels)) == [REFERENCE]


def test_every_page_is_there_and_what_is_no_pdf_has_none(stationery: Stationery) -> None:
    letter = letter_pdf(replace(CONFIRMATION, large_print=True), stationery)
    images = page_images(letter.pdf, 1.0)
    assert len(images) == letter.pages > 1
    assert len({image.pixels for image in images}) == letter.pages
    with pytest.raises(ValueError, match="no PDF"):
        page_images(b"hello", 1.0)
