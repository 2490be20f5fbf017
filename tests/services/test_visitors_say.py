"""What visitors say at a kiosk: faces, and that they need somebody. And what the kiosk shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from reception.app import Door
from reception.clock import HOUR, SetClock
from reception.domain.kiosk import Face, NoTickets
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from tests.support import HOUSING, OFFICE, At

KIOSK = {"office_id": OFFICE, "station": "Kiosk 1"}


def test_faces_are_counted_by_service_and_day_and_once_each(door: Door, clock: SetClock) -> None:
    face = c.GiveFeedback(**KIOSK, face=Face.GOOD, service_id=HOUSING)
    door.do(face)
    assert door.do(face).already_done
    door.do(c.GiveFeedback(**KIOSK, face=Face.GOOD, service_id=HOUSING))
    door.do(c.GiveFeedback(**KIOSK, face=Face.POOR))
    with pytest.raises(Refusal):
        door.do(c.GiveFeedback(**KIOSK, face=Face.POOR, service_id="parking"))
    monday = date(2026, 3, 2)
    assert door.ask(q.FeedbackReport(OFFICE, monday, monday)) == {"Housing": {Face.GOOD: 2}, "": {Face.POOR: 1}}
    assert door.ask(q.FeedbackReport(OFFICE, date(2026, 3, 3), date(2026, 3, 9))) == {}


def test_a_call_for_help_is_seen_at_the_desk_until_somebody_goes(door: Door, priya: At, clock: SetClock) -> None:
    door.do(c.CallForHelp(**KIOSK))
    door.do(c.CallForHelp(**KIOSK, discreet=True))
    door.do(c.CallForHelp(**KIOSK))
    (call,) = priya.view().help_calls
    assert (call.station, call.discreet) == ("Kiosk 1", True)
    before, _ = door.changes(0)
    door.do(c.GiveHelp(**priya.who, help_id=call.id))
    assert priya.view().help_calls == ()
    assert door.changes(0)[0] > before
    door.do(c.GiveHelp(**priya.who, help_id=call.id))
    door.do(c.CallForHelp(**KIOSK))
    clock.advance(5 * HOUR)
    assert priya.view().help_calls == (), "whoever asked has gone long ago"


def test_a_kiosk_shows_services_hours_and_that_there_is_a_free_telephone(door: Door, clock: SetClock) -> None:
    view = door.ask(q.Kiosk(OFFICE, "Kiosk 1"))
    assert [each.name for each in view.services] == ["Housing", "Council Tax", "Planning"]
    assert (view.no_tickets, view.closes_at, view.next_open) == (None, clock.at + 7 * HOUR, None)
    assert view.free_telephone
    assert view.order_valid_until is not None and view.order_valid_until <= view.closes_at


@pytest.mark.parametrize("other", [{"preset": "own"}, {"unstaffed": True, "help_telephone": "01923 123456"}])
def test_no_free_telephone_is_said_of_where_none_is_promised_or_nobody_can_be_asked(
    door: Door, priya: At, other: dict[str, Any]
) -> None:
    priya.change_settings(replace(door.ask(q.SettingsOf(OFFICE)), **other))
    assert not door.ask(q.Kiosk(OFFICE, "Kiosk 1")).free_telephone


def test_a_kiosk_says_when_there_are_no_tickets(door: Door, priya: At, clock: SetClock) -> None:
    ten = clock.at
    clock.advance(7 * HOUR)
    view = door.ask(q.Kiosk(OFFICE))
    assert (view.no_tickets, view.next_open, view.order_valid_until) == (
        NoTickets.CLOSED,
        ten + 23 * HOUR,
        view.next_open,
    )
    door.do(c.Evacuate(**priya.who))
    assert door.ask(q.Kiosk(OFFICE)).no_tickets is NoTickets.EVACUATED
