"""What was pressed a moment too early waits for what it needs, but no longer than a person remembers it."""

from __future__ import annotations

import time
from typing import Generic, TypeVar

What = TypeVar("What")

AWAITED_S = 2.0


class Awaited(Generic[What]):
    """The last thing that was pressed too early, for :data:`AWAITED_S` seconds."""

    def __init__(self) -> None:
        self._kept: tuple[What, float] | None = None

    def keep(self, what: What) -> None:
        self._kept = what, time.monotonic()

    def look(self) -> What | None:
        """What was pressed; None when that was too long ago, or nothing was."""
        kept = self._kept
        return kept[0] if kept is not None and time.monotonic() - kept[1] < AWAITED_S else None

    def take(self) -> What | None:
        """The same, once."""
        found, self._kept = self.look(), None
        return found
