"""Where the sheets of a page stand: side by side, or under each other, as high as their words need."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.supervisor.figures_sheet import FiguresSheet
from ui.theme import look_of

_APART = 16
_TWO_COLUMNS = 1180
"""From this width on, at 100 % text, two sheets stand side by side."""


class Content(QWidget):
    """As high as its words need at the width that there is: what scrolls takes that from nobody by itself."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            layout = self.layout()
            if layout is not None:
                self.setMinimumHeight(max(0, layout.totalMinimumHeightForWidth(self.width())))
        return done


class Sheets(QWidget):
    """The sheets side by side, or where they find no room under each other. Hidden ones leave no hole; a table that is
    long or wide has a row of its own."""

    def __init__(self, sheets: tuple[QWidget, ...], figures: FiguresSheet) -> None:
        super().__init__()
        self._sheets = sheets
        self._figures = figures
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_APART)
        self._placed: list[tuple[QWidget, int, int, int]] = []
        for sheet in sheets:
            sheet.setParent(self)

    def place(self) -> None:
        """Once more, when one was hidden or shown, or the table is another."""
        columns = 2 if self.width() >= look_of(self).px(_TWO_COLUMNS) else 1
        half = (self.width() - _APART) // 2
        placed: list[tuple[QWidget, int, int, int]] = []
        row = column = 0
        shown = [sheet for sheet in self._sheets if not sheet.isHidden()]
        for at, sheet in enumerate(shown):
            following = shown[at + 1] if at + 1 < len(shown) else None
            is_alone = following is None or self._is_wide(following, half)
            span = columns if self._is_wide(sheet, half) or (column == 0 and is_alone) else 1
            placed.append((sheet, row, column, span))
            column += span
            if column >= columns:
                row, column = row + 1, 0
        if placed == self._placed:
            return
        self._placed = placed
        for sheet in self._sheets:
            self._grid.removeWidget(sheet)
        for sheet, row, column, span in placed:
            self._grid.addWidget(sheet, row, column, 1, span)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _is_wide(self, sheet: QWidget, half: int) -> bool:
        return sheet is self._figures and self._figures.wants_a_row(half)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.place()
