"""Where a line of text may end: after spaces, between ideographs, and within a word only where nothing else will do."""

from __future__ import annotations

import re
import unicodedata

from reception.documents.direction import is_unseen

_NEVER_FIRST = frozenset("、。，．：；！？）］｝〉》」』】〕…‥ー々,.:;!?)]}%’”»›")
"""Signs that no line of Chinese or Japanese begins with."""
_NEVER_LAST = frozenset("（［｛〈《「『【〔([{‘“«‹")
"""Signs that no line of it ends with."""
_CLAUSE_ENDS = frozenset("、。，．：；！？")
"""Signs beside which no sign stands alone at the end or the beginning of a line."""
_AFTER = frozenset("-–—/")
"""Signs within a word after which a line may end."""

_OF_A_DATE = re.compile(r"\d+[年月日]|星期[一二三四五六日]")
"""Parts of a Chinese date that are read as one."""


def unbroken(text: str, *, everywhere: bool = False) -> str:
    """The text with spaces at which no line ends: after figures, or everywhere."""
    together = " ".join(text.split())
    return together.replace(" ", "\u00a0") if everywhere else re.sub(r"(?<=\d) ", "\u00a0", together)


def breaks(text: str) -> list[int]:
    """The places at which a line may end, ascending: after each, the next line begins. The end of the text is one."""
    within = {index for part in _OF_A_DATE.finditer(text) for index in range(part.start() + 1, part.end())}
    found = [
        index
        for index in range(1, len(text))
        if index not in within and _may_break(text[index - 1], text[index], text, index)
    ]
    return [*found, len(text)] if text else []


def _may_break(before: str, after: str, text: str, index: int) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    if after in _NEVER_FIRST or before in _NEVER_LAST or not may_part(before, after):
        return False
    if _is_ideograph(before) or _is_ideograph(after):
        if text[index - 2 : index - 1] in _CLAUSE_ENDS or text[index + 1 : index + 2] in _CLAUSE_ENDS:
            return False
        return before != "\u00a0" and after != "\u00a0"
    if "@" in text[text.rfind(" ", 0, index) + 1 : (text + " ").index(" ", index)]:
        return False
    # after a hyphen between words, not in the middle of a number or a reference, nor before a sign
    return before in _AFTER and after.isalpha() and index >= 4 and text[index - 4 : index - 1].isalnum()


def may_part(before: str, after: str) -> bool:
    """Whether the two characters may stand on two lines at all: a mark stays with its letter, a joiner with both."""
    return not (unicodedata.category(after).startswith("M") or is_unseen(after) or is_unseen(before))


def _is_ideograph(character: str) -> bool:
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uac00" <= character <= "\ud7a3"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uff60"
        or "\U00020000" <= character <= "\U0003ffff"
    )
