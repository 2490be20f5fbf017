"""Which languages no translator has checked yet, as their files say. For staff: visitors are not told.

A file says so after `status`, in words; one without is the English one, or has been checked. An office may tick
languages in its settings as checked: then its word counts. So does that of a file of its own, `status = ""`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from pathlib import Path

from reception.domain.languages import ENGLISH, VISITOR_LANGUAGES, VisitorLanguage
from reception.domain.screen_texts import OwnTexts, own_texts, texts_from


def status_on_screens(tag: str, folder: Path | None = None) -> str:
    """What the file of a language for kiosk, display and voice says of itself; empty for nothing, or no file. The
    council's own in `folder` goes before the program's, where it says anything of it."""
    own = None if folder is None else _status(folder / f"{tag}.toml")
    return own if own is not None else _programs_status(tag)


def drafts(checked: Collection[str] = (), folder: Path | None = None) -> tuple[VisitorLanguage, ...]:
    """The languages in which visitors read and hear drafts, but for those that are ticked as `checked`."""
    return tuple(each for each in VISITOR_LANGUAGES if each.tag not in checked and status_on_screens(each.tag, folder))


def drafts_in_words(checked: Collection[str] = (), folder: Path | None = None) -> str:
    """That in a line, with what to do; empty where all are checked."""
    unchecked = drafts(checked, folder)
    if not unchecked:
        return ""
    names = ", ".join(each.name for each in unchecked)
    return f"drafts that no translator has checked: {names}. Have them checked, then tick them in the settings."


def own_on_screens(file: Path, tag: str) -> OwnTexts:
    """What a council's file for a language says for kiosk, display and voice, and what is wrong in it."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return OwnTexts(faults=(f"{file.name} can't be read. Check that it is saved as UTF-8 text.",))
    programs, english = (texts_from(_programs(each).read_text(encoding="utf-8"), each) for each in (tag, ENGLISH))
    return own_texts(text, file.name, programs, english[1])


@cache
def _programs_status(tag: str) -> str:
    return _status(_programs(tag)) or ""


def _programs(tag: str) -> Path:
    return Path(str(files("resources"))) / "i18n" / f"{tag}.toml"


def _status(file: Path) -> str | None:
    try:
        status = tomllib.loads(file.read_text(encoding="utf-8")).get("status")
    except (OSError, ValueError):
        return None
    return status if isinstance(status, str) else None
