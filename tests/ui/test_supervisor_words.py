"""Today in words and tables: what each figure rests on, and what is said where there is none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SECOND
from reception.domain.columns import Column
from reception.domain.today_view import Attention, AttentionKind, Mark, TodayView
from tests.ui.supervisor_values import (
    ATTENTION,
    BUSHEY,
    DELAYED,
    NOW,
    OFFICE,
    TARGET,
    at,
    busy,
    days,
    many_services,
    today,
)
from ui.supervisor.delays_table import delays_of
from ui.supervisor.now_words import all_is_well, attention_line, facts
from ui.supervisor.today_tables import by_half_hour, by_office, by_service, counters_of, rooms_of
from ui.supervisor.today_words import great_figures, plot_words
from ui.supervisor.walk_in_day import day_of, kind_of, legend_of


def mark(
    wait: float, column: Column = Column.SEEN, target: int | None = TARGET, service: str = "ctax", came: int = at(10)
) -> Mark:
    return Mark(came, round(wait * MINUTE), target, column, service, is_partner=service == "advice")


MIXED = (
    mark(4),
    mark(15),
    mark(15 + 1 / 60_000),
    mark(19, Column.LEFT_AFTER),
    mark(7, Column.LEFT_BEFORE),
    mark(3, Column.NO_SHOW_BEFORE),
    mark(17, Column.OPEN, came=NOW - 17 * MINUTE),
    mark(40, service="advice"),
)


def figures(view: TodayView, passed: int = 0) -> list[tuple[str, str]]:
    return [(each.figure, each.words) for each in great_figures([view], passed)]


def test_every_great_figure_says_what_it_rests_on() -> None:
    assert figures(today(MIXED, appointments=(11, 1))) == [
        ("50%", "walk-ins on time: 2 of 4 settled within 15 min"),
        ("1", "waiting past their promise; none expected within 15 min"),
        ("11 of 12", "appointments within 5 min"),
        ("15 min", "median wait, 9 in 10 within 16"),
        ("1", "waiting now, longest 17 min"),
        ("3", "gone unseen, 1 of them late"),
    ], "the limit is included, the partner's visit is in none, and nine in ten are not flattered"
    assert figures(today(MIXED), 60 * SECOND)[4] == ("1", "waiting now, longest 18 min")


@pytest.mark.parametrize(
    ("marks", "first", "median"),
    [
        ((), ("–", "walk-ins on time: nobody seen yet"), ("–", "median wait: nobody seen yet")),
        ((mark(1, Column.OPEN),), ("–", "walk-ins on time: nobody seen yet"), ("–", "median wait: nobody seen yet")),
        ((mark(20), mark(16)), ("0%", "walk-ins on time: 0 of 2 settled within 15 min"), None),
        ((mark(9, target=None),), ("1", "walk-ins seen; no wait is promised"), ("9 min", None)),
        ((mark(9), mark(9, target=10 * MINUTE)), ("100%", "walk-ins on time: 2 of 2 settled as promised"), None),
        ((mark(19, Column.LEFT_AFTER),), ("0%", "walk-ins on time: 0 of 1 settled within 15 min"), None),
        (tuple(mark(16 if n == 0 else 1) for n in range(300)), ("99%", None), None),
    ],
)
def test_the_share_is_never_said_of_what_was_not_promised_or_not_judged(
    marks: tuple[Mark, ...], first: tuple[str, str | None], median: tuple[str, str | None] | None
) -> None:
    said = figures(today(marks))
    middle = next(each for each in said if each[1].startswith("median"))
    for wanted, (figure, words) in ((first, said[0]), (median, middle)):
        if wanted is not None:
            assert figure == wanted[0]
            assert wanted[1] in (None, words)


def test_who_waits_past_the_promise_is_said_beside_the_share_as_soon_as_they_do() -> None:
    waits = (mark(4), mark(14.5, Column.OPEN), mark(2, Column.OPEN), mark(16, Column.OPEN, service="housing"))
    out = replace(mark(14.5, Column.OPEN), stands_still=True)
    view = today((*waits, out, mark(40, Column.OPEN, service="advice")))
    assert figures(view)[0] == ("100%", "walk-ins on time: 1 of 1 settled within 15 min")
    assert figures(view)[1] == ("1", "waiting past their promise; none expected within 15 min")
    soon = replace(view, will_miss=2)
    assert figures(soon, MINUTE)[1] == ("2", "waiting past their promise; 2 more expected within 15 min")
    assert figures(replace(soon, over=0))[1] == ("0", "waiting past their promise; 2 expected within 15 min")
    assert figures(today(waits[1:]))[0] == ("–", "walk-ins on time: nobody seen yet")
    shares = [(row.cells[3], row.cells[6]) for row in by_service(view, MINUTE)[1]]
    assert shares[:2] == [("1", "100%"), ("1", "")] and shares[-2:] == [("2", "100%"), ("1", "")]
    assert (kind_of(out), kind_of(waits[1])) == ("still", "waiting")
    assert (kind_of(out, MINUTE), kind_of(waits[1], MINUTE)) == ("still", "late"), "whoever has stepped out is not"
    assert by_half_hour([view], MINUTE)[1][0].cells[6:8] == ("4", "2")
    booked = replace(view, waiting=view.waiting + 1)
    assert plot_words([booked]).endswith("4 waiting; no appointments, no second services.")


@pytest.mark.parametrize("longest", [9.2, 9.95, 10.0])
def test_nine_in_ten_never_stand_above_the_longest(longest: float) -> None:
    row = by_service(today([mark(longest) for _ in range(3)]), 0)[1][0]
    assert row.cells[9] == row.cells[10] == "10"


def test_no_median_of_several_offices_is_made_up() -> None:
    views = [today(MIXED), today((mark(2), mark(2)), office=BUSHEY)]
    words = [each.words for each in great_figures(views)]
    assert words[0] == "walk-ins on time: 4 of 6 settled within 15 min"
    assert not any("median" in each for each in words)
    rows = {row.cells[0]: row.cells for row in by_office(views, 0)[1]}
    assert rows["Civic Offices"][1:7] == ("1", "17 min", "1", "3", "2 of 4", "50%")
    assert rows["All offices"][1:] == ("1", "17 min", "1", "5", "4 of 6", "67%", "", "", "", "16", "1", "2")


def test_the_table_has_each_service_a_total_and_partners_apart() -> None:
    heads, rows = by_service(today(MIXED), 0)
    assert [head.words for head in heads][5:7] == ["Within 15", "Share of settled"]
    assert [(row.cells[0], row.kind) for row in rows[-2:]] == [
        ("All services", "total"),
        ("Citizens Advice, counted apart", "apart"),
    ]
    assert rows[0].cells == (
        "Council Tax",
        "1",
        "17 min",
        "1",
        "3",
        "2 of 4",
        "50%",
        "11.3",
        "15",
        "16",
        "16",
        "1",
        "2",
    )
    assert rows[1].cells == ("Housing", "0", "", "0", "0", "", "", "", "", "", "", "0", "0")
    assert rows[-1].cells[4:7] == ("1", "0 of 1", "0%")
    assert len(by_service(busy(office=many_services()), 0)[1]) == 15
    assert by_service(days()["no-promise"], 0)[1][0].cells[3:7] == ("", "8", "no promise", "")
    assert len(by_service(days()["one-service"], 0)[1]) == 1, "one service needs no total"


@pytest.mark.parametrize(
    ("about", "title", "words"),
    [
        (ATTENTION[0], "Housing", "3 waiting, 1 officer. H024 due by 2.21pm, expected 2.24pm."),
        (replace(ATTENTION[0], expected_at=None), "Housing", "3 waiting, 1 officer. H024 due by 2.21pm."),
        (
            replace(ATTENTION[0], officers=0, expected_at=None),
            "Housing",
            "3 waiting, no officer at a counter. H024 due by 2.21pm.",
        ),
        (ATTENTION[1], "C050", "Council Tax, 2 min over. Told at 2.11pm."),
        (replace(ATTENTION[1], told_at=None), "C050", "Council Tax, 2 min over. Not told yet."),
        (
            replace(ATTENTION[1], told_holds=False, officers=0),
            "C050",
            "Council Tax, 2 min over, no officer at a counter. Told at 2.11pm, to be told again.",
        ),
        (ATTENTION[2], "Interpreter", "No Ukrainian interpreter is booked for the 3.30pm Benefits."),
        (
            Attention(AttentionKind.NOBODY_SERVES, "Planning", waiting=2),
            "Planning",
            "2 waiting. Nobody at work may serve it.",
        ),
    ],
)
def test_what_asks_for_attention_is_a_plain_sentence(about: Attention, title: str, words: str) -> None:
    line = attention_line(about, today(), NOW)
    assert (line.title, line.words) == (title, words)
    assert attention_line(about, today(), NOW, "Bushey").title == f"Bushey: {title}"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (today(now=at(8, 50)), "Opens at 9am."),
        (today(now=at(12)), "Nothing asks for attention."),
        (today(now=at(17, 5)), "Closed since 5pm."),
        (today(MIXED, now=at(17, 5)), "Nothing asks for attention."),
        (today(is_closed=True), "Closed today."),
    ],
)
def test_a_quiet_day_says_why_it_is_quiet(view: TodayView, words: str) -> None:
    assert all_is_well(view, view.now) == words


def test_counters_rooms_and_delays_at_a_glance_and_one_by_one() -> None:
    assert facts([busy()]) == "3 of 4 counters open, 1 free. 1 of 2 rooms free. Delays: 4 told, 1 to be told."
    assert facts([today(at_work=False)]) == ""
    _, counters = counters_of([busy()], NOW)
    assert [row.cells for row in counters[:1] + counters[2:]] == [
        ("Counter 1", "Ewan Pritchard", "C051 Council Tax", "6 min"),
        ("Counter 3", "Priya Nair", "nobody", ""),
        ("Counter 4", "closed", "", ""),
    ]
    _, rooms = rooms_of([busy(), today(office=BUSHEY)], NOW)
    assert rooms[0].cells == ("Civic Offices, The Allum Room", "B020", "11 min, next booking 3.30")
    passed = [row.cells[2] for row in rooms_of([busy()], NOW + 90 * MINUTE)[1]]
    assert passed[0] == "101 min, booked from 3.30, not begun"


def test_a_delay_says_who_told_the_visitor_when_and_what_they_chose() -> None:
    assert [row.cells for row in delays_of([today(delayed=DELAYED)])[1]] == [
        ("B017", "Benefits", "2.09pm", "not yet", "", "", ""),
        ("H031", "Housing", "2pm", "1.50pm, tell again", "Priya Nair", "2.10pm", "waits on"),
        ("H029", "Housing", "1.55pm", "1.58pm", "Priya Nair", "2.20pm", "left"),
        ("B011", "Benefits", "midday", "midday", "Ewan Pritchard", "12.30pm", "another time"),
        ("K7R2QD", "Planning", "11.35am", "11.20am, no answer", "Grace Okafor", "–", ""),
    ]


def test_the_marks_and_their_table_are_the_same() -> None:
    view = today(MIXED)
    assert [kind_of(each) for each in view.marks[:7]] == [
        "in time",
        "in time",
        "over",
        "after",
        "before",
        "before",
        "late",
    ]
    assert plot_words([view]) == ("7 walk-ins: 2 in time, 1 seen late, 1 gone late, 2 gone early and 1 waiting.")
    rows = by_half_hour([view], 0)[1]
    assert [row.cells for row in rows] == [
        ("10am", "6", "2", "1", "1", "2", "0", "0", "19"),
        ("1.30pm", "1", "0", "0", "0", "0", "1", "1", "17"),
    ]


def test_the_plot_goes_from_opening_to_closing_and_marks_are_explained() -> None:
    day = day_of([today(MIXED)], NOW)
    assert (day.opens_at, day.closes_at, day.target) == (at(9), at(17), TARGET)
    assert [kind.words for kind in legend_of(day)] == [
        "in time",
        "over 15 min",
        "gone late",
        "gone early",
        "waiting, late already",
    ]
    mixed = day_of([today((mark(4), mark(4, target=None)))], NOW)
    assert [kind.words for kind in legend_of(mixed)][1] == "over the promise"
    plain = day_of([days()["no-promise"]], NOW)
    assert [kind.words for kind in legend_of(plain)] == ["seen", "gone unseen", "waiting"]
    closed = day_of([days()["closed"]], NOW)
    assert (closed.opens_at, closed.closes_at, legend_of(closed)) == (at(9), at(17), ())
    early = day_of([today((mark(1, came=at(8, 40)),))], NOW)
    assert early.opens_at == at(8, 30), "whoever came before it opened is on it"


def test_several_services_of_a_partner_keep_their_names() -> None:
    two = (*OFFICE.services[:1], *(replace(OFFICE.services[-1], id=name, name=name) for name in ("Debt", "Homes")))
    rows = by_service(today(office=replace(OFFICE, services=two)), 0)[1]
    assert [row.cells[0] for row in rows[1:]] == [
        "Citizens Advice, Debt, counted apart",
        "Citizens Advice, Homes, counted apart",
    ]
