"""Whether this computer has a font for a language: words in one that it has none for would be boxes."""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFontDatabase

from reception.domain.languages import visitor_language

log = logging.getLogger(__name__)

_SYSTEM = QFontDatabase.WritingSystem
SCRIPTS = {
    "ar": _SYSTEM.Arabic,
    "ur": _SYSTEM.Arabic,
    "bn": _SYSTEM.Bengali,
    "pa": _SYSTEM.Gurmukhi,
    "zh-Hans": _SYSTEM.SimplifiedChinese,
    "zh-Hant": _SYSTEM.TraditionalChinese,
}
"""Of the languages that are not written in Latin letters."""


@cache
def can_show(tag: str) -> bool:
    """Whether words in a language can be read here; said once in the log where they cannot."""
    script = SCRIPTS.get(tag)
    if script is None or QFontDatabase.families(script):
        return True
    log.warning("there is no font for %s here: visitors are not offered it", visitor_language(tag).name)
    return False
