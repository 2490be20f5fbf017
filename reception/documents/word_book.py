"""The words for paper in every language: the council's own where it has a file for one, else the program's.

English must be there. Where another language's file is broken or missing, paper comes out in English, and staff are
told; the visitor is not.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from msgspec import Struct

from reception.documents.wording import Wording
from reception.documents.wording_file import load_wording, own_file
from reception.domain.languages import ENGLISH, VISITOR_LANGUAGES, visitor_language
from reception.errors import Refusal

_log = logging.getLogger(__name__)


class WordingFiles(Struct, frozen=True):
    """Where a council keeps its own words: one English file, and a folder with a file a language ("pl.toml")."""

    english: Path | None = None
    folder: Path | None = None

    def of(self, language: str) -> Path | None:
        """The council's file for a language; None where the program's own is to be read."""
        if language == ENGLISH and self.english is not None:
            return self.english
        if self.folder is None:
            return None
        file = self.folder / f"{language}.toml"
        return file if file.exists() else None

    def as_of(self) -> tuple[int, ...]:
        """Changes whenever one of the files does."""
        return tuple(_last_written(self.of(each.tag)) for each in VISITOR_LANGUAGES)


PROGRAMS_OWN = WordingFiles()


class WordBook:
    """One language's words at a time, each read when first wanted. Safe to use from several threads."""

    def __init__(self, files: WordingFiles = PROGRAMS_OWN) -> None:
        """Reads the English words; refusals as `load_wording`."""
        self._files = files
        self._lock = threading.Lock()
        self._known: dict[str, Wording] = {ENGLISH: load_wording(files.of(ENGLISH))}
        self._faults: dict[str, Refusal] = {}

    @property
    def english(self) -> Wording:
        return self._known[ENGLISH]

    def of(self, language: str) -> Wording:
        """The words of a visitor's language; the English ones for any other, and where its file is at fault."""
        tag = visitor_language(language).tag
        with self._lock:
            if tag not in self._known:
                self._known[tag] = self._load(tag)
            return self._known[tag]

    def fault(self, language: str) -> Refusal | None:
        """Why a language's words are not to be had, and what to do."""
        self.of(language)
        return self._faults.get(language)

    def note(self, language: str, *, is_checked: bool = False) -> str:
        """What staff should know of paper in this language, in a line; empty for nothing.

        `is_checked`: the council says that it had the words checked, whatever their file says.
        """
        fault = self.fault(language)
        name = visitor_language(language).name
        if fault is not None:
            return f"In English, since the words in {name} can’t be used: {fault.reason}"
        status = self.of(language).status
        return f"{name}: {status}." if status and not is_checked else ""

    def unchecked(self) -> dict[str, str]:
        """The languages whose words no translator has checked: by tag, what the file says of that."""
        found = {each.tag: self.of(each.tag).status for each in VISITOR_LANGUAGES if self.fault(each.tag) is None}
        return {tag: status for tag, status in found.items() if status}

    def _load(self, tag: str) -> Wording:
        try:
            return load_wording(self._files.of(tag) or own_file(tag))
        except Refusal as refusal:
            _log.warning("the letters file for %s cannot be used: %s", tag, refusal.reason)
            self._faults[tag] = refusal
            return self.english


def _last_written(file: Path | None) -> int:
    """0 where there is none."""
    try:
        return 0 if file is None else file.stat().st_mtime_ns
    except OSError:
        return 0
