"""The plot and the table of a forecast, side by side or under each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.supervisor.plots.figures_table import FiguresTable
from ui.supervisor.plots.with_table import WithTable
from ui.theme import look_of
from ui.widgets.labels import Paragraph

_MARGIN = 16
_TWO_COLUMNS = 1100
"""From this width on, at 100 % text, the table stands beside the plot."""
_MOST_ROWS_BESIDE, _MOST_ROWS_BELOW = 10, 48
"""Beside the plot the table scrolls, so that both are in sight."""


class HalfHoursSheet(QFrame):
    """The table that stands beside the plot."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Half hour by half hour")
        self.table = FiguresTable("Half hour by half hour")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        whole.setSpacing(8)
        whole.addWidget(Paragraph("Half hour by half hour", "lead", 600))
        whole.addWidget(self.table, 1)


class Beside(QWidget):
    """Two sheets side by side, or under each other where there is too little room."""

    def __init__(self, plot: WithTable, half_hours: HalfHoursSheet) -> None:
        super().__init__()
        self._sheets = (plot, half_hours)
        self._table = half_hours.table
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_MARGIN)
        self._columns = 0

    def place(self) -> None:
        """Once more, when the width or the text size is another."""
        columns = 2 if self.width() >= look_of(self).px(_TWO_COLUMNS) else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._table.set_most_rows(_MOST_ROWS_BESIDE if columns == 2 else _MOST_ROWS_BELOW)
        for at, sheet in enumerate(self._sheets):
            self._grid.removeWidget(sheet)
            self._grid.addWidget(sheet, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.place()
