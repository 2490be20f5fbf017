"""Those who wait, gathered by all that a calling rule looks at but their times: only few of each can be the next.

Playing the queue forward asks the rule once for each call; asked of all who wait each time, a long queue takes long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from reception.clock import Instant, Millis
from reception.domain.queueing import Entry, RuleSettings, by_arrival, by_deadline


class Queued(Struct, frozen=True):
    entry: Entry
    from_at: Instant
    """Not called before: it is not due, not here, or not ready."""


class Line:
    """Those whom a rule can tell apart by their times alone: only few of them can be the next.

    By every rule that is the one with the earliest deadline, the first of those who can still be kept, or the first to
    have arrived: with the same target whoever has the earlier deadline also passes the guard first.
    """

    def __init__(self, entries: Iterable[Entry], from_at: Instant) -> None:
        """`from_at`: none of them is called before."""
        self.from_at = from_at
        self.entries = sorted(entries, key=by_deadline)
        self._arrived = sorted(self.entries, key=by_arrival, reverse=True)
        self._gone: set[str] = set()
        self.kind, self.officer_id = self.entries[0].kind, self.entries[0].named_officer_id

    def candidates(self, at: Instant, call_to_start: Millis) -> Iterator[Entry]:
        """Whoever may be the first of them at that instant; one may come twice."""
        yield self.entries[0]
        # As `RuleSettings.lost_from` has it.
        kept = bisect_right(self.entries, at + call_to_start - 1, key=_deadline)
        if 0 < kept < len(self.entries):
            yield self.entries[kept]
        while self._arrived[-1].visit_id in self._gone:
            self._arrived.pop()
        if self._arrived[-1] is not self.entries[0]:
            yield self._arrived[-1]

    def take(self, entry: Entry) -> None:
        """It is called."""
        self._gone.add(entry.visit_id)
        self.entries.remove(entry)


def _deadline(entry: Entry) -> Instant:
    return entry.deadline


def lines_of(queue: Iterable[Queued], now: Instant, settings: RuleSettings) -> list[Line]:
    """All of the queue, in lines of those who differ by their times alone, as seen from `now` on."""
    alike: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    from_at: dict[tuple[object, ...], Instant] = {}
    for each in queue:
        entry = each.entry
        # From the present on it makes no difference since when it might have been called.
        callable_from = max(each.from_at, now)
        key: tuple[object, ...] = (
            callable_from,
            entry.kind,
            entry.service_id,
            entry.named_officer_id,
            entry.target,
            entry.priority,
            entry.see_first,
            entry.overtaken >= settings.overtakes,
        )
        alike[key].append(entry)
        from_at[key] = callable_from
    return [Line(entries, from_at[key]) for key, entries in alike.items()]
