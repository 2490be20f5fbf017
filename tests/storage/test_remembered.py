"""What is remembered of a queue is never out of date: with it a desk shows what it would show without it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.domain.office import Service
from reception.domain.person import Need, Person
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.remembered import RememberedQueues
from tests import support
from tests.support import COUNCIL_TAX, COUNTER_2, EWAN, HOUSING, PLANNING, At, door_on

MORNING = 1_764_064_800_000  # a Tuesday, 10.00 in London

Step = tuple[int, int]
STEPS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 999)), min_size=5, max_size=15)


def _seen(door: Door, at: At, *, remembering: bool) -> object:
    if not remembering:
        door._database.queues = RememberedQueues()
    return door.ask(q.Desk(support.OFFICE, at.counter, at.station))


def _rename(at: At, number: int) -> None:
    """Another name, priority and rule: what is made of every row may change."""
    names = ("Housing", "Homes", "Council housing")
    values = support.settings(
        services=(
            Service(HOUSING, names[number % 3], "H", priority=number % 2),
            *support.settings().services[1:],
        ),
        rule=("keep_promises", "first_come", "staff_priority")[number % 3],
        walk_in_guard=(1.5, 2.0)[number % 2],
    )
    at.change_settings(values)


def _take_step(step: Step, at: At, taken: list[c.Result], clock: SetClock) -> None:
    what, which = step
    visit = taken[which % len(taken)]
    match what:
        case 0 | 1 | 2:
            first, then = (HOUSING, PLANNING) if which % 2 else (PLANNING, HOUSING)
            taken.append(
                at.take(first, person=Person(f"Visitor {which}", "pl"), then_services=(then,) if which % 3 else ())
            )
        case 3 | 4:
            at.next()
        case 5:
            at.on(c.WithdrawCall, visit)
        case 6:
            at.on(c.SeeFirst, visit, on=bool(which % 2))
        case 7:
            needs = frozenset({Need.PRIVATE, Need.STEP_FREE}) if which % 2 else frozenset()
            at.correct(visit, Person("Another", needs=needs), 1 + which % 4)
        case 8:
            at.on(c.LinkVisits, visit, other_id=taken[(which + 1) % len(taken)].visit_id)
        case 9:
            at.on(c.StartService, visit)
            named = EWAN if which % 2 else ""
            at.on(c.Transfer, visit, service_id=PLANNING, named_officer_id=named)
        case 10:
            at.undo(visit)
        case 11:
            _rename(at, which)
        case 12:
            clock.advance(which * MINUTE // 50)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_a_desk_shows_the_same_with_and_without_what_is_remembered(database_url: str, steps: Sequence[Step]) -> None:
    clock = SetClock(MORNING)
    door, fresh = door_on(database_url, clock), door_on(database_url, clock)
    try:
        _play(door, fresh, steps, clock)
    finally:
        door.close()
        fresh.close()


def _play(door: Door, fresh: Door, steps: Sequence[Step], clock: SetClock) -> None:
    one, two = At(door), At(fresh, COUNTER_2, EWAN, "Desk 2")
    with suppress(Refusal):
        one.set_up()
    for at in (one, two):
        with suppress(Refusal):
            at.sign_in()
    taken = [one.take()]
    for number, step in enumerate(steps):
        with suppress(Refusal):
            _take_step(step, (one, two)[number % 2], taken, clock)
        for at in (one, two):
            assert _seen(door, at, remembering=True) == _seen(fresh, at, remembering=False)


def test_what_stays_the_same_is_made_once_and_who_has_gone_is_forgotten(database_url: str) -> None:
    door = door_on(database_url, SetClock(MORNING))
    at = At(door).set_up().sign_in()
    first, second = at.take(), at.take()
    before = at.view().queue
    called = at.next()
    assert called.visit_id == first.visit_id
    [stayed] = at.view().queue
    assert stayed is before[1]
    record, made = door._database.queues._made[support.OFFICE]
    assert set(made) == {second.visit_id}, "nothing personal is kept of who is not in the queue"
    assert record.office.id == support.OFFICE
    door.close()


@pytest.mark.parametrize("changed", ["name", "party"])
def test_another_station_changes_a_visit_that_is_remembered(database_url: str, changed: str) -> None:
    clock = SetClock(MORNING)
    here, there = door_on(database_url, clock), door_on(database_url, clock)
    at = At(here).set_up().sign_in()
    visit = at.take(person=Person("Ana"))
    assert at.view().queue[0].person.name == "Ana"
    At(there, COUNTER_2, EWAN, "Desk 2").correct(
        visit, Person("Bea" if changed == "name" else "Ana"), 3 if changed == "party" else 1
    )
    [row] = at.view().queue
    assert (row.person.name, row.party_size) == (("Bea", 1) if changed == "name" else ("Ana", 3))
    here.close()
    there.close()


def test_a_plan_that_gets_shorter_where_nothing_else_changes_is_seen(database_url: str) -> None:
    """Sent on to the planned service and back again between two views: only the plan is another."""
    door = door_on(database_url, SetClock(MORNING))
    at = At(door).set_up().sign_in()
    visit = at.take(HOUSING, then_services=(COUNCIL_TAX, PLANNING))
    assert at.view().queue[0].then_services == ("Council Tax", "Planning")
    at.on(c.Transfer, visit, service_id=COUNCIL_TAX)
    at.on(c.Transfer, visit, service_id=HOUSING)
    [row] = at.view().queue
    assert (row.service, row.then_services) == ("Housing", ("Planning",))
    door.close()
