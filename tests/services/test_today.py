"""Today, as a supervisor sees it: examples, and a random day against a calculation by the journal alone."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from msgspec.structs import replace

from reception.app import Door
from reception.clock import HOUR, MINUTE, SECOND, SetClock
from reception.domain.booked import AbsenceKind, DelayAnswer
from reception.domain.columns import Column
from reception.domain.office import Hours, Service
from reception.domain.today_view import Attention, AttentionKind, DelayNow, TodayView
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import supervisor_queries as sq
from tests.services.the_book import LINE, MONDAY, AtBook, place, when, with_a_book
from tests.support import (
    COUNCIL_TAX,
    EWAN,
    GRACE,
    HOUSING,
    OFFICE,
    PIN,
    PLANNING,
    PRIYA,
    At,
    settings,
)

SUNDAY = date(2026, 3, 29)
"""Clocks go forward at one in the morning."""
on_one_engine = pytest.mark.parametrize("office_url", ["sqlite"], indirect=True)
PARTNER = Service("advice", "Citizens Advice", "A", partner="Citizens Advice")


def today(at: At | Door) -> TodayView:
    view: TodayView = (at.door if isinstance(at, At) else at).ask(sq.Today(OFFICE))
    return view


def serve(at: At, service: str = HOUSING, **more: Any) -> c.Result:
    """Somebody comes and is served at once, whoever else waits."""
    visit = at.take(service, **more)
    at.on(c.CallVisit, visit, reason="at once")
    at.on(c.StartService, visit)
    return visit


def lines(view: TodayView, kind: AttentionKind) -> list[Attention]:
    return [each for each in view.attention if each.kind is kind]


def line_of(view: TodayView, service_id: str) -> tuple[int, int | None, int, int]:
    """Waiting, longest, visits and seen."""
    (found,) = (each for each in view.services if each.service_id == service_id)
    return found.waiting, found.longest, found.waits.visits, found.waits.seen


# -- promises that will be missed ------------------------------------------------------------------------------


def test_a_promise_that_will_be_missed(priya: At, clock: SetClock) -> None:
    """The example of docs/definitions.md."""
    first = priya.take()
    clock.at = when(10, 1)
    second = priya.take()
    clock.at = when(10, 2)
    priya.on(c.CallVisit, first, reason="at once")
    priya.on(c.StartService, first)
    clock.at = when(10, 4)
    third = priya.take()
    clock.at = when(10, 5)
    view = today(priya)
    assert (view.waiting, view.longest, view.will_miss, view.over) == (2, 4 * MINUTE, 1, 0)
    assert (view.told, view.untold) == (0, 0)
    assert view.attention == (
        Attention(
            AttentionKind.WILL_MISS,
            "Housing",
            third.number,
            waiting=2,
            officers=1,
            at=when(10, 19),
            expected_at=when(10, 24),
            could_serve=("Ewan Pritchard", "Grace Okafor"),
        ),
    )
    clock.at = when(10, 14)
    assert today(priya).untold == 2, "the second is past half as long again by then"
    clock.at = when(10, 19) + 1
    view = today(priya)
    assert (view.will_miss, view.over, view.untold) == (0, 2, 2)
    assert [(each.number, each.at) for each in view.attention] == [
        (second.number, when(10, 16)),
        (third.number, when(10, 19)),
    ]
    priya.door.do(a.TellOfDelay(**priya.who, visit_id=second.visit_id, expected_minutes=10))
    view = today(priya)
    assert (view.over, view.told, view.untold, view.attention[0].told_at) == (2, 1, 1, clock.at)
    assert [each.told_holds for each in view.attention] == [True, True]
    assert view.attention[0].could_serve == ("Ewan Pritchard", "Grace Okafor"), "when it is needed most"
    clock.at += 10 * MINUTE
    view = today(priya)
    assert (view.told, view.untold) == (0, 2)
    assert [each.told_holds for each in view.attention] == [False, True]


def test_of_each_delay_it_is_said_who_told_the_visitor_when_and_what_they_chose(
    priya: At, ewan: At, clock: SetClock
) -> None:
    came = []
    for seconds in range(3):
        clock.at = when(10) + seconds * SECOND
        came.append(priya.take())
    first, second, third = came
    due, told = when(10, 15), when(10, 16)
    clock.at = told
    assert [(each.number, each.is_to_be_told, each.told_at) for each in today(priya).delayed] == [
        (each.number, True, None) for each in came
    ]
    priya.door.do(a.TellOfDelay(**priya.who, visit_id=second.visit_id, expected_minutes=10))
    clock.at += MINUTE
    left = ewan.door.do(
        a.TellOfDelay(**ewan.who, visit_id=third.visit_id, expected_minutes=30, answer=DelayAnswer.LEAVES)
    )
    waits = DelayNow(
        second.number, "Housing", due + SECOND, False, told, "Priya Nair", told + 10 * MINUTE, DelayAnswer.WILL_WAIT
    )
    gone = DelayNow(
        third.number,
        "Housing",
        due + 2 * SECOND,
        False,
        clock.at,
        "Ewan Pritchard",
        clock.at + 30 * MINUTE,
        DelayAnswer.LEAVES,
    )
    untold = DelayNow(first.number, "Housing", due, True)
    nameless = [replace(each, officer="") for each in (untold, gone, waits)]
    assert list(today(priya).delayed) == nameless, "by whom is a supervisor's alone"
    priya.door.do(c.SignInSupervisor(office_id=OFFICE, officer_id=PRIYA, pin=PIN))
    assert today(priya).delayed == (untold, gone, waits)
    ewan.door.do(c.Undo(**ewan.who, command_id=left.command_id))
    assert [each.number for each in today(priya).delayed] == [first.number, third.number, second.number]
    clock.at = told + 10 * MINUTE
    again = today(priya).delayed
    assert [(each.number, each.is_to_be_told) for each in again] == [(each.number, True) for each in came]
    assert again[1].officer == "Priya Nair", "it has passed what was said, and is to be said again"
    priya.door.sign_out_supervisor()
    assert [each.officer for each in today(priya).delayed] == [""] * 3
    priya.on(c.CallVisit, first, reason="at last")
    priya.on(c.StartService, first)
    assert DelayNow(first.number, "Housing", due, False) in today(priya).delayed, "late, and never told"


@on_one_engine
def test_elapsed_time_alone_says_nothing(priya: At, ewan: At, clock: SetClock) -> None:
    """Fourteen minutes of fifteen are gone; a counter that has only now become free will take them in one."""
    visit = serve(priya)
    busy = serve(ewan)
    priya.take()
    clock.at = when(10, 13)
    priya.on(c.Finish, visit)
    view = today(priya)
    assert (view.waiting, view.will_miss, view.attention) == (1, 0, ())
    assert [(row.name, row.number, row.officer) for row in view.counters] == [
        ("Counter 1", "", "Priya Nair"),
        ("Counter 2", busy.number, "Ewan Pritchard"),
        ("Counter 3", "", ""),
    ]
    priya.next()
    assert today(priya).waiting == 0, "whoever is called waits for nobody any more"


def test_an_appointment_that_will_be_late(desk: AtBook, clock: SetClock) -> None:
    """Its officer is away until eleven. It has not come, so nobody here is to be told."""
    booked = desk.book(place(when(10, 5), officer=GRACE))
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=GRACE, kind=AbsenceKind.MEETING, starts=when(9), ends=when(11), anyway=True
        )
    )
    view = today(desk)
    assert (view.waiting, view.will_miss, view.untold) == (0, 1, 0)
    (line,) = view.attention
    assert (line.kind, line.number, line.at, line.could_serve) == (
        AttentionKind.WILL_MISS,
        booked.reference,
        when(10, 10),
        (),
    )
    assert line.expected_at is not None
    assert line.expected_at >= when(11)
    clock.at = when(10, 6)
    here = desk.check_in(booked)
    clock.at = when(10, 11) + 1
    view = today(desk)
    assert (view.waiting, view.over, view.untold, view.longest) == (1, 1, 1, 5 * MINUTE + 1)
    assert lines(view, AttentionKind.OVER)[0].number == here.number
    assert (view.waits.visits, view.marks) == (0, ()), "an appointment is no walk-in"
    assert sum(each.over for each in view.services) == 1
    assert (view.appointments.appointments, view.appointments.attended) == (1, 1)


def test_nobody_serves(desk: AtBook, clock: SetClock) -> None:
    """Grace, who could, is in; Ewan is at lunch's meeting; Priya is at a counter that serves housing alone."""
    office = with_a_book()
    housing_only = tuple(
        each if each.name != "Counter 1" else type(each)(each.id, each.name, frozenset({HOUSING}))
        for each in office.counters
    )
    desk.change_settings(with_a_book(counters=housing_only, services=(*office.services, PARTNER)))
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=EWAN, kind=AbsenceKind.MEETING, starts=when(9), ends=when(11), anyway=True
        )
    )
    busy = serve(desk)
    desk.take(PLANNING)
    desk.take(PARTNER.id)
    view = today(desk)
    assert [(each.service, each.number, each.waiting, each.officers, each.at) for each in view.attention] == [
        ("Planning", "P001", 1, 0, when(10, 15)),
        ("Citizens Advice", "", 1, 0, when(10, 15)),
    ], "once is enough"
    assert [each.kind for each in view.attention] == [
        AttentionKind.WILL_MISS,
        AttentionKind.NOBODY_SERVES,
    ]
    assert view.attention[0].expected_at is None
    assert view.attention[0].could_serve == ("Grace Okafor",)
    desk.on(c.Finish, busy)
    assert today(desk).attention[0].could_serve == ("Priya Nair", "Grace Okafor"), "or serves nobody at a counter"
    desk.door.do(c.SignOff(**desk.who, close_day=False))
    assert today(desk).attention[0].could_serve == ("Grace Okafor",), "whoever has served and left is not to be had"


