"""A visitor says at a kiosk that cannot look it up that they have an appointment: they wait with a ticket, and a desk
settles it."""

from __future__ import annotations

from msgspec.structs import replace

from reception.clock import MINUTE, Instant
from reception.domain import arranging
from reception.domain.events import ClaimAccepted, QuestionAsked, Recorded
from reception.domain.questions import QuestionKind
from reception.services import commands as c
from reception.services.appointment_recording import arranged
from reception.services.ports import UnitOfWork
from reception.services.recording import check_length, record
from reception.services.station_ports import Claim
from reception.services.visit_ports import StoredVisit
from reception.services.walk_in import take_ticket


def claim_check_in(command: c.ClaimCheckIn, uow: UnitOfWork) -> c.Result:
    """The ticket of a walk-in. Where the database is at hand after all, the desk is asked at once; where it is not, the
    claim is kept with the command, and asked when it joins."""
    check_length(command.reference, command.name)
    result = take_ticket(command, uow)
    if uow.cut_off is None:
        ask_claim(command, uow, command, result.visit_id, result.at)
    return result


def ask_claim(command: c.Command, uow: UnitOfWork, claim: c.ClaimCheckIn, visit_id: str, at: Instant) -> None:
    """Ask the desk. Nothing is decided here: whoever reads a letter over a shoulder knows its reference too."""
    question_id = c.joined_id(f"{claim.id} claim")
    entered = Claim(claim.reference.strip(), claim.name.strip(), claim.born)
    uow.questions.ask(question_id, QuestionKind.CLAIM, visit_id, command.station, at, claim=entered)
    fact = QuestionAsked(question_id, QuestionKind.CLAIM)
    uow.record_kept(Recorded(uow.now, command.id, fact, command.counter_id, command.officer_id))


def accept_claim(command: c.Command, uow: UnitOfWork, stored: StoredVisit, appointment_id: str) -> c.Result:
    """The appointment is checked in as this visit, in time or late as the visitor came."""
    appointment = uow.appointments.load(appointment_id)
    office = uow.offices.office()
    arrived_at = stored.visit.arrived_at
    facts = arranging.check_in(appointment.appointment, office, arrived_at, stored.visit.id)
    standard = uow.offices.standard(stored.visit.local_day)
    in_time = arranging.is_in_grace(appointment.appointment, arrived_at, office.grace_minutes * MINUTE)
    promise = standard.for_appointment() if in_time else replace(standard.for_walk_in(), seen=None, resolved=None)
    asked_for = in_time or appointment.appointment.named_officer
    officer = office.officer(appointment.appointment.place.officer_id) if asked_for else None
    accepted = ClaimAccepted(
        appointment_id,
        promise.seen,
        promise.order_by,
        appointment.appointment.starts_at if in_time else None,
        officer.id if officer else "",
    )
    record(uow, command, stored, [accepted])
    result = arranged(command, uow, appointment, facts)
    return replace(result, visit_id=stored.visit.id, number=stored.visit.number)
