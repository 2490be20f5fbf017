"""Notices for the waiting room: what is said, on which days, at which hours, in which languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from msgspec import Struct

EVERY_DAY = frozenset(range(7))


class Notice(Struct, frozen=True):
    """A line on the display. `words`: by language, English first; the days (inclusive) and local times it is shown in.

    `opens` and `closes` None: all day. Monday is 0.
    """

    id: str
    words: Mapping[str, str]
    first: date | None = None
    last: date | None = None
    opens: time | None = None
    closes: time | None = None
    weekdays: frozenset[int] = EVERY_DAY

    def is_shown(self, day: date, at: time) -> bool:
        """Whether it is shown at that local time; a span that ends before it begins goes on over midnight."""
        if (self.first and day < self.first) or (self.last and day > self.last) or day.weekday() not in self.weekdays:
            return False
        if self.opens is None or self.closes is None:
            return True
        if self.opens <= self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes
