"""A letter's sheet of A4: its measures and type, and what stands in fixed places on it.

Measures are points, distances down are from the top of the sheet, distances along are from the *start*: the left edge
of the type, or the right one in a language that is written from right to left. The address alone is in a fixed place of
the sheet, for the envelope's window is.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from reception.documents.fonts import FontBook, Weight
from reception.documents.pages import Piece
from reception.documents.pen import Pen
from reception.documents.structure import Part
from reception.documents.text import Line, Style, Typesetter

MM = 72 / 25.4
"""Points in a millimetre."""
WIDTH, HEIGHT = 210 * MM, 297 * MM
MARGIN = 20 * MM
INNER = WIDTH - 2 * MARGIN

WINDOW = (20 * MM, 48 * MM, 100 * MM, 81 * MM)
"""Left, top, right and bottom of what a DL envelope's window shows of a letter folded in three, wherever it has slid to
sideways. (The window is 90 x 35 mm, 20 mm from the left and 18 mm from the foot of an envelope of 220 x 110 mm; a third
of the sheet is 99 mm high and stands on the envelope's foot.)"""
BESIDE_WINDOW = 112 * MM
"""Where date and reference begin, from the left of the sheet's type."""
BODY_TOP = 96 * MM
FOOT = 282 * MM
"""Base line of the last line on a page."""

_READABLE_ADDRESS, _SMALLEST_ADDRESS = 10.0, 8.0
"""Points: what sorting machines read well, and what they read at all."""


class Type(Struct, frozen=True):
    """The sizes of type of a letter."""

    text: Style
    strong: Style
    heading: Style
    subheading: Style
    council: Style
    address: Style
    space: float
    """Between two paragraphs."""
    measure: float
    """The width of a paragraph."""
    beside: bool
    """Whether the code stands beside the table, or below it."""


STANDARD = Type(
    text=Style(12, 17),
    strong=Style(12, 17, Weight.SEMIBOLD),
    heading=Style(16, 21, Weight.SEMIBOLD),
    subheading=Style(12, 17, Weight.SEMIBOLD),
    council=Style(16, 21, Weight.SEMIBOLD),
    address=Style(12, 14.6),
    space=10,
    measure=156 * MM,
    beside=True,
)
LARGE = Type(
    text=Style(18, 26),
    strong=Style(18, 26, Weight.SEMIBOLD),
    heading=Style(24, 31, Weight.SEMIBOLD),
    subheading=Style(20, 27, Weight.SEMIBOLD),
    council=Style(20, 27, Weight.SEMIBOLD),
    address=Style(18, 21),
    space=13,
    measure=INNER,
    beside=False,
)


class Sheet:
    """Sets and places the text of one letter."""

    def __init__(self, fonts: FontBook, language: str, type_: Type) -> None:
        self.setter = Typesetter(fonts, language)
        self.type = type_

    @property
    def english(self) -> str:
        """The language of what is in English here; empty where all is."""
        return "" if self.setter.language.startswith("en") else "en-GB"

    def put(self, pen: Pen, line: Line, base: float, part: Part | None, along: float = 0.0) -> None:
        """Write a line that begins `along` from the start; `base` is its base line."""
        x = WIDTH - MARGIN - along - line.width if self.setter.right_to_left else MARGIN + along
        pen.write(line, x, HEIGHT - base, part)

    def put_at_end(self, pen: Pen, line: Line, base: float, part: Part | None) -> None:
        """Write a line that ends where the type ends."""
        self.put(pen, line, base, part, INNER - line.width)

    def box(self, pen: Pen, top: float, height: float, along: float, width: float, grey: float = 0.0) -> None:
        """A filled box."""
        x = WIDTH - MARGIN - along - width if self.setter.right_to_left else MARGIN + along
        pen.box(x, HEIGHT - top - height, width, height, grey)

    def column(
        self,
        texts: Sequence[str],
        style: Style,
        width: float,
        part: Part,
        along: float = 0.0,
        *,
        foreign: bool = False,
    ) -> list[Piece]:
        """Paragraphs directly below one another, all of one part of the document, a piece for each line."""
        return [
            self.line_piece(line, style, part, along)
            for text in texts
            for line in ended(self.setter.lines(text, style, width, foreign=foreign))
        ]

    def line_piece(self, line: Line, style: Style, part: Part, along: float = 0.0) -> Piece:
        return Piece(style.leading, lambda pen, top: self.put(pen, line, top + base_of(style), part, along))


def ended(lines: list[Line]) -> list[Line]:
    """The lines of a paragraph that another may follow in the same part: a space parts them when they are read out."""
    return [*lines[:-1], replace(lines[-1], after=" ")] if lines else []


def base_of(style: Style) -> float:
    """How far the base line is below the top of a line."""
    return style.leading / 2 + style.size * 0.36


def address_lines(setter: Typesetter, name: str, address: Sequence[str], style: Style) -> tuple[list[Line], Style]:
    """Name and address as they fit the window, and the style they are set in.

    Type shrinks first; then the lines of the address are run together; then the name is cut short, since the letter
    itself begins with it whole. The last line, with the postcode, stays a line of its own.
    """
    wanted = [part for part in (line.strip() for line in address) if part]
    joined = [", ".join(part.rstrip(",") for part in wanted[:-1]), *wanted[-1:]]
    sizes = [style.scaled(percent / 100) for percent in range(100, 40, -4)]
    smallest = style.scaled(_SMALLEST_ADDRESS / style.size)
    readable = [each for each in sizes if each.size >= _READABLE_ADDRESS]
    possible = [*(each for each in sizes if each.size > _SMALLEST_ADDRESS), smallest]
    for body, styles in ((wanted, readable), (joined, possible), (wanted, possible)):
        for each in styles:
            lines = _set([name, *body], setter, each)
            if len(lines) <= _room(each):
                return lines, each
    room = _room(smallest)
    middle, last = _set(joined[:1], setter, smallest), _set(joined[1:], setter, smallest)[:2]
    of_name = max(2, room - len(middle) - len(last))
    names = _shortened(name, of_name, setter, smallest)
    return [*names, *middle[: room - len(names) - len(last)], *last], smallest


def _shortened(name: str, most: int, setter: Typesetter, style: Style) -> list[Line]:
    """As much of the name as so many lines take."""
    lines = _set([name], setter, style)
    if len(lines) <= most:
        return lines
    kept = " ".join(line.text for line in lines[:most])
    while len(lines) > most:
        kept = kept[:-1]
        lines = _set([kept + "…"], setter, style)
    return lines


def _set(texts: Sequence[str], setter: Typesetter, style: Style) -> list[Line]:
    width = WINDOW[2] - WINDOW[0]
    return [line for text in texts for line in setter.lines(text, style, width, foreign=True)]


def _room(style: Style) -> int:
    """How many lines the window shows."""
    return int((WINDOW[3] - WINDOW[1]) / style.leading)
