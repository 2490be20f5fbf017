"""What a past period says, in sentences and in tables."""

from __future__ import annotations

from dataclasses import replace as with_
from datetime import date

import pytest
from msgspec.structs import replace

from reception.domain.control_charts import ChartPoint, ControlChart, Found, Signal
from reception.domain.grouping import Grouping, Period
from reception.domain.past_view import Difference, Group, HeatCell, PastView
from tests.ui import past_values as values
from ui.supervisor.chart_words import chart_note, signals_of
from ui.supervisor.figure_words import evened, minutes_words, points_words, share_words
from ui.supervisor.grouping_words import group_words
from ui.supervisor.heat_words import cell_aloud, heat_note
from ui.supervisor.past_columns import Sheaf
from ui.supervisor.past_rows import is_on_record, table_of
from ui.supervisor.past_words import comparison, finding, finding_detail, left_out, nothing

BOTH = (Signal.BEYOND_LIMIT, Signal.RUN)
TODAY = date(2026, 11, 24)
NONE_SEEN = ("total", 4, 0, 0.0, 0.0, 0.0, 0.0, 4, 3)


def test_shares_are_rounded_down_and_minutes_have_one_place() -> None:
    assert [share_words(share) for share in (1.0, 0.99999, 0.915, 0.29, 0.0, None)] == [
        "100%",
        "99.9%",
        "91.5%",
        "29.0%",
        "0.0%",
        "–",
    ]
    assert share_words(0.999, 0) == "99%"
    assert [minutes_words(minutes) for minutes in (5.0, 6.55, None)] == ["5", "6.5", "–"]
    assert points_words(0.915, 0.878) == "+3.7"
    assert points_words(0.5, 0.51) == "−1.0"
    assert points_words(None, 0.5) == "–"


@pytest.mark.parametrize(
    ("figures", "target", "words"),
    [
        (values.TOTAL, 15.0, "91.5% of 2,802 walk-ins were seen within 15 minutes"),
        (values.TOTAL, None, "2,795 walk-ins were seen; nothing was promised"),
        (("total", 1, 1, 4.0, 4.0, 4.0, 4.0, 0, 0), 1.0, "100% of 1 walk-in was seen within 1 minute"),
        (NONE_SEEN, 15.0, "None of 7 walk-ins was seen"),
    ],
)
def test_the_finding(figures: values.Figures, target: float | None, words: str) -> None:
    assert finding(values.waits(figures, target)) == words


def test_the_finding_where_targets_differ() -> None:
    differing = with_(values.waits(values.TOTAL), target_min=None)
    assert finding(differing) == "91.5% of 2,802 walk-ins were seen within their promise"
    assert "after the promise: 7" in finding_detail(differing)


def test_what_stands_under_it() -> None:
    assert finding_detail(values.waits(values.TOTAL)) == (
        "Median 5 min, 9 in 10 within 14 min, mean 6.6, longest 44, of 2,795 seen. "
        "Gone unseen after 15 min: 7, counted as lost. Before: 16, shown apart."
    )
    assert finding_detail(values.waits(NONE_SEEN)) == (
        "Gone unseen after 15 min: 4, counted as lost. Before: 3, shown apart."
    )


def test_what_an_imported_log_lacks_is_said() -> None:
    total = values.group(values.TOTAL)
    assert total.outcomes is not None
    assert left_out(total) == ""
    assert "90 minutes" in left_out(replace(total, outcomes=replace(total.outcomes, visits=0)))


def test_the_comparison() -> None:
    now, before = values.waits(values.TOTAL), values.waits(values.TOTAL_BEFORE)
    by_chance, worse = Difference(3.7, -1.0, 8.4, False), Difference(-3.7, -6.0, -1.4, True)
    assert comparison(now, before, "September 2026", by_chance) == (
        "September 2026: 87.8% of 2,750, median 6 min. 3.7 points higher now: no more than chance "
        "explains (between 1.0 points lower and 8.4 higher)."
    )
    assert comparison(before, now, "October 2026", worse).endswith(
        "3.7 points lower now: more than chance explains (between 1.4 and 6.0 points lower)."
    )
    assert comparison(before, now, "October 2026").endswith(
        "3.7 points lower now: too few days to tell whether by chance."
    )
    assert comparison(now, now, "October 2026").endswith("The same share now.")
    assert comparison(now, None, "September 2026") == "September 2026: nobody came."


