"""The sample office: Hertsmere's Civic Offices and its two area offices, with people who do not exist.

Hours, places and the promise are those of Hertsmere's customer service strategy. Telephone numbers are from the
range kept for drama, e-mail addresses end in a domain that nobody can have.
"""

from __future__ import annotations

from reception.domain.office import Counter, Hours, Officer, Role, Service
from reception.domain.standards import BUSHEY_HOURS, POTTERS_BAR_HOURS, PRESETS
from reception.services.office_settings import OfficeSettings, StaffEntry

CIVIC, POTTERS_BAR, BUSHEY = "sample-civic", "sample-potters-bar", "sample-bushey"
CIVIC_NAME = "Civic Offices"
ZONE = "Europe/London"
PIN = "1234"
"""Of everyone."""

HOUSING, COUNCIL_TAX, BENEFITS = "civic-housing", "civic-council-tax", "civic-benefits"
PLANNING, PARKING, ADVICE = "civic-planning", "civic-parking", "civic-advice"
COUNTER_1, COUNTER_2, COUNTER_3 = "civic-counter-1", "civic-counter-2", "civic-counter-3"
PRIYA, EWAN, GRACE, TOMASZ, LI, HELEN = (
    f"civic-{name}" for name in ("priya", "ewan", "grace", "tomasz", "li", "helen")
)

_HERTSMERE = PRESETS["hertsmere"]
_COUNCIL = "Hertsmere Borough Council"


def _person(key: str, name: str, role: Role, line: int, *skills: str) -> StaffEntry:
    address = name.lower().replace(" ", ".").replace("ń", "n")
    officer = Officer(
        id=key,
        name=name,
        role=role,
        skills=frozenset(skills),
        telephone=f"020 7946 0{line:03}",
        email=f"{address}@hertsmere.example",
    )
    return StaffEntry(officer, PIN)


def _office(
    name: str,
    hours: tuple[Hours, ...],
    services: tuple[Service, ...],
    counters: tuple[Counter, ...],
    staff: tuple[StaffEntry, ...],
    place: str,
    telephone: str,
) -> OfficeSettings:
    return OfficeSettings(
        name=name,
        council=_COUNCIL,
        timezone=ZONE,
        preset=_HERTSMERE.key,
        walk_in_seen=_HERTSMERE.walk_in_seen,
        walk_in_resolved=_HERTSMERE.walk_in_resolved,
        appointment_seen=_HERTSMERE.appointment_seen,
        hours=hours,
        services=services,
        counters=counters,
        staff=staff,
        place=place,
        telephone=telephone,
    )


def civic_offices() -> OfficeSettings:
    """The main office, with three counters."""
    return _office(
        CIVIC_NAME,
        _HERTSMERE.hours,
        (
            Service(COUNCIL_TAX, "Council Tax", "C"),
            Service(HOUSING, "Housing", "H", specialist=True),
            Service(BENEFITS, "Benefits", "B"),
            Service(PLANNING, "Planning", "P", specialist=True),
            Service(PARKING, "Parking", "K"),
            Service(ADVICE, "Citizens Advice", "A", partner="Citizens Advice"),
        ),
        (Counter(COUNTER_1, "Counter 1"), Counter(COUNTER_2, "Counter 2"), Counter(COUNTER_3, "Counter 3")),
        (
            _person(PRIYA, "Priya Nair", Role.RECEPTIONIST, 101),
            _person(EWAN, "Ewan Pritchard", Role.OFFICER, 102, COUNCIL_TAX, BENEFITS, PARKING),
            _person(GRACE, "Grace Okafor", Role.OFFICER, 103, HOUSING, BENEFITS),
            _person(TOMASZ, "Tomasz Zieliński", Role.OFFICER, 104),
            _person(LI, "Li Wei", Role.SUPERVISOR, 105),
            _person(HELEN, "Helen Marsh", Role.ADMINISTRATOR, 106),
        ),
        place="Ground floor, by the screen",
        telephone="020 7946 0100",
    )


def potters_bar() -> OfficeSettings:
    """Open on Tuesday, 9.30 to 2."""
    return _area_office(
        "potters-bar", "Potters Bar area office", "Wyllyotts Centre", POTTERS_BAR_HOURS, 120, "Sunita Rao"
    )


def bushey() -> OfficeSettings:
    """Open on Thursday, 9.30 to 2."""
    return _area_office("bushey", "Bushey area office", "Citizens Advice Bureau", BUSHEY_HOURS, 140, "Daniel Osei")


def _area_office(
    key: str, name: str, place: str, hours: tuple[Hours, ...], line: int, receptionist: str
) -> OfficeSettings:
    return _office(
        name,
        hours,
        (
            Service(f"{key}-council-tax", "Council Tax", "C"),
            Service(f"{key}-housing", "Housing", "H", specialist=True),
            Service(f"{key}-benefits", "Benefits", "B"),
        ),
        (Counter(f"{key}-counter", "Counter 1"),),
        (
            _person(f"{key}-receptionist", receptionist, Role.RECEPTIONIST, line + 1),
            _person(f"{key}-helen", "Helen Marsh", Role.ADMINISTRATOR, 106),
        ),
        place=place,
        telephone=f"020 7946 0{line}",
    )


OFFICES = ((CIVIC, civic_offices), (POTTERS_BAR, potters_bar), (BUSHEY, bushey))
