"""One day of the book to show: Tuesday 24 November, 10.42am, as in the picture that sets the bar."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from reception.clock import MINUTE, Instant, from_datetime
from reception.domain.book import AbsenceRow, AppointmentCard, AppointmentRow, BookView, HoldRow
from reception.domain.booked import AbsenceKind, InterpreterStatus, Kind, Mode, RoomFeature, SafeContact, Standing
from reception.domain.office import Counter, Hours, Interpreter, Office, Officer, Role, Room, Service
from reception.domain.person import Need, Person
from reception.domain.visit_states import State
from reception.domain.visitor import HomeVisit, Visitor

ZONE = "Europe/London"
TODAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: date = TODAY) -> Instant:
    return from_datetime(datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(ZONE)))


NOW = at(10, 42)


def every_day(starts: time, ends: time) -> tuple[Hours, ...]:
    return tuple(Hours(day, starts, ends) for day in range(5))


def officer(key: str, name: str, skill: str, lunch: tuple[time, time], **more: Any) -> Officer:
    return Officer(
        key,
        name,
        Role.OFFICER,
        frozenset({skill}),
        telephone="020 8207 2201",
        email=f"{key}@example.org",
        breaks=every_day(*lunch) if lunch[0] < lunch[1] else (),
        **more,
    )


NO_LUNCH = (time(13), time(13))
OFFICE = Office(
    id="civic",
    name="Civic Offices",
    council="Hertsmere Borough Council",
    timezone=ZONE,
    place="Ground floor, by the screen",
    telephone="020 8207 2277",
    hours=tuple(Hours(day, time(9), time(17, 15) if day < 4 else time(17)) for day in range(5)),
    services=(
        Service("ctax", "Council Tax", "C", minutes=15),
        Service("housing", "Housing", "H", specialist=True, minutes=30),
        Service("benefits", "Benefits", "B", minutes=30, sensitive=True),
        Service("planning", "Planning", "P", minutes=40, set_up_minutes=10),
    ),
    counters=(Counter("c1", "Counter 1"), Counter("c2", "Counter 2"), Counter("c3", "Counter 3")),
    staff=(
        Officer("priya", "Priya Nair", Role.RECEPTIONIST, takes_appointments=False),
        officer(
            "ewan", "Ewan Pritchard", "ctax", (time(12, 30), time(13, 30)), hours=every_day(time(9, 15), time(17, 15))
        ),
        officer("tomasz", "Tomasz Zieliński", "benefits", (time(12), time(13))),
        officer("grace", "Grace Okafor", "housing", (time(12, 30), time(13, 30))),
        officer("rukhsana", "Rukhsana Aziz", "housing", (time(13), time(14))),
        officer("li", "Li Wei", "planning", (time(12, 30), time(13, 30))),
        officer("sian", "Siân Lewis", "planning", NO_LUNCH),
    ),
    rooms=(
        Room("r1", "Room 1", frozenset({RoomFeature.PRIVATE})),
        Room("r2", "Room 2", frozenset({RoomFeature.STEP_FREE})),
        Room("r3", "Room 3", frozenset({RoomFeature.PRIVATE, RoomFeature.STEP_FREE, RoomFeature.HEARING_LOOP}), 6),
    ),
    interpreters=(
        Interpreter("maria", "Maria Szabó", frozenset({"bfi"}), notice_hours=48, telephone="07700 900123"),
        Interpreter("olek", "Oleksandra Koval", frozenset({"ukr", "rus"})),
        Interpreter(
            "line", "Language line", frozenset({"ben", "pol", "ukr"}), frozenset({Mode.TELEPHONE}), is_line=True
        ),
    ),
)


def row(key: str, officer_id: str, starts: Instant, minutes: int, name: str, **more: Any) -> AppointmentRow:
    """One appointment, of the officer's service unless told otherwise."""
    who = OFFICE.officer(officer_id)
    service = OFFICE.service(more.pop("service_id", next(iter(who.skills)) if who and who.skills else "housing"))
    assert service is not None
    room = OFFICE.room(more.get("room_id", ""))
    interpreter = OFFICE.interpreter(more.get("interpreter_id", ""))
    fields: dict[str, Any] = {
        "id": key,
        "version": 1,
        "reference": f"AP-{key.upper():0>8}"[:11],
        "kind": Kind.OFFICE,
        "standing": Standing.BOOKED,
        "service_id": service.id,
        "service": service.name,
        "starts": starts,
        "ends": starts + minutes * MINUTE,
        "set_up": 0,
        "officer_id": officer_id,
        "officer": who.name if who else "",
        "room_id": "",
        "room": room.name if room else "",
        "interpreter_id": "",
        "interpreter": interpreter.name if interpreter else "",
        "interpreter_status": None,
        "language": "",
        "name": name,
        "needs": frozenset(),
        "party_size": 1,
        "by_council": False,
        "named_officer": False,
        "wants_earlier": False,
        "came_late": False,
    }
    return AppointmentRow(**{**fields, **more})


def seen(minute: Instant) -> dict[str, Any]:
    return {
        "standing": Standing.CHECKED_IN,
        "visit_state": State.ENDED,
        "checked_in_at": minute - 5 * MINUTE,
        "seen_at": minute,
    }


