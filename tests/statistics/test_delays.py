"""Who was told of a delay: a table worked by hand, a second calculation, and what is printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.domain.figures import DelaySummary
from reception.domain.grouping import WEEKDAYS, Grouping
from reception.services.figure_ports import DelayFigures
from reception.services.reports import delay_report
from reception.statistics.delays import DelayRow, Telling, summarise_delays
from reception.statistics.rendering import as_csv, as_json, as_table

FIELDS = [
    "group",
    "delayed",
    "told_in_time",
    "told_late",
    "never_told",
    "offered_another_time",
    "took_another_time",
    "share_told_in_time",
]


def row(telling: Telling, offered: bool = False, group: str = "total", took: bool = False) -> DelayRow:
    return DelayRow(group, telling, offered, took)


def test_a_day_by_hand() -> None:
    """Told in time twice, once with another time; late once, with another time, taken; three never: 2 of 6."""
    (summary,) = summarise_delays(
        [
            row(Telling.IN_TIME, True),
            row(Telling.IN_TIME),
            row(Telling.LATE, True, took=True),
            *[row(Telling.NEVER) for _ in range(3)],
        ]
    )
    assert summary == DelaySummary(
        group="total",
        delayed=6,
        told_in_time=2,
        told_late=1,
        never_told=3,
        offered_another_time=2,
        took_another_time=1,
        share_told_in_time=1 / 3,
    )


def test_the_fields_stand_in_the_order_that_exports_promise() -> None:
    assert [field.name for field in fields(DelaySummary)] == FIELDS


def test_nobody_delayed_is_one_total_of_nothing() -> None:
    (nobody,) = delay_report([], Grouping.TOTAL)
    assert nobody == DelaySummary("total", 0, 0, 0, 0, 0, 0, None)
    assert delay_report([], Grouping.DAY) == []


@pytest.mark.parametrize("wrong", [row(Telling.NEVER, offered=True), row(Telling.NEVER, took=True)])
def test_another_time_of_one_who_was_told_nothing_is_a_bug_and_no_figure(wrong: DelayRow) -> None:
    with pytest.raises(ValueError, match="never told"):
        summarise_delays([wrong])


@pytest.mark.parametrize(
    "changes",
    [
        {"delayed": 2},
        {"told_late": 1},
        {"never_told": 1},
        {"offered_another_time": 2},
        {"took_another_time": 2},
        {"told_in_time": 0},
    ],
)
def test_a_summary_that_does_not_add_up_can_not_be_made(changes: dict[str, int]) -> None:
    (summary,) = summarise_delays([row(Telling.IN_TIME)])
    with pytest.raises(ValueError):
        replace(summary, **changes)  # type: ignore[arg-type]


# -- groups ----------------------------------------------------------------------------------------------------

DELAYS = [
    DelayFigures(date(2026, 12, 1), 9, "Housing", True, True, True),
    DelayFigures(date(2026, 12, 1), 14, "Benefits", True, False, False),
    DelayFigures(date(2026, 11, 30), 9, "Housing", False, False, False),
]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (Grouping.TOTAL, {"total": (1, 1, 1)}),
        (Grouping.DAY, {"2026-11-30": (0, 0, 1), "2026-12-01": (1, 1, 0)}),
        (Grouping.WEEKDAY, {"Monday": (0, 0, 1), "Tuesday": (1, 1, 0)}),
        (Grouping.HOUR, {"09": (1, 0, 1), "14": (0, 1, 0)}),
        (Grouping.SERVICE, {"Benefits": (0, 1, 0), "Housing": (1, 0, 1)}),
    ],
)
def test_groups_come_in_the_order_in_which_people_read(by: Grouping, groups: dict[str, tuple[int, int, int]]) -> None:
    found = delay_report(DELAYS, by)
    assert [(each.group, (each.told_in_time, each.told_late, each.never_told)) for each in found] == [*groups.items()]
    assert WEEKDAYS[0] == "Monday"


# -- what is printed -------------------------------------------------------------------------------------------


def test_all_formats_have_every_field() -> None:
    summaries = summarise_delays([row(Telling.IN_TIME, group="=1+1"), row(Telling.LATE, True, "=1+1", True)])
    assert as_csv(summaries, DelaySummary).splitlines() == [",".join(FIELDS), "'=1+1,2,1,1,0,1,1,0.5"]
    assert [*json.loads(as_json(summaries, DelaySummary))[0]] == FIELDS
    assert as_csv([], DelaySummary).splitlines() == [",".join(FIELDS)]


@pytest.mark.parametrize(("in_time", "said"), [(1_999, "99.9 %"), (2_000, "100.0 %"), (0, "0.0 %")])
def test_the_table_rounds_the_share_down(in_time: int, said: str) -> None:
    rows = [row(Telling.IN_TIME)] * in_time + [row(Telling.NEVER)] * (2_000 - in_time)
    line = as_table(summarise_delays(rows), DelaySummary).splitlines()[-1]
    assert line.split() == ["total", "2000", str(in_time), "0", str(2_000 - in_time), "0", "0", *said.split()]


def test_the_table_says_of_nobody_that_no_share_is_known() -> None:
    line = as_table(delay_report([], Grouping.TOTAL), DelaySummary).splitlines()[-1]
    assert line.split() == ["total", *"000000", "-"]


# -- the second calculation ------------------------------------------------------------------------------------

rows = st.builds(DelayRow, st.sampled_from("abc"), st.sampled_from(Telling), st.booleans(), st.booleans()).map(
    lambda each: each if each.telling != "never" else each._replace(offered=False, took=False)
)


def plainly(group: str, mine: Sequence[DelayRow]) -> dict[str, object]:
    in_time = len([each for each in mine if each.telling == "in_time"])
    return {
        "group": group,
        "delayed": len(mine),
        "told_in_time": in_time,
        "told_late": len([each for each in mine if each.telling == "late"]),
        "never_told": len([each for each in mine if each.telling == "never"]),
        "offered_another_time": len([each for each in mine if each.offered]),
        "took_another_time": len([each for each in mine if each.took]),
        "share_told_in_time": float(Fraction(in_time, len(mine))),
    }


@given(st.lists(rows, max_size=40))
def test_a_plain_calculation_agrees_to_the_last_bit(delays: list[DelayRow]) -> None:
    summaries = summarise_delays(delays)
    assert sum(each.delayed for each in summaries) == len(delays)
    for each in summaries:
        mine = [delay for delay in delays if delay.group == each.group]
        assert {field.name: getattr(each, field.name) for field in fields(each)} == plainly(each.group, mine)


@given(st.permutations(DELAYS), st.sampled_from([*Grouping][:5]))
def test_the_order_of_delays_changes_nothing(delays: list[DelayFigures], by: Grouping) -> None:
    assert delay_report(delays, by) == delay_report(DELAYS, by)
