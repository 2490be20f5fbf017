"""The pages of a PDF as pictures, to be shown on a screen before they are printed."""

from __future__ import annotations

import pypdfium2 as pdfium

from reception.documents.raster import PDFIUM_LOCK
from reception.domain.letter_snapshot import PageImage


def page_images(pdf: bytes, scale: float) -> tuple[PageImage, ...]:
    """Every page, with `scale` pixels to the point: 1.0 is 72 to the inch. Raises ValueError for what is no PDF."""
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise ValueError("these bytes are no PDF") from error
        try:
            return tuple(_image(page, scale) for page in document)
        finally:
            document.close()


def _image(page: pdfium.PdfPage, scale: float) -> PageImage:
    picture = page.render(scale=scale).to_pil().convert("RGB")
    return PageImage(picture.width, picture.height, picture.tobytes())
