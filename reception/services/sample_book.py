"""The appointment book of the sample office: today around the present moment, and the working days after it.

It was filled three weeks ago, so that visits had their notice and interpreters were ordered in time. Today stands by
the clock on the wall: somebody did not come, somebody is late, one appointment runs over and the next waits for it.
Outside opening hours each booking gives a reason, as anybody's would.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant, Millis, local_date, midnight_before
from reception.domain.booked import (
    AbsenceKind,
    DelayAnswer,
    DelayReason,
    InterpreterStatus,
    Kind,
    RoomFeature,
    SafeContact,
)
from reception.domain.booking import Place
from reception.domain.local_time import instant_of
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.domain.visitor import HomeVisit, Visitor
from reception.domain.workdays import working_day_after
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import sample_office as office
from reception.services.playing import ARRIVING, CALLING, FINISHING, Agenda, Door, Post

FILLED_BEFORE: Millis = 21 * 24 * HOUR
"""How long ago the book was filled."""
_GRID: Millis = 5 * MINUTE
_DAYS_AHEAD = 8
_SEED = 24
_REASON = "Agreed with the visitor"

MARTINS = Post(office.COUNTER_4, office.MARTIN, "Interview desk")
PRIYAS = Post("", office.PRIYA, "Desk 3")
"""Whoever fills the book is at no counter."""


@dataclass(frozen=True)
class _Booking:
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


def _visitor(
    name: str, *needs: Need, spoken: str = "en", written: str = "en", telephone: int = 0, **more: Any
) -> Visitor:
    number = f"020 7946 0{telephone}" if telephone else ""
    return Visitor(Person(name, spoken, written, frozenset(needs)), telephone=number, **more)


def _today() -> tuple[_Booking, ...]:
    """By officer. The set-up of Housing is 5 minutes, of Planning 10. Those with a date of birth may check in by it
    at a kiosk; two of them have one name."""
    housing, planning, benefits, tax = office.HOUSING, office.PLANNING, office.BENEFITS, office.COUNCIL_TAX
    private = frozenset({RoomFeature.PRIVATE})
    address = "7 Fernhollow Close\nPotters Bar\nEN6 0AA"
    return (
        _Booking(
            -70,
            30,
            housing,
            office.MARTIN,
            _visitor("Małgorzata Wrona", telephone=201),
            office.ROOM_2,
            comes=-79,
            seen=-71,
            over=-45,
        ),
        _Booking(-35, 30, housing, office.MARTIN, _visitor("Peter Agyeman"), office.ROOM_2, comes=-41, seen=-36),
        _Booking(
            0,
            30,
            housing,
            office.MARTIN,
            _visitor("陈美玲", spoken="cmn", written="zh-Hans", telephone=203),
            office.ROOM_2,
            office.LANGUAGE_LINE,
            "cmn",
            comes=-8,
            told=-1,
        ),
        _Booking(
            80,
            30,
            housing,
            office.MARTIN,
            _visitor("Bilal Rahman", telephone=204, born=date(1991, 11, 23)),
            office.ROOM_2,
        ),
        _Booking(200, 45, housing, office.MARTIN, _visitor("Kwame Boateng", Need.STEP_FREE), office.ROOM_2),
        _Booking(
            20,
            40,
            planning,
            office.LI,
            _visitor(
                "Samuel Adebayo", Need.BSL, Need.LARGE_PRINT, spoken="bfi", address=address, born=date(1966, 6, 30)
            ),
            office.ROOM_3,
            office.MARIA,
            "bfi",
            about="Extension, 7 Fernhollow Close",
            features=private,
        ),
        _Booking(200, 40, planning, office.LI, _visitor("Aoife Brennan", Need.LARGE_PRINT), office.ROOM_3),
        _Booking(-60, 20, tax, office.TOMASZ, _visitor("Luca Ferri", telephone=207), missed=-44),
        _Booking(-10, 30, benefits, office.TOMASZ, _visitor("Gareth Pugh", telephone=208, born=date(1985, 3, 14))),
        _Booking(
            35,
            30,
            benefits,
            office.TOMASZ,
            _visitor("Nasreen Begum", spoken="bn", written="bn", born=date(1979, 1, 5)),
            office.ROOM_1,
            office.LANGUAGE_LINE,
            "ben",
        ),
        _Booking(
            230,
            30,
            benefits,
            office.TOMASZ,
            _visitor("Imran Qureshi", Need.PRIVATE, safe=frozenset({SafeContact.DO_NOT_WRITE})),
            office.ROOM_1,
            features=private,
        ),
        _Booking(
            -50,
            15,
            tax,
            office.EWAN,
            _visitor("Ffion Rhys", telephone=211),
            kind=Kind.TELEPHONE,
            took_place=-38,
        ),
        _Booking(50, 15, tax, office.EWAN, _visitor("Ann Moss", telephone=212), kind=Kind.TELEPHONE),
        _Booking(200, 20, tax, office.EWAN, _visitor("Harjit Singh", telephone=213)),
        _Booking(65, 30, housing, office.GRACE, _visitor("Gareth Pugh", born=date(1958, 9, 2))),
        _Booking(
            230,
            60,
            housing,
            office.GRACE,
            _visitor("Irena Kowalska", telephone=215, address="22 Sample Avenue\nPotters Bar\nEN6 0AB"),
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


_ABSENCES = (
    (office.MARTIN, AbsenceKind.MEETING, -100, -80),
    (office.GRACE, AbsenceKind.TRAVEL, 195, 225),
    (office.GRACE, AbsenceKind.TRAVEL, 290, 320),
)
"""Who, why, and from when to when, in minutes as the bookings'."""

