"""A font as one document holds it: the glyphs that are used, each with the text that it stands for.

reportlab gives glyphs their Unicode characters and can hold no other. Here every pair of glyph and text is a code of
its own (Type 0 font, Identity-H), so that joined and turned letters are drawn as they were shaped, and copied as they
were written. It takes reportlab's place for dynamic fonts: `fontMapping`, `delayedFonts` and the dictionary of fonts.
"""

from __future__ import annotations

import zlib
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from reception.documents.fonts import Face

_FOR_LAYOUT = (
    "GSUB",
    "GPOS",
    "GDEF",
    "kern",
    "DSIG",
    "BASE",
    "STAT",
    "meta",
    "MATH",
    "morx",
    "mort",
    "kerx",
    "OS/2",
    "name",
)
"""Tables that a reader of the document has no use for: the glyphs stand where they stand."""

_NOTHING = "\u200b"
"""What a glyph stands for whose text the glyph before it has: a space without width."""


class GlyphFont:
    """One face in one document."""

    def __init__(self, face: Face, document: Any) -> None:
        self._face = face
        self._codes: dict[tuple[int, str], int] = {}
        self.fontName = f"{face.name}-glyphs"
        self.name = f"G{len(document.fontMapping) + 1}"
        document.fontMapping[self.fontName] = f"/{self.name}"
        document.delayedFonts.append(self)

    def code(self, glyph_id: int, text: str) -> str:
        """The code of a glyph that stands for `text`, as it is written between angle brackets."""
        code = self._codes.setdefault((glyph_id, text), len(self._codes) + 1)
        return f"{code:04X}"

    def addObjects(self, document: Any) -> None:  # noqa: N802  reportlab's name
        """Write the font; reportlab calls it when the document is finished."""
        pairs = list(self._codes)
        font, new_ids = _subset(self._face.harfbuzz.face, {glyph for glyph, _ in pairs})
        stem = "".join(character for character in self._face.family if character.isalnum())
        base = f"{_tag(pairs)}+{stem}"
        mapping = b"\0\0" + b"".join(new_ids[glyph].to_bytes(2, "big") for glyph, _ in pairs)
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(self._descriptor(document, base, font), f"descriptor:{base}"),
                "DW": 0,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([self.advance(glyph) for glyph, _ in pairs])]),
                "CIDToGIDMap": document.Reference(_stream(document, mapping), f"glyphs:{base}"),
            }
        )
        cmap = _stream(document, _to_unicode(base, [text for _, text in pairs]))
        whole = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{base}")]),
                "ToUnicode": document.Reference(cmap, f"unicode:{base}"),
            }
        )
        document.Reference(whole, self.name)
        document.idToObject["BasicFonts"].dict[self.name] = whole

    def advance(self, glyph_id: int) -> int:
        """How far a reader moves on after it, in thousandths of the em."""
        advance: int = self._face.harfbuzz.get_glyph_h_advance(glyph_id)
        return round(advance * 1000 / int(self._face.harfbuzz.face.upem))

    def _descriptor(self, document: Any, base: str, font: bytes) -> Any:
        extents = self._face.harfbuzz.get_font_extents("ltr")
        per_mille = 1000 / self._face.harfbuzz.face.upem
        up, down = round(extents.ascender * per_mille), round(extents.descender * per_mille)
        file = _stream(document, font)
        file.dictionary["Length1"] = len(font)
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([-500, down, 2000, up]),
                "ItalicAngle": 0,
                "Ascent": up,
                "Descent": down,
                "CapHeight": 714,
                "StemV": 80,
                "FontFile2": document.Reference(file, f"file:{base}"),
            }
        )


def _subset(face: hb.Face, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """The font with these glyphs alone, and the number that each has in it."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.ljust(4).encode(), "big") for tag in _FOR_LAYOUT)
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_BIDI_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face, wanted)
    new_ids = dict(plan.old_to_new_glyph_mapping.items())
    return bytes(plan.execute().blob.data), new_ids


def _tag(pairs: list[tuple[int, str]]) -> str:
    """Six capitals that tell this subset from others, the same for the same glyphs."""
    number = zlib.crc32(repr(pairs).encode("utf-8", "replace"))
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def _stream(document: Any, content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _to_unicode(name: str, texts: list[str]) -> bytes:
    """The table from codes to text."""
    # without a text, readers take the code for one
    rows = [
        f"<{code:04X}> <{(text or _NOTHING).encode('utf-16-be').hex().upper()}>"
        for code, text in enumerate(texts, start=1)
    ]
    parts = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for first in range(0, len(rows), 100):
        some = rows[first : first + 100]
        parts += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(parts).encode("ascii")
