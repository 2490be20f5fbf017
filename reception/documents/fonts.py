"""Fonts for paper: Noto Sans from the program's own folder or the system's, and a fallback for every script.

reportlab embeds TrueType outlines only; a font that it cannot take (CFF outlines, embedding forbidden) is passed over
as if it were not there. Text is shaped by `shaping`, with the faces found here.
"""

from __future__ import annotations

import os
import sys
import threading
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib import resources
from pathlib import Path

import uharfbuzz as hb
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from reception.documents.direction import is_unseen, settable
from reception.errors import Code, Refusal

REPORTLAB_LOCK = threading.RLock()
"""reportlab's font registry belongs to the process, and one of its fonts serves one document at a time.

Held while a document is written, and while a font is opened: a font that took the place of its namesake in the middle
of a document would spoil it.
"""


class Weight(StrEnum):
    """The weights of the type: text, headings, great numbers."""

    REGULAR = "regular"
    SEMIBOLD = "semibold"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class _Family:
    """File names of one family, best first for each weight; a missing weight falls back to the next heavier."""

    regular: tuple[str, ...]
    semibold: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()

    def files(self, weight: Weight) -> tuple[str, ...]:
        match weight:
            case Weight.REGULAR:
                return self.regular
            case Weight.SEMIBOLD:
                return self.semibold + self.bold + self.regular
            case Weight.BOLD:
                return self.bold + self.semibold + self.regular


def _noto(script: str) -> _Family:
    stem = f"Noto{script}"
    return _Family((f"{stem}-Regular.ttf",), (f"{stem}-SemiBold.ttf",), (f"{stem}-Bold.ttf",))


_FAMILIES = (
    _noto("Sans"),
    _noto("NaskhArabic"),
    _noto("SansBengali"),
    _noto("SansGurmukhi"),
    _noto("SansGujarati"),
    _noto("SansDevanagari"),
    _noto("SansTamil"),
    _noto("SansHebrew"),
    # One TrueType file with simplified and traditional Chinese; it has one weight.
    _Family(("DroidSansFallbackFull.ttf", "DroidSansFallback.ttf")),
    _Family(("wqy-zenhei.ttc",)),
    # What other systems bring with them.
    _Family(("segoeui.ttf",), ("seguisb.ttf",), ("segoeuib.ttf",)),
    _Family(("arial.ttf", "Arial.ttf"), (), ("arialbd.ttf", "Arial Bold.ttf")),
    _Family(("Nirmala.ttf",), (), ("NirmalaB.ttf",)),
    _Family(("msyh.ttc", "Arial Unicode.ttf"), (), ("msyhbd.ttc",)),
    _Family(("DejaVuSans.ttf",), (), ("DejaVuSans-Bold.ttf",)),
    _Family(("LiberationSans-Regular.ttf",), (), ("LiberationSans-Bold.ttf",)),
)
"""In the order in which they are asked for a glyph."""

_SCRIPTS = {
    "Latin": "Aażłçéŵŷ’“–",
    "Arabic": "اكتبسمٹڈےگ",
    "Bengali": "অকখািনয়",
    "Chinese (simplified)": "办公室请等候叫号",
    "Chinese (traditional)": "辦公室請等候叫號",
    "Gurmukhi": "ਅਕਖਾਿੀਨ",
}
"""The scripts of the languages that the program writes, each with letters that a font for it must have."""


_LARGER = {"NotoNaskhArabic": 1.15}
"""Families whose letters look smaller than others of the same size, and how much larger they are set in letters."""


_ONE_WEIGHT = frozenset({"DroidSansFallbackFull", "DroidSansFallback", "wqy-zenhei"})
"""Fonts that have no bold; a line round their letters stands for it."""


