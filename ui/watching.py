"""What a window shows of its office, asked again whenever something changes, and never twice at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reception.domain.desk_view import DeskView
from reception.domain.stations import Beat
from reception.services.queries import Board, Desk, Kiosk
from reception.services.supervisor_queries import Today
from ui.reach import CONNECTION_CODES
from ui.refused import Refused

if TYPE_CHECKING:
    from reception.domain.board import BoardView
    from reception.domain.kiosk import KioskView
    from reception.domain.today_view import TodayView

    View = DeskView | KioskView | BoardView | TodayView
    """What a window shows of its office, asked again whenever something changes."""

Watched = Desk | Kiosk | Board | Today
Asking = Callable[[Watched, "Callable[[View], None]", Callable[[Refused], None]], None]

SOONEST_REORDER_MS = 250
SOONEST_TODAY_MS = 1_000
"""A whole day's figures are asked no more often, however much happens."""


class Watching(QObject):
    """Asks with `ask`, whenever `may_ask`, from :meth:`watch` on until it is closed."""

    came = Signal(object)
    """The `View` of what is watched."""

    def __init__(self, ask: Asking, may_ask: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._may_ask = may_ask
        self._watched: Watched | None = None
        self._is_asked = False
        self._wanted_again = False
        self._missed = False
        self._sequence = -1
        self._beat: Beat | None = None
        self._order_timer = QTimer(self)
        self._order_timer.setSingleShot(True)
        self._order_timer.timeout.connect(self.refresh)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SOONEST_TODAY_MS)
        self._pause.timeout.connect(self._catch_up)

    def watch(self, window: Watched | None) -> None:
        """From now on this; None: nothing."""
        self._watched = window
        self._sequence = -1
        self._order_timer.stop()
        self._pause.stop()
        self.refresh()

    def refresh(self) -> None:
        """Ask the view again. While one request is under way, at most one more is remembered."""
        if self._watched is None:
            return
        if self._is_asked or self._pause.isActive():
            self._wanted_again = True
            return
        if not self._may_ask():
            return
        self._is_asked = True
        watched = self._watched
        if isinstance(watched, Today):
            self._pause.start()

        def came(view: View) -> None:
            self._missed = False
            if watched == self._watched:
                self._take(view)
            self._settled()

        def came_not(no: Refused) -> None:
            # A connection that has ended is made anew: at once, and then with each heartbeat.
            is_first = not self._missed and no.code in CONNECTION_CODES
            self._missed = True
            self._wanted_again = self._wanted_again or is_first
            self._settled()

        self._ask(watched, came, came_not)

    def _take(self, view: View) -> None:
        self._sequence = view.sequence
        self._order_timer.stop()
        if view.order_valid_until is not None:
            self._order_timer.start(max(SOONEST_REORDER_MS, view.order_valid_until - view.now + 1))
        self.came.emit(view)

    def _settled(self) -> None:
        self._is_asked = False
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_asked:
            return
        if self._wanted_again or (not self._missed and self._is_behind()):
            self._wanted_again = False
            self.refresh()

    def _is_behind(self) -> bool:
        """The journal has moved since what is shown was read."""
        return self._beat is not None and self._beat.sequence > self._sequence

    def hear(self, beat: Beat) -> None:
        """Ask again where what is shown is not what the database holds now."""
        before, self._beat = self._beat, beat
        # A migration changes the settings, too, and moves no journal.
        has_other_settings = before is not None and before.settings_version != beat.settings_version
        if has_other_settings or ((self._is_behind() or self._missed) and not self._is_asked):
            self.refresh()

    def close(self) -> None:
        self._watched = None
        self._order_timer.stop()
        self._pause.stop()


class Views(QObject):
    """All that a window shows of its offices, each asked by itself."""

    came = Signal(object)
    """The `View` of one of them."""

    def __init__(self, ask: Asking, may_ask: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._may_ask = may_ask
        self._watchings: list[Watching] = []

    def watch(self, *windows: Watched) -> None:
        """From now on these; none: rest."""
        while len(self._watchings) < len(windows):
            watching = Watching(self._ask, self._may_ask, self)
            watching.came.connect(self.came)
            self._watchings.append(watching)
        for watching, window in zip_longest(self._watchings, windows):
            watching.watch(window)

    def refresh(self) -> None:
        for watching in self._watchings:
            watching.refresh()

    def hear(self, beat: Beat) -> None:
        for watching in self._watchings:
            watching.hear(beat)

    def close(self) -> None:
        for watching in self._watchings:
            watching.close()
