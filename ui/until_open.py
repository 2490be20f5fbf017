"""What is shown while the database is opened, and while it can't be: to staff what to do, to visitors to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reception.config import Config
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from ui.opening import OpeningWindow
from ui.theme import Look
from ui.theme_file import load_theme

if TYPE_CHECKING:
    from ui.display.waiting import WaitingWindow

OPEN_AGAIN_MS = 4_000
UNATTENDED = (StationKind.DISPLAY, StationKind.KIOSK)
_PASSES = (Code.DATABASE_UNREACHABLE, Code.DATABASE_BUSY)
"""Refusals that somebody elsewhere ends: no person at this station has to."""


class UntilOpen(QObject):
    """One window or the other, made when it is first wanted. `config` tells how the station looks now."""

    wanted = Signal()
    """A person wants the database opened again."""
    due = Signal()
    """It is time to try again; what was said last stays until there is something else to say."""
    given_up = Signal()

    def __init__(self, kind: StationKind, config: Callable[[], Config], parent: QObject) -> None:
        super().__init__(parent)
        self._kind = kind
        self._config = config
        self._opening: OpeningWindow | None = None
        self._waiting: WaitingWindow | None = None
        """In place of the opening window where only visitors look."""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(OPEN_AGAIN_MS)
        self._again.timeout.connect(self.due)

    def show_working(self) -> None:
        """Where the window stands already, it says that the database is being opened."""
        if self._opening is not None:
            self._opening.show_working()

    def show_progress(self, done: int, total: int) -> None:
        self._opening_window().show_progress(done, total)

    def show_refusal(self, refusal: Refusal) -> None:
        """Why it can't be opened; where no person here has to do anything, it is soon tried again."""
        again = self._kind in UNATTENDED or refusal.code in _PASSES
        if self._kind is StationKind.DISPLAY or refusal.code is Code.NO_OFFICE or self._waiting is not None:
            self._waiting_window().show_refusal(refusal)
        else:
            self._opening_window().show_refusal(refusal, by_itself=again)
        if again and refusal.code is not Code.CANCELLED:
            self._again.start()

    def hide(self) -> None:
        """Another window stands now."""
        for window in (self._opening, self._waiting):
            if window is not None:
                window.hide()

    def rest(self) -> None:
        """It is not tried again by itself."""
        self._again.stop()

    def _opening_window(self) -> OpeningWindow:
        if self._opening is None:
            self._opening = OpeningWindow()
            self._opening.again.connect(self.wanted)
            self._opening.cancelled.connect(self.given_up)
            self._opening.show_working()
        return self._opening

    def _waiting_window(self) -> WaitingWindow:
        from ui.display.waiting import WaitingWindow

        if self._waiting is None:
            config = self._config()
            self._waiting = WaitingWindow(Look(load_theme(config.theme.value)), config, self._kind)
            self._waiting.closed.connect(self.given_up)
            self._waiting.show()
        if self._opening is not None:
            self._opening.hide()
        return self._waiting
