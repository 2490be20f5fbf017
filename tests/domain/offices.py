"""An office with officers, rooms and interpreters, for the rules of the book."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from reception.clock import Instant, from_datetime
from reception.domain.booked import Mode, RoomFeature, RoomState
from reception.domain.office import Hours, Interpreter, Office, Officer, Role, Room, Service

PRIVATE, STEP_FREE, LOOP = RoomFeature.PRIVATE, RoomFeature.STEP_FREE, RoomFeature.HEARING_LOOP

MONDAY = date(2026, 3, 2)
GOOD_FRIDAY = date(2026, 4, 3)


def at(day: date, hour: int, minute: int = 0) -> Instant:
    """An instant by its UTC time: London's own in winter."""
    return from_datetime(datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC))


def week(opens: time, closes: time, days: int = 5) -> tuple[Hours, ...]:
    return tuple(Hours(day, opens, closes) for day in range(days))


def office(**changes: Any) -> Office:
    """Open 9 to 5 on Monday to Friday; Priya works whenever it is open, Ewan on mornings with a break."""
    values: dict[str, Any] = {
        "id": "office",
        "name": "Civic Offices",
        "council": "Hertsmere Borough Council",
        "timezone": "Europe/London",
        "hours": week(time(9), time(17)),
        "services": (
            Service("housing", "Housing", "H", minutes=30),
            Service("planning", "Planning", "P", minutes=60, set_up_minutes=20),
        ),
        "staff": (
            Officer("priya", "Priya Nair", Role.OFFICER),
            Officer(
                "ewan",
                "Ewan Pritchard",
                Role.OFFICER,
                frozenset({"housing"}),
                hours=week(time(8), time(13)),
                breaks=week(time(10, 30), time(10, 45)),
            ),
            Officer("grace", "Grace Okafor", Role.RECEPTIONIST, takes_appointments=False),
        ),
        "rooms": (
            Room("quiet", "Quiet room", frozenset({PRIVATE, STEP_FREE}), seats=3),
            Room("large", "Room 2", frozenset({STEP_FREE, LOOP}), seats=8),
            Room("small", "Room 3", frozenset({STEP_FREE}), seats=3, state=RoomState.CLEANING),
            Room("attic", "Attic", frozenset({PRIVATE, LOOP}), seats=2, state=RoomState.OUT_OF_USE),
        ),
        "interpreters": (
            Interpreter("line", "Telephone line", frozenset({"pol", "ckb"}), frozenset({Mode.TELEPHONE}), is_line=True),
            Interpreter("ada", "Ada Kowalska", frozenset({"pol"}), frozenset({Mode.IN_PERSON, Mode.VIDEO})),
            Interpreter("sam", "Sam Reed", frozenset({"bfi"}), hours=week(time(13), time(16)), notice_hours=48),
        ),
    }
    return Office(**{**values, **changes})
