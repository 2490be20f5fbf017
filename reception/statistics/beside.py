"""What Erlang's formula says of each half hour, and by what in the record it is misled."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from reception.clock import MINUTE, Millis
from reception.domain.queueing import Kind
from reception.domain.recorded_days import RecordedOffice
from reception.domain.staffing import Misled
from reception.statistics.drawing import mean_service
from reception.statistics.erlang import least_counters
from reception.statistics.simulating import SLOT, SLOTS_OF_DAY

CHANCE = 1.645
"""One-sided: what chance alone exceeds five times in a hundred."""
CARRIED_OVER = 0.5
"""So many who wait on average when a half hour begins are a queue from before."""
LIKE_THE_FORMULA = (0.8, 1.25)
"""The squared coefficient of variation of services; that of the formula's is 1."""
CHANGES = 0.25
"""A rate that differs by more from the half hour before has changed."""


class Beside:
    """The formula half hour by half hour, with the walk-ins, services and clumps of the recorded days."""

    def __init__(self, office: RecordedOffice, slots: Sequence[int], target: Millis, share: float, most: int) -> None:
        self._most, self._target, self._share = most, target, share
        call = office.settings.call_to_start
        mean, variation = mean_service(office)
        # From the call on the counter is taken, and the wait still runs: the formula knows one time for each.
        self._taken = max(1.0, mean + call)
        self._until_called = max(0, target - call)
        self._variation = variation * (mean / self._taken) ** 2
        self._counts = np.array(
            [
                np.bincount(
                    [
                        min(SLOTS_OF_DAY - 1, each.joined // SLOT)
                        for each in day.visits
                        if each.kind is not Kind.APPOINTMENT
                    ],
                    minlength=SLOTS_OF_DAY,
                )
                for day in office.days
            ],
            dtype=float,
        )
        self._rates = self._counts.mean(axis=0)
        self._least = {slot: self._by_the_formula(slot) for slot in slots}

    def load(self, slot: int) -> float:
        """In erlangs."""
        return float(self._rates[slot] * self._taken / SLOT)

    def counters_or_none(self) -> dict[int, int | None]:
        """By the formula alone; None where it never settles with the most that there may be."""
        return self._least

    def counters(self) -> dict[int, int]:
        return {slot: self._most if each is None else each for slot, each in self._least.items()}

    def _by_the_formula(self, slot: int) -> int | None:
        load = self.load(slot)
        if load >= self._most:
            return None
        least = least_counters(load, self._taken / MINUTE, self._until_called / MINUTE, self._share)
        return least if least <= self._most else None

    def misled(self, slot: int, counters: int, waiting: float) -> tuple[Misled, ...]:
        """Why the formula says something else than `counters`, which the simulation came to. `waiting`: how many wait
        on average when the half hour begins."""
        if self._least[slot] == counters:
            return ()
        low, high = LIKE_THE_FORMULA
        found = (
            (Misled.CLUMPED, self._is_clumped(slot)),
            (Misled.CHANGING, waiting >= CARRIED_OVER or self._has_changed(slot)),
            (Misled.SKEWED, not low <= self._variation <= high),
            (Misled.OVERLOADED, self.load(slot) >= counters),
        )
        return tuple(each for each, applies in found if applies)

    def _is_clumped(self, slot: int) -> bool:
        """Whether the days' counts vary more than chance would have it: their variance over their mean."""
        days = len(self._counts)
        mean = self._rates[slot]
        if days < 2 or not mean:
            return False
        dispersion = float(self._counts[:, slot].var(ddof=1) / mean)
        return dispersion > 1 + CHANCE * sqrt(2 / (days - 1))

    def _has_changed(self, slot: int) -> bool:
        """Whether the rate of arrivals differs from that of the half hour before, or after it."""
        now = float(self._rates[slot])
        beside = [float(self._rates[each]) for each in (slot - 1, slot + 1) if 0 <= each < len(self._rates)]
        return any(
            abs(now - other) > max(CHANCE * sqrt((now + other) / len(self._counts)), CHANGES * max(now, other))
            for other in beside
        )
