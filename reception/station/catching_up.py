"""Shared database and own file brought together, again and again: what was done here joins, then the file follows."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from reception.app import Door
from reception.errors import Refusal
from reception.station.following import Following
from reception.station.joining import Joining
from reception.station.possible import OUT_OF_REACH
from reception.station.standing import Standing
from reception.storage.own_file import OwnFile
from reception.storage.refusals import LOOK_AT_THE_NETWORK

log = logging.getLogger(__name__)

LOOK_AGAIN_SECONDS = 1.0
FOLLOW_AFTER_SECONDS = 0.2
"""Changes that come together are copied together, and after they have been shown."""


class CatchingUp:
    """`shared` None: it could not be reached yet, and `open_shared` is tried. `on_back` is told when it answers."""

    def __init__(
        self,
        own: OwnFile,
        standing: Standing,
        joining: Joining,
        following: Following,
        open_shared: Callable[[], Door],
        shared: Door | None,
        on_back: Callable[[Door], None],
    ) -> None:
        self._own = own
        self._standing = standing
        self._joining = joining
        self._following = following
        self._open_shared = open_shared
        self.shared = shared
        self._on_back = on_back
        self.turn = threading.Lock()
        """Of a command that is done in the own file, and of finding that nothing is left to join."""
        self._looking = threading.Lock()
        self._closed = threading.Event()
        self.held_back = ""
        """Why what is kept here cannot join although the server is there, and what to do; empty: it can."""

    def watch(self) -> None:
        """From now on by itself, on a thread of its own, until it is closed."""
        threading.Thread(target=self._watch, name="reception-own-file", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._standing.woken.set()

    def look_again(self) -> bool:
        """Whether the database is back; then all that was done here has joined it. Takes its time; one at a time."""
        with self._looking:
            if self._standing.is_cut_off:
                self._try_to_join()
        return not self._standing.is_cut_off

    def _try_to_join(self) -> None:
        try:
            if self.shared is None:
                self.shared = self._open_shared()
            shared = self.shared
            shared.changes(-1 if self._own.copy is None else self._own.copy.sequence)
            self._join_all(shared)
        except Refusal as refusal:
            self._say_held_back("" if refusal.remedy == LOOK_AT_THE_NETWORK else f"{refusal.reason} {refusal.remedy}")
            return
        self.held_back = ""
        self.follow(whole=True)
        if not self._standing.is_cut_off:
            self._on_back(shared)
            self._standing.tell()

    def _join_all(self, shared: Door) -> None:
        """Then the station is live again."""
        while self._standing.is_cut_off:
            self._joining.join(shared)
            with self.turn:
                if self._own.kept.unjoined == 0:
                    self._standing.find()

    def _say_held_back(self, why: str) -> None:
        """Once, and not each time that it is tried again."""
        if why == self.held_back:
            return
        self.held_back = why
        if why:
            log.warning("what is kept here does not join yet: %s", why)
        self._standing.tell()

    def follow(self, *, whole: bool = False) -> bool:
        """Bring the own file up to what the database holds now. False when it was, or when that must wait."""
        if self.shared is None or self._standing.is_cut_off:
            return False
        try:
            return self._following.follow(self.shared, whole=whole)
        except Refusal as refusal:
            if refusal.code in OUT_OF_REACH:
                self._standing.lose()
            else:
                log.warning("the station's own file could not follow: %s", refusal.code)
            return False

    def _watch(self) -> None:
        woken = self._standing.woken
        while not self._closed.is_set():
            woken.wait(LOOK_AGAIN_SECONDS if self._standing.is_cut_off else None)
            woken.clear()
            try:
                if self._standing.is_cut_off:
                    self.look_again()
                elif not self._closed.wait(FOLLOW_AFTER_SECONDS):
                    self.follow()
            except Exception:
                log.exception("the station's own file")
