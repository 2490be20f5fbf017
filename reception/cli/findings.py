"""A line of `reception doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How well something works."""

    OK = "ok"
    ATTENTION = "attention"
    """Reception works, with one thing less."""
    FAILED = "failed"
    """Reception cannot do without."""


@dataclass(frozen=True)
class Finding:
    """One line."""

    what: str
    level: Level
    words: str
