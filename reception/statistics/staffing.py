"""How many counters it takes, half hour by half hour: the least staff hours that a search by simulated days finds.

`docs/definitions.md`, *Staffing*, says what is demanded. Every plan is tried on the same drawn days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from math import ceil

import numpy as np
from msgspec import Struct

from reception.clock import MINUTE, Millis
from reception.domain.office import Hours
from reception.domain.ordered_queue import OrderedQueue
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import SLOT_MINUTES, Plan, Spread, StaffedSlot, StaffingAnswer
from reception.errors import Code, Refusal
from reception.statistics.beside import Beside
from reception.statistics.drawing import Days, Drawn, Numbers, mean_service
from reception.statistics.playing import play
from reception.statistics.simulating import BETWEEN, SLOT, SLOTS_OF_DAY, Progress, check_runs, spread, staff_for
from reception.statistics.usual_plan import desks_of

TRIES = 240
"""So many plans are tried, more or less."""
TRIES_TO_EVEN = 40
"""Of these, kept for making the plan more even without one more half hour."""
JUDGED_FROM = 0.5
"""A half hour is judged by itself where so many come to it on average."""
SLACK = 0.02
"""How much below what all counters reach is enough, where they do not reach what is asked for."""
Counters = Mapping[int, int]
"""How many by half hour, by its place in the day."""


class Demand(Struct, frozen=True):
    """What a plan of counters is for. `slots`: the half hours in which counters may be open, by place in the day."""

    office: RecordedOffice
    day: date
    appointments: tuple[tuple[int, str], ...]
    slots: range
    most: int
    target: Millis
    share: float


def demand_of(
    office: RecordedOffice,
    day: date,
    appointments: tuple[tuple[int, str], ...],
    hours: Sequence[Hours],
    target: Millis,
    share: float,
) -> Demand:
    """Counters may be open whenever the office is by its hours; one without hours from the first half hour to the last
    in which one comes every other day. One without counters of its own may have three times as many as have work, and
    three more."""
    of_day = [each for each in hours if each.weekday == day.weekday()]
    rates = np.zeros(SLOTS_OF_DAY)
    for past in office.days:
        for visit in past.visits:
            rates[min(SLOTS_OF_DAY - 1, visit.joined // SLOT)] += 1 / len(office.days)
    for minute, _ in appointments:
        rates[minute // SLOT_MINUTES] += 1
    if of_day:
        opens = min(_minute(each.opens) for each in of_day)
        closes = max(_minute(each.closes) for each in of_day)
        slots = range(opens // SLOT_MINUTES, -(-closes // SLOT_MINUTES))
    else:
        busy = np.flatnonzero(rates >= min(JUDGED_FROM, rates.max()))
        slots = range(int(busy[0]), int(busy[-1]) + 1)
    mean, _ = mean_service(office)
    most = office.counters or 3 + 3 * ceil(rates.max() * (mean + office.settings.call_to_start) / SLOT)
    return Demand(office, day, appointments, slots, most, target, share)


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


class Outcome(Struct, frozen=True):
    """What the same days came to with some counters: the share of all walk-ins and of each half hour's."""

    counters: Counters
    share: float
    shares: Mapping[int, float]


def staffing(demand: Demand, runs: int, seed: int, progress: Progress) -> StaffingAnswer:
    """The least staff hours found. Refuses BAD_INPUT; raises what `progress` raises."""
    check_runs(runs)
    if not 0 < demand.share < 1:
        raise Refusal(
            Code.BAD_INPUT, f"{demand.share:g} is not a share that can be asked for.", "Name one between 0 and 1."
        )
    if demand.target <= 0:
        raise Refusal(Code.BAD_INPUT, "The target is no time at all.", "Name one of a minute or more.")
    trial = Trial(demand, runs, seed, progress)
    beside = Beside(demand.office, demand.slots, demand.target, demand.share, demand.most)
    search = _Search(trial, demand)
    found = search.least(beside.counters())
    answer = _answer(demand, found, search.full, trial, beside, runs)
    progress(TRIES, TRIES)
    return answer


