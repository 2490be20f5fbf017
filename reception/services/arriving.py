"""The visitor of an appointment comes, or does not. Each function is one command in one transaction."""

from __future__ import annotations

from msgspec.structs import replace

from reception.clock import MINUTE, local_datetime
from reception.domain import arranging, queueing
from reception.domain.appointment import Appointment
from reception.domain.booked import Mode
from reception.domain.events import (
    InterpreterRequested,
    PaperOrdered,
    Recorded,
    TicketTaken,
    VisitFact,
)
from reception.domain.folding import visit_from
from reception.domain.office import Interpreter, Service
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_recording import arranged
from reception.services.ports import UnitOfWork
from reception.services.recording import check_party, not_evacuated, service_of
from reception.services.rooms import booked_room


def check_in(command: a.CheckIn, uow: UnitOfWork) -> c.Result:
    """The appointment becomes a visit in the one queue: the party as booked, the person copied, a number of its
    service's series. The number is used up only if the visit is saved.
    """
    not_evacuated(uow)
    stored = uow.appointments.load(command.appointment_id)
    appointment = stored.appointment
    size = command.party_size or appointment.party_size
    check_party(size)
    visit_id = command.id
    arrived = arranging.check_in(appointment, uow.offices.office(), uow.now, visit_id)
    service = service_of(uow, appointment.service_id)
    running = uow.numbers.next(appointment.local_day, service.letter)
    ticket = _ticket(command, uow, appointment, service, running, size)
    facts: list[VisitFact] = [
        ticket,
        *booked_room(appointment, uow),
        *_interpreter(appointment, uow),
    ]
    if command.print_ticket:
        facts.append(PaperOrdered("ticket", False))
    items = [Recorded(uow.now, command.id, fact, command.counter_id, command.officer_id) for fact in facts]
    visit = visit_from(visit_id, items)
    uow.visits.add(visit, items, running, None)
    prints = (uow.order_print(visit_id, "ticket", False),) if command.print_ticket else ()
    result = arranged(command, uow, stored, arrived)
    uow.appointments.copy_person(appointment.id, visit_id, command.written)
    unpromised = ticket.seen_target is None
    return replace(result, visit_id=visit_id, number=visit.number, prints=prints, unpromised=unpromised)


def _ticket(
    command: a.CheckIn, uow: UnitOfWork, appointment: Appointment, service: Service, running: int, size: int
) -> TicketTaken:
    """Beyond the grace period nothing is promised: it waits as a walk-in from arrival, for anyone who serves it unless
    the visitor asked for an officer. Nobody waits for an officer who works here no more.
    """
    office = uow.offices.office()
    local = local_datetime(uow.now, office.zone)
    standard = uow.offices.standard(local.date())
    in_time = arranging.is_in_grace(appointment, uow.now, office.grace_minutes * MINUTE)
    promise = standard.for_appointment() if in_time else replace(standard.for_walk_in(), seen=None, resolved=None)
    officer = office.officer(appointment.place.officer_id) if in_time or appointment.named_officer else None
    return TicketTaken(
        office_id=office.id,
        service_id=service.id,
        number=queueing.ticket_number(service.letter, running),
        code=queueing.visit_code(command.id),
        local_day=local.date(),
        local_hour=local.hour,
        party_size=size,
        seen_target=promise.seen,
        resolved_target=promise.resolved,
        order_target=promise.order_by,
        named_officer_id=officer.id if officer else "",
        booked_for=appointment.starts_at if in_time else None,
        appointment_id=appointment.id,
    )


def _interpreter(appointment: Appointment, uow: UnitOfWork) -> list[VisitFact]:
    if not appointment.language:
        return []
    interpreter = uow.offices.office().interpreter(appointment.place.interpreter_id)
    mode = Mode.IN_PERSON if interpreter is None else _usual_mode(interpreter)
    return [InterpreterRequested(appointment.language, mode, appointment.place.interpreter_id)]


def _usual_mode(interpreter: Interpreter) -> Mode:
    return next((mode for mode in Mode if mode in interpreter.modes), Mode.IN_PERSON)


def did_not_attend(command: a.DidNotAttend, uow: UnitOfWork) -> c.Result:
    stored = uow.appointments.load(command.appointment_id)
    grace = uow.offices.office().grace_minutes * MINUTE
    return arranged(command, uow, stored, arranging.miss(stored.appointment, uow.now, grace))


def attended(command: a.Attended, uow: UnitOfWork) -> c.Result:
    stored = uow.appointments.load(command.appointment_id)
    return arranged(command, uow, stored, arranging.attended(stored.appointment, uow.now))
