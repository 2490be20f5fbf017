"""Which groups of a few visits are not shown, so that nobody reads off, or works out, what was of one person.

`docs/definitions.md`, "Small numbers", is the law: it says what is kept secret by this, and what is not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reception.domain.figures import SMALL

WITHOUT = ""
"""The group of whoever belongs to no other, where groups overlap: a visit without a need."""


def hidden(counts: Mapping[str, int], total: int | None = None) -> frozenset[str]:
    """The groups whose figures must not be shown, by their number of visits.

    `total`: what the groups add up to, where each visit is in one of them and the total is shown. None: they overlap
    (a visit counts in each of its needs, and in "" with none), and how many visits there are in all is taken to be
    known. Raises ValueError for groups that do not add up to `total`.

    Where :func:`hides_total` says so, the total must not be shown with them.
    """
    if total is None:
        return _overlapping(counts)
    if sum(counts.values()) != total:
        raise ValueError(f"groups of {sum(counts.values())} visits do not add up to {total}")
    taken = {key for key, count in counts.items() if is_small(count)}
    larger = sorted({count for count in counts.values() if count >= SMALL})
    while taken and larger and _tells(counts, taken):
        # All of one size at once: which of them was taken would tell that the others were not needed.
        size = larger.pop(0)
        taken |= {key for key, count in counts.items() if count == size}
    return frozenset(taken)


def is_small(count: int) -> bool:
    """Whether so many visits could point at a person: some, but fewer than five."""
    return 0 < count < SMALL


def hides_total(counts: Mapping[str, int]) -> bool:
    """Whether the total must not be shown beside the groups: all are small, and no larger one is left to hide."""
    return any(counts.values()) and all(count < SMALL for count in counts.values())


def _tells(counts: Mapping[str, int], taken: Collection[str]) -> bool:
    """Whether the sum of what is hidden, known from the total, tells of its parts: of one alone, of fewer than five
    visits, or as few or as many as so many small groups can have."""
    together = sum(counts[key] for key in taken)
    return len(taken) == 1 or together < SMALL or together in {len(taken), len(taken) * (SMALL - 1)}


def _overlapping(counts: Mapping[str, int]) -> frozenset[str]:
    small = {key for key, count in counts.items() if is_small(count)}
    if not small:
        return frozenset()
    if WITHOUT in small:
        return frozenset(key for key, count in counts.items() if count)
    # All visits less those without any are those of the others together, which says how many each has at least.
    if counts.get(WITHOUT):
        return frozenset(small | {WITHOUT})
    most = max(counts.values())
    return frozenset(small | {key for key, count in counts.items() if count == most})
