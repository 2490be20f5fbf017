"""Names, telephone numbers and days as people are looked for by them: however they are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_LEFT_OUT = ("Mn", "Zs", "P", "C")
"""Accents, spaces, hyphens and apostrophes."""
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ./-](?P<month>\d{1,2}|[a-z]{3,9})[ ./-](?P<year>\d{4}|\d{2})", re.ASCII
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}


def sought_name(name: str) -> str:
    """A name without case, accents, spaces and punctuation: "Zoë O'Hara-Lee" and "zoe ohara lee" are the same."""
    # A second fold: "℠" comes apart into capitals, which the first one could not see.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name.casefold()).casefold())
    kept = "".join(each for each in apart if not unicodedata.category(each).startswith(_LEFT_OUT))
    return unicodedata.normalize("NFC", kept)


def sought_telephone(number: str) -> str:
    """Digits alone, as dialled inside the country: "+44 7700 900123" and "07700 900 123" are the same."""
    digits = "".join(each for each in number if each in "0123456789")
    for abroad in ("0044", "44"):
        if digits.startswith(abroad) and (abroad == "0044" or number.lstrip(" (").startswith("+")):
            return "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits


def sought_day(text: str) -> date | None:
    """A day as people write it: 3/4/1980, 03-04-80, 3 April 1980, 3 Apr 1980, 1980-04-03; the day before the month.

    A year of two digits is of the twentieth century. None for what is no day.
    """
    typed = " ".join(text.casefold().replace(",", " ").split())
    found = _DAY_FIRST.fullmatch(typed)
    if found is not None:
        return _day(found["day"], found["month"], found["year"])
    found = _YEAR_FIRST.fullmatch(typed)
    return None if found is None else _day(found["day"], found["month"], found["year"])


def _day(day: str, month: str, year: str) -> date | None:
    number = _MONTHS.get(month[:3]) if month.isalpha() else int(month)
    if number is None or (month.isalpha() and not _MONTH_NAMES[number - 1].startswith(month)):
        return None
    century = 0 if len(year) == 4 else 1900
    try:
        return date(int(year) + century, number, int(day))
    except ValueError:
        return None
