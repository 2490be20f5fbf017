"""How those found the queue who came of late, as far as the times of their legs tell it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from reception.clock import MINUTE, Instant, Millis
from reception.domain.draining import Standing, pour
from reception.domain.expecting import Waited
from reception.domain.foresight import BELIEVABLE

STAYS_OPEN: Millis = 30 * MINUTE
"""For so long before and after it served somebody a counter is taken to have been open."""
OF_LATE = 3
"""How many of the last waits are looked at."""


class PastLeg(Struct, frozen=True):
    """A leg whose wait is over. `waited`: without the time that its visitor had stepped out.

    `foretells`: it is the first of a visit without an appointment, so that its wait is like those to be foretold.
    """

    local_day: str
    service_id: str
    counter_id: str
    since: Instant
    started_at: Instant
    ended_at: Instant | None
    waited: Millis
    foretells: bool = True


def recent_wait(legs: Iterable[PastLeg], shares: Collection[str]) -> float:
    """The mean wait in minutes of the last few of those services whose wait ended first in `legs`; 0 for none."""
    found: list[Millis] = []
    for each in legs:
        if each.service_id in shares:
            found.append(each.waited)
            if len(found) == OF_LATE:
                break
    return sum(found) / len(found) / MINUTE if found else 0.0


def usual_minutes(legs: Iterable[PastLeg], prior: float, most: int, weight: float) -> tuple[dict[str, float], float]:
    """How long a service usually lasts, by its id and over all; `legs` the latest first, `most` of each.

    The mean of the last ones, each counted for `BELIEVABLE` at most, and as if there had been `weight` more of the
    prior; that of each service is held to the mean over all.
    """
    lasted: dict[str, list[float]] = defaultdict(list)
    for each in legs:
        if each.ended_at is not None and len(lasted[each.service_id]) < most:
            lasted[each.service_id].append(min(each.ended_at - each.started_at, BELIEVABLE) / MINUTE)
    every = [minutes for each in lasted.values() for minutes in each]
    over_all = (prior * weight + sum(every)) / (weight + len(every))
    return {
        service_id: (over_all * weight + sum(found)) / (weight + len(found)) for service_id, found in lasted.items()
    }, over_all


def retraced(
    legs: Sequence[PastLeg],
    shares: Mapping[str, Collection[str]],
    usual: Mapping[str, float],
    usual_of_others: float,
    overtakes: int,
) -> list[Waited]:
    """How each that foretells found the queue of its day.

    Whoever had been overtaken more than `overtakes` times by others for the same service is taken to have been away.
    """
    days: dict[str, list[PastLeg]] = defaultdict(list)
    for each in sorted(legs, key=lambda each: (each.since, each.started_at, each.service_id)):
        days[each.local_day].append(each)
    found: list[Waited] = []
    for day in days.values():
        found += _of_day(day, shares, usual, usual_of_others, overtakes)
    return found


def _of_day(
    day: Sequence[PastLeg],
    shares: Mapping[str, Collection[str]],
    usual: Mapping[str, float],
    usual_of_others: float,
    overtakes: int,
) -> list[Waited]:
    served_at: dict[str, set[str]] = defaultdict(set)
    for each in day:
        served_at[each.service_id].add(each.counter_id)
    by_start = sorted(day, key=lambda each: each.started_at)
    starts = [each.started_at for each in by_start]
    found = []
    before: list[PastLeg] = []
    begun: list[tuple[Instant, int, PastLeg]] = []
    served: dict[str, list[Instant]] = defaultdict(list)
    for number, leg in enumerate(day):
        now = leg.since
        still = []
        for each in before:
            if each.started_at <= now:
                insort(begun, (each.started_at, number, each), key=lambda one: one[0])
                insort(served[each.service_id], each.since)
            else:
                still.append(each)
        before = [*still, leg]
        still = [each for each in still if _overtaken(each, served[each.service_id]) <= overtakes]
        if not leg.foretells:
            continue
        shared = shares.get(leg.service_id, (leg.service_id,))
        near = by_start[bisect_left(starts, now - BELIEVABLE - STAYS_OPEN) : bisect_right(starts, now)]
        levels = _levels([each for each in near if each is not leg], now, usual, usual_of_others)
        mine = [each for each in levels if each in served_at[leg.service_id]]
        places = {each: place for place, each in enumerate(levels)}
        heights = list(levels.values())
        for each in still:
            into = [places[one] for one in served_at[each.service_id] if one in places]
            pour(heights, usual.get(each.service_id, usual_of_others), into)
        drain = min((heights[places[each]] for each in mine), default=0.0)
        oldest = max((now - each.since for each in still if each.service_id in shared), default=0) / MINUTE
        recent = recent_wait((each for _, _, each in reversed(begun)), shared)
        found.append(Waited(Standing(drain, recent, oldest), leg.waited / MINUTE))
    return found


def _overtaken(leg: PastLeg, served: Sequence[Instant]) -> int:
    """How many of those served had come later."""
    return len(served) - bisect_right(served, leg.since)


def _levels(
    near: Sequence[PastLeg], now: Instant, usual: Mapping[str, float], usual_of_others: float
) -> dict[str, float]:
    """How long each counter that was open then still had to do, by the services that had begun not long before."""
    levels: dict[str, float] = {}
    for each in near:
        ended = min(each.ended_at or each.started_at + BELIEVABLE, each.started_at + BELIEVABLE)
        if ended <= now - STAYS_OPEN:
            continue
        left = 0.0
        if each.started_at <= now < ended:
            minutes = usual.get(each.service_id, usual_of_others)
            left = minutes / (1 + (now - each.started_at) / MINUTE / minutes)
        levels[each.counter_id] = max(left, levels.get(each.counter_id, 0.0))
    return levels
