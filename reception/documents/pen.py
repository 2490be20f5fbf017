"""Draws shaped lines on a canvas of reportlab, every glyph by its own text matrix, and notes what part they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from reception.documents.fonts import Face, Weight
from reception.documents.glyph_font import GlyphFont
from reception.documents.outline import path
from reception.documents.reading_order import readable, spans
from reception.documents.shaping import Run
from reception.documents.structure import Part, Place
from reception.documents.text import Line

_NEAR, _EXACT = 0.12, 0.0001
"""Of an em. Glyphs that stand farther from one another are placed each by itself: readers take a wide gap for a space.
Nearer ones are shown as one text, moved by whatever is more than nothing."""


_OUTLINE = 0.018
"""Of an em: the line round letters whose font has no bold."""


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
        self._last_base = float("inf")
        self._is_after_turned = False
        """Of the line before: where it stood, and whether any of it ran from right to left."""

    @property
    def canvas(self) -> Canvas:
        """For lines and areas, which are drawn within `marked`."""
        return self._canvas

    def end_page(self) -> None:
        self._canvas.showPage()
        self._page, self._next = self._page + 1, 0

    def write(self, line: Line, x: float, y: float, part: Part | None = None, *, white: bool = False) -> None:
        """Put a line down with its left end at `x` and its base line at `y`, in the canvas's unit, from its origin."""
        if white:
            self._canvas.setFillGray(1)
        lefts = list(accumulate((run.advance * line.size for run in line.runs), initial=x))
        parted = spans(line.runs)
        is_beside = abs(y - self._last_base) < line.size and (line.runs_right_to_left or self._is_after_turned)
        for number, places in enumerate(parted):
            runs = [line.runs[place] for place in places]
            if len(runs) == 1:
                runs = [readable(runs[0])]
            inside = part
            if part is not None and any(run.right_to_left for run in runs):
                after = line.after if number == len(parted) - 1 else ""
                inside = part.add("Span", text=_said(runs) + after)
            if number or is_beside:
                self._part_lines(line, lefts[places[0]], y + (2 + number % 5 / 4) * line.size)
            with self.marked(inside, _told(runs)):
                self._put([(run, lefts[place]) for run, place in zip(runs, places, strict=True)], line, y)
        self._last_base, self._is_after_turned = y, line.runs_right_to_left
        if white:
            self._canvas.setFillGray(0)

    def _part_lines(self, line: Line, x: float, y: float) -> None:
        """A letter that nobody sees, far above, after which a reader begins another line.

        Never two at one place: readers pass over the second.
        """
        glyph = next((each for each in line.glyphs if each.box()[0] < each.box()[2]), None)
        if glyph is None:
            return
        font = self._font(glyph.face)
        place = f"/{font.name} {line.size:g} Tf 3 Tr 1 0 0 1 {x:.3f} {y:.3f} Tm"
        with self.marked(None):
            self._canvas.addLiteral(f"BT {place} <{font.code(glyph.glyph_id, ' ')}> Tj 0 Tr ET")

    def _font(self, face: Face) -> GlyphFont:
        if face not in self._fonts:
            self._fonts[face] = GlyphFont(face, self._document)
        return self._fonts[face]

    def _put(self, runs: Sequence[tuple[Run, float]], line: Line, y: float) -> None:
        operators = ["BT"]
        for run, x in runs:
            shown = self._shown(run, x, y, line.size)
            if line.weight is not Weight.REGULAR and run.glyphs[0].face.has_one_weight:
                operators += [f"2 Tr {_OUTLINE * line.size:.3f} w", *shown, "0 Tr"]
            else:
                operators += shown
        operators.append("ET")
        operators += self._shapes(runs, y, line.size)
        self._canvas.addLiteral("\n".join(operators))

    def _shapes(self, runs: Sequence[tuple[Run, float]], y: float, size: float) -> Iterator[str]:
        """What draws the marks that are no text."""
        for run, start in runs:
            x = start
            for glyph in run.glyphs:
                if glyph.is_shape:
                    at = x + glyph.x * size, y + glyph.y * size
                    yield path(glyph.face, glyph.glyph_id, *at, size * glyph.face.scale)
                x += glyph.advance * size

    def _shown(self, run: Run, x: float, y: float, size: float) -> Iterator[str]:
        """What shows a run; glyphs that follow one another on the base line are one text."""
        face = run.glyphs[0].face
        font, em = self._font(face), size * face.scale
        yield f"/{font.name} {em:g} Tf"
        shown: list[str] = []
        reached = 0.0
        for glyph in run.glyphs:
            if glyph.is_shape:
                continue
            left, base = x + glyph.x * size, y + glyph.y * size
            alone = bool(glyph.x or glyph.y)
            if shown and (alone or abs(left - reached) > _NEAR * em):
                yield f"[{' '.join(shown)}] TJ"
                shown = []
            if not shown:
                yield f"1 0 0 1 {left:.3f} {base:.3f} Tm"
            elif abs(left - reached) > _EXACT * em:
                shown.append(f"{(reached - left) / em * 1000:.2f}")
            shown.append(f"<{font.code(glyph.glyph_id, glyph.text)}>")
            reached = left + font.advance(glyph.glyph_id) * em / 1000
            x += glyph.advance * size
            if alone:
                yield f"[{' '.join(shown)}] TJ"
                shown = []
        if shown:
            yield f"[{' '.join(shown)}] TJ"

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
            self._canvas.addLiteral(f"/{part.role} <</MCID {self._next}>> BDC")
            part.inside.append(Place(self._page, self._next))
            self._next += 1
        if told:
            self._canvas.addLiteral(f"/Span <</ActualText <FEFF{told.encode('utf-16-be').hex().upper()}>>> BDC")
        self._is_marking = True
        yield
        self._is_marking = False
        if told:
            self._canvas.addLiteral("EMC")
        self._canvas.addLiteral("EMC")


def _said(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in sorted(runs, key=lambda run: run.start))


def _told(runs: Sequence[Run]) -> str:
    """What the runs say, where it can't be made out from their glyphs one after another because some changed places.

    Never of text from right to left: the readers that there are turn it round, told or not.
    """
    moved = any(not glyph.text or glyph.x or glyph.y for run in runs for glyph in run.glyphs)
    return _said(runs) if moved and not any(run.right_to_left for run in runs) else ""
