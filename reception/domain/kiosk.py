"""What a kiosk shows and finds. Nothing here is of a person: a kiosk's role may read nothing that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from reception.clock import Instant
from reception.domain.office import ServiceWords
from reception.domain.said_wait import ExpectedWait


class NoTickets(StrEnum):
    """Why a kiosk gives no tickets now."""

    CLOSED = "closed"
    DAY_IS_FULL = "day_is_full"
    """What is waiting fills what is left of the day."""
    EVACUATED = "evacuated"


class KioskService(Struct, frozen=True):
    """A service to choose. `said`: name and description in each language that the office has given them in; `name` and
    `about` are English. `wait` None: nothing can be said of it."""

    id: str
    name: str
    about: str
    said: Mapping[str, ServiceWords] = {}
    wait: ExpectedWait | None = None
    full: bool = False
    """What is waiting for it fills what is left of the day."""


class KioskView(Struct, frozen=True):
    """Everything that a kiosk shows, read at `now`."""

    now: Instant
    sequence: int
    """The journal's last sequence number at the time of reading."""
    settings_version: int
    office_id: str
    office: str
    council: str
    timezone: str
    place: str
    """Where to wait, in English."""
    telephone: str
    services: tuple[KioskService, ...]
    """In the order that the office gave them."""
    no_tickets: NoTickets | None
    next_open: Instant | None
    """When the office opens next, while it gives no tickets; None when that is not known."""
    closes_at: Instant | None
    unstaffed: bool
    """An area office with nobody at the desk."""
    who_comes: str
    """Who will come to the visitor there, and when, in the office's words."""
    help_telephone: str
    kiosk_pin_hash: str
    free_telephone: bool = False
    """Reception has a free telephone to reach other offices: promised in the document that the office keeps to, and
    somebody is there to ask where it is."""
    order_valid_until: Instant | None = None
    place_said: Mapping[str, str] = {}
    """Where to wait in each other language that the office has given it in."""
    who_comes_said: Mapping[str, str] = {}

    def service(self, service_id: str) -> KioskService | None:
        """One that is offered here."""
        return next((each for each in self.services if each.id == service_id), None)


class Finding(StrEnum):
    """What looking for an appointment came to. The look-up only finds; this is decided by `kiosk_finding`."""

    READY = "ready"
    EARLY = "early"
    """Long before its time; it may be checked in all the same."""
    LATE = "late"
    """Past the grace period: the visitor may check in, and waits as a walk-in."""
    OTHER_DAY = "other_day"
    OTHER_OFFICE = "other_office"
    ALREADY_CHECKED_IN = "already_checked_in"
    CANCELLED = "cancelled"
    NOT_FOUND = "not_found"
    BY_TELEPHONE = "by_telephone"
    """Today, and nobody need come for it."""
    AT_HOME = "at_home"
    """Today, at the visitor's home."""
    TOO_MANY_TRIES = "too_many_tries"
    """Wrong tries at this kiosk are slowed: try again a little later."""


class KioskAppointment(Struct, frozen=True):
    """What a kiosk may say of an appointment that was found by its exact code, or by exact name and date of birth.

    `number`: of the ticket that it already has. `again_in_seconds`: for TOO_MANY_TRIES.
    """

    finding: Finding
    appointment_id: str = ""
    starts_at: Instant | None = None
    day: date | None = None
    office: str = ""
    number: str = ""
    room: str = ""
    """Where it takes place; empty where that is not known."""
    again_in_seconds: int = 0


class Face(StrEnum):
    """How did we do?"""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    VERY_POOR = "very_poor"
