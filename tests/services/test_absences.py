"""When an officer is not to be booked."""

from __future__ import annotations

from typing import Any

from reception.domain.booked import AbsenceKind
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.the_book import AtBook, place, refused, when
from tests.support import EWAN, GRACE


def enter(desk: AtBook, **more: Any) -> c.Result:
    given = {"absentee_id": GRACE, "kind": AbsenceKind.LEAVE, "starts": when(14), "ends": when(16)}
    return desk.door.do(a.EnterAbsence(**{**desk.who, **given, **more}))


def test_an_officer_on_leave_is_not_booked_until_it_is_removed(desk: AtBook) -> None:
    entered = enter(desk)
    for at in (place(when(13, 45)), place(when(15, 45)), place(when(14, 30))):
        refusal = refused(lambda at=at: desk.book(at, reason="all the same"))
        assert refusal.code is Code.SLOT_TAKEN
        assert "Grace Okafor is away then" in refusal.reason
    desk.book(place(when(13, 30)))
    desk.book(place(when(16)))
    desk.book(place(when(14, 30), officer=EWAN))
    desk.door.do(a.RemoveAbsence(**desk.who, absence_id=entered.command_id))
    desk.book(place(when(14, 30)))
    assert refused(lambda: desk.door.do(a.RemoveAbsence(**desk.who, absence_id=entered.command_id))).code is (
        Code.UNKNOWN_THING
    )
    books(desk.door)


def test_an_absence_over_appointments_says_how_many_and_they_stand(desk: AtBook) -> None:
    booked = [desk.book(place(when(14))), desk.book(place(when(15, 50), 5))]
    desk.book(place(when(16)))
    refusal = refused(lambda: enter(desk))
    assert (refusal.code, refusal.reason) == (Code.SLOT_TAKEN, "Grace Okafor has 2 appointments in that time.")
    enter(desk, anyway=True)
    assert all(desk.stands(each).is_ahead for each in booked)
    desk.check_in(booked[0])
    books(desk.door)


def test_an_absence_that_is_none(desk: AtBook) -> None:
    assert refused(lambda: enter(desk, ends=when(14))).code is Code.BAD_INPUT
    assert refused(lambda: enter(desk, absentee_id="nobody")).code is Code.UNKNOWN_THING
