"""All that the settings form edits, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from reception.domain.discreet import Discreet
from reception.domain.notices import Notice
from reception.domain.office import Counter, Hours, Interpreter, Officer, Room, Service


class Limits(NamedTuple):
    """The lowest and the highest that a setting may be, both allowed. The form and the door go by the same."""

    low: int
    high: int

    def allow(self, number: float) -> bool:
        return self.low <= number <= self.high


TARGET_MINUTES = Limits(1, 600)
GUARD_TIMES = Limits(1, 10)
OVERTAKES = Limits(1, 20)
CALLS_BEFORE_NO_SHOW = Limits(1, 10)
UNDO_MINUTES = Limits(1, 60)
PRIORITIES = Limits(0, 99)
PIN_DIGITS = Limits(4, 12)
APPOINTMENT_MINUTES = Limits(5, 480)
SET_UP_MINUTES = Limits(0, 120)
GRACE_MINUTES = Limits(0, 120)
HOLD_MINUTES = Limits(1, 30)
NOTICE_DAYS = Limits(0, 60)
NOTICE_HOURS = Limits(0, 24 * 60)
SEATS = Limits(1, 99)
MOST_NOTICES = 50
NOTICE_LENGTH = 2_000
SERVICE_NAME_LENGTH = 80
SERVICE_ABOUT_LENGTH = 200
WHO_COMES_LENGTH = 500
LEAST_FIGURES = 5
"""Of a telephone number; the shortest that a person has in this country, without its area."""
TELEPHONE_LENGTH = 40
KIOSK_PIN = "kiosk PIN"
"""Where the hash of the kiosks' PIN stands among those of staff, who go by their ids."""
TICKET_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class StaffEntry(Discreet, frozen=True):
    """A member of staff in the settings form. `pin` is empty to leave the PIN as it is."""

    personal = frozenset({"pin"})

    officer: Officer
    pin: str = ""


class OfficeSettings(Discreet, frozen=True):
    """All that the settings form edits, whole. Times in minutes; None means *no promise*."""

    personal = frozenset({"kiosk_pin"})

    name: str
    council: str
    timezone: str
    preset: str
    walk_in_seen: int | None
    walk_in_resolved: int | None
    appointment_seen: int | None
    hours: tuple[Hours, ...]
    services: tuple[Service, ...]
    counters: tuple[Counter, ...]
    staff: tuple[StaffEntry, ...]
    place: str = ""
    place_said: Mapping[str, str] = {}
    telephone: str = ""
    division: str = "england-and-wales"
    rule: str = "keep_promises"
    walk_in_guard: float = 1.5
    appointment_guard: float = 2.0
    overtakes: int = 2
    no_show_after_calls: int = 2
    undo_minutes: int = 5
    closures: frozenset[date] = frozenset()
    rooms: tuple[Room, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    grace_minutes: int = 15
    hold_minutes: int = 5
    notice_days: int = 5
    address: str = ""
    """Lines parted by line ends."""
    notices: tuple[Notice, ...] = ()
    unstaffed: bool = False
    who_comes: str = ""
    who_comes_said: Mapping[str, str] = {}
    help_telephone: str = ""
    checked_languages: frozenset[str] = frozenset()
    kiosk_pin: str = ""
    """The PIN that a kiosk is left with; empty to leave it as it is."""
