"""The least staff hours that are enough, found by trying one plan after another."""

from __future__ import annotations

from reception.statistics.staffing_trial import TRIES, Counters, Demand, Effort, Outcome, Trial

TRIES_TO_MEND = 40
TRIES_TO_EVEN = 40
"""Kept for making the plan more even without one more half hour."""
JUDGED_FROM = 0.5
"""A half hour is judged by itself where so many come to it on average."""
SLACK = 0.02
"""How much below what all counters reach is enough, where they do not reach what is asked for."""


class Search:
    """Add where it helps most until it is enough; take away, and move, what is not needed; make even what is left."""

    def __init__(self, trial: Trial, demand: Demand, effort: Effort) -> None:
        self._trial, self._effort, self._most, self._slots = trial, effort, demand.most, demand.slots
        self.full = trial.of(dict.fromkeys(demand.slots, demand.most))
        arrivals = trial.arrivals()
        self.wanted = _reachable(self.full.share, demand.share)
        self.wanted_in = {
            slot: _reachable(share, demand.share)
            for slot, share in self.full.shares.items()
            if arrivals[slot] >= JUDGED_FROM
        }
        self._weight = arrivals
        self._left = TRIES - TRIES_TO_MEND - TRIES_TO_EVEN

    def least(self, start: Counters) -> Outcome:
        """From this plan on."""
        found = self._added(self._trial.of({slot: max(1, min(self._most, start[slot])) for slot in self._slots}))
        found = self._moved(self._less(found))
        self._left = TRIES - TRIES_TO_MEND
        return self._evened(found)

    def mended(self, start: Counters) -> Outcome:
        """What was found on fewer days, made enough for these; with what they need not taken away again."""
        self._left = TRIES
        return self._less(self._added(self._trial.of(start)))

    def missing(self, outcome: Outcome) -> float:
        """By how many visits a day it falls short, in the day and in its half hours."""
        of_day = max(0.0, self.wanted - outcome.share) * float(self._weight.sum())
        return of_day + sum(self._missing_in(slot, outcome) for slot in self.wanted_in)

    def _missing_in(self, slot: int, outcome: Outcome) -> float:
        return max(0.0, self.wanted_in[slot] - outcome.shares[slot]) * float(self._weight[slot])

    def _is_left(self) -> bool:
        return self._effort.tried < self._left

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
