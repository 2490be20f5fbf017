"""A name of any script set into a sentence: what stands round it keeps its own direction."""

from __future__ import annotations

import unicodedata

_BEGIN, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def isolated(name: str) -> str:
    """The name between isolates of Unicode (UAX 9) where it is written from right to left; any other as it is.

    Without them "1.40pm" after an Arabic name is torn apart: its figure is read with the name.
    """
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in name):
        return f"{_BEGIN}{name}{_END}"
    return name
