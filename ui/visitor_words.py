"""What visitors read and hear, in their language: `resources/i18n/<tag>.toml`, checked against the English file.

A language file in which something is wrong stops no kiosk: the English text stands in for it, and the log says which.
Numbers are written in the figures that stand on tickets; days and times are said by Babel, which is loaded with the
first of them. Nothing of Qt is in here.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from reception.domain.languages import VISITOR_LANGUAGES, visitor_language
from reception.domain.said_wait import ExpectedWait, said_wait

log = logging.getLogger(__name__)

Forms = str | Mapping[str, str]
"""A text; or the forms of one with a number in it, by the category of the number."""

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Of numbers, as Unicode CLDR names them."""
COUNT = "count"
STATUS = "status"
"""Whether a translator has checked a file: told to staff, never to visitors."""
_BEGIN_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_ISOLATES = re.compile(f"[{_BEGIN_ISOLATE}{_END_ISOLATE}\u200f\u2060]")


class WordsError(ValueError):
    """A language file that is wrong: says which file, and which key in it."""


class VisitorWords:
    """The words of one language. `tag` is of the nine; `locale` what Babel knows it by."""

    def __init__(self, tag: str, locale: str, texts: Mapping[str, Forms]) -> None:
        self.tag = tag
        self.locale = locale
        self.is_right_to_left = visitor_language(tag).is_right_to_left
        self._texts = texts

    def __call__(self, key: str, **values: str | int) -> str:
        """The text of a key, as "kiosk.welcome.title", filled in. Of several forms the one for `count`."""
        forms = self._texts[key]
        text = forms if isinstance(forms, str) else forms.get(self._category(values[COUNT]), forms["other"])
        return text.format_map({name: self._part(value) for name, value in values.items()})

    def time(self, at: datetime) -> str:
        """The time of day of a local time: "10.42am"."""
        from babel.dates import format_time

        return str(format_time(at.time(), str(self._texts["dates.time"]), locale=self._babel()))

    def day(self, day: date, today: date) -> str:
        """A day as people say it; with its year when that is not this one."""
        from babel.dates import format_date

        pattern = "dates.day" if day.year == today.year else "dates.day_of_year"
        return str(format_date(day, str(self._texts[pattern]), locale=self._babel()))

    def language_name(self, tag: str) -> str:
        """What a language is called in this one; empty when that is not known."""
        return _languages(self._babel()).get(tag, "")

    def wait(self, key: str, wait: ExpectedWait) -> str:
        """An expected wait, in the words of a key ("kiosk.wait.about"), of its "…_one" or of its "…_up_to"."""
        said = said_wait(wait)
        if said.low is None:
            return self(f"{key}_up_to", count=said.high)
        if said.low == said.high:
            return self(f"{key}_one", count=said.high)
        return self(key, count=said.high, low=said.low, high=said.high)

    def own(self, text: str) -> str:
        """The office's own words, mostly English, to stand in this language: their full stop stays at their end."""
        return self._part(text) if text else ""

    def _part(self, value: str | int) -> str:
        """What is filled in stands by itself where words run the other way, so that nothing in it changes places."""
        text = str(value)
        return f"{_BEGIN_ISOLATE}{text}{_END_ISOLATE}" if self.is_right_to_left and isinstance(value, str) else text

    def _category(self, count: str | int) -> str:
        return str(_babel_locale(self._babel()).plural_form(int(count)))

    def _babel(self) -> str:
        return self.locale.replace("-", "_")


def spoken(text: str) -> str:
    """A text as it is given to a voice: without the marks that only the eye has use for."""
    return _ISOLATES.sub("", text).replace("\u00a0", " ")


def read_words(tag: str) -> VisitorWords:
    """The words of a language, whole. Raises :class:`WordsError` for a missing or unknown key or placeholder."""
    locale, texts, faults = _read(tag)
    if faults:
        raise WordsError(faults[0])
    return VisitorWords(tag, locale, texts)


@cache
def words_of(tag: str) -> VisitorWords:
    """The words of a language, with the English text for what is wrong in its file; English where it has none."""
    wanted = visitor_language(tag).tag
    try:
        locale, texts, faults = _read(wanted)
    except WordsError as error:
        log.error("visitors are told in English: %s", error)
        return read_words(VISITOR_LANGUAGES[0].tag)
    for fault in faults:
        log.error("the English text is used: %s", fault)
    return VisitorWords(wanted, locale, texts)


def texts_from(text: str, source: str) -> tuple[str, dict[str, Forms]]:
    """The locale and the texts by key in a file's text; `source` names the file in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WordsError(f"{source} is not valid TOML: {error}.") from error
    locale = data.pop("language", None)
    data.pop(STATUS, None)
    if not isinstance(locale, str):
        raise WordsError(f'{source} does not say which language it is in, as language = "pl".')
    return locale, dict(_flat(data, ""))


def checked(
    texts: Mapping[str, Forms], english: Mapping[str, Forms], source: str
) -> tuple[dict[str, Forms], list[str]]:
    """The texts of every English key, the English one for each that is wrong; and what is wrong, file and key first."""
    faults = [f"{source}: {key} is not a key of the English file." for key in texts if key not in english]
    good: dict[str, Forms] = {}
    for key, model in english.items():
        fault = _fault(texts.get(key), model)
        good[key] = model if fault else texts[key]
        if fault:
            faults.append(f"{source}: {key} {fault}.")
    return good, faults


def _read(tag: str) -> tuple[str, dict[str, Forms], list[str]]:
    locale, texts = _file(tag)
    _, english = _file(VISITOR_LANGUAGES[0].tag)
    good, faults = checked(texts, english, f"{tag}.toml")
    return locale, good, faults


def _file(tag: str) -> tuple[str, dict[str, Forms]]:
    source = files("resources") / "i18n" / f"{tag}.toml"
    try:
        return texts_from(source.read_text(encoding="utf-8"), source.name)
    except (OSError, UnicodeDecodeError) as error:
        raise WordsError(f"{source.name} can't be read.") from error


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
        if unknown := sorted(found - needed):
            return f"{where}has the unknown placeholder {{{unknown[0]}}}"
        if missing := sorted(needed - found - (_OF_NUMBERS if category else frozenset())):
            return f"{where}leaves out {{{missing[0]}}}"
    return ""


_OF_NUMBERS = frozenset({COUNT, "high"})


def placeholders(forms: Forms) -> frozenset[str]:
    """The names in braces, of all forms."""
    texts = [forms] if isinstance(forms, str) else forms.values()
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None)


@cache
def _babel_locale(locale: str) -> Any:
    from babel import Locale

    return Locale.parse(locale)


@cache
def _languages(locale: str) -> Mapping[str, str]:
    names: Mapping[str, str] = _babel_locale(locale).languages
    return names
