"""QR codes as squares, to be drawn in vector."""

from __future__ import annotations

from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

QUIET_MODULES = 4
"""White squares that a QR code needs around it (ISO/IEC 18004)."""


@lru_cache(maxsize=4)
def qr_matrix(content: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code, without its quiet zone. A quarter of it may be spoilt: tickets are folded and wet.

    At least version 2 (25 squares), so that all tickets look alike. Made once, however often a paper is laid out.
    """
    qr = QRCode(version=2, error_correction=ERROR_CORRECT_Q, border=0)
    qr.add_data(content, optimize=0)  # capitals, digits and hyphens take the short encoding as a whole
    qr.make(fit=True)
    return tuple(tuple(bool(square) for square in row) for row in qr.get_matrix())


def qr_bars(matrix: tuple[tuple[bool, ...], ...]) -> list[tuple[int, int, int]]:
    """The dark squares, neighbours in a row as one bar: row, first square, how many."""
    bars: list[tuple[int, int, int]] = []
    for down, row in enumerate(matrix):
        start: int | None = None
        for along, dark in enumerate([*row, False]):
            if dark and start is None:
                start = along
            elif not dark and start is not None:
                bars.append((down, start, along - start))
                start = None
    return bars