def test_an_interpreter_that_nobody_has_booked(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11)), language="ukr")
    desk.book(place(when(14), interpreter=LINE), language="pol")
    cancelled = desk.book(place(when(15)), language="ckb")
    desk.cancel(cancelled)
    (line,) = today(desk).attention
    assert line == Attention(AttentionKind.INTERPRETER, "Housing", booked.reference, at=when(11), language="ukr")
    clock.at = when(11)
    here = desk.check_in(booked)
    (line,) = lines(today(desk), AttentionKind.INTERPRETER)
    assert line.number == here.number
    desk.on(a.InterpreterHere, here)
    assert lines(today(desk), AttentionKind.INTERPRETER) == []


# -- figures so far --------------------------------------------------------------------------------------------


def test_an_empty_day(priya: At) -> None:
    view = today(priya)
    assert (view.waits.visits, view.waits.mean_wait_min, view.waits.share_within_target) == (0, None, None)
    assert (view.resolved.visits, view.appointments.appointments, view.delays.delayed) == (0, 0, 0)
    assert (view.waiting, view.longest, view.will_miss, view.over, view.told, view.untold) == (0, None, 0, 0, 0, 0)
    assert (view.marks, view.attention) == ((), ())
    assert [each.service for each in view.services] == ["Housing", "Council Tax", "Planning"]
    assert (view.opens_at, view.closes_at) == (when(9), when(17))
    assert (len(view.counters), view.rooms, view.office.id) == (3, (), OFFICE)


