"""Which section a refusal of the door is about. The door speaks of things by their names."""

from __future__ import annotations

from collections.abc import Mapping

from reception.errors import Code
from reception.services.office_settings import OfficeSettings
from ui.link import Refused

_ABOUT = frozenset({Code.BAD_SETTINGS, Code.BAD_INPUT})
_WORDS = (
    ("Staff", ("PIN", "staff", "administrator")),
    ("Opening hours", ("closes before it opens", "Two openings")),
    ("Promises", ("target", "calling rule", "overtaken", "no-show", "undo")),
    ("Office", ("time zone", "bank holidays", "The office has no name", "The council has no name")),
    ("Services", ("service",)),
    ("Counters", ("counter",)),
)
"""Words of the door's own checks, the most telling first."""


def place_of(no: Refused, places: Mapping[str, int], before: OfficeSettings | None, now: OfficeSettings) -> int | None:
    """The place of the section to open, or None when none is to blame."""
    if no.code not in _ABOUT:
        return None
    section = _by_name(no.reason, before, now) or _by_words(f"{no.reason} {no.remedy}")
    return places.get(section)


def _by_name(reason: str, before: OfficeSettings | None, now: OfficeSettings) -> str:
    """By the longest name in the reason. Somebody at a counter that stays keeps a member of staff from going."""
    kept = {counter.name for counter in now.counters} if "signed in at" in reason else set()
    named: list[tuple[str, str]] = []
    for settings in filter(None, (before, now)):
        named += [(service.name, "Services") for service in settings.services]
        named += [(counter.name, "Staff" if counter.name in kept else "Counters") for counter in settings.counters]
        named += [(entry.officer.name, "Staff") for entry in settings.staff]
    found = [(len(name), section) for name, section in named if name and name in reason]
    return max(found)[1] if found else ""


def _by_words(sentences: str) -> str:
    return next((section for section, words in _WORDS if any(word in sentences for word in words)), "")
