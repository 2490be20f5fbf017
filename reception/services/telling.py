"""Visitors told of a delay, and what is said to the whole room. Each function is one command in one transaction."""

from __future__ import annotations

from reception.clock import MINUTE, Instant
from reception.domain import arranging
from reception.domain import lifecycle as life
from reception.domain.appointment import Appointment
from reception.domain.booked import DelayAnswer, DelayReason, Standing
from reception.domain.events import AppointmentFact, DelayAnnounced, DelayTold
from reception.domain.visit import Visit
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_recording import arranged, keep_reason
from reception.services.ports import UnitOfWork
from reception.services.reach import reach
from reception.services.recording import check_length, record, service_of

LONGEST_WAIT = 24 * 60
"""Minutes."""


def tell_of_delay(command: a.TellOfDelay, uow: UnitOfWork) -> c.Result:
    """An appointment whose visitor is here is told as the visit that it became."""
    _check(command)
    if command.visit_id:
        return _tell_visit(command, uow, command.visit_id)
    appointment = uow.appointments.load(command.appointment_id).appointment
    if appointment.standing is Standing.CHECKED_IN:
        return _tell_visit(command, uow, appointment.visit_id)
    return _tell_appointment(command, uow)


def _check(command: a.TellOfDelay) -> None:
    check_length(command.words)
    if bool(command.visit_id) == bool(command.appointment_id):
        raise Refusal(Code.BAD_INPUT, "Either a visit or an appointment is told of a delay.", "Choose one of them.")
    if command.reason is DelayReason.OTHER and not command.words.strip():
        raise Refusal(Code.REASON_NEEDED, "A reason of your own needs words.", "Say why in a few words.")
    _check_minutes(command.expected_minutes)


def _check_minutes(minutes: int) -> None:
    if not 0 <= minutes <= LONGEST_WAIT:
        raise Refusal(
            Code.BAD_INPUT, f"A wait is 0 to {LONGEST_WAIT} minutes.", "Enter how long it is expected to take."
        )


def _tell_visit(command: a.TellOfDelay, uow: UnitOfWork, visit_id: str) -> c.Result:
    stored = reach(command, uow, visit_id)
    told = record(uow, command, stored, life.tell(stored.visit, _told(command, uow, _promised_to(stored.visit))))
    if command.answer is DelayAnswer.LEAVES:
        told = record(uow, command, told, life.leave(told.visit))
    if command.words.strip():
        uow.visits.keep_reason(visit_id, command.id, "delay", command.words.strip())
    return c.Result(command.id, visit_id, told.visit.number, at=uow.now, appointment_id=command.appointment_id)


def _tell_appointment(command: a.TellOfDelay, uow: UnitOfWork) -> c.Result:
    stored = uow.appointments.load(command.appointment_id)
    appointment = stored.appointment
    promised_at = _promised_for(appointment, uow)
    facts: list[AppointmentFact] = arranging.tell(appointment, _told(command, uow, promised_at))
    if command.answer is DelayAnswer.LEAVES:
        facts = [*facts, *arranging.cancel(appointment, True)]
    keep_reason(uow, command, appointment.id, "delay", command.words)
    return arranged(command, uow, stored, facts)


def _told(command: a.TellOfDelay, uow: UnitOfWork, promised_at: Instant | None) -> DelayTold:
    is_told = command.answer is not DelayAnswer.NOT_REACHED
    return DelayTold(
        reason=command.reason,
        answer=command.answer,
        expected_at=uow.now + command.expected_minutes * MINUTE if is_told else None,
        offered=command.offered if is_told else (),
        promised_at=promised_at,
        by_telephone=command.by_telephone,
    )


def _promised_to(visit: Visit) -> Instant | None:
    """Until when the visit was promised to be seen; None where nothing was."""
    if visit.promise.seen is None:
        return None
    return visit.promise_starts + visit.promise.seen + visit.legs[0].stepped_out


def _promised_for(appointment: Appointment, uow: UnitOfWork) -> Instant | None:
    seen = uow.offices.standard(appointment.local_day).for_appointment().seen
    return None if seen is None else appointment.starts_at + seen


def announce_delay(command: a.AnnounceDelay, uow: UnitOfWork) -> c.Result:
    if command.service_id:
        service_of(uow, command.service_id)
    _check_minutes(command.minutes)
    uow.record(DelayAnnounced(command.reason, command.service_id, command.minutes))
    return c.Result(command.id, at=uow.now)
