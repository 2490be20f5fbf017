"""An office and what it is made of: services, counters, opening hours, staff."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct


class Role(StrEnum):
    """What a member of staff may do. Each role may do what the roles before it may."""

    OFFICER = "officer"
    RECEPTIONIST = "receptionist"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    def may_act_as(self, needed: Role) -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class Service(Struct, frozen=True):
    """Something visitors come for. `letter` begins its ticket numbers and is unique in its office."""

    id: str
    name: str
    letter: str
    specialist: bool = False
    """Served by a specialist officer, at length: Hart's 10 minutes do not bind once told so."""
    partner: str = ""
    """The partner that it belongs to (police, NHS, Citizens Advice); empty for the council's own."""
    priority: int = 0
    """For the rule *staff priority* only: the higher number is called first."""


class Counter(Struct, frozen=True):
    """A place where visitors are served. An empty `services` means every service."""

    id: str
    name: str
    services: frozenset[str] = frozenset()


class Officer(Struct, frozen=True):
    """A member of staff as the program knows them; the PIN's hash never leaves storage.

    `telephone` and `email` are printed on a *to follow* slip (Hart: "the name, telephone number and email
    address of the person dealing with your enquiry"). An empty `skills` means every service.
    """

    id: str
    name: str
    role: Role
    skills: frozenset[str] = frozenset()
    telephone: str = ""
    email: str = ""
    has_pin: bool = True


class Hours(Struct, frozen=True):
    """One opening on one weekday, local time; Monday is 0."""

    weekday: int
    opens: time
    closes: time


class Office(Struct, frozen=True):
    """One building where visitors are received."""

    id: str
    name: str
    council: str
    timezone: str
    place: str = ""
    """Where to wait, as printed on the ticket: "Ground floor, by the screen"."""
    telephone: str = ""
    division: str = "england-and-wales"
    hours: tuple[Hours, ...] = ()
    closures: frozenset[date] = frozenset()
    services: tuple[Service, ...] = ()
    counters: tuple[Counter, ...] = ()
    staff: tuple[Officer, ...] = ()
    no_show_after_calls: int = 2
    """A visitor may be marked as a no-show once called this often."""
    undo_minutes: int = 5

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def service(self, service_id: str) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)

    def counter(self, counter_id: str) -> Counter | None:
        return next((counter for counter in self.counters if counter.id == counter_id), None)

    def officer(self, officer_id: str) -> Officer | None:
        return next((officer for officer in self.staff if officer.id == officer_id), None)
