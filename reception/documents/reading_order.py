"""In which order the runs of a line are written into a PDF, so that its text is taken out in the order it is read in.

PDFium, which reads PDFs in browsers, takes the text of a line from left to right as it is drawn and turns round what
runs from right to left, stretch by stretch. It knows nothing of the sentence's own direction, and so puts the words of
a line with both directions into another order. Such a line is written in parts that it turns round rightly, one after
another in the order of the sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bidi.mirror import MIRRORED
from msgspec.structs import replace

from reception.documents.shaping import Run

_LEFT, _WEAK, _RIGHT, _NEUTRAL = range(4)
_CLASSES = {"L": _LEFT, "R": _RIGHT, "AL": _RIGHT} | dict.fromkeys(("AN", "EN", "NSM", "CS", "ES", "ET", "BN"), _WEAK)


def spans(runs: Sequence[Run]) -> list[list[int]]:
    """The runs of a line (given from left to right) in spans, by their places, each from left to right.

    One span for nearly every line; the spans in the order of the sentence.
    """
    places = sorted(range(len(runs)), key=lambda place: runs[place].start)
    if not any(run.right_to_left for run in runs):
        return [list(range(len(runs)))]
    found: list[list[int]] = []
    while places:
        count = next((count for count in range(len(places), 1, -1) if _is_read_rightly(runs, places[:count])), 1)
        found.append(sorted(places[:count]))
        places = places[count:]
    return found


def readable(run: Run) -> Run:
    """A run by itself, as a span, with its text so told that it is read rightly: signs alone are turned round by
    nobody."""
    if not run.right_to_left or _is_read_rightly([run], [0]):
        return run
    first, *others = run.glyphs
    return replace(run, glyphs=(replace(first, text=run.text), *(replace(each, text="") for each in others)))


def _is_read_rightly(runs: Sequence[Run], places: Sequence[int]) -> bool:
    said = "".join(runs[place].text for place in places)
    drawn = "".join(glyph.text for place in sorted(places) for glyph in runs[place].glyphs)
    return as_read(drawn).split() == said.replace("\u00a0", " ").split()


def as_read(drawn: str) -> str:
    """What PDFium makes of the text of a line, taken from left to right (CPDF_TextPage, CFX_BidiString)."""
    segments: list[tuple[int, str]] = []
    for character in drawn:
        kind = _CLASSES.get(unicodedata.bidirectional(character), _NEUTRAL)
        if segments and segments[-1][0] == kind:
            segments[-1] = (kind, segments[-1][1] + character)
        else:
            segments.append((kind, character))
    turned = sum(kind == _RIGHT for kind, _ in segments) > sum(kind == _LEFT for kind, _ in segments)
    if turned:
        segments.reverse()
    read: list[str] = []
    for kind, text in segments:
        if kind == _RIGHT or (kind == _NEUTRAL and turned):
            turned = True
            read.append("".join(MIRRORED.get(character, character) for character in reversed(text)))
        else:
            turned = turned and kind == _WEAK
            read.append(text)
    return "".join(read)
