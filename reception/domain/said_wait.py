"""The wait that a visitor is told to expect."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class ExpectedWait(Struct, frozen=True):
    """A range in whole minutes; `low` is at least 1."""

    low: int
    high: int


class SaidWait(Struct, frozen=True):
    """An expected wait in the figures that a visitor is told, minutes. `low` None: up to `high`."""

    low: int | None
    high: int


_SAID_IN: Final = 5
_NARROW: Final = 20


def said_wait(wait: ExpectedWait) -> SaidWait:
    """The range as it is told everywhere: a wide one in steps of five, outwards, so that no figure looks more exact
    than it is; and one that begins at once by its end alone."""
    low, high = sorted((wait.low, wait.high))
    if low == high:
        return SaidWait(low, high)
    if low == 1 or high >= 3 * low or high - low > _NARROW:
        low, high = low // _SAID_IN * _SAID_IN, -(-high // _SAID_IN) * _SAID_IN
    return SaidWait(low or None, high)
