"""How a language writes days, times, lengths of time and the names of languages, as Unicode's tables (CLDR) have it.

Figures are the Western ones everywhere: those that ticket numbers, references and telephone numbers are in.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from babel.units import format_unit
from msgspec import Struct

from reception.domain.languages import code_of, name_of

_TAGS_OF_CODES = {"prs": "fa_AF", "cmn": "zh_Hans"}
"""Languages that the tables know by another tag than their ISO 639-3 code."""


class TimeWords(Struct, frozen=True):
    """How a language says a time of day where it has words of its own for that, as English has "12 noon".

    All but the last two are patterns of {hour}, 1 to 12, and {minute}; an `…_hour` is of a full hour.
    """

    morning: str
    morning_hour: str
    afternoon: str
    afternoon_hour: str
    noon: str
    midnight: str

    def say(self, moment: time) -> str:
        """ "10.42am", "2pm", "12 noon"."""
        is_morning = moment.hour < 12
        if moment.minute == 0 and moment.hour in (0, 12):
            return self.midnight if is_morning else self.noon
        hour = moment.hour % 12 or 12
        if moment.minute == 0:
            return (self.morning_hour if is_morning else self.afternoon_hour).format(hour=hour)
        pattern = self.morning if is_morning else self.afternoon
        return pattern.format(hour=hour, minute=f"{moment.minute:02d}")


class Customs:
    """The customs of one language, by its BCP 47 tag; those of English for a language that the tables do not know."""

    def __init__(self, language: str) -> None:
        self._locale = _locale(language)

    def day(self, day: date, *, with_year: bool = False) -> str:
        """The day with its weekday: "martedì 24 novembre", "2026年11月24日星期二"."""
        if with_year:
            return format_date(day, "full", locale=self._locale)
        pattern = self._locale.datetime_skeletons["MMMMEd"].pattern
        return format_date(day, re.sub("E+", "EEEE", pattern), locale=self._locale)

    def date_of(self, day: date) -> str:
        """The day without its weekday: "24 listopada 2026"."""
        return format_date(day, "long", locale=self._locale)

    def time(self, moment: time, own: TimeWords | None = None) -> str:
        """The time of day as every visitor is told it, on a screen, by a voice and on paper: in a language's own words
        where it has them, else by twelve or twenty-four hours as is usual.

        With the part of the day in the language's own words rather than AM and PM in Latin letters, which would stand
        out of order between words from right to left.
        """
        if own is not None:
            return own.say(moment)
        usual = str(self._locale.time_formats["short"].pattern)
        in_latin = "a" in usual and self._locale.day_periods["format"]["abbreviated"]["am"] == "AM"
        pattern = "B h:mm" if in_latin and self._locale.language != "en" else usual
        return format_time(moment, pattern, locale=self._locale)

    def weekday(self, day: date) -> str:
        return str(self._locale.days["format"]["wide"][day.weekday()])

    def month(self, day: date) -> str:
        return str(self._locale.months["format"]["wide"][day.month])

    def number(self, value: float, digits: int = 0) -> str:
        """In figures, with so many decimals: "2,802", "6.6"."""
        pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float, digits: int = 1) -> str:
        """A share of 0 to 1, rounded down: 100% is said only of all."""
        exact = Decimal(repr(share)) * 100
        return f"{self.number(float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)), digits)}%"

    def minutes(self, count: int) -> str:
        """Number and word: "5 دقائق"."""
        return format_unit(count, "duration-minute", "long", locale=self._locale)

    def half_hours(self, count: int) -> str:
        """So many half hours in hours, number and word: "1½ hours"."""
        words = format_unit(count / 2, "duration-hour", "long", locale=self._locale)
        return re.sub(r"\d+[.,]\d+", half_hours(count), words)

    def language(self, name: str) -> str:
        """A language in words of this one, from its English name or its code; a name not known stays as it is."""
        code = code_of(name)
        tag = _TAGS_OF_CODES.get(code) or _short_tag(code)
        found = self._locale.languages.get(tag) if self._locale.language != "en" else name_of(code)
        return found or name


def half_hours(count: int) -> str:
    """So many half hours in figures: "1½"."""
    return f"{count // 2}½" if count % 2 else str(count // 2)


def _short_tag(code: str) -> str:
    try:
        return str(Locale.parse(code, sep="-").language) if code else ""
    except (ValueError, UnknownLocaleError):
        return code


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_GB")
