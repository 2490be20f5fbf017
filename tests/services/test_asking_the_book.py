"""Every question of the book is answered by the door; letters and calendars come of it."""

from __future__ import annotations

import typing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reception.app import Door
from reception.clock import MINUTE, SetClock
from reception.config import Config, Paper, PrinterConfig, PrinterKind
from reception.domain.about_now import OfficerState
from reception.domain.book import BookView
from reception.domain.booked import AbsenceKind, DelayAnswer, Kind, LetterKind, SafeContact
from reception.domain.booking import ObstacleKind, Wish
from reception.domain.duties import DutyKind
from reception.domain.letter_snapshot import LetterOut
from reception.domain.person import Need, Person
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.opening import open_door
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.the_book import ALEX, MONDAY, ROOM_1, TUESDAY, AtBook, place, refused, when
from tests.support import EWAN, GRACE, HOUSING, OFFICE, At, PlainPins

BORN = date(1931, 2, 28)
WISH = Wish(HOUSING, first_day=MONDAY, officer_id=GRACE)


@pytest.fixture
def asked(desk: AtBook) -> tuple[AtBook, c.Result, c.Result]:
    """One appointment of this day and one of the next, which wants an earlier slot."""
    visitor = Visitor(Person("Zoë Ångström"), BORN, "020 7946 0999", address="1 High Street\nBorehamwood\nWD6 1WA")
    today = desk.book(place(when(11), room=ROOM_1, interpreter=ALEX), language="bfi", visitor=visitor)
    later = desk.book(place(when(14, day=TUESDAY)), wants_earlier=True)
    return desk, today, later


def test_every_question_has_its_answer(asked: tuple[AtBook, c.Result, c.Result]) -> None:
    """No kind of question is left out here, and each is answered with what it is about."""
    desk, today, later = asked
    waiting = desk.take()
    free = place(when(10, 30))
    answers: dict[aq.AppointmentQuery, Any] = {
        query: desk.door.ask(query)
        for query in (
            aq.Book(OFFICE, MONDAY, 7),
            aq.AboutNowOf(OFFICE),
            aq.Duties(OFFICE),
            aq.FreeSlots(OFFICE, WISH),
            aq.SlotsLike(OFFICE, appointment_id=today.appointment_id),
            aq.ObstaclesTo(OFFICE, place(when(11)), WISH),
            aq.OneAppointment(today.appointment_id),
            aq.AppointmentByCode(OFFICE, today.reference),
            aq.FindAppointments(OFFICE, "angstrom"),
            aq.WantingEarlier(OFFICE, free),
            aq.RoomsFor(waiting.visit_id),
            aq.LetterOf(today.appointment_id, LetterKind.CONFIRMATION),
            aq.LettersDue(OFFICE, TUESDAY),
            aq.AppointmentReport(OFFICE, MONDAY, TUESDAY),
            aq.DelayReport(OFFICE, MONDAY, TUESDAY),
            aq.CalendarOf(OFFICE, appointment_id=today.appointment_id),
            aq.WhenIs(OFFICE, MONDAY, 11 * 60),
        )
    }
    assert {type(query) for query in answers} == set(typing.get_args(aq.AppointmentQuery))
    by_kind = {type(query): answer for query, answer in answers.items()}
    assert [row.reference for row in by_kind[aq.Book].rows] == [today.reference, later.reference]
    assert [row.reference for row in by_kind[aq.AboutNowOf].appointments] == [today.reference]
    assert by_kind[aq.FreeSlots][0].place.officer_id == GRACE
    assert len(by_kind[aq.SlotsLike]) == 3
    assert by_kind[aq.ObstaclesTo][0].kind is ObstacleKind.OFFICER_TAKEN
    assert by_kind[aq.OneAppointment] == by_kind[aq.AppointmentByCode]
    assert [row.reference for row in by_kind[aq.FindAppointments]] == [today.reference]
    assert [row.reference for row in by_kind[aq.WantingEarlier]] == [later.reference]
    assert len(by_kind[aq.RoomsFor]) == 2
    assert by_kind[aq.LetterOf].reference == today.reference
    assert by_kind[aq.LettersDue] == ((later.appointment_id, LetterKind.CONFIRMATION),)
    assert by_kind[aq.AppointmentReport][0].appointments == 2
    assert by_kind[aq.DelayReport][0].delayed == 0
    assert by_kind[aq.CalendarOf].startswith(b"BEGIN:VCALENDAR")
    assert by_kind[aq.WhenIs] == when(11)


