"""What is chosen from and what is to be known, in pages where there is no room for all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect

from ui.kiosk.button import KioskButton
from ui.kiosk.glass import Glass
from ui.kiosk.pager import Pager, join_thanks, paged
from ui.kiosk.rows import Rows
from ui.kiosk.screens import Screen


class Body:
    """Rows of one width, and the page of them that is shown."""

    def __init__(
        self,
        glass: Glass,
        screen: Screen,
        width: int,
        height: int,
        turn: Callable[[int], None],
        *,
        is_stacked: bool = False,
    ) -> None:
        self._glass = glass
        self._screen = screen
        self._width = width
        self._turn = turn
        self._rows = Rows(glass, screen, width, height, is_stacked=is_stacked)
        self.page = 0
        self.pages = 1
        self.choices: list[KioskButton] = []
        """Those that stand on this page."""
        self.turning: list[KioskButton] = []

    @property
    def height(self) -> int:
        """On one page."""
        return self._rows.height

    def put(self, page: int, x: int, top: int, foot: int, pager_at: int | None = None) -> None:
        """Its `page`, or the last. `pager_at`: where the pages are turned, if that takes no room from them."""
        dress, rows = self._glass.dress, self._rows
        pager = Pager(self._glass, self._screen, self._width, self._turn)
        high = pager.height + dress.gap
        # Where the pages are turned a single one may go on.
        reserved, spare = (high, 0) if pager_at is None else (0, high)
        pages = paged(rows.heights, foot - top + rows.gap, reserved, spare)
        if self._screen.closing:
            join_thanks(pages)
        self.pages = len(pages)
        self.page = min(page, self.pages - 1)
        for number, row in enumerate(rows.all):
            for widget, _high in row if number not in pages[self.page] else ():
                widget.hide()
        self._put_rows(pages[self.page], x, top)
        if self.pages > 1:
            self.turning = pager.buttons
            pager.put(x, foot - pager.height if pager_at is None else pager_at, self.page, self.pages)
        else:
            pager.hide()

    def _put_rows(self, numbers: list[int], x: int, y: int) -> None:
        dress, rows, heights = self._glass.dress, self._rows, self._rows.heights
        between = dress.fixed(24) if dress.is_wide or rows.gap > dress.gap else dress.gap
        for number in numbers:
            row = rows.all[number]
            columns = rows.columns(row)
            each_width = (self._width - between * (columns - 1)) // columns
            high = heights[number] - rows.gap_under(row)
            for column, (widget, _) in enumerate(row):
                if isinstance(widget, KioskButton):
                    widget.put(dress.placed(QRect(x + column * (each_width + between), y, each_width, high)))
                    self.choices.append(widget)
                else:
                    widget.move(dress.placed(QRect(x, y, widget.width(), widget.height())).topLeft())
            y += heights[number]
