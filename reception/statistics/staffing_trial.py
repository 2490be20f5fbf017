"""Plans of counters tried on the same simulated days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from reception.clock import Millis
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import Spread
from reception.statistics.drawing import Days, Drawn, Numbers
from reception.statistics.playing import play
from reception.statistics.simulating import BETWEEN, SLOT, SLOTS_OF_DAY, Progress, spread, staff_for
from reception.statistics.usual_plan import desks_of

TRIES = 240
"""So many plans are tried, more or less."""
Counters = Mapping[int, int]
"""How many by half hour, by its place in the day."""


class Demand(Struct, frozen=True):
    """What a plan of counters is for. `slots`: the half hours in which counters may be open, by place in the day.

    `reasonable`: a half hour that would not keep the share with so many all day is asked for nothing of its own.
    """

    office: RecordedOffice
    day: date
    appointments: tuple[tuple[int, str], ...]
    slots: range
    most: int
    reasonable: int
    target: Millis
    share: float


class Outcome(Struct, frozen=True):
    """What the same days came to with some counters: the share of all walk-ins and of each half hour's."""

    counters: Counters
    share: float
    shares: Mapping[int, float]


class Effort:
    """How many plans have been tried, told as it goes on."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.tried = 0

    def tell(self) -> None:
        """Raises what progress raises."""
        self._progress(min(self.tried, TRIES - 1), TRIES)


class Trial:
    """The same drawn days for every plan."""

    def __init__(self, demand: Demand, runs: int, seed: int, effort: Effort) -> None:
        office = demand.office
        self._office, self._effort, self.runs = office, effort, runs
        self._queue = OrderedQueue(office.rule, office.settings)
        days = Days(office, self._queue, demand.appointments)
        self._drawn: list[Drawn] = [days.draw(seed, run) for run in range(runs)]
        self._judged = [(day.targets > 0) & ~day.is_appointment for day in self._drawn]
        self._kept_by = [
            np.where(judged, day.joined + demand.target, -1)
            for day, judged in zip(self._drawn, self._judged, strict=True)
        ]
        self._slots = np.concatenate(
            [day.joined[judged] // SLOT for day, judged in zip(self._drawn, self._judged, strict=True)]
        )
        self._come = np.bincount(self._slots, minlength=SLOTS_OF_DAY)

    def arrivals(self) -> Numbers:
        """On average, by half hour."""
        return self._come / len(self._drawn)

    def of(self, counters: Counters) -> Outcome:
        kept = np.concatenate(
            [
                begun[judged] <= kept_by[judged]
                for begun, judged, kept_by in zip(self._begun(counters), self._judged, self._kept_by, strict=True)
            ]
        )
        by_slot = np.bincount(self._slots, weights=kept, minlength=SLOTS_OF_DAY)
        shares = {int(slot): float(by_slot[slot] / self._come[slot]) for slot in np.flatnonzero(self._come)}
        self._effort.tried += 1
        return Outcome(counters, float(kept.mean()), shares)

    def shares_of_days(self, counters: Counters) -> Spread:
        return spread(
            [
                float((begun[judged] <= kept_by[judged]).mean())
                for begun, judged, kept_by in zip(self._begun(counters), self._judged, self._kept_by, strict=True)
                if judged.any()
            ]
        )

    def waiting_at(self, counters: Counters, slots: Sequence[int]) -> dict[int, float]:
        """How many wait on average when each half hour begins."""
        begun = np.concatenate(self._begun(counters)) - self._office.settings.call_to_start
        joined = np.concatenate([day.joined for day in self._drawn])
        return {
            slot: float(((joined < slot * SLOT) & (begun > slot * SLOT)).sum() / len(self._drawn)) for slot in slots
        }

    def _begun(self, counters: Counters) -> list[Numbers]:
        staff = staff_for(self._office, desks_of(counters, [frozenset()] * max(counters.values())))
        begun = []
        since_told = 0
        for day in self._drawn:
            starts = play(day.joining, day.lasts, staff, self._queue, self._office.settings.call_to_start)
            begun.append(np.array(starts, dtype=np.int64))
            since_told += len(starts)
            if since_told >= BETWEEN:
                since_told = 0
                self._effort.tell()
        return begun
