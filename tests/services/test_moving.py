"""A visit held, sent on, and seen for several services, with its clocks."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from reception.clock import MINUTE, SECOND, SetClock
from reception.domain.person import Person
from reception.domain.visit_states import End, State, Why
from reception.errors import Code
from reception.services import commands as c
from reception.services import queries as q
from reception.storage import schema as t
from reception.storage.queries import paper_of
from tests.services.bookkeeping import books
from tests.services.conftest import TEN_O_CLOCK
from tests.services.walk_ins import refused, serve
from tests.support import COUNCIL_TAX, EWAN, OFFICE, PLANNING, At

MONDAY = date(2026, 3, 2)


def test_held_by_staff_it_cannot_be_called_and_the_clock_runs_on(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(2 * MINUTE)
    priya.on(c.Hold, visit)
    refused(Code.NOBODY_WAITING, priya.next)
    clock.advance(6 * MINUTE)
    priya.on(c.EndHold, visit)
    assert priya.view().queue[0].deadline == TEN_O_CLOCK + 15 * MINUTE
    priya.next()
    priya.on(c.StartService, visit)
    assert priya.card(visit).first_wait == 8 * MINUTE


def test_stepped_out_the_clock_stands_and_the_deadline_moves(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(2 * MINUTE)
    priya.on(c.Hold, visit, own_request=True)
    refused(Code.NOBODY_WAITING, priya.next)
    clock.advance(20 * MINUTE)
    priya.on(c.EndHold, visit)
    row = priya.view().queue[0]
    assert (row.stepped_out, row.deadline, row.why) == (
        20 * MINUTE,
        TEN_O_CLOCK + 35 * MINUTE,
        Why.CAN_BE_KEPT,
    )
    priya.next()
    priya.on(c.StartService, visit)
    assert priya.card(visit).first_wait == 2 * MINUTE


def test_the_wait_in_all_stands_still_while_the_visitor_is_out(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(2 * MINUTE)
    serve(priya, visit)
    priya.on(c.ReturnToQueue, visit)
    clock.advance(3 * MINUTE)
    priya.on(c.Hold, visit, own_request=True)
    clock.advance(30 * MINUTE)
    assert (priya.card(visit).waited, priya.card(visit).total_wait) == (3 * MINUTE, 5 * MINUTE)
    priya.on(c.EndHold, visit)
    clock.advance(MINUTE)
    assert priya.card(visit).total_wait == 6 * MINUTE


def test_a_later_legs_deadline_counts_from_its_start(priya: At, ewan: At, clock: SetClock) -> None:
    visit = priya.take()
    serve(priya, visit)
    clock.advance(10 * MINUTE)
    other = priya.take()
    clock.advance(MINUTE)
    priya.on(c.Transfer, visit, service_id=PLANNING)
    rows = {row.visit_id: row for row in priya.view().queue}
    assert rows[visit.visit_id].deadline == TEN_O_CLOCK + 26 * MINUTE
    assert rows[visit.visit_id].leg == 2
    assert [row.visit_id for row in priya.view().queue] == [other.visit_id, visit.visit_id]


def test_several_services_in_one_visit(priya: At, clock: SetClock) -> None:
    visit = priya.take(then_services=(COUNCIL_TAX, PLANNING))
    assert priya.card(visit).then_services == ("Council Tax", "Planning")
    left = {"Housing": ("Council Tax", "Planning"), "Council Tax": ("Planning",), "Planning": ()}
    for minutes, service in ((2, "Housing"), (3, "Council Tax"), (4, "Planning")):
        clock.advance(minutes * MINUTE)
        [row] = priya.view().queue
        assert (row.service, row.then_services) == (service, left[service])
        priya.next()
        priya.on(c.StartService, visit)
        assert priya.card(visit).service == service
        clock.advance(MINUTE)
        priya.on(c.Finish, visit)
    card = priya.card(visit)
    assert (card.end, card.leg, card.total_wait, card.first_wait) == (End.RESOLVED, 3, 9 * MINUTE, 2 * MINUTE)
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert (report.visits, report.seen, report.mean_wait_min) == (1, 1, 2.0)


def test_one_matter_signposted_and_on_to_the_next_service(priya: At, clock: SetClock) -> None:
    """The slip names the service that it is about, and the visitor keeps the ticket."""
    visit = priya.take(then_services=(COUNCIL_TAX,))
    serve(priya, visit)
    result = priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to="Citizens Advice")
    assert len(result.prints) == 1
    card = priya.card(visit)
    assert (card.state, card.service, card.end, card.leg) == (State.WAITING, "Council Tax", None, 2)
    _, slip = paper_of(priya.door._database, visit.visit_id, False)
    assert slip is not None
    assert (slip.end, slip.service, slip.signpost_to) == (End.SIGNPOSTED, "Housing", "Citizens Advice")
    books(priya.door)
    priya.undo(result)
    assert (priya.card(visit).state, priya.card(visit).service) == (State.SERVING, "Housing")
    books(priya.door)


def test_to_follow_is_refused_before_the_last_service_and_leaves_nothing_behind(priya: At) -> None:
    visit = priya.take(then_services=(COUNCIL_TAX,))
    serve(priya, visit)
    answer = {"end": End.TO_FOLLOW, "due": MONDAY, "owner_id": EWAN, "note": "ring after ten"}
    refused(Code.SERVICES_LEFT, priya.on, c.Finish, visit, **answer)
    assert priya.card(visit).state is State.SERVING
    priya.on(c.Finish, visit, **answer, without_further=True)
    assert priya.card(visit).end is End.TO_FOLLOW
    books(priya.door)


def test_how_a_visitor_is_to_be_reached_with_the_answer(priya: At) -> None:
    """Beside what was noted before, once, and nowhere in the journal."""
    visit = priya.take(person=Person("Ada", note="has the plans"))
    serve(priya, visit)
    answer = {"end": End.TO_FOLLOW, "due": MONDAY, "owner_id": EWAN, "contact": " 07700 900123 "}
    refused(Code.BAD_INPUT, priya.on, c.Finish, visit, **{**answer, "contact": "x" * 2_000})
    finished = priya.on(c.Finish, visit, **answer)
    assert priya.card(visit).person == Person("Ada", note="has the plans; Contact: 07700 900123")
    priya.undo(finished)
    priya.on(c.Finish, visit, **answer, note="wrote it down")
    assert priya.card(visit).person.note == "has the plans; Contact: 07700 900123"
    with priya.door._database.read() as (connection, _head, _now):
        assert not [line for line in connection.execute(sa.select(t.journal.c.data)).scalars() if "900123" in line]
    other = priya.take()
    serve(priya, other)
    priya.on(c.Finish, other, **answer)
    assert priya.card(other).person.note == "Contact: 07700 900123"


def test_another_contact_takes_the_place_of_the_one_before(priya: At) -> None:
    """The end was taken back because it was wrong; what else was noted stays, whatever it contains."""
    visit = priya.take(person=Person(note="flat 12; rings 07700 900123 at noon"))
    serve(priya, visit)
    answer = {"end": End.TO_FOLLOW, "due": MONDAY, "owner_id": EWAN}
    for given, kept in (
        ("07700 900132", "07700 900132"),
        ("12", "12"),
        ("ada@example.org; or ring 12", "ada@example.org, or ring 12"),
        ("07700 900123", "07700 900123"),
    ):
        finished = priya.on(c.Finish, visit, **answer, contact=given)
        note = f"flat 12; rings 07700 900123 at noon; Contact: {kept}"
        assert priya.card(visit).person.note == note
        priya.undo(finished)
    priya.correct(visit, Person(note=f"{note}; not before ten"))
    priya.on(c.Finish, visit, **answer, contact="none")
    assert priya.card(visit).person.note == "flat 12; rings 07700 900123 at noon; not before ten; Contact: none"


def test_whoever_is_out_stays_out_when_transferred(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    priya.on(c.Hold, visit, own_request=True)
    clock.advance(5 * MINUTE)
    priya.on(c.Transfer, visit, service_id=PLANNING)
    assert priya.view().queue == ()
    (aside,) = priya.view().asides
    assert (aside.state, aside.own_request, aside.service) == (State.ON_HOLD, True, "Planning")
    clock.advance(20 * MINUTE)
    priya.on(c.EndHold, visit)
    assert priya.card(visit).waited == 0
    books(priya.door)


def test_the_main_key_calls_the_same_visitor_for_the_next_service(priya: At) -> None:
    """Nobody else waits: finishing the first service and calling next comes to the same visitor."""
    visit = priya.take(then_services=(COUNCIL_TAX,))
    serve(priya, visit)
    result = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=visit.visit_id))
    assert (result.visit_id, result.finished_number) == (visit.visit_id, visit.number)
    card = priya.card(visit)
    assert (card.state, card.service, card.leg) == (State.CALLED, "Council Tax", 2)
    priya.undo(result)
    card = priya.card(visit)
    assert (card.state, card.service, card.leg) == (State.SERVING, "Housing", 1)
    books(priya.door)


def test_the_main_key(priya: At, ewan: At) -> None:
    first, second = priya.take(), priya.take()
    serve(priya, first)
    result = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=first.visit_id))
    assert (result.finished_number, result.number) == (first.number, second.number)
    priya.on(c.StartService, second)
    alone = priya.door.do(c.FinishAndCallNext(**priya.who, visit_id=second.visit_id))
    assert (alone.finished_number, alone.number) == (second.number, "")
    assert priya.card(second).end is End.RESOLVED
    refused(Code.NOT_POSSIBLE_NOW, priya.door.do, c.FinishAndCallNext(**ewan.who, visit_id=priya.take().visit_id))


def test_linked_visits_count_each_and_are_called_each(priya: At, clock: SetClock) -> None:
    mother = priya.take()
    son = priya.take(COUNCIL_TAX, linked_to=mother.visit_id)
    clock.advance(SECOND)
    daughter = priya.take(PLANNING)
    priya.on(c.LinkVisits, daughter, other_id=mother.visit_id)
    priya.on(c.LinkVisits, daughter, other_id=mother.visit_id)
    refused(Code.BAD_INPUT, priya.on, c.LinkVisits, son, other_id=son.visit_id)
    refused(Code.UNKNOWN_VISIT, priya.on, c.LinkVisits, son, other_id="0" * 32)
    assert priya.card(mother).linked_numbers == (son.number, daughter.number)
    assert priya.card(son).linked_numbers == (mother.number,)
    assert all(row.linked for row in priya.view().queue)
    (report,) = priya.door.ask(q.WaitReport(OFFICE, MONDAY, MONDAY))
    assert report.visits == 3
    books(priya.door)
