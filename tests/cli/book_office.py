"""An office with rooms, interpreters and working patterns, for the commands of the book."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from reception.domain.booked import Mode, RoomFeature
from reception.domain.office import Hours, Interpreter, Officer, Role, Room, Service
from reception.services.office_settings import StaffEntry
from tests.support import COUNCIL_TAX, EWAN, GRACE, HOUSING, PIN, PLANNING, PRIYA

MONDAY = date(2030, 6, 3)
WEEKDAYS = tuple(Hours(day, time(9), time(17)) for day in range(5))


def book_settings(**changes: Any) -> dict[str, Any]:
    """Grace and Ewan take appointments, Grace for housing and planning alone; Priya takes none."""
    values: dict[str, Any] = {
        "hours": WEEKDAYS,
        "services": (
            Service(HOUSING, "Housing", "H", minutes=20),
            Service(COUNCIL_TAX, "Council Tax", "C", minutes=30),
            Service(PLANNING, "Planning", "P", minutes=20),
        ),
        "staff": (
            StaffEntry(Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR, takes_appointments=False), PIN),
            StaffEntry(Officer(EWAN, "Ewan Pritchard", Role.RECEPTIONIST, frozenset({COUNCIL_TAX})), PIN),
            StaffEntry(
                Officer(
                    GRACE,
                    "Grace Okafor",
                    Role.OFFICER,
                    frozenset({HOUSING, PLANNING}),
                    telephone="020 7946 0002",
                    email="grace@example.org",
                    title="Housing officer",
                    breaks=tuple(Hours(day, time(12), time(13)) for day in range(5)),
                ),
                PIN,
            ),
        ),
        "rooms": (
            Room("room-1", "Interview room 1", frozenset({RoomFeature.PRIVATE}), seats=3),
            Room("room-2", "Interview room 2", frozenset({RoomFeature.PRIVATE, RoomFeature.HEARING_LOOP}), seats=6),
        ),
        "interpreters": (
            Interpreter("signs", "Signs of Herts", frozenset({"bfi"}), frozenset({Mode.IN_PERSON}), notice_hours=24),
        ),
    }
    return {**values, **changes}
