"""From one order of keys to another in few steps, as Qt's models tell them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct


class Remove(Struct, frozen=True):
    """Rows `first` to `last` go."""

    first: int
    last: int


class Move(Struct, frozen=True):
    """Row `at` moves to stand before the row that is now `to`."""

    at: int
    to: int


class Insert(Struct, frozen=True):
    """These keys come, the first of them to be row `at`."""

    at: int
    keys: tuple[str, ...]


Step = Remove | Move | Insert


def steps_between(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    """The steps, in order, that make `new` of `old`; keys are unique in each.

    Neighbours go and come together, and all but a longest run that is in order already is moved.
    """
    keys = list(old)
    yield from _removals(keys, set(new))
    yield from _moves(keys, new)
    yield from _insertions(keys, new)


def _removals(keys: list[str], keep: set[str]) -> Iterator[Step]:
    last = len(keys) - 1
    while last >= 0:
        if keys[last] in keep:
            last -= 1
            continue
        first = last
        while first > 0 and keys[first - 1] not in keep:
            first -= 1
        del keys[first : last + 1]
        yield Remove(first, last)
        last = first - 1


def _moves(keys: list[str], new: Sequence[str]) -> Iterator[Step]:
    place = {key: at for at, key in enumerate(new)}
    places = [place[key] for key in keys]
    if all(before < after for before, after in pairwise(places)):
        return
    stay = {keys[at] for at in _longest_rising(places)}
    present = set(keys)
    before: str | None = None
    for key in new:
        if key not in present:
            continue
        if key not in stay:
            at, to = keys.index(key), 0 if before is None else keys.index(before) + 1
            if to not in (at, at + 1):
                keys.insert(to if to < at else to - 1, keys.pop(at))
                yield Move(at, to)
        before = key


def _insertions(keys: list[str], new: Sequence[str]) -> Iterator[Step]:
    present = set(keys)
    at = 0
    while at < len(new):
        if new[at] in present:
            at += 1
            continue
        end = at + 1
        while end < len(new) and new[end] not in present:
            end += 1
        yield Insert(at, tuple(new[at:end]))
        at = end


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest rising subsequence of distinct values."""
    tails: list[int] = []
    at_tail: list[int] = []
    came_from: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        tails[length : length + 1] = [value]
        at_tail[length : length + 1] = [at]
        came_from.append(at_tail[length - 1] if length else -1)
    chain = []
    at = at_tail[-1] if at_tail else -1
    while at >= 0:
        chain.append(at)
        at = came_from[at]
    return chain[::-1]
