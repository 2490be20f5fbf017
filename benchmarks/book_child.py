"""A process with one book in it, which times itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from statistics import median

from msgspec.structs import replace
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measure import percentile, timed
from reception.clock import MINUTE
from reception.services.appointment_queries import Book
from tests.ui.fake_book import busy_day
from tests.ui.sample_book import NOW, TODAY
from ui.book.columns import Arrangement
from ui.book.grid import BookGrid
from ui.book.plan import Plan
from ui.theme import Look, add_fonts, apply_look
from ui.theme_file import load_theme

OFFICERS, BOOKINGS = 40, 600


class Plain(QWidget):
    """As many rectangles as there are bookings, each with a word."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at in range(BOOKINGS):
            rect = QRect(at % OFFICERS * 24, at // OFFICERS * 48, 22, 44)
            painter.fillRect(rect, Qt.GlobalColor.transparent)
            painter.drawText(rect, str(at))


def settled() -> None:
    for _ in range(2):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def main(rounds: int, steps: int) -> None:
    app = QApplication([])
    add_fonts()
    apply_look(app, Look(load_theme("light")))
    door = busy_day(OFFICERS, BOOKINGS)
    view = door.ask(Book("civic", TODAY))
    shown = Arrangement(TODAY)

    plain = Plain()
    plain.resize(974, 696)
    plain.show()
    settled()
    plain_s = [timed(plain.grab) for _ in range(rounds)]
    plain.close()

    def opened() -> None:
        grid = BookGrid()
        grid.resize(974, 696)
        grid.show_plan(Plan(view, shown), NOW)
        grid.show()
        settled()
        grids.append(grid)

    grids: list[BookGrid] = []
    open_s = [timed(opened) for _ in range(rounds)]
    for each in grids[:-1]:
        each.close()
    grid = grids[-1]
    grid.activateWindow()
    grid.setFocus()
    grid.choose_first()
    settled()

    def all_steps(do: Callable[[int], object]) -> list[float]:
        def once(at: int) -> None:
            do(at)
            settled()

        return [timed(lambda at=at: once(at)) for at in range(steps)]  # type: ignore[misc]

    down, across = grid.verticalScrollBar(), grid.horizontalScrollBar()
    scroll_s = all_steps(lambda at: down.setValue(down.maximum() * (at % 20) // 20))
    across_s = all_steps(lambda at: across.setValue(40 * (at % 100)))
    key_s = all_steps(lambda at: QTest.keyClick(grid, Qt.Key.Key_Down if at % 40 < 20 else Qt.Key.Key_Right))
    first = view.rows[0]

    def changed(at: int) -> None:
        row = replace(first, name=f"Visitor {at}")
        grid.show_plan(Plan(replace(view, rows=(row, *view.rows[1:])), shown), NOW)

    change_s = all_steps(changed)
    tick_s = all_steps(lambda at: grid.tick(NOW + at * MINUTE))
    millis = 1000.0
    print(
        json.dumps(
            {
                "open_ms": median(open_s) * millis,
                "open_p95_ms": percentile(open_s, 0.95) * millis,
                "plain_ms": median(plain_s) * millis,
                "open_ratio": median(open_s) / median(plain_s),
                "scroll_p95_ms": percentile(scroll_s, 0.95) * millis,
                "across_p95_ms": percentile(across_s, 0.95) * millis,
                "change_ms": median(change_s) * millis,
                "key_p95_ms": percentile(key_s, 0.95) * millis,
                "tick_ms": median(tick_s) * millis,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
