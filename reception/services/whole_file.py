"""Files that are there whole or not at all: what stood there before stays until all of the new is on the disk."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from reception.errors import Code, Refusal
from reception.statistics.set_aside_file import why_not


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write or replace files, each whole or not at all, and none before all can be.

    Each is written under another name beside its own, flushed to the disk, and only when all are is each renamed.
    Refuses (BAD_INPUT) a place that can't be written, and leaves nothing of what was begun. Those that were renamed
    before one that can't be, as it can't on Windows while another program has it open, are the new ones then.
    """
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            parts[path] = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
            _write(parts[path], data)
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise Refusal(
            Code.BAD_INPUT,
            f"{path.name} can't be written: {why_not(error)}. What was there before is as it was.",
            "Name a folder that you may write to, with room on the disk.",
        ) from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _write(part: Path, data: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
