"""Who takes the tour: real keys and clicks, eyes that wait for words on the screen, and a notebook."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from reception.errors import Code, Refusal
from ui.book.page import BookPage
from ui.desk.window import DeskWindow
from ui.panels.panel import Panel
from ui.panels.rows_panel import RowsPanel
from ui.program import Program

STEP_MS = 60_000
HUMAN_PAUSE_MS = 80
"""Longer than between two keys of a scanner."""

_NONE = Qt.KeyboardModifier.NoModifier


def pause(milliseconds: int) -> None:
    """Let the program go on for a while. (QTest's own wait lets no other thread run meanwhile.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Tour:
    """One person at the program: hands, eyes and a notebook."""

    def __init__(self, out: Path, program: Program) -> None:
        self._out = out
        self._program = program
        self._lines = ["# A tour of Reception", ""]
        self._pictures = 0
        self._last_key: Qt.Key | None = None

    # -- hands ---------------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        target = QApplication.activePopupWidget() or self.window
        if key is self._last_key:
            pause(QApplication.doubleClickInterval())  # sooner, the same key would count as a double press
        self._last_key = key
        QTest.keyClick(target.windowHandle(), key, modifier)
        pause(HUMAN_PAUSE_MS)

    def write(self, words: str) -> None:
        for character in words:
            self._press(character)
            pause(HUMAN_PAUSE_MS)

    def scan(self, code: str) -> None:
        """As a scanner types: without a pause between two keys, and Enter."""
        for character in code:
            self._press(character)
        QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Return)
        pause(HUMAN_PAUSE_MS)

    def _press(self, character: str) -> None:
        shift = Qt.KeyboardModifier.ShiftModifier if character.isupper() else _NONE
        QTest.keyClick(self.window.windowHandle(), character, shift)  # type: ignore[call-overload]

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.look_at(widget)
        where = at if at is not None else widget.rect().center()
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, _NONE, widget.mapTo(self.window, where))
        pause(HUMAN_PAUSE_MS)

    def look_at(self, widget: QWidget) -> None:
        """Turn the wheel until it is in sight."""
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(widget)
            pause(HUMAN_PAUSE_MS)

    def choose_visit(self, number: str) -> None:
        """Click the row of a ticket in the queue, which opens all about it."""
        view = self.desk.queue
        model = view.model()

        def row() -> int:
            return next((at for at in range(model.rowCount()) if model.index(at, 0).data() == number), -1)

        self.until(f"{number} in the queue", lambda: row() >= 0)
        view.scrollTo(model.index(row(), 0))
        self.click(view.viewport(), view.visualRect(model.index(row(), 0)).center())
        self.until_panel(number)

    # -- eyes ----------------------------------------------------------------------------------------------------

    @property
    def window(self) -> QWidget:
        window = self._program.window
        assert window is not None
        return window

    @property
    def desk(self) -> DeskWindow:
        assert isinstance(self.window, DeskWindow)
        return self.window

    @property
    def is_in_book(self) -> bool:
        return isinstance(self.desk.pages.currentWidget(), BookPage)

    @property
    def book(self) -> BookPage:
        """The book's page, which is made when it is first opened."""
        page = self.desk.pages.currentWidget()
        assert isinstance(page, BookPage)
        return page

    @property
    def panel(self) -> Panel | None:
        """The question that is open at the desk, or in the book."""
        page = self.desk.pages.currentWidget()
        return (page.stack if isinstance(page, BookPage) else self.desk.stack).top()

    def is_window(self, kind: type[QWidget]) -> bool:
        return isinstance(self._program.window, kind)

    def until(self, what: str, seen: Callable[[], bool]) -> None:
        """Wait for something to be on the screen; refuses, naming it, when it doesn't come."""
        deadline = time.monotonic() + STEP_MS / 1000
        while not seen():
            if time.monotonic() > deadline:
                self.picture(f"stopped at: {what}")
                raise Refusal(
                    Code.NOT_POSSIBLE_NOW, f"The tour stopped: {what} did not come.", "Look at the last picture."
                )
            pause(20)

    def until_said(self, words: str) -> None:
        self.until(f"“{words}”", lambda: words in self.desk.line.said())

    def until_panel(self, title: str) -> None:
        def shown() -> bool:
            top = self.panel
            return top is not None and title.lower() in top.accessibleName().lower()

        self.until(f"the panel “{title}”", shown)

    def until_rows(self) -> None:
        """Until the list of the panel has come."""
        self.until("the list", lambda: isinstance(panel := self.panel, RowsPanel) and panel.found.rowCount() > 0)

    def until_done(self) -> None:
        """Until no question is open any more."""
        self.until("the end of the question", lambda: self.panel is None)

    # -- the notebook ----------------------------------------------------------------------------------------------

    def note(self, words: str) -> None:
        self._lines += [words, ""]

    def picture(self, title: str) -> None:
        pause(HUMAN_PAUSE_MS)
        self._pictures += 1
        name = f"{self._pictures:02d}-{''.join(c if c.isalnum() else '-' for c in title.lower()).strip('-')}.png"
        self.window.grab().save(str(self._out / name))
        self._lines += [f"![{title}]({name})", ""]

    def finish(self) -> Path:
        transcript = self._out / "transcript.md"
        transcript.write_text("\n".join(self._lines), encoding="utf-8")
        return transcript
