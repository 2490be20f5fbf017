"""A PDF as the bytes that an ESC/POS ticket printer prints."""

from __future__ import annotations

import importlib
import logging
import os
import shutil
import sys
from typing import Any

from PIL import Image

from reception.documents.raster import print_lines
from reception.errors import Code, Refusal

_NARROWEST = 360
"""Dots a line. On less, the squares of an 80 mm ticket's code would be under 5 dots and not be read."""
_BAND = 240
"""Lines of a picture that are sent at once; small printers hold little more."""


def receipt_parts(pdf: bytes, dots_per_line: int) -> list[bytes]:
    """The job in parts that make sense one after another: start, bands of the picture, feed and cut.

    Refuses (PRINTER) a line too narrow for a readable code.
    """
    if dots_per_line < _NARROWEST:
        raise Refusal(
            Code.PRINTER,
            f"A line of {dots_per_line} dots is too narrow for a ticket.",
            f"Set dots_per_line to what the printer has, at least {_NARROWEST}.",
        )
    pages = [_whole_bytes(page) for page in print_lines(pdf, dots_per_line)]
    job = _job(pages[0].width)
    parts: list[bytes] = []

    def take() -> None:
        parts.append(bytes(job.output))
        job.clear()

    job.hw("INIT")
    take()
    for page in pages:
        for top in range(0, page.height, _BAND):
            job.image(page.crop((0, top, page.width, min(top + _BAND, page.height))))
            take()
        job.cut(feed=False)  # the printer feeds as far as its own knife, which is less than the library would
        take()
    return parts


def load_escpos() -> Any:
    """python-escpos' printers, loaded when first needed: it takes half a second.

    On loading it also sets up logging for the whole program and leaves a folder among the temporary files; both are
    undone here.
    """
    loaded = "escpos.printer" in sys.modules
    root = logging.getLogger()
    before = list(root.handlers)
    printers = importlib.import_module("escpos.printer")
    if not loaded:
        for handler in [handler for handler in root.handlers if handler not in before]:
            root.removeHandler(handler)
        if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
            shutil.rmtree(importlib.import_module("escpos.capabilities").pickle_dir, ignore_errors=True)
    return printers


def _job(width: int) -> Any:
    """A printer of the library that keeps its bytes. Without a known width it would write a warning for each band."""
    printers = load_escpos()
    profile = importlib.import_module("escpos.capabilities").Profile()
    profile.profile_data = {**profile.profile_data, "media": {"width": {"pixels": width}}}
    return printers.Dummy(profile=profile)


def _whole_bytes(page: Image.Image) -> Image.Image:
    """The page with its width rounded up to a multiple of 8, in white, as the printer counts in bytes."""
    width = (page.width + 7) // 8 * 8
    if width == page.width:
        return page
    wider = Image.new("1", (width, page.height), 1)
    wider.paste(page)
    return wider
