"""Small things about room: what makes way where there is little of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import look_of
from ui.widgets import Sheet
from ui.widgets.painting import MUTED, text_width
from ui.widgets.sheet import PADDING

Grid = TypeVar("Grid", bound=QWidget)


def flowing(grid: Grid) -> Grid:
    """Let a grid of controls be as high as its rows need at the width that it gets, also with fewer columns."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    grid.setSizePolicy(policy)
    return grid


def show_note_that_fits(sheet: Sheet, words: str, buttons: Sequence[QWidget]) -> None:
    """Show a heading's note only where it can stand whole beside the title and these buttons."""
    taken = sheet.title.sizeHint().width() + sum(each.sizeHint().width() for each in buttons if not each.isHidden())
    room = sheet.width() - taken - 3 * PADDING
    sheet.set_note(words if text_width(words, look_of(sheet), MUTED) <= room else "")
