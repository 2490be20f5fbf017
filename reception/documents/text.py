"""Text of every script in lines: measured, broken on the logical text, each line shaped as it stands."""

from __future__ import annotations

from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from reception.documents.breaking import breaks, may_part
from reception.documents.direction import first_strong, is_right_to_left, levels, settable, without_marks
from reception.documents.fonts import Face, FontBook, Weight
from reception.documents.shaping import Glyph, Run, Shaper

_CLOSE_ENOUGH = 4.0
"""Points, to which lines are balanced."""


class Style(Struct, frozen=True):
    """How text is set; sizes in points."""

    size: float
    leading: float
    """From base line to base line."""
    weight: Weight = Weight.REGULAR

    def scaled(self, factor: float) -> Style:
        return Style(self.size * factor, self.leading * factor, self.weight)


class Line(Struct, frozen=True):
    """One line, its runs from left to right; `width` in points."""

    text: str
    runs: tuple[Run, ...]
    width: float
    size: float
    weight: Weight = Weight.REGULAR
    after: str = ""
    """The space at which the paragraph was parted after this line."""

    @property
    def runs_right_to_left(self) -> bool:
        """Whether any of it does."""
        return any(run.right_to_left for run in self.runs)

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """From left to right."""
        return tuple(glyph for run in self.runs for glyph in run.glyphs)

    def ink(self) -> tuple[float, float, float, float] | None:
        """What it blackens, from the start of its base line: left, bottom, right, top, upwards; None for nothing."""
        boxes = []
        x = 0.0
        for glyph in self.glyphs:
            left, bottom, right, top = glyph.box()
            if right > left:
                boxes.append((x + left, bottom, x + right, top))
            x += glyph.advance
        if not boxes:
            return None
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts) * self.size, min(bottoms) * self.size, max(rights) * self.size, max(tops) * self.size


class _Measured(Struct, frozen=True):
    """A text as it is for every size and width: its levels, its fonts, where lines may end, how far it has come before
    each character (for a size of 1)."""

    text: str
    levels: list[int]
    faces: list[Face]
    breaks: list[int]
    reached: list[float]


class Typesetter:
    """Sets text of one language, for one document: what it has set it remembers."""

    def __init__(self, fonts: FontBook, language: str) -> None:
        self.language = language
        self.right_to_left = is_right_to_left(language)
        self._shaper = Shaper(fonts, language)
        self._known: dict[tuple[str, Style, float, bool], list[Line]] = {}
        self._measured: dict[tuple[str, Weight, bool], _Measured] = {}

    def lines(self, text: str, style: Style, width: float, *, foreign: bool = False) -> list[Line]:
        """The paragraph in lines no wider than `width`; no line for nothing. Refuses (FONT) a script without a font.

        `foreign`: a name, an address or a number, which runs in the direction of its own first letter, from left to
        right where it has none.
        """
        key = (text, style, width, foreign)
        if key not in self._known:
            self._known[key] = self._set(text, style, width, foreign=foreign)
        return list(self._known[key])

    def _set(self, text: str, style: Style, width: float, *, foreign: bool) -> list[Line]:
        key = (text, style.weight, foreign)
        if key not in self._measured:
            self._measured[key] = self._measure(text, style.weight, foreign=foreign)
        measured = self._measured[key]
        text = measured.text
        found: list[Line] = []
        start = 0
        for end in _ends(measured, width / style.size):
            last = start + len(text[start:end].rstrip(" "))
            line = self._line(measured, start, last, style)
            found.append(replace(line, after=" ") if last < end < len(text) else line)
            start = end
        return found

    def _measure(self, text: str, weight: Weight, *, foreign: bool) -> _Measured:
        text = settable(text)
        resolved = levels(text, right_to_left=bool(first_strong(text)) if foreign else self.right_to_left)
        faces = self._shaper.faces(text, weight)
        reached = list(accumulate(self._shaper.advances(text, resolved, faces), initial=0.0))
        return _Measured(text, resolved, faces, breaks(text), reached)

    def balanced(self, text: str, style: Style, width: float, *, foreign: bool = False) -> list[Line]:
        """As `lines`, no more of them than need be, none left with a word or two, and no more words broken."""
        lines = self.lines(text, style, width, foreign=foreign)
        narrowest, widest = width / 2, width
        broken = _broken_words(lines)
        while len(lines) > 1 and widest - narrowest > _CLOSE_ENOUGH:
            middle = (narrowest + widest) / 2
            tried = self.lines(text, style, middle, foreign=foreign)
            if len(tried) > len(lines) or _broken_words(tried) > broken:
                narrowest = middle
            else:
                widest = middle
        return self.lines(text, style, widest, foreign=foreign)

    def width(self, text: str, style: Style) -> float:
        """The width of the text on one line, in points."""
        return max((line.width for line in self.lines(text, style, float("inf"))), default=0.0)

    def _line(self, measured: _Measured, start: int, end: int, style: Style) -> Line:
        text = measured.text
        runs = self._shaper.runs(text[start:end], measured.levels[start:end], measured.faces[start:end])
        width = sum(glyph.advance for run in runs for glyph in run.glyphs) * style.size
        return Line(without_marks(text[start:end]), tuple(runs), width, style.size, style.weight)


def _ends(measured: _Measured, width: float) -> list[int]:
    """Where the lines end (`width` for a size of 1). A word that is wider than a line is broken where it must be."""
    text, reached = measured.text, measured.reached
    found: list[int] = []
    start = fits = 0
    for place in measured.breaks:
        visible = start + len(text[start:place].rstrip(" "))
        if reached[visible] - reached[start] <= width:
            fits = place
            continue
        if fits > start:
            found.append(fits)
            start = fits
        while reached[start + len(text[start:place].rstrip(" "))] - reached[start] > width:
            cut = _longest(text, reached, start, place, width)
            if cut >= place:
                break
            found.append(cut)
            start = cut
        fits = place
    if start < len(text):
        found.append(len(text))
    return found


def _broken_words(lines: list[Line]) -> int:
    """How many lines end where none may."""
    return sum(
        not line.after and len(line.text) not in breaks(line.text + following.text)
        for line, following in pairwise(lines)
    )


def _longest(text: str, reached: list[float], start: int, end: int, width: float) -> int:
    """The last place up to which the piece fits, at least one letter on, and not before a mark.

    After a sign if there is one; in an e-mail address never after a hyphen, which at the end of a line would not be
    known to belong to the address.
    """
    place = start + 1
    best = 0
    while place < end:
        if may_part(text[place - 1], text[place]):
            if reached[place] - reached[start] > width and best:
                break
            best = place
            if reached[place] - reached[start] > width:
                break
        place += 1
    if not best:
        return end
    signs = "@._" if "@" in text[start:end] else "-./_,"
    after_sign = max(text.rfind(sign, start + 1, best) for sign in signs) + 1
    return after_sign if after_sign - start > (best - start) // 3 else best
