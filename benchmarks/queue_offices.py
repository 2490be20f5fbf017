"""Offices played minute by minute by chance alone, for asking whether ranges hold where everything is known.

Walk-ins with a peak in the morning, services log-normal about a mean of their own, called by the rule of the office.
Each counter may serve some of the services. Nothing here is random but by the seed.
"""

from __future__ import annotations

import heapq
import math
import random
from dataclasses import dataclass, field

from reception.clock import MINUTE, Instant, Millis
from reception.domain.foresight import AtWork
from reception.domain.office import Counter, Officer, Role
from reception.domain.queueing import RULES, Entry, Kind, RuleSettings, overtaken_by, served_by

DAY: Millis = 24 * 60 * MINUTE
OPENS, OPEN_FOR = 9 * 60 * MINUTE, 8 * 60 * MINUTE
TARGET: Millis = 15 * MINUTE
SPREAD = 0.7
"""Of the logarithm of a service's length."""


@dataclass(frozen=True)
class Plan:
    """An office to play. `skills`: by counter the services that are served there; empty: all of them."""

    name: str
    load: float
    skills: tuple[frozenset[str], ...]
    minutes: dict[str, float] = field(default_factory=lambda: {"a": 8.0})
    rule: str = "keep_promises"


@dataclass
class Played:
    """A visit from the door to its end."""

    id: str
    day: int
    service_id: str
    arrived: Instant
    started: Instant = 0
    ended: Instant = 0
    counter: int = 0
    overtaken: list[Instant] = field(default_factory=list)
    """When others were called before it who had a later deadline."""

    def entry(self, now: Instant) -> Entry:
        overtaken = sum(at <= now for at in self.overtaken)
        order = int(self.id)
        return Entry(
            self.id, Kind.WALK_IN, self.service_id, self.arrived, self.arrived, TARGET, order, overtaken=overtaken
        )


def officers(plan: Plan) -> list[AtWork]:
    """Its counters, all free."""
    return [
        AtWork(Counter(str(place), str(place)), Officer(str(place), "", Role.OFFICER, skills))
        for place, skills in enumerate(plan.skills)
    ]


def play(plan: Plan, days: int, seed: int) -> list[Played]:
    """So many days, one visit after another as they came."""
    chance = random.Random(f"{plan.name} {seed}")
    visits: list[Played] = []
    for day in range(days):
        came = _arrivals(plan, day, chance, len(visits))
        _serve(plan, came, chance)
        visits += came
    return visits


def _arrivals(plan: Plan, day: int, chance: random.Random, first: int) -> list[Played]:
    mean = sum(plan.minutes.values()) / len(plan.minutes)
    a_minute = plan.load * len(plan.skills) / mean
    at = 0.0
    came: list[Played] = []
    busiest = a_minute * 1.4
    while True:
        at += chance.expovariate(busiest)
        if at >= OPEN_FOR / MINUTE:
            return came
        now_a_minute = a_minute * (1 + 0.4 * math.cos((at - 120) / 240 * math.pi / 1.5))
        if chance.random() * busiest < now_a_minute:
            arrived = day * DAY + OPENS + round(at * MINUTE)
            came.append(Played(f"{first + len(came):07d}", day, chance.choice(sorted(plan.minutes)), arrived))


def _serve(plan: Plan, came: list[Played], chance: random.Random) -> None:
    counters = officers(plan)
    waiting: dict[str, Played] = {}
    free = set(range(len(counters)))
    busy: list[tuple[Instant, int]] = []
    to_come = list(reversed(came))
    while to_come or waiting:
        at = min([each.arrived for each in to_come[-1:]] + [end for end, _ in busy[:1]])
        while busy and busy[0][0] <= at:
            free.add(heapq.heappop(busy)[1])
        while to_come and to_come[-1].arrived <= at:
            visit = to_come.pop()
            waiting[visit.id] = visit
        for place in sorted(free):
            entries = (each.entry(at) for each in waiting.values())
            mine = served_by(entries, counters[place].officer, counters[place].counter)
            if not mine:
                continue
            first = RULES[plan.rule](mine, at, RuleSettings())[0].entry
            for passed in overtaken_by(first, mine, at):
                waiting[passed].overtaken.append(at)
            visit = waiting.pop(first.visit_id)
            mean = plan.minutes[visit.service_id]
            lasts = chance.lognormvariate(math.log(mean) - SPREAD**2 / 2, SPREAD)
            visit.started, visit.counter = at + MINUTE // 2, place
            visit.ended = visit.started + round(lasts * MINUTE)
            free.discard(place)
            heapq.heappush(busy, (visit.ended, place))
