"""What a letter is made from, whether it may be written, and which are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.booked import DelayAnswer, InterpreterStatus, Kind, LetterKind, SafeContact
from reception.domain.office import ServiceWords
from reception.domain.person import Need, Person
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from tests.services.the_book import ALEX, MONDAY, ROOM_1, TUESDAY, AtBook, days_after, place, refused, when, with_a_book
from tests.support import EWAN, OFFICE, door_on

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
