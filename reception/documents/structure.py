"""What a document is made of, for those who don't see it: headings, paragraphs, tables, pictures, in reading order.

The tree of ISO 32000-1, 14.7, as it is written into a tagged PDF. It is put up while a document is laid out, in the
order in which it is read; where each part stands on paper is noted as it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Place(Struct, frozen=True):
    """Marked content: the page, from 0, and its number there."""

    page: int
    number: int


class Part:
    """A part of the document: its role ("H1", "P", "Table", "TR", "TH", "TD", "Figure", "Span"), and what is in it."""

    __slots__ = ("alternative", "box", "inside", "language", "role", "text")

    def __init__(self, role: str, *, language: str = "", alternative: str = "", text: str = "") -> None:
        """`language` where it is not the document's; `alternative` says what a picture shows; `text`: what is written,
        where that can't be made out of the glyphs one after another."""
        self.role = role
        self.language = language
        self.alternative = alternative
        self.text = text
        self.box: tuple[float, float, float, float] | None = None
        """Of a picture: left, bottom, right and top, in points of its page."""
        self.inside: list[Part | Place] = []

    def add(self, role: str, *, language: str = "", alternative: str = "", text: str = "") -> Part:
        """A new part at the end of this one."""
        part = Part(role, language=language, alternative=alternative, text=text)
        self.inside.append(part)
        return part

    def drawn(self) -> list[Part | Place]:
        """What is in it and stands on paper."""
        return [each for each in self.inside if isinstance(each, Place) or each.is_drawn()]

    def is_drawn(self) -> bool:
        return any(isinstance(each, Place) or each.is_drawn() for each in self.inside)

    def parts(self) -> Iterator[Part]:
        """This part and all in it, in reading order."""
        yield self
        for each in self.inside:
            if isinstance(each, Part):
                yield from each.parts()
