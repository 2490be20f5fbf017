"""The door's feed as a window hears it: what that says on its own thread is told on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from reception.domain.stations import Beat, Contact
from ui.door_like import DoorLike, FeedLike
from ui.worker import Relay


class Listening:
    """`on_beat` with each heartbeat and each change, `on_contact` when the database answers otherwise than before."""

    def __init__(
        self, door: DoorLike, relay: Relay, on_beat: Callable[[Beat], None], on_contact: Callable[[Contact], None]
    ) -> None:
        self._door = door
        self._relay = relay
        self._on_beat = on_beat
        self._on_contact = on_contact
        self._feed: FeedLike | None = None

    def begin(self) -> None:
        """Once, however often it is said."""
        if self._feed is None:
            self._feed = self._door.feed(self._told_of_beat, self._told_of_contact)

    def close(self) -> None:
        if self._feed is not None:
            self._feed.close()

    def wait(self, seconds: float) -> None:
        """Until it has ended, or so long."""
        if self._feed is not None:
            self._feed.wait(seconds)

    def _told_of_beat(self, beat: Beat) -> None:
        self._relay.tell(lambda: self._on_beat(beat))

    def _told_of_contact(self, contact: Contact) -> None:
        self._relay.tell(lambda: self._on_contact(contact))
