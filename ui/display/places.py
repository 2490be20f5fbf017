"""Numbers and places as they are said: the office's own names, and "Counter 3" in the visitor's language."""

from __future__ import annotations

import re

from reception.domain.board import BoardCall
from ui.display.lines import ENGLISH
from ui.visitor_words import VisitorWords, WordsOf, spoken, words_of

_NUMBERED = {
    "display.counter": re.compile(r"counter\s+(\w{1,3})", re.IGNORECASE),
    "display.room": re.compile(r"(?:interview )?room\s+(\w{1,3})", re.IGNORECASE),
}


def place_in(words: VisitorWords, place: str) -> str:
    """A place's name: of "Counter 3" the word in that language, any other as the office calls it."""
    if words.tag == ENGLISH:
        return place
    for key, form in _NUMBERED.items():
        if found := form.fullmatch(place.strip()):
            return words(key, number=found[1])
    return place


def spelled(number: str) -> str:
    """ "H012" as "H, 0, 1, 2": a voice says each by itself."""
    return ", ".join(sign for sign in number if not sign.isspace())


def said_call(call: BoardCall, tag: str, of: WordsOf = words_of) -> str:
    """What a voice says of a call, in one language."""
    words = of(tag)
    if not call.place:
        return f"{spelled(call.number)}."
    text = words("voice.call", number=spelled(call.number), place=place_in(words, call.place))
    return spoken(text)


def tags_of(call: BoardCall) -> tuple[str, ...]:
    """The languages it is said in: the visitor's first, and English always; English alone for who asked for privacy."""
    if call.private or not call.language or words_of(call.language).tag != call.language:
        return (ENGLISH,)
    return (call.language, ENGLISH)
