"""The test office with rooms and interpreters, and shorthands for what is done in its book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reception.clock import MINUTE, Instant, from_datetime
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.book import AppointmentCard
from reception.domain.booked import Mode, RoomFeature
from reception.domain.booking import Place
from reception.domain.events import Recorded
from reception.domain.office import Hours, Interpreter, Room
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_queries import OneAppointment
from reception.services.office_settings import OfficeSettings
from reception.storage.journal import facts_of_appointments
from tests.support import COUNTER_1, GRACE, HOUSING, PRIYA, At, settings

NAME = "Ada Byron"
LONDON = ZoneInfo("Europe/London")
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
ROOM_1, ROOM_2 = "room-1", "room-2"
ALEX, MARIA, LINE = "alex", "maria", "line"
LUNCH = tuple(Hours(day, time(12), time(13)) for day in range(5))


def with_a_book(**changes: Any) -> OfficeSettings:
    """The test office with two rooms, three interpreters and lunch for Grace."""
    before = settings()
    values: dict[str, Any] = {
        "rooms": (
            Room(ROOM_1, "Interview room 1", frozenset({RoomFeature.PRIVATE, RoomFeature.STEP_FREE})),
            Room(ROOM_2, "Interview room 2", seats=2),
        ),
        "interpreters": (
            Interpreter(ALEX, "Alex Moore", frozenset({"bfi"})),
            Interpreter(MARIA, "Maria Nowak", frozenset({"pol"}), frozenset({Mode.VIDEO}), notice_hours=24),
            Interpreter(
                LINE,
                "Language line",
                frozenset({"pol", "ckb"}),
                frozenset({Mode.TELEPHONE}),
                True,
                telephone="020 7946 0300",
            ),
        ),
        "staff": tuple(
            replace(each, officer=replace(each.officer, breaks=LUNCH)) if each.officer.id == GRACE else each
            for each in before.staff
        ),
    }
    return settings(**{**values, **changes})


def when(hour: int, minute: int = 0, day: date = MONDAY, *, fold: int = 0) -> Instant:
    return from_datetime(datetime.combine(day, time(hour, minute, fold=fold), tzinfo=LONDON))


def place(starts: Instant, minutes: int = 30, officer: str = GRACE, room: str = "", interpreter: str = "") -> Place:
    return Place(starts, starts + minutes * MINUTE, officer, room, interpreter)


def refused(action: Any) -> Refusal:
    """The refusal that an action meets; it is asserted to meet one, which says what to do and names no visitor."""
    with pytest.raises(Refusal) as met:
        action()
    refusal = met.value
    assert refusal.reason.endswith(".")
    assert not refusal.remedy or refusal.remedy.endswith(".")
    assert not any(name in str(refusal) for name in NAME.split())
    return refusal


@dataclass
class AtBook(At):
    """One desk with the book open."""

    counter: str = COUNTER_1
    officer: str = PRIYA

    def book(self, at: Place, service: str = HOUSING, name: str = NAME, **more: Any) -> c.Result:
        visitor = more.pop("visitor", Visitor(Person(name)))
        return self.door.do(
            a.BookAppointment(**{**self.who, "service_id": service, "place": at, "visitor": visitor, **more})
        )

    def with_(self, command: type[a.OnAppointment], booked: c.Result | str, **more: Any) -> c.Result:
        return self.door.do(command(**{**self.who, "appointment_id": self._id(booked), **more}))

    def move(self, booked: c.Result, to: Place, **more: Any) -> c.Result:
        version = more.pop("version", None) or len(self._facts(booked))
        return self.with_(a.MoveAppointment, booked, place=to, version=version, **more)

    def cancel(self, booked: c.Result, **more: Any) -> c.Result:
        return self.with_(a.CancelAppointment, booked, **more)

    def check_in(self, booked: c.Result, **more: Any) -> c.Result:
        return self.with_(a.CheckIn, booked, **{"print_ticket": False, **more})

    def hold(self, at: Place, service: str = HOUSING, **more: Any) -> c.Result:
        return self.door.do(a.HoldSlot(**{**self.who, "place": at, "service_id": service, **more}))

    def stands(self, booked: c.Result | str) -> Appointment:
        """The appointment by its facts alone."""
        return appointment_from(self._id(booked), self._facts(booked))

    def _facts(self, booked: c.Result | str) -> tuple[Recorded, ...]:
        with self.door._database.read() as (connection, _head, _now):
            return facts_of_appointments(connection, [self._id(booked)])[self._id(booked)]

    @staticmethod
    def _id(booked: c.Result | str) -> str:
        return booked if isinstance(booked, str) else booked.appointment_id

    def shown(self, booked: c.Result | str) -> AppointmentCard:
        card: AppointmentCard = self.door.ask(OneAppointment(self._id(booked)))
        return card


def days_after(day: date, count: int) -> date:
    return day + timedelta(days=count)
