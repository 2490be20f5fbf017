"""Who is usually at work, by who served whom; of a log, by how many were served at one time."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.domain.queueing import Kind
from reception.domain.recorded_days import PastVisit
from reception.domain.staffing import Desk
from reception.statistics.simulating import check_plan
from reception.statistics.usual_plan import desks_of, desks_on, usual_desks, usual_plan
from tests.statistics.recorded import NINE, recorded, visit


def served(minute: float, long: float = 10, by: str = "", service: str = "a") -> PastVisit:
    return visit(minute, service, started=minute, ended=minute + long, served_by=by)


def test_as_many_in_each_half_hour_as_on_half_of_the_days() -> None:
    alone = [served(0, by="x"), served(50, by="x"), served(100, by="x")]
    office = recorded(alone, [*alone, served(35, by="y")], [*alone, served(40, by="z")])
    assert usual_desks(office) == (Desk(NINE, NINE + 120), Desk(NINE + 30, NINE + 60))


def test_whoever_serves_nobody_for_an_hour_was_away() -> None:
    office = recorded([served(0, by="x"), served(75, by="x"), served(145, by="x")])
    assert usual_desks(office) == (Desk(NINE, NINE + 180, ((NINE + 30, NINE + 60),)),)


def test_of_a_log_as_many_as_on_a_quarter_of_the_days() -> None:
    """A quiet day needed one; that does not say that no more were there. Who served is not known."""
    quiet, busy = [served(0, 20)], [served(0, 20), served(1, 20), served(2, 20)]
    assert len(usual_desks(recorded(quiet, quiet, quiet, busy))) == 3
    assert len(usual_desks(recorded(quiet, quiet, quiet, quiet, busy))) == 1
    known = [served(0, 20, by="x")], [served(0, 20, by="x"), served(1, 20, by="y"), served(2, 20, by="z")]
    assert len(usual_desks(recorded(known[0], known[0], known[0], known[1]))) == 1


def test_of_a_log_as_many_as_were_served_at_one_time() -> None:
    office = recorded([served(0, 20), served(5, 20), served(31, 9), served(45, 100)])
    assert usual_desks(office) == (Desk(NINE, NINE + 150), Desk(NINE, NINE + 30))


def test_never_more_than_the_office_has() -> None:
    office = recorded([served(0, 20), served(5, 20), served(6, 20)], counters=2)
    assert len(usual_desks(office)) == 2


def test_the_skills_are_those_of_who_was_most_at_work_and_every_service_is_served() -> None:
    office = recorded(
        [served(0, 90, "x"), served(0, 20, "y"), visit(50, "b")],
        skills={"x": frozenset("a"), "y": frozenset("a")},
    )
    first, second = usual_desks(office)
    assert (first.skills, second.skills) == (frozenset("ab"), frozenset("a"))


def test_the_plan_is_under_the_offices_own_rule_with_what_is_booked() -> None:
    office = recorded([served(0)], rule="first_come")
    plan = usual_plan(office, ((NINE, "a"),))
    assert (plan.rule, plan.settings, plan.appointments) == ("first_come", office.settings, ((NINE, "a"),))
    assert plan.counters_at(NINE) == 1


def test_of_a_day_that_does_not_say_one_desk_throughout() -> None:
    office = recorded([visit(0), visit(70)])
    assert desks_on(office.days[0], office) == (Desk(NINE, NINE + 90),)


def test_a_half_hour_without_anybody_is_a_break() -> None:
    assert desks_of({18: 2, 19: 1, 20: 2}, [frozenset()] * 2) == (Desk(540, 630), Desk(540, 630, ((570, 600),)))


def test_of_a_log_while_somebody_waits_no_counter_stands_free() -> None:
    """Three were served at one time, and later one alone while somebody waited: there was one counter by then."""
    at_once = [served(each * 0.1, 8) for each in range(3)]
    waited = visit(10, started=22, ended=28)
    office = recorded([*at_once, served(9, 13), waited])
    assert usual_desks(office) == (Desk(NINE, NINE + 30),)
    not_for_long = visit(10, started=14, ended=15)
    assert len(usual_desks(recorded([*at_once, served(9, 5), not_for_long]))) == 3


@pytest.mark.parametrize("served_by", ["grace", ""])
def test_a_service_that_goes_on_past_midnight_leaves_a_plan_that_can_be_played(served_by: str) -> None:
    late = 24 * 60 - NINE
    office = recorded(
        [
            visit(late - 20, started=late - 10, ended=late + 30, served_by=served_by),
            visit(late - 5, started=late + 5, ended=late + 20, served_by=served_by),
            visit(late - 1, started=late + 20, ended=late + 40, kind=Kind.LATER_LEG, booked=late + 1),
        ]
    )
    plan = usual_plan(office, ())
    assert {desk.closes for desk in plan.desks} == {24 * 60}
    check_plan(office, plan)
    check_plan(office, replace(plan, desks=desks_on(office.days[0], office)))
