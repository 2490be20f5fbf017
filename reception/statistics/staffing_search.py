"""The least staff hours that are enough, found by trying one plan after another."""

from __future__ import annotations

from collections.abc import Iterable

from reception.statistics.staffing_smooth import lighter, smoothed
from reception.statistics.staffing_trial import TRIES, Counters, Demand, Effort, Outcome, Trial

TRIES_TO_MEND = 90
TRIES_TO_EVEN = 20
"""Kept for making the plan more even without one more half hour."""
TRIES_TO_SMOOTH = 60
WORST = 4
"""Where only the day falls short, more are tried in and before so many half hours that miss most."""
JUDGED_FROM = 0.5
"""A half hour is judged by itself where so many come to it on average."""
SLACK = 0.02
"""How much below what all counters reach is enough for the day, where they do not reach what is asked for."""


class Search:
    """Add where it helps most until it is enough; take away, and move, what is not needed; make even what is left.

    A half hour is asked for the share where it keeps it with the reasonable number of counters all day. One that is out
    of reach has as many as the formula names at least.
    """

    def __init__(
        self, trial: Trial, demand: Demand, effort: Effort, named: Counters, beyond: frozenset[int] = frozenset()
    ) -> None:
        """`named`: by the formula. `beyond`: these half hours are known to be out of reach."""
        self._trial, self._effort, self._slots = trial, effort, demand.slots
        self._most, self._reasonable = demand.most, demand.reasonable
        self.full = trial.of(dict.fromkeys(demand.slots, demand.most))
        reached = self.full
        if demand.reasonable < demand.most:
            reached = trial.of(dict.fromkeys(demand.slots, demand.reasonable))
        self._weight = trial.arrivals()
        self.wanted = demand.share if self.full.share >= demand.share else self.full.share - SLACK
        judged = [slot for slot in reached.shares if self._weight[slot] >= JUDGED_FROM]
        self.out_of_reach = beyond.union(slot for slot in judged if reached.shares[slot] < demand.share)
        self.wanted_in = dict.fromkeys((slot for slot in judged if slot not in self.out_of_reach), demand.share)
        self._start = {slot: max(1, min(self._reasonable, named[slot])) for slot in self._slots}
        self._fewest = {slot: self._start[slot] if slot in self.out_of_reach else 1 for slot in self._slots}
        self._left = TRIES - TRIES_TO_MEND - TRIES_TO_EVEN

    def least(self) -> Outcome:
        """From what the formula names."""
        found = self._moved(self._less(self._added(self._trial.of(self._start))))
        self._left = TRIES - TRIES_TO_MEND
        return self._less_at_last(self._evened(found))

    def mended(self, start: Counters) -> Outcome:
        """What was found on fewer days, made enough for these; with what they need not taken away again."""
        self._left = TRIES
        return self._less_at_last(
            self._added(self._trial.of({slot: max(start[slot], self._fewest[slot]) for slot in start}))
        )

    def smooth(self, outcome: Outcome) -> Outcome | None:
        """The smooth plan with the fewest staff hours found that is enough; None where none was."""
        found = self._trial.of(smoothed(outcome.counters))
        if self.missing(found) > 0:
            return None
        left = TRIES_TO_SMOOTH
        is_better = True
        while is_better and left:
            is_better = False
            for counters in lighter(found.counters):
                if not left or any(counters[slot] < self._fewest[slot] for slot in self._slots):
                    continue
                left -= 1
                tried = self._trial.of(counters)
                if self.missing(tried) <= 0:
                    found, is_better = tried, True
                    break
        return found

    def missing(self, outcome: Outcome) -> float:
        """By how many visits a day it falls short, in the day and in its half hours."""
        of_day = max(0.0, self.wanted - outcome.share) * float(self._weight.sum())
        return of_day + self._missing_in_half_hours(outcome)

    def _missing_in_half_hours(self, outcome: Outcome) -> float:
        return sum(self._missing_in(slot, outcome) for slot in self.wanted_in)

    def _missing_in(self, slot: int, outcome: Outcome) -> float:
        return max(0.0, self.wanted_in[slot] - outcome.shares[slot]) * float(self._weight[slot])

    def _has_spare(self, outcome: Outcome, slot: int) -> bool:
        return slot in self._fewest and outcome.counters[slot] > self._fewest[slot]

    def _missed_in(self, slot: int, outcome: Outcome) -> float:
        return (1 - outcome.shares.get(slot, 1.0)) * float(self._weight[slot])

    def _is_left(self) -> bool:
        return self._effort.tried < self._left

    def _added(self, outcome: Outcome) -> Outcome:
        """First for the half hours that are asked for something, then for the day."""
        while self._missing_in_half_hours(outcome) > 0:
            worst = max(self.wanted_in, key=lambda slot: self._missing_in(slot, outcome))
            near = self._with_room(outcome, range(worst - 3, worst + 2), self._reasonable)
            if not near or not self._is_left():
                outcome = self._filled(outcome, worst, self._reasonable)
                break
            outcome = self._with_one_more(outcome, near)
        while self.missing(outcome) > 0:
            most_missed = sorted(self._slots, key=lambda slot: self._missed_in(slot, outcome), reverse=True)
            near = sorted({beside for slot in most_missed[:WORST] for beside in (slot - 1, slot)})
            room = self._with_room(outcome, near, self._most)
            if not room or not self._is_left():
                return self._filled(outcome, most_missed[0], self._most)
            outcome = self._with_one_more(outcome, room)
        return outcome

    def _with_room(self, outcome: Outcome, slots: Iterable[int], most: int) -> list[int]:
        return [slot for slot in slots if outcome.counters.get(slot, most) < most]

    def _with_one_more(self, outcome: Outcome, slots: list[int]) -> Outcome:
        """In the half hour of these in which it helps most; in all of them where one alone is no help, because a queue
        from before has to be served first."""
        best = min((self._trial.of(_changed(outcome.counters, slot, 1)) for slot in slots), key=self.missing)
        if self.missing(best) >= self.missing(outcome):
            best = self._trial.of({**outcome.counters, **{slot: outcome.counters[slot] + 1 for slot in slots}})
        return best

    def _filled(self, outcome: Outcome, worst: int, number: int) -> Outcome:
        """So many counters, from the half hour that is short outwards, until it is enough."""
        for slot in sorted(self._slots, key=lambda each: abs(each - worst)):
            if outcome.counters[slot] < number:
                outcome = self._trial.of({**outcome.counters, slot: number})
                if self.missing(outcome) <= 0:
                    break
        return outcome

    def _less_at_last(self, outcome: Outcome) -> Outcome:
        """However many plans that takes: so that no counter of the answer can be spared."""
        before = None
        while before is None or before.counters != outcome.counters:
            self._left = self._effort.tried + sum(outcome.counters.values())
            before, outcome = outcome, self._less(outcome)
        return outcome

    def _less(self, outcome: Outcome) -> Outcome:
        """Without any counter that is not needed by itself, the most easily missed first."""
        is_better = True
        while is_better:
            is_better = False
            spare = sorted(
                (slot for slot in self._slots if self._has_spare(outcome, slot)),
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
            beside = [each for each in (slot - 2, slot - 1, slot + 1, slot + 2) if self._has_spare(outcome, each)]
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
                is_even = outcome.counters.get(other, self._most) > outcome.counters[slot] - 2
                if is_even or not self._has_spare(outcome, slot):
                    continue
                if not self._is_left():
                    return outcome
                tried = self._trial.of(_changed(_changed(outcome.counters, slot, -1), other, 1))
                if self.missing(tried) <= 0:
                    return self._evened(tried)
        return outcome


def _changed(counters: Counters, slot: int, by: int) -> Counters:
    return {**counters, slot: counters[slot] + by}
