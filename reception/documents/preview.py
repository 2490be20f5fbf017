"""A page of a PDF as a picture, to be shown on a screen before it is printed."""

from __future__ import annotations

import pypdfium2 as pdfium
from msgspec import Struct

from reception.documents.raster import PDFIUM_LOCK


class PageImage(Struct, frozen=True):
    """A picture: `width` times `height` pixels of three bytes (red, green, blue), rows one after another, unpadded."""

    width: int
    height: int
    pixels: bytes


def page_image(pdf: bytes, page: int, scale: float) -> PageImage:
    """One page, counted from 0, with `scale` pixels to the point: 1.0 is 72 to the inch.

    Raises ValueError for bytes that are no PDF, and for a page that it has not.
    """
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise ValueError("these bytes are no PDF") from error
        try:
            if not 0 <= page < len(document):
                raise ValueError(f"there is no page {page}")
            picture = document[page].render(scale=scale).to_pil().convert("RGB")
            return PageImage(picture.width, picture.height, picture.tobytes())
        finally:
            document.close()
