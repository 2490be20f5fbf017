"""Draws shaped lines on a canvas of reportlab, every glyph by its own text matrix, and notes what part they are of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from reception.documents.direction import runs_right_to_left
from reception.documents.fonts import Face
from reception.documents.glyph_font import GlyphFont
from reception.documents.structure import Part, Place
from reception.documents.text import Line


class Pen:
    """Writes on one document. REPORTLAB_LOCK is to be held while it does.

    What is of no part of the document is marked as an artefact: it is seen and not read out.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._document: Any = canvas._doc  # noqa: SLF001  what fonts are added to
        self._fonts: dict[Face, GlyphFont] = {}
        self._page = 0
        self._next = 0
        self._is_marking = False

    def end_page(self) -> None:
        self._canvas.showPage()
        self._page, self._next = self._page + 1, 0

    def write(self, line: Line, x: float, y: float, part: Part | None = None, *, white: bool = False) -> None:
        """Put a line down with its left end at `x` and its base line at `y`, in the canvas's unit, from its origin."""
        if white:
            self._canvas.setFillGray(1)
        turned = runs_right_to_left(line.text)
        if part is not None and turned:
            part = part.add("Span", text=line.text + line.after)
        told = "" if turned or all(glyph.text for glyph in line.glyphs) else line.text
        with self.marked(part, told):
            self._put(line, x, y)
        if white:
            self._canvas.setFillGray(0)

    def _put(self, line: Line, x: float, y: float) -> None:
        operators = ["BT"]
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
        self._canvas.addLiteral("\n".join(operators))

    def box(self, x: float, y: float, width: float, height: float, grey: float = 0.0) -> None:
        """A filled box; `x` and `y` are its lower left corner."""
        with self.marked(None):
            self._canvas.setFillGray(grey)
            self._canvas.rect(x, y, width, height, stroke=0, fill=1)
            self._canvas.setFillGray(0)

    def frame(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """The outline of a box; `x` and `y` are the middle of the line at its lower left corner."""
        with self.marked(None):
            self._canvas.setLineWidth(thickness)
            self._canvas.rect(x, y, width, height, stroke=1, fill=0)

    @contextmanager
    def marked(self, part: Part | None, told: str = "") -> Iterator[None]:
        """What is drawn meanwhile is of that part; `told` is what it says where its glyphs don't. Within another, that
        other's."""
        if self._is_marking:
            yield
            return
        if part is None:
            self._canvas.addLiteral("/Artifact BMC")
        else:
            said = f" /ActualText <FEFF{told.encode('utf-16-be').hex().upper()}>" if told else ""
            self._canvas.addLiteral(f"/{part.role} <</MCID {self._next}{said}>> BDC")
            part.inside.append(Place(self._page, self._next))
            self._next += 1
        self._is_marking = True
        yield
        self._is_marking = False
        self._canvas.addLiteral("EMC")
