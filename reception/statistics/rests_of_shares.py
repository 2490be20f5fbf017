"""Whether shares of groups, told beside that of all together, tell how few were late of one of them: as the rest.

*90 seen, 85 % in time: 13 late. Of 50 of them 80 %: 10 late. So of the other 40 three were.* Whoever reads it is taken
to know of how many each share is: where everybody was seen, of the visits.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from reception.domain.figures import SMALL


class Kept(NamedTuple):
    """So many of so many in time."""

    kept: int
    of: int

    @property
    def is_in_percent(self) -> bool:
        """Whether neither few were kept nor few lost."""
        return min(self.kept, self.of - self.kept) >= SMALL


Range = tuple[int, int]
"""The fewest and the most that may have been lost."""


def tell(of_all: Kept, groups: Collection[Kept]) -> bool:
    """Whether it would follow exactly how few of one group were lost, or kept, which its own share does not say.

    `of_all` may be of more than these groups.
    """
    ranges = [_range(each) for each in groups]
    fewest, most = _range(of_all)
    fewest -= of_all.of - sum(each.of for each in groups) + sum(high for _low, high in ranges)
    most -= sum(low for low, _high in ranges)
    return any(
        each.of and not each.is_in_percent and max(low, fewest + high) == min(high, most + low)
        for each, (low, high) in zip(groups, ranges, strict=True)
    )


def _range(share: Kept) -> Range:
    """As a published share says (`publishing.bounded`): one in percent also that neither few were kept nor lost."""
    kept, of = share
    if of < 2 * SMALL:
        return 0, of
    if of - kept < SMALL:
        return 0, SMALL - 1
    if kept < SMALL:
        return of - SMALL + 1, of
    percent = 100 * kept // of
    low, high = of - (-(-(percent + 1) * of // 100) - 1), of + (-percent * of // 100)
    return max(low, SMALL), min(high, of - SMALL)
