"""An office and what it is made of: services, counters, opening hours, staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from reception.domain.booked import Mode, RoomFeature, RoomState
from reception.domain.notices import Notice


class Role(StrEnum):
    """What a member of staff may do. Each role may do what the roles before it may."""

    OFFICER = "officer"
    RECEPTIONIST = "receptionist"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    def may_act_as(self, needed: Role) -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class ServiceWords(Struct, frozen=True):
    """A service's name and what it is about, in one language."""

    name: str
    about: str = ""


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
    minutes: int = 20
    """How long an appointment for it is."""
    set_up_minutes: int = 0
    """How long before an appointment for it officer and room are held as well."""
    sensitive: bool = False
    """Letters about it say nothing of what it is for."""
    about: str = ""
    """What it is about, in a few words, for kiosk and display: "Bills, discounts, moving home"."""
    said: Mapping[str, ServiceWords] = {}
    """Name and description for visitors in other languages, by tag ("pl", "zh-Hant")."""


class Counter(Struct, frozen=True):
    """A place where visitors are served. An empty `services` means every service."""

    id: str
    name: str
    services: frozenset[str] = frozenset()


class Hours(Struct, frozen=True):
    """One opening on one weekday, local time; Monday is 0."""

    weekday: int
    opens: time
    closes: time


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
    title: str = ""
    """What letters and the book say under the name: "Housing officer"."""
    hours: tuple[Hours, ...] = ()
    """The working pattern; empty: whenever the office is open."""
    breaks: tuple[Hours, ...] = ()
    takes_appointments: bool = True

    def may_take(self, service_id: str) -> bool:
        """Whether appointments for a service may be booked with them at all."""
        return self.takes_appointments and (not self.skills or service_id in self.skills)


class Room(Struct, frozen=True):
    """An interview room. `state` is what staff last said of it; whether it is occupied follows from who is in it."""

    id: str
    name: str
    features: frozenset[RoomFeature] = frozenset()
    seats: int = 4
    state: RoomState = RoomState.IN_USE


class Interpreter(Struct, frozen=True):
    """Somebody who interprets, or a telephone line of interpreters (`is_line`), which is never taken.

    `languages` are ISO 639-3 codes: `bfi` British Sign Language, `ckb` Sorani. An empty `hours` means whenever the
    office is open; `notice_hours` is how long before it must be ordered or cancelled.
    """

    id: str
    name: str
    languages: frozenset[str]
    modes: frozenset[Mode] = frozenset({Mode.IN_PERSON})
    is_line: bool = False
    hours: tuple[Hours, ...] = ()
    notice_hours: int = 0
    telephone: str = ""
    code: str = ""
    """The access code of a line."""
    email: str = ""


class Office(Struct, frozen=True):
    """One building where visitors are received."""

    id: str
    name: str
    council: str
    timezone: str
    place: str = ""
    """Where to wait, as printed on the ticket: "Ground floor, by the screen"."""
    place_said: Mapping[str, str] = {}
    """The same in each other language that the office has given it in, by tag."""
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
    rooms: tuple[Room, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    grace_minutes: int = 15
    """How late a visitor may come and still be promised to be seen in time."""
    hold_minutes: int = 5
    """How long a slot is held while it is talked about."""
    notice_days: int = 5
    """Working days of notice that visits and meetings get which the council arranges; 0: none is promised."""
    address: str = ""
    """Lines parted by line ends: where to come, as letters say it."""
    notices: tuple[Notice, ...] = ()
    unstaffed: bool = False
    """An area office with nobody at the desk: the kiosk says who comes, or what number to ring."""
    who_comes: str = ""
    who_comes_said: Mapping[str, str] = {}
    """The same in each other language that the office has given it in, by tag."""
    help_telephone: str = ""
    checked_languages: frozenset[str] = frozenset()
    """The languages whose wording the council has had checked; all others are drafts, and staff are told so."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def service(self, service_id: str) -> Service | None:
        return next((service for service in self.services if service.id == service_id), None)

    def counter(self, counter_id: str) -> Counter | None:
        return next((counter for counter in self.counters if counter.id == counter_id), None)

    def officer(self, officer_id: str) -> Officer | None:
        return next((officer for officer in self.staff if officer.id == officer_id), None)

    def room(self, room_id: str) -> Room | None:
        return next((room for room in self.rooms if room.id == room_id), None)

    def interpreter(self, interpreter_id: str) -> Interpreter | None:
        return next((each for each in self.interpreters if each.id == interpreter_id), None)
