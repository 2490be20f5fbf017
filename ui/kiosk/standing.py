"""What always holds, said above the foot of every screen that has room for it."""

from __future__ import annotations

from ui.kiosk.glass import Glass, discard
from ui.kiosk.parts import Words

_SIZE = 0.8


class Standing:
    """A few lines, in the order in which they count. The first is said in any case where it is urgent."""

    def __init__(self, glass: Glass, lines: tuple[tuple[str, str], ...], *, is_urgent: bool) -> None:
        self._glass = glass
        self._lines = lines
        """(icon, words)"""
        self._is_urgent = is_urgent and bool(lines)

    def put(self, x: int, width: int, foot: int, room: int) -> int:
        """Above `foot`, as far as there is room; the top of them."""
        dress = self._glass.dress
        parts = []
        for place, line in enumerate(self._lines):
            part = self._part(line, width)
            room -= part.height() + dress.fixed(8)
            if room < dress.gap and not (place == 0 and self._is_urgent):
                discard(part)
                break
            parts.append(part)
        for part in reversed(parts):
            foot -= part.height()
            self._glass.put(part, x, foot)
            foot -= dress.fixed(8)
        return foot - dress.gap if parts else foot

    def urgent_height(self, width: int) -> int:
        """The room for what is said in any case; 0 where nothing is."""
        if not self._is_urgent:
            return 0
        part = self._part(self._lines[0], width)
        high = part.height() + self._glass.dress.fixed(8) + self._glass.dress.gap
        discard(part)
        return high

    def _part(self, line: tuple[str, str], width: int) -> Words:
        """Not as large as all else where the text is so large that it would take the room of what is asked."""
        dress, (icon, words) = self._glass.dress, line
        pixels = dress.pixels("text")
        if not dress.is_roomy:
            pixels = round(pixels * _SIZE)
        return Words(words, dress, self._glass.page, width, token="text-muted", icon=icon, pixels=pixels)
