"""Judges from what was asked and what was answered whether the database is live, slow or out of reach."""

from __future__ import annotations

import logging
from collections.abc import Callable

from reception.clock import Instant, Millis
from reception.domain.stations import LOST_AFTER, SLOW_AFTER, Contact, Reach

log = logging.getLogger(__name__)


class Judge:
    """Tells the contact whenever it changes. All times are of a monotonic clock, in milliseconds."""

    def __init__(self, tell: Callable[[Contact], None], now: Millis) -> None:
        self._tell = tell
        self._said: Reach | None = None
        self._asked_at: Millis | None = None
        self._answered_at = now
        self._last_live: Instant | None = None
        self._has_seen_another = False
        self._shares_name = False

    def asked(self, now: Millis) -> None:
        """Something was sent that has to be answered; what was sent before and has no answer yet counts on."""
        if self._asked_at is None:
            self._asked_at = now

    def answered(self, now: Millis, database_now: Instant) -> None:
        """What was asked is answered; `database_now` is the database's time."""
        self._asked_at = None
        self._answered_at = now
        self._last_live = database_now
        self._say(Reach.LIVE)

    def saw_another(self, has: bool) -> None:
        """Whether another window of this station's name was there; told once two looks in a row agree."""
        before, self._has_seen_another = self._has_seen_another, has
        if has is before and has is not self._shares_name:
            self._shares_name = has
            if has:
                log.warning("another window has this station's name; give each a name of its own in its settings file")
            else:
                log.info("no other window has this station's name any more")
            if self._said is not None:
                self._tell(Contact(self._said, self._last_live, has))

    def refused(self) -> None:
        """There is nobody there, or nobody who lets us in."""
        self._say(Reach.LOST)

    def look(self, now: Millis) -> None:
        """Time has passed."""
        if self._said is Reach.LOST or self._asked_at is None:
            return
        if now - self._answered_at >= LOST_AFTER:
            self._say(Reach.LOST)
        elif now - self._asked_at >= SLOW_AFTER:
            self._say(Reach.SLOW)

    @property
    def is_lost(self) -> bool:
        return self._said is Reach.LOST

    def next_look(self, now: Millis) -> Millis | None:
        """How long it is until time alone makes a difference; None: it makes none."""
        if self._said is Reach.LOST or self._asked_at is None:
            return None
        at = self._answered_at + LOST_AFTER
        if self._said is not Reach.SLOW:
            at = min(at, self._asked_at + SLOW_AFTER)
        return max(0, at - now)

    def _say(self, reach: Reach) -> None:
        if reach is self._said:
            return
        before, self._said = self._said, reach
        if reach is Reach.LOST:
            log.warning("the database is out of reach")
        elif before is Reach.LOST:
            log.info("the database answers again")
        self._tell(Contact(reach, self._last_live, self._shares_name))
