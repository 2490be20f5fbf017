"""What may be published: nothing small, and nothing that a small figure can be worked out from."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import pytest
from msgspec.structs import replace

from reception.domain.control_charts import Found, Signal
from reception.domain.figures import DelaySummary, WaitSummary
from reception.domain.reporting import Figure, hour_key, monthly_figures
from reception.statistics.publishing import bounded, published
from reception.statistics.report_text import report_csv
from tests.past_views import FOURTEEN, past_view

SHARES = {"share_within_target", "share_told_in_time", "share_seen", "share_seen_before"}


@pytest.mark.parametrize(
    ("kept", "of", "told"),
    [
        (90, 100, Figure("s", 0.9)),
        (95, 100, Figure("s", 0.95)),
        (187, 200, Figure("s", 0.93)),
        (96, 100, Figure("s", is_hidden=True, at_least=0.96)),
        (100, 100, Figure("s", is_hidden=True, at_least=0.96)),
        (4, 100, Figure("s", is_hidden=True, at_most=0.04)),
        (0, 100, Figure("s", is_hidden=True, at_most=0.04)),
        (8, 9, Figure("s", is_hidden=True)),
        (5, 10, Figure("s", 0.5)),
    ],
)
def test_a_share_does_not_say_how_few(kept: int, of: int, told: Figure) -> None:
    assert bounded(Figure("s", kept / of, of), kept, of) == told


@pytest.mark.parametrize("a_day", [1, 3, 6, 20])
@pytest.mark.parametrize("seed", [1, 2])
def test_no_count_of_one_to_four_in_what_is_published(a_day: int, seed: int) -> None:
    view = past_view(a_day, FOURTEEN, partners=("Citizens Advice",), seed=seed)
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    told = [each for section in figures.sections for row in section.rows for each in row.figures]
    counts = [
        each
        for each in told
        if isinstance(each.value, int) and not each.name.endswith("_min") and each.name not in SHARES
    ]
    assert [each for each in counts if 0 < int(each.value or 0) < 5] == []
    names = {each.name for each in told}
    assert not names & {"longest_wait_min", "mean_wait_min", "people", "within_target"}
    assert all(row.is_hidden or row["visits"].value is None for row in figures.rows("hour"))


def test_of_too_few_walk_ins_nothing_is_told() -> None:
    view = past_view(only=3)
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    assert {section.name for section in figures.sections} == {"month", "month_appointments", "partner"}
    assert all(row.is_hidden for row in figures.rows("month"))


def test_no_hour_of_few_visits_is_told_of() -> None:
    view = past_view(6)
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    enough = {hour_key(cell.weekday, cell.hour) for cell in view.heat if min(cell.visits, cell.seen) >= 5}
    assert {row.group for row in figures.rows("hour")} == enough
    assert len(enough) < len(view.heat)


def test_no_share_tells_how_many_it_is_of() -> None:
    """Of 200 visits 190 seen, 93.5 % of 200 in time are 187 in time: three were seen late."""
    view = past_view(20, FOURTEEN)
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    told = [each for section in figures.sections for row in section.rows for each in row.figures]
    shares = [each.value for each in told if each.name in SHARES and isinstance(each.value, float)]
    assert len(shares) > 20
    assert [each for each in told if each.rests_on is not None] == []
    assert [each for each in shares if each != round(each, 2)] == []


def test_the_limits_of_a_day_do_not_tell_how_many_came() -> None:
    view = past_view(20, FOURTEEN)
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    limits = {(row["lower_limit"].value, row["upper_limit"].value) for row in figures.rows("day")}
    assert view.shares is not None
    assert len({(point.low, point.high) for point in view.shares.points}) > 1
    ((low, high),) = limits
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert low < view.shares.centre < high


def test_who_was_not_offered_another_time_is_not_the_rest_of_who_was_told() -> None:
    told = DelaySummary("total", 20, 12, 8, 0, 17, 8, 0.6)
    view = past_view(20, FOURTEEN)
    view = replace(view, total=replace(view.total, delays=told, appointments=None))
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    assert figures.month("month_delays")["offered_another_time"] == Figure("offered_another_time", is_hidden=True)


@pytest.mark.parametrize("a_day", [12, 20, 60])
def test_no_exported_share_of_a_day_says_that_fewer_than_five_were_late_or_in_time(a_day: int) -> None:
    view = past_view(a_day)
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    assert view.shares is not None
    of = {point.day.isoformat(): (round(point.value * point.visits), point.visits) for point in view.shares.points}
    rows = figures.rows("day")
    assert {row.group for row in rows} == {day for day, (_kept, judged) in of.items() if judged >= 10}
    for row in rows:
        kept, judged = of[row.group]
        share = row["share_within_target"]
        assert share.is_hidden == (min(kept, judged - kept) < 5)
        assert share.is_hidden or share.value == math.floor(100 * kept / judged) / 100
    assert any(row["share_within_target"].at_least is not None for row in rows)
    table = [line.split(",") for line in report_csv(figures).splitlines()]
    told = [value for _section, _group, name, value, _of in table if name.startswith("share")]
    assert not {"1.0", "1", "0.0", "0"} & set(told)
    assert [said.words for said in figures.signals if "100" in said.words] == []


def test_a_published_day_is_said_as_its_bound() -> None:
    view = past_view(20)
    assert view.shares is not None
    first = view.shares.points[0]
    best = replace(first, value=1.0, visits=20, signals=(Signal.BEYOND_LIMIT,))
    found = (Found(Signal.BEYOND_LIMIT, best.day, best.day, 1, True),)
    view = replace(view, shares=replace(view.shares, points=(best, *view.shares.points[1:]), found=found))
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    assert [said.words for said in figures.signals] == ["Thursday 1 October: at least 80%, above what chance explains."]


def test_a_difference_is_published_in_whole_points_and_not_of_bounds() -> None:
    of_most = published(monthly_figures(past_view(), of="Civic Offices", made_on=date(2026, 11, 2)))
    assert of_most.difference is not None
    assert all(float(each).is_integer() for each in (of_most.difference.low, of_most.difference.high))
    bound = replace(past_view(), total=replace(past_view().total, waits=_all_in_time()))
    assert published(monthly_figures(bound, of="Civic Offices", made_on=date(2026, 11, 2))).difference is None


def _all_in_time() -> WaitSummary:
    waits = past_view().total.waits
    assert waits is not None
    return dataclasses.replace(waits, within_target=waits.judged, share_within_target=1.0)


@pytest.mark.parametrize(
    ("offered", "took", "is_hidden"),
    [(14, 8, False), (14, 14, False), (14, 0, False), (14, 4, True), (14, 10, True), (20, 17, True)],
)
def test_who_took_another_time_is_hidden_where_few_did_or_few_did_not(offered: int, took: int, is_hidden: bool) -> None:
    told = DelaySummary("total", 20, 12, 8, 0, offered, took, 0.6)
    view = past_view(20, FOURTEEN)
    view = replace(view, total=replace(view.total, delays=told, appointments=None))
    figures = published(monthly_figures(view, of="Civic Offices", made_on=date(2026, 11, 2)))
    assert figures.month("month_delays")["took_another_time"].is_hidden == is_hidden
