"""Small things about room: what makes way where there is little of it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QSizePolicy, QWidget

Grid = TypeVar("Grid", bound=QWidget)


def flowing(grid: Grid) -> Grid:
    """Let a grid of controls be as high as its rows need at the width that it gets, also with fewer columns."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    grid.setSizePolicy(policy)
    return grid
