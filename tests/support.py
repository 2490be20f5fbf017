"""A small office to test with, a door on any database, and shorthands for a visit's life."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from msgspec.structs import replace

from reception.app import Door
from reception.clock import Clock
from reception.config import Config
from reception.domain.desk_view import DeskView, VisitCard
from reception.domain.office import Counter, Hours, Officer, Role, Service
from reception.domain.person import Person
from reception.domain.stations import StationKind
from reception.opening import open_door
from reception.services import commands as c
from reception.services import queries as q
from reception.services.office_settings import OfficeSettings, StaffEntry

OFFICE = "office" + "0" * 26
HOUSING, COUNCIL_TAX, PLANNING = "housing", "council-tax", "planning"
PRIYA, EWAN, GRACE = "priya", "ewan", "grace"
COUNTER_1, COUNTER_2, COUNTER_3 = "counter-1", "counter-2", "counter-3"
PIN = "2468"


class PlainPins:
    """PINs kept as they are: hashing is slow on purpose, and tested on its own."""

    def hash(self, pin: str) -> str:
        return f"plain:{pin}"

    def verify(self, pin_hash: str, pin: str) -> bool:
        return pin_hash == f"plain:{pin}"


def settings(**changes: Any) -> OfficeSettings:
    """An office that promises 15 minutes, with three services, three counters and three staff."""
    values: dict[str, Any] = {
        "name": "Civic Offices",
        "council": "Hertsmere Borough Council",
        "timezone": "Europe/London",
        "preset": "hertsmere",
        "walk_in_seen": 15,
        "walk_in_resolved": 10,
        "appointment_seen": 5,
        "hours": tuple(Hours(day, time(9), time(17)) for day in range(5)),
        "services": (
            Service(HOUSING, "Housing", "H"),
            Service(COUNCIL_TAX, "Council Tax", "C"),
            Service(PLANNING, "Planning", "P", specialist=True),
        ),
        "counters": (
            Counter(COUNTER_1, "Counter 1"),
            Counter(COUNTER_2, "Counter 2"),
            Counter(COUNTER_3, "Counter 3"),
        ),
        "staff": (
            StaffEntry(Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR), PIN),
            StaffEntry(
                Officer(EWAN, "Ewan Pritchard", Role.RECEPTIONIST, telephone="020 7946 0001", email="ewan@example.org"),
                PIN,
            ),
            StaffEntry(Officer(GRACE, "Grace Okafor", Role.OFFICER, frozenset({HOUSING, PLANNING})), PIN),
        ),
        "place": "Ground floor, by the screen",
        "telephone": "020 7946 0000",
    }
    return OfficeSettings(**{**values, **changes})


def without_pins(values: OfficeSettings) -> OfficeSettings:
    """Settings as they are read: what a PIN is, is never told."""
    return replace(values, kiosk_pin="", staff=tuple(replace(entry, pin="") for entry in values.staff))


def door_on(
    url: str, clock: Clock | None = None, kind: StationKind = StationKind.DESK, press: Any = None, **config: Any
) -> Door:
    """A door on a database, with PINs that cost nothing."""
    return open_door(Config(database=url, **config), clock=clock, pins=PlainPins(), kind=kind, printer=press)


@dataclass
class At:
    """One counter of the test office, as a test uses it: every method is one command through the door."""

    door: Door
    counter: str = COUNTER_1
    officer: str = PRIYA
    station: str = "Desk 1"
    taken: list[c.Result] = field(default_factory=list)

    @property
    def who(self) -> dict[str, str]:
        return {
            "office_id": OFFICE,
            "counter_id": self.counter,
            "officer_id": self.officer,
            "station": self.station,
        }

    def set_up(self, **changes: Any) -> At:
        self.door.do(c.SetUpOffice(office_id=OFFICE, settings=settings(**changes)))
        return self

    def change_settings(self, new: OfficeSettings, pin: str = PIN) -> c.Result:
        """Settings changed by an administrator who sees what is kept now."""
        before = self.door.ask(q.SettingsOf(OFFICE))
        return self.door.do(
            c.SetUpOffice(office_id=OFFICE, settings=new, before=before, administrator_id=PRIYA, pin=pin)
        )

    def sign_in(self) -> At:
        self.door.do(c.SignIn(**self.who, pin=PIN))
        return self

    def take(self, service: str = HOUSING, **more: Any) -> c.Result:
        person = more.pop("person", Person())
        result = self.door.do(
            c.TakeTicket(**{**self.who, "print_ticket": False, "service_id": service, "person": person, **more})
        )
        self.taken.append(result)
        return result

    def next(self, **more: Any) -> c.Result:
        return self.door.do(c.CallNext(**{**self.who, **more}))

    def on(self, command: type[c.OnVisit], visit: c.Result | str, **more: Any) -> c.Result:
        visit_id = visit if isinstance(visit, str) else visit.visit_id
        return self.door.do(command(**{**self.who, "visit_id": visit_id, **more}))

    def correct(self, visit: c.Result, person: Person | None = None, party_size: int | None = None) -> c.Result:
        """Details corrected by somebody who sees what is held now."""
        card = self.card(visit)
        return self.on(
            c.ChangeDetails,
            visit,
            person=card.person if person is None else person,
            shown=card.person,
            party_size=card.party_size if party_size is None else party_size,
            shown_party_size=card.party_size,
        )

    def undo(self, what: c.Result) -> c.Result:
        return self.door.do(c.Undo(**self.who, command_id=what.command_id))

    def card(self, visit: c.Result) -> VisitCard:
        card: VisitCard = self.door.ask(q.OneVisit(visit.visit_id))
        return card

    def view(self) -> DeskView:
        view: DeskView = self.door.ask(q.Desk(OFFICE, self.counter, self.station))
        return view
