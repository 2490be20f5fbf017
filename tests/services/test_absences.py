"""When an officer is not to be booked."""

from __future__ import annotations

from typing import Any

from reception.clock import MINUTE, SetClock
from reception.domain.booked import AbsenceKind
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_queries import Book
from tests.services.bookkeeping import books
from tests.services.the_book import MONDAY, AtBook, place, refused, when
from tests.support import EWAN, GRACE, OFFICE


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


def test_an_absence_that_was_entered_is_taken_back(desk: AtBook, clock: SetClock) -> None:
    desk.book(place(when(11)))
    entered = enter(desk)
    undoable = desk.view().undoable
    assert undoable is not None
    assert undoable.command_id == entered.command_id
    desk.undo(entered)
    desk.book(place(when(14, 30)))
    assert refused(lambda: desk.undo(entered)).code is Code.NOTHING_TO_UNDO
    assert desk.view().undoable.command_id != entered.command_id  # type: ignore[union-attr]
    late = enter(desk, starts=when(15, 30))
    clock.advance(5 * MINUTE + 1)
    assert refused(lambda: desk.undo(late)).code is Code.UNDO_TOO_LATE
    books(desk.door)


def test_an_absence_that_was_taken_out_stands_again(desk: AtBook) -> None:
    entered = enter(desk, kind=AbsenceKind.TRAINING)
    removed = desk.door.do(a.RemoveAbsence(**desk.who, absence_id=entered.command_id))
    assert refused(lambda: desk.undo(entered)).code is Code.NOTHING_TO_UNDO
    desk.undo(removed)
    assert "is away then" in refused(lambda: desk.book(place(when(14, 30)))).reason
    shown = desk.door.ask(Book(OFFICE, MONDAY)).absences
    assert [(each.kind, each.starts, each.ends) for each in shown] == [(AbsenceKind.TRAINING, when(14), when(16))]
    removed = desk.door.do(a.RemoveAbsence(**desk.who, absence_id=entered.command_id))
    desk.book(place(when(14, 30)))
    refusal = refused(lambda: desk.undo(removed))
    assert (refusal.code, refusal.reason) == (Code.UNDO_OVERTAKEN, "1 appointment stands in that time by now.")
    books(desk.door)


def test_after_a_correction_nothing_older_is_offered_to_be_taken_back(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    assert desk.view().undoable is not None
    visitor = Visitor(Person("Ann Example"))
    corrected = desk.with_(a.CorrectAppointment, booked, version=1, visitor=visitor, about="rent", party_size=2)
    assert desk.view().undoable is None
    assert refused(lambda: desk.undo(corrected)).code is Code.NOTHING_TO_UNDO
    assert desk.stands(booked).party_size == 2
    cancelled = desk.cancel(booked)
    undoable = desk.view().undoable
    assert undoable is not None
    assert undoable.command_id == cancelled.command_id
