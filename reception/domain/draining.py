"""How much work stands before a visitor: whom the rule calls first, shared among the counters that may serve them.

The work is poured, not dealt: each person ahead fills the emptiest of the counters that may serve them, evenly. So one
more person ahead never makes a wait shorter, and one more counter never makes it longer, which does not hold of a queue
that is played person by person (Graham, 1969, *Bounds on multiprocessing timing anomalies*). Times are minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from reception.clock import MINUTE, Instant
from reception.domain.foresight import AtWork
from reception.domain.queueing import RULES, Entry, RuleSettings, is_due

LOOKED_AT = (0, 5, 10, 15, 20, 25, 30, 45, 60, 90, 120, 180)
"""After so many minutes it is asked again who would be called first, as far as the wait reaches."""
AT_LEAST = 0.01
"""A service of no time would be no work."""


class Standing(Struct, frozen=True):
    """How a visitor finds the queue, in minutes.

    `drain`: until a counter that may serve them has done with all who are called before. `recent`: the mean of the last
    waits of today that ended for the same counters; 0 when there were none. `oldest`: how long whoever of those ahead
    has waited longest has waited by now.
    """

    drain: float
    recent: float = 0.0
    oldest: float = 0.0


class Hall(Struct, frozen=True):
    """The counters and the queue at `now`, whoever asks. `usual`: minutes of a service by its id."""

    now: Instant
    at_work: tuple[AtWork, ...]
    waiting: tuple[Entry, ...]
    usual: Mapping[str, float]
    usual_of_others: float
    rule: str = "keep_promises"
    settings: RuleSettings = RuleSettings()

    def usual_of(self, service_id: str) -> float:
        return max(AT_LEAST, self.usual.get(service_id, self.usual_of_others))


def standing(me: Entry, hall: Hall, shares: Collection[str], recent: float = 0.0) -> Standing | None:
    """How `me` stands, who may be in the queue already; None where nobody at work may serve them.

    `shares`: the services whose visitors are served at the same counters as theirs, by the office's settings.
    """
    mine = [place for place, each in enumerate(hall.at_work) if each.may_serve(me)]
    if not mine:
        return None
    others = [each for each in hall.waiting if each.visit_id != me.visit_id and each.ready]
    ahead: dict[str, Entry] = {}
    drain = 0.0
    for minutes in LOOKED_AT:
        if minutes and minutes > drain:
            break
        found = _called_before(me, others, hall.now + minutes * MINUTE, hall)
        if minutes and found <= ahead.keys():
            continue
        ahead |= {each.visit_id: each for each in others if each.visit_id in found}
        levels = begun(hall)
        for each in sorted(ahead.values(), key=_in_order):
            pour(levels, hall.usual_of(each.service_id), [p for p, at in enumerate(hall.at_work) if at.may_serve(each)])
        drain = min(levels[place] for place in mine)
    waited = (each.waited(hall.now) for each in ahead.values() if each.service_id in shares)
    return Standing(drain, recent, max(waited, default=0) / MINUTE)


def _called_before(me: Entry, others: Iterable[Entry], at: Instant, hall: Hall) -> set[str]:
    """Whom the rule would name first at an instant to come. Those it has called by then are no fewer."""
    due = [each for each in others if is_due(each, at)]
    found = set()
    for each in RULES[hall.rule]([*due, me], at, hall.settings):
        if each.entry.visit_id == me.visit_id:
            break
        found.add(each.entry.visit_id)
    return found


def _in_order(entry: Entry) -> tuple[int, int, str]:
    return entry.since, entry.order, entry.visit_id


def begun(hall: Hall) -> list[float]:
    """How long each counter still has to do with whom it serves: the less, the longer that has lasted.

    Never nothing, for services have a long tail; a whole usual time for one that has just begun.
    """
    return [0.0 if each.since is None else _left(each.since, each.service_id, hall) for each in hall.at_work]


def _left(since: Instant, service_id: str, hall: Hall) -> float:
    usual = hall.usual_of(service_id)
    return usual / (1 + max(0, hall.now - since) / MINUTE / usual)


def pour(levels: list[float], work: float, into: Sequence[int]) -> None:
    """Share work evenly among the emptiest of some counters, until it is all poured; nobody's where there are none."""
    if not into:
        return
    rising = sorted(levels[place] for place in into)
    total = 0.0
    for count, level in enumerate(rising, start=1):
        total += level
        height = (work + total) / count
        if count == len(rising) or height <= rising[count]:
            break
    for place in into:
        if levels[place] < height:
            levels[place] = height
