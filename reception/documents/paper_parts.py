"""The parts that tickets and slips are made of: letterhead, heading, rows of facts, paragraphs, the code."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reception.documents.flow import LEADING, Flow, Squares, Words
from reception.documents.fonts import Weight
from reception.documents.qr_code import QUIET_MODULES, qr_matrix
from reception.documents.stationery import HEADING, SMALL, TEXT
from reception.documents.structure import Part

ENGLISH = "en-GB"
"""What the council's own names are in."""

_MODULE = 8
_SMALLEST_MODULE = 5
"""Dots of one square of a QR code. Under 5, blur and tilt make it unreadable."""
_LINES_WITH_THEIR_LABEL = 2
"""Of what is below a label, so many stand on one page with it at least."""


class Row(Struct, frozen=True):
    """A label and what is to be known. `english`: in the council's own words, whatever the language of the rest."""

    label: str
    value: str
    english: bool = False


def is_english(flow: Flow) -> bool:
    return flow.setter.language.startswith("en")


def english_of(flow: Flow) -> str:
    """The language of what is in English here; empty where all is."""
    return "" if is_english(flow) else ENGLISH


def letterhead(flow: Flow, council: str, office: str) -> None:
    """The council, the office, a rule."""
    english = english_of(flow)
    part = flow.document.add("P", language=english)
    flow.text(council, HEADING, Weight.BOLD, part=part, smaller=(28,), foreign=True)
    flow.gap(18)
    flow.text(office, TEXT, part=flow.document.add("P", language=english), smaller=(SMALL,), foreign=True)
    flow.gap(25)
    flow.rule()


def facts(flow: Flow, rows: Sequence[Row]) -> None:
    """Rows of label and value between the margins, in large print one below the other; rows without a value are left
    out."""
    filled = [row for row in rows if row.value.strip()]
    labels = [flow.line(row.label, TEXT * flow.scale, Weight.REGULAR) for row in filled]
    widest = max((label.width for label in labels if label is not None), default=0)
    column = min(max(112 * flow.scale, widest + 24 * flow.scale), flow.sheet.inner * 0.45)
    table = flow.document.add("Table")
    flow.gap(29)
    for number, row in enumerate(filled):
        if number:
            flow.gap(28)
        drawn = table.add("TR")
        head, data = drawn.add("TH"), drawn.add("TD", language=english_of(flow) if row.english else "")
        if flow.is_large:
            lines = flow.fitted(row.value, Weight.SEMIBOLD, (TEXT,), flow.sheet.inner, foreign=row.english)
            flow.keep((16 + TEXT * LEADING * (1 + min(len(lines), _LINES_WITH_THEIR_LABEL))) * flow.scale)
            flow.text(row.label, TEXT, part=head)
            flow.gap(16)
            flow.text(row.value, TEXT, Weight.SEMIBOLD, part=data, foreign=row.english)
        else:
            _beside(flow, row, column, head, data)


def _beside(flow: Flow, row: Row, column: float, head: Part, data: Part) -> None:
    start = flow.left + column
    room = flow.right - start
    lines = flow.fitted(row.value, Weight.SEMIBOLD, (TEXT, 26, SMALL), room, foreign=row.english)
    if len(lines) > 1 and " " not in row.value.strip():  # an address is best in one piece
        lines = flow.fitted(row.value, Weight.SEMIBOLD, (22, 20, SMALL), room, foreign=row.english)
    size = lines[0].size
    flow.keep(len(lines) * size * LEADING)
    top, page = flow.y, len(flow.pages)
    flow.text(row.label, TEXT, part=head, width=column - 8 * flow.scale, smaller=(SMALL, 20))
    label_end = flow.y
    flow.y = top
    flow.text(row.value, size / flow.scale, Weight.SEMIBOLD, part=data, x=start, foreign=row.english)
    if len(flow.pages) == page:
        flow.y = max(flow.y, label_end)


def paragraphs(flow: Flow, heading: str, texts: Sequence[str]) -> None:
    """A heading in bold and the paragraphs below it; empty ones are left out."""
    flow.text(heading, HEADING, Weight.BOLD, part=flow.document.add("H2"), smaller=(28,))
    for number, text in enumerate(filter(str.strip, texts)):
        flow.gap(34 if number else 23)
        flow.text(text, TEXT, part=flow.document.add("P"))


def code(flow: Flow, content: str, heading: str, text: str, alternative: str) -> None:
    """A QR code where lines start, with a heading and a line of plain words beside it, in large print below it.

    Squares of 8 dots, never under 5, in vector. At its start the margin, on the other sides white of at least four
    squares keep it clear.
    """
    matrix = qr_matrix(content)
    count = len(matrix)
    module = max(_SMALLEST_MODULE, min(_MODULE, int(flow.sheet.inner * 0.45) // count, round(_MODULE * flow.scale)))
    side, quiet = module * count, module * QUIET_MODULES
    start = max(flow.left, quiet)
    picture = flow.document.add("Figure", alternative=alternative)
    head, words = flow.document.add("H2"), flow.document.add("P")
    if flow.is_large:
        flow.keep(side)
        flow.y = float(round(flow.y))
        flow.put(Squares(start, flow.y, matrix, module, picture))
        flow.y += side + quiet
        flow.text(heading, TEXT, Weight.BOLD, part=head)
        flow.gap(20)
        flow.text(text, TEXT, part=words)
        return
    x = flow.left + side + quiet
    room = flow.right - x
    head_lines = flow.fitted(heading, Weight.BOLD, (TEXT,), room)
    lines = flow.fitted(text, Weight.REGULAR, (TEXT,), room)
    size = TEXT * flow.scale
    words_height = (len(head_lines) + len(lines)) * size * LEADING
    flow.keep(max(side, words_height))
    top = float(round(flow.y))
    flow.put(Squares(start, top, matrix, module, picture))
    base = top + 29 * flow.scale
    for line, part in [*((line, head) for line in head_lines), *((line, words) for line in lines)]:
        flow.put(Words(x, base, line, part))
        base += size * LEADING
    flow.y = top + max(side, words_height)
