"""What `reception stats week` and the others print of a view, made by hand: no database is needed for words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from reception.cli.past import HIDDEN, TARGETS_CHANGED, lines_of, remarks, said_comparison, said_days
from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.grouping import TOTAL, Grouping, Period
from reception.domain.office import Office
from reception.domain.past_view import Curve, Difference, Group, PastView
from tests.domain.offices import office
from tests.statistics.test_side_by_side import waits

THE_OFFICE: Office = office()
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def view(groups: Sequence[Group] = (), **changes: Any) -> PastView:
    values: dict[str, Any] = {
        "now": 1_793_000_000_000,  # 26 October 2026
        "period": OCTOBER,
        "compared": None,
        "by": Grouping.WEEK,
        "offices": ("Civic Offices",),
        "total": Group(TOTAL, waits=waits(TOTAL, 1, 2, 3, 4, 5)),
        "total_before": None,
        "groups": tuple(groups),
        "groups_before": (),
        "partners": (),
        "heat": (),
        "curve": Curve(0, ()),
        "curve_before": None,
        "medians": None,
        "shares": None,
        "first_visit": date(2026, 9, 1),
    }
    return PastView(**{**values, **changes})


NOTHING = Group(TOTAL, waits=waits(TOTAL))


def chart(centre: float, *found: Found) -> ControlChart:
    days = sorted({day for each in found for day in (each.first, each.last)})
    return ControlChart(centre, tuple(ChartPoint(day, 0.7999, 0.8, 1.0, 40) for day in days), found)


def test_signals_are_said_below_the_table() -> None:
    run = Found(Signal.RUN, date(2026, 10, 5), date(2026, 10, 15), 9, False)
    beyond = Found(Signal.BEYOND_LIMIT, date(2026, 10, 19), date(2026, 10, 19), 1, False)
    assert list(said_days(view(medians=chart(8.25, run), shares=chart(0.914, beyond)))) == [
        "",
        "Median wait, day by day, about 8.2 minutes, the mean of the daily medians:",
        "  Nine days in a row below the mean, 5 to 15 October.",
        "",
        "Share within target, day by day, about 91 %:",
        "  Monday 19 October: 79 %, below the usual range of these days.",
    ]
    assert list(said_days(view(medians=chart(8.25)))) == [
        "",
        "Median wait, day by day, about 8.2 minutes, the mean of the daily medians:",
        "  No day, and no row of days, stands out from the others.",
    ]
    assert list(said_days(view())) == []


@pytest.mark.parametrize(
    ("by", "keys", "of"),
    [(Grouping.WEEK, ["2026-W53", "2027-W01"], 0), (Grouping.MONTH, ["2026-12", "2027-01"], 1)],
)
def test_json_has_each_signal_with_the_group_that_it_begins_in(by: Grouping, keys: list[str], of: int) -> None:
    groups = [Group(key, waits=waits(key, 1)) for key in keys]
    found = Found(Signal.RUN, date(2027, 1, 1), date(2027, 1, 12), 9, True)
    lines = lines_of(view(groups, by=by, medians=chart(8.25, found)))
    signal = {
        "figure": "median_wait_min",
        "signal": "run",
        "first": "2027-01-01",
        "last": "2027-01-12",
        "days": 9,
        "is_above": True,
        "words": "Nine days in a row above the mean, 1 to 12 January",
    }
    assert lines[of].more == {"signals": [signal]}
    assert lines[1 - of].more == {"signals": []}


def test_a_group_without_a_visit_has_no_line_but_a_hidden_one_has() -> None:
    groups = [Group("cy", is_hidden=True), Group("pl", waits=waits("pl", 1)), Group("ur")]
    lines = lines_of(view(groups, by=Grouping.LANGUAGE))
    assert [(line.now.key, line.now.is_hidden, dict(line.more)) for line in lines] == [
        ("cy", True, {}),
        ("pl", False, {}),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"by": Grouping.LANGUAGE, "groups": (Group("cy", is_hidden=True),)}, [HIDDEN]),
        ({"by": Grouping.NEED, "groups_before": (Group("cy", is_hidden=True),), "groups": (Group("a"),)}, [HIDDEN]),
        ({"targets_changed": True}, [TARGETS_CHANGED]),
        ({"total": NOTHING}, ["Civic Offices had no walk-in visit in that time."]),
        ({"total": NOTHING, "first_visit": None}, ["Civic Offices had no visit yet at all."]),
        (
            {"total": NOTHING, "period": Period(date(2026, 8, 1), date(2026, 8, 31))},
            ["Civic Offices had no visit in that time: the first was on 1 September 2026."],
        ),
        (
            {"total": NOTHING, "period": Period(date(2026, 12, 1), date(2026, 12, 31))},
            ["That time is still to come."],
        ),
    ],
)
def test_what_is_to_be_known_besides_is_said(changes: dict[str, Any], said: list[str]) -> None:
    assert list(remarks(view(**changes), [THE_OFFICE])) == said


def test_of_several_offices_none_is_named() -> None:
    assert list(remarks(view(total=NOTHING), [THE_OFFICE, THE_OFFICE])) == [
        "The offices had no walk-in visit in that time."
    ]


def test_a_comparison_says_whether_it_is_chance() -> None:
    now, before = (replace(waits(TOTAL), share_within_target=share) for share in (0.631, 0.663))
    both = view(total=Group(TOTAL, waits=now), total_before=Group(TOTAL, waits=before))
    by_chance, worse = Difference(-3.2, -9.0, 2.6, False), Difference(-3.2, -5.4, -1.0, True)
    said = [said_comparison(msgspec.structs.replace(both, difference=each)) for each in (by_chance, worse, None)]
    assert said == [
        (
            "Share within target: 3.2 points lower now, no more than chance explains"
            " (between 9.0 points lower and 2.6 higher)."
        ),
        "Share within target: 3.2 points lower now, more than chance explains (between 1.0 and 5.4 points lower).",
        "Share within target: 3.2 points lower now, too few days to tell whether by chance.",
    ]
