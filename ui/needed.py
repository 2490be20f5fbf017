"""What is to be known before a visitor is received, in an icon and a word."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from reception.domain.desk_view import QueueRow, VisitCard
from reception.domain.person import Need, Person
from ui.isolated import isolated
from ui.languages import language_name

_NEEDS: dict[Need, tuple[str, str, str]] = {
    # how it is called in a row, in full, and its icon
    Need.PRIVATE: ("Private", "Private", "lock"),
    Need.BSL: ("BSL", "British Sign Language", "hand"),
    Need.INTERPRETER: ("Interpreter", "Interpreter", "speech"),
    Need.HEARING_LOOP: ("Hearing loop", "Hearing loop", "hearing"),
    Need.LARGE_PRINT: ("Large print", "Large print", "large-print"),
    Need.STEP_FREE: ("Step-free", "Step-free access", "step-free"),
    Need.CHILDREN: ("Children", "With children", "child"),
    Need.HELP: ("Help", "Help from staff", "chair"),
}
"""In the order in which they are shown: what changes where or how someone is received comes first."""


def need_words(need: Need) -> str:
    """A need in full, for forms."""
    return _NEEDS[need][1]


def need_short(need: Need) -> str:
    """A need as a row calls it: "BSL"."""
    return _NEEDS[need][0]


def need_icon(need: Need) -> str:
    """The name of a need's icon."""
    return _NEEDS[need][2]


def needs_in_order() -> tuple[Need, ...]:
    """All needs, in the order in which they are shown."""
    return tuple(_NEEDS)


class NeedItem(Struct, frozen=True):
    """One thing to know before a visitor is received: an icon and a word. `boxed`: on a ground of its own."""

    icon: str
    words: str
    full: str
    boxed: bool = False
    strong: bool = False


def person_needs(person: Person) -> tuple[NeedItem, ...]:
    """What a person needs, as the desk shows it; an interpreter or British Sign Language by its language."""
    items = []
    for need, (short, full, icon) in _NEEDS.items():
        if need not in person.needs and not (need is Need.BSL and person.spoken == "bfi"):
            continue
        if need is Need.INTERPRETER:
            if person.spoken == "bfi":
                continue
            if person.spoken:
                language = language_name(person.spoken)
                short, full = language, f"{language} interpreter"
        items.append(NeedItem(icon, short, full, boxed=need is Need.PRIVATE))
    if person.spoken not in ("", "en", "bfi") and Need.INTERPRETER not in person.needs:
        language = language_name(person.spoken)
        items.append(NeedItem("speech", language, f"Speaks {language}"))
    return tuple(items)


_SEE_FIRST = NeedItem("bell", "See first", "To be seen first", strong=True)


def _awaited(person: Person) -> NeedItem:
    icon = "hand" if person.spoken == "bfi" else "speech"
    full = "Waits for an interpreter, and is not called before"
    return NeedItem(icon, "Waits for interpreter", full, strong=True)


def _without_languages(items: Iterable[NeedItem]) -> tuple[NeedItem, ...]:
    """What else there is to know of somebody who waits for an interpreter."""
    return tuple(item for item in items if item.icon not in ("hand", "speech"))


def _has_room(room: str) -> NeedItem:
    return NeedItem("door", room, f"Has {room}")


def card_needs(card: VisitCard) -> tuple[NeedItem, ...]:
    """The needs row of one visit: that it is to be seen first, though not why, what the person needs, and its room."""
    items = ((_SEE_FIRST,) if card.see_first else ()) + person_needs(card.person)
    if card.waits_for_interpreter:
        items = (_awaited(card.person), *_without_languages(items))
    return (*items, _has_room(card.room)) if card.room else items


def row_needs(row: QueueRow) -> tuple[NeedItem, ...]:
    """All that a queue row tells between the time of coming and the promise, most telling first."""
    items: list[NeedItem] = []
    if row.see_first:
        items.append(_SEE_FIRST)
    items.extend(person_needs(row.person))
    if row.waits_for_interpreter:
        items = [_awaited(row.person), *_without_languages(items)]
    if row.room:
        items.append(_has_room(row.room))
    if row.named_officer:
        items.append(NeedItem("person", row.named_officer, f"Waits for {isolated(row.named_officer)}"))
    if row.party_size > 1:
        items.append(NeedItem("people", str(row.party_size), f"Party of {row.party_size}"))
    if row.linked:
        items.append(NeedItem("ticket", "Linked", "Linked to another visit"))
    if row.told_at is not None:
        items.append(NeedItem("sound", "Told", "Told of the delay"))
    return tuple(items)
