"""Wait figures: tables worked by hand, and a second calculation that is as plain as can be."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import fields, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.clock import MINUTE, SECOND
from reception.domain.columns import AFTER, Column
from reception.domain.figures import WaitSummary
from reception.domain.grouping import TOTAL, WEEKDAYS, Grouping
from reception.statistics.waits import WaitRow, quantile_min, sort_groups, summarise

FIFTEEN = 15 * MINUTE
TEN = 10 * MINUTE


def one(*rows: WaitRow) -> WaitSummary:
    (summary,) = summarise(rows)
    return summary


def seen(minutes: float, target: int | None = FIFTEEN, group: str = TOTAL) -> WaitRow:
    return WaitRow(group, Column.SEEN, round(minutes * MINUTE), target)


def unseen(column: Column, target: int | None = FIFTEEN, group: str = TOTAL) -> WaitRow:
    return WaitRow(group, column, None, target)


# -- by hand ---------------------------------------------------------------------------------------------------


def test_the_fields_stand_in_the_order_that_exports_promise() -> None:
    columns = [column.value for column in Column]
    assert columns == [
        "seen",
        "left_before",
        "left_after",
        "no_show_before",
        "no_show_after",
        "booked_unseen_before",
        "booked_unseen_after",
        "signposted_unseen_before",
        "signposted_unseen_after",
        "unresolved_unseen_before",
        "unresolved_unseen_after",
        "open",
    ]
    assert [field.name for field in fields(WaitSummary)] == [
        "group",
        "visits",
        *columns,
        "mean_wait_min",
        "median_wait_min",
        "p90_wait_min",
        "longest_wait_min",
        "target_min",
        "within_target",
        "share_within_target",
    ]


def test_a_day_with_every_column() -> None:
    """Four seen after 0, 10, 15 and 20 minutes; each unseen end once; one still open.

    mean 45 / 4 = 11.25; median (10 + 15) / 2 = 12.5; p90 at place 2.7: 15 + 0.7 x 5 = 18.5.
    Kept 3 (15 min 0 s is kept) of 4 seen + 5 after = 9.
    """
    ends = [unseen(column) for column in Column if column is not Column.SEEN]
    assert one(seen(0), seen(20), seen(10), seen(15), *ends) == WaitSummary(
        group="total",
        visits=15,
        seen=4,
        left_before=1,
        left_after=1,
        no_show_before=1,
        no_show_after=1,
        booked_unseen_before=1,
        booked_unseen_after=1,
        signposted_unseen_before=1,
        signposted_unseen_after=1,
        unresolved_unseen_before=1,
        unresolved_unseen_after=1,
        open=1,
        mean_wait_min=11.25,
        median_wait_min=12.5,
        p90_wait_min=18.5,
        longest_wait_min=20.0,
        target_min=15.0,
        within_target=3,
        share_within_target=3 / 9,
    )


def test_the_limit_is_inclusive_to_the_millisecond() -> None:
    at_limit = WaitRow(TOTAL, Column.SEEN, FIFTEEN, FIFTEEN)
    past_it = WaitRow(TOTAL, Column.SEEN, FIFTEEN + 1, FIFTEEN)
    assert one(at_limit).within_target == 1
    assert one(past_it).within_target == 0


def test_zero_waits_count_and_averages_are_over_visits() -> None:
    """One wait of 60 minutes among 149 of none is 0.4 minutes a visit, not an average of averages."""
    hours = [seen(60, group="09"), *[seen(0, group="10") for _ in range(149)]]
    by_hour = {summary.group: summary for summary in summarise(hours)}
    assert by_hour["09"].mean_wait_min == 60
    assert by_hour["10"].mean_wait_min == 0
    assert one(*(row._replace(group=TOTAL) for row in hours)).mean_wait_min == 0.4


def test_nobody_seen_has_no_wait_figures_and_may_still_lose_promises() -> None:
    summary = one(unseen(Column.LEFT_AFTER), unseen(Column.OPEN))
    assert (summary.mean_wait_min, summary.median_wait_min, summary.p90_wait_min) == (None, None, None)
    assert summary.longest_wait_min is None
    assert (summary.within_target, summary.share_within_target) == (0, 0.0)


def test_nobody_to_judge_has_no_share() -> None:
    summary = one(unseen(Column.LEFT_BEFORE), unseen(Column.OPEN))
    assert (summary.target_min, summary.within_target, summary.share_within_target) == (15.0, 0, None)


def test_no_promise_is_neither_kept_nor_lost() -> None:
    summary = one(seen(5, target=None), unseen(Column.LEFT_BEFORE, target=None))
    assert (summary.target_min, summary.within_target, summary.share_within_target) == (None, None, None)
    assert summary.mean_wait_min == 5.0


def test_some_with_and_some_without_a_promise() -> None:
    """The visit without a promise is in the waits, and in neither half of the share."""
    summary = one(seen(5), seen(20), seen(1, target=None))
    assert (summary.target_min, summary.within_target, summary.share_within_target) == (None, 1, 0.5)
    assert summary.visits == summary.seen == 3
    assert summary.median_wait_min == 5.0


def test_every_visit_is_judged_by_its_own_target() -> None:
    summary = one(seen(12), seen(12, target=TEN), seen(8, target=TEN))
    assert (summary.target_min, summary.within_target, summary.share_within_target) == (None, 2, 2 / 3)


def test_one_visit_is_its_own_every_figure() -> None:
    summary = one(WaitRow(TOTAL, Column.SEEN, 61 * SECOND, None))
    assert {
        summary.mean_wait_min,
        summary.median_wait_min,
        summary.p90_wait_min,
        summary.longest_wait_min,
    } == {61 / 60}


def test_a_figure_is_divided_once() -> None:
    """A third of a minute three times is a minute: sums of floats would not say so."""
    assert one(*[WaitRow(TOTAL, Column.SEEN, 20_000, None)] * 3).mean_wait_min == 20_000 / MINUTE
    assert one(*(WaitRow(TOTAL, Column.SEEN, wait, None) for wait in (1, 1, 2))).mean_wait_min == 4 / (3 * MINUTE)


def test_columns_may_come_as_the_plain_text_of_a_database() -> None:
    plain = [WaitRow(TOTAL, str(column.value), 0, FIFTEEN) for column in Column]  # type: ignore[arg-type]
    assert one(*plain) == one(*(WaitRow(TOTAL, column, 0, FIFTEEN) for column in Column))


# -- groups ----------------------------------------------------------------------------------------------------


def test_groups_that_nobody_visited_are_there_when_asked_for() -> None:
    assert summarise([]) == []
    (empty,) = summarise([], groups=[TOTAL])
    assert (empty.group, empty.visits, empty.mean_wait_min, empty.within_target) == (TOTAL, 0, None, None)
    assert [summary.group for summary in summarise([seen(1, group="b")], groups=["a", "b"])] == ["a", "b"]


@pytest.mark.parametrize(
    ("by", "groups", "in_order"),
    [
        (Grouping.TOTAL, ["total"], ["total"]),
        (Grouping.DAY, ["2024-10-02", "2023-12-31", "2024-09-30"], ["2023-12-31", "2024-09-30", "2024-10-02"]),
        (Grouping.WEEKDAY, ["Friday", "Sunday", "Monday"], ["Monday", "Friday", "Sunday"]),
        (Grouping.HOUR, ["14", "09", "10"], ["09", "10", "14"]),
        (Grouping.SERVICE, ["planning", "Housing", "", "Council tax"], ["", "Council tax", "Housing", "planning"]),
    ],
)
def test_groups_are_sorted_as_people_read_them(by: Grouping, groups: list[str], in_order: list[str]) -> None:
    summaries = summarise(seen(1, group=group) for group in groups)
    assert [summary.group for summary in sort_groups(summaries, by)] == in_order


def test_the_week_begins_on_monday() -> None:
    assert WEEKDAYS[0] == "Monday"
    assert len(WEEKDAYS) == 7


# -- bugs elsewhere that must not become figures -----------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        WaitRow(TOTAL, Column.SEEN, None, FIFTEEN),
        WaitRow(TOTAL, Column.SEEN, -1, FIFTEEN),
        WaitRow(TOTAL, Column.LEFT_AFTER, None, None),
    ],
)
def test_rows_that_contradict_the_definitions_are_not_counted(row: WaitRow) -> None:
    with pytest.raises(ValueError):
        summarise([row])


def test_an_unknown_column_is_not_counted() -> None:
    with pytest.raises(KeyError):
        summarise([WaitRow(TOTAL, "vanished", None, None)])  # type: ignore[arg-type]


def test_a_summary_that_lost_a_visit_can_not_be_made() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        replace(one(seen(1)), visits=2)


def test_after_is_every_after_and_nothing_else() -> None:
    assert {column for column in Column if column.value.endswith("_after")} == AFTER


# -- the second calculation --------------------------------------------------------------------------------------


def plainly(group: str, rows: Sequence[WaitRow]) -> dict[str, object]:
    waits = [row.wait_ms for row in rows if row.column == "seen" and row.wait_ms is not None]
    targets = [row.target_ms for row in rows]
    promised = [row for row in rows if row.target_ms is not None]
    kept = [row for row in promised if row.column == "seen" and (row.wait_ms or 0) <= (row.target_ms or 0)]
    judged = [row for row in promised if row.column == "seen" or row.column.endswith("_after")]
    p90: Fraction | None = None
    if waits:
        place = Fraction(9, 10) * (len(waits) - 1)
        below, above = sorted(waits)[int(place)], sorted(waits)[-int(-place // 1)]
        p90 = below + (above - below) * (place - int(place))
    alike = targets[0] if all(target == targets[0] for target in targets) else None
    return {
        "group": group,
        "visits": len(rows),
        **{column.value: len([row for row in rows if row.column == column]) for column in Column},
        "mean_wait_min": float(Fraction(sum(waits), len(waits)) / 60_000) if waits else None,
        "median_wait_min": float(statistics.median(map(Fraction, waits)) / 60_000) if waits else None,
        "p90_wait_min": None if p90 is None else float(p90 / 60_000),
        "longest_wait_min": max(waits) / 60_000 if waits else None,
        "target_min": None if alike is None else alike / 60_000,
        "within_target": len(kept) if promised else None,
        "share_within_target": len(kept) / len(judged) if judged else None,
    }


@st.composite
def wait_rows(draw: st.DrawFn) -> WaitRow:
    column = draw(st.sampled_from(Column))
    promised = st.sampled_from([FIFTEEN, TEN, 5 * MINUTE])
    return WaitRow(
        group=draw(st.sampled_from(["a", "b", "c"])),
        column=column,
        # Waits near the targets as well as anywhere, so that the limit is met to the millisecond.
        wait_ms=draw(
            st.one_of(
                st.integers(0, 200 * MINUTE), promised.flatmap(lambda target: st.integers(target - 1, target + 1))
            )
        ),
        target_ms=draw(promised if column in AFTER else st.none() | promised),
    )


@given(st.lists(wait_rows(), max_size=40))
def test_a_plain_calculation_agrees_to_the_last_bit(rows: list[WaitRow]) -> None:
    summaries = summarise(rows)
    assert sum(summary.visits for summary in summaries) == len(rows)
    for summary in summaries:
        mine = [row for row in rows if row.group == summary.group]
        assert {field.name: getattr(summary, field.name) for field in fields(summary)} == plainly(summary.group, mine)


@given(st.lists(wait_rows(), min_size=1, max_size=40), st.randoms())
def test_the_order_of_visits_changes_nothing(rows: list[WaitRow], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sort_groups(summarise(rows), Grouping.SERVICE) == sort_groups(summarise(shuffled), Grouping.SERVICE)


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=60), st.integers(0, 10))
def test_quantiles_are_those_of_numpy(durations: list[int], tenths: int) -> None:
    ordered = np.sort(np.array(durations, dtype=np.int64))
    expected = float(np.percentile(ordered, tenths * 10)) / MINUTE
    assert quantile_min(ordered, tenths) == pytest.approx(expected, rel=1e-12, abs=1e-12)
