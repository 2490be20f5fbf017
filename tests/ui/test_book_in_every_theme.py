"""The book's page in every theme and size: no corner in another colour, and never wider or higher than its window."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.book_driver import BookDriver
from ui.theme import look_of


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_the_corner_of_the_grid_is_of_the_sheet(qtbot: QtBot, theme: str) -> None:
    book = BookDriver(qtbot, theme=theme)
    grid = book.page.grid
    corner = grid.mapTo(book.window, grid.rect().topLeft())
    image = book.window.grab().toImage()
    expected = look_of(grid).colour("surface-raised")
    for away in (2, 20, 40):
        assert image.pixelColor(corner.x() + away, corner.y() + away) == expected
    book.link.close()
