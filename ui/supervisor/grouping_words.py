"""What visits are grouped by, and what each group is called."""

from __future__ import annotations

from datetime import date

from reception.domain.grouping import Grouping
from reception.domain.person import Need
from reception.domain.signal_words import said_span
from ui.languages import language_name
from ui.moments import day_words, hour_words, month_words
from ui.needed import need_words

GROUPINGS: tuple[tuple[Grouping, str, str], ...] = (
    (Grouping.SERVICE, "By service", "Service"),
    (Grouping.DAY, "By day", "Day"),
    (Grouping.WEEK, "By week", "Week"),
    (Grouping.MONTH, "By month", "Month"),
    (Grouping.WEEKDAY, "By weekday", "Weekday"),
    (Grouping.HOUR, "By hour", "Hour"),
    (Grouping.OFFICE, "By office", "Office"),
    (Grouping.OFFICER, "By officer", "Officer"),
    (Grouping.LANGUAGE, "By language", "Language"),
    (Grouping.NEED, "By need", "Need"),
)
"""What visits may be grouped by: how the choice calls it, and the head of its column."""

_UNNAMED = {"(hidden)": "Too few to name", "(none)": "Nobody"}
"""Lines that are no group of their own: of groups all too small, and of visits without an officer."""


def group_words(by: Grouping, key: str, *, has_year: bool = False) -> str:
    """What a group is called in its row; `has_year`: days and weeks say it."""
    if key in _UNNAMED:
        return _UNNAMED[key]
    match by:
        case Grouping.DAY:
            day = date.fromisoformat(key)
            return f"{day_words(day)[:3]} {said_span(day, day, has_year)}"
        case Grouping.WEEK:
            year, week = key.split("-W")
            monday = date.fromisocalendar(int(year), int(week), 1)
            return f"Week {int(week)}, from {said_span(monday, monday, has_year)}"
        case Grouping.MONTH:
            return month_words(date.fromisoformat(f"{key}-01"))
        case Grouping.HOUR:
            return f"From {hour_words(int(key))}"
        case Grouping.LANGUAGE:
            return language_name(key) if key else "Not asked"
        case Grouping.NEED:
            return need_words(Need(key)) if key else "None"
        case _:
            return key or "None"
