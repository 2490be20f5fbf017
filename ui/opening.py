"""The small window while the database is opened: it says what goes on, and what to do when it can't be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from reception.errors import Refusal
from ui.theme import look_of
from ui.widgets import RING, KeyButton, KeyGrid, Paragraph, Sheet
from ui.widgets.announcing import announce

BY_ITSELF = "It is tried again by itself, every few seconds."
_WIDTH, _HEIGHT = 640, 360
_MARGIN = 16


class OpeningWindow(QWidget):
    """One sheet with one sentence, and the ways on from it."""

    cancelled = Signal()
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setWindowTitle("Reception")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sheet = Sheet("Reception")
        self._words = Paragraph()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Progress")
        self._again = self._action("Try again", "Return", self.again.emit)
        self._close = self._action("Close", "Escape", self.cancelled.emit)
        self._buttons = KeyGrid(2)
        self._buttons.add(KeyButton(self._again))
        self._buttons.add(KeyButton(self._close))

        body = QVBoxLayout()
        body.setContentsMargins(_MARGIN - RING, 0, _MARGIN - RING, _MARGIN - RING)
        # Where the title begins; the buttons have room for their rings.
        told = QVBoxLayout()
        told.setContentsMargins(RING, 0, RING, 0)
        for widget in (self._words, self._progress):
            told.addWidget(widget)
        body.addLayout(told)
        body.addStretch(1)
        body.addWidget(self._buttons)
        self.sheet.body.addLayout(body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.addWidget(self.sheet)
        look = look_of(self)
        self.resize(look.px(_WIDTH), look.px(_HEIGHT))

    def _action(self, words: str, key: str, run: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: run())
        self.addAction(action)
        return action

    def show_working(self) -> None:
        """The database is being opened or brought up to date."""
        self._show("Opening Reception", "The database is being opened.", progress=True)
        self._progress.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """A backup copy is being made before the database is brought up to date."""
        self._words.set_text("The database is being brought up to date. A copy is made first.")
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)

    def show_refusal(self, refusal: Refusal, *, by_itself: bool = False) -> None:
        """It can't be opened: why, and what to do. `by_itself`: it is tried again without anybody."""
        words = f"{refusal.reason} {refusal.remedy} {BY_ITSELF if by_itself else ''}".strip()
        if self.isVisible() and self._again.isVisible() and words == self.accessibleDescription():
            return  # said before, and still so
        self._show("Reception cannot start", words, again=True)

    def _show(self, title: str, words: str, *, progress: bool = False, again: bool = False) -> None:
        self.sheet.set_title(title)
        self._words.set_text(words)
        self.setAccessibleDescription(words)
        announce(self, words, urgent=again)
        self._progress.setVisible(progress)
        self._again.setVisible(again)
        self._again.setEnabled(again)
        self.show()
