"""The languages for which an interpreter can be had, as a visitor finds their own among them."""

from __future__ import annotations

from reception.domain.languages import ENGLISH, code_of, interpreted, own_name_of, tag_of
from ui.kiosk.screens import Choice
from ui.scripts import can_write
from ui.visitor_words import VisitorWords

_NOT_SPOKEN = frozenset({"bfi", "isg", "eng", "zho"})
"""Of the languages that are interpreted: those that are not asked for here. Chinese is spoken as one of its own."""
_ALSO_NAMED = {"cmn": "zh", "prs": "fa_AF"}
"""By what the tables of language names know a language that they don't know by its own tag."""


def languages_to_choose(words: VisitorWords) -> tuple[Choice, ...]:
    """The visitor's own language first, then by the names that they read: each by its own name too, which whoever
    speaks it finds."""
    named = [(code, _name_for(words, code, english)) for code, english in interpreted() if code not in _NOT_SPOKEN]
    own = _spoken_by_readers(words.tag)
    named.sort(key=lambda each: (each[0] not in own, each[1]))
    return tuple(_spoken(code, _capital(name)) for code, name in named)


def _name_for(words: VisitorWords, code: str, english: str) -> str:
    """In the visitor's language; where that has no name for it its own, and in English the English one."""
    name = words.language_name(tag_of(code))
    if name or words.tag == ENGLISH:
        return name or english
    own = own_name_of(code)
    return words.language_name(_ALSO_NAMED.get(code, "")) or (own if own and can_write(own, tag_of(code)) else english)


def _spoken(code: str, name: str) -> Choice:
    """A language by its own name, where there is a font for it, over its name for the visitor."""
    own = own_name_of(code)
    if not own or own.casefold() == name.casefold() or not can_write(own, tag_of(code)):
        return Choice(code, name, half=True)
    return Choice(code, own, name, half=True, language=tag_of(code))


def _spoken_by_readers(tag: str) -> frozenset[str]:
    return {"zh-Hans": frozenset({"cmn"}), "zh-Hant": frozenset({"yue"})}.get(tag, frozenset({code_of(tag)}))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
