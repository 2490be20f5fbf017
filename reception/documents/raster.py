"""PDF to black-and-white pictures, for ticket printers and for previews."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium
from PIL import Image

from reception.documents.flow import DOTS_PER_INCH

PDFIUM_LOCK = threading.Lock()
"""PDFium may be entered by one thread of the process at a time."""

_UNPRINTABLE = 32
"""Dots at either side of the paper that a ticket printer's head does not reach; every sheet's margin is as wide."""

_DARK = 144
"""Grey values under this print black: slightly more than half, so that thin strokes keep their strength."""


def rasterise(pdf: bytes, dots_per_inch: float = DOTS_PER_INCH) -> tuple[Image.Image, ...]:
    """Each page as a one-bit picture; black is what prints. Raises ValueError for bytes that are no PDF."""
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise ValueError("these bytes are no PDF") from error
        try:
            pages = []
            for index in range(len(document)):
                page = document[index]
                grey = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()
                pages.append(grey.convert("L").point(_one_bit).convert("1", dither=Image.Dither.NONE))
                page.close()
            return tuple(pages)
        finally:
            document.close()


def print_lines(pdf: bytes, dots_per_line: int) -> tuple[Image.Image, ...]:
    """Each page as a one-bit picture exactly as wide as a ticket printer's line.

    The unprintable edges are cut off and the rest is drawn to fill the line: an 80 mm ticket at its own size on a
    line of 576 dots, anything wider or a narrower line smaller.
    """
    width = page_size(pdf)[0] * DOTS_PER_INCH / 72 - 2 * _UNPRINTABLE
    factor = dots_per_line / width
    edge = round(_UNPRINTABLE * factor)
    lines = []
    for page in rasterise(pdf, DOTS_PER_INCH * factor):
        line = Image.new("1", (dots_per_line, page.height), 1)
        line.paste(page.crop((edge, 0, min(page.width, edge + dots_per_line), page.height)))
        lines.append(line)
    return tuple(lines)


def page_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, in points. Raises ValueError for bytes that are no PDF."""
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            raise ValueError("these bytes are no PDF") from error
        try:
            width, height = document.get_page_size(0)
            return float(width), float(height)
        finally:
            document.close()


def _one_bit(grey: int) -> int:
    return 255 if grey >= _DARK else 0
