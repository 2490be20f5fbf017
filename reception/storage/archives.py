"""The copy of a PostgreSQL database looked over by itself, without a server: read to its end, and no table missing."""

from __future__ import annotations

import os
import re
from pathlib import Path

from reception.errors import Code, Refusal
from reception.storage.postgresql_tools import list_archive, read_archive, tool
from reception.storage.schema import metadata

_TABLE_DATA = re.compile(r"^\d+; \d+ \d+ TABLE DATA \S+ (\S+) ", re.MULTILINE)


def read_whole(file: Path, tools: str) -> None:
    """Read every block of a copy that `pg_dump` made, and look whether it holds every table.

    Nothing is put anywhere, so no right on a server is needed; whether visits are what their facts come to only
    `restoring.verify` can say. `tools`: the folder of `pg_restore`. Refuses NOT_A_DATABASE a copy that cannot be read
    to its end, or in which one of this version's tables is missing; NOT_POSSIBLE_NOW without `pg_restore`.
    """
    program = tool("pg_restore", tools)
    # The list stands at the beginning; what is packed after it is unpacked only by reading it all.
    listed = list_archive(program, file)
    if listed is None or not read_archive(program, file, os.devnull):
        raise _not_sound(file, "cannot be read to its end")
    found = set(_TABLE_DATA.findall(listed))
    if missing := sorted(set(metadata.tables) - found):
        raise _not_sound(file, f"lacks the table {missing[0]}")


def _not_sound(file: Path, what: str) -> Refusal:
    return Refusal(
        Code.NOT_A_DATABASE,
        f"The copy {file.name} {what}, so no older one was removed.",
        "Check the disk that it is on, and make another: reception backup.",
    )
