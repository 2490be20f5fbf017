"""A station's own connection for news and heartbeat, on a thread of its own, apart from all other work.

It says when the journal has moved, what the database's clock says, and how well the database answers. It is kept up for
as long as the station runs: whatever happens to the server, it is tried again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from time import monotonic_ns
from typing import Protocol

from reception.clock import Instant, Millis
from reception.domain.stations import Beat, Contact
from reception.storage.contact import Judge

log = logging.getLogger(__name__)

BEAT_EVERY: Millis = 800
"""From an answer to the next question: a second, less what an answer may take. A server that takes two seconds for each
is slow and not lost, and one that has gone is missed within three."""
AGAIN_AFTER: tuple[Millis, ...] = (0, 250, 1_000, 2_000, 5_000)
"""How long it is waited before the first, second, … try to connect again; from then on always the last."""


class Gone(Exception):  # noqa: N818  not an error of the program
    """The connection has ended or was refused."""


class Silent(Exception):  # noqa: N818
    """Nothing was answered for so long that the connection is given up."""


class Closing(Exception):  # noqa: N818
    """The station has had enough."""


class Line(Protocol):
    """A connection to one kind of database."""

    def talk(self, feed: Feed) -> None:
        """Connect, then tell the feed of every beat, until Gone, Silent or Closing. Leaves no connection behind."""
        ...

    def wake(self) -> None:
        """End all waiting; called from another thread."""
        ...

    def close(self) -> None:
        """The feed has ended."""
        ...


def elapsed() -> Millis:
    return monotonic_ns() // 1_000_000


class Feed:
    """Calls `on_beat` and `on_contact` from its own thread, until `close`.

    A beat comes with each heartbeat, and at once when the journal has moved.
    """

    def __init__(
        self,
        line: Line,
        on_beat: Callable[[Beat], None],
        on_contact: Callable[[Contact], None],
        time_of: Callable[[Instant | None], Instant],
    ) -> None:
        """`time_of`: the time to go by, given what the database's own clock says (None: it has none)."""
        self._line = line
        self._on_beat = on_beat
        self._time_of = time_of
        self._closed = threading.Event()
        self.judge = Judge(on_contact, elapsed())
        self._last: Beat | None = None
        self._last_at: Millis = 0
        self._thread = threading.Thread(target=self._run, name="reception-feed", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Nothing more is told, once the thread has ended."""
        self._closed.set()
        self._line.wake()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread's end; whether it has ended."""
        self._thread.join(max(0.0, seconds))
        return not self._thread.is_alive()

    # -- for the line, on the feed's thread ------------------------------------------------------------------------

    @property
    def is_closed(self) -> bool:
        return self._closed.is_set()

    def pause(self, milliseconds: Millis) -> None:
        if self._closed.wait(milliseconds / 1000):
            raise Closing

    def answered(self, sequence: int, settings_version: int, database_now: Instant | None) -> None:
        """The heartbeat was answered."""
        self._last_at = elapsed()
        self._last = Beat(sequence, settings_version, self._time_of(database_now))
        self.judge.answered(self._last_at, self._last.database_now)
        self._on_beat(self._last)

    def heard(self, sequence: int) -> bool:
        """The journal is said to have moved; False when that is not all: then the heartbeat is wanted."""
        if self._last is None or sequence <= self._last.sequence:
            return False
        now = elapsed()
        at = self._last.database_now + now - self._last_at
        self._last, self._last_at = Beat(sequence, self._last.settings_version, at), now
        self._on_beat(self._last)
        return True

    def _run(self) -> None:
        with suppress(Closing), closing(self._line):
            tries = 0
            while True:
                tries = 0 if self._has_talked() else tries + 1
                self.pause(AGAIN_AFTER[min(tries, len(AGAIN_AFTER) - 1)])

    def _has_talked(self) -> bool:
        """Keep up one connection for as long as it holds; whether anything was answered on it."""
        before = self._last
        try:
            self._line.talk(self)
        except Silent:
            pass
        except Gone as gone:
            # One that has ended is tried again at once; only then it is known that there is nobody.
            if self._last is before:
                log.debug("no heartbeat: %s", gone)
                self.judge.refused()
        except Closing:
            raise
        except Exception:
            log.exception("a bug in the heartbeat")
            self.judge.refused()
        return self._last is not before
