"""A document as PDF: a canvas, a pen to draw on it with, and the structure and metadata put in at the end."""

from __future__ import annotations

import io
from collections.abc import Callable

from msgspec import Struct
from reportlab.pdfgen.canvas import Canvas

from reception.documents.fonts import REPORTLAB_LOCK, FontBook, Weight
from reception.documents.pen import Pen
from reception.documents.structure import Part
from reception.documents.tagging import tagged


class About(Struct, frozen=True):
    """What the file says of itself. `language` is a BCP 47 tag."""

    title: str
    language: str
    author: str = ""


def written(
    draw: Callable[[Canvas, Pen], None], document: Part, about: About, size: tuple[float, float], fonts: FontBook
) -> bytes:
    """What `draw` draws, on sheets of that size (points). The same drawing gives the same bytes: no date, no path,
    nothing of this computer."""
    buffer = io.BytesIO()
    with REPORTLAB_LOCK:
        canvas = Canvas(
            buffer,
            pagesize=size,
            invariant=1,
            pdfVersion=(1, 7),
            lang=about.language,
            initialFontName=fonts.face_for("A", Weight.REGULAR).name,
        )
        canvas.setTitle(about.title)
        canvas.setAuthor(about.author)
        canvas.setSubject("")
        canvas.setCreator("Reception")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        draw(canvas, Pen(canvas))
        canvas.save()
    return tagged(buffer.getvalue(), document, about.title, about.language)
