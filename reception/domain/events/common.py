"""Facts that a visit and an appointment share."""

from __future__ import annotations

from msgspec import Struct

from reception.clock import Instant
from reception.domain.booked import DelayAnswer, DelayReason


class DelayTold(Struct, frozen=True):
    """The visitor was told of a delay, or rung up in vain; of a visit, or of an appointment not yet arrived.

    `expected_at`: when service was said to begin. `offered`: starts of the slots that were offered. Words that were
    typed are kept apart. `promised_at`: the end of the promise that was at stake, by which it is told in time.
    """

    reason: DelayReason
    answer: DelayAnswer
    expected_at: Instant | None = None
    offered: tuple[Instant, ...] = ()
    promised_at: Instant | None = None
    by_telephone: bool = False


class CommandUndone(Struct, frozen=True):
    """All facts of that command on this visit or appointment no longer hold."""

    command_id: str
