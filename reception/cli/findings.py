"""A line of `reception doctor`, and what its checks look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reception.config import Config


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


@dataclass(frozen=True)
class Here:
    """What the checks look at."""

    settings: Config | None
    """None when they could not be read."""
    settings_from: Path
    trouble: str
    """Why the settings could not be read."""
    environ: Mapping[str, str]
    system: str
    """As in sys.platform."""
