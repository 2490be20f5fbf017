"""The file of what was set aside when another program's data was brought in."""

from __future__ import annotations

import csv
import errno
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from reception.errors import Code, Refusal


def write_rows_aside(
    path: Path, header: Sequence[str], rows: Iterable[tuple[int, str, Sequence[str]]], encoding: str = "utf-8"
) -> int:
    """Write rows as CSV, each with its number and its reason before its cells, and say how many.

    The file is there whole or not at all; an older one is replaced. It is readable by its owner alone, as it may hold
    names. Refuses a place that can't be written.
    """
    count = 0
    temporary: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=".set-aside-", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
            # Cells that begin with = + - @ stay as they are: the rows are the council's own, to be mended and
            # imported again, and a guarding apostrophe would make them other rows.
            writer = csv.writer(file)  # ends rows in CR LF: only then is a lone CR in a cell quoted
            writer.writerow(["set_aside_row", "set_aside_reason", *header])
            for number, reason, cells in rows:
                writer.writerow([number, reason, *cells])
                count += 1
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise Refusal(
            Code.BAD_INPUT,
            f"The rows set aside can't be written to {path.name}: {why_not(error)}.",
            "Name a file in a folder that you may write to, with room on the disk.",
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return count


def why_not(error: OSError) -> str:
    """Why a file can't be read or written, in a few words."""
    known = {
        errno.ENOENT: "it is not there",
        errno.EISDIR: "it is a folder",
        errno.EACCES: "it is not allowed",
        errno.ENOSPC: "the disk is full",
    }
    return known.get(error.errno or 0, error.strerror or "the computer doesn't say why")
