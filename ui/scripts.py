"""Whether this computer has a font for a language: words in one that it has none for would be boxes."""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextLayout

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

_SHAPED = {"hi": _SYSTEM.Devanagari, "gu": _SYSTEM.Gujarati, "ta": _SYSTEM.Tamil, "bn": _SYSTEM.Bengali} | {
    "pa": _SYSTEM.Gurmukhi
}
"""Whose letters Qt puts together only with a font of their own script before all others."""


@cache
def can_show(tag: str) -> bool:
    """Whether words in a language can be read here; said once in the log where they cannot."""
    script = SCRIPTS.get(tag)
    if script is None or QFontDatabase.families(script):
        return True
    log.warning("there is no font for %s here: visitors are not offered it", visitor_language(tag).name)
    return False


@cache
def family_of(tag: str) -> str:
    """The family that a language's words are shaped by, where it has to come first; empty where any font will do or
    there is none."""
    script = _SHAPED.get(tag)
    return next(iter(QFontDatabase.families(script)), "") if script is not None else ""


@cache
def can_write(text: str, tag: str) -> bool:
    """Whether there is a font here for every sign of a text in a language, among all that stand in for one another."""
    font = QGuiApplication.font()
    if tag in _SHAPED:
        if not family_of(tag):
            return False
        font.setFamilies([family_of(tag), *font.families()])
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes())