def test_what_is_offered_can_be_booked(asked: tuple[AtBook, c.Result, c.Result]) -> None:
    desk, today, _ = asked
    for slot in desk.door.ask(aq.SlotsLike(OFFICE, appointment_id=today.appointment_id)):
        desk.move(today, slot.place)
        assert desk.stands(today).place == slot.place


def test_an_officers_week_is_a_calendar(asked: tuple[AtBook, c.Result, c.Result]) -> None:
    desk, today, later = asked
    other = desk.book(place(when(15), officer=EWAN))
    written = desk.door.ask(aq.CalendarOf(OFFICE, calendar_officer_id=GRACE, first=MONDAY)).decode()
    assert today.reference in written
    assert later.reference in written
    assert other.reference not in written
    assert desk.door.ask(aq.CalendarOf(OFFICE, calendar_officer_id=GRACE)).decode() == written


def test_a_duty_goes_once_it_is_done(desk: AtBook, grace: At, clock: SetClock) -> None:
    inside = desk.take()
    grace.on(c.CallVisit, inside, reason="first")
    grace.on(c.StartService, inside)
    here = desk.check_in(desk.book(place(when(10, 15))))
    clock.at = when(10, 21)
    duties = desk.door.ask(aq.Duties(OFFICE))
    assert [(each.kind, each.visit_id, each.is_lost) for each in duties] == [(DutyKind.WAITING, here.visit_id, True)]
    telling = {"visit_id": here.visit_id, "expected_minutes": 10, "answer": DelayAnswer.WILL_WAIT}
    desk.door.do(a.TellOfDelay(**desk.who, **telling))
    assert desk.door.ask(aq.Duties(OFFICE)) == ()
    clock.advance(11 * MINUTE)
    assert [each.kind for each in desk.door.ask(aq.Duties(OFFICE))] == [DutyKind.AGAIN]


def test_a_named_officer_is_in_with_someone_or_away(desk: AtBook, grace: At) -> None:
    def state() -> OfficerState:
        rows = desk.door.ask(aq.AboutNowOf(OFFICE)).officers
        return next(row.state for row in rows if row.id == GRACE)

    assert state() is OfficerState.IN
    visit = desk.take()
    grace.next()
    grace.on(c.StartService, visit)
    assert state() is OfficerState.WITH_SOMEONE
    grace.door.do(c.SignOff(**grace.who, at_hand=c.AtHand.FINISH, close_day=False))
    leave = {"absentee_id": GRACE, "kind": AbsenceKind.MEETING, "starts": when(9), "ends": when(12)}
    desk.door.do(a.EnterAbsence(**desk.who, **leave))
    assert state() is OfficerState.AWAY


def test_a_hold_is_seen_by_every_desk(desk: AtBook) -> None:
    held = desk.hold(place(when(14)))
    view: BookView = desk.door.ask(aq.Book(OFFICE, MONDAY))
    assert [(each.id, each.station) for each in view.holds] == [(held.command_id, "Desk 1")]


# -- letters -------------------------------------------------------------------------------------------------------


