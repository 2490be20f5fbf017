"""What a screen has between its question and its foot: things to know and things to choose, in rows of one width."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.kiosk.button import KioskButton
from ui.kiosk.glass import Glass, discard
from ui.kiosk.pager import height_of_pager
from ui.kiosk.parts import StepRow, Words
from ui.kiosk.screens import Choice, Screen, Sheet
from ui.kiosk.sheet_card import SheetCard

Row = list[tuple[QWidget, int]]
"""(what stands there, how high it is), side by side."""
_HIGHEST_SHEET = 664
"""The number's, as the picture of an upright screen has it."""
_RIGHT_TO_LEFT = ("ar", "ur")


class Rows:
    """Made for a width, and for the height of one page. `is_stacked`: under the question, in a wide screen too."""

    def __init__(self, glass: Glass, screen: Screen, width: int, height: int, *, is_stacked: bool) -> None:
        self._glass = glass
        self._screen = screen
        self._width = width
        self._is_stacked = is_stacked
        self.all: list[Row] = []
        self._add_steps(height)
        if screen.sheet and not glass.dress.is_wide:
            card = self._sheet(screen.sheet, height, height - self.height - glass.dress.gap)
            self.all.insert(0, [(card, card.height() + glass.dress.gap)])
        self._add_choices()

    @property
    def heights(self) -> list[int]:
        """Of each row, with what parts it from the next."""
        return [max(high for _, high in row) + self.gap_under(row) for row in self.all]

    @property
    def height(self) -> int:
        return sum(self.heights)

    @property
    def gap(self) -> int:
        """Between one row and the next."""
        dress, choices = self._glass.dress, self._screen.choices
        return dress.fixed(24) if choices and choices[0].tall and not dress.is_wide else dress.gap

    def gap_under(self, row: Row) -> int:
        """Things to know are parted by a line; in a wide screen by nothing else."""
        return 0 if self._glass.dress.is_wide and isinstance(row[0][0], StepRow) else self.gap

    def columns(self, row: Row) -> int:
        """How many stand in such a row."""
        widget = row[0][0]
        return self._columns_of(widget.choice) if isinstance(widget, KioskButton) else 1

    def _columns_of(self, choice: Choice) -> int:
        """So many where there is room for them at this text size."""
        dress, choices = self._glass.dress, self._screen.choices
        if choice.tall:
            if dress.is_wide and (dress.is_roomy or self._is_stacked):
                return 3
            return 2 if choice.half or dress.is_wide else 1
        paired = choice.half or (dress.is_wide and len(choices) > 4 and not any(each.line for each in choices))
        room = self._width >= dress.look.px(dress.fixed(480 if dress.is_wide else 600))
        return 2 if paired and room else 1

    def _add_steps(self, height: int) -> None:
        glass, screen, width = self._glass, self._screen, self._width
        most = height
        if screen.steps:
            # They may be shown in pages, above the buttons that turn them.
            most -= height_of_pager(glass, screen, width) + glass.dress.gap
        for number, step in enumerate(screen.steps):
            row = StepRow(step, glass.dress, glass.page, width, most, first=number == 0)
            self.all.append([(row, row.height())])
        if screen.closing:
            thanks = Words(screen.closing, glass.dress, glass.page, width, size="choice", weight=600)
            self.all.append([(thanks, thanks.height())])

    def _add_choices(self) -> None:
        dress, row = self._glass.dress, Row()
        between = dress.fixed(24) if dress.is_wide else dress.gap
        for choice in self._screen.choices:
            tall = choice.tall and not dress.is_wide
            least = dress.fixed(192 if dress.is_roomy else 152) if tall else dress.choice
            # One with a line in the visitor's words runs as those do.
            arabic = None if not choice.language or choice.line else choice.language in _RIGHT_TO_LEFT
            button = self._glass.button(choice, arabic=arabic)
            columns = self._columns_of(choice)
            each_width = (self._width - between * (columns - 1)) // columns
            row.append((button, button.height_in(each_width, least)))
            if len(row) == columns:
                self.all.append(row)
                row = Row()
        if row:
            self.all.append(row)

    def _sheet(self, sheet: Sheet, height: int, left: int) -> SheetCard:
        """With the number as large as it gets. Where not all finds room on one page, it has the first for itself;
        at larger text that is so as soon as it would be smaller for the others' sake."""
        dress, page = self._glass.dress, self._glass.page
        alone = min(dress.fixed(_HIGHEST_SHEET), height - dress.fixed(160))
        card = SheetCard(sheet, dress, page, self._width, alone)
        if left >= dress.fixed(400):
            beside = SheetCard(sheet, dress, page, self._width, min(dress.fixed(_HIGHEST_SHEET), left))
            if beside.number_pixels >= card.number_pixels or dress.look.text_percent == 100:
                discard(card)
                return beside
            discard(beside)
        return card
