"""What a kiosk says of the appointment that was looked for, and how long wrong tries are slowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from reception.clock import MINUTE, SECOND, Instant, Millis, local_date
from reception.domain.appointment import Appointment
from reception.domain.arranging import is_in_grace
from reception.domain.booked import Kind, Standing
from reception.domain.kiosk import Finding, KioskAppointment
from reception.domain.office import Office

EARLY_BEFORE: Millis = 30 * MINUTE
"""A visitor who comes longer before the time is told that it is early."""
FREE_TRIES = 5
"""Wrong tries at one kiosk before the next has to wait."""
FIRST_WAIT: Millis = 15 * SECOND
LONGEST_WAIT: Millis = 5 * MINUTE
TRIES_REMEMBERED: Millis = 10 * MINUTE


class Elsewhere(Struct, frozen=True):
    """All that a kiosk hears of an appointment of another day or office."""

    day: date
    office_id: str
    office: str


class Found(Struct, frozen=True):
    """What a look-up found. `number`: of the ticket it was checked in with. `again_in`: too many tries, try after."""

    appointment: Appointment | None = None
    elsewhere: Elsewhere | None = None
    number: str = ""
    again_in: Millis = 0


def decide(found: Found, office: Office, now: Instant) -> KioskAppointment:
    """What it comes to. A kiosk that may not check it in says nothing of it but where or when it is."""
    if found.again_in > 0:
        return KioskAppointment(Finding.TOO_MANY_TRIES, again_in_seconds=-(-found.again_in // SECOND))
    if found.elsewhere is not None:
        there = found.elsewhere
        if there.office_id != office.id:
            return KioskAppointment(Finding.OTHER_OFFICE, day=there.day, office=there.office)
        return KioskAppointment(Finding.OTHER_DAY, day=there.day, office=there.office)
    appointment = found.appointment
    if appointment is None or appointment.voided:
        return KioskAppointment(Finding.NOT_FOUND)
    if appointment.office_id != office.id:
        return KioskAppointment(Finding.NOT_FOUND)
    finding = _standing(appointment, office, now)
    if appointment.kind is not Kind.OFFICE:
        return _not_here(appointment, office, now, finding)
    room = office.room(appointment.place.room_id)
    return KioskAppointment(
        finding,
        appointment.id,
        appointment.starts_at,
        appointment.local_day,
        office.name,
        found.number if finding is Finding.ALREADY_CHECKED_IN else "",
        room.name if room is not None else "",
    )


def _not_here(appointment: Appointment, office: Office, now: Instant, finding: Finding) -> KioskAppointment:
    """One that nobody comes to the office for: whether we ring or come, and when."""
    day = appointment.local_day
    if finding is Finding.CANCELLED:
        return KioskAppointment(finding)
    if day != local_date(now, office.zone):
        return KioskAppointment(Finding.OTHER_DAY, day=day, office=office.name)
    by = Finding.BY_TELEPHONE if appointment.kind is Kind.TELEPHONE else Finding.AT_HOME
    return KioskAppointment(by, starts_at=appointment.starts_at, day=day)


def _standing(appointment: Appointment, office: Office, now: Instant) -> Finding:
    match appointment.standing:
        case Standing.CANCELLED:
            return Finding.CANCELLED
        case Standing.CHECKED_IN | Standing.ATTENDED:
            return Finding.ALREADY_CHECKED_IN
    if appointment.local_day != local_date(now, office.zone):
        return Finding.OTHER_DAY
    if now < appointment.starts_at - EARLY_BEFORE:
        return Finding.EARLY
    in_time = is_in_grace(appointment, now, office.grace_minutes * MINUTE)
    return Finding.READY if in_time and appointment.standing is Standing.BOOKED else Finding.LATE


def wait_after(wrong: Sequence[Instant], now: Instant) -> Millis:
    """How long until the next try at a kiosk, by the times of the wrong ones there; 0: at once.

    The sixth waits a quarter of a minute, each after it twice as long as the one before.
    """
    tries = [each for each in wrong if each > now - TRIES_REMEMBERED]
    if len(tries) < FREE_TRIES:
        return 0
    wait = min(LONGEST_WAIT, FIRST_WAIT << (len(tries) - FREE_TRIES))
    return max(0, max(tries) + wait - now)
