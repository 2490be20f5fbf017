"""Whatever a person types or pastes is stored: every script as it is, less what no database keeps."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from msgspec.structs import replace

from reception.domain.office import Counter, Role, Service
from reception.domain.person import Need, Person
from reception.domain.storable import cleaned, storable
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.queries import paper_of
from tests.services.bookkeeping import books
from tests.support import EWAN, HOUSING, OFFICE, At, settings

GIVEN, KEPT = "Zo\0ë \ud83d陳", "Zoë ?陳"
MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("text", ["", "Zoë Ŵŷn-Ó", "陳大文 𠮷野家", "👩🏽‍🦽", "a\nb\tc", "\ufffd"])
def test_what_can_be_stored_is_left_as_it_is(text: str) -> None:
    assert storable(text) is text


def test_a_command_without_fault_is_the_same_one() -> None:
    command = c.SetUpOffice(office_id=OFFICE, settings=settings())
    assert cleaned(command) is command


def test_cleaning_goes_to_the_bottom_of_a_command_and_changes_nothing_else() -> None:
    person = Person(GIVEN, GIVEN, GIVEN, frozenset({Need.PRIVATE}), GIVEN)
    command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING, person=person, then_services=(GIVEN,))
    expected = Person(KEPT, KEPT, KEPT, frozenset({Need.PRIVATE}), KEPT)
    assert cleaned(command) == replace(command, person=expected, then_services=(KEPT,))


def test_every_free_text_of_a_visit(priya: At) -> None:
    person = Person(GIVEN, GIVEN, GIVEN, note=GIVEN)
    visit = priya.take(person=person, see_first_reason=GIVEN)
    assert priya.card(visit).person == Person(KEPT, KEPT, KEPT, note=KEPT)
    priya.correct(visit, replace(person, name=GIVEN * 2))
    assert priya.card(visit).person.name == KEPT * 2
    priya.on(c.SeeFirst, visit, on=False)
    priya.on(c.SeeFirst, visit, reason=GIVEN)
    priya.on(c.CallVisit, visit, reason=GIVEN)
    priya.on(c.StartService, visit)
    priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to=GIVEN, note=GIVEN)
    _, slip = paper_of(priya.door._database, visit.visit_id, False)
    assert slip is not None
    assert slip.signpost_to == KEPT
    books(priya.door)


def test_a_place_of_nothing_that_can_be_kept_is_no_place(priya: At) -> None:
    visit = priya.take()
    priya.on(c.CallVisit, visit, reason="test")
    with pytest.raises(Refusal) as caught:
        priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to=" \0")
    assert caught.value.code is Code.BAD_INPUT


def test_every_free_text_of_the_settings(priya: At) -> None:
    before = settings()
    officer = before.staff[1].officer
    entry = replace(before.staff[1], officer=replace(officer, name=GIVEN, telephone=GIVEN, email=GIVEN), pin="")
    changed = replace(
        before,
        name=GIVEN,
        council=GIVEN,
        place=GIVEN,
        telephone=GIVEN,
        services=(*before.services, Service("new", GIVEN, "N", partner=GIVEN)),
        counters=(*before.counters, Counter("new", GIVEN)),
        staff=(before.staff[0], entry, before.staff[2]),
    )
    priya.change_settings(changed)
    (office,) = priya.door.ask(q.Offices())
    assert (office.name, office.council, office.place, office.telephone) == (KEPT,) * 4
    assert office.services[-1] == Service("new", KEPT, "N", partner=KEPT)
    assert office.counters[-1] == Counter("new", KEPT)
    found = office.officer(EWAN)
    assert found is not None
    assert (found.name, found.telephone, found.email, found.role) == (KEPT, KEPT, KEPT, Role.RECEPTIONIST)


def test_what_is_searched_for(priya: At) -> None:
    priya.take(person=Person(GIVEN))
    assert len(priya.door.ask(q.Search(OFFICE, GIVEN))) == 1
    assert priya.door.ask(q.VisitByCode(OFFICE, GIVEN)) is None


def test_the_name_of_a_station(priya: At) -> None:
    desk = dataclasses.replace(priya, station=GIVEN)
    desk.sign_in()
    visit = desk.take(print_ticket=True)
    assert desk.view().counter_id == desk.counter
    assert desk.undo(visit).number == "H001"
