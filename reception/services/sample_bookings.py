"""Who has an appointment at the sample office: today, in minutes from the present moment, and on the days after it;
and when its officers are away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reception.domain.booked import AbsenceKind, Kind, RoomFeature, SafeContact
from reception.domain.person import Need, Person
from reception.domain.visitor import HomeVisit, Visitor
from reception.services import sample_office as office


@dataclass(frozen=True)
class SampleBooking:
    """One appointment of today. Times are minutes from the present; those below zero are past."""

    at: int
    """When it starts: from the last full five minutes."""
    minutes: int
    service_id: str
    officer_id: str
    visitor: Visitor = field(repr=False)
    room_id: str = ""
    interpreter_id: str = ""
    language: str = ""
    kind: Kind = Kind.OFFICE
    about: str = field(default="", repr=False)
    home: HomeVisit = field(default=HomeVisit(), repr=False)
    features: frozenset[RoomFeature] = frozenset()
    comes: int | None = None
    """Checked in at."""
    seen: int | None = None
    over: int | None = None
    missed: int | None = None
    told: int | None = None
    """Of the delay, here and waiting."""
    took_place: int | None = None
    """A telephone appointment or home visit, marked as done at."""


def sample_visitor(
    name: str, *needs: Need, spoken: str = "en", written: str = "en", telephone: int = 0, **more: Any
) -> Visitor:
    number = f"020 7946 0{telephone}" if telephone else ""
    return Visitor(Person(name, spoken, written, frozenset(needs)), telephone=number, **more)


def bookings_of_today() -> tuple[SampleBooking, ...]:
    """By officer. The set-up of Housing is 5 minutes, of Planning 10. Those with a date of birth may check in by it
    at a kiosk; two of them have one name."""
    housing, planning, benefits, tax = office.HOUSING, office.PLANNING, office.BENEFITS, office.COUNCIL_TAX
    private = frozenset({RoomFeature.PRIVATE})
    address = "7 Fernhollow Close\nPotters Bar\nEN6 0AA"
    return (
        SampleBooking(
            -70,
            30,
            housing,
            office.MARTIN,
            sample_visitor("Małgorzata Wrona", telephone=201),
            office.ROOM_2,
            comes=-79,
            seen=-71,
            over=-45,
        ),
        SampleBooking(
            -35, 30, housing, office.MARTIN, sample_visitor("Peter Agyeman"), office.ROOM_2, comes=-41, seen=-36
        ),
        SampleBooking(
            0,
            30,
            housing,
            office.MARTIN,
            sample_visitor("陈美玲", spoken="cmn", written="zh-Hans", telephone=203),
            office.ROOM_2,
            office.LANGUAGE_LINE,
            "cmn",
            comes=-8,
            told=-1,
        ),
        SampleBooking(
            80,
            30,
            housing,
            office.MARTIN,
            sample_visitor("Bilal Rahman", telephone=204, born=date(1991, 11, 23)),
            office.ROOM_2,
        ),
        SampleBooking(200, 45, housing, office.MARTIN, sample_visitor("Kwame Boateng", Need.STEP_FREE), office.ROOM_2),
        SampleBooking(
            20,
            40,
            planning,
            office.LI,
            sample_visitor(
                "Samuel Adebayo", Need.BSL, Need.LARGE_PRINT, spoken="bfi", address=address, born=date(1966, 6, 30)
            ),
            office.ROOM_3,
            office.MARIA,
            "bfi",
            about="Extension, 7 Fernhollow Close",
            features=private,
        ),
        SampleBooking(200, 40, planning, office.LI, sample_visitor("Aoife Brennan", Need.LARGE_PRINT), office.ROOM_3),
        SampleBooking(-60, 20, tax, office.TOMASZ, sample_visitor("Luca Ferri", telephone=207), missed=-44),
        SampleBooking(
            -10, 30, benefits, office.TOMASZ, sample_visitor("Gareth Pugh", telephone=208, born=date(1985, 3, 14))
        ),
        SampleBooking(
            35,
            30,
            benefits,
            office.TOMASZ,
            sample_visitor("Nasreen Begum", spoken="bn", written="bn", born=date(1979, 1, 5)),
            office.ROOM_1,
            office.LANGUAGE_LINE,
            "ben",
        ),
        SampleBooking(
            230,
            30,
            benefits,
            office.TOMASZ,
            sample_visitor("Imran Qureshi", Need.PRIVATE, safe=frozenset({SafeContact.DO_NOT_WRITE})),
            office.ROOM_1,
            features=private,
        ),
        SampleBooking(
            -50,
            15,
            tax,
            office.EWAN,
            sample_visitor("Ffion Rhys", telephone=211),
            kind=Kind.TELEPHONE,
            took_place=-38,
        ),
        SampleBooking(50, 15, tax, office.EWAN, sample_visitor("Ann Moss", telephone=212), kind=Kind.TELEPHONE),
        SampleBooking(200, 20, tax, office.EWAN, sample_visitor("Harjit Singh", telephone=213)),
        SampleBooking(65, 30, housing, office.GRACE, sample_visitor("Gareth Pugh", born=date(1958, 9, 2))),
        SampleBooking(
            230,
            60,
            housing,
            office.GRACE,
            sample_visitor("Irena Kowalska", telephone=215, address="22 Sample Avenue\nPotters Bar\nEN6 0AB"),
            kind=Kind.HOME_VISIT,
            about="Damp in the back bedroom",
            home=HomeVisit(
                "To see the damp and say what will be done about it",
                "Bluebell",
                "Your tenancy agreement",
                "You get a letter within ten working days",
            ),
        ),
    )


ABSENCES = (
    (office.MARTIN, AbsenceKind.MEETING, -100, -80),
    (office.GRACE, AbsenceKind.TRAVEL, 195, 225),
    (office.GRACE, AbsenceKind.TRAVEL, 290, 320),
)
"""Who, why, and from when to when, in minutes as the bookings'."""
COMING = ("Olena Bondar", "Sofia Marchetti", "Joan White", "Tariq Aziz", "Megan Price", "Chidi Eze", "Ruth Hall")
SHARE_TAKEN = 0.4
"""Of the times that might be booked on a coming day."""
COMING_AT = (9 * 60 + 30, 10 * 60 + 30, 11 * 60 + 20, 14 * 60, 15 * 60)
COMING_WITH = (
    (office.EWAN, office.COUNCIL_TAX, 20, ""),
    (office.TOMASZ, office.BENEFITS, 30, office.ROOM_1),
    (office.GRACE, office.HOUSING, 30, ""),
    (office.MARTIN, office.HOUSING, 30, office.ROOM_2),
    (office.LI, office.PLANNING, 40, office.ROOM_3),
    (office.SIAN, office.PLANNING, 40, ""),
)
