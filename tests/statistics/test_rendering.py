"""Wait summaries as a table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields

import pytest

from reception.clock import MINUTE
from reception.domain.columns import Column
from reception.domain.figures import WaitSummary
from reception.statistics.rendering import as_csv, as_json, as_table
from reception.statistics.waits import WaitRow, summarise

FIFTEEN = 15 * MINUTE
NAMES = [field.name for field in fields(WaitSummary)]


def summaries() -> list[WaitSummary]:
    return summarise(
        [
            WaitRow("Housing", Column.SEEN, 100_000, FIFTEEN),
            WaitRow("Housing", Column.SEEN, FIFTEEN + 1, FIFTEEN),
            WaitRow("Housing", Column.LEFT_AFTER, None, FIFTEEN),
            WaitRow("Planning", Column.OPEN, None, None),
        ]
    )


def test_json_is_a_list_of_objects_unrounded() -> None:
    read = json.loads(as_json(summaries()))
    assert [list(entry) for entry in read] == [NAMES, NAMES]
    assert read == [asdict(summary) for summary in summaries()]
    assert read[0]["mean_wait_min"] == (100_000 + FIFTEEN + 1) / (2 * MINUTE)
    assert read[1]["mean_wait_min"] is None


def test_json_is_plain_ascii() -> None:
    text = as_json(summarise([WaitRow("Café 住房", Column.OPEN, None, None)]))
    assert text.isascii()
    assert json.loads(text)[0]["group"] == "Café 住房"


def test_csv_has_every_field_unrounded_and_blanks_for_what_is_not_known() -> None:
    first, second = csv.DictReader(io.StringIO(as_csv(summaries())))
    assert list(first) == NAMES
    assert float(first["share_within_target"]) == 1 / 3
    assert (second["group"], second["open"], second["mean_wait_min"], second["target_min"]) == ("Planning", "1", "", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1+1"])
def test_csv_does_not_let_a_name_run_as_a_formula(name: str) -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(summarise([WaitRow(name, Column.OPEN, None, None)])), newline=""))
    assert row["group"] == f"'{name}"


@pytest.mark.parametrize("name", ["\r=1", "\n=1", "\r\n=1"])
def test_csv_keeps_a_name_on_one_line(name: str) -> None:
    text = as_csv(summarise([WaitRow(name, Column.OPEN, None, None)]))
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["group"] == "' =1"


@pytest.mark.parametrize("name", ["Housing", "2024-07-01", "09", 'Tax, "council"', "Ŵyneb", ""])
def test_csv_leaves_other_names_alone(name: str) -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv(summarise([WaitRow(name, Column.OPEN, None, None)]))))
    assert row["group"] == name


def test_the_table_is_aligned_and_leaves_out_unseen_ends_that_nobody_had() -> None:
    assert as_table(summaries()) == (
        "                                     mean  median    p90  longest                   share\n"
        "                         left        wait    wait   wait     wait  target  within  within\n"
        "group     visits  seen  after  open   min     min    min      min     min  target  target\n"
        "Housing        3     2      1     0  8.33    8.33  13.67    15.00   15.00       1  33.3 %\n"
        "Planning       1     0      0     1     -       -      -        -       -       -       -\n"
    )


def test_a_table_of_nothing_is_its_heading() -> None:
    assert len(as_table([]).splitlines()) == 3
    assert as_csv([]).splitlines() == [",".join(NAMES)]
    assert json.loads(as_json([])) == []


def test_the_table_says_a_hundred_per_cent_only_when_every_promise_was_kept() -> None:
    kept = [WaitRow("a", Column.SEEN, 0, FIFTEEN)] * 9_999
    assert " 99.9 %" in as_table(summarise([*kept, WaitRow("a", Column.LEFT_AFTER, None, FIFTEEN)]))
    assert " 100.0 %" in as_table(summarise(kept))


@pytest.mark.parametrize("kept", range(1001))
def test_a_share_of_whole_tenths_is_not_rounded_down_by_its_float(kept: int) -> None:
    visits = [WaitRow("a", Column.SEEN, 0, FIFTEEN)] * kept
    visits += [WaitRow("a", Column.SEEN, FIFTEEN + 1, FIFTEEN)] * (1000 - kept)
    assert as_table(summarise(visits)).endswith(f" {kept // 10}.{kept % 10} %\n")


def test_wide_and_combining_characters_keep_the_columns_in_line() -> None:
    table = as_table(summarise(WaitRow(name, Column.OPEN, None, None) for name in ("住房", "abcd", "e\u0301bcd")))
    assert [line.partition("1")[0] for line in table.splitlines()[-3:]] == [
        name + " " * 8 for name in ("住房", "abcd", "e\u0301bcd")
    ]


def test_a_name_can_not_steer_the_terminal() -> None:
    table = as_table(summarise([WaitRow("\x1b[31mred\nx", Column.OPEN, None, None)]))
    assert "\x1b" not in table
    assert "?[31mred?x" in table
