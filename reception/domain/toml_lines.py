"""In which line of a TOML file something stands, for people who edit it."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[(?P<name>[^\[\]]+)\]\s*(#.*)?")
_KEY = re.compile(r"\s*(?P<name>[A-Za-z0-9_-]+)\s*=")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#[^\n]*|\n|\[|\]')


def line_of(text: str, location: tuple[int | str, ...]) -> int | None:
    """The line, from 1, of a key such as ("letter", "missed", "body", 1); the last is a place in a list, from 0.

    Of what is missing it is the line of the table that lacks it; None where the table is missing as well. The text must
    be valid TOML; keys are looked for where they stand alone on a line, as they do in letters files.
    """
    names = [part for part in location if isinstance(part, str)]
    place = next((part for part in location if isinstance(part, int)), None)
    lines = text.split("\n")
    table: tuple[str, ...] = ()
    of_table: int | None = None
    skip_to = 0
    for number, line in enumerate(lines):
        if number < skip_to:
            continue
        header = _TABLE.fullmatch(line)
        if header:
            table = tuple(part.strip().strip('"') for part in header["name"].split("."))
            if table in (tuple(names), tuple(names[:-1])):
                of_table = number + 1
            continue
        key = _KEY.match(line)
        if key is None:
            continue
        ends, items = _value(lines, number, key.end())
        if (*table, key["name"]) == tuple(names):
            return items[place] if place is not None and place < len(items) else number + 1
        skip_to = ends + 1
    return of_table


def _value(lines: list[str], first: int, start: int) -> tuple[int, list[int]]:
    """The last line (from 0) of a value, and the line (from 1) of each text in it."""
    rest = "\n".join([lines[first][start:], *lines[first + 1 :]])
    line, depth = first, 0
    items: list[int] = []
    for piece in _PIECE.finditer(rest):
        match piece[0][0]:
            case "\n":
                if depth == 0:
                    break
                line += 1
            case "[":
                depth += 1
            case "]":
                depth -= 1
            case '"' | "'":
                items.append(line + 1)
    return line, items