_COMING = ("Olena Bondar", "Sofia Marchetti", "Joan White", "Tariq Aziz", "Megan Price", "Chidi Eze", "Ruth Hall")
_SHARE_TAKEN = 0.4
"""Of the times that might be booked on a coming day."""
_COMING_AT = (9 * 60 + 30, 10 * 60 + 30, 11 * 60 + 20, 14 * 60, 15 * 60)
_COMING_WITH = (
    (office.EWAN, office.COUNCIL_TAX, 20, ""),
    (office.TOMASZ, office.BENEFITS, 30, office.ROOM_1),
    (office.GRACE, office.HOUSING, 30, ""),
    (office.MARTIN, office.HOUSING, 30, office.ROOM_2),
    (office.LI, office.PLANNING, 40, office.ROOM_3),
    (office.SIAN, office.PLANNING, 40, ""),
)


class SampleBook:
    """Fills the book, and plays today's part of it."""

    def __init__(self, door: Door, now: Instant, opens: Instant, zone: ZoneInfo) -> None:
        self._door = door
        self._now = now
        self._opens = opens
        self._zone = zone
        self._today = local_date(now, zone)
        # its own numbers, ids among them: those of the walk-ins come from another seed
        self._rng = Random(_SEED)
        self._booked: list[tuple[_Booking, str]] = []
        self._visits: dict[str, str] = {}

    # -- three weeks ago -----------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Book all of today and of the coming days, with the absences of the officers."""
        self._absences()
        for booking in _today():
            starts = self._at(booking.at)
            ends = starts + booking.minutes * MINUTE
            begins = starts if booking.comes is None else min(starts, self._now + booking.comes * MINUTE)
            if begins >= self._opens and local_date(ends, self._zone) == self._today:
                place = Place(starts, ends, booking.officer_id, booking.room_id, booking.interpreter_id)
                self._booked.append((booking, self._book(self._command(booking, place))))
        for booking, appointment_id in self._booked:
            if booking.interpreter_id == office.MARIA:
                for status in (InterpreterStatus.ORDERED, InterpreterStatus.CONFIRMED):
                    self._on(a.ProgressInterpreter, appointment_id, status=status)
        self._coming_days()

    def _at(self, minutes: int) -> Instant:
        return self._now - self._now % _GRID + minutes * MINUTE

    def _absences(self) -> None:
        spans = [(who, why, self._at(begins), self._at(ends)) for who, why, begins, ends in _ABSENCES]
        midnights = [midnight_before(self._today + timedelta(days=days), self._zone) for days in (0, 1)]
        spans.append((office.SIAN, AbsenceKind.LEAVE, midnights[0], midnights[1]))
        for who, why, starts, ends in spans:
            self._door.do(a.EnterAbsence(**self._by(), absentee_id=who, kind=why, starts=starts, ends=ends))

    def _command(self, booking: _Booking, place: Place) -> a.BookAppointment:
        return a.BookAppointment(
            **self._by(),
            service_id=booking.service_id,
            place=place,
            kind=booking.kind,
            visitor=booking.visitor,
            about=booking.about,
            features=booking.features,
            language=booking.language,
            by_council=booking.kind is Kind.HOME_VISIT,
            home=booking.home,
        )

    def _coming_days(self) -> None:
        """Those far off with the planning officer want an earlier time."""
        for number in range(1, _DAYS_AHEAD + 1):
            day = working_day_after(self._today, number)
            for at in _COMING_AT:
                for officer_id, service_id, minutes, room_id in _COMING_WITH:
                    if self._rng.random() > _SHARE_TAKEN:
                        continue
                    starts = instant_of(day, at, self._zone)
                    self._book(
                        a.BookAppointment(
                            **self._by(),
                            service_id=service_id,
                            place=Place(starts, starts + minutes * MINUTE, officer_id, room_id),
                            visitor=_visitor(_COMING[int(self._rng.random() * len(_COMING))]),
                            wants_earlier=officer_id == office.LI and number == _DAYS_AHEAD,
                        )
                    )

    def _book(self, command: a.BookAppointment) -> str:
        """The id of what was booked, with a reason where one is needed."""
        try:
            return self._door.do(command).appointment_id
        except Refusal as refusal:
            if refusal.code is not Code.NEEDS_REASON:
                raise
            return self._door.do(replace(command, reason=_REASON)).appointment_id

    # -- today ---------------------------------------------------------------------------------------------------

    def play(self, agenda: Agenda) -> None:
        """Enter what comes of today's appointments, up to the present."""
        agenda.enter(self._opens, CALLING, lambda: self._sign_in(MARTINS))
        for booking, appointment_id in self._booked:
            for minutes, rank, action in (
                (booking.missed, FINISHING, partial(self._on, a.DidNotAttend, appointment_id)),
                (booking.took_place, FINISHING, partial(self._on, a.Attended, appointment_id)),
                (booking.comes, ARRIVING, partial(self._check_in, appointment_id)),
                (booking.seen, CALLING, partial(self._see, appointment_id)),
                (booking.over, FINISHING, partial(self._finish, appointment_id)),
                (booking.told, ARRIVING, partial(self._tell, appointment_id)),
            ):
                if minutes is not None:
                    agenda.enter(self._now + minutes * MINUTE, rank, action)

    def _sign_in(self, post: Post) -> None:
        self._door.do(c.SignIn(**self._by(post), pin=office.PIN))

    def _check_in(self, appointment_id: str) -> None:
        done = self._door.do(a.CheckIn(**self._by(), appointment_id=appointment_id, print_ticket=False))
        self._visits[appointment_id] = done.visit_id

    def _see(self, appointment_id: str) -> None:
        visit_id = self._visits[appointment_id]
        self._door.do(c.CallVisit(**self._by(MARTINS), visit_id=visit_id, reason="It is the time of the appointment"))
        self._door.do(c.StartService(**self._by(MARTINS), visit_id=visit_id))

    def _finish(self, appointment_id: str) -> None:
        visit_id = self._visits[appointment_id]
        self._door.do(c.Finish(**self._by(MARTINS), visit_id=visit_id, end=End.RESOLVED, print_slip=False))

    def _tell(self, appointment_id: str) -> None:
        self._door.do(
            a.TellOfDelay(
                **self._by(),
                visit_id=self._visits[appointment_id],
                reason=DelayReason.RUNNING_OVER,
                expected_minutes=10,
                answer=DelayAnswer.WILL_WAIT,
            )
        )

    def _on(self, command: type[a.OnAppointment], appointment_id: str, **more: Any) -> None:
        self._door.do(command(**self._by(), appointment_id=appointment_id, **more))

    def _by(self, post: Post = PRIYAS) -> dict[str, Any]:
        return {
            "id": f"{self._rng.getrandbits(128):032x}",
            "office_id": office.CIVIC,
            "counter_id": post.counter_id,
            "officer_id": post.officer_id,
            "station": post.station,
        }