def test_partners_are_in_no_total_and_come_last(priya: At, clock: SetClock) -> None:
    priya.change_settings(settings(services=(PARTNER, *settings().services)))
    seen = serve(priya, PARTNER.id)
    priya.take(PARTNER.id)
    own = priya.take(COUNCIL_TAX)
    clock.at = when(10, 16)
    view = today(priya)
    assert (view.waits.visits, view.waits.seen, view.resolved.visits, view.waiting) == (1, 0, 1, 1)
    assert (view.over, view.untold, [each.number for each in view.attention]) == (1, 1, [own.number])
    assert [(each.service, each.partner) for each in view.services] == [
        ("Housing", ""),
        ("Council Tax", ""),
        ("Planning", ""),
        ("Citizens Advice", "Citizens Advice"),
    ]
    assert line_of(view, PARTNER.id) == (1, 16 * MINUTE, 2, 1)
    assert sorted((mark.is_partner, mark.column, mark.wait) for mark in view.marks) == [
        (False, Column.OPEN, 16 * MINUTE),
        (True, Column.OPEN, 16 * MINUTE),
        (True, Column.SEEN, 0),
    ]
    priya.on(c.Transfer, seen, service_id=HOUSING)
    view = today(priya)
    assert (view.waits.visits, view.waiting) == (1, 2), "by the first service, and by the present one"
    assert line_of(view, HOUSING) == (1, 0, 0, 0)


@on_one_engine
def test_a_service_that_is_no_longer_offered_has_its_line(priya: At) -> None:
    visit = priya.take(COUNCIL_TAX)
    priya.on(c.Leave, visit)
    priya.change_settings(settings(services=tuple(each for each in settings().services if each.id != COUNCIL_TAX)))
    view = today(priya)
    assert [each.service for each in view.services] == ["Housing", "Planning", "Council Tax"]
    assert sum(each.waits.visits for each in view.services) == view.waits.visits == 1


def test_a_target_that_changes_today(priya: At, clock: SetClock) -> None:
    """Whoever has a ticket keeps what it promised."""
    priya.take()
    clock.at = when(10, 1)
    priya.change_settings(settings(walk_in_seen=5))
    priya.take()
    clock.at = when(10, 7)
    view = today(priya)
    assert [mark.target for mark in view.marks] == [15 * MINUTE, 5 * MINUTE]
    assert (view.waits.target_min, view.over) == (None, 1)
    assert [(each.kind, each.at) for each in view.attention] == [
        (AttentionKind.OVER, when(10, 6)),
        (AttentionKind.WILL_MISS, when(10, 15)),
    ], "what is lost already is the more urgent"
    clock.at = when(10, 15) + 1
    assert today(priya).over == 2


