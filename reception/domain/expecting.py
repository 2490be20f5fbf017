"""The range that a visitor is told: lines through what a queue looked like and how long it then lasted.

The middle is a line in how the visitor finds the queue, the two ends are lines in the middle. They begin as those of
simulated offices and are bent to the office's own last waits, by quantile regression (Koenker and Bassett, 1978) with
weights made anew a few times. Beside the work ahead stand what the last few waited and how long the first in the queue
has waited by now: where services, counters and visitors are not what the queue takes them for, these two foretell best
(Ibrahim and Whitt, 2009, *Real-time delay estimation based on delay history*). Times are minutes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from reception.domain.draining import Standing
from reception.domain.said_wait import ExpectedWait

LOW = 0.1
"""Of the waits of late so many were below the low end, where that is no less than a minute."""
HELD = 0.82
"""And so many within the range as it is told. A little more than 80 in 100 are aimed at, for offices change."""
PRIOR_MIDDLE = (-0.2, 1.0, 0.02, 0.02)
"""One usual service, the drain, recent waits, the oldest wait."""
PRIOR_LOW = (-0.4, 0.75)
"""One usual service, the middle."""
PRIOR_HIGH = (0.6, 1.3)
WEIGHT = 4.0
"""How many of the office's own waits the middle weighs as it begins."""
WEIGHT_OF_ENDS = 20.0
ROUNDS = 10
SOFT = 0.1
"""Distances from the middle below this share of a usual service count alike."""
SOFT_AT_ENDS = 0.02
LONGEST = 240
"""More than four hours is not told to the minute."""
NARROWEST = 2

Line = tuple[float, ...]


class Waited(Struct, frozen=True):
    """A wait that is over: how its visitor found the queue, and the minutes from there to the start of service."""

    standing: Standing
    minutes: float


class Lines(Struct, frozen=True):
    """What an office's waits are foretold by. `unit`: minutes of its usual service; no line knows of any others."""

    unit: float
    middle: Line = PRIOR_MIDDLE
    low: Line = PRIOR_LOW
    high: Line = PRIOR_HIGH


class Expected(Struct, frozen=True):
    """In minutes and parts of them: as likely shorter as longer than the middle, and four times in five in between."""

    low: float
    middle: float
    high: float

    def told(self) -> ExpectedWait:
        """In whole minutes, never none, and never a range so narrow that it would pretend to know."""
        low = _low_told(self.low)
        return ExpectedWait(low, max(low + NARROWEST, min(LONGEST + NARROWEST, math.ceil(self.high))))


def _low_told(minutes: float) -> int:
    return min(LONGEST, max(1, math.floor(minutes)))


def expected(lines: Lines, standing: Standing, not_before: float = 0.0) -> Expected:
    """`not_before`: the minutes until they may be called at all, who came early for an appointment."""
    found = _expected(lines, standing)
    if not_before <= 0:
        return found
    alone = _expected(lines, Standing(0.0))
    return Expected(
        max(found.low, not_before),
        max(found.middle, not_before + alone.middle),
        max(found.high, not_before + alone.high),
    )


def _expected(lines: Lines, standing: Standing) -> Expected:
    middle = _at(lines.middle, _features(standing, lines.unit))
    low, high = (_at(line, (1.0, middle)) for line in (lines.low, lines.high))
    middle = max(0.0, middle)
    return Expected(max(0.0, min(low, middle)) * lines.unit, middle * lines.unit, max(middle, high) * lines.unit)


def learnt(unit: float, record: Sequence[Waited]) -> Lines:
    """The lines through an office's last waits, in any order; without any those of simulated offices."""
    if not record:
        return Lines(unit)
    features = [_features(each.standing, unit) for each in record]
    waits = [each.minutes / unit for each in record]
    middle = _through(features, waits, 0.5, PRIOR_MIDDLE, WEIGHT, SOFT)
    middles = [(1.0, _at(middle, each)) for each in features]
    low = _through(middles, waits, LOW, PRIOR_LOW, WEIGHT_OF_ENDS, SOFT_AT_ENDS)
    # Where the low end is told as a minute, nobody waits less: what is not missed there is no loss above.
    told = (_low_told(_at(low, each) * unit) for each in middles)
    missed = sum(1 < least > each.minutes for each, least in zip(record, told, strict=True)) / len(record)
    high = _through(middles, waits, HELD + missed, PRIOR_HIGH, WEIGHT_OF_ENDS, SOFT_AT_ENDS)
    return Lines(unit, middle, low, high)


def _features(standing: Standing, unit: float) -> Line:
    return 1.0, standing.drain / unit, standing.recent / unit, standing.oldest / unit


def _at(line: Line, features: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(line, features, strict=True))


def _through(
    features: Sequence[Line], waits: Sequence[float], share: float, prior: Line, weight: float, soft: float
) -> Line:
    """The line below which that share of the waits lies, held to the prior as by so many waits.

    No slope is below zero: nothing that is looked at makes a wait shorter.
    """
    line = prior
    columns = list(zip(*features, strict=True))
    # Each of the waits that the prior stands for has at least one service before it, though nobody waited of late.
    held = [weight * max(1.0, sum(x * x for x in column) / len(waits)) for column in columns]
    for _ in range(ROUNDS):
        off = [wait - _at(line, each) for wait, each in zip(waits, features, strict=True)]
        weights = [(share if each > 0 else 1 - share) / max(abs(each), soft) for each in off]
        scale = len(waits) / sum(weights)
        weighted = [[w * x * scale for w, x in zip(weights, column, strict=True)] for column in columns]
        left = [[sum(map(float.__mul__, each, column)) for column in columns] for each in weighted]
        right = [sum(map(float.__mul__, each, waits)) for each in weighted]
        for place, hold in enumerate(held):
            left[place][place] += hold
            right[place] += hold * prior[place]
        line = _solved(left, right, line)
    return line


def _solved(left: Sequence[Line | list[float]], right: Sequence[float], start: Line) -> Line:
    """The least squares without a negative slope, by turns one coefficient after another."""
    found = list(start)
    for _ in range(20):
        before = tuple(found)
        for place, row in enumerate(left):
            rest = right[place] - sum(a * b for a, b in zip(row, found, strict=True)) + row[place] * found[place]
            found[place] = rest / row[place] if place == 0 else max(0.0, rest / row[place])
        if max(abs(a - b) for a, b in zip(before, found, strict=True)) < 1e-4:
            break
    return tuple(found)
