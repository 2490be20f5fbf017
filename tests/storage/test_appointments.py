"""Appointments as they are kept: facts and rows, what they take of whom, and what a diary says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.app import Door
from reception.clock import MINUTE
from reception.domain.book import AbsenceRow
from reception.domain.booked import (
    AbsenceKind,
    InterpreterStatus,
    Kind,
    LetterKind,
    RoomFeature,
    RoomState,
    SafeContact,
    Standing,
)
from reception.domain.booking import Place, Span
from reception.domain.events import (
    AppointmentAttended,
    AppointmentCancelled,
    AppointmentCheckedIn,
    AppointmentMissed,
    AppointmentMoved,
    CommandUndone,
    EarlierWanted,
    InterpreterProgressed,
    LetterMade,
)
from reception.domain.person import Need, Person
from reception.domain.queueing import NextWith
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.services.appointment_ports import Particulars
from reception.storage import schema as t
from reception.storage.engine import transaction
from tests.storage.booked import BEATA, BOOK, LINE, MONDAY, ROOM_1, ROOM_2, at, book, change, place, working
from tests.storage.checks import assert_sound
from tests.storage.processes import door_to, engine_of
from tests.support import EWAN, GRACE, HOUSING, OFFICE, PRIYA, At, settings, without_pins

DAY = (at(1), at(23))


@pytest.fixture
def door(database_url: str) -> Iterator[Door]:
    with door_to(database_url, at=at(8)) as opened:
        At(opened).set_up(**BOOK)
        yield opened
    assert_sound(database_url)


def busy(door: Door, **more: object) -> dict[str, list[Span]]:
    with working(door) as work:
        diary = work.appointments.diary(*DAY, **more)  # type: ignore[arg-type]
    return {some_id: list(spans) for some_id, spans in diary.busy.items()}


def span(hour: int, minute: int = 0, minutes: int = 30) -> Span:
    return Span(at(hour, minute), at(hour, minute) + minutes * MINUTE)


# -- settings --------------------------------------------------------------------------------------------------


def test_settings_of_the_book_are_read_as_they_were_saved(door: Door) -> None:
    assert door.ask(q.SettingsOf(OFFICE)) == without_pins(settings(**BOOK))


def test_what_is_gone_from_the_settings_is_retired(door: Door) -> None:
    at_desk = At(door)
    less = replace(settings(**BOOK), rooms=BOOK["rooms"][1:], interpreters=BOOK["interpreters"][:1])
    with working(door) as work:
        change(work, book(work, place(10, room_id=ROOM_1), kind=Kind.TELEPHONE), AppointmentAttended())
    at_desk.change_settings(less)
    kept = door.ask(q.SettingsOf(OFFICE))
    assert (kept.rooms, kept.interpreters) == (less.rooms, less.interpreters)
    assert busy(door)[ROOM_1] == [span(10)]
    at_desk.change_settings(settings(**BOOK))
    assert door.ask(q.SettingsOf(OFFICE)) == without_pins(settings(**BOOK))


def test_what_staff_say_of_a_room_is_no_setting(door: Door) -> None:
    with working(door) as work:
        work.appointments.set_room_state(ROOM_1, RoomState.CLEANING)
    before = door.ask(q.SettingsOf(OFFICE))
    assert before == without_pins(settings(**BOOK))
    At(door).change_settings(replace(settings(**BOOK), place="Upstairs"))
    with working(door) as work:
        room = work.offices.office().room(ROOM_1)
    assert room is not None
    assert room.state is RoomState.CLEANING


# -- one appointment -------------------------------------------------------------------------------------------

ANN = Particulars(
    Visitor(
        Person("Ann Example", "pol", "en", frozenset({Need.BSL, Need.PRIVATE}), "knocks twice"),
        date(1980, 4, 3),
        "020 7946 0100",
        "ann@example.org",
        "1 High Street\nHatfield",
        frozenset({SafeContact.DO_NOT_RING}),
    ),
    "rent arrears",
    HomeVisit("to look at the damp", "marigold", "the letter", "we write"),
)


def test_an_appointment_is_loaded_as_it_was_added(door: Door) -> None:
    with working(door) as work:
        added = book(
            work,
            place(10, room_id=ROOM_1, interpreter_id=BEATA),
            ANN,
            features=frozenset({RoomFeature.PRIVATE}),
            language="pol",
            named_officer=True,
            kind=Kind.OFFICE,
            set_up=5 * MINUTE,
        )
    with working(door) as work:
        assert work.appointments.load(added.appointment.id) == added
        assert work.appointments.particulars(added.appointment.id) == ANN
        later = replace(ANN, about="something else")
        work.appointments.save_particulars(added.appointment.id, later)
        assert work.appointments.particulars(added.appointment.id) == later


def test_an_appointment_that_is_not_known(door: Door) -> None:
    with working(door) as work, pytest.raises(Refusal) as refused:
        work.appointments.load("0" * 32)
    assert refused.value.code is Code.UNKNOWN_APPOINTMENT


def test_one_that_was_changed_meanwhile_is_refused(door: Door) -> None:
    with working(door) as work:
        stored = book(work, place(10))
    with working(door) as work:
        change(work, stored, EarlierWanted(True))
    with pytest.raises(Refusal) as refused, working(door) as work:
        change(work, stored, AppointmentCancelled(True))
    assert refused.value.code is Code.ALREADY_TAKEN
    with working(door) as work:
        assert work.appointments.load(stored.appointment.id).appointment.standing is Standing.BOOKED


def test_what_a_command_wrote_is_found_by_it(door: Door) -> None:
    command = c.CloseDay(office_id=OFFICE, officer_id=PRIYA)
    with working(door, command) as work:
        ids = [c.new_id() for _ in range(3)]
        for some_id, hour in zip(ids, (10, 15, 11), strict=True):
            book(work, place(hour), appointment_id=some_id, series_id=ids[0])
    since, _ = door.changes(0)
    with working(door) as work:
        assert work.appointments.of_command(command.id) == ids
        assert work.appointments.series(ids[0]) == [ids[0], ids[2], ids[1]]
        change(work, work.appointments.load(ids[1]), LetterMade(LetterKind.CONFIRMATION, large_print=False))
        assert work.wrote_appointments
        assert not work.wrote_visits
    assert door.changes(since) == (since + 1, frozenset({ids[1]}))


# -- what is taken ---------------------------------------------------------------------------------------------


def test_officer_and_room_are_held_with_the_set_up_and_the_interpreter_without(door: Door) -> None:
    with working(door) as work:
        book(work, place(10, room_id=ROOM_1, interpreter_id=BEATA), set_up=5 * MINUTE)
    assert busy(door) == {PRIYA: [span(9, 55, 35)], ROOM_1: [span(9, 55, 35)], BEATA: [span(10)]}


def test_a_telephone_line_is_never_taken(door: Door) -> None:
    with working(door) as work:
        for officer_id in (PRIYA, EWAN):
            book(work, place(10, officer_id=officer_id, interpreter_id=LINE))
    assert busy(door) == {PRIYA: [span(10)], EWAN: [span(10)]}


MEETING = [
    ("the same", place(10)),
    ("its first minute", place(9, 31)),
    ("its last minute", place(10, 29, minutes=5)),
    ("around it", place(9, 50, minutes=60)),
    ("within it", place(10, 10, minutes=5)),
]


@pytest.mark.parametrize("where", [each for _, each in MEETING], ids=[name for name, _ in MEETING])
def test_two_never_meet(door: Door, where: Place) -> None:
    with working(door) as work:
        book(work, place(10))
        book(work, place(8))
    with pytest.raises(Refusal) as refused, working(door) as work:
        book(work, where)
    assert refused.value.code is Code.SLOT_TAKEN
    assert busy(door) == {PRIYA: [span(8), span(10)]}


@pytest.mark.parametrize("shared", [{"room_id": ROOM_1}, {"interpreter_id": BEATA}], ids=["room", "interpreter"])
def test_nothing_is_taken_of_one_that_is_refused(door: Door, shared: dict[str, str]) -> None:
    with working(door) as work:
        book(work, place(10, **shared))
    before = busy(door)
    with pytest.raises(Refusal), working(door) as work:
        book(work, place(10, officer_id=EWAN, **shared))
    assert busy(door) == before


def test_those_that_touch_do_not_meet(door: Door) -> None:
    with working(door) as work:
        for hour, minute in ((10, 0), (10, 30), (9, 30)):
            book(work, place(hour, minute))
    assert busy(door) == {PRIYA: [span(9, 30), span(10), span(10, 30)]}


def test_a_move_releases_and_takes_at_once(door: Door) -> None:
    """Also into the time that it holds itself."""
    with working(door) as work:
        stored = book(work, place(10, room_id=ROOM_1))
        stored = change(work, stored, AppointmentMoved(place(10, 15, room_id=ROOM_2), MONDAY, by_visitor=True))
    assert busy(door) == {PRIYA: [span(10, 15)], ROOM_2: [span(10, 15)]}
    with working(door) as work:
        book(work, place(14))
    with pytest.raises(Refusal) as refused, working(door) as work:
        change(work, stored, AppointmentMoved(place(13, 45), MONDAY, by_visitor=True))
    assert refused.value.code is Code.SLOT_TAKEN
    assert busy(door)[PRIYA] == [span(10, 15), span(14)]


def test_cancelled_missed_and_taken_back_hold_nothing(door: Door) -> None:
    command = c.CloseDay(office_id=OFFICE, officer_id=PRIYA)
    with working(door) as work:
        cancelled, missed = book(work, place(10)), book(work, place(11))
    with working(door, command) as work:
        undone = book(work, place(12))
    with working(door) as work:
        change(work, cancelled, AppointmentCancelled(by_visitor=True))
        missed = change(work, missed, AppointmentMissed())
        gone = replace(undone.appointment, voided=True)
        items = [replace(undone.facts[0], fact=CommandUndone(command.id), command_id=work.command.id)]
        work.appointments.save(undone, gone, items)
    assert busy(door) == {}
    with working(door) as work:
        book(work, place(11))
    visit = At(door).take()
    with working(door) as work:
        late = change(work, missed, AppointmentCheckedIn(visit.visit_id, 40 * MINUTE))
        assert late.appointment.came_late
        assert work.appointments.of_visit(visit.visit_id) == late.appointment.id


def test_an_interpreter_who_is_cancelled_is_free(door: Door) -> None:
    with working(door) as work:
        stored = book(work, place(10, interpreter_id=BEATA))
        change(work, stored, InterpreterProgressed(InterpreterStatus.CANCELLED))
    assert busy(door) == {PRIYA: [span(10)]}


def test_the_one_to_be_moved_counts_as_not_there(door: Door) -> None:
    visit = At(door).take()
    with working(door) as work:
        first, second = book(work, place(10)), book(work, place(11))
        change(work, second, AppointmentCheckedIn(visit.visit_id))
    assert busy(door, without=[first.appointment.id]) == {PRIYA: [span(11)]}
    assert busy(door, without=[visit.visit_id]) == {PRIYA: [span(10)]}


# -- holds and absences ----------------------------------------------------------------------------------------


def test_a_hold_keeps_others_out_until_it_runs_out(database_url: str) -> None:
    with door_to(database_url, at=at(9)) as early:
        At(early).set_up(**BOOK)
        with working(early) as work:
            work.appointments.hold("hold-1", place(10, room_id=ROOM_1), 5 * MINUTE, at(9, 4))
        assert busy(early) == {PRIYA: [span(9, 55, 35)], ROOM_1: [span(9, 55, 35)]}
        assert busy(early, without=["hold-1"]) == {}
        with pytest.raises(Refusal) as refused, working(early) as work:
            book(work, place(10))
        assert refused.value.code is Code.SLOT_TAKEN
    with door_to(database_url, at=at(9, 4)) as late:
        assert busy(late) == {}
        with working(late) as work:
            book(work, place(10))
        assert busy(late) == {PRIYA: [span(10)]}
        with transaction(engine_of(late)) as connection:
            assert connection.execute(sa.select(t.hold)).all() == []


def test_a_hold_that_is_let_go_is_gone(door: Door) -> None:
    with working(door) as work:
        work.appointments.hold("hold-1", place(10), 0, at(9))
        work.appointments.hold("hold-2", place(11), 0, at(9))
        work.appointments.release_hold("hold-1")
        work.appointments.release_hold("no such")
    assert busy(door) == {PRIYA: [span(11)]}


def test_an_absence_is_busy_and_told_apart(door: Door) -> None:
    away = AbsenceRow("away-1", PRIYA, AbsenceKind.LEAVE, at(10, 15), at(12))
    with working(door) as work:
        book(work, place(10))
        book(work, place(11, officer_id=EWAN))
        book(work, place(12, 30))
        assert work.absences.appointments_met(PRIYA, away.starts, away.ends) == 1
        work.absences.enter(away)
    with working(door) as work:
        diary = work.appointments.diary(*DAY)
        assert diary.busy[PRIYA] == (span(10, minutes=120), span(12, 30))
        assert diary.absent == {PRIYA: (Span(away.starts, away.ends),)}
        assert work.absences.load("away-1") == away
        work.absences.remove("away-1")
        assert work.absences.load("away-1") is None
    assert busy(door)[PRIYA] == [span(10), span(12, 30)]


def test_what_an_officer_has_next(door: Door) -> None:
    desk = At(door).sign_in()
    waiting, seen = desk.take(), desk.take()
    with working(door) as work:
        change(work, book(work, place(8, 30)), AppointmentCheckedIn(waiting.visit_id))
        change(work, book(work, place(9)), AppointmentCheckedIn(seen.visit_id))
        book(work, place(10))
        book(work, place(9, officer_id=EWAN))
        book(work, place(11))
        book(work, place(9, 30, day=MONDAY + timedelta(days=1)))
        change(work, book(work, place(9, 30)), AppointmentCancelled(by_visitor=False))
    desk.on(c.CallVisit, seen, reason="is here")
    desk.on(c.StartService, seen)
    with working(door) as work:
        assert work.appointments.next_with(PRIYA) == NextWith(at(8, 30), HOUSING)
        assert work.appointments.next_with(GRACE) is None
    desk.on(c.Leave, waiting)
    with working(door) as work:
        assert work.appointments.next_with(PRIYA) == NextWith(at(10), HOUSING)


def test_what_was_brought_in_is_known_again(door: Door) -> None:
    with working(door) as work:
        stored = book(work, place(10))
        work.appointments.remember_row("key-1", stored.appointment.id)
        many = [f"key-{number}" for number in range(1_200)]
        assert work.appointments.known_rows(many) == {"key-1"}
        assert work.appointments.known_rows([]) == frozenset()


@pytest.mark.postgresql
def test_the_database_itself_refuses_two_that_meet(postgres_url: str) -> None:
    """Whatever a program does: here one that looks at nothing."""
    with door_to(postgres_url, at=at(8)) as door:
        At(door).set_up(**BOOK)
        with working(door) as work:
            book(work, place(10))
        number = sa.select(t.resource.c.number).where(t.resource.c.id == PRIYA).scalar_subquery()
        blind = t.occupation.insert().values(resource=number, starts=at(10, 29), ends=at(11), office_id=OFFICE)
        with pytest.raises(Refusal) as refused, transaction(engine_of(door), writes=True) as connection:
            connection.execute(blind)
        assert refused.value.code is Code.SLOT_TAKEN
