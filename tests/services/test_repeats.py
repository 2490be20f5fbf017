"""A command done twice is done once: a double tap, a retry or a lost reply does nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, SetClock
from reception.domain.snapshots import End, Person
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.wiring import HANDLERS
from tests.services.bookkeeping import books
from tests.support import (
    COUNCIL_TAX,
    COUNTER_2,
    EWAN,
    HOUSING,
    OFFICE,
    PIN,
    PLANNING,
    PRIYA,
    At,
    settings,
    without_pins,
)


def a_day_of_every_command(at: At, clock: SetClock) -> Iterator[c.Command]:
    """One command after another, each possible when it comes, and every kind of them."""
    who = at.who

    def minted(command: c.Command) -> c.Command:
        clock.advance(MINUTE)
        return command

    first = c.TakeTicket(**who, service_id=HOUSING, then_services=(COUNCIL_TAX,), see_first_reason="ill")
    second = c.TakeTicket(**who, service_id=PLANNING, linked_to=first.id)
    third = c.TakeTicket(**who, service_id=HOUSING, person=Person("Ada"))
    yield from map(minted, (first, second, third))
    yield minted(c.CallNext(**who))
    yield minted(c.CallAgain(**who, visit_id=first.id))
    yield minted(c.WithdrawCall(**who, visit_id=first.id))
    yield minted(c.CallVisit(**who, visit_id=first.id, reason="ill"))
    yield minted(c.StartService(**who, visit_id=first.id))
    yield minted(c.Hold(**who, visit_id=first.id))
    yield minted(c.EndHold(**who, visit_id=first.id))
    yield minted(c.FinishAndCallNext(**who, visit_id=first.id))  # calls it again, for its second service
    yield minted(c.StartService(**who, visit_id=first.id))
    yield minted(c.ReturnToQueue(**who, visit_id=first.id))
    yield minted(c.SeeFirst(**who, visit_id=first.id, on=False))
    yield minted(c.SeeFirst(**who, visit_id=third.id, reason="faint"))
    yield minted(c.CallNext(**who))
    yield minted(c.CallAgain(**who, visit_id=third.id))
    yield minted(c.NoShow(**who, visit_id=third.id))
    yield minted(c.Reinstate(**who, visit_id=third.id))
    yield minted(c.Transfer(**who, visit_id=third.id, service_id=PLANNING, specialist_told=True))
    details = {"person": Person("Ada L."), "shown": Person("Ada"), "party_size": 2, "shown_party_size": 1}
    yield minted(c.ChangeDetails(**who, visit_id=third.id, **details))
    yield minted(c.LinkVisits(**who, visit_id=third.id, other_id=second.id))
    leaving = c.Leave(**who, visit_id=second.id)
    yield minted(leaving)
    yield minted(c.Undo(**who, command_id=leaving.id))
    yield minted(c.Reprint(**who, visit_id=second.id))
    yield minted(c.CallVisit(**who, visit_id=second.id, reason="by the door"))
    yield minted(c.StartService(**who, visit_id=second.id))
    yield minted(c.Finish(**who, visit_id=second.id, end=End.TO_FOLLOW, due=date(2026, 3, 5), owner_id=EWAN, note="n"))
    yield minted(c.CompleteFollowUp(**who, visit_id=second.id))
    yield minted(c.Evacuate(**who))
    yield minted(c.EndEvacuation(**who, resume=False))
    new, before = settings(walk_in_seen=20), without_pins(settings())
    yield minted(c.SetUpOffice(**who, settings=new, before=before, administrator_id=PRIYA, pin=PIN))
    yield minted(c.SignIn(**{**who, "counter_id": COUNTER_2, "officer_id": EWAN}, pin=PIN))
    yield minted(c.SignOff(**who))
    clock.advance(24 * 60 * MINUTE)
    yield minted(c.CloseDay(office_id=OFFICE))


def test_every_command_done_twice_is_done_once(priya: At, clock: SetClock) -> None:
    kinds: set[type[c.Command]] = set()
    for command in a_day_of_every_command(priya, clock):
        done = priya.door.do(command)
        before = priya.door.changes(0)[0]
        clock.advance(7)
        again = priya.door.do(command)
        assert again == replace(done, already_done=True), command
        assert not done.already_done
        assert priya.door.changes(0)[0] == before, f"{command} wrote a fact again"
        kinds.add(type(command))
    assert kinds == {*HANDLERS, c.SignIn, c.SetUpOffice}
    books(priya.door)


def test_a_repeat_is_answered_though_it_would_be_refused_by_now(priya: At) -> None:
    visit = priya.take()
    call = c.CallNext(**priya.who)
    called = priya.door.do(call)
    priya.on(c.StartService, visit)
    priya.door.do(c.SignOff(**priya.who, at_hand=c.AtHand.FINISH, close_day=True))
    assert priya.door.do(call).number == called.number


def test_a_repeat_of_what_was_taken_back_does_not_do_it_again(priya: At) -> None:
    ticket = c.TakeTicket(**priya.who, service_id=HOUSING)
    taken = priya.door.do(ticket)
    priya.undo(taken)
    assert priya.door.do(ticket).already_done
    assert priya.card(taken).voided
    with pytest.raises(Refusal) as refused:
        priya.undo(taken)
    assert refused.value.code is Code.NOTHING_TO_UNDO
    books(priya.door)


def test_what_was_refused_is_not_done_and_may_be_done_later(priya: At) -> None:
    call = c.CallNext(**priya.who)
    before = priya.door.changes(0)[0]
    with pytest.raises(Refusal):
        priya.door.do(call)
    assert priya.door.changes(0)[0] == before
    visit = priya.take()
    assert priya.door.do(call).visit_id == visit.visit_id
    books(priya.door)
