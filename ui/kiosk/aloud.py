"""What a screen says when it is read aloud: its question, then what can be chosen; and a choice that has the focus."""

from __future__ import annotations

from collections.abc import Iterator

from ui.kiosk.screens import Choice, Screen, Sheet
from ui.visitor_words import VisitorWords, spoken


def said_of_screen(screen: Screen, words: VisitorWords) -> tuple[tuple[str, str], ...]:
    """(text, language) one after another."""
    parts: list[tuple[str, str]] = []
    for text, language in _parts(screen, words):
        if parts and parts[-1][1] == language:
            parts[-1] = (f"{parts[-1][0]}\n{text}", language)
        else:
            parts.append((text, language))
    return tuple((spoken(text), language) for text, language in parts)


def headline_of_screen(screen: Screen) -> str:
    """What a screen reader is told of a new screen, before it goes through what can be chosen."""
    sheet = screen.sheet
    number = f"{sheet.label} {sheet.number}" if sheet is not None else ""
    return " ".join(_stopped(each) for each in (number, screen.title, screen.line, *screen.lines) if each)


def said_of_choice(choice: Choice, words: VisitorWords) -> tuple[str, str]:
    """A choice as it stands: its words, and whether it is ticked."""
    state = ""
    if choice.ticked is not None:
        state = words("kiosk.chosen" if choice.ticked else "kiosk.not_chosen")
    # A language in its own letters is said by the name under it: no voice here speaks them all.
    label = "" if choice.language and choice.line else choice.label
    said = ", ".join(part for part in (label, choice.line, choice.aside, state) if part)
    return spoken(said), words.tag if choice.line else choice.language or words.tag


def _parts(screen: Screen, words: VisitorWords) -> Iterator[tuple[str, str]]:
    tag = words.tag
    if screen.sheet is not None:
        yield _said_of_sheet(screen.sheet), tag
    for text in (screen.title, screen.line, *screen.lines):
        if text:
            yield _stopped(text), tag
    for step in screen.steps:
        yield _stopped(f"{_stopped(step.title)} {step.line}".strip()), tag
    for choice in (*screen.choices, *(each for each in (screen.also, screen.main) if each is not None)):
        text, language = said_of_choice(choice, words)
        yield _stopped(text), language


def _said_of_sheet(sheet: Sheet) -> str:
    """A number is read sign by sign: "H, 0, 1, 0"."""
    return ". ".join(part for part in (f"{sheet.label}: {', '.join(sheet.number)}", sheet.start, sheet.end) if part)


def _stopped(text: str) -> str:
    return text if text[-1:] in ".?!。？！؟۔।" else f"{text}."
