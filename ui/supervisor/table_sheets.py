"""Sheets that hold a table and nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.supervisor.plots.figures_table import FiguresTable
from ui.widgets import Sheet
from ui.widgets.sheet import PADDING


class TableSheet(QFrame):
    """A sheet that is a table, without a heading."""

    def __init__(self, table: FiguresTable) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(PADDING, 4, PADDING, 4)
        body.addWidget(table)


def titled(title: str, table: FiguresTable) -> Sheet:
    """A sheet that is a table under its heading."""
    sheet = Sheet(title, lean=True)
    sheet.padded().addWidget(table)
    sheet.body.addSpacing(8)
    sheet.body.addStretch(1)
    return sheet
