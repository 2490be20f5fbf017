"""A page as a picture for the screen."""

from __future__ import annotations

import pytest
from PIL import Image

from reception.documents.letters import letter_pdf
from reception.documents.preview import page_image
from reception.documents.stationery import Stationery
from tests.documents.letter_samples import CONFIRMATION, REFERENCE
from tests.documents.samples import decoded


def test_a_page_is_a_picture_of_three_bytes_a_pixel(stationery: Stationery) -> None:
    pdf = letter_pdf(CONFIRMATION, stationery).pdf
    image = page_image(pdf, 0, 2.0)
    assert (image.width, image.height) == (1191, 1684)
    assert len(image.pixels) == 3 * image.width * image.height
    assert image.pixels[:3] == b"\xff\xff\xff"
    assert decoded(Image.frombytes("RGB", (image.width, image.height), image.pixels)) == [REFERENCE]


def test_a_page_that_is_not_there_and_what_is_no_pdf(stationery: Stationery) -> None:
    pdf = letter_pdf(CONFIRMATION, stationery).pdf
    for page in (-1, 1):
        with pytest.raises(ValueError, match="page"):
            page_image(pdf, page, 1.0)
    with pytest.raises(ValueError, match="no PDF"):
        page_image(b"hello", 0, 1.0)
