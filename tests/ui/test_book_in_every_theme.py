"""The book's page in every theme and size: no corner in another colour, and never wider or higher than its window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.book_driver import BookDriver
from tests.ui.booked_door import full_book
from tests.ui.desk_driver import DeskDriver
from ui.refused import Refused
from ui.theme import Look, look_of
from ui.theme_file import load_theme


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


@pytest.mark.parametrize("key", [None, Qt.Key.Key_F2, Qt.Key.Key_A, Qt.Key.Key_G, Qt.Key.Key_L])
def test_with_the_largest_words_the_window_stays_on_the_screen(qtbot: QtBot, key: Qt.Key | None) -> None:
    desk = DeskDriver(qtbot, full_book(), size=(1024, 768))
    desk.sign_in()
    desk.key(Qt.Key.Key_F4)
    desk.until(lambda: desk.window.pages.currentIndex() == 1)
    desk.until_answered()
    desk.window.set_look(Look(load_theme("light"), 200))
    if key is not None:
        desk.key(key)
    desk.window.line.say(
        "Tell H010: likely in about 1 min, promised by 10.39am.", "Housing. " * 6, "late", desk.window.actions()[:2]
    )
    desk.window.pages.currentWidget().say_problem(  # type: ignore[attr-defined]
        Refused(None, "Somebody else has taken this time meanwhile.", "Choose another one of those that are free.")
    )
    desk.until_answered()
    qtbot.wait(0)
    least = desk.window.minimumSizeHint().expandedTo(desk.window.size())
    assert least.width() <= 1024
    assert least.height() <= 768
