"""What is to be known beside the figures of visits out of an imported log, in words, also on paper."""

from __future__ import annotations

LEFT_OUT = (
    "Some or all of these visits are from an imported log. Waits beyond the limit of the import (90 minutes unless"
    " another was named) were left out of it, so somebody may have waited longer than anyone here."
)
"""How many were left out is told when the log is imported, and not kept."""


def said_left_out(visits: int | None, known_ends: int | None) -> str:
    """The sentence, where some of the visits are imported: those have no known end. Empty where none is, or where one
    of the two is not to be told."""
    if visits is None or known_ends is None:
        return ""
    return LEFT_OUT if known_ends < visits else ""
