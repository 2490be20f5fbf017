"""The days that a simulation plays: who comes and how long each is served, drawn from the office's own record.

A day is one of the recorded days as it was, arrivals and clumps and all; services change places with those about them,
and who comes to the appointments of the plan is drawn. What is drawn does not depend on desks, so that two plans are
compared on the same days; the same seed draws the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from reception.clock import MINUTE, Millis
from reception.domain.foresight import BELIEVABLE
from reception.domain.ordered_queue import InQueue, OrderedQueue
from reception.domain.queueing import Entry, Kind
from reception.domain.recorded_days import ENOUGH, PastVisit, RecordedOffice, pool_of

Numbers = np.ndarray[Any, np.dtype[Any]]
MOVED = 3
"""By so many places at most, drawn evenly, is each service put off before all are put in order. Of 3, 5 and 10 this
brought 2016 and 2017 of a real log nearest to their record (`docs/performance.md`, "Simulated days")."""


class Drawn(Struct, frozen=True):
    """One day to play. By number of the visit: its kind, from when its wait counts, how long its service lasts."""

    joining: Sequence[InQueue]
    lasts: Sequence[Millis]
    joined: Numbers
    targets: Numbers
    """What each is judged by; 0: by nothing."""
    is_appointment: Numbers


class _OwnServices(Struct, frozen=True):
    """The services of one kind of a recorded day, enough to draw from: how long those of these visits lasted, in the
    order in which they came; `unknown` are the visits of which it is not known."""

    numbers: Numbers
    lasted: Numbers
    unknown: Numbers


class _Template(Struct, frozen=True):
    """A recorded day, made ready once. `pools` and `sizes`: where the services that each may be of begin, and how many
    they are. `of_day`: those whose services are the day's own."""

    joining: tuple[InQueue, ...]
    joined: Numbers
    targets: Numbers
    is_appointment: Numbers
    pools: Numbers
    sizes: Numbers
    of_day: tuple[_OwnServices, ...]


