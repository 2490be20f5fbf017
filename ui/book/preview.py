"""The pages of a letter as pictures, to look at before it is printed."""

from __future__ import annotations

import pypdfium2
from PySide6.QtGui import QImage


def pages_of(pdf: bytes, width: int) -> tuple[QImage, ...]:
    """Every page, so many pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB888)
            pages.append(image.copy())
        return tuple(pages)
    finally:
        document.close()
