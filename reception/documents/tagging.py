"""Writes the structure of a document into its PDF: a tagged PDF, as ISO 32000-1 has it.

Nobody here has checked one against PDF/UA with a validator, so no file claims to conform to it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reception.documents.structure import Part, Place


def tagged(pdf: bytes, document: Part, title: str, language: str) -> bytes:
    """The PDF with its structure and metadata. The same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        root = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree = _Tree(file)
        root.K = tree.element(document, root)
        root.ParentTree = file.make_indirect(Dictionary(Nums=tree.numbers()))
        root.ParentTreeNextKey = len(file.pages)
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = Dictionary(Marked=True)
        file.Root.Lang = String(language)
        with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["dc:language"] = [language]
            metadata["xmp:CreatorTool"] = "Reception"
        out = io.BytesIO()
        file.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


class _Tree:
    def __init__(self, file: pikepdf.Pdf) -> None:
        self._file = file
        self._owners: list[dict[int, pikepdf.Object]] = [{} for _ in file.pages]

    def element(self, part: Part, parent: pikepdf.Object, *, heads_column: bool = False) -> pikepdf.Object:
        """The element of a part, and of all in it."""
        element = self._file.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{part.role}"), P=parent))
        if part.language:
            element.Lang = String(part.language)
        if part.alternative:
            element.Alt = String(part.alternative)
        if part.text:
            element.ActualText = String(part.text)
        if part.role == "TH":
            element.A = Dictionary(O=Name.Table, Scope=Name.Column if heads_column else Name.Row)
        if part.box is not None:
            element.A = Dictionary(O=Name.Layout, BBox=Array([round(side, 2) for side in part.box]))
        drawn = part.drawn()
        all_heads = len(drawn) > 1 and all(isinstance(each, Part) and each.role == "TH" for each in drawn)
        inside = [self._kid(each, element, all_heads) for each in drawn]
        first = next(_places(part), None)
        if first is not None:
            element.Pg = self._file.pages[first.page].obj
        element.K = inside[0] if len(inside) == 1 else Array(inside)
        return element

    def _kid(self, each: Part | Place, element: pikepdf.Object, heads_column: bool) -> pikepdf.Object:
        if isinstance(each, Part):
            return self.element(each, element, heads_column=heads_column)
        self._owners[each.page][each.number] = element
        return Dictionary(Type=Name.MCR, Pg=self._file.pages[each.page].obj, MCID=each.number)

    def numbers(self) -> Array:
        """For each page, whose its marked contents are."""
        found: list[object] = []
        for number, owners in enumerate(self._owners):
            page = self._file.pages[number].obj
            page.StructParents = number
            page.Tabs = Name.S
            found += [number, self._file.make_indirect(Array([owners[mark] for mark in sorted(owners)]))]
        return Array(found)


def _places(part: Part) -> Iterator[Place]:
    for each in part.inside:
        if isinstance(each, Place):
            yield each
        else:
            yield from _places(each)
