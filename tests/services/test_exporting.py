"""What is shown of a past period, in a file: as it is grouped and compared, whole, and without anybody's name."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import Group, PastView
from reception.domain.report_names import ReportFormat, is_month, period_file_name
from reception.errors import Code, Refusal
from reception.services.exporting import write_figures
from reception.services.past_hiding import without_small_groups
from tests.past_views import past_view

MADE = date(2026, 11, 2)
WEEK = Period(date(2026, 10, 5), date(2026, 10, 11))
BEFORE = Period(date(2026, 9, 28), date(2026, 10, 4))
FILES = (ReportFormat.XLSX, ReportFormat.CSV, ReportFormat.JSON)


def of_week(by: Grouping = Grouping.WEEKDAY, **changes: Any) -> PastView:
    view = past_view(6)
    return replace(view, period=WEEK, compared=BEFORE, by=by, groups_before=view.groups[:1], **changes)


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_each_format_tells_of_the_period_its_groups_and_what_it_is_compared_with(tmp_path: Path) -> None:
    view = of_week()
    now = view.total.waits
    assert now is not None
    for wanted in FILES:
        write_figures(view, MADE, tmp_path / f"week.{wanted}", wanted)

    rows = rows_of(tmp_path / "week.csv")
    told = {(row["section"], row["group"], row["figure"]): row["value"] for row in rows}
    assert told["period", "2026-10-05..2026-10-11", "visits"] == str(now.visits)
    assert ("period", "2026-09-28..2026-10-04", "visits") in told
    assert [group for section, group, figure in told if (section, figure) == ("by_weekday", "seen")] == [
        group.key for group in view.groups
    ]
    assert {group for section, group, _ in told if section == "by_weekday_compared"} == {view.groups[0].key}

    report = json.loads((tmp_path / "week.json").read_text())
    assert (report["report"], report["by"], report["first"], report["last"], report["is_public"]) == (
        "period",
        "weekday",
        "2026-10-05",
        "2026-10-11",
        False,
    )
    assert "month" not in report
    assert set(report["sections"]) == {row["section"] for row in rows}
    share = report["sections"]["period"][0]["figures"]["share_within_target"]["value"]
    assert share == now.share_within_target

    whole = replace(view, groups=(*view.groups, replace(view.total, key="Sunday")))
    write_figures(whole, MADE, tmp_path / "whole.xlsx", ReportFormat.XLSX)
    sheet = load_workbook(tmp_path / "whole.xlsx")["By weekday, appointments"]
    assert [row[0].value for row in sheet] == ["Weekday", "Sunday", "All appointments"]
    longest = [cell.value for cell in sheet[1]].index("Longest lateness, min")
    assert [row[longest].value for row in sheet][1:] == [9, 9]

    book = load_workbook(tmp_path / "week.xlsx")
    assert book.sheetnames[:3] == ["Summary", "By weekday", "By weekday, compared"]
    assert [cell.value for cell in book["Summary"][1]] == [
        "Figure",
        "5 to 11 October 2026",
        "Rests on",
        "28 September to 4 October 2026",
    ]
    assert book.properties.title == "Civic Offices, 5 to 11 October 2026: figures by weekday"


def test_what_is_hidden_on_the_screen_is_hidden_in_the_file(tmp_path: Path) -> None:
    groups = (*past_view(6).groups, Group("pl", is_hidden=True), Group("ur", is_hidden=True))
    view = of_week(Grouping.LANGUAGE, groups=groups)
    for wanted in FILES:
        write_figures(view, MADE, tmp_path / f"week.{wanted}", wanted)
    hidden = [row for row in rows_of(tmp_path / "week.csv") if row["group"] in ("pl", "ur")]
    assert {row["group"] for row in hidden if row["section"] == "by_language"} == {"pl", "ur"}
    assert {(row["figure"], row["value"], row["rests_on"]) for row in hidden} == {("", "hidden", "")}
    polish = next(
        row
        for row in json.loads((tmp_path / "week.json").read_text())["sections"]["by_language"]
        if row["group"] == "pl"
    )
    assert polish == {"group": "pl", "hidden": True}
    sheet = load_workbook(tmp_path / "week.xlsx")["By language"]
    cells = next([cell.value for cell in row[1:-1]] for row in sheet.iter_rows() if row[0].value == "pl")
    assert set(cells) == {"hidden"}


def test_of_languages_with_few_appointments_their_lateness_is_hidden_too() -> None:
    whole = past_view(6).total
    assert whole.appointments is not None
    none_came = dataclasses.replace(whole.appointments, attended=0, did_not_attend=0)
    groups = [
        replace(whole, key=key, appointments=dataclasses.replace(none_came, appointments=booked))
        for key, booked in (("en", 20), ("pl", 3), ("ur", 6))
    ]
    shown = [group for group in without_small_groups(groups, Grouping.LANGUAGE) if group.lateness is not None]
    assert [group.key for group in shown] == ["en"]


@pytest.mark.parametrize("wanted", FILES)
def test_nothing_by_officer_is_written(wanted: ReportFormat, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_figures(of_week(Grouping.OFFICER), MADE, tmp_path / "week", wanted)
    assert refused.value.code is Code.NOT_ALLOWED
    assert list(tmp_path.iterdir()) == []


def test_what_can_not_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old")
    with pytest.raises(Refusal, match="can't be written"):
        write_figures(of_week(), MADE, tmp_path / "gone" / "week.csv", ReportFormat.CSV)
    write_figures(of_week(), MADE, tmp_path / "old.csv", ReportFormat.CSV)
    assert (tmp_path / "old.csv").read_text().startswith("section,group,figure,value,rests_on\n")
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (Period(date(2026, 10, 1), date(2026, 10, 31)), "reception-2026-10-civic-offices-by-service.csv"),
        (Period(date(2024, 2, 1), date(2024, 2, 29)), "reception-2024-02-civic-offices-by-service.csv"),
        (
            Period(date(2023, 2, 1), date(2023, 2, 27)),
            "reception-2023-02-01-to-2023-02-27-civic-offices-by-service.csv",
        ),
        (
            Period(date(2025, 10, 1), date(2026, 10, 31)),
            "reception-2025-10-01-to-2026-10-31-civic-offices-by-service.csv",
        ),
        (Period(date(2026, 10, 5), date(2026, 10, 5)), "reception-2026-10-05-civic-offices-by-service.csv"),
    ],
)
def test_a_file_is_named_by_its_days(period: Period, name: str) -> None:
    assert period_file_name("Civic Offices", period, Grouping.SERVICE, ReportFormat.CSV) == name
    assert is_month(period) == (name.count("-") == 6)