@on_one_engine
def test_without_a_promise_nobody_loses_one(priya: At, clock: SetClock) -> None:
    priya.change_settings(settings(walk_in_seen=None, appointment_seen=None))
    priya.take()
    clock.at = when(16)
    view = today(priya)
    assert (view.waiting, view.longest, view.over, view.will_miss, view.untold) == (1, 6 * HOUR, 0, 0, 0)
    assert [mark.target for mark in view.marks] == [None]


@on_one_engine
def test_a_closed_day(priya: At, clock: SetClock) -> None:
    priya.change_settings(settings(closures=frozenset({MONDAY})))
    priya.take()
    view = today(priya)
    assert (view.opens_at, view.closes_at, view.waiting) == (None, None, 1)
    clock.at = when(10, day=date(2026, 4, 6))
    assert today(priya).opens_at is None, "a bank holiday"


def test_the_day_that_clocks_change(priya: At, clock: SetClock) -> None:
    """From ten to one to ten past two are twenty minutes."""
    night = (Hours(6, time(0, 30), time(8, 30)), Hours(6, time(9), time(17)))
    priya.change_settings(settings(hours=night))
    clock.at = when(0, 50, SUNDAY)
    priya.take()
    clock.at = when(2, 10, SUNDAY)
    view = today(priya)
    assert (view.waiting, view.longest, view.over, view.marks[0].wait) == (1, 20 * MINUTE, 1, 20 * MINUTE)
    assert view.opens_at == when(0, 30, SUNDAY)
    assert view.closes_at == when(17, 0, SUNDAY) == view.opens_at + 15 * HOUR + 30 * MINUTE
    clock.at = when(23, 59, SUNDAY) + 59 * SECOND
    assert today(priya).waits.visits == 1
    clock.at += SECOND
    assert today(priya).waits.visits == 0


@on_one_engine
def test_who_was_left_on_a_day_that_nobody_closed_waits_no_more(priya: At, clock: SetClock) -> None:
    priya.take()
    clock.at += 24 * HOUR
    priya.take()
    clock.at += MINUTE
    view = today(priya)
    assert (view.waiting, view.longest, view.over, view.waits.visits) == (1, MINUTE, 0, 1)


@on_one_engine
@pytest.mark.parametrize(("called", "over"), [(12, 0), (16, 1)])
def test_a_no_show_who_came_back_is_judged_by_the_first_call(
    priya: At, clock: SetClock, called: int, over: int
) -> None:
    visit = priya.take()
    clock.at = when(10, called)
    priya.next()
    priya.on(c.CallAgain, visit)
    priya.on(c.NoShow, visit)
    assert (today(priya).waits.no_show_before, today(priya).waits.no_show_after) == (1 - over, over)
    clock.at = when(10, 40)
    priya.on(c.Reinstate, visit)
    view = today(priya)
    assert (view.waiting, view.over, view.will_miss, view.marks[0].wait) == (1, over, 0, called * MINUTE)
    assert view.marks[0].stands_still
    assert (view.waits.open, view.marks[0].column) == (1, Column.OPEN)


@on_one_engine
def test_stepping_out_stops_the_clock(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.at = when(10, 5)
    priya.on(c.Hold, visit, own_request=True)
    clock.at = when(10, 18)
    view = today(priya)
    assert (view.waiting, view.longest, view.over, view.marks[0].wait) == (1, 5 * MINUTE, 0, 5 * MINUTE)
    assert view.marks[0].stands_still
    priya.on(c.EndHold, visit)
    clock.at = when(10, 28) + 1
    view = today(priya)
    assert not view.marks[0].stands_still
    assert (view.longest, view.over, view.marks[0].wait) == (15 * MINUTE + 1, 1, 15 * MINUTE + 1)
    priya.on(c.CallVisit, visit, reason="at last")
    priya.on(c.StartService, visit)
    lost = DelayNow(visit.number, "Housing", when(10, 28), False)
    assert today(priya).delayed == (lost,)
    priya.on(c.Transfer, visit, service_id=COUNCIL_TAX)
    assert today(priya).delayed == (lost,), "of the promise of the first service"
    in_vain = a.TellOfDelay(**priya.who, visit_id=visit.visit_id, expected_minutes=5, answer=DelayAnswer.NOT_REACHED)
    priya.door.do(in_vain)
    assert [each.answer for each in today(priya).delayed] == [DelayAnswer.NOT_REACHED], "once, though rung in vain"


@on_one_engine
def test_a_voided_ticket_is_no_visit(priya: At) -> None:
    priya.undo(priya.take())
    view = today(priya)
    assert (view.waits.visits, view.waiting, view.marks) == (0, 0, ())
