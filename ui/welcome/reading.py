"""What a person typed, read: times of day, minutes, numbers and dates; and said again as people say them.

What can't be read is answered with one plain sentence that says what is wrong and what would do.
"""

from __future__ import annotations

import re
from datetime import date, time

from reception.services.office_settings import TARGET_MINUTES, Limits
from ui import moments

LONGEST_QUOTE = 40

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(\d{1,2})(?:[.:h ]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.ASCII)
_NUMBER = re.compile(r"[+\-−]?\d{1,12}", re.ASCII)
_FACTOR = re.compile(r"[+\-−]?\d{1,6}([.,]\d{1,6})?", re.ASCII)
_DAY_MONTH_NUMBERS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{2}|\d{4}))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_MONTH_WORDS = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?", re.ASCII)
_NAMED_TIMES = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class Unreadable(ValueError):  # noqa: N818  an answer to the person who typed, not an error of the program
    """What was typed means nothing here. The text of it is the sentence to say."""


def as_typed(text: str) -> str:
    """What was typed, whole, without blanks round it; half a character that an input method left is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def quoted(text: str) -> str:
    """What was typed, in quotes, cut where it would make a sentence unreadable."""
    text = text.strip()
    return f"“{text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + '…'}”"


# -- times of day ------------------------------------------------------------------------------------------------


def time_words(at: time) -> str:
    """ "9am", "9.30am", "5.15pm", "midday", "midnight"."""
    return moments.time_words(60 * at.hour + at.minute)


def read_time(text: str) -> time:
    """ "9", "9.30", "9:30am", "17.15", "1715", "5pm", "midday".

    A bare hour from 1 to 6 is of the afternoon: no office opens to the public at five in the morning, and "5am" or
    "05.00" says so where one does.
    """
    typed = as_typed(text).casefold()
    if typed in _NAMED_TIMES:
        return _NAMED_TIMES[typed]
    found = _TIME.fullmatch(typed)
    if found is None:
        raise Unreadable(f"{quoted(text)} is not a time of day. Enter one like 9am, 9.30 or 17.15.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        known = 1 <= hour <= 12
        hour = hour % 12 + (12 if half == "p" else 0)
    else:
        known = True
        if 1 <= hour <= 6 and len(found[1]) == 1:
            hour += 12
    if not known or hour > 23 or minute > 59:
        raise Unreadable(f"There is no time {quoted(text)}. Enter one like 9am, 9.30 or 17.15.")
    return time(hour, minute)


# -- numbers -----------------------------------------------------------------------------------------------------


def read_minutes(text: str) -> int | None:
    """A promise in minutes: "15", "15 min"; empty or "no promise" is None."""
    typed = as_typed(text).casefold()
    if typed in ("", "none", "no promise"):
        return None
    wanted = f"Enter {TARGET_MINUTES.low} to {TARGET_MINUTES.high} minutes, or leave it empty for no promise."
    number = re.sub(r"\s*(minutes?|mins?|m)\.?$", "", typed)
    if not _NUMBER.fullmatch(number):
        raise Unreadable(f"{quoted(text)} is not a whole number of minutes. {wanted}")
    minutes = int(number.replace("−", "-"))
    if not TARGET_MINUTES.allow(minutes):
        raise Unreadable(f"A target of {minutes} minutes is not possible. {wanted}")
    return minutes


def read_notice(text: str, limits: Limits) -> int:
    """Working days of notice: "5", "5 days"; empty or "no promise" is 0."""
    typed = re.sub(r"\s*(working\s+)?days?\.?$", "", as_typed(text).casefold())
    if typed in ("", "none", "no promise"):
        return 0
    low, high = max(1, limits.low), limits.high
    wanted = f"Enter {low} to {high} working days, or leave it empty for no promise."
    if not _NUMBER.fullmatch(typed):
        raise Unreadable(f"{quoted(text)} is not a whole number of days. {wanted}")
    days = int(typed.replace("−", "-"))
    if days and not limits.allow(days):
        raise Unreadable(f"A notice of {days} working days is not possible. {wanted}")
    return days


def read_number(text: str, limits: Limits) -> int:
    """A whole number within limits."""
    low, high = limits
    typed = as_typed(text)
    if not _NUMBER.fullmatch(typed):
        what = f"{quoted(text)} is not a whole number." if typed else "A number is missing."
        raise Unreadable(f"{what} Enter {low} to {high}.")
    number = int(typed.replace("−", "-"))
    if not low <= number <= high:
        raise Unreadable(f"{number} is not possible. Enter {low} to {high}.")
    return number


def read_factor(text: str, limits: Limits) -> float:
    """A number within limits with at most a few decimals: "1.5", "2"."""
    low, high = limits
    typed = as_typed(text)
    if not _FACTOR.fullmatch(typed):
        what = f"{quoted(text)} is not a number." if typed else "A number is missing."
        raise Unreadable(f"{what} Enter {low} to {high}, for example 1.5.")
    factor = float(typed.replace("−", "-").replace(",", "."))
    if not low <= factor <= high:
        raise Unreadable(f"{typed} times the target is not possible. Enter {low} to {high}.")
    return factor


def factor_words(factor: float) -> str:
    """ "1.5", "2"."""
    return f"{factor:g}"


# -- dates -------------------------------------------------------------------------------------------------------


def read_date(text: str, today: date) -> date:
    """ "25 December 2026", "25/12/2026", "25.12.26", "2026-12-25": the day comes before the month, as in Britain.

    Without a year the next such day is meant, `today` included.
    """
    typed = " ".join(as_typed(text).casefold().split())
    wanted = "Enter one like 25 December or 25/12/2026."
    if not typed:
        raise Unreadable(f"A date is missing. {wanted}")
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif (found := _DAY_MONTH_NUMBERS.fullmatch(typed)) is not None:
        day, month = int(found[1]), int(found[2])
        year = _year(found[3])
    elif (found := _DAY_MONTH_WORDS.fullmatch(typed)) is not None and found[2][:3] in _MONTHS:
        day, month = int(found[1]), _MONTHS.index(found[2][:3]) + 1
        year = _year(found[3])
    else:
        raise Unreadable(f"{quoted(text)} is not a date. {wanted}")
    if year:
        return _day(year, month, day, text)
    # 29 February: the next year that has one is at most eight years off
    for later in range(9):
        try:
            found_day = date(today.year + later, month, day)
        except ValueError:
            continue
        if found_day >= today:
            return found_day
    raise Unreadable(f"There is no day {quoted(text)}. {wanted}")


def _year(text: str | None) -> int:
    if not text:
        return 0
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"There is no day {quoted(text)}. Enter one like 25 December or 25/12/2026.") from None
