"""That the building is to be left: loud, in every language at once, whichever was chosen."""

from __future__ import annotations

from reception.domain.languages import visitor_language
from ui.kiosk.dressing import FAMILIES, Dress
from ui.kiosk.glass import Glass, discard
from ui.kiosk.parts import Words
from ui.kiosk.screens import Screen

_TITLE, _LINE, _OTHERS = 88, 44, 48
"""Pixels at 100 %, as the screens are drawn."""
_TITLE_SHARE = 0.42
"""Of the height, the most that title and line take."""
_SMALLER = 0.92
_LEAST = 14


def put_alarm(glass: Glass, screen: Screen, foot: int) -> None:
    """The title in the language of the screen, what to do, and under them the title in the others, down to `foot`."""
    dress = glass.dress
    x, top, width = dress.margin, dress.margin, dress.width - 2 * dress.margin
    for words in _head(glass, screen, width, round((foot - top) * _TITLE_SHARE)):
        glass.put(words, x, top)
        top += words.height() + dress.fixed(16)
    top += dress.fixed(24)
    columns = 2 if dress.is_wide else 1
    rows = -(-len(screen.others) // columns)
    if not rows:
        return
    column, row = (width - (columns - 1) * dress.gap) // columns, (foot - top) // rows
    for place, words in enumerate(_others(glass, screen, column, row)):
        down, across = divmod(place, columns)
        at = top + down * row + (row - words.height()) // 2
        glass.put(words, x + across * (column + dress.gap), at)


def _head(glass: Glass, screen: Screen, width: int, most: int) -> tuple[Words, Words]:
    share = 1.0
    while True:
        title = _words(glass, screen.title, glass.dress, width, _TITLE * share, weight=700)
        line = _words(glass, screen.line, glass.dress, width, _LINE * share)
        if title.height() + line.height() <= most or _LINE * share <= _LEAST:
            return title, line
        discard(title, line)
        share *= _SMALLER


def _others(glass: Glass, screen: Screen, width: int, most: int) -> list[Words]:
    """All as large as the longest of them allows."""
    share = 1.0
    while True:
        made = [_words(glass, text, _dress_of(glass.dress, tag), width, _OTHERS * share) for tag, text in screen.others]
        if all(words.height() <= most for words in made) or _OTHERS * share <= _LEAST:
            return made
        discard(*made)
        share *= _SMALLER


def _words(glass: Glass, text: str, dress: Dress, width: int, pixels: float, weight: int = 600) -> Words:
    return Words(text, dress, glass.page, width, weight=weight, token="on-late", pixels=dress.fixed(round(pixels)))


def _dress_of(dress: Dress, tag: str) -> Dress:
    """The same look, for words of another language."""
    return Dress(
        dress.look,
        dress.width,
        dress.height,
        is_right_to_left=visitor_language(tag).is_right_to_left,
        family=FAMILIES.get(tag, ""),
    )
