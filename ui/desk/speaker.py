"""Decides what the line at the bottom says: what just happened first, then what stands, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum, auto

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ui.desk.said import Offer, Said
from ui.pulse import monotonic_millis
from ui.widgets import MessageLine

EVENT_FOR_MS = 8_000
"""What just happened is said for so long, if something else stands."""
REFUSAL_FOR_MS = 20_000


class Standing(IntEnum):
    """What may stand, the most pressing first."""

    OFFLINE = auto()
    PRINT_FAILED = auto()
    NOT_JOINED = auto()
    HELP = auto()
    SLOW = auto()
    CLOCK = auto()
    NAMESAKE = auto()
    QUESTION = auto()
    DUTY = auto()
    PROMISE = auto()
    PRINT_SLOW = auto()
    OPEN_UNTIL = auto()


class Speaker(QObject):
    """Speaks through a :class:`MessageLine`; its two actions do what the sentence offers."""

    def __init__(
        self, line: MessageLine, actions: tuple[QAction, QAction], elapsed: Callable[[], int] = monotonic_millis
    ) -> None:
        super().__init__(line)
        self._line = line
        self._actions = actions
        self._elapsed = elapsed
        self._event: Said | None = None
        self._event_until = 0
        self._standing: dict[Standing, Said] = {}
        self._offers: tuple[Offer, ...] = ()

    def say(self, said: Said) -> None:
        """Something has just happened, or was refused."""
        self._event = said
        self._event_until = self._elapsed() + (REFUSAL_FOR_MS if said.mood != "done" else EVENT_FOR_MS)
        self._show(said)

    def keep(self, standing: Standing, said: Said) -> None:
        """Something stands until it is dropped."""
        self._standing[standing] = said
        self.refresh()

    def drop(self, standing: Standing) -> None:
        if self._standing.pop(standing, None) is not None:
            self.refresh()

    def forget_event(self) -> None:
        """What happened last is answered; what stands may be said again."""
        self._event = None
        self.refresh()

    def unsay(self, said: Said) -> None:
        """What was said last is true no more: it goes, if it is this."""
        if self._event is said:
            self.forget_event()

    def refresh(self) -> None:
        """Say what is to be said now; called every second too."""
        if self._event is not None and (self._elapsed() < self._event_until or not self._pressing()):
            self._show(self._event)
            return
        self._event = None
        standing = min(self._standing, default=None)
        self._show(self._standing[standing] if standing is not None else Said(""))

    def _pressing(self) -> bool:
        """Something stands that is worth more than what happened a while ago."""
        return any(standing is not Standing.OPEN_UNTIL for standing in self._standing)

    def run(self, place: int) -> bool:
        """Do what the line offers first or second; False where it offers nothing there."""
        if place >= len(self._offers):
            return False
        self._offers[place].run()
        return True

    def _show(self, said: Said) -> None:
        self._offers = said.offers[: len(self._actions)]
        for action, offer in zip(self._actions, self._offers, strict=False):
            action.setText(offer.words)
        self._line.say(said.text, said.detail, said.mood, self._actions[: len(self._offers)])
