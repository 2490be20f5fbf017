"""The text sizes that a window offers, in percent of the usual one."""

from __future__ import annotations

TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
USUAL = 100


def stepped(percent: int, step: int) -> int:
    """The next larger size (1), the next smaller (-1), the same where there is none; 0: the usual one."""
    if step == 0:
        return USUAL
    further = [size for size in TEXT_SIZES if (size - percent) * step > 0]
    return percent if not further else min(further) if step > 0 else max(further)
