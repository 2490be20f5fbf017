"""Today, as a supervisor sees it: a day of 600 walk-ins and 60 appointments, with 40 waiting, asked for whole."""

from __future__ import annotations

from datetime import UTC, datetime, time
from random import Random

from benchmarks.measure import Options, Row, at_most, percentile, postgresql_server, sqlite_file, timed
from benchmarks.past import add_past_visits
from reception.app import Door
from reception.clock import MINUTE, SECOND, SetClock, from_datetime
from reception.domain.booking import Place
from reception.domain.office import Counter, Hours, Officer, Role, Service
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import supervisor_queries as sq
from reception.services.office_settings import StaffEntry
from tests.support import OFFICE, PIN, PRIYA, At, door_on, settings

NAME = "today"
WALK_INS, BOOKED, WAITING, PAST = 600, 60, 40, 30_000
NINE = from_datetime(datetime(2026, 3, 3, 9, tzinfo=UTC))
COUNTERS = tuple(Counter(f"counter {n}", f"Counter {n}") for n in range(16))
SERVICES = tuple(Service(f"service {n}", f"Service {n}", "ABCDEFGHIJ"[n]) for n in range(10))
STAFF = (
    StaffEntry(Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR), PIN),
    *(
        StaffEntry(
            Officer(
                f"officer {n}",
                f"Officer {n}",
                Role.OFFICER,
                frozenset({each.id for each in SERVICES} - {f"service {n % 10}"}),
            ),
            PIN,
        )
        for n in range(len(COUNTERS))
    ),
)
AIM_MS = 50


def run(options: Options) -> list[Row]:
    rows = []
    with sqlite_file(options.folder) as url:
        rows += _measured("SQLite", url, options)
    with postgresql_server() as server:
        rows += _measured("PostgreSQL", server.create_database(), options)
    return rows


def _measured(engine: str, url: str, options: Options) -> list[Row]:
    clock = SetClock(NINE)
    door = door_on(url, clock)
    try:
        template = a_day(door, clock)
        add_past_visits(url, template, options.times(PAST))
        view = door.ask(sq.Today(OFFICE))
        if (view.waits.visits, view.waiting) != (WALK_INS, WAITING):
            raise AssertionError("the day is not what it is said to be")
        times = [1000 * timed(lambda: door.ask(sq.Today(OFFICE))) for _ in range(options.times(100, at_least=10))]
    finally:
        door.close()
    return [
        at_most(f"{engine}: today, whole, median", percentile(times, 0.5), "ms", AIM_MS),
        Row(f"{engine}: today, whole, p95", percentile(times, 0.95), "ms"),
    ]


def a_day(door: Door, clock: SetClock) -> str:
    """Play it through the real commands; the id of a visit that is over."""
    hours = tuple(Hours(day, time(9), time(17)) for day in range(5))
    office = settings(services=SERVICES, counters=COUNTERS, staff=STAFF, hours=hours)
    door.do(c.SetUpOffice(office_id=OFFICE, settings=office))
    desks = [At(door, counter.id, f"officer {n}", f"Desk {n}").sign_in() for n, counter in enumerate(COUNTERS)]
    for n in range(BOOKED):
        starts = NINE + (30 + n // 12 * 90) * MINUTE
        place = Place(starts, starts + 20 * MINUTE, f"officer {n % 12}")
        door.do(
            a.BookAppointment(
                **desks[0].who, service_id=SERVICES[(n + 1) % 10].id, place=place, visitor=Visitor(Person("Ann"))
            )
        )
    random = Random(1)
    over = ""
    for n in range(WALK_INS - WAITING):
        desk = desks[n % len(desks)]
        visit = desk.take(random.choice(SERVICES).id)
        clock.at += random.randrange(40) * SECOND
        desk.on(c.CallVisit, visit, reason="to measure")
        if n % 12:
            desk.on(c.StartService, visit)
            clock.at += random.randrange(40) * SECOND
            desk.on(c.Finish, visit)
            over = visit.visit_id
        else:
            desk.on(c.Leave, visit)
    for n in range(WAITING):
        desks[n % len(desks)].take(random.choice(SERVICES).id)
        clock.at += 10 * SECOND
    return over
