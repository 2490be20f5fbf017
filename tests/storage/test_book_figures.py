"""What the figures of appointments are made from: lateness, the visitor's own, and who was told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.booked import DelayAnswer, Kind, Standing
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services.figure_ports import AppointmentFigures
from reception.storage.queries.book import appointment_figures
from tests.services.the_book import MONDAY, TUESDAY, AtBook, place, when, with_a_book
from tests.support import OFFICE, PRIYA, door_on


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(9))


@pytest.fixture
def desk(database_url: str, clock: SetClock) -> Iterator[AtBook]:
    door = door_on(database_url, clock)
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    yield AtBook(door).sign_in()
    door.close()


def figures(desk: AtBook) -> AppointmentFigures:
    (found,) = appointment_figures(desk.door._database, aq.AppointmentReport(OFFICE, MONDAY, MONDAY))
    return found


def lived(desk: AtBook, clock: SetClock, arrives: int, seen: int | None) -> AppointmentFigures:
    """An appointment at ten; minutes after ten of arrival and start of service."""
    booked = desk.book(place(when(10), officer=PRIYA))
    clock.at = when(10) + arrives * MINUTE
    here = desk.check_in(booked)
    if seen is None:
        clock.at += 30 * MINUTE
        desk.on(c.Leave, here)
    else:
        clock.at = when(10) + seen * MINUTE
        desk.on(c.CallVisit, here, reason="it is time")
        desk.on(c.StartService, here)
    return figures(desk)


LIVES = [
    # arrives, seen, lateness, the visitor's own, lost
    ("early and in time", -10, 0, 0, 0, False),
    ("early, seen early", -10, -5, 0, 0, False),
    ("the limit is kept", -10, 5, 5, 0, False),
    ("late", -10, 6, 6, 0, True),
    ("came late, seen at once", 7, 7, 0, 7, False),
    ("came late, waited", 7, 14, 7, 7, True),
    ("at the end of grace", 15, 18, 3, 15, False),
]


@pytest.mark.parametrize(("arrives", "seen", "late", "own", "lost"), [e[1:] for e in LIVES], ids=[e[0] for e in LIVES])
def test_lateness(desk: AtBook, clock: SetClock, arrives: int, seen: int, late: int, own: int, lost: bool) -> None:
    found = lived(desk, clock, arrives, seen)
    assert (found.lateness, found.visitor_late_by, found.is_lost) == (late * MINUTE, own * MINUTE, lost)
    assert (found.target, found.standing, found.came_late) == (5 * MINUTE, Standing.CHECKED_IN, False)
    assert (found.day, found.hour, found.weekday) == ("2026-03-02", 10, 0)
    assert (found.service, found.officer, found.kind) == ("Housing", "Priya Nair", Kind.OFFICE)


def test_beyond_the_grace_period_nothing_is_promised(desk: AtBook, clock: SetClock) -> None:
    found = lived(desk, clock, 16, 60)
    assert (found.lateness, found.target, found.is_lost, found.visitor_late_by) == (None, None, False, 16 * MINUTE)


def test_whoever_goes_unseen_after_the_promise_was_delayed(desk: AtBook, clock: SetClock) -> None:
    found = lived(desk, clock, -5, None)
    assert (found.lateness, found.is_lost, found.target) == (None, True, 5 * MINUTE)


def test_one_who_came_late_after_all(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10), officer=PRIYA))
    clock.at = when(10, 20)
    desk.with_(a.DidNotAttend, booked)
    assert figures(desk).standing is Standing.DID_NOT_ATTEND
    clock.at = when(10, 40)
    desk.check_in(booked)
    found = figures(desk)
    assert (found.came_late, found.standing, found.target) == (True, Standing.CHECKED_IN, None)


@pytest.mark.parametrize(
    ("at", "answer", "expected"),
    [
        (when(9, 50), DelayAnswer.WILL_WAIT, (True, True, True)),
        (when(10, 5), DelayAnswer.WILL_WAIT, (True, True, True)),
        (when(10, 6), DelayAnswer.WILL_WAIT, (True, False, True)),
        (when(9, 50), DelayAnswer.NOT_REACHED, (False, False, False)),
    ],
)
def test_told_and_in_time(desk: AtBook, clock: SetClock, at: int, answer: DelayAnswer, expected: Any) -> None:
    booked = desk.book(place(when(10), officer=PRIYA))
    clock.at = at
    desk.door.do(
        a.TellOfDelay(
            **desk.who,
            appointment_id=booked.appointment_id,
            answer=answer,
            expected_minutes=20,
            offered=(when(11),),
            by_telephone=True,
        )
    )
    found = figures(desk)
    assert (found.told, found.told_in_time, found.offered) == expected


def test_told_after_coming_counts_as_well(desk: AtBook, clock: SetClock) -> None:
    booked = desk.book(place(when(10), officer=PRIYA))
    clock.at = when(9, 58)
    here = desk.check_in(booked)
    clock.at = when(10, 4)
    desk.door.do(a.TellOfDelay(**desk.who, visit_id=here.visit_id, expected_minutes=20))
    found = figures(desk)
    assert (found.told, found.told_in_time, found.offered) == (True, True, False)


def test_a_booking_that_was_taken_back_was_none(desk: AtBook, clock: SetClock) -> None:
    gone = desk.book(place(when(10), officer=PRIYA))
    desk.undo(gone)
    cancelled = desk.book(place(when(10), officer=PRIYA), kind=Kind.TELEPHONE)
    desk.cancel(cancelled)
    desk.book(place(when(10, day=TUESDAY)))
    found = figures(desk)
    assert (found.standing, found.kind, found.target) == (Standing.CANCELLED, Kind.TELEPHONE, None)
