"""What displays show: calls as they are made, repeated, taken back and corrected; waits, delays, hours, evacuation."""

from __future__ import annotations

from contextlib import closing

import pytest
import sqlalchemy as sa

from reception.app import Door
from reception.clock import HOUR, MINUTE, SetClock
from reception.domain.board import BoardCall, BoardView
from reception.domain.booked import DelayReason, RoomFeature
from reception.domain.events import NumberAdded
from reception.domain.notices import Notice
from reception.domain.office import Room
from reception.domain.person import Need, Person
from reception.domain.stations import StationKind
from reception.errors import Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import queries as q
from reception.services.recording import record
from reception.storage import checking
from reception.storage import schema as t
from reception.storage.calls import said_to
from tests.conftest import RoleUrls
from tests.storage.checks import assert_sound
from tests.support import COUNCIL_TAX, COUNTER_2, EWAN, HOUSING, OFFICE, At, door_on, settings


def board(door: Door) -> BoardView:
    view: BoardView = door.ask(q.Board(OFFICE, "Display 1"))
    return view


def shown(door: Door) -> list[tuple[str, str, int, str, bool]]:
    return [(call.number, call.place, call.times, call.language, call.private) for call in board(door).calls]


SPOKEN = [
    ("", "", ""),
    ("en", "pl", ""),
    ("pl", "en", "pl"),
    ("yue", "", "zh-Hant"),
    ("cmn", "zh-Hant", "zh-Hans"),
    ("bfi", "ur", "ur"),
    ("so", "en", ""),
    ("", "ar", "ar"),
]


def test_a_visitor_is_called_as_they_speak_else_as_they_read(door: Door, priya: At) -> None:
    """As the database works it out when it writes the call, and as it is worked out when details are corrected."""
    for spoken, written, language in SPOKEN:
        person = Person(spoken=spoken, written=written)
        assert said_to(person) == {"private": False, "language": language}
        visit = priya.take(person=person)
        priya.on(c.CallVisit, visit, reason="test")
        assert (board(door).calls[0].language, board(door).calls[0].private) == (language, False)
        priya.on(c.WithdrawCall, visit)
    for needs in (frozenset({Need.PRIVATE}), frozenset(Need)):
        visit = priya.take(person=Person(spoken="pl", needs=needs))
        priya.on(c.CallVisit, visit, reason="test")
        assert (board(door).calls[0].language, board(door).calls[0].private) == ("", True)
        priya.on(c.WithdrawCall, visit)


def test_calls_come_and_go_with_what_is_done_at_the_counters(
    door: Door, priya: At, ewan: At, clock: SetClock, office_url: str
) -> None:
    assert shown(door) == []
    polish = priya.take(person=Person("Anna", spoken="pl"))
    clock.advance(MINUTE)
    private = priya.take(COUNCIL_TAX, person=Person("Ali", spoken="ur", needs=frozenset({Need.PRIVATE})))
    first = priya.next()
    clock.advance(MINUTE)
    ewan.next()
    assert shown(door) == [("C001", "Counter 2", 1, "", True), ("H001", "Counter 1", 1, "pl", False)]
    called: BoardCall = board(door).calls[1]
    assert (called.id, called.visit_id, called.at) == (first.command_id, polish.visit_id, clock.at - MINUTE)
    priya.on(c.CallAgain, polish)
    assert shown(door)[0] == ("H001", "Counter 1", 2, "pl", False) and len(shown(door)) == 2
    priya.correct(polish, Person("Anna", spoken="pl", needs=frozenset({Need.PRIVATE})))
    priya.correct(private, Person("Ali", spoken="ur"))
    assert shown(door) == [("H001", "Counter 1", 2, "", True), ("C001", "Counter 2", 1, "ur", False)]
    withdrawn = priya.on(c.WithdrawCall, polish)
    assert [each[0] for each in shown(door)] == ["C001"]
    priya.undo(withdrawn)
    assert [each[0] for each in shown(door)] == ["H001", "C001"]
    priya.on(c.WithdrawCall, polish)
    assert [call.is_over for call in board(door).calls] == [False]
    ewan.on(c.StartService, private)
    assert [call.is_over for call in board(door).calls] == [True]
    clock.advance(MINUTE)
    mistaken = priya.next()
    assert shown(door)[0] == ("H001", "Counter 1", 1, "", True)
    priya.undo(mistaken)
    assert [each[0] for each in shown(door)] == ["C001"]
    assert_sound(office_url)
    clock.advance(24 * HOUR)
    assert shown(door) == [], "calls are of their day"