def test_a_letter_is_made_as_the_visitor_needs_it(asked: tuple[AtBook, c.Result, c.Result]) -> None:
    desk, today, _ = asked
    letter = desk.door.letter(today.appointment_id, LetterKind.CONFIRMATION)
    assert letter.pdf.startswith(b"%PDF")
    assert (letter.appointment_id, letter.kind) == (today.appointment_id, LetterKind.CONFIRMATION)
    assert letter.file_name == f"{today.reference}-confirmation.pdf"
    needs = Visitor(Person("Ada", needs=frozenset({Need.LARGE_PRINT})), address="1 High Street")
    large = desk.book(place(when(15)), visitor=needs)
    assert "large-print" in desk.door.letter(large.appointment_id, LetterKind.CONFIRMATION).file_name
    assert "large-print" not in desk.door.letter(large.appointment_id, LetterKind.CONFIRMATION, False).file_name


def test_do_not_write_refuses_the_letter_and_says_why(desk: AtBook) -> None:
    visitor = Visitor(Person("Ada"), safe=frozenset({SafeContact.DO_NOT_WRITE}))
    booked = desk.book(place(when(11)), visitor=visitor)
    refusal = refused(lambda: desk.door.letter(booked.appointment_id, LetterKind.CONFIRMATION))
    assert refusal.code is Code.DO_NOT_WRITE


def test_a_letter_is_looked_at_page_by_page_and_stands_in_no_repr(asked: tuple[AtBook, c.Result, c.Result]) -> None:
    desk, today, _ = asked
    for large in (False, True):
        letter = desk.door.letter(today.appointment_id, LetterKind.CONFIRMATION, large)
        images = desk.door.page_images(letter, 0.5)
        assert [(image.width, image.height) for image in images] == [(298, 421)] * letter.pages
        assert "PDF" not in repr(letter)
        assert "xff" not in repr(images)


def printing(door: Door, letter: LetterOut, **config: Any) -> Door:
    """A station of its own on the same database, which has printed the letter."""
    other = open_door(Config(database=door.config.database, **config), pins=PlainPins())
    try:
        other.print_letter(letter)
    finally:
        other.close()
    return other


def test_letters_come_out_where_there_is_a4(asked: tuple[AtBook, c.Result, c.Result], tmp_path: Path) -> None:
    desk, today, _ = asked
    letter = desk.door.letter(today.appointment_id, LetterKind.CONFIRMATION)

    def folder(name: str) -> PrinterConfig:
        (tmp_path / name).mkdir(exist_ok=True)
        return PrinterConfig(kind=PrinterKind.FOLDER, address=str(tmp_path / name), paper=Paper.A6)

    roll = PrinterConfig(kind=PrinterKind.ESCPOS, address="tcp://127.0.0.1:9")
    printing(desk.door, letter, printer=roll, letter_printer=folder("letters"))
    assert len(list((tmp_path / "letters").iterdir())) == 1
    printing(desk.door, letter, printer=folder("all"))
    assert len(list((tmp_path / "all").iterdir())) == 1
    for config in ({"printer": roll}, {}):
        refusal = refused(lambda config=config: printing(desk.door, letter, **config))
        assert refusal.code is Code.PRINTER
        assert "letters" in refusal.reason


def test_a_letter_that_was_made_is_kept_and_due_no_more(asked: tuple[AtBook, c.Result, c.Result]) -> None:
    desk, _, later = asked
    desk.with_(a.KeepLetter, later, kind=LetterKind.CONFIRMATION)
    assert desk.door.ask(aq.LettersDue(OFFICE, TUESDAY)) == ()
    assert desk.shown(later).letters == (LetterKind.CONFIRMATION,)


def test_a_telephone_appointment_is_told_where_it_rings(desk: AtBook) -> None:
    visitor = Visitor(Person("Ada"), telephone="020 7946 0997", address="1 High Street")
    booked = desk.book(place(when(11)), visitor=visitor, kind=Kind.TELEPHONE)
    assert desk.door.ask(aq.LetterOf(booked.appointment_id, LetterKind.CONFIRMATION)).telephone == "020 7946 0997"
