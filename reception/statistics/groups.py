"""What is reckoned of many groups at once, from columns: durations, targets and counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reception.clock import MINUTE
from reception.statistics.past_rows import NONE, Flags, Numbers
from reception.statistics.waits import mean_min, quantile_min

Groups = NDArray[np.int64]
"""Which group each of some facts is of, counted from 0."""
_NARROW = np.iinfo(np.int16).max


class Durations:
    """Durations by group, each group's so far in order that the quantiles shown stand in their places: what is between
    them is not sorted."""

    def __init__(self, groups: Groups, durations: Numbers, count: int) -> None:
        if count > 1:
            # By a key of two bytes numpy sorts in one pass.
            narrow = groups.astype(np.int16) if count <= _NARROW else groups
            durations = durations[np.argsort(narrow, kind="stable")]
            self._bounds = np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=count))))
        else:
            durations = durations.copy()
            self._bounds = np.array([0, durations.size])
        self._durations = durations
        for group in range(count):
            size = self.count(group)
            if size:
                self.of(group).partition(_places(size))

    def of(self, group: int) -> Numbers:
        return self._durations[self._bounds[group] : self._bounds[group + 1]]

    def count(self, group: int) -> int:
        return int(self._bounds[group + 1] - self._bounds[group])

    def mean(self, group: int) -> float | None:
        """In minutes, as the others; None of nothing."""
        return mean_min(self.of(group))

    def quantile(self, group: int, tenths: int) -> float | None:
        """Of 5, 9 and 10 tenths: the median, p90 and the longest."""
        return quantile_min(self.of(group), tenths)


def _places(size: int) -> list[int]:
    """Where the values stand that a quantile of so many is reckoned from."""
    found = {size - 1}
    for tenths in (5, 9):
        place = (size - 1) * tenths // 10
        found |= {place, min(place + 1, size - 1)}
    return sorted(found)


class Targets:
    """The targets of each group."""

    def __init__(self, groups: Groups, targets: Numbers, count: int) -> None:
        self._lowest = np.full(count, np.iinfo(np.int64).max)
        self._highest = np.full(count, NONE)
        if targets.size:
            one = targets[0]
            if (targets == one).all():  # as most periods have it
                there = np.bincount(groups, minlength=count) > 0
                self._lowest[there] = self._highest[there] = one
                return
        np.minimum.at(self._lowest, groups, targets)
        np.maximum.at(self._highest, groups, targets)

    def any(self, group: int) -> bool:
        """Whether any of them has one."""
        return bool(self._highest[group] != NONE)

    def one(self, group: int) -> float | None:
        """The one that all of them have, in minutes; None where they differ or some have none."""
        lowest, highest = int(self._lowest[group]), int(self._highest[group])
        return lowest / MINUTE if lowest == highest != NONE else None


def counted(groups: Groups, kinds: NDArray[np.integer], kinds_there_are: int, count: int) -> NDArray[np.int64]:
    """How many of each kind there are in each group."""
    places = groups * kinds_there_are + kinds if count > 1 else kinds
    return np.bincount(places, minlength=count * kinds_there_are).reshape(count, kinds_there_are)


class Marks:
    """How many there are in each group with some marks; all marks are counted in one pass."""

    def __init__(self, groups: Groups, count: int, **marks: Flags) -> None:
        self._places = {name: place for place, name in enumerate(marks)}
        several = np.zeros(groups.size, np.uint16)
        for place, marked in enumerate(marks.values()):
            several |= marked.astype(np.uint16) << place
        self._counts = counted(groups, several, 1 << len(marks), count)
        self._several = np.arange(1 << len(marks))

    def of(self, *names: str) -> list[int]:
        """Of each group how many have all of the marks named."""
        wanted = sum(1 << self._places[name] for name in names)
        found: list[int] = self._counts[:, self._several & wanted == wanted].sum(axis=1).tolist()
        return found


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
