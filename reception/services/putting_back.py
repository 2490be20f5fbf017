"""Appointments as they stood before a command that is taken back."""

from __future__ import annotations

from reception.clock import Instant, Millis
from reception.domain import taking_back
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.events import AppointmentFact, CommandUndone, PlaceReleased, Recorded
from reception.domain.obstacles import taken_of
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_facts import is_free_for
from reception.services.appointment_ports import StoredAppointment
from reception.services.ports import UnitOfWork


def may_be_put_back(uow: UnitOfWork, command_id: str, now: Instant, window: Millis) -> list[StoredAppointment]:
    """The appointments that a command touched; refused when it cannot be taken back on one of them."""
    found = [uow.appointments.load(appointment_id) for appointment_id in uow.appointments.of_command(command_id)]
    for stored in found:
        taking_back.undo(stored.appointment.reference, stored.facts, command_id, now, window)
    return found


def put_back(command: c.Undo, uow: UnitOfWork, stored: StoredAppointment) -> Appointment:
    """Refuses UNDO_OVERTAKEN when what it held before is taken by now.

    But for what it gave up because its visit ended: the visit goes on without.
    """
    now = stored.appointment
    facts: list[AppointmentFact] = [CommandUndone(command.command_id)]
    before = _with(facts, command, uow, stored)[0]
    if taken_of(before) != taken_of(now) and not is_free_for(uow, before):
        if now.released_at is None or (before.place, before.visit_id) != (now.place, now.visit_id):
            raise Refusal(
                Code.UNDO_OVERTAKEN,
                f"{before.reference} cannot go back to its time: somebody else has it now.",
                "Choose another time for it.",
            )
        facts.append(PlaceReleased(now.released_at))
    appointment, items = _with(facts, command, uow, stored)
    uow.appointments.save(stored, appointment, items)
    return appointment


def _with(
    facts: list[AppointmentFact], command: c.Undo, uow: UnitOfWork, stored: StoredAppointment
) -> tuple[Appointment, list[Recorded]]:
    at = max(uow.now, stored.appointment.last_at)
    items = [Recorded(at, command.id, fact, command.counter_id, command.officer_id) for fact in facts]
    return appointment_from(stored.appointment.id, [*stored.facts, *items]), items
