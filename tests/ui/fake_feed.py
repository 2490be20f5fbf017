"""News of a door in memory: looks at it often, as a real feed looks at its database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from reception.clock import Instant
from reception.domain.stations import Beat, Contact, Reach
from reception.errors import Refusal

LOOK_EVERY_S = 0.02
LOOKS_TO_A_BEAT = 25


class FakeFeed:
    """`look` gives the journal's sequence and the time, None while nobody answers, or refuses."""

    def __init__(
        self,
        look: Callable[[], tuple[int, Instant] | None],
        on_beat: Callable[[Beat], None],
        on_contact: Callable[[Contact], None],
    ) -> None:
        self._look = look
        self._on_beat = on_beat
        self._on_contact = on_contact
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed.set()

    def wait(self, seconds: float) -> bool:
        self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()

    def _run(self) -> None:
        said: Any = None
        last_live: Instant | None = None
        shown, looks = -1, 0
        while not self._closed.wait(LOOK_EVERY_S if looks else 0):
            looks += 1
            try:
                found = self._look()
            except Refusal:
                reach = Reach.LOST
            else:
                reach = Reach.LOST if found is None else Reach.LIVE
                last_live = last_live if found is None else found[1]
            if reach is not said:
                said = reach
                self._on_contact(Contact(reach, last_live))
            if reach is Reach.LIVE and found is not None and (found[0] != shown or looks % LOOKS_TO_A_BEAT == 0):
                shown = found[0]
                self._on_beat(Beat(shown, 1, found[1]))
