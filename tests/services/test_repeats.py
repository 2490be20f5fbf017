"""A command done twice is done once: a double tap, a retry or a lost reply does nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.booked import AbsenceKind, DelayReason, InterpreterStatus, Kind, LetterKind, RoomState
from reception.domain.kiosk import Face
from reception.domain.person import Person
from reception.domain.questions import QuestionAnswer
from reception.domain.stations import StationKind
from reception.domain.visit_states import End
from reception.domain.visitor import Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.wiring import HANDLERS
from tests.services.bookkeeping import books
from tests.services.the_book import ALEX, MONDAY, ROOM_1, ROOM_2, AtBook, place, when
from tests.support import (
    COUNCIL_TAX,
    COUNTER_2,
    EWAN,
    GRACE,
    HOUSING,
    OFFICE,
    PIN,
    PLANNING,
    PRIYA,
    At,
    settings,
    without_pins,
)


def a_day_of_every_command(at: At, clock: SetClock) -> Iterator[c.Command]:
    """One command after another, each possible when it comes, and every kind of them."""
    who = at.who

    def minted(command: c.Command) -> c.Command:
        clock.advance(MINUTE)
        return command

    first = c.TakeTicket(**who, service_id=HOUSING, then_services=(COUNCIL_TAX,), see_first_reason="ill")
    second = c.TakeTicket(**who, service_id=PLANNING, linked_to=first.id)
    third = c.TakeTicket(**who, service_id=HOUSING, person=Person("Ada"))
    yield from map(minted, (first, second, third))
    yield minted(c.CallNext(**who))
    yield minted(c.CallAgain(**who, visit_id=first.id))
    yield minted(c.WithdrawCall(**who, visit_id=first.id))
    yield minted(c.CallVisit(**who, visit_id=first.id, reason="ill"))
    yield minted(c.StartService(**who, visit_id=first.id))
    yield minted(c.Hold(**who, visit_id=first.id))
    yield minted(c.EndHold(**who, visit_id=first.id))
    yield minted(c.FinishAndCallNext(**who, visit_id=first.id))  # calls it again, for its second service
    yield minted(c.StartService(**who, visit_id=first.id))
    yield minted(c.ReturnToQueue(**who, visit_id=first.id))
    yield minted(c.SeeFirst(**who, visit_id=first.id, on=False))
    yield minted(c.SeeFirst(**who, visit_id=third.id, reason="faint"))
    yield minted(c.CallNext(**who))
    yield minted(c.CallAgain(**who, visit_id=third.id))
    yield minted(c.NoShow(**who, visit_id=third.id))
    yield minted(c.Reinstate(**who, visit_id=third.id))
    yield minted(c.Transfer(**who, visit_id=third.id, service_id=PLANNING, specialist_told=True))
    details = {"person": Person("Ada L."), "shown": Person("Ada"), "party_size": 2, "shown_party_size": 1}
    yield minted(c.ChangeDetails(**who, visit_id=third.id, **details))
    yield minted(c.LinkVisits(**who, visit_id=third.id, other_id=second.id))
    leaving = c.Leave(**who, visit_id=second.id)
    yield minted(leaving)
    yield minted(c.Undo(**who, command_id=leaving.id))
    yield minted(c.Reprint(**who, visit_id=second.id))
    yield minted(c.CallVisit(**who, visit_id=second.id, reason="by the door"))
    yield minted(c.StartService(**who, visit_id=second.id))
    yield minted(c.Finish(**who, visit_id=second.id, end=End.TO_FOLLOW, due=date(2026, 3, 5), owner_id=EWAN, note="n"))
    yield minted(c.CompleteFollowUp(**who, visit_id=second.id))
    claim = c.ClaimCheckIn(**who, service_id=HOUSING, reference="AP-7KQ2M9XD")
    yield minted(claim)
    question_id = c.joined_id(f"{claim.id} claim")
    yield minted(c.AnswerQuestion(**who, question_id=question_id, answer=QuestionAnswer.AS_HERE))
    help_call = c.CallForHelp(office_id=OFFICE, station="Kiosk")
    yield minted(help_call)
    yield minted(c.GiveHelp(**who, help_id=help_call.id))
    yield minted(c.GiveFeedback(office_id=OFFICE, station="Kiosk", face=Face.GOOD))
    station = c.AddStation(**who, name="Kiosk", kind=StationKind.KIOSK)
    yield minted(station)
    yield minted(c.RemoveStation(**who, station_id=station.id))
    yield minted(c.ClaimSeries(**who, id=c.series_id(OFFICE, "B"), series="B", file_id=station.id))
    yield minted(c.Evacuate(**who))
    yield minted(c.EndEvacuation(**who, resume=False))
    new, before = settings(walk_in_seen=20), without_pins(settings())
    yield minted(c.SetUpOffice(**who, settings=new, before=before, administrator_id=PRIYA, pin=PIN))
    yield minted(c.SignIn(**{**who, "counter_id": COUNTER_2, "officer_id": EWAN}, pin=PIN))
    yield minted(c.SignInSupervisor(office_id=OFFICE, officer_id=PRIYA, pin=PIN))
    yield minted(c.SignOff(**who))
    clock.advance(24 * 60 * MINUTE)
    yield minted(c.CloseDay(office_id=OFFICE))


def a_day_in_the_book(desk: AtBook, clock: SetClock) -> Iterator[c.Command]:
    """One command of the book after another, each possible when it comes, and every kind of them."""
    who = desk.who

    def minted(command: c.Command) -> c.Command:
        clock.advance(MINUTE)
        return command

    hold = a.HoldSlot(**who, place=place(when(11)), service_id=HOUSING)
    yield minted(hold)
    booking = {**who, "service_id": HOUSING, "visitor": Visitor(Person("Ada"))}
    whole = {"place": place(when(11), room=ROOM_1, interpreter=ALEX), "language": "bfi"}
    first = a.BookAppointment(**booking, **whole, hold_id=hold.id)
    yield minted(first)
    on_first = {**who, "appointment_id": first.id}
    other_hold = a.HoldSlot(**who, place=place(when(15)), service_id=HOUSING)
    yield minted(other_hold)
    yield minted(a.ReleaseHold(**who, hold_id=other_hold.id))
    series = a.BookAppointment(**booking, place=place(when(15)), repeat=a.Repeat(1, 3))
    yield minted(series)
    yield minted(a.CancelAppointment(**who, appointment_id=series.id, series=True))
    call = a.BookAppointment(**booking, place=place(when(10, 30)), kind=Kind.TELEPHONE)
    yield minted(call)
    missed = a.BookAppointment(**booking, place=place(when(10, 15), 10))
    yield minted(missed)
    yield minted(a.MoveAppointment(**on_first, version=1, place=place(when(11, 15), room=ROOM_1, interpreter=ALEX)))
    ada = Visitor(Person("Ada"))
    yield minted(a.CorrectAppointment(**on_first, version=2, visitor=ada, about="rent", party_size=2))
    yield minted(a.WantEarlier(**on_first))
    yield minted(a.ProgressInterpreter(**on_first, status=InterpreterStatus.ORDERED))
    yield minted(a.KeepLetter(**on_first, kind=LetterKind.CONFIRMATION))
    yield minted(a.TellOfDelay(**on_first, expected_minutes=20))
    clock.at = when(10, 31)
    yield minted(a.Attended(**who, appointment_id=call.id))
    yield minted(a.DidNotAttend(**who, appointment_id=missed.id))
    here = a.CheckIn(**on_first)
    yield minted(here)
    on_visit = {**who, "visit_id": here.id}
    yield minted(a.FreeRoom(**on_visit))
    yield minted(a.AssignRoom(**on_visit, room_id=ROOM_2))
    yield minted(a.RequestInterpreter(**on_visit, language="pol"))
    yield minted(a.CallWithoutInterpreter(**on_visit))
    yield minted(a.InterpreterHere(**on_visit))
    yield minted(a.AnnounceDelay(**who, reason=DelayReason.MORE_VISITORS))
    yield minted(a.SetRoomState(**who, room_id=ROOM_1, state=RoomState.CLEANING))
    leave = {"absentee_id": GRACE, "kind": AbsenceKind.LEAVE, "starts": when(16), "ends": when(17)}
    absence = a.EnterAbsence(**who, **leave)
    yield minted(absence)
    yield minted(a.RemoveAbsence(**who, absence_id=absence.id))
    row = a.BroughtIn("row", HOUSING, place(when(14)), Kind.OFFICE, Visitor(), MONDAY)
    yield minted(a.BringInAppointments(**who, rows=(row,)))


def done_twice(at: At, commands: Iterator[c.Command], clock: SetClock) -> set[type[c.Command]]:
    """Do each twice, and see that it is done once; the kinds of commands that there were."""
    kinds: set[type[c.Command]] = set()
    for command in commands:
        done = at.door.do(command)
        before = at.door.changes(0)[0]
        clock.advance(7)
        again = at.door.do(command)
        assert again == replace(done, already_done=True), command
        assert not done.already_done
        assert at.door.changes(0)[0] == before, f"{command} wrote a fact again"
        kinds.add(type(command))
    books(at.door)
    return kinds


OF_THE_BOOK = {each for each in HANDLERS if each.__module__ == a.__name__}


def test_every_command_done_twice_is_done_once(priya: At, clock: SetClock) -> None:
    kinds = done_twice(priya, a_day_of_every_command(priya, clock), clock)
    # What joins after a cut has tests of its own.
    assert kinds == {*HANDLERS, c.SignIn, c.SignInSupervisor, c.SetUpOffice} - OF_THE_BOOK - {c.JoinWork}


def test_every_command_of_the_book_done_twice_is_done_once(desk: AtBook, clock: SetClock) -> None:
    assert done_twice(desk, a_day_in_the_book(desk, clock), clock) == OF_THE_BOOK


def test_what_was_booked_twice_is_one_appointment(desk: AtBook) -> None:
    """Also when the reply to the first was lost, and the time is taken by then: by itself."""
    booking = a.BookAppointment(**desk.who, service_id=HOUSING, place=place(when(11)), visitor=Visitor(Person("Ada")))
    assert {desk.door.do(booking).reference for _ in range(3)} == {desk.stands(booking.id).reference}


def test_a_repeat_is_answered_though_it_would_be_refused_by_now(priya: At) -> None:
    visit = priya.take()
    call = c.CallNext(**priya.who)
    called = priya.door.do(call)
    priya.on(c.StartService, visit)
    priya.door.do(c.SignOff(**priya.who, at_hand=c.AtHand.FINISH, close_day=True))
    assert priya.door.do(call).number == called.number


def test_a_repeat_of_what_was_taken_back_does_not_do_it_again(priya: At) -> None:
    ticket = c.TakeTicket(**priya.who, service_id=HOUSING)
    taken = priya.door.do(ticket)
    priya.undo(taken)
    assert priya.door.do(ticket).already_done
    assert priya.card(taken).voided
    with pytest.raises(Refusal) as refused:
        priya.undo(taken)
    assert refused.value.code is Code.NOTHING_TO_UNDO
    books(priya.door)


def test_what_was_refused_is_not_done_and_may_be_done_later(priya: At) -> None:
    call = c.CallNext(**priya.who)
    before = priya.door.changes(0)[0]
    with pytest.raises(Refusal):
        priya.door.do(call)
    assert priya.door.changes(0)[0] == before
    visit = priya.take()
    assert priya.door.do(call).visit_id == visit.visit_id
    books(priya.door)
