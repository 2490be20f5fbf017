"""The report as a spreadsheet, read back: types, formats, and nothing that runs."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace as dataclass_replace
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook

from reception.customs import Customs
from reception.documents.report_paragraphs import delays_words
from reception.documents.report_words import Words
from reception.documents.spreadsheet import head_of, monthly_xlsx
from reception.domain.figures import DelaySummary
from reception.domain.imported_words import LEFT_OUT
from reception.domain.past_view import OutcomeSummary
from reception.domain.reporting import monthly_figures
from reception.statistics.publishing import published
from reception.statistics.report_text import report_json
from tests.past_views import past_view

ODD = ("=cmd|' /C calc'!A0", "+44 desk", "-1", "@SUM(A1)", "Housing")


def made(*, public: bool = False, **more: Any) -> bytes:
    view = past_view(services=ODD, **more)
    figures = monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2))
    return monthly_xlsx(published(figures) if public else figures)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(io.BytesIO(made()))


def column(book: Workbook, sheet: str, head: str) -> list[Any]:
    place = [cell.value for cell in book[sheet][1]].index(head)
    return [row[place] for row in book[sheet].iter_rows(min_row=2)]


def test_a_sheet_a_table_with_its_heads_kept_in_sight(book: Workbook) -> None:
    assert book.sheetnames == ["Summary", "By service", "By day", "Heat map", "Appointments", "Delays", "About"]
    assert {sheet.freeze_panes for sheet in book} == {"B2"}
    assert all(sheet.column_dimensions["A"].width > 10 for sheet in book)


def test_numbers_days_and_shares_are_what_they_are(book: Workbook) -> None:
    visits = column(book, "By service", "Visits")
    assert all(isinstance(cell.value, int) and cell.number_format == "#,##0" for cell in visits)
    shares = column(book, "By service", "Share within target")
    assert shares[0].number_format == "0.0%"
    assert 0 < shares[0].value < 1
    assert column(book, "By service", "Mean wait, min")[0].number_format == "0.0"
    day = column(book, "By day", "Day")[0]
    assert day.value.date() == date(2026, 10, 1)
    assert day.is_date
    assert [cell.number_format for cell in column(book, "By day", "Usual range up to")][:1] == ["0.0%"]
    assert {cell.value for cell in column(book, "By day", "Stands out")} == {None, "beyond the limits"}


def test_a_name_never_runs(book: Workbook) -> None:
    cells = column(book, "By service", "Service")
    names = [cell.value for cell in cells]
    assert names == [*ODD, "All walk-ins", "Citizens Advice"]
    assert all(cell.data_type == "s" for cell in cells)
    assert [bool(cell.quotePrefix) for cell in cells] == [True, True, True, True, False, False, False]
    with zipfile.ZipFile(io.BytesIO(made())) as parts:
        assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_the_file_names_no_person(book: Workbook) -> None:
    about = book.properties
    assert (about.creator, about.lastModifiedBy) == ("Reception", None)
    assert about.title == "Civic Offices, October 2026: monthly report"


@pytest.mark.parametrize(
    "more", [{"a_day": 0}, {"only": 1}, {"target": None}], ids=["empty", "one visit", "no promise"]
)
def test_months_with_little_in_them(more: dict[str, Any]) -> None:
    assert load_workbook(io.BytesIO(made(**more)))["Summary"]["B2"].value is not None


def test_what_is_published_says_what_is_hidden() -> None:
    book = load_workbook(io.BytesIO(made(public=True, a_day=6)))
    said = [cell.value for cell in column(book, "By service", "Share within target")]
    assert any(isinstance(each, str) and re.match("at least 9", each) for each in said)
    formats = {cell.number_format for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {each for each in formats if "%" in each} == {"0%"}, "no more exact than what is told"
    assert "hidden" in [cell.value for row in book["Summary"].iter_rows() for cell in row]
    said = dict(row[:2] for row in book["About"].values)["Published"]
    assert "“hidden”" in said and "“at least”" in said and "“at most”" not in said, (
        "it explains the words that are in it"
    )
    assert [row[0].value for row in book["Heat map"].iter_rows()].count("Monday") == 1


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("median_wait_min", "Median wait, min"),
        ("p90_later_min", "9 in 10 later, min"),
        ("share_told_in_time", "Share told in time"),
        ("no_show", "No-show"),
    ],
)
def test_the_words_of_a_figure(name: str, head: str) -> None:
    assert head_of(name) == head


def test_ends_that_an_imported_log_does_not_say_are_not_nought() -> None:
    view = past_view()
    ends = OutcomeSummary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    view = replace(view, total=replace(view.total, outcomes=ends))
    figures = monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2))
    rows = list(load_workbook(io.BytesIO(monthly_xlsx(figures)))["Summary"].values)
    said = next(place for place, row in enumerate(rows) if row[0] == "How visits ended")
    assert rows[said + 1][:2] == ("All", "not known: an imported log does not say how visits ended")
    assert rows[said + 2][0] == "Second and later services, and all waits of a visit"
    about = list(load_workbook(io.BytesIO(monthly_xlsx(figures)))["About"].values)
    assert ("What the figures are", LEFT_OUT) in [row[:2] for row in about]


@pytest.mark.parametrize("is_public", [False, True])
def test_who_was_told_of_a_delay_is_not_nought_where_an_imported_log_does_not_say(is_public: bool) -> None:
    view = past_view()
    none_on_record = DelaySummary("total", 0, 0, 0, 0, 0, 0, None)
    view = replace(view, total=replace(view.total, delays=none_on_record))
    figures = monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2))
    figures = published(figures) if is_public else figures
    month = json.loads(report_json(figures))["sections"]["month_delays"][0]["figures"]
    assert [month[name] for name in ("delayed", "told_in_time", "never_told")] == [{"value": None}] * 3
    rows = list(load_workbook(io.BytesIO(monthly_xlsx(figures)))["Delays"].values)
    assert rows[1][:2] == ("All", "not known: an imported log does not say who was told of a delay")
    assert all(row[1] is None for row in rows[2:])
    assert "not known who was told" in delays_words(figures, Words(figures, Customs("en-GB")))
    waits = view.total.waits
    assert waits is not None
    kept = dataclass_replace(waits, within_target=waits.judged, share_within_target=1.0)
    all_kept = replace(view, total=replace(view.total, waits=kept))
    told = monthly_figures(all_kept, of="", made_on=date(2026, 11, 2)).month("month_delays")
    assert told["delayed"].value == 0, "nobody was kept waiting beyond the promise"
