"""Text of any script as glyphs: cut into runs of one level and one font, each shaped by HarfBuzz in its direction."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import uharfbuzz as hb
from bidi.mirror import MIRRORED
from msgspec import Struct
from msgspec.structs import replace

from reception.documents.direction import is_unseen, visual_order, without_marks
from reception.documents.fonts import Face, FontBook, Weight


class Glyph(Struct, frozen=True):
    """One glyph, measured for a size of 1. `text` is what it stands for, from left to right as it is drawn: a bracket
    that was turned round is the one that is seen."""

    face: Face
    glyph_id: int
    text: str
    at: int
    """Where `text` begins in the run that was shaped."""
    advance: float
    x: float
    y: float
    is_shape: bool = False
    """A mark whose text its letter has: drawn as a shape, since readers of the document put it elsewhere."""

    def box(self) -> tuple[float, float, float, float]:
        """What it blackens, from where it is put: left, bottom, right, top, upwards."""
        extents = self.face.harfbuzz.get_glyph_extents(self.glyph_id)
        if extents is None:
            return 0.0, 0.0, 0.0, 0.0
        unit = self.face.harfbuzz.face.upem / self.face.scale
        left, top = self.x + extents.x_bearing / unit, self.y + extents.y_bearing / unit
        return left, top + extents.height / unit, left + extents.width / unit, top


class Run(Struct, frozen=True):
    """A stretch of a line in one direction and one font. `start`: where it begins in the line's text."""

    start: int
    text: str
    right_to_left: bool
    glyphs: tuple[Glyph, ...]
    """From left to right."""

    @property
    def advance(self) -> float:
        return sum(glyph.advance for glyph in self.glyphs)


class Shaper:
    """Shapes text of one language; each piece once."""

    def __init__(self, fonts: FontBook, language: str) -> None:
        self._fonts = fonts
        self._language = language
        self._shaped = lru_cache(maxsize=4096)(self._shape)

    def faces(self, text: str, weight: Weight) -> list[Face]:
        """The font of each character. Refuses (FONT) one that no font here has.

        Spaces, joiners and marks keep the font of what they stand with, and so do signs that it has as well.
        """
        found: list[Face] = []
        for character in text:
            before = found[-1] if found else None
            if before is not None and (
                character == " "
                or is_unseen(character)
                or (before.has(character) and not character.isascii() and not character.isalnum())
            ):
                found.append(before)
            elif is_unseen(character):
                found.append(self._fonts.face_for("A", weight))
            elif character == "\u00a0" or unicodedata.category(character) == "Zs":
                found.append(before or self._fonts.face_for(" ", weight))
            else:
                found.append(self._fonts.face_for(character, weight))
        return found

    def runs(self, text: str, levels: list[int], faces: list[Face]) -> list[Run]:
        """The runs of one line, from left to right."""
        runs = _runs(levels, faces)
        line: list[Run] = []
        for place in visual_order([levels[start] for start, _ in runs]):
            start, end = runs[place]
            turned = bool(levels[start] % 2)
            glyphs = self._shaped(text[start:end], faces[start], turned)
            if glyphs:  # signs of direction alone have none
                line.append(Run(start, without_marks(text[start:end]), turned, glyphs))
        return line

    def advances(self, text: str, levels: list[int], faces: list[Face]) -> list[float]:
        """How wide each character is where nothing breaks the text; what is part of the glyph before it is 0 wide."""
        found = [0.0] * len(text)
        for start, end in _runs(levels, faces):
            for glyph in self._shaped(text[start:end], faces[start], bool(levels[start] % 2)):
                found[start + glyph.at] += glyph.advance
        return found

    def _shape(self, text: str, face: Face, right_to_left: bool) -> tuple[Glyph, ...]:
        # a no-break space is drawn and copied as a space: few fonts have a glyph of its own for it
        buffer = hb.Buffer()
        buffer.add_str("".join(" " if unicodedata.category(each) == "Zs" else each for each in text))
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.language = self._language
        hb.shape(face.harfbuzz, buffer)
        unit = face.harfbuzz.face.upem / face.scale
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)][: len(starts)], strict=True))
        told: set[int] = set()
        glyphs: list[Glyph] = []
        for info, position in zip(infos, positions, strict=True):
            at = info.cluster
            content = "" if at in told else without_marks(text[at : ends[at]]).replace("\u00a0", " ")
            told.add(at)
            advance, x, y = position.x_advance / unit, position.x_offset / unit, position.y_offset / unit
            if right_to_left:  # readers of the document turn such text round letter by letter, within a glyph too
                content = "".join(MIRRORED.get(each, each) for each in reversed(content))
            glyphs.append(Glyph(face, info.codepoint, content, at, advance, x, y))
        return tuple(_with_marks(glyphs) if right_to_left else glyphs)


def _with_marks(glyphs: list[Glyph]) -> list[Glyph]:
    """Marks on letters from right to left, as shapes; the letter stands for both."""
    letters = sorted((glyph.at, place) for place, glyph in enumerate(glyphs) if not _is_mark(glyph))
    for place, glyph in enumerate(glyphs):
        below = [each for at, each in letters if at < glyph.at]
        if below and _is_mark(glyph):
            base = glyphs[below[-1]]
            glyphs[below[-1]] = replace(base, text=glyph.text + base.text)
            glyphs[place] = replace(glyph, text="", is_shape=True)
    return glyphs


def _is_mark(glyph: Glyph) -> bool:
    is_marked = bool(glyph.text) and all(unicodedata.category(each).startswith("M") for each in glyph.text)
    return is_marked and not glyph.advance


def _runs(levels: list[int], faces: list[Face]) -> list[tuple[int, int]]:
    """Stretches of one level and one font, in the order of the text."""
    runs: list[tuple[int, int]] = []
    for index, (level, face) in enumerate(zip(levels, faces, strict=True)):
        start = runs[-1][0] if runs else 0
        if runs and faces[start] is face and levels[start] == level:
            runs[-1] = (start, index + 1)
        else:
            runs.append((index, index + 1))
    return runs
