"""Which way text runs: the levels of the Unicode bidirectional algorithm (UAX 9), and the order to draw them in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bidi import algorithm

_RIGHT_TO_LEFT = frozenset(
    {"ar", "ara", "ckb", "dv", "fa", "fas", "he", "heb", "ps", "pus", "sd", "ug", "ur", "urd", "yi"}
)
"""Languages written from right to left."""

_OF_DIRECTION = "\u200e\u200f\u061c\u202a\u202b\u202c"
"""Marks of direction, and what embeds a text of the other direction. (Overrides are never kept.)"""
_KEPT_SIGNS = frozenset("\u200c\u200d" + _OF_DIRECTION)
"""Of the characters that print nothing: what joins letters or parts them, and what says their direction."""

_SPACES = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")


def is_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47 or ISO 639-3) is written from right to left."""
    parts = language.replace("_", "-").split("-")
    return parts[0].lower() in _RIGHT_TO_LEFT and "Latn" not in parts[1:]


def settable(text: str) -> str:
    """The text as it is set: composed (NFC), every run of breaking white space and controls as one space.

    What prints nothing is left out, but for joiners and signs of direction. No-break spaces stay.
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in ("Cc", "Zl", "Zp"):
            kept.append(" ")
        elif character in _KEPT_SIGNS or (category not in ("Cf", "Cs") and not _is_variation_selector(character)):
            kept.append(character)
    return _SPACES.sub(" ", "".join(kept)).strip(" ")


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_unseen(character: str) -> bool:
    """Whether a character is one of those that are kept and print nothing."""
    return character in _KEPT_SIGNS


def without_marks(text: str) -> str:
    """The text without signs of direction: their work is done once the levels are known."""
    return text.translate(dict.fromkeys(map(ord, _OF_DIRECTION)))


def first_strong(text: str) -> bool | None:
    """Whether the first letter with a direction runs from right to left; None where there is none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return False
        if kind in ("R", "AL"):
            return True
    return None


def runs_right_to_left(text: str) -> bool:
    """Whether any of the text runs from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def isolated(value: str, *, right_to_left: bool) -> str:
    """A value for a sentence of that direction: in its own direction by itself, and without a say in what is around it.
    Nothing for nothing.

    The algorithm at hand knows no isolates: the value is embedded, with a mark of the sentence on either side.
    """
    value = without_marks(settable(value))
    own = first_strong(value)
    if not value or not (right_to_left or runs_right_to_left(value)) or (own is None and not right_to_left):
        return value
    embedding = "\u202b" if own else "\u202a"
    mark = "\u200f" if right_to_left else "\u200e"
    return f"{mark}{embedding}{value}\u202c{mark}"


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each character: odd ones run from right to left. The paragraph's own is 0 or 1."""
    base = int(right_to_left)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "R" if base else "L"
    algorithm.get_embedding_levels(text, storage)
    characters = list(storage["chars"])
    for index, character in enumerate(characters):
        character["index"] = index
        character["type"] = character["type"] or "L"  # what Python's table of Unicode does not know yet
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved: list[int | None] = [None] * len(text)
    for character in storage["chars"]:
        resolved[character["index"]] = character["level"]
    found: list[int] = []
    for level in resolved:  # a joiner or mark goes with what stands before it
        found.append(level if level is not None else found[-1] if found else base)
    return found


def visual_order(runs: Sequence[int]) -> list[int]:
    """The places of runs of these levels, in the order in which they stand on the line from left to right (rule L2)."""
    order = list(range(len(runs)))
    for level in range(max(runs, default=0), 0, -1):
        start = 0
        while start < len(order):
            if runs[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and runs[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
