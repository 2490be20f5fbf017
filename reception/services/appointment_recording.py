"""What the services of the book share: the result of a command on an appointment, and checking what is held of its
visitor.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reception.domain.appointment import Appointment
from reception.domain.events import AppointmentFact
from reception.domain.visitor import HomeVisit, Visitor
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_facts import record_appointment
from reception.services.appointment_ports import StoredAppointment
from reception.services.office_settings import LEAST_FIGURES
from reception.services.ports import UnitOfWork
from reception.services.recording import check_length, check_person

EARLIEST_BORN = 1900
"""The year; nobody older is alive."""


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


def check_reachable(visitor: Visitor, today: date, before: Visitor | None = None) -> None:
    """A telephone number that has none of its figures and a day on which nobody here was born are slips of the hand.

    What stands in `before` is left as it is: it may have been brought in from elsewhere.
    """
    before = before if before is not None else Visitor()
    figures = sum(each.isdigit() for each in visitor.telephone)
    if visitor.telephone.strip() and visitor.telephone != before.telephone and figures < LEAST_FIGURES:
        raise Refusal(
            Code.BAD_INPUT,
            "That is no telephone number.",
            "Write all its figures, or leave it out.",
            "telephone",
        )
    if visitor.born is None or visitor.born == before.born:
        return
    if visitor.born > today:
        raise Refusal(
            Code.BAD_INPUT, "That date of birth is still to come.", "Write it again, or leave it out.", "born"
        )
    if visitor.born.year < EARLIEST_BORN:
        raise Refusal(
            Code.BAD_INPUT,
            f"That date of birth is before {EARLIEST_BORN}.",
            "Write it again with all four figures of the year, or leave it out.",
            "born",
        )


def check_named(visitor: Visitor) -> None:
    """Whoever comes must be found again."""
    if not visitor.person.name.strip():
        raise Refusal(Code.BAD_INPUT, "A booking needs a name.", "Write who it is for.", "name")


def keep_reason(uow: UnitOfWork, command: c.Command, appointment_id: str, kind: str, reason: str) -> None:
    """Keep a reason that was given; an empty one is none."""
    if reason.strip():
        uow.appointments.keep_reason(appointment_id, command.id, kind, reason.strip())


def not_voided(stored: StoredAppointment) -> None:
    if stored.appointment.voided:
        raise Refusal(Code.VOIDED, f"{stored.appointment.reference} was taken back.", "Book a new appointment.")
