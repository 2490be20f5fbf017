"""How many visits a share of promises is of."""

from __future__ import annotations

import pytest

from reception.clock import MINUTE
from reception.domain.columns import Column
from reception.statistics.waits import WaitRow, summarise

SEEN, LEFT = Column.SEEN, Column.LEFT_AFTER


@pytest.mark.parametrize(
    ("rows", "judged"),
    [
        ([(SEEN, 10, 15), (SEEN, 20, 15), (LEFT, None, 15), (Column.LEFT_BEFORE, None, 15)], 3),
        ([(SEEN, 10, 15), (SEEN, 20, 5), (SEEN, 10, None)], 2),
        ([(SEEN, 20, 15), (LEFT, None, 15)], 2),
        ([(SEEN, 10, None), (Column.LEFT_BEFORE, None, None)], 0),
        ([(Column.LEFT_BEFORE, None, 15)], 0),
        ([], 0),
    ],
    ids=["one target", "several", "none kept", "none promised", "none judged", "nobody"],
)
def test_how_many_a_share_is_of(rows: list[tuple[Column, int | None, int | None]], judged: int) -> None:
    of = [
        WaitRow("total", column, None if wait is None else wait * MINUTE, None if target is None else target * MINUTE)
        for column, wait, target in rows
    ]
    (summary,) = summarise(of, groups=("total",))
    assert summary.judged == judged
