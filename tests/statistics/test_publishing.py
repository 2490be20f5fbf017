"""What may be published: nothing small, and nothing that a small figure can be worked out from."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product

import pytest
from msgspec.structs import replace

from reception.domain.control_charts import Found, Signal
from reception.domain.figures import DelaySummary, WaitSummary
from reception.domain.reporting import Figure, MonthlyFigures, Row, Section, hour_key, monthly_figures
from reception.statistics.publishing import bounded, published
from reception.statistics.report_text import report_csv
from reception.statistics.rests_of_shares import Kept, tell
from tests.past_views import FOURTEEN, past_view
from tests.statistics.test_small import worked_out

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
        (0, 0, Figure("s")),
    ],
)
def test_a_share_does_not_say_how_few(kept: int, of: int, told: Figure) -> None:
    assert bounded(Figure("s", kept / of if of else None, of), kept, of) == told


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
    assert [said.words for said in figures.signals] == [
        "Thursday 1 October: at least 80%, above the usual range of these days."
    ]


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


Secrets = dict[str, int]
MOST = 11
"""So many visits, delays or appointments: with one more three outcomes alone could be four each."""


@cache
def _october() -> MonthlyFigures:
    return replace(monthly_figures(past_view(), of="Civic Offices", made_on=date(2026, 11, 2)), signals=())


Told = Mapping[str, int | float | None]


def _read(whole: Mapping[str, Told], services: Sequence[Told] = ()) -> tuple[object, ...]:
    """Everything that is published of a month of these figures."""
    sections = [Section(name, (_row("2026-10", row),)) for name, row in whole.items()]
    sections.append(Section("service", tuple(_row(f"{number}", each) for number, each in enumerate(services))))
    told = published(replace(_october(), sections=tuple(sections)))
    return tuple((each.name, row.is_hidden, row.figures) for each in told.sections for row in each.rows)


def _row(group: str, figures: Told) -> Row:
    return Row(group, tuple(Figure(*each) for each in figures.items()))


def _outcomes() -> Iterator[tuple[tuple[object, ...], Secrets]]:
    """Visits that were resolved, are to follow, left and did not answer, some of the latter two on a second leg."""
    names = ("resolved", "to_follow", "left", "no_show")
    for sizes in product(range(MOST + 1), repeat=4):
        if not 1 <= sum(sizes) <= MOST:
            continue
        secrets = dict(zip(names, sizes, strict=True))
        for seen_too in range(secrets["left"] + secrets["no_show"] + 1):
            month = {"visits": sum(sizes), "seen": secrets["resolved"] + secrets["to_follow"] + seen_too}
            yield _read({"month": month, "month_outcomes": secrets}), secrets


def _delays() -> Iterator[tuple[tuple[object, ...], Secrets]]:
    for in_time, late, never in product(range(MOST + 1), repeat=3):
        delayed = in_time + late + never
        if not 1 <= delayed <= MOST:
            continue
        for offered, took in product(range(in_time + late + 1), repeat=2):
            if took > offered:
                continue
            secrets = {"told_in_time": in_time, "told_late": late, "never_told": never}
            more = {"delayed": delayed, "offered_another_time": offered, "took_another_time": took}
            shares = {"share_told_in_time": in_time / delayed}
            told = _read({"month": {"visits": 99, "seen": 99}, "month_delays": {**secrets, **more, **shares}})
            yield told, secrets


def _appointments() -> Iterator[tuple[tuple[object, ...], Secrets]]:
    """Of those that attended all or none came late, all or none were seen in time."""
    for came, missed, cancelled, left in product(range(MOST + 1), repeat=4):
        if not 1 <= came + missed + cancelled + left <= MOST:
            continue
        for late, kept in product({0, came}, {0, came}):
            secrets = {"attended": came, "did_not_attend": missed, "cancelled": cancelled}
            booked = {"appointments": came + missed + cancelled + left, "visitors_late": late}
            judged = {"within_target": kept, "delayed": came - kept}
            share = {"share_within_target": kept / came if came else None}
            told = _read({"month_appointments": {**secrets, **booked, **judged, **share}})
            yield told, {**secrets, "still_to_come": left}


def _services() -> Iterator[tuple[tuple[object, ...], Secrets]]:
    """Everybody was seen, so that of how many each share is can be read; of each service some were late."""
    for one, other in ((10, 12), (9, 13)):
        for kept, kept_of_other in product(range(one + 1), range(other + 1)):
            services = _of_seen(one, kept), _of_seen(other, kept_of_other)
            told = _read({"month": _of_seen(one + other, kept + kept_of_other)}, services)
            lost = {"lost": one - kept, "lost of other": other - kept_of_other}
            yield told, {**lost, "kept": kept, "kept of other": kept_of_other}


def _of_seen(seen: int, kept: int) -> Told:
    judged = {"within_target": kept, "judged": seen, "share_within_target": kept / seen}
    return {"visits": seen, "seen": seen, **judged}


@pytest.mark.parametrize(
    ("of_all", "groups", "told"),
    [
        (Kept(77, 90), [Kept(40, 50), Kept(37, 40)], True),
        (Kept(515, 520), [Kept(500, 505), Kept(15, 15)], True),
        (Kept(510, 520), [Kept(497, 505), Kept(13, 15)], False),
    ],
    ids=["three late", "99 % of 505 are five late, as 99 % of 520 are: none of 15", "some of several numbers"],
)
def test_shares_tell_how_few_were_late_of_one_service(of_all: Kept, groups: list[Kept], told: bool) -> None:
    assert tell(of_all, groups) is told


@pytest.mark.parametrize("worlds", [_services, _outcomes, _delays, _appointments])
def test_what_stands_beside_hidden_counts_tells_of_none_of_them(
    worlds: Callable[[], Iterator[tuple[tuple[object, ...], Secrets]]],
) -> None:
    """How many were seen, offered another time or late, and of how many a share is."""
    assert worked_out(worlds()) == []
