"""The book for a screen reader: a table whose cells are the appointments and free pieces, each with its name."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from ui.book.grid import BookGrid
from ui.book.walking import Spot


class SpotCell(QAccessibleInterface):
    """One appointment or free piece."""

    def __init__(self, grid: BookGrid, parent: QAccessibleInterface, spot: Spot) -> None:
        super().__init__()
        self._grid = grid
        self._parent = parent
        self.spot = spot

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def isValid(self) -> bool:
        """Qt keeps a cell by its number until the program ends, and asks this before anything else."""
        return isValid(self._grid)

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        return self._grid.global_rect(self.spot)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Cell

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def text(self, kind: QAccessible.Text) -> str:
        return self._grid.words_of(self.spot) if kind is QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, words: str) -> None:
        """The book's cells are not typed in."""


class BookTable(QAccessibleWidget):
    """The grid, with its spots as children."""

    def __init__(self, grid: BookGrid) -> None:
        super().__init__(grid, QAccessible.Role.Table, "")
        self._grid = grid
        self._cells: dict[Spot, SpotCell] = {}

    def childCount(self) -> int:
        return len(self._grid.spots())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        spots = self._grid.spots()
        if not 0 <= index < len(spots):
            return None
        return self._cells.setdefault(spots[index], SpotCell(self._grid, self, spots[index]))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        spots = self._grid.spots()
        return spots.index(child.spot) if isinstance(child, SpotCell) and child.spot in spots else -1


_TABLES: dict[int, BookTable] = {}
"""Kept here: Qt knows them by address only."""


def _made(name: str, about: QObject) -> QAccessibleInterface | None:
    if not isinstance(about, BookGrid):
        return None
    table = BookTable(about)
    key = id(about)
    _TABLES[key] = table
    about.destroyed.connect(lambda: _TABLES.pop(key, None))
    return table


def tell_focus(grid: BookGrid, spot: Spot) -> None:
    """Say that the cursor stands on a spot now."""
    if not QAccessible.isActive():
        return
    event = QAccessibleEvent(grid, QAccessible.Event.Focus)
    event.setChild(grid.spots().index(spot))
    QAccessible.updateAccessibility(event)


def make_accessible() -> None:
    """From now on a screen reader finds the cells of every book. Once for the program."""
    if not _INSTALLED:
        QAccessible.installFactory(_made)
        _INSTALLED.append(True)


_INSTALLED: list[bool] = []
