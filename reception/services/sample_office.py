"""The sample office: Hertsmere's Civic Offices and its two area offices, with people who do not exist.

Hours, places and the promise to walk-ins are those of Hertsmere's customer service strategy. It leaves open how soon
an appointment is seen and what notice a visit gets; there the sample keeps what Hertfordshire's standards say.
Telephone numbers are from the range kept for drama, e-mail addresses end in a domain that nobody can have.
"""

from __future__ import annotations

from datetime import time

from msgspec.structs import replace

from reception.domain.booked import Mode, RoomFeature
from reception.domain.languages import interpreted
from reception.domain.office import Counter, Hours, Interpreter, Officer, Role, Room, Service
from reception.domain.standards import BUSHEY_HOURS, POTTERS_BAR_HOURS, PRESETS
from reception.services.office_settings import OfficeSettings, StaffEntry
from reception.services.sample_words import in_their_words, notices, place_said, who_comes_said

CIVIC, POTTERS_BAR, BUSHEY = "sample-civic", "sample-potters-bar", "sample-bushey"
CIVIC_NAME = "Civic Offices"
ZONE = "Europe/London"
PIN = "1234"
"""Of everyone, and of the kiosks."""
_TITLES = {Role.RECEPTIONIST: "Receptionist", Role.ADMINISTRATOR: "Customer services manager"}

HOUSING, COUNCIL_TAX, BENEFITS = "civic-housing", "civic-council-tax", "civic-benefits"
PLANNING, PARKING, ADVICE = "civic-planning", "civic-parking", "civic-advice"
COUNTER_1, COUNTER_2, COUNTER_3, COUNTER_4 = (f"civic-counter-{number}" for number in range(1, 5))
PRIYA, EWAN, GRACE, TOMASZ, LI, HELEN, MARTIN, SIAN = (
    f"civic-{name}" for name in ("priya", "ewan", "grace", "tomasz", "li", "helen", "martin", "sian")
)
ROOM_1, ROOM_2, ROOM_3, ROOM_4 = (f"civic-room-{number}" for number in range(1, 5))
MARIA, HALINA, BSL_VIDEO, LANGUAGE_LINE = ("civic-maria", "civic-halina", "civic-bsl-video", "civic-language-line")

_HERTSMERE, _HERTFORDSHIRE = PRESETS["hertsmere"], PRESETS["hertfordshire"]
_COUNCIL = "Hertsmere Borough Council"


def _person(key: str, name: str, role: Role, line: int, *skills: str, title: str = "", lunch: int = 0) -> StaffEntry:
    """Somebody who works here. With a `title` they take appointments, and have lunch at an hour of the day."""
    address = name.lower().replace(" ", ".").translate(str.maketrans("âń", "an"))
    officer = Officer(
        id=key,
        name=name,
        role=role,
        skills=frozenset(skills),
        telephone=f"020 7946 0{line:03}",
        email=f"{address}@hertsmere.example",
        title=title or _TITLES.get(role, ""),
        breaks=tuple(Hours(day, time(lunch), time(lunch + 1)) for day in range(5)) if lunch else (),
        takes_appointments=bool(title),
    )
    return StaffEntry(officer, PIN)


def _office(
    name: str,
    hours: tuple[Hours, ...],
    services: tuple[Service, ...],
    counters: tuple[Counter, ...],
    staff: tuple[StaffEntry, ...],
    place: str,
    address: str,
    telephone: str,
) -> OfficeSettings:
    return OfficeSettings(
        name=name,
        council=_COUNCIL,
        timezone=ZONE,
        preset=_HERTSMERE.key,
        walk_in_seen=_HERTSMERE.walk_in_seen,
        walk_in_resolved=_HERTSMERE.walk_in_resolved,
        appointment_seen=_HERTFORDSHIRE.appointment_seen,
        notice_days=_HERTFORDSHIRE.notice_days,
        hours=hours,
        services=in_their_words(services),
        counters=counters,
        staff=staff,
        place=place,
        address=address,
        telephone=telephone,
        kiosk_pin=PIN,
    )


