"""How a station stands with the shared database, as it and its window know it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from reception.domain.stations import Contact, Reach
from reception.storage.own_file import OwnFile


class Standing:
    """Whether a station is cut off. Used from several threads.

    What was kept when the program ended, or was killed, joins before anything else is done at the database: such a
    station begins as cut off.
    """

    def __init__(self, own: OwnFile, *, has_shared: bool) -> None:
        self._own = own
        self._cut = threading.Event()
        if not has_shared or own.kept.unjoined:
            self._cut.set()
        self._on_contact: Callable[[Contact], None] | None = None
        self.woken = threading.Event()
        """Set when there is something to look at: whether the database is back, or what has changed there."""
        self.woken.set()
        self.shares_name = False
        """Whether another window is called the same."""

    @property
    def is_cut_off(self) -> bool:
        return self._cut.is_set()

    @property
    def contact(self) -> Contact:
        """SLOW is for whoever measures it."""
        heard, copy = self._own.clock.last_heard, self._own.copy
        last = heard if heard is not None or copy is None else copy.last_live
        return Contact(Reach.LOST if self.is_cut_off else Reach.LIVE, last, self.shares_name)

    def tell_to(self, on_contact: Callable[[Contact], None]) -> None:
        """From now on say there when this changes, and at once if it is cut off."""
        self._on_contact = on_contact
        if self.is_cut_off:
            self.tell()

    def tell(self, contact: Contact | None = None) -> None:
        """`contact` None: as this knows it."""
        if self._on_contact is not None:
            self._on_contact(contact or self.contact)

    def lose(self) -> None:
        """Said by whoever finds out first."""
        if not self.is_cut_off:
            self._cut.set()
            self.woken.set()
            self.tell()

    def find(self) -> None:
        """All that was done here has joined. Not told yet: the own file follows first."""
        self._cut.clear()
