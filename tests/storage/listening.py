"""Somebody who hears all that a feed tells, and waits for what is to come."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import Self

from reception.app import Door
from reception.domain.stations import Beat, Contact, Reach
from reception.storage.feed import Feed

PATIENCE_S = 20.0


class Listener:
    """Inside ``with``: listens at a door."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._change = threading.Condition()
        self.beats: list[Beat] = []
        self.contacts: list[Contact] = []
        self.told_at: list[float] = []
        """When each contact was told, seconds of the monotonic clock."""
        self.feed: Feed

    def __enter__(self) -> Self:
        self.feed = self._door.feed(self._beat, self._contact)
        return self

    def __exit__(self, *_: object) -> None:
        self.feed.close()
        assert self.feed.wait(PATIENCE_S), "the feed's thread ends when it is told to"

    def _beat(self, beat: Beat) -> None:
        with self._change:
            self.beats.append(beat)
            self._change.notify_all()

    def _contact(self, contact: Contact) -> None:
        with self._change:
            self.contacts.append(contact)
            self.told_at.append(monotonic())
            self._change.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self._change:
            assert self._change.wait_for(condition, PATIENCE_S), (self.beats[-3:], self.contacts)

    def until_beat(self, condition: Callable[[Beat], bool] = lambda _: True) -> Beat:
        """The next beat of which that is true, also one that has come just before."""
        self.until(lambda: bool(self.beats) and condition(self.beats[-1]))
        return self.beats[-1]

    def until_reach(self, reach: Reach) -> Contact:
        self.until(lambda: bool(self.contacts) and self.contacts[-1].reach is reach)
        return self.contacts[-1]

    def reaches(self) -> list[Reach]:
        return [each.reach for each in self.contacts]
