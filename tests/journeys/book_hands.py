"""Works in the desk's window and in the book that opens inside it, by keys alone, and reads what was printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.config import PrinterConfig, PrinterKind
from reception.documents.raster import rasterise
from reception.domain.events import Recorded
from reception.storage.journal import facts_of_appointments
from tests.documents.samples import decoded, pages_of, text_of
from tests.services.the_book import AtBook, with_a_book
from tests.support import door_on
from tests.ui.desk_driver import CTRL, ESCAPE, DeskDriver
from ui.book.page import BookPage
from ui.panels.panel import Panel

TABS = 80
"""No form here has more stops for Tab."""


def door_with_book(url: str, clock: SetClock, paper: Path | None = None, **changes: Any) -> Door:
    """An office with rooms and interpreters on a new database; letters go to the folder `paper`."""
    printer = PrinterConfig(kind=PrinterKind.FOLDER, address=str(paper)) if paper is not None else PrinterConfig()
    door = door_on(url, clock, station="Desk 1", printer=printer)
    at = AtBook(door)
    at.set_up()
    at.change_settings(with_a_book(**changes))
    return door


def second_door(url: str, clock: SetClock) -> AtBook:
    """Another desk of the same office: a door of its own on the same database."""
    return AtBook(door_on(url, clock), "counter-2", "ewan", "Desk 2").sign_in()  # type: ignore[return-value]


def facts_about(door: Door, appointment_id: str) -> list[str]:
    """The kinds of all facts of an appointment, the oldest first."""
    found: tuple[Recorded, ...]
    with door._database.read() as (connection, _head, _now):
        found = facts_of_appointments(connection, [appointment_id])[appointment_id]
    return [type(each.fact).__name__ for each in found]


class BookHands(DeskDriver):
    """One window with its clock and the folder that its printer fills."""

    def __init__(self, qtbot: QtBot, door: Door, clock: SetClock, paper: Path | None = None) -> None:
        super().__init__(qtbot, door, counter="Counter 1", station="Desk 1")
        self.clock, self.paper = clock, paper

    # -- time ------------------------------------------------------------------------------------------------

    def minutes_pass(self, minutes: int) -> None:
        """On the clock of the office and on the window's."""
        self.clock.at += minutes * MINUTE
        self.pass_time(minutes * MINUTE)

    # -- the book --------------------------------------------------------------------------------------------

    @property
    def page(self) -> BookPage:
        page = self.window.pages.currentWidget()
        assert isinstance(page, BookPage), "the book is not open"
        return page

    def open_book(self) -> None:
        self.key(Qt.Key.Key_F4)
        self.until(lambda: isinstance(self.window.pages.currentWidget(), BookPage))
        self.until(lambda: self.page.view().sequence >= 0)
        self.until_answered()

    def leave_book(self) -> None:
        self.key(ESCAPE)
        self.until(lambda: not isinstance(self.window.pages.currentWidget(), BookPage))

    def until_asked(self, kind: type[Panel] | None) -> Any:
        """Until the book asks this on its right; None for nothing."""
        wanted = kind if kind is not None else type(None)
        self.until(lambda: type(self.page.stack.top()) is wanted)
        return self.page.stack.top()

    def names(self) -> list[str]:
        """Who has a place in the grid, from left to right and from the top down."""
        plan = self.page.grid.plan()
        assert plan is not None
        blocks = (plan.by_key.get(spot.key) for spot in self.page.grid.spots())
        return [block.row.name for block in blocks if block is not None and block.row is not None]

    def chosen_name(self) -> str:
        row = self.page.chosen().row
        return row.name if row is not None else ""

    # -- keys ------------------------------------------------------------------------------------------------

    def tab_to(self, widget: QWidget) -> None:
        """Tab, until it has the focus."""
        for _ in range(TABS):
            if widget.hasFocus():
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {widget.accessibleName() or widget}")

    def tick(self, box: QWidget) -> None:
        self.tab_to(box)
        self.key(Qt.Key.Key_Space)

    def fill(self, field: QWidget, words: str) -> None:
        self.tab_to(field)
        self.type(words)

    def take(self, panel: Any, figure: str) -> Any:
        """One of the free times by its figure; the slot."""
        finder = panel.finder
        self.until(lambda: len(finder.picks.picks()) == 3)
        self.until_answered()
        self.until(lambda: any(each.hasFocus() for each in finder.picks.controls()))
        self.key(figure)
        assert finder.slot() is not None
        return finder.slot()

    def undo(self, said: str) -> None:
        """Ctrl Z, wherever the focus is."""
        self.key(Qt.Key.Key_Z, CTRL)
        self.until_said(f"Taken back: {said}")

    # -- paper -----------------------------------------------------------------------------------------------

    def printed(self, count: int = 1) -> bytes:
        """The last of `count` papers that have come out."""
        assert self.paper is not None
        folder = self.paper
        self.until(lambda: len(list(folder.glob("*.pdf"))) == count)
        return max(folder.glob("*.pdf"), key=lambda each: each.stat().st_mtime_ns).read_bytes()


def read(pdf: bytes) -> str:
    """All words of a letter, in one line."""
    return " ".join(text_of(pdf, page) for page in range(pages_of(pdf)))


def code_on(pdf: bytes) -> str:
    """What the code on the first page says."""
    found = decoded(rasterise(pdf)[0])
    assert len(found) == 1
    return found[0]
