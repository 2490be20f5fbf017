"""The book as it is read: its pages, one appointment whole, and how it is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.book import BookView
from reception.domain.booked import AbsenceKind, DelayAnswer, InterpreterStatus, Kind, LetterKind, RoomFeature, Standing
from reception.domain.person import Need, Person
from reception.domain.visit_states import State
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.the_book import (
    ALEX,
    MARIA,
    MONDAY,
    ROOM_1,
    TUESDAY,
    AtBook,
    days_after,
    place,
    refused,
    when,
    with_a_book,
)
from tests.support import EWAN, GRACE, OFFICE, PRIYA, door_on

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


# -- the book -------------------------------------------------------------------------------------------------------


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


# -- one whole ------------------------------------------------------------------------------------------------------


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


# -- finding --------------------------------------------------------------------------------------------------------

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


# -- wanting earlier ------------------------------------------------------------------------------------------------


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


# -- free slots -----------------------------------------------------------------------------------------------------


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
