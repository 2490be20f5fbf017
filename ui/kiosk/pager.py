"""The buttons that turn the pages of a screen, and which page it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect

from ui.kiosk.button import KioskButton
from ui.kiosk.glass import Glass, discard
from ui.kiosk.parts import Words
from ui.kiosk.screens import Choice, Screen


class Pager:
    """Two buttons and a word between them where there is room. They are made before it is known whether they are
    needed, for their height decides it."""

    def __init__(self, glass: Glass, screen: Screen, width: int, turn: Callable[[int], None] | None = None) -> None:
        self._glass = glass
        self._width = width
        reads = not screen.choices
        labels = ("kiosk.further_up", "kiosk.further_down") if reads else ("kiosk.page_before", "kiosk.next_page")
        self.buttons: list[KioskButton] = []
        for by, label in zip((-1, 1), labels, strict=True):
            choice = Choice(f"page{by}", glass.words(label))
            button = KioskButton(choice, glass.dress, glass.page, glass.may_press, size="text", centred=True)
            if turn is not None:
                button.clicked.connect(lambda _=False, by=by: turn(by))
            self.buttons.append(button)
        self.height = max(button.height_in(self._each_width, glass.dress.button) for button in self.buttons)

    def put(self, x: int, y: int, page: int, pages: int) -> None:
        dress, each, high = self._glass.dress, self._each_width, self.height
        before, after = self.buttons
        said = self._glass.words("kiosk.page", page=page + 1, pages=pages)
        for button, place, enabled in ((before, x, page > 0), (after, x + self._width - each, page < pages - 1)):
            button.setEnabled(enabled)
            button.setAccessibleDescription(said)
            button.put(dress.placed(QRect(place, y, each, high)))
            button.show()
        if dress.is_roomy:
            middle = Words(said, dress, self._glass.page, each, token="text-muted", centred=True)
            self._glass.put(middle, x + each + dress.gap, y + (high - middle.height()) // 2)

    def hide(self) -> None:
        for button in self.buttons:
            button.hide()

    @property
    def _each_width(self) -> int:
        parts = 3 if self._glass.dress.is_roomy else 2
        return (self._width - (parts - 1) * self._glass.dress.gap) // parts


def height_of_pager(glass: Glass, screen: Screen, width: int) -> int:
    """Of a screen that has pages."""
    pager = Pager(glass, screen, width)
    discard(*pager.buttons)
    return pager.height


def paged(heights: list[int], room: int, pager: int, spare: int = 0) -> list[list[int]]:
    """The rows' numbers by page: one page if all fit, with `spare` besides; else with room for what turns them."""
    if sum(heights) <= room + spare or len(heights) < 2:
        return [list(range(len(heights)))]
    pages: list[list[int]] = [[]]
    used = 0
    for number, high in enumerate(heights):
        if pages[-1] and used + high > room - pager:
            pages.append([])
            used = 0
        pages[-1].append(number)
        used += high
    return pages


def join_thanks(pages: list[list[int]]) -> None:
    """Thanks alone, the last row, are no page: they stand under the last thing to know, or are only read aloud."""
    if len(pages) > 1 and len(pages[-1]) == 1:
        if len(pages[-2]) > 1:
            pages[-1].insert(0, pages[-2].pop())
        else:
            pages.pop()
