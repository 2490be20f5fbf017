"""What the services of the book share: the result of a command on an appointment, and checking what is held of its
visitor.
"""

from __future__ import annotations

from collections.abc import Sequence

from reception.domain.appointment import Appointment
from reception.domain.events import AppointmentFact
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_facts import record_appointment
from reception.services.appointment_ports import StoredAppointment
from reception.services.ports import UnitOfWork
from reception.services.recording import check_length, check_person


def arranged(
    command: c.Command, uow: UnitOfWork, stored: StoredAppointment, facts: Sequence[AppointmentFact]
) -> c.Result:
    """Write the facts; the result of a command on one appointment."""
    return result_of(command, uow, record_appointment(uow, command, stored, facts).appointment)


def result_of(command: c.Command, uow: UnitOfWork, appointment: Appointment) -> c.Result:
    return c.Result(command.id, at=uow.now, appointment_id=appointment.id, reference=appointment.reference)


def as_shown(stored: StoredAppointment, version: int) -> None:
    """Refuses ALREADY_TAKEN when it has changed since it was shown."""
    if stored.version != version:
        raise Refusal(
            Code.ALREADY_TAKEN,
            f"{stored.appointment.reference} was changed at another desk meanwhile.",
            "Look again, then choose.",
        )


def check_visitor(visitor: Visitor, about: str, home: HomeVisit) -> None:
    """Names and addresses are accepted as given; a whole document pasted by mistake is not."""
    check_person(visitor.person)
    check_length(visitor.telephone, visitor.email, visitor.address, about)
    check_length(home.purpose, home.password, home.have_ready, home.what_next)


def keep_reason(uow: UnitOfWork, command: c.Command, appointment_id: str, kind: str, reason: str) -> None:
    """Keep a reason that was given; an empty one is none."""
    if reason.strip():
        uow.appointments.keep_reason(appointment_id, command.id, kind, reason.strip())


def not_voided(stored: StoredAppointment) -> None:
    if stored.appointment.voided:
        raise Refusal(Code.VOIDED, f"{stored.appointment.reference} was taken back.", "Book a new appointment.")
