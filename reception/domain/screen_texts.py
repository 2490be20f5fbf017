"""The texts of kiosk, display and voice as their files hold them, checked against the English ones.

A council may correct sentences in a file of its own, which may hold those alone. What is wrong in it is told with its
line, and the program's own words stand there meanwhile.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from msgspec import Struct

from reception.domain.toml_lines import line_of

Forms = str | Mapping[str, str]
"""A text; or the forms of one with a number in it, by the category of the number."""

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Of numbers, as Unicode CLDR names them."""
COUNT = "count"
LANGUAGE, STATUS = "language", "status"
"""In which language a file is; and whether a translator has checked it: told to staff, never to visitors."""
_OF_NUMBERS = frozenset({COUNT, "high"})
OWN_TIMES = "times."
"""Before the keys that a file may leave out: English does not stand in for them."""
_DATES = "dates."
"""Patterns, which are no sentences: the program's alone."""


class WordsError(ValueError):
    """A language file that is wrong: says which file, and which key in it."""


class OwnTexts(Struct, frozen=True):
    """What a council's file for a language says otherwise than the program's, where that can be used. `status`: None
    where it says nothing of it."""

    texts: Mapping[str, Forms] = {}
    status: str | None = None
    faults: tuple[str, ...] = ()
    """In words, each with file, line and key."""


def texts_from(text: str, source: str) -> tuple[str, dict[str, Forms]]:
    """The locale and the texts by key in a file's text; `source` names the file in errors."""
    data = _parsed(text, source)
    locale = data.pop(LANGUAGE, None)
    data.pop(STATUS, None)
    if not isinstance(locale, str):
        raise WordsError(f'{source} does not say which language it is in, as language = "pl".')
    return locale, dict(_flat(data, ""))


def own_texts(
    text: str, source: str, programs: tuple[str, Mapping[str, Forms]], english: Mapping[str, Forms]
) -> OwnTexts:
    """The sentences in a council's file. `programs`: locale and texts of the program's own file for the language."""
    locale, own = programs
    try:
        data = _parsed(text, source)
    except WordsError as error:
        return OwnTexts(faults=(str(error),))
    language, status = data.pop(LANGUAGE, locale), data.pop(STATUS, None)
    if language != locale:
        return OwnTexts(faults=(f"{source} is in {language}, and not in {locale} as its name says.",))
    good: dict[str, Forms] = {}
    faults = []
    for key, forms in _flat(data, ""):
        if key.startswith(_DATES):
            fault = "" if forms == own.get(key) else "is a pattern, and not for a council to change"
        elif key not in english:
            fault = "is not a key of the English file"
        else:
            fault = _fault(forms, english[key])
        if fault:
            line = line_of(text, tuple(key.split(".")))
            faults.append(f"{source}, line {line}: {key} {fault}." if line else f"{source}: {key} {fault}.")
        elif forms != own.get(key):
            good[key] = forms
    return OwnTexts(good, status if isinstance(status, str) else None, tuple(faults))


def checked(
    texts: Mapping[str, Forms], english: Mapping[str, Forms], source: str
) -> tuple[dict[str, Forms], list[str]]:
    """The texts of every English key, the English one for each that is wrong; and what is wrong, file and key first."""
    faults = [f"{source}: {key} is not a key of the English file." for key in texts if key not in english]
    good: dict[str, Forms] = {}
    for key, model in english.items():
        if key.startswith(OWN_TIMES) and key not in texts:
            continue
        fault = _fault(texts.get(key), model)
        good[key] = model if fault else texts[key]
        if fault:
            faults.append(f"{source}: {key} {fault}.")
    return good, faults


def placeholders(forms: Forms) -> frozenset[str]:
    """The names in braces, of all forms."""
    texts = [forms] if isinstance(forms, str) else forms.values()
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None)


def _formatted(form: str) -> str:
    """The first name in braces that a conversion or a format stands with: not all of them suit what is filled in."""
    return next((name for _, name, spec, conversion in Formatter().parse(form) if name and (spec or conversion)), "")


def _parsed(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WordsError(f"{source} is not valid TOML: {error}.") from error


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, Forms]]:
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping) and not (value.keys() <= CATEGORIES and "other" in value):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _fault(text: Any, model: Forms) -> str:
    """What is wrong with a text beside the English one; empty when nothing is."""
    if text is None:
        return "is missing"
    if not isinstance(text, str | Mapping):
        return "is no text"
    if isinstance(text, str) != isinstance(model, str):
        return "should have forms for numbers" if isinstance(text, str) else "should be one text"
    forms = {"": text} if isinstance(text, str) else text
    needed = placeholders(model)
    for category, form in forms.items():
        where = f"({category}) " if category else ""
        if not isinstance(form, str) or not form.strip():
            return f"{where}says nothing"
        try:
            found = placeholders(form)
        except ValueError:
            return f"{where}has a brace that stands alone"
        if formatted := _formatted(form):
            return f"{where}has more than a name in the braces of {{{formatted}}}"
        if unknown := sorted(found - needed):
            return f"{where}has the unknown placeholder {{{unknown[0]}}}"
        if missing := sorted(needed - found - (_OF_NUMBERS if category else frozenset())):
            return f"{where}leaves out {{{missing[0]}}}"
    return ""
