"""Sentences of a letter: what they may say, on which condition, and what is left of them for one letter."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

from msgspec import Struct

_CONDITION = re.compile(r"\[(?P<condition>[a-z -]*)\]\s*(?P<rest>.*)", re.DOTALL)
_HEADING = "# "

CONDITIONS = (
    "office",
    "telephone",
    "home visit",
    "neutral",
    "named",
    "interpreter",
    "step-free",
    "offered",
    "arranged",
)


class Sentence(Struct, frozen=True):
    """A paragraph of the letters file, taken apart."""

    condition: str
    text: str
    is_heading: bool
    placeholders: tuple[str, ...]


def parsed(text: str) -> Sentence:
    """Take a paragraph apart. Raises ValueError, in words for the council, for an unknown condition or a lone brace."""
    condition = ""
    match = _CONDITION.fullmatch(text)
    if match:
        condition, text = match["condition"], match["rest"]
        if condition not in CONDITIONS:
            raise ValueError(
                f"has the condition [{condition}], which is not known; known are "
                + ", ".join(f"[{each}]" for each in CONDITIONS)
            )
    is_heading = text.startswith(_HEADING)
    text = text.removeprefix(_HEADING)
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise ValueError("has a brace without its partner") from None
    for _, name, spec, conversion in parts:
        if name is not None and (spec or conversion or not name.isidentifier()):
            raise ValueError(f"has the placeholder {{{name}}}, which is not known here")
    return Sentence(condition, text, is_heading, tuple(name for _, name, _, _ in parts if name is not None))


def said(text: str, values: Mapping[str, str], conditions: frozenset[str]) -> str | None:
    """The paragraph filled in; None where its condition does not hold or a placeholder has nothing to say."""
    sentence = parsed(text)
    if sentence.condition and sentence.condition not in conditions:
        return None
    if not all(values.get(name) for name in sentence.placeholders):
        return None
    return sentence.text.format_map(values)


def first_said(texts: Sequence[str], values: Mapping[str, str], conditions: frozenset[str]) -> str:
    """The first of the paragraphs that can be said; empty where none can."""
    filled = (said(text, values, conditions) for text in texts)
    return next((text for text in filled if text is not None), "")


class Paragraph(Struct, frozen=True):
    """What is printed of a paragraph."""

    text: str
    is_heading: bool = False


def all_said(texts: Sequence[str], values: Mapping[str, str], conditions: frozenset[str]) -> list[Paragraph]:
    """The paragraphs that can be said, in order, without headings over nothing."""
    found: list[Paragraph] = []
    for text in texts:
        filled = said(text, values, conditions)
        if filled is None:
            continue
        is_heading = parsed(text).is_heading
        if is_heading and found and found[-1].is_heading:
            found.pop()
        found.append(Paragraph(filled, is_heading))
    if found and found[-1].is_heading:
        found.pop()
    return found
