"""How visitors said that we did."""

from __future__ import annotations

from dataclasses import dataclass

NO_SERVICE = "(none)"
"""The group of what was said of no service."""


@dataclass(frozen=True)
class FaceSummary:
    """How often each face was touched in one group; `answers` is their sum."""

    group: str
    answers: int
    very_good: int
    good: int
    fair: int
    poor: int
    very_poor: int
