"""The feed of the shared database as a window hears it through a station's door: nothing of it while cut off."""

from __future__ import annotations

from collections.abc import Callable

from reception.app import Door, Listening
from reception.domain.stations import Beat, Contact, Reach
from reception.station.standing import Standing
from reception.storage.own_file import OwnFile


class News:
    """`on_beat`: the window's. What it hears of contact is told to `standing`."""

    def __init__(self, own: OwnFile, standing: Standing, on_beat: Callable[[Beat], None]) -> None:
        self._own = own
        self._standing = standing
        self._on_beat = on_beat
        self._feed: Listening | None = None
        self._is_closed = False

    def listen(self, shared: Door) -> None:
        if self._feed is None and not self._is_closed:
            self._feed = shared.feed(self._beat, self._contact)

    def close(self) -> None:
        self._is_closed = True
        if self._feed is not None:
            self._feed.close()

    def wait(self, seconds: float) -> bool:
        return self._feed is None or self._feed.wait(seconds)

    def _beat(self, beat: Beat) -> None:
        """The database has told its time, and where its journal stands."""
        self._own.clock.compare(beat.database_now)
        copy = self._own.copy
        if copy is None or (copy.sequence, copy.settings_version) != (beat.sequence, beat.settings_version):
            self._standing.woken.set()
        if not self._standing.is_cut_off:
            self._on_beat(beat)

    def _contact(self, contact: Contact) -> None:
        self._standing.shares_name = contact.shares_name
        if contact.reach is Reach.LOST:
            self._standing.lose()
        elif self._standing.is_cut_off:
            self._standing.woken.set()
        else:
            self._standing.tell(contact)
