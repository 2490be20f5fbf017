"""Groups in time, and their places in a period."""

from __future__ import annotations

from datetime import date

import pytest

from reception.domain.grouping import Grouping, places_in_time


@pytest.mark.parametrize(
    ("by", "first", "keys", "places"),
    [
        (Grouping.DAY, date(2026, 10, 1), ["2026-10-01", "2026-10-05"], [0, 4]),
        # 2026 has 53 weeks, and the first of January 2027 is in the last.
        (Grouping.WEEK, date(2026, 12, 24), ["2026-W52", "2026-W53", "2027-W02"], [0, 1, 3]),
        (Grouping.WEEK, date(2027, 1, 1), ["2026-W53", "2027-W01"], [0, 1]),
        (Grouping.MONTH, date(2026, 11, 15), ["2026-11", "2027-02"], [0, 3]),
        (Grouping.MONTH, date.min, ["2026-11", "2027-02"], [0, 3]),
        (Grouping.WEEK, date.min, [], []),
    ],
)
def test_groups_of_nobody_keep_their_places(by: Grouping, first: date, keys: list[str], places: list[int]) -> None:
    assert places_in_time(keys, by, first) == places
