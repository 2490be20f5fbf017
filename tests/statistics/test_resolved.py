"""The resolved clock: a table worked by hand, and a second calculation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.clock import MINUTE
from reception.domain.figures import ResolvedSummary
from reception.statistics.resolved import Ending, ResolvedRow, summarise_resolved

TEN = 10 * MINUTE


def row(ending: Ending, minutes: float | None = None, target: int | None = TEN, exempt: bool = False) -> ResolvedRow:
    return ResolvedRow(ending, None if minutes is None else round(minutes * MINUTE), target, exempt)


def test_a_day_by_hand() -> None:
    """Twelve visits, three of them with a specialist.

    Without the exempt: kept 4 and 10; lost 11, to follow, left at 12. 2 of 5.
    With them: kept 4, 10 and 9; lost also 40 and a second to follow. 3 of 8.
    """
    summary = summarise_resolved(
        [
            row(Ending.RESOLVED, 4),
            row(Ending.RESOLVED, 10),
            row(Ending.RESOLVED, 11),
            row(Ending.TO_FOLLOW, 3),
            row(Ending.NOT_RESOLVED, 10),
            row(Ending.NOT_RESOLVED, 12),
            row(Ending.OPEN),
            row(Ending.OPEN, 50),
            row(Ending.RESOLVED, 9, exempt=True),
            row(Ending.RESOLVED, 40, exempt=True),
            row(Ending.TO_FOLLOW, exempt=True),
            row(Ending.NOT_RESOLVED, 1, exempt=True),
        ]
    )
    assert summary == ResolvedSummary(
        group="total",
        visits=12,
        resolved=5,
        to_follow=2,
        not_resolved_before=2,
        not_resolved_after=1,
        open=2,
        exempt=4,
        mean_resolved_min=74 / 5,
        median_resolved_min=10.0,
        p90_resolved_min=11 + 0.6 * 29,
        longest_resolved_min=40.0,
        target_min=10.0,
        within_target=2,
        share_within_target=2 / 5,
        within_target_with_exempt=3,
        share_with_exempt=3 / 8,
    )


@pytest.mark.parametrize(("over", "kept"), [(0, 1), (1, 0)])
def test_the_limit_is_inclusive_to_the_millisecond(over: int, kept: int) -> None:
    summary = summarise_resolved([ResolvedRow(Ending.RESOLVED, TEN + over, TEN, exempt=False)])
    assert summary.within_target == kept
    gone = summarise_resolved([ResolvedRow(Ending.NOT_RESOLVED, TEN + over, TEN, exempt=False)])
    assert gone.not_resolved_before == kept
    assert gone.share_within_target == (None if kept else 0.0)


def test_to_follow_is_lost_however_soon() -> None:
    assert summarise_resolved([row(Ending.TO_FOLLOW, 0)]).share_within_target == 0.0


def test_only_exempt_visits_leave_the_promise_without_a_share() -> None:
    summary = summarise_resolved([row(Ending.RESOLVED, 30, exempt=True)])
    assert (summary.within_target, summary.share_within_target) == (0, None)
    assert (summary.within_target_with_exempt, summary.share_with_exempt) == (0, 0.0)


def test_no_promise_is_neither_kept_nor_lost() -> None:
    summary = summarise_resolved([row(Ending.RESOLVED, 5, target=None), row(Ending.NOT_RESOLVED, 50, target=None)])
    assert (summary.within_target, summary.share_within_target, summary.share_with_exempt) == (None, None, None)
    assert (summary.resolved, summary.not_resolved_before) == (1, 1)
    assert summary.mean_resolved_min == 5.0


def test_nobody_at_all() -> None:
    summary = summarise_resolved([])
    assert summary.visits == 0
    assert (summary.target_min, summary.within_target, summary.mean_resolved_min) == (None, None, None)


def test_different_targets_are_judged_each_by_its_own() -> None:
    summary = summarise_resolved([row(Ending.RESOLVED, 12), row(Ending.RESOLVED, 12, target=15 * MINUTE)])
    assert (summary.target_min, summary.within_target, summary.share_within_target) == (None, 1, 0.5)


@pytest.mark.parametrize("ending", [Ending.RESOLVED, Ending.NOT_RESOLVED])
@pytest.mark.parametrize("clock_ms", [None, -1])
def test_a_clock_that_can_not_be_is_not_counted(ending: Ending, clock_ms: int | None) -> None:
    with pytest.raises(ValueError):
        summarise_resolved([ResolvedRow(ending, clock_ms, TEN, exempt=False)])


rows = st.builds(
    ResolvedRow,
    ending=st.sampled_from(Ending),
    clock_ms=st.integers(0, 30 * MINUTE) | st.integers(TEN - 1, TEN + 1),
    target_ms=st.sampled_from([TEN, 20 * MINUTE, None]),
    exempt=st.booleans(),
)


@given(st.lists(rows, max_size=40))
def test_a_plain_calculation_agrees(visits: list[ResolvedRow]) -> None:
    summary = summarise_resolved(visits)

    def share(some: list[ResolvedRow]) -> tuple[int, float | None]:
        kept = lost = 0
        for ending, clock_ms, target_ms, _ in some:
            if target_ms is None or ending == "open":
                continue
            in_time = (clock_ms or 0) <= target_ms
            if ending == "resolved" and in_time:
                kept += 1
            elif ending != "not_resolved" or not in_time:
                lost += 1
        return kept, kept / (kept + lost) if kept + lost else None

    promised = any(visit.target_ms is not None for visit in visits)
    kept, kept_share = share([visit for visit in visits if not visit.exempt])
    every, every_share = share(visits)
    assert summary.within_target == (kept if promised else None)
    assert summary.share_within_target == kept_share
    assert summary.within_target_with_exempt == (every if promised else None)
    assert summary.share_with_exempt == every_share
    assert (
        summary.visits
        == len(visits)
        == (
            summary.resolved
            + summary.to_follow
            + summary.not_resolved_before
            + summary.not_resolved_after
            + summary.open
        )
    )