class Days:
    """Draws days for one rule with its settings."""

    def __init__(
        self,
        office: RecordedOffice,
        queue: OrderedQueue,
        appointments: Sequence[tuple[int, str]] = (),
        *,
        as_recorded: bool = False,
    ) -> None:
        """`appointments`: (minute, service) of the plan. `as_recorded`: those of each day itself are played instead,
        and come when they came."""
        self._office = office
        self._queue = queue
        self._lengths: list[Millis] = []
        self._places: dict[tuple[str, Kind], tuple[int, int]] = {}
        self._booked = [(minute * MINUTE, service) for minute, service in sorted(appointments)]
        self._booked_pools = [self._pool(service, Kind.APPOINTMENT) for _, service in self._booked]
        self._templates = [
            self._template([each for each in day.visits if as_recorded or each.kind is not Kind.APPOINTMENT])
            for day in office.days
        ]
        self._all = np.array(self._lengths, dtype=np.int64)

    def draw(self, seed: int, run: int) -> Drawn:
        """The day of one run: the recorded ones in an order that is drawn, all of them before any comes again, so that
        fewer runs and more rest on the same days."""
        round_, place = divmod(run, len(self._templates))
        order = np.random.default_rng((seed, round_)).permutation(len(self._templates))
        return self.of_day(int(order[place]), np.random.default_rng((seed, round_, place)))

    def of_day(self, day: int, chance: np.random.Generator) -> Drawn:
        """One recorded day by its place, with services drawn by `chance`, and with the plan's appointments."""
        template = self._templates[day]
        lasts = self._lasts(template.pools, template.sizes, chance, template.of_day)
        if not self._booked:
            return Drawn(
                template.joining,
                lasts,
                template.joined,
                template.targets,
                template.is_appointment,
            )
        came = list(self._attended(chance, len(template.joining)))
        more = self._lasts(
            np.array([pool for _, pool, _ in came], dtype=np.int64),
            np.array([size for _, _, size in came], dtype=np.int64),
            chance,
        )
        ones = [one for one, _, _ in came]
        return Drawn(
            sorted((*template.joining, *ones), key=_since),
            lasts + more,
            np.concatenate((template.joined, np.array([one.since for one in ones], dtype=np.int64))),
            np.concatenate(
                (
                    template.targets,
                    np.array(
                        [self._office.targets.appointment if one.is_appointment else 0 for one in ones], dtype=np.int64
                    ),
                )
            ),
            np.concatenate((template.is_appointment, np.array([one.is_appointment for one in ones], dtype=bool))),
        )

    def _lasts(
        self,
        pools: Numbers,
        sizes: Numbers,
        chance: np.random.Generator,
        of_day: Sequence[_OwnServices] = (),
    ) -> list[Millis]:
        lengths = self._all[pools + (chance.random(len(pools)) * sizes).astype(np.int64)]
        for own in of_day:
            number = len(own.lasted)
            drawn = own.lasted[chance.integers(number, size=number)]
            order = np.argsort(np.arange(number) + chance.uniform(-MOVED, MOVED, number))
            together = drawn.sum() / max(1, own.lasted.sum())
            lengths[own.numbers] = np.clip(own.lasted[order] * together, 1, BELIEVABLE)
            lengths[own.unknown] = drawn[chance.integers(number, size=len(own.unknown))]
        lasts: list[Millis] = lengths.tolist()
        return lasts

    def _attended(self, chance: np.random.Generator, first: int) -> Iterator[tuple[InQueue, int, int]]:
        """The appointments that somebody comes to, numbered from `first` on."""
        attendance = self._office.attendance
        comes = chance.random(len(self._booked)) >= attendance.absent
        early = chance.integers(len(attendance.early), size=len(self._booked))
        number = first
        for place, (booked, service) in enumerate(self._booked):
            if not comes[place]:
                continue
            arrived = max(0, booked - attendance.early[early[place]])
            in_time = arrived <= booked + self._office.grace
            visit = PastVisit(
                Kind.APPOINTMENT if in_time else Kind.WALK_IN,
                service,
                arrived,
                max(arrived, booked) if in_time else arrived,
                is_promised=in_time,
            )
            yield self._ready(visit, number), *self._booked_pools[place]
            number += 1

    def _template(self, visits: Sequence[PastVisit]) -> _Template:
        ordered = sorted(visits, key=lambda each: each.joined)
        pools = [self._pool(each.service_id, each.kind) for each in ordered]
        return _Template(
            tuple(self._ready(each, number) for number, each in enumerate(ordered)),
            np.array([each.joined for each in ordered], dtype=np.int64),
            np.array([self._judged_by(each) for each in ordered], dtype=np.int64),
            np.array([each.kind is Kind.APPOINTMENT for each in ordered], dtype=bool),
            np.array([pool for pool, _ in pools], dtype=np.int64),
            np.array([size for _, size in pools], dtype=np.int64),
            tuple(self._of_day(ordered)),
        )

    def _of_day(self, visits: Sequence[PastVisit]) -> Iterator[_OwnServices]:
        """The services of the day itself, where they are enough to draw from: staff are quicker on some days and at
        some times of a day, and counters are opened for the work that there is."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(visits):
            if each.kind is not Kind.APPOINTMENT:
                numbers[each.service_id].append(number)
        for own in numbers.values():
            known = {each: length for each in own if (length := _lasted(visits[each])) is not None}
            if len(known) >= ENOUGH:
                yield _OwnServices(
                    np.array(list(known), dtype=np.int64),
                    np.array(list(known.values()), dtype=np.int64),
                    np.array([each for each in own if each not in known], dtype=np.int64),
                )

    def _judged_by(self, visit: PastVisit) -> Millis:
        if not visit.is_promised:
            return 0
        targets = self._office.targets
        return targets.appointment if visit.kind is Kind.APPOINTMENT else targets.walk_in

    def _ready(self, visit: PastVisit, number: int) -> InQueue:
        targets = self._office.targets
        entry = Entry(
            f"{number:06d}",
            visit.kind,
            visit.service_id,
            visit.arrived,
            visit.joined,
            targets.appointment if visit.kind is Kind.APPOINTMENT else targets.walk_in,
            number,
            priority=self._office.services[visit.service_id].priority,
        )
        return self._queue.ready(entry, number)

    def _pool(self, service_id: str, kind: Kind) -> tuple[int, int]:
        """Where the services that one may be of begin among all lengths, and how many they are."""
        key = (service_id, kind)
        if key not in self._places:
            pool = pool_of(self._office.lasted, service_id, kind, self._office.usual)
            self._places[key] = (len(self._lengths), len(pool))
            self._lengths += pool
        return self._places[key]


def _lasted(visit: PastVisit) -> Millis | None:
    if visit.started is None or visit.ended is None:
        return None
    return min(visit.ended - visit.started, BELIEVABLE)


def _since(one: InQueue) -> Millis:
    return one.since


def mean_service(office: RecordedOffice) -> tuple[float, float]:
    """The mean service of those who came without an appointment, in milliseconds, and its squared coefficient of
    variation; as if the usual service had always been it where nobody came."""
    came = Counter(
        (each.service_id, each.kind) for day in office.days for each in day.visits if each.kind is not Kind.APPOINTMENT
    )
    if not came:
        return float(office.usual), 0.0
    pools = [np.array(pool_of(office.lasted, *each, office.usual), dtype=float) for each in came]
    weights = list(came.values())
    mean = float(np.average([pool.mean() for pool in pools], weights=weights))
    square = float(np.average([(pool**2).mean() for pool in pools], weights=weights))
    return mean, (square - mean**2) / mean**2 if mean else 0.0
