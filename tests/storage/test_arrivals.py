"""What a forecast goes by: which visits count, in which half hour, on both engines and with the supervisor's role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from reception.clock import MINUTE, SetClock, from_datetime
from reception.domain.forecasting import ArrivalsForecast, ForecastNote
from reception.domain.office import Hours, Service
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.supervisor_queries import Forecast
from reception.storage.queries.arrivals import past_arrivals
from tests.conftest import RoleUrls
from tests.services.the_book import LONDON, MONDAY, TUESDAY, AtBook, place, when, with_a_book
from tests.support import OFFICE, PRIYA, door_on, settings

POLICE = "police"
DAYS = tuple(Hours(day, time(0), time(23, 59)) for day in range(7))
"""Open all week: an office may be counted on a Sunday."""


def set_up(url: str, clock: SetClock, **changes: object) -> AtBook:
    door = door_on(url, clock)
    services = (*settings().services, Service(POLICE, "Police", "L", partner="Hertfordshire Constabulary"))
    door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book(services=services, **changes)))
    return AtBook(door).sign_in()


@pytest.fixture
def clock() -> SetClock:
    return SetClock(when(9))


@pytest.fixture
def desk(database_url: str, clock: SetClock) -> Iterator[AtBook]:
    desk = set_up(database_url, clock)
    yield desk
    desk.door.close()


def counted(desk: AtBook, day: date) -> dict[date, dict[int, int]]:
    found = past_arrivals(desk.door.database, Forecast(OFFICE, day))
    return {each: dict(counts) for each, counts in found.counts.items()}


def test_walk_ins_for_the_councils_own_services_count(desk: AtBook, clock: SetClock) -> None:
    for minute in (0, 29, 30):
        clock.at = when(9) + minute * MINUTE
        desk.take()
    clock.at = when(9, 31)
    desk.undo(desk.take())
    desk.take(POLICE)
    booked, too_late = desk.book(place(when(10), officer=PRIYA)), desk.book(place(when(10)))
    desk.check_in(booked)
    clock.at = when(10, 20)
    desk.check_in(too_late)
    clock.at = when(9, day=TUESDAY)
    assert counted(desk, TUESDAY) == {MONDAY: {540: 2, 570: 1}}


def test_today_and_later_are_not_known(desk: AtBook, clock: SetClock) -> None:
    desk.take()
    assert counted(desk, TUESDAY) == {}
    clock.at = when(9, day=TUESDAY)
    desk.take()
    assert counted(desk, TUESDAY + timedelta(days=1)) == counted(desk, TUESDAY) == {MONDAY: {540: 1}}
    assert counted(desk, MONDAY) == {}
    assert counted(desk, date.min) == {}


def test_a_day_with_an_evacuation_does_not_count(desk: AtBook, clock: SetClock) -> None:
    for _ in range(3):
        desk.take()
    desk.door.do(c.Evacuate(office_id=OFFICE))
    desk.door.do(c.EndEvacuation(office_id=OFFICE, resume=True))
    clock.at = when(9, day=TUESDAY)
    desk.take()
    clock.at = when(9, day=TUESDAY + timedelta(days=1))
    assert past_arrivals(desk.door.database, Forecast(OFFICE, TUESDAY)).evacuated == {MONDAY}
    told: ArrivalsForecast = desk.door.ask(Forecast(OFFICE, TUESDAY + timedelta(days=7)))
    assert (told.expected, told.days) == (1, 1)


@pytest.mark.parametrize(
    ("day", "shown", "counts"),
    [
        # the clocks go back at two: the hour from one to two comes twice, and both are the same half hours
        (
            date(2026, 10, 25),
            [(0, 40, 0), (1, 10, 0), (1, 40, 0), (1, 10, 1), (2, 10, 0)],
            {30: 1, 60: 2, 90: 1, 120: 1},
        ),
        # they go forward at one: half past twelve is followed by two
        (date(2026, 3, 29), [(0, 40, 0), (2, 0, 0), (2, 29, 0)], {30: 1, 120: 2}),
    ],
    ids=["25 hours", "23 hours"],
)
def test_days_on_which_clocks_change(
    database_url: str, day: date, shown: list[tuple[int, int, int]], counts: dict[int, int]
) -> None:
    clock = SetClock(when(0, 5, day))
    desk = set_up(database_url, clock, hours=DAYS)
    for hour, minute, fold in shown:
        clock.at = when(hour, minute, day, fold=fold)
        desk.take()
    clock.at = when(9, day=day + timedelta(days=1))
    try:
        assert counted(desk, day + timedelta(days=1)) == {day: counts}
        told: ArrivalsForecast = desk.door.ask(Forecast(OFFICE, day + timedelta(days=7)))
        assert told.expected == pytest.approx(len(shown))
        assert {each.minute for each in told.half_hours if each.expected > 0.5} == set(counts)
    finally:
        desk.door.close()


def test_the_door_answers(desk: AtBook, clock: SetClock) -> None:
    told: ArrivalsForecast = desk.door.ask(Forecast(OFFICE, TUESDAY))
    assert told.notes == (ForecastNote.NOTHING_KNOWN,)
    for _ in range(6):
        desk.take()
    clock.at = when(9, day=TUESDAY)
    told = desk.door.ask(Forecast(OFFICE, MONDAY + timedelta(days=7)))
    assert (told.expected, told.weekdays, told.days) == (6, 1, 1)
    assert told.office == "Civic Offices"
    assert desk.door.ask(Forecast(OFFICE, date(2026, 4, 3))).notes == (ForecastNote.CLOSED,)
    clock.at = when(9, day=date(2031, 3, 4))
    told = desk.door.ask(Forecast(OFFICE, date(2031, 3, 5)))
    assert (told.notes, told.newest) == ((ForecastNote.NOTHING_KNOWN,), MONDAY)
    with pytest.raises(Refusal) as refused:
        desk.door.ask(Forecast("nowhere", TUESDAY))
    assert refused.value.code is Code.NO_OFFICE


@pytest.mark.postgresql
def test_the_supervisors_role_may_ask(role_urls: RoleUrls) -> None:
    clock = SetClock(from_datetime(datetime(2026, 3, 2, 9, tzinfo=LONDON)))
    desk = set_up(role_urls.owner, clock)
    desk.take()
    clock.at = when(9, day=TUESDAY)
    supervisor = door_on(role_urls.supervisor, clock, StationKind.SUPERVISOR)
    try:
        told: ArrivalsForecast = supervisor.ask(Forecast(OFFICE, TUESDAY + timedelta(days=6)))
        assert told == desk.door.ask(Forecast(OFFICE, TUESDAY + timedelta(days=6)))
        assert told.expected == 1
    finally:
        supervisor.close()
        desk.door.close()