@pytest.mark.parametrize(
    ("period", "first_visit", "words"),
    [
        (Period(date(2027, 3, 1), date(2027, 3, 31)), date(2024, 1, 2), "1 to 31 March 2027 are still to come."),
        (
            Period(date(2023, 12, 1), date(2023, 12, 31)),
            date(2024, 1, 2),
            (
                "Nobody came to Civic Offices between 1 and 31 December 2023; "
                "the first visit was on Tuesday 2 January 2024."
            ),
        ),
        (
            Period(date(2026, 10, 18), date(2026, 10, 18)),
            date(2024, 1, 2),
            "Nobody came to Civic Offices on 18 October 2026; the last visit was on Tuesday 24 November 2026.",
        ),
        (values.OCTOBER, None, "No visit has been recorded at Civic Offices yet."),
    ],
)
def test_why_there_is_nothing(period: Period, first_visit: date | None, words: str) -> None:
    assert nothing(values.empty(period, first_visit), TODAY) == words


def test_a_cell_says_itself() -> None:
    cell = HeatCell(0, 10, 113, 110, 11.0, 0.81)
    assert cell_aloud(cell, 0, 10, is_share=False) == "Monday from 10am: median 11 minutes, 113 visits"
    assert cell_aloud(cell, 0, 10, is_share=True) == "Monday from 10am: 81% in time, 113 visits"
    assert cell_aloud(None, 5, 12, is_share=False) == "Saturday from midday: nobody came"
    unseen = HeatCell(0, 10, 1, 0, None, None)
    assert cell_aloud(unseen, 0, 10, is_share=False) == "Monday from 10am: nobody seen, 1 visit"


def test_where_the_wait_is_longest() -> None:
    assert heat_note(values.heat(), is_share=False) == (
        "Longest on Monday from 10am: 11 min, 101 visits. Each cell rests on 29 to 117 visits."
    )
    assert heat_note(values.heat(), is_share=True).startswith("Fewest in time on Monday from 10am: 81%, 101 visits.")
    assert heat_note((HeatCell(0, 9, 2, 0, None, None),), is_share=False) == "Nobody was seen."


def test_whether_a_day_is_really_different() -> None:
    days = values.working_days(values.OCTOBER.first, 22)
    assert chart_note(values.shares(days), is_share=True) == (
        "1 day stands out. Monday 19 October: 79%, below the usual range of these days. No other day stands out."
    )
    assert chart_note(values.medians(days), is_share=False) == (
        "No day, and no row of days, stands out from the others."
    )
    run = Found(Signal.RUN, days[0], days[8], 9, False)
    twice = ControlChart(0.9, tuple(ChartPoint(day, 0.7, 0.8, 1.0, 40, BOTH) for day in days[:2]), (run, run))
    assert chart_note(twice, is_share=True).startswith("2 days stand out, for more than one reason. Nine")
    many = replace(values.medians(days), found=(run,) * 5)
    assert chart_note(many, is_share=False).startswith("Nine days in a row below the mean, 1 to 13 October.")
    assert chart_note(many, is_share=False).endswith("The table has all of them.")


@pytest.mark.parametrize(
    ("by", "key", "words"),
    [
        (Grouping.DAY, "2026-10-19", "Mon 19 October"),
        (Grouping.WEEK, "2026-W43", "Week 43, from 19 October"),
        (Grouping.MONTH, "2026-10", "October 2026"),
        (Grouping.HOUR, "09", "From 9am"),
        (Grouping.LANGUAGE, "ur", "Urdu"),
        (Grouping.LANGUAGE, "", "Not asked"),
        (Grouping.NEED, "bsl", "British Sign Language"),
        (Grouping.NEED, "", "None"),
        (Grouping.NEED, "(hidden)", "Too few to name"),
        (Grouping.OFFICER, "(none)", "Nobody"),
        (Grouping.SERVICE, "Housing", "Housing"),
    ],
)
def test_what_a_group_is_called(by: Grouping, key: str, words: str) -> None:
    assert group_words(by, key) == words


def _table(view: PastView, sheaf: Sheaf) -> dict[str, dict[str, str]]:
    heads, rows = table_of(view, sheaf)
    names = [head.words for head in heads]
    return {row.cells[0]: dict(zip(names, row.cells, strict=True)) for row in rows}


def test_the_waits_have_a_total_and_partners_apart() -> None:
    table = _table(values.view(), Sheaf.WAITS)
    assert list(table)[-2:] == ["All walk-ins", "Citizens Advice"]
    assert table["Housing"] == {
        "Service": "Housing",
        "Counted": "624",
        "Within 15": "539",
        "Share": "86.3%",
        "Mean": "7.9",
        "Median": "6",
        "9 in 10": "17",
        "Longest": "36",
        "Gone late": "3",
        "Lost in all": "85",
    }
    assert [row.kind for row in table_of(values.view(), Sheaf.WAITS)[1]][-2:] == ["total", "apart"]


def test_minutes_of_a_column_stand_point_under_point() -> None:
    rows = [("9", "12", "3", "1.5 min", "–"), ("10", "1,012.5", "4", "2 min", "100%")]
    assert evened(rows) == [("9", "12.0", "3", "1.5 min", "–"), ("10", "1,012.5", "4", "2.0 min", "100%")]
    assert evened([]) == []


