"""Days and times as people type them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\s*(\d{1,2})\s*[\s./-]\s*(\d{1,2}|[a-z]{3,9})\s*(?:[\s./-]\s*(\d{4}|\d{2}))?\s*", re.IGNORECASE)
_MONTH = re.compile(r"\s*(\d{1,2}|[a-z]{3,9})\s*[\s./-]\s*(\d{4})\s*", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\s*(\d{4})\s*[./-]\s*(\d{1,2})\s*")
_YEAR = re.compile(r"\s*([12]\d{3})\s*")
_TIME = re.compile(r"\s*(\d{1,2})(?:\s*[.:]\s*(\d{2}))?\s*(am|pm)?\s*", re.IGNORECASE)
_MIDDAY = ("midday", "noon")
_EARLIEST_HOUR = 7
"""An hour without am or pm that is smaller than this is of the afternoon."""


def day_typed(text: str, today: date, *, past: bool = False) -> date | None:
    """A day from "9/3/1971", "9 March 1971", "09.03.71" or "9 3"; None where it is none.

    `past`: a date of birth, so that two figures of a year are the latest year that is not to come; else a day without
    a year is the next one.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month_words, year_words = found.groups()
    month = _month(month_words)
    if month is None:
        return None
    if year_words is None:
        years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    elif len(year_words) == 2:
        century = today.year // 100 * 100
        years = (century + int(year_words), century - 100 + int(year_words))
    else:
        years = (int(year_words), int(year_words))
    for year in years:
        try:
            made = date(year, month, int(day))
        except ValueError:
            return None
        if year_words is not None and len(year_words) == 4:
            return made
        if (made <= today) if past else (made >= today or year_words is not None):
            return made
    return None


def month_typed(text: str) -> date | None:
    """The first day of a month from "October 2018", "10/2018" or "2018-10"; None where it is none."""
    if found := _MONTH.fullmatch(text):
        month_words, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month_words = found.groups()
    else:
        return None
    month = _month(month_words)
    return date(int(year), month, 1) if month is not None and 1 <= month <= 12 and int(year) else None


def year_typed(text: str) -> date | None:
    """The first day of a year from "2018"; None where it is none."""
    found = _YEAR.fullmatch(text)
    return date(int(found[1]), 1, 1) if found is not None else None


def _month(words: str) -> int | None:
    if words.isdigit():
        return int(words)
    return next((at for at, name in enumerate(_MONTHS, start=1) if words.lower().startswith(name)), None)


def minutes_typed(text: str) -> int | None:
    """Minutes after midnight from "9.30", "14:15", "2pm", "midday" or "5"; None where it is no time of day."""
    if text.strip().lower() in _MIDDAY:
        return 12 * 60
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif 1 <= hour < _EARLIEST_HOUR and len(found[1]) == 1:
        hour += 12
    return hour * 60 + minute