def civic_offices() -> OfficeSettings:
    """The main office, with three counters."""
    made = _office(
        CIVIC_NAME,
        _HERTSMERE.hours,
        (
            Service(COUNCIL_TAX, "Council Tax", "C", minutes=20),
            Service(HOUSING, "Housing", "H", specialist=True, minutes=30, set_up_minutes=5),
            Service(BENEFITS, "Benefits", "B", minutes=30, sensitive=True),
            Service(PLANNING, "Planning", "P", specialist=True, minutes=40, set_up_minutes=10),
            Service(PARKING, "Parking", "K", minutes=15),
            Service(ADVICE, "Citizens Advice", "A", partner="Citizens Advice", minutes=30, sensitive=True),
        ),
        (
            Counter(COUNTER_1, "Counter 1"),
            Counter(COUNTER_2, "Counter 2"),
            Counter(COUNTER_3, "Counter 3"),
            Counter(COUNTER_4, "Interview desk", frozenset({HOUSING, PLANNING, BENEFITS})),
        ),
        (
            _person(PRIYA, "Priya Nair", Role.RECEPTIONIST, 101),
            _person(
                EWAN,
                "Ewan Pritchard",
                Role.OFFICER,
                102,
                COUNCIL_TAX,
                BENEFITS,
                PARKING,
                title="Council Tax officer",
                lunch=12,
            ),
            _person(GRACE, "Grace Okafor", Role.OFFICER, 103, HOUSING, BENEFITS, title="Housing officer", lunch=13),
            _person(TOMASZ, "Tomasz Zieliński", Role.OFFICER, 104, title="Benefits officer", lunch=12),
            _person(LI, "Li Wei", Role.SUPERVISOR, 105, title="Planning officer", lunch=13),
            _person(HELEN, "Helen Marsh", Role.ADMINISTRATOR, 106),
            _person(MARTIN, "Martin Cole", Role.OFFICER, 107, HOUSING, title="Housing adviser", lunch=13),
            _person(SIAN, "Siân Lewis", Role.OFFICER, 108, PLANNING, title="Planning officer", lunch=12),
        ),
        place="Ground floor, by the screen",
        address="1 Example Way\nBorehamwood\nWD6 1ZZ",
        telephone="020 7946 0100",
    )
    return replace(made, rooms=_rooms(), interpreters=_interpreters(), notices=notices(), place_said=place_said())


def _rooms() -> tuple[Room, ...]:
    private, step_free, loop = RoomFeature.PRIVATE, RoomFeature.STEP_FREE, RoomFeature.HEARING_LOOP
    return (
        Room(ROOM_1, "Room 1", frozenset({private, step_free}), seats=4),
        Room(ROOM_2, "Room 2", frozenset({private, step_free, loop}), seats=3),
        Room(ROOM_3, "Room 3", frozenset({private, loop}), seats=6),
        Room(ROOM_4, "Meeting room", frozenset({step_free}), seats=12),
    )


def _interpreters() -> tuple[Interpreter, ...]:
    """Two who come, sign language by video, and a line for every language that has a name here but the signed ones."""
    signed = {"bfi", "isg"}
    spoken = frozenset(code for code, _ in interpreted() if code not in {*signed, "eng"})
    return (
        Interpreter(
            MARIA,
            "Maria Szabó",
            frozenset({"bfi"}),
            frozenset({Mode.IN_PERSON, Mode.VIDEO}),
            hours=tuple(Hours(day, time(9), time(16)) for day in range(5)),
            notice_hours=48,
            telephone="020 7946 0181",
            email="maria.szabo@interpreters.example",
        ),
        Interpreter(
            HALINA,
            "Halina Król",
            frozenset({"pol", "ukr"}),
            notice_hours=24,
            telephone="020 7946 0182",
            email="halina.krol@interpreters.example",
        ),
        Interpreter(
            BSL_VIDEO, "Sign language by video", frozenset(signed), frozenset({Mode.VIDEO}), telephone="020 7946 0183"
        ),
        Interpreter(
            LANGUAGE_LINE,
            "Language line",
            spoken,
            frozenset({Mode.TELEPHONE}),
            is_line=True,
            telephone="020 7946 0184",
            code="4417",
        ),
    )


def potters_bar() -> OfficeSettings:
    """Open on Tuesday, 9.30 to 2."""
    return _area_office(
        "potters-bar",
        "Potters Bar area office",
        "Wyllyotts Centre",
        "3 Example Road\nPotters Bar\nEN6 1ZZ",
        POTTERS_BAR_HOURS,
        120,
        "Sunita Rao",
    )


def bushey() -> OfficeSettings:
    """Open on Thursday, 9.30 to 2, with nobody at the desk."""
    made = _area_office(
        "bushey",
        "Bushey area office",
        "Citizens Advice Bureau",
        "2 Example Lane\nBushey\nWD23 1ZZ",
        BUSHEY_HOURS,
        140,
        "Daniel Osei",
    )
    return replace(
        made,
        unstaffed=True,
        who_comes="Somebody from the Citizens Advice Bureau comes to you in the order in which you came.",
        who_comes_said=who_comes_said(),
        help_telephone="020 7946 0100",
    )


def _area_office(
    key: str, name: str, place: str, address: str, hours: tuple[Hours, ...], line: int, receptionist: str
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
        address=address,
        telephone=f"020 7946 0{line}",
    )


OFFICES = ((CIVIC, civic_offices), (POTTERS_BAR, potters_bar), (BUSHEY, bushey))
