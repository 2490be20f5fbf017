"""What a waiting-room display shows: numbers, never names."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reception.clock import MINUTE, Instant
from reception.domain.booked import DelayReason
from reception.domain.notices import Notice
from reception.domain.said_wait import ExpectedWait


class BoardCall(Struct, frozen=True):
    """One call. `place`: the counter's or room's name. `language`: the visitor's, for the voice; empty: English alone.

    `private`: the visit asked for privacy: shown and said in English, while it is called and no longer.
    """

    id: str
    visit_id: str
    number: str
    place: str
    at: Instant
    times: int = 1
    language: str = ""
    private: bool = False
    is_over: bool = False
    """The visitor is at the counter by now, or has gone: nobody is called by it any more."""


class BoardWait(Struct, frozen=True):
    """The wait that somebody who comes now would be told. `names`: of the service by language."""

    service_id: str
    name: str
    names: Mapping[str, str] = {}
    wait: ExpectedWait | None = None


LEAST_SHOWN = 30 * MINUTE
"""An announced delay is shown for so long, and longer where more is expected."""


class BoardDelay(Struct, frozen=True):
    """A delay that was announced to the whole room. An empty `service`: to everyone. `until`: when it is over."""

    reason: DelayReason
    service: str
    minutes: int
    at: Instant

    @property
    def until(self) -> Instant:
        return self.at + max(LEAST_SHOWN, self.minutes * MINUTE)


class BoardView(Struct, frozen=True):
    """Everything that a display shows, read at `now`. `calls`: of today, the newest first, at most a dozen."""

    now: Instant
    sequence: int
    office_id: str
    office: str
    council: str
    timezone: str
    calls: tuple[BoardCall, ...]
    waits: tuple[BoardWait, ...]
    notices: tuple[Notice, ...]
    delays: tuple[BoardDelay, ...]
    evacuated: bool
    is_open: bool
    next_open: Instant | None = None
    order_valid_until: Instant | None = None
