"""The structure of a tagged PDF, read back as a screen reader would: part by part, in reading order."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct


class Read(Struct, frozen=True):
    """One element: its role, its language (its own, or that of what it is in), and all that is said in it."""

    role: str
    language: str
    text: str
    alternative: str = ""
    parent: str = ""


def elements(pdf: bytes) -> list[Read]:
    """Every element, in reading order. Fails where a page has marked content that is no element's."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert file.Root.MarkInfo.Marked
        said = {page.objgen: _marked(page) for page in file.pages}
        root = file.Root.StructTreeRoot
        found: list[Read] = []
        used: set[tuple[Any, int]] = set()
        _walk(root.K, said, str(file.Root.Lang), "", found, used)
        assert used == {(page, mark) for page, marks in said.items() for mark in marks}
        numbers = root.ParentTree.Nums
        for page in file.pages:
            place = [int(each) for each in list(numbers)[::2]].index(int(page.StructParents))
            owners = numbers[2 * place + 1]
            assert len(owners) == len(said[page.objgen])
        return found


def spoken(pdf: bytes) -> str:
    """All that is read out, in one line."""
    return said_in(elements(pdf)[0].text)


def said_in(text: str) -> str:
    """Words parted by single spaces, composed, without signs that print nothing."""
    return " ".join(re.sub("[\u200b\u200e\u200f\u202a-\u202c]", "", unicodedata.normalize("NFC", text)).split())


def _walk(element: Any, said: Any, language: str, parent: str, found: list[Read], used: set[Any]) -> str:
    role = str(element.S)[1:]
    language = str(element.get("/Lang", language))
    place = len(found)
    found.append(Read(role, language, "", str(element.get("/Alt", "")), parent))
    inside = element.K
    kids = list(inside) if isinstance(inside, pikepdf.Array) else [inside]
    words: list[str] = []
    for kid in kids:
        if "/MCID" in kid:
            used.add((kid.Pg.objgen, int(kid.MCID)))
            words.append(said[kid.Pg.objgen][int(kid.MCID)])
        else:
            words.append(_walk(kid, said, language, role, found, used))
    text = str(element.ActualText) if "/ActualText" in element else " ".join(words)
    found[place] = Read(role, language, text, found[place].alternative, parent)
    return text


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """What each marked content of a page says, by its number; nothing may be shown outside one but artefacts."""
    codes = {name: _codes(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    stack: list[tuple[str, Any]] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                stack.append((str(operands[0]), operands[1]))
                if "/MCID" in operands[1]:
                    found[int(operands[1].MCID)] = ""
                elif "/ActualText" in operands[1]:
                    number = _number(stack)
                    if number >= 0:
                        found[number] += str(operands[1].ActualText)
            case "BMC":
                stack.append((str(operands[0]), None))
            case "EMC":
                stack.pop()
            case "Tf":
                font = str(operands[0])
            case "TJ" | "Tj":
                assert stack, "text is shown outside marked content"
                number = _number(stack)
                if number < 0 or any(each is not None and "/ActualText" in each for _, each in stack):
                    continue
                shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                for piece in shown:
                    if isinstance(piece, pikepdf.String):
                        found[number] += "".join(_decoded(bytes(piece), codes[font]))
            case "re" | "f" | "S":
                assert stack, "something is drawn outside marked content"
    assert not stack
    return found


def _number(stack: list[tuple[str, Any]]) -> int:
    """Of the marked content; -1 within an artefact."""
    return next((int(each.MCID) for _, each in stack if each is not None and "/MCID" in each), -1)


def _decoded(codes: bytes, texts: dict[int, str]) -> Iterator[str]:
    for place in range(0, len(codes), 2):
        yield texts[int.from_bytes(codes[place : place + 2], "big")]


def _codes(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
