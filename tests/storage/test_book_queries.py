"""What the book, the strip of the day and find show, asked through the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.about_now import AboutNow, OfficerState, RoomRow
from reception.domain.book import BookView
from reception.domain.booked import (
    AbsenceKind,
    DelayAnswer,
    InterpreterStatus,
    Kind,
    LetterKind,
    Mode,
    RoomFeature,
    RoomState,
    SafeContact,
    Standing,
)
from reception.domain.desk_view import QueueRow
from reception.domain.office import ServiceWords
from reception.domain.person import Need, Person
from reception.domain.visit_states import State
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.the_book import (
    ALEX,
    LINE,
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
    with_a_book,
)
from tests.support import COUNTER_2, COUNTER_3, EWAN, GRACE, OFFICE, PRIYA, door_on

ANN = Visitor(
    Person("Ann O'Hara-Lée", "pol", "en", frozenset({Need.BSL, Need.STEP_FREE})),
    date(1980, 4, 3),
    "+44 20 7946 0100",
    "ann@example.org",
    "1 High Street\n\nHatfield",
)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(10))


@pytest.fixture
def desk(database_url: str, clock: SetClock) -> Iterator[AtBook]:
    door = door_on(database_url, clock)
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    yield AtBook(door).sign_in()
    door.close()


def view(desk: AtBook, first: date = MONDAY, days: int = 1) -> BookView:
    found: BookView = desk.door.ask(aq.Book(OFFICE, first, days))
    return found


def now_at(desk: AtBook) -> AboutNow:
    found: AboutNow = desk.door.ask(aq.AboutNowOf(OFFICE))
    return found


# -- the book --------------------------------------------------------------------------------------------------


def test_a_page_of_the_book(desk: AtBook, clock: SetClock) -> None:
    second = desk.book(place(when(12), officer=EWAN, room=ROOM_1, interpreter=ALEX), visitor=ANN, language="bfi")
    first = desk.book(place(when(11)), named_officer=True, wants_earlier=True)
    gone = desk.book(place(when(14)))
    desk.cancel(gone)
    desk.book(place(when(11, day=TUESDAY)))
    desk.door.do(
        a.EnterAbsence(
            **desk.who, absentee_id=EWAN, kind=AbsenceKind.LEAVE, starts=when(15), ends=when(15, day=TUESDAY)
        )
    )
    held = desk.hold(place(when(15)))
    clock.at += MINUTE

    page = view(desk)
    assert [row.id for row in page.rows] == [first.appointment_id, second.appointment_id]
    row = page.rows[1]
    assert (row.name, row.officer, row.room, row.interpreter, row.service) == (
        "Ann O'Hara-Lée",
        "Ewan Pritchard",
        "Interview room 1",
        "Alex Moore",
        "Housing",
    )
    assert (row.reference, row.version, row.needs) == (second.reference, 1, ANN.person.needs)
    assert (row.kind, row.standing, row.interpreter_status) == (
        Kind.OFFICE,
        Standing.BOOKED,
        InterpreterStatus.REQUESTED,
    )
    assert (page.rows[0].named_officer, page.rows[0].wants_earlier, page.wanting_earlier) == (True, True, 1)
    assert [(each.officer_id, each.starts) for each in page.absences] == [(EWAN, when(15))]
    assert [(each.id, each.station) for each in page.holds] == [(held.command_id, "Desk 1")]
    assert (page.office.name, page.first, page.days, page.now) == ("Civic Offices", MONDAY, 1, clock.at)
    assert MONDAY not in page.bank_holidays

    both = view(desk, days=2)
    assert [row.starts for row in both.rows] == [when(11), when(12), when(11, day=TUESDAY)]
    clock.at += 10 * MINUTE
    assert view(desk).holds == ()
    assert view(desk, TUESDAY).holds == ()
    assert len(view(desk, TUESDAY).absences) == 1
    assert view(desk, date(2026, 12, 21), 7).bank_holidays >= {date(2026, 12, 25), date(2026, 12, 26)}


@pytest.mark.parametrize("days", [0, -1, 63])
def test_as_many_days_as_nobody_looks_at_are_refused(desk: AtBook, days: int) -> None:
    with pytest.raises(Refusal) as refusal:
        view(desk, days=days)
    assert refusal.value.code is Code.BAD_INPUT


def test_a_row_follows_its_visit(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 10), officer=PRIYA), visitor=ANN)
    clock.at = when(10, 5)
    here = desk.check_in(booked)
    row = view(desk).rows[0]
    assert (row.standing, row.visit_id, row.number, row.visit_state) == (
        Standing.CHECKED_IN,
        here.visit_id,
        here.number,
        State.WAITING,
    )
    assert (row.checked_in_at, row.seen_at, row.told_at) == (when(10, 5), None, None)
    desk.door.do(a.TellOfDelay(**desk.who, visit_id=here.visit_id, expected_minutes=10, answer=DelayAnswer.WILL_WAIT))
    clock.at = when(10, 12)
    desk.next()
    desk.on(c.StartService, here)
    row = view(desk).rows[0]
    assert (row.visit_state, row.seen_at, row.told_at) == (State.SERVING, when(10, 12), when(10, 5))


# -- one whole -------------------------------------------------------------------------------------------------


def test_a_card_says_all_that_is_kept(desk: AtBook) -> None:
    home = HomeVisit("to see the damp", "marigold", "the letter", "we write")
    booked = desk.book(
        place(when(17, 30, day=days_after(MONDAY, 20))),
        visitor=ANN,
        about="rent",
        home=home,
        features=frozenset({RoomFeature.STEP_FREE}),
        seats=2,
        reason="he works until five",
        kind=Kind.HOME_VISIT,
    )
    desk.with_(a.KeepLetter, booked, kind=LetterKind.HOME_VISIT)
    desk.door.do(
        a.TellOfDelay(
            **desk.who, appointment_id=booked.appointment_id, answer=DelayAnswer.NOT_REACHED, by_telephone=True
        )
    )
    card = desk.shown(booked)
    assert (card.visitor, card.about, card.home) == (ANN, "rent", home)
    assert (card.features, card.seats, card.booked_by) == ({RoomFeature.STEP_FREE}, 2, "Priya Nair")
    assert card.reason == "he works until five"
    assert card.letters == (LetterKind.HOME_VISIT,)
    assert [each.answer for each in card.told] == [DelayAnswer.NOT_REACHED]
    assert (card.here, card.office_name, card.series) == (True, "Civic Offices", ())
    desk.move(booked, place(when(11, day=days_after(MONDAY, 21))))
    assert desk.shown(booked).reason == ""


def test_a_repeat_booking_knows_its_others(desk: AtBook) -> None:
    booked = desk.book(place(when(11)), repeat=a.Repeat(1, 3))
    starts = [when(11, day=days_after(MONDAY, 7 * week)) for week in range(3)]
    assert [desk.shown(each).series for each in booked.appointments] == [
        (starts[1], starts[2]),
        (starts[0], starts[2]),
        (starts[0], starts[1]),
    ]
    desk.cancel(booked.appointments[1])
    assert desk.shown(booked.appointments[0]).series == (starts[2],)


def test_by_its_code_an_appointment_is_found_at_any_office(desk: AtBook) -> None:
    other = "other" + "0" * 27
    desk.door.do(c.SetUpOffice(office_id=other, settings=_elsewhere()))
    booked = desk.book(place(when(11)))
    here = desk.door.ask(aq.AppointmentByCode(OFFICE, f" {booked.reference.lower()} "))
    there = desk.door.ask(aq.AppointmentByCode(other, booked.reference))
    assert (here.row.id, here.here) == (booked.appointment_id, True)
    assert (there.here, there.office_name) == (False, "Civic Offices")
    assert desk.door.ask(aq.AppointmentByCode(OFFICE, "AP-00000000")) is None
    desk.undo(booked)
    assert desk.door.ask(aq.AppointmentByCode(OFFICE, booked.reference)) is None
    assert refused(lambda: desk.shown(booked)).code is Code.UNKNOWN_APPOINTMENT


def _elsewhere() -> Any:
    plain = with_a_book()
    return replace(
        plain,
        name="Bushey",
        services=tuple(replace(each, id=f"b-{each.id}") for each in plain.services),
        counters=tuple(replace(each, id=f"b-{each.id}") for each in plain.counters),
        staff=tuple(
            replace(each, officer=replace(each.officer, id=f"b-{each.officer.id}", skills=frozenset()))
            for each in plain.staff
        ),
        rooms=(),
        interpreters=(),
    )


# -- finding ---------------------------------------------------------------------------------------------------

FOUND_BY = [
    "ann",
    "O'Hara",
    "ohara lee",
    "LÉE",
    "hara",
    "3/4/1980",
    "03.04.80",
    "3 April 1980",
    "3rd apr 1980",
    "1980-04-03",
    "020 7946 0100",
    "00442079460100",
    "9460100",
    "a",
]
NOT_FOUND_BY = ["", "   ", "annie", "4/3/1980", "31/2/1980", "020 7946 0101", "o", "%", "_", "99"]


@pytest.mark.parametrize("text", FOUND_BY)
def test_found_by_what_people_say_of_themselves(desk: AtBook, text: str) -> None:
    booked = desk.book(place(when(11)), visitor=ANN)
    desk.book(place(when(13)), name="Zoe Other")
    assert [row.id for row in desk.door.ask(aq.FindAppointments(OFFICE, text))] == [booked.appointment_id]
    assert desk.door.ask(aq.FindAppointments(OFFICE, booked.reference.lower()))[0].id == booked.appointment_id
    assert desk.door.ask(aq.FindAppointments(OFFICE, booked.reference[:7]))[0].id == booked.appointment_id


@pytest.mark.parametrize("text", NOT_FOUND_BY)
def test_not_found_by_anything_else(desk: AtBook, text: str) -> None:
    desk.book(place(when(11)), visitor=ANN)
    assert desk.door.ask(aq.FindAppointments(OFFICE, text)) == ()


def test_those_to_come_stand_before_those_past(desk: AtBook, clock: SetClock) -> None:
    days = [days_after(MONDAY, 7 * week) for week in range(4)]
    for day in days:
        desk.book(place(when(11, day=day)), visitor=ANN)
    clock.at = when(12, day=days[1])
    rows = desk.door.ask(aq.FindAppointments(OFFICE, "ohara"))
    assert [row.starts for row in rows] == [when(11, day=days[each]) for each in (2, 3, 1, 0)]
    clock.at = when(12, day=days_after(days[3], 400))
    assert desk.door.ask(aq.FindAppointments(OFFICE, "ohara")) == ()
    assert len(desk.door.ask(aq.FindAppointments(OFFICE, "3/4/1980"))) == 4


# -- wanting earlier -------------------------------------------------------------------------------------------


def test_who_would_fit_into_what_fell_free(desk: AtBook, clock: SetClock) -> None:
    def wanting(at: Any, **more: Any) -> str:
        clock.at += 1
        return desk.book(at, wants_earlier=True, **more).appointment_id

    later = days_after(MONDAY, 7)
    fits = wanting(place(when(11, day=later)))
    too_long = wanting(place(when(12, day=later), 60, officer=EWAN))
    named = wanting(place(when(13, day=later), officer=EWAN), named_officer=True)
    room = wanting(place(when(14, day=later), room=ROOM_1), features=frozenset({RoomFeature.PRIVATE}))
    pole = wanting(place(when(15, day=later), interpreter=MARIA), language="pol")
    sooner = wanting(place(when(10, 30)))
    desk.book(place(when(16, day=later)))
    everyone = [fits, too_long, named, room, pole, sooner]

    def ids(at: Any = None) -> list[str]:
        return [row.id for row in desk.door.ask(aq.WantingEarlier(OFFICE, at))]

    assert ids() == everyone
    assert ids(place(when(11, day=TUESDAY))) == [fits, room]
    assert ids(place(when(11, day=TUESDAY), officer=EWAN, interpreter=MARIA)) == [fits, named, room, pole]
    assert ids(place(when(11, day=TUESDAY), 60)) == [fits, too_long, room]
    desk.book(place(when(11, day=TUESDAY), officer=EWAN, room=ROOM_1))
    assert ids(place(when(11, day=TUESDAY))) == [fits]


# -- beside the queue ------------------------------------------------------------------------------------------


def test_the_desk_knows_rooms_and_their_next_booking(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.on(a.AssignRoom, visit, room_id=ROOM_1)
    desk.book(place(when(11), room=ROOM_1))
    desk.book(place(when(12), officer=EWAN, room=ROOM_1))
    clock.at += MINUTE
    first, second = now_at(desk).rooms
    assert (first.id, first.visit_id, first.number, first.since, first.next_at) == (
        ROOM_1,
        visit.visit_id,
        "H001",
        when(10),
        when(11),
    )
    assert (second.visit_id, second.number, second.since, second.next_at) == ("", "", None, None)
    row: QueueRow = desk.view().queue[0]
    assert row.room == "Interview room 1"
    assert desk.card(visit).room_id == ROOM_1
    desk.on(c.Leave, visit)
    desk.door.do(a.SetRoomState(**desk.who, room_id=ROOM_1, state=RoomState.CLEANING))
    first, _ = now_at(desk).rooms
    assert (first.visit_id, first.state) == ("", RoomState.CLEANING)


def test_a_room_is_not_needed_for_those_who_have_gone(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 10), officer=PRIYA, room=ROOM_1))
    here = desk.check_in(booked)
    clock.at = when(10, 12)
    assert now_at(desk).rooms[0].next_at is None  # they are in it
    desk.next()
    desk.on(c.StartService, here)
    desk.on(c.Finish, here)
    assert now_at(desk).rooms[0].next_at is None


def test_interpreters_as_they_are_now(desk: AtBook, clock: SetClock) -> None:
    here = desk.check_in(desk.book(place(when(10, 5), interpreter=ALEX), language="bfi"))
    coming = desk.book(place(when(13), interpreter=ALEX, officer=EWAN), language="bfi")
    clock.at = when(10, 6)
    alex, maria, line = now_at(desk).interpreters
    assert (alex.id, alex.with_number, alex.free_until, alex.next_appointment_id) == (
        ALEX,
        here.number,
        when(13),
        coming.appointment_id,
    )
    assert (maria.id, maria.with_number, maria.free_until, maria.works_now) == (MARIA, "", None, True)
    assert (line.id, line.is_line, line.telephone) == (LINE, True, "020 7946 0300")
    visit = desk.take()
    desk.on(a.RequestInterpreter, visit, language="pol", mode=Mode.VIDEO, interpreter_id=MARIA)
    assert desk.view().queue[-1].waits_for_interpreter
    desk.on(a.InterpreterHere, visit)
    assert now_at(desk).interpreters[1].with_number == visit.number
    assert not desk.view().queue[-1].waits_for_interpreter
    clock.at = when(20)
    assert not now_at(desk).interpreters[1].works_now


def test_officers_in_with_someone_and_away(desk: AtBook, clock: SetClock) -> None:
    AtBook(desk.door, COUNTER_2, EWAN, "Desk 2").sign_in()

    def states() -> dict[str, tuple[OfficerState, Any]]:
        return {row.id: (row.state, row.until) for row in now_at(desk).officers}

    assert states() == {
        PRIYA: (OfficerState.IN, None),
        EWAN: (OfficerState.IN, None),
        GRACE: (OfficerState.IN, None),
    }
    desk.take()
    desk.next()
    assert states()[PRIYA] == (OfficerState.WITH_SOMEONE, None)
    desk.door.do(
        a.EnterAbsence(**desk.who, absentee_id=EWAN, kind=AbsenceKind.MEETING, starts=when(9), ends=when(11, 30))
    )
    assert states()[EWAN] == (OfficerState.AWAY, when(11, 30))
    desk.book(place(when(10, 30)), kind=Kind.TELEPHONE)
    clock.at = when(10, 40)
    assert states()[GRACE] == (OfficerState.WITH_SOMEONE, when(11))
    clock.at = when(12, 15)
    assert states()[GRACE] == (OfficerState.AWAY, when(13))  # lunch
    clock.at = when(19)
    assert states()[GRACE] == (OfficerState.AWAY, None)
    grace = now_at(desk).officers[2]
    assert (grace.name, grace.counter, grace.next_at) == ("Grace Okafor", "", None)


def test_an_officer_is_with_whom_they_serve_until_the_end_that_was_booked(desk: AtBook, clock: SetClock) -> None:
    """Whatever else stands in the book; as long as it is not past that."""
    grace = AtBook(desk.door, COUNTER_3, GRACE, "Desk 3").sign_in()

    def of_grace() -> tuple[OfficerState, Any]:
        return next((row.state, row.until) for row in now_at(desk).officers if row.id == GRACE)

    here = desk.check_in(desk.book(place(when(10, 30))))
    assert of_grace() == (OfficerState.IN, None)
    clock.at = when(10, 30)
    grace.on(c.CallVisit, here, reason="their turn")
    grace.on(c.StartService, here)
    assert of_grace() == (OfficerState.WITH_SOMEONE, when(11))
    meeting = {"absentee_id": GRACE, "kind": AbsenceKind.MEETING, "starts": when(10), "ends": when(12), "anyway": True}
    away = desk.door.do(a.EnterAbsence(**desk.who, **meeting))
    assert of_grace() == (OfficerState.WITH_SOMEONE, when(11))
    clock.at = when(11)
    assert of_grace() == (OfficerState.WITH_SOMEONE, None)
    grace.on(c.Finish, here)
    assert of_grace() == (OfficerState.AWAY, when(12))
    desk.door.do(a.RemoveAbsence(**desk.who, absence_id=away.command_id))
    assert of_grace() == (OfficerState.IN, None)
    walk_in = desk.take()
    clock.at = when(11, 10)
    grace.on(c.CallVisit, walk_in, reason="their turn")
    assert of_grace() == (OfficerState.WITH_SOMEONE, None)


def test_who_has_left_the_counter_today_is_away_and_who_never_was_at_one_is_in(desk: AtBook, clock: SetClock) -> None:
    """By the working hours: Ewan, whom nobody has seen today, is taken to be in."""
    grace = AtBook(desk.door, COUNTER_3, GRACE, "Desk 3").sign_in()

    def states() -> dict[str, OfficerState]:
        return {row.id: row.state for row in now_at(desk).officers}

    walk_in = desk.take()
    grace.next()
    grace.on(c.StartService, walk_in)
    desk.door.do(c.SignOff(**grace.who, at_hand=c.AtHand.FINISH, close_day=False))
    assert states() == {PRIYA: OfficerState.IN, EWAN: OfficerState.IN, GRACE: OfficerState.AWAY}
    grace.sign_in()
    assert states()[GRACE] is OfficerState.IN
    desk.door.do(c.SignOff(**grace.who))
    clock.at = when(10, day=TUESDAY)
    assert states()[GRACE] is OfficerState.IN


# -- a room for a visit ----------------------------------------------------------------------------------------


def rooms_for(desk: AtBook, visit: c.Result) -> dict[str, tuple[bool, bool]]:
    rows: tuple[RoomRow, ...] = desk.door.ask(aq.RoomsFor(visit.visit_id))
    return {row.id: (row.fits, row.suggested) for row in rows}


ROOMS_FOR = [
    ("the private one, though not the smallest", frozenset[Need](), 1, {ROOM_1: (True, True), ROOM_2: (True, False)}),
    ("private", frozenset({Need.PRIVATE}), 1, {ROOM_1: (True, True), ROOM_2: (False, False)}),
    ("step-free", frozenset({Need.STEP_FREE}), 2, {ROOM_1: (True, True), ROOM_2: (False, False)}),
    ("no loop", frozenset({Need.HEARING_LOOP}), 1, {ROOM_1: (False, False), ROOM_2: (False, False)}),
    ("seats", frozenset({Need.LARGE_PRINT}), 3, {ROOM_1: (True, True), ROOM_2: (False, False)}),
    ("too many", frozenset[Need](), 9, {ROOM_1: (False, False), ROOM_2: (False, False)}),
]


@pytest.mark.parametrize(
    ("needs", "party", "expected"), [each[1:] for each in ROOMS_FOR], ids=[e[0] for e in ROOMS_FOR]
)
def test_a_room_that_suits_the_visit(
    desk: AtBook, needs: frozenset[Need], party: int, expected: dict[str, tuple[bool, bool]]
) -> None:
    visit = desk.take(person=Person(needs=needs), party_size=party)
    assert rooms_for(desk, visit) == expected


def test_a_room_leaves_the_next_booking_its_time(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.book(place(when(10, 30), room=ROOM_2))
    clock.at = when(10, 20)
    assert rooms_for(desk, visit)[ROOM_2] == (True, False)
    clock.at = when(10, 20) + 1
    assert rooms_for(desk, visit) == {ROOM_1: (True, True), ROOM_2: (False, False)}
    other = desk.take()
    desk.on(a.AssignRoom, other, room_id=ROOM_1)
    assert rooms_for(desk, visit) == {ROOM_1: (False, False), ROOM_2: (False, False)}
    assert rooms_for(desk, other) == {ROOM_1: (True, False), ROOM_2: (False, False)}


def test_where_the_private_room_is_needed_too_soon_another_is_suggested(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    desk.book(place(when(10, 30), room=ROOM_1))
    clock.at = when(10, 20) + 1
    assert rooms_for(desk, visit) == {ROOM_1: (False, False), ROOM_2: (True, True)}


def test_the_room_that_was_booked_is_suggested(desk: AtBook, clock: SetClock) -> None:
    blocking = desk.take()
    desk.on(a.AssignRoom, blocking, room_id=ROOM_1)
    here = desk.check_in(desk.book(place(when(10, 10), room=ROOM_1)))
    assert rooms_for(desk, here)[ROOM_2] == (True, True)
    desk.on(c.Leave, blocking)
    assert rooms_for(desk, here)[ROOM_1] == (True, True)
    with pytest.raises(Refusal) as refusal:
        desk.door.ask(aq.RoomsFor("0" * 32))
    assert refusal.value.code is Code.UNKNOWN_VISIT


# -- free slots ------------------------------------------------------------------------------------------------


def like(desk: AtBook, **more: Any) -> list[tuple[Any, ...]]:
    slots = desk.door.ask(aq.SlotsLike(OFFICE, **more))
    return [(each.place.starts, each.officer, each.room, each.interpreter) for each in slots]


def test_slots_like_an_appointment_meet_its_needs(desk: AtBook) -> None:
    booked = desk.book(
        place(when(11), 40, room=ROOM_1, interpreter=ALEX),
        language="bfi",
        named_officer=True,
        features=frozenset({RoomFeature.PRIVATE}),
    )
    desk.book(place(when(10, 30), 30, officer=EWAN, room=ROOM_1))
    found = like(desk, appointment_id=booked.appointment_id)
    with_all = ("Grace Okafor", "Interview room 1", "Alex Moore")
    assert found == [
        (when(11, 10), *with_all),
        (when(13), *with_all),
        (when(13, 40), *with_all),
    ]
    assert found[0][0] + 40 * MINUTE <= when(12)
    assert len(like(desk, appointment_id=booked.appointment_id, count=5)) == 5


def test_slots_like_a_waiting_visit_meet_its_needs(desk: AtBook) -> None:
    plain = desk.take()
    private = desk.take(person=Person("Ann", "pl", needs=frozenset({Need.PRIVATE, Need.INTERPRETER})))
    bsl = desk.take(person=Person("Ann", needs=frozenset({Need.BSL})), named_officer_id=EWAN)
    assert like(desk, visit_id=plain.visit_id)[0] == (when(10), "Priya Nair", "", "")
    first = like(desk, visit_id=private.visit_id)[0]
    assert first[1:] == ("Priya Nair", "Interview room 1", "Language line")
    assert like(desk, visit_id=bsl.visit_id)[0] == (when(10), "Ewan Pritchard", "", "Alex Moore")
    with pytest.raises(Refusal) as refusal:
        like(desk, visit_id="0" * 32)
    assert refusal.value.code is Code.UNKNOWN_VISIT


def test_slots_like_from_another_day_on(desk: AtBook) -> None:
    walk_in, booked = desk.take(), desk.book(place(when(11)))
    for whose in ({"visit_id": walk_in.visit_id}, {"appointment_id": booked.appointment_id}):
        assert like(desk, **whose)[0][0] < when(0, day=TUESDAY)
        later = like(desk, **whose, first_day=TUESDAY)
        assert all(when(0, day=TUESDAY) <= starts < when(23, day=TUESDAY) for starts, *_ in later)
        assert len(later) == 3


def test_the_one_to_be_moved_is_not_in_its_own_way(desk: AtBook) -> None:
    from reception.domain.booking import ObstacleKind, Wish

    booked = desk.book(place(when(11)))
    wish = Wish("housing", minutes=30, officer_id=GRACE)
    at = place(when(11, 10))

    def kinds(without: str) -> list[ObstacleKind]:
        return [each.kind for each in desk.door.ask(aq.ObstaclesTo(OFFICE, at, wish, without))]

    assert kinds("") == [ObstacleKind.OFFICER_TAKEN]
    assert kinds(booked.appointment_id) == []
    free = desk.door.ask(aq.FreeSlots(OFFICE, replace(wish, first_day=MONDAY), count=4))
    assert [slot.place.starts for slot in free] == [when(10), when(10, 30), when(11, 30), when(13)]
    freer = desk.door.ask(aq.FreeSlots(OFFICE, wish, 5, booked.appointment_id))
    assert freer[2].place.starts == when(11)


# -- letters ---------------------------------------------------------------------------------------------------


def letter(desk: AtBook, booked: c.Result, kind: LetterKind, **more: Any) -> Any:
    from reception.storage.queries.book import letter_snapshot

    return letter_snapshot(desk.door._database, aq.LetterOf(booked.appointment_id, kind, **more))


def test_what_a_confirmation_says(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(
        place(when(11), officer=EWAN, room=ROOM_1, interpreter=ALEX), visitor=ANN, about="rent", language="bfi"
    )
    found = letter(desk, booked, LetterKind.CONFIRMATION)
    assert (found.recipient, found.address) == ("Ann O'Hara-Lée", ("1 High Street", "Hatfield"))
    assert (found.service, found.about, found.officer, found.room) == (
        "Housing",
        "rent",
        "Ewan Pritchard",
        "Interview room 1",
    )
    assert (found.contact_name, found.contact_telephone, found.contact_email) == (
        "Ewan Pritchard",
        "020 7946 0001",
        "ewan@example.org",
    )
    assert (found.interpreter, found.interpreting) == ("Alex Moore", "British Sign Language")
    assert (found.code, found.reference, found.step_free) == (booked.reference, booked.reference, True)
    assert (found.target_minutes, found.large_print, found.written_at) == (5, False, clock.at)
    assert letter(desk, booked, LetterKind.CONFIRMATION, large_print=True).large_print
    order = letter(desk, booked, LetterKind.INTERPRETER_ORDER)
    assert order.recipient == "Alex Moore"
    assert "Ann" not in str([getattr(order, name) for name in order.__struct_fields__])
    plain = desk.book(place(when(13)))
    assert refused(lambda: letter(desk, plain, LetterKind.INTERPRETER_ORDER)).code is Code.NOT_POSSIBLE_NOW


@pytest.mark.parametrize("kind", Kind)
def test_what_to_have_ready_is_said_whatever_the_kind(desk: AtBook, kind: Kind) -> None:
    home = HomeVisit("damp", "marigold", "your tenancy agreement", "we write")
    booked = desk.book(place(when(11, day=days_after(MONDAY, 14))), kind=kind, home=home)
    found = letter(desk, booked, LetterKind.CONFIRMATION)
    assert found.home == (home if kind is Kind.HOME_VISIT else HomeVisit(have_ready="your tenancy agreement"))


def test_a_letter_says_where_the_office_is(desk: AtBook) -> None:
    desk.change_settings(with_a_book(address="1 Example Way\nBorehamwood\nWD6 1ZZ"))
    booked = desk.book(place(when(11)))
    assert letter(desk, booked, LetterKind.CONFIRMATION).office_address == "1 Example Way\nBorehamwood\nWD6 1ZZ"


def test_an_order_for_a_language_is_written_before_somebody_is_found(desk: AtBook) -> None:
    booked = desk.book(place(when(11)), visitor=ANN, language="bfi")
    order = letter(desk, booked, LetterKind.INTERPRETER_ORDER)
    assert (order.recipient, order.address, order.interpreting) == ("", (), "British Sign Language")


def test_a_letter_that_does_not_fit_where_the_appointment_stands_is_refused(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 10)))
    for kind in (LetterKind.MISSED, LetterKind.CANCELLATION, LetterKind.NEW_TIME, LetterKind.HOME_VISIT):
        refusal = refused(lambda kind=kind: desk.door.letter(booked.appointment_id, kind))
        assert (refusal.code, bool(refusal.remedy)) == (Code.NOT_POSSIBLE_NOW, True)
    clock.at = when(10, 40)
    desk.with_(a.DidNotAttend, booked)
    assert letter(desk, booked, LetterKind.MISSED).kind is LetterKind.MISSED
    assert refused(lambda: letter(desk, booked, LetterKind.CONFIRMATION)).code is Code.NOT_POSSIBLE_NOW


def test_large_print_is_taken_from_the_needs(desk: AtBook) -> None:
    booked = desk.book(place(when(11)), visitor=Visitor(Person("Ann", needs=frozenset({Need.LARGE_PRINT}))))
    assert letter(desk, booked, LetterKind.CONFIRMATION).large_print
    assert letter(desk, booked, LetterKind.CONFIRMATION).contact_telephone == "020 7946 0000"
    assert not letter(desk, booked, LetterKind.CONFIRMATION, large_print=False).large_print


def test_a_letter_is_in_the_language_that_the_visitor_reads(desk: AtBook) -> None:
    settings = with_a_book()
    housing = next(each for each in settings.services if each.name == "Housing")
    said = replace(housing, said={"pl": ServiceWords("Mieszkania")})
    services = tuple(said if each is housing else each for each in settings.services)
    desk.change_settings(replace(settings, services=services, checked_languages=frozenset({"pl"})))
    person = Person("Anna", spoken="ur", written="pl")
    booked = desk.book(place(when(11), interpreter=ALEX), visitor=Visitor(person), language="bfi")
    found = letter(desk, booked, LetterKind.CONFIRMATION)
    assert (found.language, found.service, found.service_said, found.is_checked) == (
        "pl",
        "Housing",
        "Mieszkania",
        True,
    )
    order = letter(desk, booked, LetterKind.INTERPRETER_ORDER)
    assert (order.language, order.service_said) == ("en", "")
    spoken = desk.book(place(when(13)), visitor=Visitor(Person("Bilal", spoken="ur")))
    assert letter(desk, spoken, LetterKind.CONFIRMATION).language == "en"


def test_whoever_is_not_to_be_written_to_gets_no_letter(desk: AtBook) -> None:
    silent = replace(ANN, safe=frozenset({SafeContact.DO_NOT_WRITE}))
    booked = desk.book(place(when(11), interpreter=ALEX), visitor=silent, language="bfi")
    for kind in LetterKind:
        if kind is not LetterKind.INTERPRETER_ORDER:
            refusal = refused(lambda kind=kind: letter(desk, booked, kind))
            assert refusal.code is Code.DO_NOT_WRITE
            assert refusal.remedy
    assert letter(desk, booked, LetterKind.INTERPRETER_ORDER).recipient == "Alex Moore"
    assert desk.door.ask(aq.LettersDue(OFFICE, MONDAY)) == ((booked.appointment_id, LetterKind.INTERPRETER_ORDER),)


def test_a_letter_about_a_sensitive_service_is_neutral(desk: AtBook) -> None:
    settings = with_a_book()
    services = tuple(replace(each, sensitive=each.id == "housing") for each in settings.services)
    titled = tuple(replace(each, officer=replace(each.officer, title="Debt adviser")) for each in settings.staff)
    desk.change_settings(replace(settings, services=services, staff=titled))
    home = HomeVisit("debts", "marigold", "bank letters", "we write")
    booked = desk.book(place(when(11, day=days_after(MONDAY, 14))), about="debts", home=home, kind=Kind.HOME_VISIT)
    found = letter(desk, booked, LetterKind.HOME_VISIT)
    assert (found.service, found.about, found.officer_title) == ("", "", "")
    assert found.home == HomeVisit(password="marigold")
    assert found.code == ""


def test_a_new_time_says_the_old_one(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    desk.move(booked, place(when(13)))
    back = desk.move(booked, place(when(14)))
    desk.undo(back)
    found = letter(desk, booked, LetterKind.NEW_TIME)
    assert (found.was, found.starts) == (when(11), when(13))
    desk.move(booked, place(when(15)))
    assert letter(desk, booked, LetterKind.NEW_TIME).was == when(13)


def test_an_apology_says_what_the_visitor_was_told(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 10)))
    here = desk.check_in(booked)
    offered = (when(11, day=TUESDAY),)
    desk.door.do(
        a.TellOfDelay(
            **desk.who, visit_id=here.visit_id, expected_minutes=25, offered=offered, answer=DelayAnswer.WILL_WAIT
        )
    )
    clock.at += MINUTE
    found = letter(desk, booked, LetterKind.DELAY_APOLOGY)
    assert (found.expected_minutes, found.delay_reason) == (25, a.DelayReason.RUNNING_OVER)
    assert [slot.place.starts for slot in found.offered] == list(offered)
    clock.at = offered[0]
    assert letter(desk, booked, LetterKind.DELAY_APOLOGY).offered == ()


def test_who_was_rung_up_in_vain_was_told_nothing(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11)))

    def tell(reason: a.DelayReason, answer: DelayAnswer) -> None:
        desk.with_(a.TellOfDelay, booked, reason=reason, expected_minutes=20, answer=answer, by_telephone=True)
        clock.at += MINUTE

    tell(a.DelayReason.STAFF_AWAY, DelayAnswer.NOT_REACHED)
    assert letter(desk, booked, LetterKind.DELAY_APOLOGY).delay_reason is None
    tell(a.DelayReason.ROOM_NOT_FREE, DelayAnswer.WILL_WAIT)
    tell(a.DelayReason.STAFF_AWAY, DelayAnswer.NOT_REACHED)
    found = letter(desk, booked, LetterKind.DELAY_APOLOGY)
    assert (found.delay_reason, found.expected_minutes) == (a.DelayReason.ROOM_NOT_FREE, 20)


def test_which_letters_are_due(desk: AtBook, clock: SetClock) -> None:
    def due() -> list[tuple[str, LetterKind]]:
        return list(desk.door.ask(aq.LettersDue(OFFICE, MONDAY)))

    first = desk.book(place(when(11)))
    desk.book(place(when(13, day=TUESDAY)))
    second = desk.book(place(when(14), interpreter=ALEX), language="bfi")
    one, two = first.appointment_id, second.appointment_id
    assert due() == [
        (one, LetterKind.CONFIRMATION),
        (two, LetterKind.CONFIRMATION),
        (two, LetterKind.INTERPRETER_ORDER),
    ]
    desk.with_(a.KeepLetter, first, kind=LetterKind.CONFIRMATION)
    desk.with_(a.KeepLetter, second, kind=LetterKind.CONFIRMATION)
    desk.with_(a.ProgressInterpreter, second, status=InterpreterStatus.ORDERED)
    assert due() == []
    assert desk.door.ask(aq.OneAppointment(one)).untrue_letter_at is None
    written_at = clock.now()
    clock.advance(MINUTE)
    desk.move(first, place(when(13)))
    assert due() == [(one, LetterKind.NEW_TIME)]
    assert desk.door.ask(aq.OneAppointment(one)).untrue_letter_at == written_at
    desk.with_(a.KeepLetter, first, kind=LetterKind.NEW_TIME)
    assert desk.door.ask(aq.OneAppointment(one)).untrue_letter_at is None
    desk.cancel(first, by_visitor=True)
    assert due() == []
    desk.cancel(second, by_visitor=False)
    assert due() == [(two, LetterKind.CANCELLATION)]
    third = desk.book(place(when(10, 10)))
    desk.with_(a.KeepLetter, third, kind=LetterKind.CONFIRMATION)
    clock.at = when(10, 40)
    desk.with_(a.DidNotAttend, third)
    assert due() == [(third.appointment_id, LetterKind.MISSED), (two, LetterKind.CANCELLATION)]
