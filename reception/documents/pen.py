"""Draws shaped lines on a canvas of reportlab, every glyph by its own text matrix."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from reception.documents.direction import runs_right_to_left
from reception.documents.fonts import Face
from reception.documents.glyph_font import GlyphFont
from reception.documents.text import Line


class Pen:
    """Writes on one document. REPORTLAB_LOCK is to be held while it does."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document: Any = canvas._doc  # noqa: SLF001  what fonts are added to
        self._fonts: dict[Face, GlyphFont] = {}

    def write(self, line: Line, x: float, y: float) -> None:
        """Put a line down with its left end at `x` and its base line at `y`, in points from the page's lower left."""
        told = _needs_telling(line)
        operators = [f"/Span <</ActualText <FEFF{line.text.encode('utf-16-be').hex().upper()}>>> BDC"] if told else []
        operators.append("BT")
        current: Face | None = None
        for glyph in line.glyphs:
            font = self._fonts.get(glyph.face)
            if font is None:
                font = self._fonts[glyph.face] = GlyphFont(glyph.face, self._document)
            if glyph.face is not current:
                operators.append(f"/{font.name} {line.size * glyph.face.scale:g} Tf")
                current = glyph.face
            left, base = x + glyph.x * line.size, y + glyph.y * line.size
            operators.append(f"1 0 0 1 {left:.3f} {base:.3f} Tm <{font.code(glyph.glyph_id, glyph.text)}> Tj")
            x += glyph.advance * line.size
        operators.append("ET")
        if told:
            operators.append("EMC")
        self._canvas.addLiteral("\n".join(operators))

    def box(self, x: float, y: float, width: float, height: float, grey: float = 0.0) -> None:
        """A filled box; `x` and `y` are its lower left corner."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)


def _needs_telling(line: Line) -> bool:
    """Whether the text of a line can't be made out from its glyphs one after another, because some changed places.

    Never for a line with text from right to left: the readers that there are turn it round, told or not.
    """
    return any(not glyph.text for glyph in line.glyphs) and not runs_right_to_left(line.text)
