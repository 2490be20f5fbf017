"""Booking through the door: a day in the book, what is refused with which words, holds, repeats, walk-ins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reception.clock import HOUR, MINUTE, SetClock, local_datetime
from reception.domain.booked import InterpreterStatus, Kind, LetterKind, RoomFeature, SafeContact, Standing
from reception.domain.booking import Place
from reception.domain.person import Person
from reception.domain.visit_states import End, State
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_queries import WhenIs
from tests.services.bookkeeping import books
from tests.services.the_book import (
    ALEX,
    LINE,
    LONDON,
    MARIA,
    MONDAY,
    ROOM_1,
    ROOM_2,
    TUESDAY,
    AtBook,
    days_after,
    place,
    refused,
    when,
)
from tests.support import COUNCIL_TAX, EWAN, OFFICE

UNREACHABLE = {
    "no name": ({"name": " "}, "name"),
    "no figure in the telephone": ({"telephone": "ask her"}, "telephone"),
    "four figures": ({"telephone": "01 23"}, "telephone"),
    "born tomorrow": ({"born": date(2026, 3, 3)}, "born"),
    "born in the wrong century": ({"born": date(1871, 3, 9)}, "born"),
}


def _visitor(name: str = "Ann Example", **held: Any) -> Visitor:
    return Visitor(Person(name), **held)


@pytest.mark.parametrize("case", UNREACHABLE)
def test_who_can_not_be_found_again_is_not_booked(desk: AtBook, case: str) -> None:
    held, field = UNREACHABLE[case]
    before = desk.door.changes(0)
    refusal = refused(lambda: desk.book(place(when(11)), visitor=_visitor(**held)))
    assert (refusal.code, refusal.field) == (Code.BAD_INPUT, field)
    assert desk.door.changes(0) == before
    booked = desk.book(place(when(11)))
    correct = {"version": 1, "about": "", "party_size": 1}
    refusal = refused(lambda: desk.with_(a.CorrectAppointment, booked, visitor=_visitor(**held), **correct))
    assert (refusal.code, refusal.field) == (Code.BAD_INPUT, field)


def test_any_way_to_write_a_number_will_do(desk: AtBook) -> None:
    numbers = ("(01992) 555 012 ext 4", "+44 7700 900123", "٠١٢٣٤٥٦٧", "555012")
    for minute, telephone in zip((0, 10, 20, 30), numbers, strict=True):
        desk.book(place(when(11, minute), 10), visitor=_visitor(telephone=telephone, born=TUESDAY.replace(year=1900)))


def test_what_was_brought_in_stays_until_it_is_changed(desk: AtBook) -> None:
    row = a.BroughtIn("row", "housing", place(when(14)), Kind.OFFICE, Visitor(telephone="see file"), MONDAY)
    made = desk.door.do(a.BringInAppointments(**desk.who, rows=(row,))).appointments[0]
    correct = {"about": "rent", "party_size": 1}
    desk.with_(a.CorrectAppointment, made, version=1, visitor=Visitor(telephone="see file"), **correct)
    assert (
        refused(
            lambda: desk.with_(a.CorrectAppointment, made, version=2, visitor=Visitor(telephone="file"), **correct)
        ).field
        == "telephone"
    )


def test_a_walk_in_may_be_booked_without_a_name(desk: AtBook) -> None:
    visit = desk.take(person=Person())
    assert desk.book(place(when(11)), visitor=Visitor(), visit_id=visit.visit_id).reference


def test_a_day_in_the_book(desk: AtBook, clock: SetClock) -> None:
    """Booked with officer, room and interpreter, moved, stretched, checked in, served; another one cancelled."""
    whole = place(when(11), room=ROOM_1, interpreter=ALEX)
    first = desk.book(whole, language="bfi", features=frozenset({RoomFeature.PRIVATE}), party_size=2)
    assert first.reference.startswith("AP-")
    assert len(first.reference) == 11
    second = desk.book(place(when(11, 30)))
    moved = desk.move(first, place(when(10, 30), room=ROOM_1, interpreter=ALEX))
    assert moved.reference == first.reference
    desk.move(first, place(when(10, 30), 45, room=ROOM_1, interpreter=ALEX))
    third = desk.book(place(when(11, 15), 15))  # in the time that fell free
    desk.cancel(second, reason="has found the answer")
    assert desk.stands(second).standing is Standing.CANCELLED
    desk.book(place(when(11, 30)), name="In her place")
    clock.at = when(10, 28)
    here = desk.check_in(first)
    assert (here.number, desk.card(here).party_size) == ("H001", 2)
    desk.on(a.InterpreterHere, here)
    clock.at = when(10, 32)
    desk.on(c.CallVisit, here, reason="it is time")
    desk.on(c.StartService, here)
    desk.on(c.Finish, here)
    assert desk.stands(first).moved == 2
    assert desk.stands(third).is_ahead
    books(desk.door)


def test_a_slot_that_is_taken_is_refused_with_the_next_free_ones(desk: AtBook) -> None:
    desk.book(place(when(11)))
    refusal = refused(lambda: desk.book(place(when(11, 15)), named_officer=True))
    assert refusal.code is Code.SLOT_TAKEN
    assert "Grace Okafor" in refusal.reason
    assert "Monday 2 March" in refusal.remedy
    assert "with Grace Okafor" in refusal.remedy
    books(desk.door)


@pytest.mark.parametrize(
    ("taken", "wanted"),
    [
        (place(when(11)), place(when(11, 29), 1)),
        (place(when(11), room=ROOM_1), place(when(11, 29), officer=EWAN, room=ROOM_1)),
        (place(when(11), interpreter=ALEX), place(when(11, 29), officer=EWAN, interpreter=ALEX)),
        (place(when(11), officer="", room=ROOM_1), place(when(10, 31), officer="", room=ROOM_1)),
    ],
    ids=["officer", "room", "interpreter", "room alone"],
)
def test_nobody_and_nothing_is_booked_twice(desk: AtBook, taken: Place, wanted: Place) -> None:
    """By a minute; back to back is fine."""
    language = "bfi" if taken.interpreter_id else ""
    desk.book(taken, language=language)
    assert refused(lambda: desk.book(wanted, language=language)).code is Code.SLOT_TAKEN
    length = wanted.ends - wanted.starts
    after = Place(taken.ends, taken.ends + length, wanted.officer_id, wanted.room_id, wanted.interpreter_id)
    desk.book(after, language=language)
    books(desk.door)


def test_a_telephone_line_is_never_taken(desk: AtBook) -> None:
    desk.book(place(when(11), interpreter=LINE), language="ckb")
    desk.book(place(when(11), officer=EWAN, interpreter=LINE), language="pol")
    books(desk.door)


def test_setting_up_keeps_officer_and_room_but_not_the_interpreter(desk: AtBook) -> None:
    booked = desk.book(place(when(11), room=ROOM_1, interpreter=ALEX), language="bfi", set_up_minutes=15)
    assert desk.stands(booked).set_up == 15 * MINUTE
    assert refused(lambda: desk.book(place(when(10, 30), 20))).code is Code.SLOT_TAKEN
    assert refused(lambda: desk.book(place(when(10, 30), 20, EWAN, ROOM_1))).code is Code.SLOT_TAKEN
    desk.book(place(when(10, 30), 30, EWAN, interpreter=ALEX), language="bfi")
    assert "Grace Okafor" in refused(lambda: desk.book(place(when(11, 30)), set_up_minutes=15)).reason
    assert refused(lambda: desk.book(place(when(14)), set_up_minutes=121)).code is Code.BAD_INPUT
    books(desk.door)


GOOD_FRIDAY = date(2026, 4, 3)

NEVER: dict[str, tuple[dict[str, Any], Code]] = {
    "zero minutes": ({"at": place(when(11), 0)}, Code.BAD_INPUT),
    "less than nothing": ({"at": place(when(11), -30)}, Code.BAD_INPUT),
    "nine hours": ({"at": place(when(11), 9 * 60), "reason": "long"}, Code.BAD_INPUT),
    "in the past": ({"at": place(when(9, 30)), "reason": "was so"}, Code.BAD_INPUT),
    "an officer without the skill": ({"at": place(when(11)), "service": COUNCIL_TAX}, Code.BAD_INPUT),
    "a language not offered": ({"at": place(when(11), interpreter=ALEX), "language": "pol"}, Code.BAD_INPUT),
    "a room without the feature": (
        {"at": place(when(11), room=ROOM_2), "features": frozenset({RoomFeature.PRIVATE})},
        Code.BAD_INPUT,
    ),
    "a room with too few seats": ({"at": place(when(11), room=ROOM_2), "seats": 3}, Code.BAD_INPUT),
    "nobody's room": ({"at": place(when(11), room="attic")}, Code.UNKNOWN_THING),
    "nobody": ({"at": place(when(11), officer="nobody")}, Code.UNKNOWN_THING),
    "no interpreter of ours": ({"at": place(when(11), interpreter="nobody")}, Code.UNKNOWN_THING),
    "no such service": ({"at": place(when(11)), "service": "magic"}, Code.UNKNOWN_THING),
    "a party of nobody": ({"at": place(when(11)), "party_size": 0}, Code.BAD_INPUT),
    "a text of a whole document": ({"at": place(when(11)), "about": "a" * 3000}, Code.BAD_INPUT),
}


@pytest.mark.parametrize("what", NEVER)
def test_what_can_never_be_booked(desk: AtBook, what: str) -> None:
    given, code = NEVER[what]
    before = desk.door.changes(0)[0]
    refusal = refused(lambda: desk.book(**{"reason": "all the same", **given}))
    assert refusal.code is code
    assert refusal.remedy
    assert desk.door.changes(0)[0] == before
    books(desk.door)


WITH_A_REASON: dict[str, tuple[dict[str, Any], str]] = {
    "a bank holiday": ({"at": place(when(11, day=GOOD_FRIDAY))}, "bank_holiday"),
    "a Sunday": ({"at": place(when(11, day=date(2026, 3, 8)))}, "closed"),
    "before opening": ({"at": place(when(8, 45, TUESDAY))}, "outside_hours"),
    "ending after closing": ({"at": place(when(16, 45))}, "outside_hours"),
    "over a break": ({"at": place(when(12, 45))}, "break"),
    "sooner than the interpreter can be had": (
        {"at": place(when(9, 30, TUESDAY), interpreter=MARIA), "language": "pol"},
        "interpreter_notice",
    ),
    "at short notice": ({"at": place(when(11, day=date(2026, 3, 6))), "by_council": True}, "short_notice"),
}


@pytest.mark.parametrize("what", WITH_A_REASON)
def test_what_is_booked_only_with_a_reason_which_is_kept(desk: AtBook, what: str) -> None:
    given, passed = WITH_A_REASON[what]
    assert refused(lambda: desk.book(**given)).code is Code.NEEDS_REASON
    assert refused(lambda: desk.book(**given, reason="  ")).code is Code.NEEDS_REASON
    booked = desk.book(**given, reason="The visitor is ill")
    assert desk._facts(booked)[0].fact.excused == (passed,)  # type: ignore[union-attr]
    assert desk.shown(booked).reason == "The visitor is ill"
    books(desk.door)


def test_a_reason_that_nothing_needed_is_not_kept(desk: AtBook) -> None:
    booked = desk.book(place(when(11)), reason="just so")
    assert desk.shown(booked).reason == ""


def test_a_reason_gets_nobody_past_what_is_taken(desk: AtBook) -> None:
    desk.book(place(when(12, 15)), reason="no other time")
    assert refused(lambda: desk.book(place(when(12, 30)), reason="no other time")).code is Code.SLOT_TAKEN


@pytest.mark.parametrize(
    "visitor",
    [
        Visitor(Person("ک" * 300)),
        Visitor(Person("Cher")),
        Visitor(Person("Ada"), address="Rose Cottage"),
        Visitor(Person("Ada"), address="\n".join(f"Line {number}" for number in range(1, 9))),
        Visitor(Person("Ada"), date(1931, 2, 28), "020 7946 0999", "ada@example.org", safe=frozenset(SafeContact)),
    ],
    ids=["300 characters", "no surname", "one line", "eight lines", "everything"],
)
def test_people_are_taken_as_given(desk: AtBook, visitor: Visitor) -> None:
    booked = desk.book(place(when(11)), visitor=visitor, home=HomeVisit("see", "swan", "papers", "a letter"))
    card = desk.shown(booked)
    assert card.visitor == visitor
    assert card.home.password == "swan"
    books(desk.door)


def test_nothing_personal_is_in_a_fact(desk: AtBook) -> None:
    booked = desk.book(place(when(12, 15)), name="Ada Byron", about="rent", reason="is ill", wants_earlier=True)
    desk.cancel(booked, reason="moved away")
    said = repr(desk._facts(booked))
    assert not any(word in said for word in ("Ada", "rent", "ill", "away"))


# -- clock changes ----------------------------------------------------------------------------------------------


def test_the_missing_hour_of_a_clock_change_is_refused(desk: AtBook) -> None:
    refusal = refused(lambda: desk.door.ask(WhenIs(OFFICE, date(2026, 3, 29), 90)))
    assert refusal.code is Code.BAD_INPUT
    assert "1.30am" in refusal.reason


def test_both_of_a_repeated_hour_can_be_booked(desk: AtBook) -> None:
    back = date(2026, 10, 25)
    first = desk.door.ask(WhenIs(OFFICE, back, 90))
    second = desk.door.ask(WhenIs(OFFICE, back, 90, later=True))
    assert second - first == HOUR
    for starts in (first, second):
        desk.book(place(starts), kind=Kind.HOME_VISIT, reason="at night, as agreed")
    books(desk.door)


# -- repeat bookings ---------------------------------------------------------------------------------------------


def test_a_repeat_booking_keeps_its_local_time_over_a_clock_change(desk: AtBook) -> None:
    booked = desk.book(place(when(15, day=date(2026, 3, 17))), repeat=a.Repeat(1, 3))
    all_of_them = [desk.stands(each) for each in booked.appointments]
    local = [local_datetime(each.starts_at, LONDON) for each in all_of_them]
    assert [(each.date(), each.hour) for each in local] == [
        (date(2026, 3, 17), 15),
        (date(2026, 3, 24), 15),
        (date(2026, 3, 31), 15),
    ]
    assert {each.series_id for each in all_of_them} == {booked.appointment_id}
    assert len({each.reference for each in all_of_them}) == 3
    books(desk.door)


def test_a_repeat_booking_is_all_or_none(desk: AtBook) -> None:
    in_the_way = desk.book(place(when(15, day=days_after(MONDAY, 14))))
    before = desk.door.changes(0)[0]
    refusal = refused(lambda: desk.book(place(when(15)), repeat=a.Repeat(1, 4)))
    assert refusal.code is Code.SLOT_TAKEN
    assert refusal.reason.endswith("(Monday 16 March).")
    assert desk.door.changes(0)[0] == before
    desk.cancel(in_the_way)
    assert len(desk.book(place(when(15)), repeat=a.Repeat(1, 4)).appointments) == 4
    books(desk.door)


@pytest.mark.parametrize("repeat", [a.Repeat(0, 3), a.Repeat(53, 2), a.Repeat(1, 1), a.Repeat(1, 53), a.Repeat(-1, 2)])
def test_a_repeat_booking_that_is_none(desk: AtBook, repeat: a.Repeat) -> None:
    assert refused(lambda: desk.book(place(when(15)), repeat=repeat)).code is Code.BAD_INPUT


def test_the_rest_of_a_series_is_cancelled_with_one_of_it(desk: AtBook) -> None:
    booked = desk.book(place(when(15)), repeat=a.Repeat(1, 4))
    first, second, third, fourth = booked.appointments
    desk.with_(a.CancelAppointment, third)
    done = desk.with_(a.CancelAppointment, second, series=True, reason="no longer needed")
    assert done.appointments == (second, fourth)
    standings = [desk.stands(each).standing for each in booked.appointments]
    assert standings == [Standing.BOOKED, *[Standing.CANCELLED] * 3]
    desk.undo(done)
    assert desk.stands(fourth).is_ahead
    assert desk.stands(third).standing is Standing.CANCELLED
    assert desk.stands(first).is_ahead
    books(desk.door)


# -- holds -------------------------------------------------------------------------------------------------------


def test_a_held_slot_is_kept_and_then_booked(desk: AtBook) -> None:
    held = desk.hold(place(when(11), room=ROOM_1))
    assert refused(lambda: desk.book(place(when(11, 10)))).code is Code.SLOT_TAKEN
    assert refused(lambda: desk.hold(place(when(11, 10), officer=EWAN, room=ROOM_1))).code is Code.SLOT_TAKEN
    desk.book(place(when(11), room=ROOM_1), hold_id=held.command_id)
    before = desk.door.changes(0)[0]
    desk.door.do(a.ReleaseHold(**desk.who, hold_id=held.command_id))  # booked by now: it is let be
    assert desk.door.changes(0)[0] == before
    books(desk.door)


def test_a_held_slot_is_moved_to_and_let_go(desk: AtBook) -> None:
    booked = desk.book(place(when(14)))
    held = desk.hold(place(when(11), 60))
    desk.move(booked, place(when(11)), hold_id=held.command_id)
    desk.book(place(when(11, 30)))
    books(desk.door)


def test_a_hold_runs_out(desk: AtBook, clock: SetClock) -> None:
    before = desk.door.changes(0)[0]
    held = desk.hold(place(when(11)))
    assert desk.door.changes(0)[0] == before + 1
    clock.advance(5 * MINUTE - 1)
    assert refused(lambda: desk.book(place(when(11)))).code is Code.SLOT_TAKEN
    clock.advance(1)
    desk.door.do(a.ReleaseHold(**desk.who, hold_id=held.command_id))
    assert desk.door.changes(0)[0] == before + 1
    desk.book(place(when(11)))
    books(desk.door)


def test_a_hold_that_ran_out_is_booked_all_the_same_if_it_is_free(desk: AtBook, clock: SetClock) -> None:
    held, lost = desk.hold(place(when(11))), desk.hold(place(when(14)))
    clock.advance(6 * MINUTE)
    desk.book(place(when(11)), hold_id=held.command_id)
    desk.book(place(when(14)), name="Somebody else")
    assert refused(lambda: desk.book(place(when(14)), hold_id=lost.command_id)).code is Code.SLOT_TAKEN
    books(desk.door)


def test_a_hold_is_let_go_or_exchanged(desk: AtBook) -> None:
    first = desk.hold(place(when(11)))
    second = desk.hold(place(when(11, 15)), instead_of=first.command_id)
    desk.book(place(when(10, 45)))
    before = desk.door.changes(0)[0]
    desk.door.do(a.ReleaseHold(**desk.who, hold_id=second.command_id))
    let_go = desk.door.changes(before)
    assert let_go[0] == before + 1, "every desk is told"
    desk.door.do(a.ReleaseHold(**desk.who, hold_id=second.command_id))
    assert desk.door.changes(0)[0] == let_go[0], "and not twice"
    desk.book(place(when(11, 15)))
    books(desk.door)


def test_a_slot_that_only_needs_a_reason_can_be_held(desk: AtBook) -> None:
    held = desk.hold(place(when(12, 30)))
    booked = desk.book(place(when(12, 30)), hold_id=held.command_id, reason="no other time")
    assert desk.stands(booked).is_ahead


# -- a walk-in becomes a booking -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.WAITING, State.CALLED, State.SERVING])
def test_a_walk_in_becomes_a_booking(desk: AtBook, clock: SetClock, state: State) -> None:
    arrived = clock.at
    visit = desk.take(person=Person("Ada Byron", "pl"))
    if state is not State.WAITING:
        desk.next()
    if state is State.SERVING:
        desk.on(c.StartService, visit)
    clock.advance(7 * MINUTE)
    booked = desk.book(place(when(11, day=TUESDAY)), visitor=Visitor(), visit_id=visit.visit_id)
    card = desk.card(visit)
    assert (card.end, card.arrived_at) == (End.BOOKED, arrived)
    assert desk.stands(booked).from_visit_id == visit.visit_id
    assert desk.shown(booked).visitor.person == Person("Ada Byron", "pl")
    assert booked.number == visit.number
    books(desk.door)


def test_a_walk_in_stays_when_its_booking_is_refused(desk: AtBook) -> None:
    visit = desk.take()
    desk.book(place(when(11)))
    assert refused(lambda: desk.book(place(when(11)), visit_id=visit.visit_id)).code is Code.SLOT_TAKEN
    assert desk.card(visit).state is State.WAITING
    books(desk.door)


def test_a_walk_in_that_has_ended_makes_no_booking(desk: AtBook) -> None:
    visit = desk.take()
    desk.on(c.Leave, visit)
    before = desk.door.changes(0)[0]
    assert refused(lambda: desk.book(place(when(11)), visit_id=visit.visit_id)).code is Code.NOT_POSSIBLE_NOW
    assert desk.door.changes(0)[0] == before
    desk.book(place(when(11)))  # and holds nothing
    books(desk.door)


# -- moving and cancelling -------------------------------------------------------------------------------------------


def test_moved_onto_itself_is_refused(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    assert refused(lambda: desk.move(booked, place(when(11)))).code is Code.BAD_INPUT
    books(desk.door)


def test_its_own_time_is_in_nobodys_way_when_it_moves(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.move(booked, place(when(11, 15)))
    desk.move(booked, place(when(11, 15), 45))
    desk.book(place(when(10, 45)))
    assert refused(lambda: desk.move(booked, place(when(11)))).code is Code.SLOT_TAKEN
    assert desk.stands(booked).starts_at == when(11, 15)
    books(desk.door)


def test_two_desks_move_one_appointment(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.move(booked, place(when(14)))
    assert refused(lambda: desk.move(booked, place(when(15)), version=1)).code is Code.ALREADY_TAKEN
    assert desk.stands(booked).starts_at == when(14)


def test_notice_is_due_of_what_the_council_moves_and_not_of_what_the_visitor_asks(desk: AtBook) -> None:
    booked = desk.book(place(when(11, day=date(2026, 3, 20))), by_council=True)
    near = place(when(11, day=date(2026, 3, 5)))
    assert refused(lambda: desk.move(booked, near, by_visitor=False)).code is Code.NEEDS_REASON
    desk.move(booked, near, by_visitor=True)
    desk.move(booked, place(when(11, day=date(2026, 3, 4))), by_visitor=False, reason="the officer is ill")
    assert desk.shown(booked).reason == "the officer is ill"
    books(desk.door)


def test_cancelled_twice_is_refused(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.cancel(booked)
    assert refused(lambda: desk.cancel(booked)).code is Code.CANCELLED_APPOINTMENT
    assert refused(lambda: desk.move(booked, place(when(14)))).code is Code.CANCELLED_APPOINTMENT
    books(desk.door)


def test_an_appointment_that_nobody_knows(desk: AtBook) -> None:
    assert refused(lambda: desk.with_(a.CheckIn, "0" * 32)).code is Code.UNKNOWN_APPOINTMENT


# -- what is held of it --------------------------------------------------------------------------------------------


def test_a_correction_is_refused_where_another_desk_was_first(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    new = {"visitor": Visitor(Person("Ada Lovelace"), telephone="020 7946 0998"), "about": "rent", "party_size": 3}
    desk.with_(a.CorrectAppointment, booked, version=1, **new)
    assert refused(lambda: desk.with_(a.CorrectAppointment, booked, version=1, **new)).code is Code.ALREADY_TAKEN
    card = desk.shown(booked)
    assert (card.visitor, card.about, card.row.party_size) == (new["visitor"], "rent", 3)
    books(desk.door)


def test_on_the_list_for_an_earlier_slot_and_off_it(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(16)), wants_earlier=True)
    since = clock.at
    clock.advance(MINUTE)
    desk.with_(a.WantEarlier, booked, on=True)
    assert desk.stands(booked).wants_earlier_since == since
    desk.with_(a.WantEarlier, booked, on=False)
    assert desk.stands(booked).wants_earlier_since is None
    books(desk.door)


@pytest.mark.parametrize(("hour", "in_time"), [(11, True), (12, False)])
def test_an_interpreter_is_ordered_and_cancelled_in_time_or_not(
    desk: AtBook, clock: SetClock, hour: int, in_time: bool
) -> None:
    """24 hours of notice, the limit included."""
    booked = desk.book(place(when(11, day=TUESDAY), interpreter=MARIA), language="pol")
    desk.with_(a.ProgressInterpreter, booked, status=InterpreterStatus.ORDERED)
    clock.at = when(hour)
    desk.with_(a.ProgressInterpreter, booked, status=InterpreterStatus.CANCELLED)
    assert desk._facts(booked)[-1].fact.in_time is in_time  # type: ignore[union-attr]
    desk.book(
        place(when(11, day=TUESDAY), officer=EWAN, interpreter=MARIA), language="pol", reason="she is free by now"
    )
    books(desk.door)


def test_do_not_write_refuses_every_letter_but_the_interpreters(desk: AtBook) -> None:
    visitor = Visitor(Person("Ada"), safe=frozenset({SafeContact.DO_NOT_WRITE}))
    booked = desk.book(place(when(11)), visitor=visitor)
    assert refused(lambda: desk.with_(a.KeepLetter, booked, kind=LetterKind.CONFIRMATION)).code is Code.DO_NOT_WRITE
    desk.with_(a.KeepLetter, booked, kind=LetterKind.INTERPRETER_ORDER)
    assert desk.stands(booked).letters == ("interpreter_order",)


def test_who_acts_need_not_be_signed_in_at_a_counter(desk: AtBook) -> None:
    """A desk with the book open, and a command line."""
    desk.door.do(c.SignOff(**desk.who, close_day=False))
    booked = desk.book(place(when(11)))
    desk.move(booked, place(when(14)))
    nobody = {**desk.who, "officer_id": "", "counter_id": ""}
    desk.door.do(a.CancelAppointment(**nobody, appointment_id=booked.appointment_id))
    books(desk.door)
