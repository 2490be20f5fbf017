"""Those who wait, kept in the order in which a calling rule considers them: the next is found without ranking all.

A day is simulated hundreds of times: whom the rule would name is asked some 60,000 times. All that the rules of
`queueing` look at is reckoned by them once for each entry, when it joins; whom :meth:`OrderedQueue.first` names is
always whom the rule would rank first, and who is passed over is counted as `queueing.overtaken_by` does.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Container

from msgspec.structs import replace

from reception.clock import Instant
from reception.domain.queueing import RULES, Entry, Kind, Place, RuleSettings, by_arrival, by_deadline


class InQueue:
    """One entry, and what the rule will want to know of it. `number`: what whoever simulates knows it by."""

    __slots__ = (
        "deadline",
        "entry",
        "guard_at",
        "is_appointment",
        "kind",
        "lost_from",
        "number",
        "overtaken",
        "place",
        "see_first",
        "service_id",
        "since",
    )

    def __init__(self, entry: Entry, number: int, place: Place, settings: RuleSettings) -> None:
        self.entry = entry
        self.number = number
        self.place = place
        self.service_id = entry.service_id
        self.kind = entry.kind
        self.is_appointment = entry.kind is Kind.APPOINTMENT
        self.since = entry.since
        self.deadline = entry.deadline
        self.guard_at = settings.guard_at(entry)
        self.lost_from = settings.lost_from(entry)
        self.overtaken = entry.overtaken
        self.see_first = entry.see_first


def by_priority(entry: Entry) -> Place:
    return (-entry.priority, *by_arrival(entry))


_ORDERS: dict[str, Callable[[Entry], Place]] = {"first_come": by_arrival, "staff_priority": by_priority}
"""What each rule orders by within its groups; every other by deadline."""


class OrderedQueue:
    """A queue under one rule. Nobody may be in it who is not there and ready; named officers are not looked at."""

    def __init__(self, rule: str, settings: RuleSettings) -> None:
        """Raises `KeyError` for a rule that there is not."""
        self._rule = RULES[rule]
        self._settings = settings
        self._order = _ORDERS.get(rule, by_deadline)
        self._line: list[tuple[Place, InQueue]] = []
        self._seen_first = 0
        self._counts_overtakes = rule == "keep_promises"
        """No other rule looks at them."""
        self._find = {"keep_promises": self._to_be_kept, "appointments_first": self._appointment}.get(
            rule, self._foremost
        )

    def __len__(self) -> int:
        return len(self._line)

    def ready(self, entry: Entry, number: int) -> InQueue:
        """What is reckoned of an entry once; it may then join this queue, or another under the same rule and settings,
        again and again."""
        return InQueue(entry, number, self._order(entry), self._settings)

    def join(self, one: InQueue) -> None:
        one.overtaken = one.entry.overtaken
        self._seen_first += one.see_first
        insort(self._line, (one.place, one))

    def first(self, now: Instant, services: Container[str] | None = None) -> InQueue | None:
        """Whom the rule would call first at that instant, of those who come for one of these services (None: of all);
        None when there is nobody."""
        if self._seen_first:
            return self._by_the_rule(now, services)
        return self._find(now, services)

    def call(self, one: InQueue, now: Instant, services: Container[str] | None = None) -> None:
        """Take it out; those for these services whom that passes over have been overtaken once more."""
        place = bisect_left(self._line, (one.place,))
        del self._line[place]
        self._seen_first -= one.see_first
        if not self._counts_overtakes:
            return
        for _, other in self._line[:place]:
            if (
                other.kind is one.kind
                and other.deadline < one.deadline
                and (services is None or other.service_id in services)
                and (not other.is_appointment or now >= other.since)
            ):
                other.overtaken += 1

    def _by_the_rule(self, now: Instant, services: Container[str] | None) -> InQueue | None:
        mine = {
            one.entry.visit_id: one for _, one in self._line if services is None or one.entry.service_id in services
        }
        ranked = self._rule([replace(one.entry, overtaken=one.overtaken) for one in mine.values()], now, self._settings)
        return mine[ranked[0].entry.visit_id] if ranked else None

    def _foremost(self, now: Instant, services: Container[str] | None) -> InQueue | None:
        for _, one in self._line:
            if services is None or one.service_id in services:
                return one
        return None

    def _to_be_kept(self, now: Instant, services: Container[str] | None) -> InQueue | None:
        most = self._settings.overtakes
        can_be_kept = past = None
        for _, one in self._line:
            if services is not None and one.service_id not in services:
                continue
            if now >= one.guard_at or one.overtaken >= most:
                return one
            if now < one.lost_from:
                can_be_kept = can_be_kept or one
            else:
                past = past or one
        return can_be_kept or past

    def _appointment(self, now: Instant, services: Container[str] | None) -> InQueue | None:
        others = not_due = None
        for _, one in self._line:
            if services is not None and one.service_id not in services:
                continue
            if not one.is_appointment:
                others = others or one
            elif now >= one.since:
                return one
            else:
                not_due = not_due or one
        return others or not_due
