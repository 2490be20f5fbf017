"""Eight weeks of past days at the sample's main office, so that figures, forecast and staffing have something to show.

Who came, how long they waited and who saw them is played in memory, first come, first served, and written some days at
a time as an import is; the few appointments go through the door like any others. All of it is drawn from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import MINUTE, SECOND, Instant, SetClock, local_datetime
from reception.domain.booking import Place
from reception.domain.events import Recorded, ServiceStarted, TicketTaken, VisitCalled, VisitEnded, VisitFact
from reception.domain.folding import visit_from
from reception.domain.local_time import instant_of
from reception.domain.person import Need, Person
from reception.domain.queueing import ticket_number, visit_code
from reception.domain.standards import Standard
from reception.domain.visit import Visit
from reception.domain.visit_states import End, Why
from reception.domain.visitor import Visitor
from reception.domain.workdays import Division, is_working_day
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import sample_office as office
from reception.services.playing import Door

WEEKS = 8
_SEED = 8
_OPENS, _CLOSES = 9 * 60, 17 * 60
_LUNCH = 45
_LAST = 20
"""Nobody comes so many minutes before closing."""
_OF_WEEKDAY = (58, 50, 42, 46, 38)
"""Visitors of a usual Monday, and so on."""
_OF_HOUR = (7, 11, 12, 9, 8, 9, 7, 4)
"""How many of them come in each hour, in parts."""
_SERVICES = {
    # In parts of all; the median of a service in minutes.
    office.COUNCIL_TAX: (34, 10),
    office.HOUSING: (22, 17),
    office.BENEFITS: (17, 15),
    office.PARKING: (15, 6),
    office.PLANNING: (7, 16),
    office.ADVICE: (5, 18),
}
_SPREAD = 0.55
"""Of the logarithm of a service, about as on real counters."""
_PATIENCE = (24, 50)
"""Minutes between which it is drawn when somebody would go away unseen."""
_IMPATIENT, _DEAF = 0.4, 0.015
"""Of those, who does; and of all, who does not hear the call."""
_SPEAKS = ("en",) * 40 + ("pl", "pl", "pl", "ro", "ro", "ur", "bn", "bfi")
_NEEDS = (frozenset[Need](),) * 24 + tuple(
    frozenset({need}) for need in (Need.LARGE_PRINT, Need.STEP_FREE, Need.PRIVATE, Need.CHILDREN)
)
_ADVISERS_DAY = 2
"""The housing adviser sees people on Wednesdays: to check a PIN takes longer than a day without appointments."""
_APPOINTMENTS = (10 * 60, 11 * 60 + 30, 14 * 60)
_MISSES = 7
"""Every so many of them nobody comes."""


@dataclass(frozen=True)
class _Post:
    """A counter of a past day: who is there, for what, and from which minute at lunch."""

    counter_id: str
    officer_id: str
    serves: frozenset[str]
    lunch: int


_ALL = frozenset(_SERVICES)
_POSTS = (
    _Post(office.COUNTER_1, office.EWAN, frozenset({office.COUNCIL_TAX, office.BENEFITS, office.PARKING}), 12 * 60),
    _Post(office.COUNTER_2, office.GRACE, frozenset({office.HOUSING, office.BENEFITS}), 13 * 60),
    _Post(office.COUNTER_3, office.TOMASZ, _ALL, 14 * 60),
)


class Days(Protocol):
    """Past days in one transaction."""

    def next_number(self, day: date, letter: str) -> int: ...

    def standard(self, day: date) -> Standard: ...

    def add(self, row_key: str, visit: Visit, facts: Sequence[Recorded], running: int, person: Person) -> None: ...


class Store(Protocol):
    """Where past days are written without the door."""

    def batch(self, command: c.Command, /) -> AbstractContextManager[Days]: ...


@dataclass(frozen=True)
class _Came:
    """A visitor of a past day; times are minutes since midnight. `started` None: never seen."""

    arrived: float
    service_id: str
    ended: float
    called: float | None = None
    started: float | None = None
    post: _Post | None = None


class SamplePast:
    """Writes past days, in the order of time; the clock is left where each of them ended."""

    def __init__(self, door: Door, store: Store, clock: SetClock, zone: ZoneInfo) -> None:
        self._door = door
        self._store = store
        self._clock = clock
        self._zone = zone
        self._rng = Random(_SEED)
        self._booked = 0
        self._services = {each.id: each for each in office.civic_offices().services}

    def write(self, first: date, until: date, step: Callable[[], None]) -> None:
        """The working days from `first` to the one before `until`."""
        days = [first + timedelta(days=each) for each in range((until - first).days)]
        working = [day for day in days if is_working_day(day, Division.ENGLAND_AND_WALES, frozenset())]
        for day in working:
            step()
            if day.weekday() == _ADVISERS_DAY:
                self._appointments(day)
            command = c.Command(id=self._new_id(), office_id=office.CIVIC, station="Desk 1")
            with self._store.batch(command) as batch:
                for came in _played(_arrivals(self._rng, day), self._rng):
                    self._add(batch, day, came, command.id)
            self._clock.at = self._at(day, _CLOSES + 60)

    def _new_id(self) -> str:
        return f"{self._rng.getrandbits(128):032x}"

    def _at(self, day: date, minute: float) -> Instant:
        return instant_of(day, int(minute), self._zone) + round(minute % 1 * MINUTE)

    def _add(self, batch: Days, day: date, came: _Came, command_id: str) -> None:
        service = self._services[came.service_id]
        running = batch.next_number(day, service.letter)
        visit_id, arrived = self._new_id(), self._at(day, came.arrived)
        promise = batch.standard(day).for_walk_in()
        ticket = TicketTaken(
            office_id=office.CIVIC,
            service_id=service.id,
            number=ticket_number(service.letter, running),
            code=visit_code(visit_id),
            local_day=day,
            local_hour=local_datetime(arrived, self._zone).hour,
            party_size=1,
            seen_target=promise.seen,
            resolved_target=promise.resolved,
            order_target=promise.order_by,
        )
        told: list[tuple[Instant, VisitFact]] = [(arrived, ticket)]
        counter, officer = "", ""
        if came.post is not None and came.called is not None:
            counter, officer = came.post.counter_id, came.post.officer_id
            told.append((self._at(day, came.called), VisitCalled(counter, officer, Why.FIRST_COME)))
        if came.started is not None:
            told.append((self._at(day, came.started), ServiceStarted(counter, officer)))
        end = End.RESOLVED if came.started is not None else End.NO_SHOW if came.post is not None else End.LEFT
        told.append((self._at(day, came.ended), VisitEnded(end)))
        facts = [
            Recorded(at, command_id, fact, *(("", "") if place == 0 else (counter, officer)))
            for place, (at, fact) in enumerate(told)
        ]
        speaks = self._rng.choice(_SPEAKS)
        person = Person("", speaks, speaks if speaks != "bfi" else "en", self._rng.choice(_NEEDS))
        batch.add("", visit_from(visit_id, facts), facts, running, person)

    def _appointments(self, day: date) -> None:
        """Booked that morning, and seen by the adviser a few minutes late; now and then nobody comes."""
        by: dict[str, Any] = {
            "office_id": office.CIVIC,
            "officer_id": office.PRIYA,
            "station": "Desk 3",
            "counter_id": "",
        }
        adviser = by | {"officer_id": office.MARTIN, "station": "Interview desk", "counter_id": office.COUNTER_4}
        self._clock.at = self._at(day, _OPENS + 5)
        self._do(c.SignIn(**adviser, pin=office.PIN))
        for minute in _APPOINTMENTS:
            starts = self._at(day, minute)
            place = Place(starts, starts + 30 * MINUTE, office.MARTIN)
            visitor = Visitor(Person(self._rng.choice(("Ada Firth", "Jo Marsh", "Ivan Petrov", "Meera Shah"))))
            booking = a.BookAppointment(**by, service_id=office.HOUSING, place=place, visitor=visitor)
            booked = self._do(booking).appointment_id
            self._booked += 1
            if self._booked % _MISSES == 0:
                self._clock.at = starts + 20 * MINUTE
                self._do(a.DidNotAttend(**by, appointment_id=booked))
                continue
            self._clock.at = starts - round(self._rng.uniform(2, 12) * MINUTE)
            visit_id = self._do(a.CheckIn(**by, appointment_id=booked, print_ticket=False)).visit_id
            self._clock.at = starts + round(self._rng.uniform(0, 7) * MINUTE)
            self._do(c.CallVisit(**adviser, visit_id=visit_id, reason="It is the time of the appointment"))
            self._clock.at += 40 * SECOND
            self._do(c.StartService(**adviser, visit_id=visit_id))
            self._clock.at = starts + round(self._rng.uniform(18, 29) * MINUTE)
            self._do(c.Finish(**adviser, visit_id=visit_id, end=End.RESOLVED, print_slip=False))
        self._do(c.SignOff(**adviser))

    def _do(self, command: c.Command) -> c.Result:
        return self._door.do(replace(command, id=self._new_id()))


def _arrivals(rng: Random, day: date) -> list[tuple[float, str, float]]:
    """(Minute, service, minutes that it takes), in their order."""
    number = round(_OF_WEEKDAY[day.weekday()] * rng.lognormvariate(0, 0.14))
    came = []
    for hour in rng.choices(range(len(_OF_HOUR)), _OF_HOUR, k=number):
        service = rng.choices(list(_SERVICES), [parts for parts, _ in _SERVICES.values()])[0]
        takes = _SERVICES[service][1] * rng.lognormvariate(0, _SPREAD)
        came.append((min(_OPENS + 60 * hour + 60 * rng.random(), _CLOSES - _LAST), service, takes))
    return sorted(came)


def _played(arrivals: Sequence[tuple[float, str, float]], rng: Random) -> Iterator[_Came]:
    """First come, first served, by whoever of those who may is free first, and of several the one free for longest."""
    free = dict.fromkeys(_POSTS, _OPENS + 2.0)

    def ready(post: _Post, after: float) -> float:
        at = max(free[post], after + 0.2)
        return post.lunch + _LUNCH if post.lunch <= at < post.lunch + _LUNCH else at

    for arrived, service, takes in arrivals:
        able = [(ready(post, arrived), free[post], post.counter_id, post) for post in _POSTS if service in post.serves]
        called, _, _, post = min(able)
        patience = rng.uniform(*_PATIENCE)
        if called - arrived > patience and rng.random() < _IMPATIENT:
            yield _Came(arrived, service, arrived + patience)
        elif rng.random() < _DEAF:
            free[post] = called + 2
            yield _Came(arrived, service, called + 2, called, post=post)
        else:
            started = called + rng.uniform(0.3, 1.1)
            free[post] = started + takes
            yield _Came(arrived, service, started + takes, called, started, post)
