"""Whom the receptionist is asked to tell of a delay, worked out from what the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.booked import AbsenceKind, DelayAnswer, Kind, SafeContact
from reception.domain.duties import Duty, DutyKind
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.the_book import ROOM_1, TUESDAY, AtBook, place, when, with_a_book
from tests.support import GRACE, OFFICE, PRIYA, door_on

ANN = Visitor(Person("Ann Example"), telephone="020 7946 0100")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(10))


@pytest.fixture
def desk(database_url: str, clock: SetClock) -> Iterator[AtBook]:
    door = door_on(database_url, clock)
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    yield AtBook(door).sign_in()
    door.close()


def duties(desk: AtBook) -> list[Duty]:
    return list(desk.door.ask(aq.Duties(OFFICE)))


def tell(desk: AtBook, **given: Any) -> c.Result:
    return desk.door.do(a.TellOfDelay(**{**desk.who, **given}))


def serve(desk: AtBook) -> c.Result:
    """Somebody comes and is served."""
    visit = desk.take()
    desk.on(c.StartService, desk.next())
    return visit


def test_nobody_is_to_be_told_while_promises_can_be_kept(desk: AtBook) -> None:
    serve(desk)
    desk.take()
    desk.book(place(when(11), officer=PRIYA), visitor=ANN)
    assert duties(desk) == []


def test_a_walk_in_whose_promise_is_about_to_be_lost(desk: AtBook, clock: SetClock) -> None:
    serve(desk)
    waiting = desk.take(person=Person("Wanda Waits"))
    clock.at = when(10, 11)
    (duty,) = duties(desk)
    assert (duty.kind, duty.visit_id, duty.number, duty.name, duty.service) == (
        DutyKind.WAITING,
        waiting.visit_id,
        waiting.number,
        "Wanda Waits",
        "Housing",
    )
    assert (duty.promised_at, duty.is_lost, duty.telephone) == (when(10, 15), False, "")
    assert duty.expected_at > duty.promised_at
    clock.at = when(10, 15) + 1
    assert duties(desk)[0].is_lost
    assert "Wanda" not in repr(duty)


def test_whoever_was_told_is_told_again_when_the_told_time_passes(desk: AtBook, clock: SetClock) -> None:
    serve(desk)
    waiting = desk.take()
    clock.at = when(10, 16)
    tell(desk, visit_id=waiting.visit_id, expected_minutes=10)
    assert duties(desk) == []
    clock.at = when(10, 26)
    (duty,) = duties(desk)
    assert (duty.kind, duty.last_told_at, duty.since) == (DutyKind.AGAIN, when(10, 16), when(10, 26))


def test_the_usual_time_of_a_service_is_what_it_was_of_late(desk: AtBook, clock: SetClock) -> None:
    """Of two minutes five times: one that has only begun is over before the promise of the next is."""
    waiting = desk.take()
    for _ in range(5):
        visit = desk.take()
        desk.on(c.CallVisit, visit, reason="knows the way")
        desk.on(c.StartService, visit)
        clock.at += 2 * MINUTE
        desk.on(c.Finish, visit)
    visit = desk.take()
    desk.on(c.CallVisit, visit, reason="knows the way")
    desk.on(c.StartService, visit)
    clock.at = when(10, 11)
    assert duties(desk) == []
    clock.at = when(10, 14) + 1
    assert [duty.visit_id for duty in duties(desk)] == [waiting.visit_id]


def test_the_usual_time_is_the_mean(desk: AtBook, clock: SetClock) -> None:
    """Of 2, 2, 32, 2 and 2 minutes it is 8: one that begins now goes beyond a promise that ends in 5."""
    for minutes in (2, 2, 32, 2, 2):
        visit = serve(desk)
        clock.at += minutes * MINUTE
        desk.on(c.Finish, visit)
    waiting = desk.take()
    clock.at += 10 * MINUTE
    visit = desk.take()
    desk.on(c.CallVisit, visit, reason="knows the way")
    desk.on(c.StartService, visit)
    assert [duty.visit_id for duty in duties(desk)] == [waiting.visit_id]


def test_a_counter_that_leaves_people_waiting_goes_on_so(desk: AtBook, clock: SetClock) -> None:
    """Open since ten without a call; what it did before somebody came tells nothing."""
    waiting = desk.take()
    clock.at = when(10, 10)
    assert [duty.visit_id for duty in duties(desk)] == [waiting.visit_id]


def test_who_is_set_aside_is_not_left_waiting_by_a_counter(desk: AtBook, clock: SetClock) -> None:
    """The counter leaves people waiting since 10.20, when the second came: ten minutes more, then the first's ten."""
    desk.on(c.Hold, desk.take(), own_request=True)
    clock.at = when(10, 20)
    desk.take()
    clock.at = when(10, 30)
    (duty,) = duties(desk)
    assert duty.expected_at == when(10, 52)