def test_a_call_to_a_room_names_the_room_and_follows_it(door: Door, priya: At) -> None:
    rooms = (Room("r1", "Room 1", frozenset({RoomFeature.PRIVATE})), Room("r2", "Room 2"))
    priya.change_settings(settings(rooms=rooms))
    visit = priya.take()
    priya.on(a.AssignRoom, visit, room_id="r1")
    priya.next()
    assert shown(door)[0][1] == "Room 1"
    priya.on(a.AssignRoom, visit, room_id="r2")
    assert shown(door)[0][1] == "Room 2"
    priya.on(a.FreeRoom, visit)
    assert shown(door)[0][1] == "Counter 1"


def test_a_call_is_shown_by_the_number_that_the_visitor_holds(door: Door, priya: At, office_url: str) -> None:
    visit = priya.take()
    priya.next()
    command = c.CallAgain(**priya.who, visit_id=visit.visit_id)
    with door._database.write(command) as work:
        record(work, command, work.visits.load(visit.visit_id), [NumberAdded("KA007")])
    assert shown(door)[0][0] == "KA007"
    assert checking.check(office_url, lambda _done, _all: None).is_sound


def test_a_row_that_is_not_what_the_facts_come_to_is_found(door: Door, priya: At, office_url: str) -> None:
    priya.take()
    priya.next()
    assert_sound(office_url)
    with door._database.engine.begin() as connection:
        connection.execute(sa.update(t.call).values(number="X999"))
    with pytest.raises(AssertionError):
        assert_sound(office_url)


def test_delays_that_were_announced_are_shown_until_they_are_over(door: Door, priya: At, clock: SetClock) -> None:
    for minutes, service in ((15, ""), (20, HOUSING), (50, "")):
        priya.door.do(a.AnnounceDelay(**priya.who, reason=DelayReason.STAFF_AWAY, service_id=service, minutes=minutes))
        clock.advance(MINUTE)
    assert [(each.service, each.minutes) for each in board(door).delays] == [("", 50), ("Housing", 20)]
    clock.advance(30 * MINUTE)
    assert [(each.service, each.minutes) for each in board(door).delays] == [("", 50)]
    clock.advance(20 * MINUTE)
    assert board(door).delays == ()


def test_it_says_when_the_office_opens_and_that_it_is_being_left(door: Door, priya: At, clock: SetClock) -> None:
    view = board(door)
    assert (view.is_open, view.evacuated) == (True, False)
    assert view.order_valid_until == clock.at + MINUTE, "somebody is at work: waits change as time passes"
    priya.door.do(c.SignOff(**priya.who))
    assert board(door).order_valid_until == clock.at + 7 * HOUR
    priya.sign_in()
    priya.door.do(c.Evacuate(**priya.who))
    assert board(door).evacuated
    clock.advance(8 * HOUR)
    view = board(door)
    assert (view.is_open, view.next_open) == (False, clock.at + 15 * HOUR)


@pytest.mark.postgresql
def test_a_display_reads_it_all_as_its_own_role_and_nothing_else(role_urls: RoleUrls) -> None:
    clock = SetClock(1_772_445_600_000)
    with closing(door_on(role_urls.desk, clock)) as desk:
        notices = (Notice("n", {"en": "Hello", "pl": "Cześć"}),)
        at = At(desk).set_up(notices=notices).sign_in()
        At(desk, COUNTER_2, EWAN).sign_in()
        at.take(person=Person("Zofia", spoken="pl"))
        at.take()
        at.next()
        desk.do(a.AnnounceDelay(**at.who, reason=DelayReason.STAFF_AWAY, service_id=HOUSING))
        with closing(door_on(role_urls.display, clock, kind=StationKind.DISPLAY)) as door:
            view = board(door)
            assert [(call.number, call.place, call.language) for call in view.calls] == [("H001", "Counter 1", "pl")]
            assert [each.name for each in view.waits] == ["Housing", "Council Tax", "Planning"]
            assert (view.notices, view.delays[0].service, view.is_open) == (notices, "Housing", True)
            assert view == board(desk), "a desk's role reads the same"
            sequence, _ = door.changes(0)
            assert sequence == view.sequence
            for query in (q.Desk(OFFICE), q.Search(OFFICE, "Zofia"), q.VisitByCode(OFFICE, "X")):
                with pytest.raises(Refusal):
                    door.ask(query)
            with pytest.raises(Refusal):
                door.do(c.CallNext(**at.who))
