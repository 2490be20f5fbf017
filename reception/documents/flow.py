"""Laying words, rules and codes onto a sheet, from the top down.

Everything is measured in *dots* of a ticket printer, 203 to the inch, from the top left corner of the sheet. A line of
text takes the height of its capitals; what hangs below the base line hangs into the gap that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reception.documents.fonts import FontBook, Weight, printable

DOTS_PER_INCH = 203
CAPITALS = 0.714
"""Height of a capital letter of Noto Sans, for a size of 1."""
LEADING = 1.36
"""Base line to base line, for a size of 1."""

_SHORT_LINE = 0.3
"""A last line under this share of the width is filled up from the lines before it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, in dots. A `height` of None is a roll: as long as what stands on it."""

    width: int
    height: int | None
    margin: int
    top: int

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.margin


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    weight: Weight
    size: float
    white: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box; `y` is its upper edge. `line` draws only a frame of that thickness, inside the box."""

    x: float
    y: float
    width: float
    height: float
    white: bool = False
    line: float = 0


Mark = Words | Box


class Flow:
    """A sheet, or several, being filled. `y` is where the next thing goes on the last page."""

    def __init__(self, sheet: Sheet, fonts: FontBook, scale: float = 1.0) -> None:
        """`scale` enlarges or shrinks every size and gap that is asked for."""
        self.sheet = sheet
        self.fonts = fonts
        self.scale = scale
        self.pages: list[list[Mark]] = [[]]
        self.y = float(sheet.top)
        self.head: Callable[[], None] | None = None
        """Called at the top of each further page."""

    @property
    def left(self) -> float:
        return self.sheet.margin

    @property
    def right(self) -> float:
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
        smaller: Sequence[float] = (),
        lines: int = 1,
        x: float | None = None,
        width: float | None = None,
    ) -> None:
        """A paragraph, set at the first of `size` and `smaller` that takes no more than `lines`, else at the last."""
        start = self.left if x is None else x
        wanted, actual = self.fitted(text, weight, (size, *smaller), width or self.right - start, lines)
        for number, line in enumerate(wanted):
            if number:
                self.y += actual * (LEADING - CAPITALS)
            self.keep(actual * CAPITALS)
            self.y += actual * CAPITALS
            self.put(Words(start, self.y, line, weight, actual))

    def fitted(
        self, text: str, weight: Weight, sizes: Sequence[float], width: float, most: int = 1
    ) -> tuple[tuple[str, ...], float]:
        """The lines of a text and their size (scaled): the first of `sizes` that takes `most` lines, or the last."""
        lines: tuple[str, ...] = ()
        size = sizes[0]
        for wanted in sizes:
            size = wanted * self.scale
            lines = wrapped(self.fonts, text, weight, size, width)
            if len(lines) <= most:
                break
        return lines, size

    def across(self, text: str, weight: Weight, *, tallest: float) -> None:
        """One line whose ink reaches from margin to margin, or is `tallest` dots high (not scaled) if that is less."""
        unit = self.fonts.ink(text, weight, 1.0)
        wide, high = unit.right - unit.left, unit.top - unit.bottom
        if not wide or not high:
            return
        size = min((self.sheet.inner - 2) / wide, tallest / high)
        self.keep(high * size)
        self.put(Words(self.left + 1 - unit.left * size, self.y + unit.top * size, text, weight, size))
        self.y += high * size


def wrapped(fonts: FontBook, text: str, weight: Weight, size: float, width: float) -> tuple[str, ...]:
    """The text in lines no wider than `width`, the last of them not left with a word or two.

    A word that is wider than a line by itself is broken where it must be.
    """
    lines = _filled(fonts, text, weight, size, width)
    if len(lines) > 1 and fonts.width(lines[-1], weight, size) < _SHORT_LINE * width:
        narrowest, widest = width / 2, width
        while widest - narrowest > 8:
            middle = (narrowest + widest) / 2
            tried = _filled(fonts, text, weight, size, middle)
            if len(tried) > len(lines) or " ".join(tried) != " ".join(lines):  # a line more, or a word broken
                narrowest = middle
            else:
                widest = middle
        lines = _filled(fonts, text, weight, size, widest)
    return tuple(lines)


def _filled(fonts: FontBook, text: str, weight: Weight, size: float, width: float) -> list[str]:
    """The text in lines, each as full as it can be."""
    lines: list[str] = []
    line = ""
    for word in printable(text).split(" "):
        longer = f"{line} {word}" if line else word
        if fonts.width(longer, weight, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(fonts, word, weight, size, width)
        lines.extend(whole)
    if line:
        lines.append(line)
    return lines


def _broken(fonts: FontBook, word: str, weight: Weight, size: float, width: float) -> list[str]:
    """A word in pieces that fit, cut after a sign if there is one; in an e-mail address never after a hyphen.

    (A hyphen at the end of a line would not be known to belong to the address.)
    """
    signs = "@._" if "@" in word else "-./_,"
    pieces: list[str] = []
    while fonts.width(word, weight, size) > width and len(word) > 1:
        end = 1
        while fonts.width(word[: end + 1], weight, size) <= width:
            end += 1
        at_sign = max(word.rfind(sign, 1, end) for sign in signs)
        cut = at_sign + 1 if at_sign >= end // 3 else end
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]