class Trial:
    """The same drawn days for every plan."""

    def __init__(self, demand: Demand, runs: int, seed: int, progress: Progress) -> None:
        office = demand.office
        self._office, self._progress = office, progress
        self._queue = OrderedQueue(office.rule, office.settings)
        days = Days(office, self._queue, demand.appointments)
        self._drawn: list[Drawn] = [days.draw(seed, run) for run in range(runs)]
        self._judged = [(day.targets > 0) & ~day.is_appointment for day in self._drawn]
        self._kept_by = [
            np.where(judged, day.joined + day.stepped_out + demand.target, -1)
            for day, judged in zip(self._drawn, self._judged, strict=True)
        ]
        self._slots = np.concatenate(
            [day.joined[judged] // SLOT for day, judged in zip(self._drawn, self._judged, strict=True)]
        )
        self._come = np.bincount(self._slots, minlength=SLOTS_OF_DAY)
        self.tried = 0

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
        self.tried += 1
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
                self._progress(min(self.tried, TRIES - 1), TRIES)
        return begun


class _Search:
    """Add where it helps most until it is enough; take away, and move, what is not needed; make even what is left."""

    def __init__(self, trial: Trial, demand: Demand) -> None:
        self._trial, self._most, self._slots = trial, demand.most, demand.slots
        self.full = trial.of(dict.fromkeys(demand.slots, demand.most))
        arrivals = trial.arrivals()
        self.wanted = _reachable(self.full.share, demand.share)
        self.wanted_in = {
            slot: _reachable(share, demand.share)
            for slot, share in self.full.shares.items()
            if arrivals[slot] >= JUDGED_FROM
        }
        self._weight = arrivals
        self._left = TRIES - TRIES_TO_EVEN

    def least(self, start: Counters) -> Outcome:
        found = self._added(self._trial.of({slot: max(1, min(self._most, start[slot])) for slot in self._slots}))
        found = self._moved(self._less(found))
        self._left = TRIES
        return self._evened(found)

    def missing(self, outcome: Outcome) -> float:
        """By how many visits a day it falls short, in the day and in its half hours."""
        of_day = max(0.0, self.wanted - outcome.share) * float(self._weight.sum())
        return of_day + sum(self._missing_in(slot, outcome) for slot in self.wanted_in)

    def _missing_in(self, slot: int, outcome: Outcome) -> float:
        return max(0.0, self.wanted_in[slot] - outcome.shares[slot]) * float(self._weight[slot])

    def _is_left(self) -> bool:
        return self._trial.tried < self._left

    def _added(self, outcome: Outcome) -> Outcome:
        while (short := self.missing(outcome)) > 0:
            worst = max(self.wanted_in, key=lambda slot: self._missing_in(slot, outcome), default=self._slots[0])
            near = [slot for slot in range(worst - 3, worst + 2) if outcome.counters.get(slot, self._most) < self._most]
            if not near or not self._is_left():
                return self._added_without_trying(outcome, worst)
            tried = [self._trial.of(_changed(outcome.counters, slot, 1)) for slot in near]
            best = min(tried, key=self.missing)
            if self.missing(best) >= short:
                # One alone is no help: a queue from before has to be served first.
                best = self._trial.of({**outcome.counters, **{slot: outcome.counters[slot] + 1 for slot in near}})
            outcome = best
        return outcome

    def _added_without_trying(self, outcome: Outcome, worst: int) -> Outcome:
        """All counters, from the half hour that is short outwards, until it is enough."""
        counters = dict(outcome.counters)
        for slot in sorted(self._slots, key=lambda each: abs(each - worst)):
            if counters[slot] < self._most:
                counters[slot] = self._most
                outcome = self._trial.of(counters)
                counters = dict(outcome.counters)
                if self.missing(outcome) <= 0:
                    break
        return outcome

    def _less(self, outcome: Outcome) -> Outcome:
        """Without any counter that is not needed by itself, the most easily missed first."""
        is_better = True
        while is_better:
            is_better = False
            spare = sorted(
                (slot for slot in self._slots if outcome.counters[slot] > 1),
                key=lambda slot: self.wanted_in.get(slot, 0.0) - outcome.shares.get(slot, 1.0),
            )
            for slot in spare:
                if not self._is_left():
                    return outcome
                tried = self._trial.of(_changed(outcome.counters, slot, -1))
                if self.missing(tried) <= 0:
                    outcome, is_better = tried, True
        return outcome

    def _moved(self, outcome: Outcome) -> Outcome:
        """One more in a half hour may make two unnecessary in those beside it."""
        for slot in self._slots:
            if outcome.counters[slot] >= self._most:
                continue
            beside = [each for each in (slot - 2, slot - 1, slot + 1, slot + 2) if outcome.counters.get(each, 1) > 1]
            for place, first in enumerate(beside):
                for second in beside[place + 1 :]:
                    if not self._is_left():
                        return outcome
                    counters = {
                        **outcome.counters,
                        slot: outcome.counters[slot] + 1,
                        first: outcome.counters[first] - 1,
                        second: outcome.counters[second] - 1,
                    }
                    tried = self._trial.of(counters)
                    if self.missing(tried) <= 0:
                        return self._moved(tried)
        return outcome

    def _evened(self, outcome: Outcome) -> Outcome:
        """Of as many staff hours, with counters moved to a half hour beside it that has two fewer or more."""
        for slot in self._slots:
            for other in (slot - 1, slot + 1):
                if outcome.counters.get(other, self._most) > outcome.counters[slot] - 2:
                    continue
                if not self._is_left():
                    return outcome
                tried = self._trial.of(_changed(_changed(outcome.counters, slot, -1), other, 1))
                if self.missing(tried) <= 0:
                    return self._evened(tried)
        return outcome


def _reachable(share: float, wanted: float) -> float:
    return wanted if share >= wanted else share - SLACK


def _changed(counters: Counters, slot: int, by: int) -> Counters:
    return {**counters, slot: counters[slot] + by}


def _answer(demand: Demand, found: Outcome, full: Outcome, trial: Trial, beside: Beside, runs: int) -> StaffingAnswer:
    office = demand.office
    erlang = beside.counters_or_none()
    waiting = trial.waiting_at(found.counters, demand.slots)
    arrivals = trial.arrivals()
    mean, _ = mean_service(office)
    plan = Plan(
        desks_of(found.counters, [frozenset()] * max(found.counters.values())),
        office.rule,
        office.settings,
        demand.appointments,
    )
    return StaffingAnswer(
        office=office.name,
        day=demand.day,
        target_min=demand.target / MINUTE,
        share=demand.share,
        is_met=full.share >= demand.share,
        share_kept=trial.shares_of_days(found.counters),
        staff_hours=plan.staff_hours,
        erlang_staff_hours=None
        if any(each is None for each in erlang.values())
        else sum(each for each in erlang.values() if each is not None) * SLOT_MINUTES / 60,
        slots=tuple(
            StaffedSlot(
                minute=slot * SLOT_MINUTES,
                arrivals=float(arrivals[slot]),
                service_min=(mean + office.settings.call_to_start) / MINUTE,
                counters=found.counters[slot],
                share_kept=found.shares.get(slot),
                erlang=erlang[slot],
                misled=beside.misled(slot, found.counters[slot], waiting[slot]),
            )
            for slot in demand.slots
        ),
        runs=runs,
        plan=plan,
        mean_kept=found.share,
    )
