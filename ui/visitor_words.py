"""What visitors read and hear, in their language: `resources/i18n/<tag>.toml`, checked against the English file.

A language file in which something is wrong stops no kiosk: the English text stands in for it, and the log says which.
A council's own file holds the sentences that it has corrected; for what is wrong there the program's stand in.
Numbers are written in the figures that stand on tickets; days and times are said by Babel, which is loaded with the
first of them. Nothing of Qt is in here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reception.domain.languages import ENGLISH, VISITOR_LANGUAGES, visitor_language
from reception.domain.said_wait import ExpectedWait, said_wait
from reception.domain.screen_texts import COUNT, OWN_TIMES, Forms, WordsError, checked, own_texts, texts_from

if TYPE_CHECKING:
    from reception.customs import TimeWords

log = logging.getLogger(__name__)

_BEGIN_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_JOINER = "\u2060"
_BEFORE_FIGURES = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)")
"""Between a Chinese word and a figure: without a joiner a line may end there."""
_ISOLATES = re.compile(f"[{_BEGIN_ISOLATE}{_END_ISOLATE}\u200f\u2060]")


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
        """The time of day of a local time, in the words that paper has: "10.42am", "12 noon". No line ends in it."""
        from reception.customs import Customs

        said = Customs(self.locale).time(at.time(), self._own_times())
        return _BEFORE_FIGURES.sub(_JOINER, said.replace(" ", "\u00a0"))

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

    def with_own(self, texts: Mapping[str, Forms]) -> VisitorWords:
        """The same words, with others for some keys."""
        return VisitorWords(self.tag, self.locale, {**self._texts, **texts}) if texts else self

    def _own_times(self) -> TimeWords | None:
        """A language's own words for times; None where they are as its tables have them."""
        from reception.customs import TimeWords

        own = {name: str(self._texts.get(f"{OWN_TIMES}{name}", "")) for name in TimeWords.__struct_fields__}
        return TimeWords(**own) if all(own.values()) else None

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
        return read_words(ENGLISH)
    for fault in faults:
        log.error("the English text is used: %s", fault)
    return VisitorWords(wanted, locale, texts)


WordsOf = Callable[[str], VisitorWords]
"""The words of a language, by its tag."""


class VisitorBook:
    """The words of one station: the program's, with the sentences that a council's own files hold. Read once."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` has a file a language, "pl.toml"; None, or a folder that is not there, for the program's words."""
        self._own = {} if folder is None else {each.tag: _own_file(folder, each.tag) for each in VISITOR_LANGUAGES}
        self._known: dict[str, VisitorWords] = {}

    def of(self, tag: str) -> VisitorWords:
        """The words of a language; those of English where it has none."""
        if tag not in self._known:
            words = words_of(tag)
            self._known[tag] = words.with_own(self._own.get(words.tag, {}))
        return self._known[tag]


def _read(tag: str) -> tuple[str, dict[str, Forms], list[str]]:
    locale, texts = _file(tag)
    _, english = _file(ENGLISH)
    good, faults = checked(texts, english, f"{tag}.toml")
    return locale, good, faults


def _file(tag: str) -> tuple[str, dict[str, Forms]]:
    source = files("resources") / "i18n" / f"{tag}.toml"
    try:
        return texts_from(source.read_text(encoding="utf-8"), source.name)
    except (OSError, UnicodeDecodeError) as error:
        raise WordsError(f"{source.name} can't be read.") from error


def _own_file(folder: Path, tag: str) -> Mapping[str, Forms]:
    """A council's sentences in a language: none where it has no file for it."""
    file = folder / f"{tag}.toml"
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError):
        log.error("the program's words are used: %s can't be read", file.name)
        return {}
    try:
        own = own_texts(text, file.name, _file(tag), _file(ENGLISH)[1])
    except WordsError as error:
        log.error("%s is not read: %s", file.name, error)
        return {}
    for fault in own.faults:
        log.error("the program's words are used: %s", fault)
    return own.texts


@cache
def _babel_locale(locale: str) -> Any:
    from babel import Locale

    return Locale.parse(locale)


@cache
def _languages(locale: str) -> Mapping[str, str]:
    names: Mapping[str, str] = _babel_locale(locale).languages
    return names
