"""An office with rooms and interpreters, and appointments put straight into its database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from msgspec.structs import replace

from reception.app import Door
from reception.clock import MINUTE, Instant, local_date
from reception.domain.appointment_folding import appointment_from, evolve_appointment
from reception.domain.booked import Kind, Mode, RoomFeature
from reception.domain.booking import Place
from reception.domain.events import AppointmentBooked, AppointmentFact, Recorded
from reception.domain.office import Hours, Interpreter, Officer, Role, Room, Service
from reception.domain.queueing import appointment_reference
from reception.domain.visitor import Visitor
from reception.services import commands as c
from reception.services.appointment_ports import Particulars, StoredAppointment
from reception.services.office_settings import StaffEntry
from reception.storage.unit_of_work import Work
from tests.support import COUNCIL_TAX, EWAN, GRACE, HOUSING, OFFICE, PIN, PLANNING, PRIYA

ROOM_1, ROOM_2, ROOM_3 = "room-1", "room-2", "room-3"
BEATA, SIMON, LINE = "beata", "simon", "line"
MONDAY = date(2026, 6, 1)
WEEK = tuple(Hours(day, time(9), time(17)) for day in range(5))
LUNCH = tuple(Hours(day, time(12, 30), time(13, 15)) for day in range(5))

BOOK: dict[str, Any] = {
    "hours": WEEK,
    "services": (
        Service(HOUSING, "Housing", "H", minutes=30, set_up_minutes=5),
        Service(COUNCIL_TAX, "Council Tax", "C"),
        Service(PLANNING, "Planning", "P", specialist=True, sensitive=True),
    ),
    "staff": (
        StaffEntry(
            Officer(
                PRIYA,
                "Priya Nair",
                Role.ADMINISTRATOR,
                title="Housing officer",
                hours=WEEK,
                breaks=LUNCH,
                telephone="020 7946 0011",
                email="priya@example.org",
            ),
            PIN,
        ),
        StaffEntry(Officer(EWAN, "Ewan Pritchard", Role.RECEPTIONIST), PIN),
        StaffEntry(Officer(GRACE, "Grace Okafor", Role.OFFICER, frozenset({HOUSING}), takes_appointments=False), PIN),
    ),
    "rooms": (
        Room(ROOM_1, "Room 1", frozenset({RoomFeature.PRIVATE}), 2),
        Room(ROOM_2, "Room 2", frozenset({RoomFeature.PRIVATE, RoomFeature.STEP_FREE}), 4),
        Room(ROOM_3, "Room 3", frozenset(RoomFeature), 8),
    ),
    "interpreters": (
        Interpreter(BEATA, "Beata Nowak", frozenset({"pol", "ukr"}), hours=WEEK, notice_hours=24),
        Interpreter(SIMON, "Simon Hart", frozenset({"bfi"}), frozenset({Mode.IN_PERSON, Mode.VIDEO})),
        Interpreter(
            LINE,
            "The Big Word",
            frozenset({"pol", "ckb"}),
            frozenset({Mode.TELEPHONE}),
            is_line=True,
            telephone="020 7946 0300",
            code="4711",
        ),
    ),
    "grace_minutes": 10,
    "hold_minutes": 4,
    "notice_days": 3,
    "address": "1 Example Way\nBorehamwood\nWD6 1ZZ",
}
"""Settings for `At.set_up`."""


def at(hour: int, minute: int = 0, day: date = MONDAY) -> Instant:
    """An instant of a summer's day by the clock in London."""
    return int(datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC).timestamp() * 1000)


def place(hour: int, minute: int = 0, minutes: int = 30, day: date = MONDAY, **held: str) -> Place:
    starts = at(hour, minute, day)
    return Place(starts, starts + minutes * MINUTE, **{"officer_id": PRIYA, **held})


@contextmanager
def working(door: Door, command: c.Command | None = None) -> Iterator[Work]:
    """The unit of work of a command that is kept as done, as the door keeps it."""
    command = command or c.CloseDay(office_id=OFFICE, officer_id=PRIYA, station="Desk 1")
    with door._database.write(command) as work:
        yield work
        work.keep_result(command, c.Result(command.id), can_undo=False)


def recorded(work: Work, facts: Sequence[AppointmentFact]) -> list[Recorded]:
    return [Recorded(work.now, work.command.id, fact, officer_id=work.command.officer_id) for fact in facts]


def book(
    work: Work, where: Place, particulars: Particulars | None = None, *, appointment_id: str = "", **more: Any
) -> StoredAppointment:
    """An appointment added as the service does it, without its checks."""
    some_id = appointment_id or c.new_id()
    zone = work.offices.office().zone
    fact = AppointmentBooked(
        **{
            "office_id": OFFICE,
            "reference": appointment_reference(some_id),
            "kind": Kind.OFFICE,
            "service_id": HOUSING,
            "place": where,
            "local_day": local_date(where.starts, zone),
            **more,
        }
    )
    facts = recorded(work, [fact])
    appointment = appointment_from(some_id, facts)
    work.appointments.add(appointment, facts, particulars or Particulars(Visitor()))
    return StoredAppointment(appointment, tuple(facts))


def change(work: Work, stored: StoredAppointment, *facts: AppointmentFact) -> StoredAppointment:
    items = recorded(work, facts)
    appointment = stored.appointment
    for item in items:
        appointment = evolve_appointment(appointment, item)
    work.appointments.save(stored, appointment, items)
    return replace(stored, appointment=appointment, facts=(*stored.facts, *items))