def rows() -> tuple[AppointmentRow, ...]:
    found = [
        row("joan", "ewan", at(9, 30), 15, "Joan White", **seen(at(9, 31))),
        row("luca", "ewan", at(10, 15), 15, "Luca Ferri", **seen(at(10, 16))),
        row("ffion", "ewan", at(11, 30), 15, "Ffion Rhys", kind=Kind.TELEPHONE),
        row("harjit", "ewan", at(14), 30, "Harjit Singh", room="Counter 1"),
        row("ann", "ewan", at(15, 30), 15, "Ann Moss", kind=Kind.TELEPHONE),
        row("gosia", "tomasz", at(10), 30, "Małgorzata Wrona", **seen(at(10, 2))),
        row("nasreen", "tomasz", at(11, 15), 30, "Nasreen Begum", room_id="r1", language="ben", interpreter_id="line"),
        row("imran", "tomasz", at(14, 30), 30, "Imran Qureshi", room_id="r1", needs=frozenset({Need.PRIVATE})),
        row(
            "olena",
            "tomasz",
            at(15, 30),
            30,
            "Olena Bondar",
            room_id="r1",
            language="ukr",
            interpreter_id="olek",
            interpreter_status=InterpreterStatus.CONFIRMED,
        ),
        row("peter", "grace", at(10, 20), 30, "Peter Agyeman", **seen(at(10, 21))),
        row("dawn", "grace", at(11, 45), 30, "Dawn Pickering", room="Counter 2"),
        row("home", "grace", at(14, 30), 60, "Jean Whitlock", kind=Kind.HOME_VISIT, by_council=True),
        row(
            "mei",
            "rukhsana",
            at(10, 40),
            30,
            "陈美玲",
            standing=Standing.CHECKED_IN,
            visit_id="v9",
            number="H009",
            checked_in_at=at(10, 34),
            visit_state=State.WAITING,
        ),
        row("bilal", "rukhsana", at(12), 30, "Bilal Rahman", room_id="r2"),
        row("sofia", "rukhsana", at(14, 15), 30, "Sofia Marchetti", room_id="r2"),
        row("kwame", "rukhsana", at(15), 30, "Kwame Boateng", room_id="r2", needs=frozenset({Need.STEP_FREE})),
        row("noor", "li", at(10, 30), 20, "Noor Haddad"),
        row(
            "samuel",
            "li",
            at(11),
            40,
            "Samuel Adebayo",
            set_up=10 * MINUTE,
            room_id="r3",
            needs=frozenset({Need.BSL, Need.LARGE_PRINT}),
            language="bfi",
            interpreter_id="maria",
            interpreter_status=InterpreterStatus.ORDERED,
            reference="AP-4K7PXR2M",
        ),
        row(
            "aoife",
            "li",
            at(14),
            45,
            "Aoife Brennan",
            room_id="r3",
            needs=frozenset({Need.LARGE_PRINT}),
            wants_earlier=True,
        ),
    ]
    return tuple(sorted(found, key=lambda each: (each.starts, each.id)))


ABSENCES = (
    AbsenceRow("a1", "rukhsana", AbsenceKind.MEETING, at(9), at(9, 45)),
    AbsenceRow("a2", "grace", AbsenceKind.TRAVEL, at(14), at(14, 30)),
    AbsenceRow("a3", "grace", AbsenceKind.TRAVEL, at(15, 30), at(16)),
    AbsenceRow("a4", "sian", AbsenceKind.LEAVE, at(0), at(23, 59)),
)


def book(**more: Any) -> BookView:
    """The sample day as it is read."""
    fields: dict[str, Any] = {
        "now": NOW,
        "sequence": 100,
        "office": OFFICE,
        "first": TODAY,
        "days": 1,
        "rows": rows(),
        "absences": ABSENCES,
        "holds": (HoldRow("h1", at(16), at(16, 30), "rukhsana", "r2", NOW + 4 * MINUTE, "Desk 1"),),
        "bank_holidays": frozenset(),
        "wanting_earlier": 2,
    }
    return BookView(**{**fields, **more})


def card(of: AppointmentRow, **more: Any) -> AppointmentCard:
    """An appointment whole, of a visitor with an address."""
    fields: dict[str, Any] = {
        "row": of,
        "visitor": Visitor(
            Person(of.name, needs=of.needs),
            date(1971, 3, 9),
            "01707 555012",
            "",
            "7 Fernhollow Close\nPotters Bar\nEN6 1AB",
            frozenset({SafeContact.LEAVE_NO_MESSAGE}) if of.id == "imran" else frozenset(),
        ),
        "about": "Extension, 7 Fernhollow Close" if of.id == "samuel" else "",
        "home": HomeVisit("Damp in the back bedroom", "Bluebell") if of.kind is Kind.HOME_VISIT else HomeVisit(),
        "features": frozenset(),
        "seats": 1,
        "booked_at": at(11, 5, date(2026, 11, 10)),
        "booked_by": "Priya Nair",
        "reason": "",
        "told": (),
        "letters": (),
    }
    return AppointmentCard(**{**fields, **more})
