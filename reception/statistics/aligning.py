"""Text in columns as wide as a terminal shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Terminal cells: Chinese characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def padded(text: str, cells: int, *, left: bool) -> str:
    space = " " * (cells - width(text))
    return text + space if left else space + text


def aligned(rows: Sequence[Sequence[str]], left: int) -> str:
    """Rows below one another, two spaces apart; the first `left` columns begin in line, the others end so."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (padded(text, widths[place], left=place < left) for place, text in enumerate(row))
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)
