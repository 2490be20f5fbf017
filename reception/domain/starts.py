"""A day as a row of starts, and sets of them as whole numbers with a bit for each start."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.booking import Span

Bits = int
"""The starts of a day, the first in the lowest bit."""


class Starts(Struct, frozen=True):
    """The starts of one local day, for an appointment of `length`. `is_plain`: no clock changes on it."""

    day: date
    starts: tuple[Instant, ...]
    length: Millis
    is_plain: bool

    @property
    def all(self) -> Bits:
        return (1 << len(self.starts)) - 1

    def from_on(self, first: Instant) -> Bits:
        """The starts from `first` on."""
        low = bisect_left(self.starts, first)
        return self.all >> low << low

    def between(self, first: Instant, end: Instant) -> Bits:
        """The starts from `first` on that end by `end`."""
        low = bisect_left(self.starts, first)
        high = bisect_right(self.starts, end - self.length)
        return ((1 << (high - low)) - 1) << low if high > low else 0

    def meeting(self, span: Span) -> Bits:
        """The starts from which an appointment would share an instant with a span."""
        low = bisect_right(self.starts, span.starts - self.length)
        high = bisect_left(self.starts, span.ends)
        return ((1 << (high - low)) - 1) << low if high > low else 0
