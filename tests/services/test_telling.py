"""Visitors told of a delay: what is kept of it, and what follows from their answer."""

from __future__ import annotations

from typing import Any

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.booked import DelayAnswer, DelayReason, Standing
from reception.domain.events import DelayAnnounced, DelayTold
from reception.domain.visit_states import End, State
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.storage import schema as t
from reception.storage.codec import fact_from_json
from tests.services.bookkeeping import books
from tests.services.the_book import AtBook, place, refused, when
from tests.support import HOUSING


def tell(desk: AtBook, **given: Any) -> c.Result:
    return desk.door.do(a.TellOfDelay(**{**desk.who, **given}))


def told(desk: AtBook, visit: c.Result) -> DelayTold:
    return next(each.fact for each in books(desk.door)[visit.visit_id].facts if isinstance(each.fact, DelayTold))


def test_a_walk_in_is_told_and_waits(desk: AtBook, clock: SetClock) -> None:
    visit = desk.take()
    arrived = clock.at
    clock.advance(10 * MINUTE)
    tell(
        desk,
        visit_id=visit.visit_id,
        reason=DelayReason.OTHER,
        words="The lift is stuck",
        expected_minutes=20,
        offered=(when(14), when(15)),
    )
    fact = told(desk, visit)
    assert (fact.expected_at, fact.promised_at) == (clock.at + 20 * MINUTE, arrived + 15 * MINUTE)
    assert fact.offered == (when(14), when(15))
    assert "lift" not in repr(fact)
    assert desk.card(visit).state is State.WAITING
    with desk.door._database.read() as (connection, _head, _now):
        kept = connection.execute(t.visit_reason.select()).all()
    assert [(row.kind, row.reason) for row in kept] == [("delay", "The lift is stuck")]


def test_whoever_leaves_has_left(desk: AtBook) -> None:
    visit = desk.take()
    done = tell(desk, visit_id=visit.visit_id, answer=DelayAnswer.LEAVES)
    assert desk.card(visit).end is End.LEFT
    desk.undo(done)
    assert desk.card(visit).state is State.WAITING
    assert books(desk.door)[visit.visit_id].visit.told == ()


def test_an_appointment_that_has_not_come_is_rung_up(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(11)))
    tell(desk, appointment_id=booked.appointment_id, expected_minutes=90, by_telephone=True)
    said = desk.stands(booked).told[-1]
    assert (said.expected_at, said.promised_at) == (clock.at + 90 * MINUTE, when(11, 5))
    done = tell(desk, appointment_id=booked.appointment_id, answer=DelayAnswer.LEAVES)
    stands = desk.stands(booked)
    assert (stands.standing, stands.cancelled_by_visitor) == (Standing.CANCELLED, True)
    assert len(stands.told) == 2
    desk.undo(done)
    assert desk.stands(booked).is_ahead
    books(desk.door)


def test_an_appointment_that_has_come_is_told_as_a_visit(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30)))
    here = desk.check_in(booked)
    clock.at = when(10, 32)
    done = tell(desk, appointment_id=booked.appointment_id, expected_minutes=10)
    assert done.visit_id == here.visit_id
    assert told(desk, here).promised_at == when(10, 35)
    tell(desk, appointment_id=booked.appointment_id, answer=DelayAnswer.LEAVES)
    assert desk.card(here).end is End.LEFT


def test_rung_up_in_vain_nobody_was_told(desk: AtBook) -> None:
    booked = desk.book(place(when(11)))
    tell(
        desk,
        appointment_id=booked.appointment_id,
        answer=DelayAnswer.NOT_REACHED,
        expected_minutes=30,
        offered=(when(14),),
        by_telephone=True,
    )
    said = desk.stands(booked).told[-1]
    assert (said.is_answered, said.expected_at, said.offered) == (False, None, ())


def test_where_nothing_is_promised_nothing_is_at_stake(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30)))
    clock.at = when(10, 50)
    here = desk.check_in(booked)
    tell(desk, visit_id=here.visit_id)
    assert told(desk, here).promised_at is None


def test_another_time_is_taken_with_a_move(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10, 30)))
    here = desk.check_in(booked)
    clock.at = when(10, 40)
    tell(desk, visit_id=here.visit_id, answer=DelayAnswer.ANOTHER_TIME, offered=(when(14),))
    desk.move(booked, place(when(14)), visit_id=here.visit_id, offered=(when(14),))
    assert desk.card(here).end is End.BOOKED
    assert desk.stands(booked).starts_at == when(14)
    books(desk.door)


WRONG: dict[str, tuple[dict[str, Any], Code]] = {
    "neither": ({"visit_id": ""}, Code.BAD_INPUT),
    "both": ({"appointment_id": "0" * 32}, Code.BAD_INPUT),
    "no words": ({"reason": DelayReason.OTHER, "words": " "}, Code.REASON_NEEDED),
    "less than no time": ({"expected_minutes": -1}, Code.BAD_INPUT),
    "more than a day": ({"expected_minutes": 1441}, Code.BAD_INPUT),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_told_to_nobody(desk: AtBook, what: str) -> None:
    given, code = WRONG[what]
    visit = desk.take()
    assert refused(lambda: tell(desk, **{"visit_id": visit.visit_id, **given})).code is code
    assert books(desk.door)[visit.visit_id].visit.told == ()


def test_whoever_is_being_served_is_told_of_no_delay(desk: AtBook) -> None:
    visit = desk.take()
    desk.next()
    desk.on(c.StartService, visit)
    assert refused(lambda: tell(desk, visit_id=visit.visit_id)).code is Code.NOT_POSSIBLE_NOW


def test_an_announcement_is_told_to_nobody(desk: AtBook) -> None:
    visit = desk.take()
    desk.door.do(a.AnnounceDelay(**desk.who, reason=DelayReason.STAFF_AWAY, service_id=HOUSING, minutes=15))
    with desk.door._database.read() as (connection, _head, _now):
        last = connection.execute(t.journal.select().order_by(t.journal.c.sequence.desc())).first()
    assert last is not None
    assert fact_from_json(last.kind, last.data) == DelayAnnounced(DelayReason.STAFF_AWAY, HOUSING, 15)
    assert books(desk.door)[visit.visit_id].visit.told == ()
    wrong = a.AnnounceDelay(**desk.who, reason=DelayReason.STAFF_AWAY, service_id="magic")
    assert refused(lambda: desk.door.do(wrong)).code is Code.UNKNOWN_THING