@pytest.mark.parametrize("sheaf", [Sheaf.RESOLVED, Sheaf.APPOINTMENTS, Sheaf.DELAYS, Sheaf.OUTCOMES, Sheaf.LEGS])
def test_a_table_of_what_an_imported_log_leaves_out_is_not_on_record(sheaf: Sheaf) -> None:
    assert is_on_record(sheaf, table_of(values.view(), sheaf)[1])
    bare = replace(values.view(), total=Group("total", values.waits(values.TOTAL)), groups=(), partners=())
    assert not is_on_record(sheaf, table_of(bare, sheaf)[1])


def test_every_figure_stands_beside_what_it_rests_on() -> None:
    late = _table(values.view(), Sheaf.APPOINTMENTS)["All appointments"]
    of = values.view().total.appointments
    assert of is not None and of.within_target is not None
    assert [late[head] for head in ("Counted", "Seen", "Longest")] == [
        str(of.within_target + of.delayed),
        str(of.appointments - 4),
        "11",
    ]
    assert _table(values.view(), Sheaf.LEGS)["Housing"]["All: seen"] == "621"
    assert _table(values.view(), Sheaf.RESOLVED)["Housing"]["Counted"] == "698"
    assert list(_table(values.view(), Sheaf.DELAYS))[-2] == "All"


def test_columns_that_are_nought_throughout_are_left_out_of_the_unseen() -> None:
    table = _table(values.view(), Sheaf.ENDS)
    assert list(table["Housing"]) == ["Service", "Visits", "Seen", "Left after", "Left before"]
    assert table["Housing"]["Visits"] == "628"


def test_the_compared_period_stands_beside() -> None:
    heads, rows = table_of(values.view(), Sheaf.COMPARED)
    housing = next(row for row in rows if row.cells[0] == "Housing")
    assert housing.cells == ("Housing", "624", "604", "86.3%", "82.6%", "+3.8", "6", "6", "0.0", "17", "17.0")
    without = replace(values.view(), groups_before=(), total_before=None)
    assert _table(without, Sheaf.COMPARED)["Housing"]["Points"] == "–"
    assert heads[5].aloud == "Difference of the shares, in points of per cent"


def test_days_are_compared_by_their_place() -> None:
    now = ("2026-10-01", 10, 9, 5.0, 5.0, 9.0, 20.0, 0, 0)
    then = ("2026-09-01", 20, 9, 5.0, 5.0, 9.0, 20.0, 0, 0)
    view = replace(
        values.view(Grouping.DAY, (now,)), groups_before=(values.group(then),), total=values.group(values.TOTAL)
    )
    row = table_of(view, Sheaf.COMPARED)[1][0]
    assert row.cells[:5] == ("Thu 1 October", "10", "20", "90.0%", "45.0%")


def test_a_hidden_group_shows_no_figure() -> None:
    table = _table(values.hidden(), Sheaf.WAITS)
    assert list(table["Urdu"].values()) == ["Urdu", "not shown", *[""] * 8]


@pytest.mark.parametrize("sheaf", list(Sheaf))
@pytest.mark.parametrize("view", [values.view(), values.hidden(), values.tiny(), values.long()], ids=range(4))
def test_every_table_can_be_made_of_every_period(view: PastView, sheaf: Sheaf) -> None:
    heads, rows = table_of(view, sheaf)
    assert all(len(row.cells) == len(heads) for row in rows)
    assert len(rows) == len(view.groups) + 1 + len(view.partners)


def test_the_worst_hour_rests_on_enough_visits() -> None:
    few, many = HeatCell(3, 20, 6, 6, 53.2, 0.1), HeatCell(1, 15, 40, 40, 44.7, 0.3)
    others = tuple(HeatCell(0, hour, 500, 500, 5.0, 0.9) for hour in range(9, 17))
    assert heat_note((*others, few, many), is_share=False).startswith(
        "Longest on Tuesday from 3pm: 44.7 min, 40 visits."
    )
    assert heat_note((few,), is_share=False).startswith("Longest on Thursday from 8pm: 53.2 min, 6 visits.")
    assert heat_note((HeatCell(0, 9, 2, 2, 1.0, 1.0), few), is_share=True).endswith("No colour: fewer than 5 visits.")


def test_good_days_are_told_from_bad_ones() -> None:
    days = values.working_days(values.OCTOBER.first, 22)
    chart = values.shares(days)
    odd = next(point for point in chart.points if point.signals)
    assert signals_of(odd, chart, is_share=True) == "worse: beyond the usual range"
    among_good_days = replace(chart, found=(replace(chart.found[0], is_above=True),))
    assert signals_of(odd, among_good_days, is_share=True).startswith("worse"), "a day is told by itself"
    best = replace(odd, value=1.0)
    assert signals_of(best, chart, is_share=True).startswith("better")
    assert signals_of(best, chart, is_share=False).startswith("worse"), "a longer wait is none"
