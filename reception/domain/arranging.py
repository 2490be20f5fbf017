"""The life of an appointment: which facts may follow which.

Each function takes the appointment as it stands and returns the facts that follow, or refuses. Whether its place is
free is for `obstacles` to say. Rules are of product.md sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from reception.clock import MINUTE, Instant, Millis, local_date
from reception.domain import events as e
from reception.domain.appointment import Appointment
from reception.domain.booked import InterpreterStatus, Kind, Standing
from reception.domain.booking import Place
from reception.domain.local_time import said_day
from reception.domain.office import Office
from reception.errors import Code, Refusal

_OVER = {
    Standing.CHECKED_IN: (
        Code.ALREADY_CHECKED_IN,
        "The visitor has been checked in already.",
        "Go on with the visit, which is in the queue.",
    ),
    Standing.CANCELLED: (
        Code.CANCELLED_APPOINTMENT,
        "This appointment has been cancelled.",
        "Make a new booking, or give the visitor a ticket.",
    ),
    Standing.DID_NOT_ATTEND: (
        Code.NOT_POSSIBLE_NOW,
        "This appointment is marked as not attended.",
        "If the visitor has come after all, check in; for another time, make a new booking.",
    ),
    Standing.ATTENDED: (
        Code.NOT_POSSIBLE_NOW,
        "This appointment has taken place already.",
        "For another one, make a new booking.",
    ),
}


def _require(appointment: Appointment, *allowed: Standing) -> None:
    if appointment.voided:
        raise Refusal(Code.VOIDED, "The booking of this appointment was taken back.", "Make a new booking.")
    if appointment.standing not in allowed:
        if appointment.standing is Standing.BOOKED:
            raise Refusal(
                Code.NOT_POSSIBLE_NOW,
                "This appointment is still to come.",
                "Look at where it stands, and choose again.",
            )
        raise Refusal(*_OVER[appointment.standing])


def move(
    appointment: Appointment,
    place: Place,
    local_day: date,
    *,
    by_visitor: bool,
    offered: Sequence[Instant] = (),
    excused: Iterable[str] = (),
    visit_waits: bool = False,
) -> list[e.AppointmentFact]:
    """Give it another time, length, officer, room or interpreter; moved onto itself it is refused.

    `visit_waits`: checked in, and the visit that waits with it ends as booked by the same command.
    """
    if visit_waits:
        _require(appointment, Standing.BOOKED, Standing.CHECKED_IN)
    else:
        _require(appointment, Standing.BOOKED)
    if place == appointment.place:
        raise Refusal(
            Code.BAD_INPUT,
            "The appointment stands there already.",
            "Choose another time, officer, room or interpreter, or leave it as it is.",
        )
    return [e.AppointmentMoved(place, local_day, by_visitor, tuple(offered), tuple(excused))]


def cancel(appointment: Appointment, by_visitor: bool) -> list[e.AppointmentFact]:
    if appointment.standing is Standing.CANCELLED and not appointment.voided:
        raise Refusal(
            Code.CANCELLED_APPOINTMENT, "This appointment has been cancelled already.", "There is nothing more to do."
        )
    _require(appointment, Standing.BOOKED)
    return [e.AppointmentCancelled(by_visitor)]


def check_in(appointment: Appointment, office: Office, now: Instant, visit_id: str) -> list[e.AppointmentFact]:
    """The visitor is here. One who was marked as not attended came late, and is taken all the same.

    Refuses OTHER_OFFICE, CANCELLED_APPOINTMENT, ALREADY_CHECKED_IN, OTHER_DAY, and kinds that have no check-in.
    """
    if appointment.office_id != office.id:
        raise Refusal(
            Code.OTHER_OFFICE,
            "This appointment is at another office.",
            "Send the visitor there, or give a ticket to be seen here.",
        )
    _require(appointment, Standing.BOOKED, Standing.DID_NOT_ATTEND)
    if appointment.kind is not Kind.OFFICE:
        kind = "by telephone" if appointment.kind is Kind.TELEPHONE else "at the visitor's home"
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"This appointment is {kind}, so nobody checks in for it.",
            "Mark it as attended once it has taken place, or give the visitor a ticket.",
        )
    if appointment.local_day != local_date(now, office.zone):
        was = "was" if appointment.local_day < local_date(now, office.zone) else "is"
        raise Refusal(
            Code.OTHER_DAY,
            f"This appointment {was} on {said_day(appointment.local_day)}.",
            "Move it to today, or give the visitor a ticket to be seen today."
            if was == "is"
            else "Make a new booking, or give the visitor a ticket to be seen today.",
        )
    return [e.AppointmentCheckedIn(visit_id, max(0, now - appointment.starts_at))]


def is_in_grace(appointment: Appointment, now: Instant, grace: Millis) -> bool:
    """Whether a visitor who comes now is still promised to be seen in time; the limit is inclusive."""
    return now <= appointment.starts_at + grace


def miss(appointment: Appointment, now: Instant, grace: Millis) -> list[e.AppointmentFact]:
    """Did not attend; refused as TOO_SOON until the grace period is over."""
    _require(appointment, Standing.BOOKED)
    if is_in_grace(appointment, now, grace):
        left = (appointment.starts_at + grace - now) // MINUTE + 1
        wait = f"{left} minute" if left == 1 else f"{left} minutes"
        still = (
            "There is time to ring again."
            if appointment.kind is Kind.TELEPHONE
            else "The visitor may still come in time."
        )
        raise Refusal(
            Code.TOO_SOON,
            still if now >= appointment.starts_at else "The time of this appointment has not come yet.",
            f"Mark it as not attended in {wait}." if left <= 60 else "Cancel it if the visitor will not come.",
        )
    return [e.AppointmentMissed()]


def close_day(appointment: Appointment) -> list[e.AppointmentFact]:
    """The day closed, and nobody had come to the office for it."""
    return [e.AppointmentMissed()] if appointment.is_ahead and appointment.kind is Kind.OFFICE else []


def attended(appointment: Appointment, now: Instant) -> list[e.AppointmentFact]:
    """A telephone appointment or home visit took place; one at the office is checked in."""
    _require(appointment, Standing.BOOKED, Standing.DID_NOT_ATTEND)
    if appointment.kind is Kind.OFFICE:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW, "An appointment at the office begins with a check-in.", "Check the visitor in."
        )
    if now < appointment.starts_at:
        raise Refusal(
            Code.TOO_SOON,
            "The time of this appointment has not come yet.",
            "Move it to the time at which it took place, or wait.",
        )
    return [e.AppointmentAttended()]


def correct(appointment: Appointment, party_size: int) -> list[e.AppointmentFact]:
    """What is held of the visitor may be corrected at any time; nobody is not a party."""
    _require(appointment, *Standing)
    if party_size < 1:
        raise Refusal(Code.BAD_INPUT, "A party has at least one person.", "Say how many come.", "party_size")
    return [e.AppointmentCorrected(party_size)]


def want_earlier(appointment: Appointment, on: bool) -> list[e.AppointmentFact]:
    """Once on the list it keeps its place there."""
    _require(appointment, Standing.BOOKED)
    return [e.EarlierWanted(on)] if on != (appointment.wants_earlier_since is not None) else []


def progress_interpreter(
    appointment: Appointment, status: InterpreterStatus, now: Instant, notice: Millis
) -> list[e.AppointmentFact]:
    """Ordered, confirmed, cancelled. A cancellation is in time when the notice is kept, the limit included.

    Of an appointment that is cancelled or missed, its interpreter may still be.
    """
    if status is InterpreterStatus.CANCELLED:
        _require(appointment, Standing.BOOKED, Standing.CHECKED_IN, Standing.CANCELLED, Standing.DID_NOT_ATTEND)
    else:
        _require(appointment, Standing.BOOKED, Standing.CHECKED_IN)
    if appointment.interpreter_status is None:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            "No interpreter is booked with this appointment.",
            "Move the appointment to a time with an interpreter first.",
        )
    if appointment.interpreter_status is InterpreterStatus.CANCELLED:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            "The interpreter of this appointment has been cancelled.",
            "Choose another interpreter first.",
        )
    if status is appointment.interpreter_status:
        return []
    in_time = status is not InterpreterStatus.CANCELLED or now + notice <= appointment.starts_at
    return [e.InterpreterProgressed(status, in_time)]


def tell(appointment: Appointment, told: e.DelayTold) -> list[e.AppointmentFact]:
    """Keep that a visitor who has not come yet was told of a delay, or was tried to be."""
    _require(appointment, Standing.BOOKED)
    return [told]
