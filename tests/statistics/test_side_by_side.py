"""Groups that may be hidden, and two periods side by side, as table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

from reception.clock import MINUTE
from reception.domain.columns import Column
from reception.domain.figures import WaitSummary
from reception.statistics.side_by_side import Layout, Line, Side, as_csv, as_json, as_table, paired
from reception.statistics.waits import WaitRow, summarise


def waits(group: str, *minutes: int) -> WaitSummary:
    rows = [WaitRow(group, Column.SEEN, each * MINUTE, 15 * MINUTE) for each in minutes]
    return summarise(rows, (group,))[0]


POLISH = Side("pl", waits("pl", 0, 10, 20, 30, 40, 50))
HIDDEN = Side("cy", None, is_hidden=True)
COMPARED = Layout(WaitSummary, is_compared=True, may_hide=True)
ALONE = Layout(WaitSummary, may_hide=True)


def test_json_says_what_is_hidden_and_no_figure_of_it() -> None:
    shown, hidden = json.loads(as_json([Line(POLISH), Line(HIDDEN)], ALONE))
    assert (shown["group"], shown["hidden"], shown["visits"], shown["median_wait_min"]) == ("pl", False, 6, 25.0)
    assert "compared" not in shown
    assert hidden.pop("group") == "cy"
    assert hidden.pop("hidden") is True
    assert set(hidden.values()) == {None}
    assert hidden.keys() == shown.keys() - {"group", "hidden"}


def test_json_has_the_other_period_within() -> None:
    one, other = json.loads(as_json([Line(POLISH, HIDDEN), Line(HIDDEN, None)], COMPARED))
    assert one["compared"].keys() == one.keys() - {"compared"}
    assert (one["compared"]["group"], one["compared"]["hidden"], one["compared"]["visits"]) == ("cy", True, None)
    assert other["compared"] is None


def test_csv_has_the_other_period_in_columns_of_its_own() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv([Line(POLISH, POLISH), Line(HIDDEN)], COMPARED))))
    assert rows[0]["visits"] == rows[0]["compared_visits"] == "6"
    assert (rows[0]["hidden"], rows[1]["hidden"]) == ("False", "True")
    assert {rows[1][name] for name in rows[1] if name not in ("group", "hidden")} == {""}
    alone = next(csv.reader(io.StringIO(as_csv([], ALONE))))
    assert alone[:3] == ["group", "hidden", "visits"]


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv([Line(Side("=1+1", waits("=1+1", 3)))], ALONE)))
    assert row["group"] == "'=1+1"


def test_the_table_has_a_line_for_each_period_and_says_hidden() -> None:
    lines = as_table([Line(POLISH, HIDDEN), Line(HIDDEN, None)], COMPARED).splitlines()
    assert [line.split()[:3] for line in lines[-4:]] == [
        ["pl", "now", "6"],
        ["cy", "before", "hidden"],
        ["cy", "now", "hidden"],
        ["before", "-", "-"],
    ]
    assert lines[-4].split()[-1] == "%"


def test_a_table_of_nothing_has_its_heading() -> None:
    assert "visits" in as_table([], ALONE)
    assert as_json([], ALONE) == "[]\n"


@pytest.mark.parametrize(
    ("in_time", "expected"),
    [
        # The first day beside the first, the third beside nothing, for nobody came on the other third.
        (True, [("a", "b"), ("c", None), ("", "d")]),
        (False, [("a", "a"), ("c", None), ("b", "b"), ("d", "d")]),
    ],
)
def test_groups_in_time_are_matched_by_their_place_others_by_name(
    in_time: bool, expected: list[tuple[str, str | None]]
) -> None:
    now = [Side(key, waits(key, 1)) for key in "ac"]
    before = [Side(key, waits(key, 2)) for key in ("bd" if in_time else "bda")]
    lines = paired(now, before, places=([0, 2], [0, 1]) if in_time else None)
    assert [(line.now.key, line.before.key if line.before else None) for line in lines] == expected