class Face:
    """One font file, open in reportlab, and in HarfBuzz once it is shaped with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.family = path.stem
        self.scale = _LARGER.get(path.stem.split("-")[0], 1.0)
        """What a size is multiplied with in letters."""
        self.has_one_weight = path.stem in _ONE_WEIGHT
        self.name = f"{path.stem}-{zlib.crc32(str(path).encode()):08x}"
        if self.name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(self.name, str(path)))
        self._glyphs: dict[int, int] = pdfmetrics.getFont(self.name).face.charToGlyph

    @cached_property
    def harfbuzz(self) -> hb.Font:
        """The font as HarfBuzz has it, in the unit of its own em."""
        return hb.Font(hb.Face(hb.Blob.from_file_path(str(self.path))))

    def has(self, character: str) -> bool:
        return ord(character) in self._glyphs


class FontBook:
    """The fonts of this computer, opened when first needed. One book serves any number of documents."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        """`folders` are searched in order, with what lies below them; by default the program's, then the system's."""
        self._files = _index(font_folders() if folders is None else folders)
        self._faces: dict[str, Face | None] = {}

    def face_for(self, character: str, weight: Weight) -> Face:
        """The first font that has the glyph. Refuses (FONT) a character that no font here has."""
        face = self._face_for(character, weight)
        if face is None:
            raise _no_font(character)
        return face

    def cannot_print(self, text: str) -> tuple[str, ...]:
        """The scripts in the text that no font here can print, so that a settings form can say so beforehand."""
        lacking = [
            _script_of(character)
            for character in settable(text)
            if not is_unseen(character) and self._face_for(character, Weight.REGULAR) is None
        ]
        return tuple(dict.fromkeys(lacking))

    def font_for(self, sample: str) -> str | None:
        """The name of the first font that has every character of the sample; None when there is none."""
        for family in _FAMILIES:
            face = self._face_of(family, Weight.REGULAR)
            if face is not None and all(face.has(character) for character in sample):
                return face.family
        return None

    def _face_for(self, character: str, weight: Weight) -> Face | None:
        for family in _FAMILIES:
            face = self._face_of(family, weight)
            if face is not None and face.has(character):
                return face
        return None

    def _face_of(self, family: _Family, weight: Weight) -> Face | None:
        for name in family.files(weight):
            if name not in self._faces:
                with REPORTLAB_LOCK:
                    if name not in self._faces:
                        self._faces[name] = self._open(name)
            face = self._faces[name]
            if face is not None:
                return face
        return None

    def _open(self, name: str) -> Face | None:
        path = self._files.get(name)
        if path is None:
            return None
        try:
            face = Face(path)
        except (TTFError, OSError):
            return None
        return face


def font_report(folders: Sequence[Path] | None = None) -> list[tuple[str, str | None]]:
    """Each script that the program writes, with the font that prints it here; None where there is none."""
    book = FontBook(folders)
    return [(script, book.font_for(sample)) for script, sample in _SCRIPTS.items()]


def font_folders() -> list[Path]:
    """Where fonts are looked for, in order: the program's own folder, then this system's."""
    own = Path(str(resources.files("resources"))) / "fonts"
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return [own, local / "Microsoft" / "Windows" / "Fonts", windows / "Fonts"]
    if sys.platform == "darwin":
        return [own, home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [own, data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]


def _index(folders: Sequence[Path]) -> dict[str, Path]:
    """File name to path; the first folder that has a name wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for parent, below, names in os.walk(folder):
            below.sort()
            for name in sorted(names):
                found.setdefault(name, Path(parent) / name)
    return found


def _script_of(character: str) -> str:
    if unicodedata.category(character) in ("So", "Sk", "Sm", "Sc", "Po", "Cn", "Co"):
        return "symbols and emoji"
    first = unicodedata.name(character, "unknown").split()[0]
    return "Chinese" if first == "CJK" else first.capitalize()


def _no_font(character: str) -> Refusal:
    return Refusal(
        Code.FONT,
        f"This computer has no font that can print the script “{_script_of(character)}” (U+{ord(character):04X}).",
        "Install a font for it, on Debian fonts-noto-core or fonts-droid-fallback, or change the wording.",
    )
