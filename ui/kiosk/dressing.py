"""How a kiosk is dressed: its theme, its text size, the way its words run, and the measures of its two shapes."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont

from ui.theme import Look

Size = Literal["text", "choice", "question", "welcome"]

TEXT_STEPS = (100, 125, 150, 200)
"""Per cent: WCAG 2.2, success criterion 1.4.4, asks for up to 200."""
MOST_PERCENT = 140
"""What is large already grows with the text no further than this."""
FAMILIES = {"bn": "Noto Sans Bengali", "pa": "Noto Sans Gurmukhi"}
"""For scripts whose words Qt shapes only when their own font comes first."""
RING_ROOM = 8
"""Pixels that a control keeps free round itself for the focus ring: half of what lies between two."""


_WIDE, _TALL = (1280, 800), (1080, 1920)
"""The two shapes as they are drawn. A screen has the one that can be larger on it."""


def _fits(drawn: tuple[int, int], width: int, height: int) -> float:
    return min(width / drawn[0], height / drawn[1])


class Dress:
    """A look worn on a screen of some size, in a language that runs one way or the other."""

    def __init__(self, look: Look, width: int, height: int, *, is_right_to_left: bool, family: str = "") -> None:
        self.look = look
        self._family = family
        self.width = width
        self.height = height
        self.is_right_to_left = is_right_to_left
        fits_wide, fits_tall = _fits(_WIDE, width, height), _fits(_TALL, width, height)
        self.is_wide = fits_wide > fits_tall
        self._fonts: dict[tuple[int, int, str], QFont] = {}
        scales: Any = look.theme.station_scales
        self._scale = scales["kiosk_landscape" if self.is_wide else "kiosk"]
        self._arabic = float(scales["kiosk"]["arabic_scale"])
        self._welcome = scales["kiosk"]["welcome"]
        # A screen of more pixels than the drawings is read from as far away: everything grows. One of fewer is smaller,
        # and so is all that stands on it, rather than one thing on another.
        self.zoom = max(fits_wide, fits_tall)

    @property
    def direction(self) -> Qt.LayoutDirection:
        return Qt.LayoutDirection.RightToLeft if self.is_right_to_left else Qt.LayoutDirection.LeftToRight

    @property
    def margin(self) -> int:
        return self.fixed(48 if self.is_wide else 64)

    def fixed(self, pixels: int) -> int:
        """A measure that grows with the screen, not with the text."""
        return round(pixels * self.zoom)

    def pixels(self, size: Size) -> int:
        """The size of text of a kind, before the text's own percentage."""
        drawn = (
            self._welcome if size == "welcome" and not self.is_wide else self._scale.get(size, self._scale["question"])
        )
        return self.fixed(drawn[0])

    def font(self, pixels: int, weight: int = 400, *, arabic: bool | None = None, family: str | None = None) -> QFont:
        """A font of so many pixels at 100 % text; Naskh looks smaller, and is given more of them.

        `family` first, where it is of another script than this dress's own.
        """
        if self.is_right_to_left if arabic is None else arabic:
            pixels = round(pixels * self._arabic)
        first = self._family if family is None else family
        key = (pixels, weight, first)
        if key not in self._fonts:
            font = self.look.sized_font(pixels, weight)
            if first:
                font.setFamilies([first, *font.families()])
            self._fonts[key] = font
        return self._fonts[key]

    def colour(self, token: str) -> QColor:
        return self.look.colour(token)

    def stroke(self, name: str) -> int:
        return self.fixed(self.look.stroke(name))

    @property
    def control(self) -> int:
        """The border of a control; heavier in high contrast."""
        return self.fixed(max(self.look.stroke("kiosk"), self.look.stroke("control")))

    @property
    def radius(self) -> int:
        return self.fixed(self.look.measure("radius", "kiosk"))

    @property
    def gap(self) -> int:
        return self.fixed(self.look.measure("size", "kiosk_gap"))

    @property
    def button(self) -> int:
        """The least height of anything that is touched."""
        return self.fixed(self.look.measure("size", "kiosk_button"))

    @property
    def choice(self) -> int:
        return self.fixed(104 if self.is_wide else self.look.measure("size", "kiosk_choice"))

    @property
    def is_roomy(self) -> bool:
        """The text leaves room for what could be spared."""
        return self.look.text_percent <= 125

    def placed(self, rect: QRect) -> QRect:
        """A place on the screen, mirrored where words run from the right."""
        if not self.is_right_to_left:
            return rect
        return QRect(self.width - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())
