"""The appointment book of the sample office: today around the present moment, and the working days after it.

It was filled three weeks ago, so that visits had their notice and interpreters were ordered in time. Today stands by
the clock on the wall: somebody did not come, somebody is late, one appointment runs over and the next waits for it.
Outside opening hours each booking gives a reason, as anybody's would.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE, Instant, Millis, local_date, midnight_before
from reception.domain.booked import AbsenceKind, DelayAnswer, DelayReason, InterpreterStatus, Kind
from reception.domain.booking import Place
from reception.domain.local_time import instant_of
from reception.domain.visit_states import End
from reception.domain.workdays import working_day_after
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import sample_office as office
from reception.services.playing import ARRIVING, CALLING, FINISHING, Agenda, Door, Post
from reception.services.sample_bookings import (
    ABSENCES,
    COMING,
    COMING_AT,
    COMING_WITH,
    SHARE_TAKEN,
    SampleBooking,
    bookings_of_today,
    sample_visitor,
)

FILLED_BEFORE: Millis = 21 * 24 * HOUR
"""How long ago the book was filled."""
_GRID: Millis = 5 * MINUTE
_DAYS_AHEAD = 8
_SEED = 24
_REASON = "Agreed with the visitor"
MARTINS = Post(office.COUNTER_4, office.MARTIN, "Interview desk")
PRIYAS = Post("", office.PRIYA, "Desk 3")
"""Whoever fills the book is at no counter."""


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
        self._booked: list[tuple[SampleBooking, str]] = []
        self._visits: dict[str, str] = {}

    # -- three weeks ago -----------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Book all of today and of the coming days, with the absences of the officers."""
        self._absences()
        for booking in bookings_of_today():
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
        spans = [(who, why, self._at(begins), self._at(ends)) for who, why, begins, ends in ABSENCES]
        midnights = [midnight_before(self._today + timedelta(days=days), self._zone) for days in (0, 1)]
        spans.append((office.SIAN, AbsenceKind.LEAVE, midnights[0], midnights[1]))
        for who, why, starts, ends in spans:
            self._door.do(a.EnterAbsence(**self._by(), absentee_id=who, kind=why, starts=starts, ends=ends))

    def _command(self, booking: SampleBooking, place: Place) -> a.BookAppointment:
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
            for at in COMING_AT:
                for officer_id, service_id, minutes, room_id in COMING_WITH:
                    if self._rng.random() > SHARE_TAKEN:
                        continue
                    starts = instant_of(day, at, self._zone)
                    self._book(
                        a.BookAppointment(
                            **self._by(),
                            service_id=service_id,
                            place=Place(starts, starts + minutes * MINUTE, officer_id, room_id),
                            visitor=sample_visitor(COMING[int(self._rng.random() * len(COMING))]),
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