def test_a_counter_that_has_just_ended_a_service_is_free_at_once(desk: AtBook, clock: SetClock) -> None:
    visit = serve(desk)
    desk.take()
    clock.at = when(10, 9)
    desk.on(c.Finish, visit)
    clock.at = when(10, 10)
    assert duties(desk) == []


def test_an_appointment_that_will_be_late_is_rung_up(desk: AtBook, clock: SetClock) -> None:
    """Its officer is away until eleven."""
    booked = desk.book(place(when(10, 30), officer=PRIYA), visitor=ANN)
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=PRIYA, kind=AbsenceKind.MEETING, starts=when(10), ends=when(11), anyway=True
        )
    )
    (duty,) = duties(desk)
    assert (duty.kind, duty.appointment_id, duty.visit_id, duty.number) == (
        DutyKind.TELEPHONE,
        booked.appointment_id,
        "",
        booked.reference,
    )
    assert (duty.telephone, duty.leave_no_message, duty.promised_at) == ("020 7946 0100", False, when(10, 35))
    assert duty.expected_at >= when(11)
    tell(desk, appointment_id=booked.appointment_id, answer=DelayAnswer.NOT_REACHED, by_telephone=True)
    assert duties(desk) == []
    clock.at = when(10, 10)
    assert len(duties(desk)) == 1
    tell(desk, appointment_id=booked.appointment_id, expected_minutes=55, by_telephone=True)
    assert duties(desk) == []


def test_an_officer_who_is_away_and_not_signed_in(desk: AtBook) -> None:
    desk.book(place(when(10, 30)), visitor=ANN)
    assert duties(desk) == []
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=GRACE, kind=AbsenceKind.LEAVE, starts=when(9), ends=when(17), anyway=True
        )
    )
    assert [duty.kind for duty in duties(desk)] == [DutyKind.TELEPHONE]


@pytest.mark.parametrize(
    "visitor",
    [replace(ANN, safe=frozenset({SafeContact.DO_NOT_RING})), Visitor(Person("Ann Example"))],
    ids=["asked not to be rung", "no number"],
)
def test_nobody_is_rung_up_who_must_not_be(desk: AtBook, visitor: Visitor) -> None:
    desk.book(place(when(10, 30)), visitor=visitor)
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=GRACE, kind=AbsenceKind.LEAVE, starts=when(9), ends=when(17), anyway=True
        )
    )
    assert duties(desk) == []


def test_no_message_is_left_where_none_may_be(desk: AtBook) -> None:
    quiet = replace(ANN, safe=frozenset({SafeContact.LEAVE_NO_MESSAGE}))
    desk.book(place(when(10, 30)), visitor=quiet)
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=GRACE, kind=AbsenceKind.LEAVE, starts=when(9), ends=when(17), anyway=True
        )
    )
    (duty,) = duties(desk)
    assert (duty.telephone, duty.leave_no_message) == ("020 7946 0100", True)
    assert "7946" not in repr(duty)


def test_before_anyone_has_signed_in_nobody_is_rung_up(desk: AtBook) -> None:
    desk.book(replace(place(when(10, 30)), officer_id=""), visitor=ANN)
    desk.door.do(c.SignOff(**desk.who, close_day=False))
    assert duties(desk) == []


def test_a_visit_without_its_interpreter_is_late_though_a_counter_is_free(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.on(a.RequestInterpreter, visit, language="pol")
    clock.at = when(10, 11)
    assert [duty.visit_id for duty in duties(desk)] == [visit.visit_id]
    desk.on(a.InterpreterHere, visit)
    assert duties(desk) == []


def test_an_appointment_whose_room_is_taken_is_late(desk: AtBook, clock: SetClock) -> None:
    inside = serve(desk)
    desk.on(a.AssignRoom, inside, room_id=ROOM_1)
    clock.at = when(10, 8)
    here = desk.check_in(desk.book(place(when(10, 10), room=ROOM_1), visitor=ANN))
    clock.at = when(10, 12)
    assert here.visit_id in [duty.visit_id for duty in duties(desk)]


def test_telephone_and_tomorrow_are_not_told_at_the_counter(desk: AtBook) -> None:
    desk.book(place(when(10, 30)), visitor=ANN, kind=Kind.TELEPHONE)
    desk.book(place(when(10, 30, day=TUESDAY)), visitor=ANN)
    desk.door.do(
        a.EnterAbsence(
            **desk.who,
            absentee_id=GRACE,
            kind=AbsenceKind.LEAVE,
            starts=when(9),
            ends=when(17, day=TUESDAY),
            anyway=True,
        )
    )
    assert duties(desk) == []
