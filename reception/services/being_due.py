"""What is due at a counter: an appointment with its officer, before which a walk-in is only called when confirmed."""

from __future__ import annotations

from reception.clock import MINUTE
from reception.domain.appointment import Appointment
from reception.domain.local_time import said_time
from reception.domain.office import Officer
from reception.domain.queueing import DUE_SOON, due_with
from reception.errors import Code, Refusal
from reception.services.ports import UnitOfWork


def nobody_due(uow: UnitOfWork, officer: Officer, visit_id: str) -> None:
    """Refuses DUE_WITH_YOU when another appointment than that of this visit is due with the officer.

    A station that is cut off has no book to look in.
    """
    if uow.cut_off is not None:
        return
    office = uow.offices.office()
    standing = [each.appointment for each in uow.appointments.due_with(officer.id, uow.now + DUE_SOON)]
    due = due_with(standing, officer.id, uow.now, office.grace_minutes * MINUTE)
    if due is None or due.visit_id == visit_id:
        return
    raise Refusal(
        Code.DUE_WITH_YOU,
        f"{_name(due, uow)} is due with you at {said_time(due.starts_at, office.zone)}.",
        "Call anyway, or wait for them.",
    )


def _name(appointment: Appointment, uow: UnitOfWork) -> str:
    """The ticket's number; the reference of one that has not come yet."""
    return uow.visits.load(appointment.visit_id).visit.number if appointment.visit_id else appointment.reference
