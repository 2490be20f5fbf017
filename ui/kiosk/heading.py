"""The head of a screen: the office and the time, and the question with the lines under it."""

from __future__ import annotations

from ui.kiosk.dressing import Size
from ui.kiosk.glass import Glass, discard
from ui.kiosk.paragraph import text_width
from ui.kiosk.parts import Words
from ui.kiosk.screens import Screen

_TITLE_FLOOR = 0.55
_FLOOR_ALONE = 0.4
"""Of its own size, the least that a title is set in; of one without lines under it."""


class Heading:
    """A title is set smaller where it would leave no room for what is asked."""

    def __init__(self, glass: Glass, screen: Screen) -> None:
        self._glass = glass
        self._screen = screen
        self.is_bare = False
        """The lines under the title find no room."""

    # -- the header ----------------------------------------------------------------------------------------------------

    def header_height(self, clock: str) -> int:
        """Of the time, which is never set smaller."""
        words = Words(clock, self._glass.dress, self._glass.page, self._glass.dress.width)
        high = words.height()
        discard(words)
        return high

    def put_header(self, office: str, clock: str, top: int) -> int:
        """The office, smaller where its name is long, and the time: one line. Where it ends."""
        dress, page = self._glass.dress, self._glass.page
        width, pixels = dress.width - 2 * dress.margin, dress.pixels("text")
        right = Words(clock, dress, page, width // 3, token="text-muted", at_end=True)
        room = width - width // 3 - dress.gap
        while text_width(office, dress.font(pixels)) > room and pixels > dress.pixels("text") // 2:
            pixels -= 1
        left = Words(office, dress, page, room, token="text-muted", pixels=pixels)
        self._glass.put(left, dress.margin, top + max(0, right.height() - left.height()) // 2)
        self._glass.put(right, dress.margin + width - right.width(), top)
        return top + max(left.height(), right.height())

    # -- the question --------------------------------------------------------------------------------------------------

    def fits(self, width: int, most: int) -> bool:
        title, parts, high = self._question(width, most)
        discard(title, *parts)
        return high <= most

    def put_question(self, x: int, top: int, width: int, most: int) -> int:
        """Where it ends."""
        title, parts, _ = self._question(width, most)
        self._glass.put(title, x, top)
        top += title.height()
        for part in parts:
            top += self._glass.dress.fixed(12)
            self._glass.put(part, x, top)
            top += part.height()
        return top

    def _question(self, width: int, most: int) -> tuple[Words, list[Words], int]:
        """The title, smaller where it would leave no room, the lines under it, and how high they are.

        Where there is room for one thing alone it is the title, or what is wrong with what was typed.
        """
        screen, dress = self._screen, self._glass.dress
        pixels = dress.pixels("welcome" if screen.grand else "question")
        if screen.grand:
            # On one line: what is chosen from finds more room on the page.
            share = width / max(1, text_width(screen.title, dress.font(pixels, 600)))
            floor = _TITLE_FLOOR if dress.is_roomy else _FLOOR_ALONE
            pixels = round(pixels * 0.99 * share) if floor < share < 1 else pixels
        text, lines = screen.title, [each for each in (screen.line, *screen.lines) if each]
        if self.is_bare:
            lines = []
        if screen.entry and dress.is_wide and not dress.is_roomy:
            text, lines = (screen.line if screen.is_fault else screen.title), []
        least = round(pixels * (_TITLE_FLOOR if lines else _FLOOR_ALONE))
        while True:
            title = Words(text, dress, self._glass.page, width, weight=600, pixels=pixels)
            parts = [self._line(each, width) for each in lines]
            high = title.height() + sum(part.height() + dress.fixed(12) for part in parts)
            if high > most and pixels <= least and screen.entry and dress.is_wide and parts:
                discard(title, *parts)
                lines, text = [], screen.line if screen.is_fault else text
                continue
            if high <= most or pixels <= least:
                return title, parts, high
            pixels = max(least, round(pixels * 0.9))
            discard(title, *parts)

    def _line(self, text: str, width: int) -> Words:
        screen, dress = self._screen, self._glass.dress
        token = "late-text" if screen.is_fault else "text-muted"
        icon = "late" if screen.is_fault else ""
        size: Size = "choice" if screen.grand and not dress.is_wide else "text"
        return Words(text, dress, self._glass.page, width, token=token, size=size, icon=icon)
