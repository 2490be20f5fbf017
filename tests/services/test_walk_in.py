"""A walk-in from the door to done: tickets, what is not taken, and how it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from reception.clock import HOUR, SetClock
from reception.domain.office import Counter
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.errors import Code
from reception.services import commands as c
from reception.services import queries as q
from tests.services.bookkeeping import books
from tests.services.walk_ins import reasons, refused, serve
from tests.support import COUNCIL_TAX, EWAN, GRACE, HOUSING, OFFICE, PLANNING, At, settings

MONDAY = date(2026, 3, 2)

# -- tickets --------------------------------------------------------------------------------------------------------


def test_numbers_run_by_letter_and_a_refused_ticket_uses_none_up(priya: At) -> None:
    assert [priya.take(service).number for service in (HOUSING, HOUSING, COUNCIL_TAX, HOUSING)] == [
        "H001",
        "H002",
        "C001",
        "H003",
    ]
    refused(Code.BAD_INPUT, priya.take, party_size=0)
    refused(Code.BAD_INPUT, priya.take, party_size=100)
    refused(Code.UNKNOWN_THING, priya.take, "no-such-service")
    refused(Code.UNKNOWN_THING, priya.take, then_services=("no-such-service",))
    refused(Code.UNKNOWN_THING, priya.take, named_officer_id="nobody")
    refused(Code.UNKNOWN_VISIT, priya.take, linked_to="0" * 32)  # after the number was drawn
    refused(Code.BAD_INPUT, priya.take, person=Person(note="x" * 2001))
    assert priya.take().number == "H004"
    books(priya.door)


def test_a_ticket_keeps_what_was_said(priya: At) -> None:
    person = Person(
        name="Zoë Ó Briain '; DROP TABLE visit;-- 李小龍 👩‍👧",
        spoken="bfi",
        written="en",
        needs=frozenset({Need.BSL, Need.CHILDREN}),
        note="=1+1",
    )
    visit = priya.take(person=person, party_size=3)
    card = priya.card(visit)
    assert (card.person, card.party_size, card.code[:3]) == (person, 3, "RC-")
    corrected = replace(person, name="ـ" * 300, written="zh-Hant")
    priya.correct(visit, corrected, 2)
    assert (priya.card(visit).person, priya.card(visit).party_size) == (corrected, 2)
    refused(Code.BAD_INPUT, priya.correct, visit, corrected, 0)


def test_a_party_counts_once(priya: At) -> None:
    priya.take(party_size=6)
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert report.visits == 1


def test_an_officer_who_does_not_serve_it_is_not_waited_for(priya: At) -> None:
    """Grace serves housing and planning: who waited for her with council tax would wait for ever."""
    assert "does not serve" in refused(Code.BAD_INPUT, priya.take, COUNCIL_TAX, named_officer_id=GRACE).reason
    visit = priya.take(PLANNING, named_officer_id=GRACE)
    refused(Code.BAD_INPUT, priya.on, c.Transfer, visit, service_id=COUNCIL_TAX, named_officer_id=GRACE)
    assert priya.take().number == "H001"


# -- ends -----------------------------------------------------------------------------------------------------------


def test_to_follow_is_listed_until_it_is_done(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    serve(priya, visit)
    due = MONDAY + timedelta(days=3)
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, end=End.TO_FOLLOW)
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, end=End.TO_FOLLOW, due=due)
    refused(Code.UNKNOWN_THING, priya.on, c.Finish, visit, end=End.TO_FOLLOW, due=due, owner_id="nobody")
    yesterday = MONDAY - timedelta(days=1)
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, end=End.TO_FOLLOW, due=yesterday, owner_id=EWAN)
    result = priya.on(c.Finish, visit, end=End.TO_FOLLOW, due=due, owner_id=EWAN, note="ask the bailiff")
    assert len(result.prints) == 1
    assert ("note", "ask the bailiff") in reasons(priya, visit)
    clock.advance(48 * HOUR)
    (aside,) = priya.view().asides
    assert (aside.end, aside.due, aside.owner) == (End.TO_FOLLOW, due, "Ewan Pritchard")
    priya.on(c.CompleteFollowUp, visit)
    assert priya.view().asides == ()
    priya.on(c.CompleteFollowUp, visit)  # answered is answered
    assert priya.card(visit).done_at == clock.now()


def test_signposted_and_booked_before_and_after_being_seen(priya: At) -> None:
    unseen = priya.take()
    refused(Code.BAD_INPUT, priya.on, c.Finish, unseen, end=End.SIGNPOSTED)
    priya.on(c.Finish, unseen, end=End.SIGNPOSTED, signpost_to="Citizens Advice", print_slip=False)
    seen = priya.take()
    serve(priya, seen)
    priya.on(c.Finish, seen, end=End.BOOKED)
    assert (priya.card(unseen).end, priya.card(seen).end) == (End.SIGNPOSTED, End.BOOKED)


def test_a_specialist_exempts_only_who_is_told_and_only_to_a_specialist(priya: At) -> None:
    told, untold, no_specialist = priya.take(), priya.take(), priya.take()
    for visit, service, is_told in (
        (told, PLANNING, True),
        (untold, PLANNING, False),
        (no_specialist, COUNCIL_TAX, True),
    ):
        serve(priya, visit)
        priya.on(c.Transfer, visit, service_id=service, specialist_told=is_told)
    exempt = {visit.visit_id for visit in (told, untold, no_specialist) if priya.card(visit).specialist}
    assert exempt == {told.visit_id}
    books(priya.door)


def test_a_visit_of_another_office_is_left_alone(priya: At) -> None:
    visit = priya.take()
    other = "bushey" + "0" * 26
    moved = settings(
        name="Bushey",
        services=tuple(replace(each, id=f"b-{each.id}") for each in settings().services),
        counters=(Counter("b-1", "Counter 1"),),
        staff=tuple(
            replace(entry, officer=replace(entry.officer, id=f"b-{entry.officer.id}", skills=frozenset()))
            for entry in settings().staff
        ),
    )
    priya.door.do(c.SetUpOffice(office_id=other, settings=moved))
    for command in (
        c.Leave(office_id=other, visit_id=visit.visit_id),
        c.TakeTicket(office_id=other, service_id="b-housing", linked_to=visit.visit_id),
    ):
        refused(Code.UNKNOWN_VISIT, priya.door.do, command)
    refused(Code.NO_OFFICE, priya.door.do, c.TakeTicket(office_id="nowhere", service_id=HOUSING))
    ticket = priya.door.do(c.TakeTicket(office_id=other, service_id="b-housing"))
    assert ticket.number == "H001"  # each office has numbers of its own


def test_a_code_finds_its_visit(priya: At) -> None:
    visit = priya.take()
    code = priya.card(visit).code
    assert priya.door.ask(q.VisitByCode(OFFICE, f" {code.lower()} ")).visit_id == visit.visit_id
    assert priya.door.ask(q.VisitByCode(OFFICE, "RC-0000000000")) is None


# -- what is not taken ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("further", [(HOUSING,), (COUNCIL_TAX, PLANNING, COUNCIL_TAX)])
def test_a_service_is_planned_once(priya: At, further: tuple[str, ...]) -> None:
    no = refused(Code.BAD_INPUT, priya.take, HOUSING, then_services=further)
    assert no.reason == f"{'Housing' if HOUSING in further else 'Council Tax'} is entered twice."
    assert priya.take().number == "H001"


LONG = "x" * 2_001


def test_a_document_pasted_by_mistake_is_taken_nowhere(priya: At) -> None:
    for person in (Person(LONG), Person(spoken=LONG), Person(written=LONG), Person(note=LONG)):
        refused(Code.BAD_INPUT, priya.take, person=person)
    refused(Code.BAD_INPUT, priya.take, see_first_reason=LONG)
    visit = priya.take(see_first_reason=LONG[1:])
    refused(Code.BAD_INPUT, priya.on, c.SeeFirst, visit, reason=LONG)
    refused(Code.BAD_INPUT, priya.on, c.CallVisit, visit, reason=LONG)
    serve(priya, visit)
    signposted = {"end": End.SIGNPOSTED, "signpost_to": "Citizens Advice"}
    for more in ({"note": LONG}, {"contact": LONG}, {"signpost_to": LONG}):
        assert "2000 characters" in refused(Code.BAD_INPUT, priya.on, c.Finish, visit, **{**signposted, **more}).reason
    priya.on(c.Finish, visit, **{**signposted, "note": LONG[1:], "signpost_to": LONG[1:]})
    books(priya.door)
