"""A plan that people can work: no more than one counter opens or closes from one half hour to the next, and whoever
opens one stays for two hours at least."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reception.statistics.staffing_trial import Counters

STAYS = 4
"""Half hours for which a counter is open at least; all of them on a shorter day."""


def smoothed(counters: Counters) -> Counters:
    """So many or more in every half hour, and smooth."""
    found = dict(counters)
    slots = sorted(found)
    stays = min(STAYS, len(slots))
    while not is_smooth(found):
        for order in (slots, slots[::-1]):
            for before, slot in pairwise(order):
                found[slot] = max(found[slot], found[before] - 1)
        for level in range(max(found.values()), 0, -1):
            for first, last in _runs(found, level):
                while last - first + 1 < stays:
                    earlier, later = found.get(first - 1, -1), found.get(last + 1, -1)
                    first, last = (first - 1, last) if earlier > later else (first, last + 1)
                    found[first], found[last] = max(found[first], level), max(found[last], level)
    return found


def is_smooth(counters: Counters) -> bool:
    """Whether it asks for no more than that of anybody."""
    slots = sorted(counters)
    stays = min(STAYS, len(slots))
    return all(abs(counters[slot] - counters[slot - 1]) <= 1 for slot in slots[1:]) and all(
        last - first + 1 >= stays
        for level in range(1, max(counters.values()) + 1)
        for first, last in _runs(counters, level)
    )


def lighter(counters: Counters) -> Iterator[Counters]:
    """Smooth plans with one counter less for a while, the greatest savings first."""
    found = []
    for level in range(2, max(counters.values()) + 1):
        for first, last in _runs(counters, level):
            for begin, end in ((first, last), (first, first), (last, last)):
                fewer = {**counters, **{slot: counters[slot] - 1 for slot in range(begin, end + 1)}}
                if is_smooth(fewer):
                    found.append((begin - end, -level, fewer))
    yield from (fewer for _, _, fewer in sorted(found, key=lambda each: each[:2]))


def _runs(counters: Counters, level: int) -> Iterator[tuple[int, int]]:
    """The first and last half hour of each stretch with so many or more."""
    first = None
    for slot in sorted(counters):
        if counters[slot] >= level and first is None:
            first = slot
        if first is not None and counters.get(slot + 1, 0) < level:
            yield first, slot
            first = None
