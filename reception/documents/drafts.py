"""Which languages no translator has checked yet, as their files say. For staff: visitors are not told.

A file says so after `status`, in words; one without is the English one, or has been checked. An office may tick
languages in its settings as checked: then its word counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from reception.domain.languages import VISITOR_LANGUAGES, VisitorLanguage


@cache
def status_on_screens(tag: str) -> str:
    """What the file of a language for kiosk, display and voice says of itself; empty for nothing, or no file."""
    file = files("resources") / "i18n" / f"{tag}.toml"
    try:
        return str(tomllib.loads(file.read_text(encoding="utf-8")).get("status", ""))
    except (OSError, ValueError):
        return ""


def drafts(checked: Collection[str] = ()) -> tuple[VisitorLanguage, ...]:
    """The languages in which visitors read and hear drafts, but for those that are ticked as `checked`."""
    return tuple(each for each in VISITOR_LANGUAGES if each.tag not in checked and status_on_screens(each.tag))


def drafts_in_words(checked: Collection[str] = ()) -> str:
    """That in a line, with what to do; empty where all are checked."""
    unchecked = drafts(checked)
    if not unchecked:
        return ""
    names = ", ".join(each.name for each in unchecked)
    return f"drafts that no translator has checked: {names}. Have them checked, then tick them in the settings."
