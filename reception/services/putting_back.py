"""Appointments as they stood before a command that is taken back."""

from __future__ import annotations

from reception.clock import Instant, Millis
from reception.domain import taking_back
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import appointment_from
from reception.domain.booked import Standing
from reception.domain.events import CommandUndone, Recorded
from reception.domain.obstacles import taken_by
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_ports import StoredAppointment
from reception.services.ports import UnitOfWork

_HOLD_NOTHING = frozenset({Standing.CANCELLED, Standing.DID_NOT_ATTEND})


def may_be_put_back(uow: UnitOfWork, command_id: str, now: Instant, window: Millis) -> list[StoredAppointment]:
    """The appointments that a command touched; refused when it cannot be taken back on one of them."""
    found = [uow.appointments.load(appointment_id) for appointment_id in uow.appointments.of_command(command_id)]
    for stored in found:
        taking_back.undo(stored.appointment.reference, stored.facts, command_id, now, window)
    return found


def put_back(command: c.Undo, uow: UnitOfWork, stored: StoredAppointment) -> Appointment:
    """Refuses UNDO_OVERTAKEN when what it held before is taken by now."""
    at = max(uow.now, stored.appointment.last_at)
    item = Recorded(at, command.id, CommandUndone(command.command_id), command.counter_id, command.officer_id)
    before = appointment_from(stored.appointment.id, [*stored.facts, item])
    if _holds(before) and not (_holds(stored.appointment) and stored.appointment.place == before.place):
        _is_free(before, uow)
    uow.appointments.save(stored, before, [item])
    return before


def _holds(appointment: Appointment) -> bool:
    return not appointment.voided and appointment.standing not in _HOLD_NOTHING


def _is_free(appointment: Appointment, uow: UnitOfWork) -> None:
    place, set_up = appointment.place, appointment.set_up
    diary = uow.appointments.diary(place.starts - set_up, place.ends, without=[appointment.id])
    for each, span in taken_by(place, set_up):
        if any(span.meets(other) for other in diary.busy.get(each, ())):
            raise Refusal(
                Code.UNDO_OVERTAKEN,
                f"{appointment.reference} cannot go back to its time: somebody else has it now.",
                "Choose another time for it.",
            )
