"""The book in every look, for looking at: `python -m tests.ui.book_pictures FOLDER [NAME…]`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.sample_book import NOW, TODAY, book
from ui.book.columns import Arrangement
from ui.book.grid import BookGrid
from ui.book.plan import Plan
from ui.theme import Look, add_fonts, apply_look, load_theme


def grid() -> BookGrid:
    made = BookGrid()
    made.show_plan(Plan(book(), Arrangement(TODAY)), NOW)
    made.choose_key("samuel")
    made.setFocus()
    return made


def mirrored() -> BookGrid:
    made = grid()
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return made


PICTURES = {
    "grid-light": (grid, "light", 100, (974, 696)),
    "grid-dark": (grid, "dark", 100, (974, 696)),
    "grid-contrast": (grid, "high-contrast", 100, (974, 696)),
    "grid-200": (grid, "light", 200, (974, 696)),
    "grid-rtl": (mirrored, "light", 100, (974, 696)),
}


def main(folder: Path, only: list[str]) -> None:
    app = QApplication([])
    add_fonts()
    for name, (make, theme, percent, size) in PICTURES.items():
        if only and name not in only:
            continue
        apply_look(app, Look(load_theme(theme), percent))
        widget = make()
        widget.resize(*size)
        widget.show()
        widget.activateWindow()
        app.processEvents()
        widget.grab().save(str(folder / f"bok-{name}.png"))
        widget.close()
        widget.deleteLater()
        app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
