"""Laying words, rules and codes onto a sheet, from the top down.

Everything is measured in *dots* of a ticket printer, 203 to the inch, from the top of the sheet and from its *start*:
the left edge, or the right one in a language that is written from right to left, whose sheets are mirrored whole. A
line of text takes the height of its capitals; what hangs below the base line hangs into the gap that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from reception.documents.fonts import Weight
from reception.documents.structure import Part
from reception.documents.text import Line, Style, Typesetter

DOTS_PER_INCH = 203
CAPITALS = 0.714
"""Height of a capital letter of Noto Sans, for a size of 1."""
LEADING = 1.36
"""Base line to base line, for a size of 1."""

_SHORT_LINE = 0.3
"""A last line under this share of the width is filled up from the lines before it."""


class Sheet(Struct, frozen=True):
    """A sheet of paper, in dots. A `height` of None is a roll: as long as what stands on it."""

    width: int
    height: int | None
    margin: int
    top: int

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.margin


class Words(Struct, frozen=True):
    """A line of text of a part of the document; `y` is its base line."""

    x: float
    y: float
    line: Line
    part: Part | None = None
    white: bool = False

    @property
    def width(self) -> float:
        return self.line.width


class Box(Struct, frozen=True):
    """A filled box; `y` is its upper edge. `line` draws only a frame of that thickness, inside the box."""

    x: float
    y: float
    width: float
    height: float
    white: bool = False
    line: float = 0


class Squares(Struct, frozen=True):
    """The dark squares of a code, each `module` wide: a picture, never mirrored. `y` is its upper edge."""

    x: float
    y: float
    matrix: tuple[tuple[bool, ...], ...]
    module: int
    part: Part

    @property
    def width(self) -> float:
        return len(self.matrix) * self.module


Mark = Words | Box | Squares


class Flow:
    """A sheet, or several, being filled. `y` is where the next thing goes on the last page."""

    def __init__(self, sheet: Sheet, setter: Typesetter, scale: float = 1.0, *, least: float = 0) -> None:
        """`scale` enlarges or shrinks every size and gap that is asked for; of large print `least` is the smallest size
        that may be asked for."""
        self.sheet = sheet
        self.setter = setter
        self.scale = scale
        self.is_large = least > 0
        self._least = least
        self.document = Part("Document")
        self.pages: list[list[Mark]] = [[]]
        self.y = float(sheet.top)
        self.head: Callable[[], None] | None = None
        """Called at the top of each further page."""

    @property
    def left(self) -> float:
        """Where lines start."""
        return self.sheet.margin

    @property
    def right(self) -> float:
        """Where lines end."""
        return self.sheet.width - self.sheet.margin

    @property
    def length(self) -> int:
        """The height of each page."""
        return self.sheet.height or round(self.y) + self.sheet.top

    def put(self, *marks: Mark) -> None:
        self.pages[-1].extend(marks)

    def gap(self, dots: float) -> None:
        self.y += dots * self.scale

    def keep(self, height: float) -> None:
        """Go to the next page if `height` (already scaled) does not fit on this one."""
        bottom = self.sheet.height and self.sheet.height - self.sheet.top
        if bottom and self.y + height > bottom and self.pages[-1]:
            self.pages.append([])
            self.y = float(self.sheet.top)
            if self.head is not None:
                self.head()

    def rule(self) -> None:
        """A line of 3 dots from margin to margin."""
        self.keep(3)
        self.put(Box(self.left, round(self.y), self.sheet.inner, 3))
        self.y = round(self.y) + 3

    def text(
        self,
        text: str,
        size: float,
        weight: Weight = Weight.REGULAR,
        *,
        part: Part | None,
        smaller: Sequence[float] = (),
        lines: int = 1,
        x: float | None = None,
        width: float | None = None,
        foreign: bool = False,
    ) -> None:
        """A paragraph, set at the first of `size` and `smaller` that takes no more than `lines`, else at the last.

        `part`: what it is in the document; None for what is not to be read out. `foreign`: it runs in the direction of
        its own first letter.
        """
        start = self.left if x is None else x
        wanted = self.fitted(text, weight, (size, *smaller), width or self.right - start, lines, foreign=foreign)
        for number, line in enumerate(wanted):
            if number:
                self.y += line.size * (LEADING - CAPITALS)
            self.keep(line.size * CAPITALS)
            self.y += line.size * CAPITALS
            self.put(Words(start, self.y, line, part))

    def line(self, text: str, size: float, weight: Weight, most: float = float("inf")) -> Line | None:
        """The text on one line (size not scaled), made smaller if it is wider than `most`; None for nothing."""
        found = self.setter.lines(text, _style(size, weight), float("inf"))
        if found and found[0].width > most:
            found = self.setter.lines(text, _style(size * most / found[0].width, weight), float("inf"))
        return found[0] if found else None

    def fitted(
        self,
        text: str,
        weight: Weight,
        sizes: Sequence[float],
        width: float,
        most: int = 1,
        *,
        foreign: bool = False,
    ) -> list[Line]:
        """The lines of a text: at the first of `sizes` (scaled here) that takes `most` lines, or at the last.

        The last line is not left with a word or two.
        """
        lines: list[Line] = []
        for wanted in sizes:
            style = _style(max(wanted, self._least) * self.scale, weight)
            lines = self.setter.lines(text, style, width, foreign=foreign)
            if len(lines) > 1 and lines[-1].width < _SHORT_LINE * width:
                lines = self.setter.balanced(text, style, width, foreign=foreign)
            if len(lines) <= most:
                break
        return lines

    def across(self, text: str, weight: Weight, *, tallest: float, part: Part) -> None:
        """One line whose ink reaches from margin to margin, or is `tallest` dots high (not scaled) if that is less."""
        unit = self.line(text, 100.0, weight)
        ink = unit.ink() if unit is not None else None
        if ink is None:
            return
        left, bottom, right, top = ink
        factor = min((self.sheet.inner - 2) / (right - left), tallest / (top - bottom))
        line = self.line(text, 100.0 * factor, weight)
        if line is None:
            return
        self.keep((top - bottom) * factor)
        before = line.width - right * factor if self.setter.right_to_left else left * factor
        self.put(Words(self.left + 1 - before, self.y + top * factor, line, part))
        self.y += (top - bottom) * factor


def _style(size: float, weight: Weight) -> Style:
    return Style(size, size * LEADING, weight)
