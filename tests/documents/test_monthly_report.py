"""The monthly report on paper: two pages, its words, its structure, and what it says to who does not see it."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace

from reception.customs import Customs
from reception.documents.monthly_report import monthly_pdf
from reception.documents.report_charts import is_good
from reception.documents.report_finding import below_finding
from reception.documents.report_sheet import HEAT
from reception.documents.report_told import told_in_time_words
from reception.documents.report_words import Words
from reception.documents.stationery import Stationery
from reception.domain.grouping import Grouping
from reception.domain.reporting import Figure, MonthlyFigures, Row, Section, SignalSaid, monthly_figures
from reception.statistics.publishing import published
from reception.statistics.report_text import report_json
from tests.documents.samples import metadata_of, pages_of, text_of
from tests.documents.tagged import Read, elements
from tests.past_views import FOURTEEN, SERVICES, past_view

LONG = "The Joint Civic Offices and Library of Hertsmere and all of its many Neighbours to the North and South"


def figures_of(**more: Any) -> MonthlyFigures:
    view = past_view(**more)
    return monthly_figures(view, of=view.offices[0], made_on=date(2026, 11, 2))


def of_role(found: list[Read], role: str) -> list[str]:
    return [" ".join(each.text.split()) for each in found if each.role == role]


@pytest.mark.parametrize(
    ("told", "share", "said"),
    [
        (Figure("", 41), Figure("", 0.27), "Told in time: 41 (27%)."),
        (Figure("", 0), Figure("", is_hidden=True, at_most=0.03), "Nobody was told in time."),
        (Figure("", 0), Figure("", 0.0), "Nobody was told in time."),
        (
            Figure("", is_hidden=True),
            Figure("", is_hidden=True, at_most=0.03),
            "Told in time: fewer than 5, at most 3%.",
        ),
        (Figure("", is_hidden=True), Figure("", is_hidden=True, at_least=0.97), "Told in time: at least 97%."),
        (Figure("", is_hidden=True), Figure("", is_hidden=True), "Told in time: hidden."),
        (Figure("", 150), Figure("", is_hidden=True, at_least=0.97), "Told in time: 150."),
    ],
)
def test_of_who_was_told_in_time_no_count_stands_beside_a_bound(told: Figure, share: Figure, said: str) -> None:
    row = Row("", (replace(told, name="told_in_time"), replace(share, name="share_told_in_time")))
    words = Words(replace(figures_of(), is_public=True), Customs("en"))
    assert told_in_time_words(row, words.count, words.share) == said


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        (
            {},
            "92.2% of 2,751 walk-ins were seen within 15 minutes, September 92.8%: the difference is no more than",
        ),
        ({"a_day": 0}, "No walk-in came in October 2026."),
        ({"only": 1}, "The one walk-in was seen within 15 minutes."),
        ({"services": FOURTEEN, "partners": ("Citizens Advice", "Hertfordshire Police")}, "92.2% of 2,751 walk-ins"),
        ({"office": LONG, "services": (LONG, *SERVICES)}, "92.2% of 2,751 walk-ins"),
        ({"target": None}, "Half of 2,767 walk-ins were seen within 3 minutes; no promise is made."),
        ({"target": 1.0}, "walk-ins were seen within 1 minute, September"),
    ],
    ids=["ordinary", "empty", "one visit", "fourteen services", "long names", "no promise", "one minute"],
)
@pytest.mark.parametrize("public", [False, True], ids=["council", "public"])
def test_two_pages_or_one_where_nothing_is_drawn_begin_with_the_finding(
    more: dict[str, Any], finding: str, public: bool, stationery: Stationery
) -> None:
    figures = figures_of(**more)
    if public:
        figures = published(figures)
        finding = "Fewer than 5 walk-ins came" if more.get("only") else finding.replace("92.2% of 2,751", "92% of")
        finding = finding.replace("92.8%", "92%")
    pdf = monthly_pdf(figures, stationery.fonts)
    has_charts = more.get("a_day") != 0 and not (public and more.get("only"))
    assert pages_of(pdf) == 1 + has_charts
    assert finding in text_of(pdf, 0)
    assert ("This report is published" in text_of(pdf, 0)) is public
    assert monthly_pdf(figures, stationery.fonts) == pdf


def test_every_walk_in_stands_in_one_column_at_the_top(stationery: Stationery) -> None:
    ends = {"left_after": 20, "no_show_after": 2, "unresolved_unseen_after": 1, "no_show_before": 8, "left_before": 3}
    counts = {"visits": 871, "seen": 836, **ends, "open": 1}
    row = Row("2026-10", (*(Figure(name, count) for name, count in counts.items()), Figure("target_min", 15.0)))
    figures = replace(figures_of(), sections=(Section("month", (row,)),))
    assert below_finding(figures, Words(figures, Customs("en-GB"))) == (
        "871 walk-ins: 836 seen; 23 gone unseen after the target, counted as lost; 11 before it, in no share;"
        " 1 not settled yet."
    )
    assert "2,749 seen; 18 gone unseen." in text_of(monthly_pdf(figures_of(target=None), stationery.fonts), 0)


@pytest.mark.parametrize("is_public", [False, True])
def test_days_that_differ_by_more_than_chance_are_not_said_to_be_chance(
    is_public: bool, stationery: Stationery
) -> None:
    view = past_view()
    assert view.shares is not None
    shares = [*(0.6, 0.9) * 11]
    points = tuple(replace(p, value=v, signals=()) for p, v in zip(view.shares.points, shares, strict=True))
    view = replace(view, shares=replace(view.shares, points=points, found=(), widened=7.55))
    figures = monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2))
    figures = published(figures) if is_public else figures
    text = " ".join(text_of(monthly_pdf(figures, stationery.fonts), 0).split())
    assert re.search(r"Days differ [67]\.\d times as much as chance alone would have them; none stands out", text)
    assert "Shade: usual range of these days" in text
    assert "what chance explains" not in text
    assert json.loads(report_json(figures))["widened"] == figures.widened


def test_structure_is_read_in_order(stationery: Stationery) -> None:
    pdf = monthly_pdf(figures_of(), stationery.fonts)
    found = elements(pdf)
    assert of_role(found, "H1") == ["Civic Offices, October 2026"]
    assert of_role(found, "H2") == [
        "How soon people are seen",
        "Seen within 15 minutes, day by day",
        "How visits ended",
        "Median wait in minutes, by weekday and hour of arrival",
        "By service",
        "Appointments",
        "Delays",
        "Second services",
        "What the figures are",
    ]
    curve, days = (each.alternative for each in found if each.role == "Figure")
    assert "15 minutes 92.2%" in curve
    assert "22 days, from 73% to 95%" in days
    assert "Days that stand out: 19 October." in days
    heads = of_role(found, "TH")
    start = heads.index("Service")
    assert heads[start : start + 9] == [
        *("Service", "Visits", "Within target", "Share", "Mean", "Median", "9 in 10", "Longest", "Left")
    ]
    assert {"Monday", "10am", "Council Tax", "All walk-ins", "Citizens Advice (partner)"} <= set(heads)
    assert "Monday 19 October: 73%, below the usual range of these days." in of_role(found, "P")
    assert metadata_of(pdf)["Title"] == "Civic Offices, October 2026: monthly report"
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.Root.Lang) == "en-GB"


def test_type_is_large_enough_and_charts_are_no_pictures(stationery: Stationery) -> None:
    with pikepdf.open(io.BytesIO(monthly_pdf(figures_of(services=FOURTEEN), stationery.fonts))) as file:
        sizes = {
            float(operands[1])
            for page in file.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tf"
        }
        assert min(sizes) >= 9
        assert all("/XObject" not in page.resources for page in file.pages)


def test_a_longer_wait_is_darker_in_grey_too() -> None:
    greys = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in HEAT]
    assert greys == sorted(greys, reverse=True)
    assert min(before - after for before, after in pairwise(greys)) > 0.05


def test_a_public_report_hides_and_says_so(stationery: Stationery) -> None:
    figures = published(figures_of(a_day=6, services=FOURTEEN))
    text = "".join(text_of(monthly_pdf(figures, stationery.fonts), page) for page in (0, 1))
    assert "is “hidden”" in text
    assert re.search(r"Electoral Services\s+hidden", text)
    assert "at least 9" in text
    assert "Longest" not in text.replace("Longest on", "")


@pytest.mark.parametrize("is_above", [True, False])
def test_a_bound_is_no_sign_of_a_day_that_is_worse(is_above: bool) -> None:
    told = Row("2026-10-07", (Figure("share_within_target", is_hidden=True, at_least=0.92),))
    month = Row("2026-10", (Figure("share_within_target", 0.99),))
    said = SignalSaid(date(2026, 10, 7), date(2026, 10, 20), "10 days in a row.", is_above=is_above)
    figures = replace(figures_of(), sections=(Section("month", (month,)),), signals=(said,))
    assert is_good(figures, told) is is_above


def test_a_month_that_goes_on_says_so(stationery: Stationery) -> None:
    figures = replace(figures_of(), made_on=date(2026, 10, 20))
    text = text_of(monthly_pdf(figures, stationery.fonts), 0)
    assert "Made 20 October 2026, before the month was over: the figures are those so far." in text


def test_no_report_groups_by_officer() -> None:
    with pytest.raises(ValueError, match="not by officer"):
        monthly_figures(replace(past_view(), by=Grouping.OFFICER), of="", made_on=date(2026, 11, 2))


def test_targets_that_changed_are_told_of(stationery: Stationery) -> None:
    figures = replace(figures_of(), targets_changed=True)
    text = "".join(text_of(monthly_pdf(figures, stationery.fonts), page) for page in (0, 1))
    assert (
        "92.2% of 2,751 walk-ins were seen within the target of their day, September 92.8%: the difference is no"
        in text
    )
    assert "within 15 minutes" not in text
