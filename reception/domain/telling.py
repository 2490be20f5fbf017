"""What it comes to that a visitor was told of delays: whether, when, until when, and whether in time.

Rung up in vain counts for nothing: nobody was told.
"""

from __future__ import annotations

from collections.abc import Sequence

from reception.clock import Instant
from reception.domain.appointment import Told
from reception.domain.booked import DelayAnswer


def last_told(told: Sequence[Told]) -> Told | None:
    """The last time that the visitor was told; None when they never were."""
    return next((each for each in reversed(told) if each.is_answered), None)


def told_at(told: Sequence[Told]) -> Instant | None:
    last = last_told(told)
    return None if last is None else last.at


def told_until(told: Sequence[Told]) -> Instant | None:
    """When service was said to begin, the last time that anything was said; the duty comes again once it passes."""
    last = last_told(told)
    return None if last is None else last.expected_at


def tried_at(told: Sequence[Told]) -> Instant | None:
    """When it was last rung up in vain, if nothing has come of it since."""
    return told[-1].at if told and not told[-1].is_answered else None


def was_told(told: Sequence[Told]) -> bool:
    return last_told(told) is not None


def was_told_in_time(told: Sequence[Told]) -> bool:
    """Told before the promise that was at stake had passed, the limit included."""
    return any(each.is_answered and (each.promised_at is None or each.at <= each.promised_at) for each in told)


def was_offered(told: Sequence[Told]) -> bool:
    """Told, and offered another day or time."""
    return any(each.is_answered and each.offered for each in told)


def took_another_time(told: Sequence[Told]) -> bool:
    """Told, and chose another day or time."""
    return any(each.answer is DelayAnswer.ANOTHER_TIME for each in told)
