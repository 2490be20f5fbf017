"""How a visitor has the kiosk look: larger, or in high contrast."""

from __future__ import annotations

from ui.kiosk.dressing import TEXT_STEPS
from ui.theme import Look
from ui.theme_file import load_theme

_HIGH_CONTRAST = "high-contrast"


class Appearance:
    """As the office has it until the visitor switches an aid on, and so again for the next."""

    def __init__(self, theme: str) -> None:
        self._theme = theme
        self._step = 0
        self.is_high_contrast = False
        self._looks: dict[tuple[str, int], Look] = {}

    @property
    def percent(self) -> int:
        """The size of the text."""
        return TEXT_STEPS[self._step]

    @property
    def is_larger(self) -> bool:
        return self._step > 0

    def look(self) -> Look:
        """Each made once."""
        key = (_HIGH_CONTRAST if self.is_high_contrast else self._theme, self.percent)
        if key not in self._looks:
            self._looks[key] = Look(load_theme(key[0]), key[1])
        return self._looks[key]

    def enlarge(self) -> None:
        """By a step; after the largest comes the smallest."""
        self._step = (self._step + 1) % len(TEXT_STEPS)

    def switch_contrast(self) -> None:
        self.is_high_contrast = not self.is_high_contrast

    def switch_off(self) -> None:
        """The visitor who wanted it so has gone."""
        self._step, self.is_high_contrast = 0, False
