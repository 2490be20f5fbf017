"""The rows of a table of figures, and how they are set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.painting import Style

AnyIndex = QModelIndex | QPersistentModelIndex
RowKind = Literal["plain", "total", "apart"]


class Head(Struct, frozen=True):
    """The head of a column; figures stand at the right, words at the left. `aloud` says it in full."""

    words: str
    is_figure: bool = True
    is_strong: bool = False
    aloud: str = ""
    is_wrapped: bool = False
    """Its cells are broken into lines where there is too little room for all columns."""
    least: int = 120
    """How narrow, in pixels at 100 % text, a column becomes whose cells are broken into lines."""


class Row(Struct, frozen=True):
    """The cells of a row, the first its name. A *total* is bold; what is *apart* is muted, as it is in no total."""

    cells: tuple[str, ...]
    kind: RowKind = "plain"
    aloud: str = ""
    """What is said of its name by a screen reader, where that is more than the name."""


class FiguresModel(QAbstractTableModel):
    """The rows as they are shown, and as they are said: "Housing, Share: 86.4%"."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads: tuple[Head, ...] = ()
        self.rows: tuple[Row, ...] = ()

    def show(self, heads: Sequence[Head], rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.heads, self.rows = tuple(heads), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        words = row.cells[column] if column < len(row.cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = row.aloud or row.cells[0]
            return name if column == 0 else f"{name}, {self._aloud(column)}: {words or 'none'}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and section < len(self.heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads[section].words
            if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                return self._aloud(section)
        elif role == Qt.ItemDataRole.AccessibleTextRole and section < len(self.rows):
            return self.rows[section].cells[0]
        return None

    def _aloud(self, column: int) -> str:
        return self.heads[column].aloud or self.heads[column].words


def style_of(kind: RowKind, head: Head) -> Style:
    """How the words of a cell are set."""
    return Style(
        weight=600 if kind == "total" or head.is_strong else 400, token="text-muted" if kind == "apart" else "text"
    )
