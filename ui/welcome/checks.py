"""What is wrong with what was typed, said before anybody asks the door.

The door checks everything again and decides (`reception.services.setting_up`), by the same limits. Every
check returns one sentence, or an empty string when nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import time
from typing import TypeVar

from reception.domain.office import Hours
from reception.domain.standards import PRESETS, shortfalls
from reception.services.office_settings import PIN_DIGITS, TICKET_LETTERS
from ui import moments
from ui.welcome.reading import Unreadable, as_typed, quoted
from ui.welcome.words import PUBLISHERS, opening_words, week_words

T = TypeVar("T")


def fault_of(read: Callable[[], T]) -> str:
    """The sentence of what can't be read; empty when it can."""
    try:
        read()
    except Unreadable as answer:
        return str(answer)
    return ""


def missing(text: str, sentence: str) -> str:
    """`sentence` when nothing was typed."""
    return "" if as_typed(text) else sentence


# -- services ----------------------------------------------------------------------------------------------------


def letter_fault(name: str, letter: str, all_letters: Sequence[tuple[str, str]]) -> str:
    """`all_letters`: (name, letter) of every service, this one included."""
    called = quoted(name) if as_typed(name) else "This service"
    if not letter:
        return f"{called} has no letter for its tickets. Give it one capital letter, A to Z."
    if letter not in TICKET_LETTERS or len(letter) != 1:
        return f"A ticket can't begin with {quoted(letter)}. Give the service one capital letter, A to Z."
    alike = [other for other, its in all_letters if its == letter]
    if len(alike) > 1:
        names = moments.joined(quoted(other) if as_typed(other) else "a service without a name" for other in alike[:3])
        return f"{names} have the same letter {letter}. Give each service a letter of its own."
    return ""


def proposed_letter(name: str, taken: Container[str]) -> str:
    """A letter for a service by its name: of its first word, of another, any of its letters, any at all."""
    words = as_typed(name).upper().split()
    if not words:
        return ""
    wanted = "".join(word[:1] for word in words) + "".join(words) + TICKET_LETTERS
    return next((letter for letter in wanted if letter in TICKET_LETTERS and letter not in taken), "")


# -- counters, rooms, interpreters --------------------------------------------------------------------------------


def own_name_fault(kind: str, name: str, all_names: Sequence[str]) -> str:
    """`all_names`: of every one of that kind, this one included."""
    typed = as_typed(name)
    article = "An" if kind[0] in "aeiou" else "A"
    if not typed:
        return f"{article} {kind} has no name. Enter its name, or remove it."
    if [as_typed(other) for other in all_names].count(typed) > 1:
        return f"Two {kind}s are called {quoted(typed)}. Give each a name of its own."
    return ""


# -- staff -------------------------------------------------------------------------------------------------------


def pin_fault(pin: str, has_one: bool) -> str:
    """The first of the two fields. Empty keeps the PIN that somebody has."""
    if not pin:
        return "" if has_one else f"A PIN is missing. Enter {PIN_DIGITS.low} to {PIN_DIGITS.high} digits."
    if not (pin.isascii() and pin.isdigit() and PIN_DIGITS.allow(len(pin))):
        return f"A PIN is {PIN_DIGITS.low} to {PIN_DIGITS.high} digits. Enter digits only, without spaces."
    return ""


def pins_alike_fault(pin: str, again: str) -> str:
    """The second of the two fields."""
    return "" if pin == again else "The two PINs are not alike. Enter the same digits twice."


# -- hours -------------------------------------------------------------------------------------------------------


def order_fault(weekday: str, opens: time, closes: time) -> str:
    return "" if opens < closes else f"On {weekday} the office closes before it opens. Correct the times."


def overlap_fault(weekday: str, one: tuple[time, time], other: tuple[time, time]) -> str:
    first, second = sorted((one, other))
    return f"Two openings on {weekday} overlap. Correct the times." if second[0] < first[1] else ""


def shortfall_words(hours: Sequence[Hours], preset_key: str) -> dict[int, str]:
    """Where hours fall below what the preset's document states: weekday to a word about it."""
    found = {}
    for each in shortfalls(hours, preset_key):
        words = opening_words(each.stated.opens, each.stated.closes)
        how = "Closed, but open" if each.is_closed else "Shorter than the"
        found[each.stated.weekday] = f"{how} {words} in {PUBLISHERS[preset_key].document}."
    return found if hours else {}


def closed_all_week(hours: Sequence[Hours], preset_key: str) -> str:
    """A word when no day is open at all."""
    if hours:
        return ""
    preset = PRESETS.get(preset_key)
    stated = f" Stated in {PUBLISHERS[preset_key].document}: {week_words(preset.hours)}." if preset else ""
    return f"The office never opens.{stated}"


# -- what visitors are told --------------------------------------------------------------------------------------


def length_fault(text: str, longest: int) -> str:
    return f"This is {len(text):,} characters long. Shorten it to {longest:,}." if len(text) > longest else ""
