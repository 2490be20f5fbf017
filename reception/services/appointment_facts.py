"""Facts of an appointment written, and what it holds while its visit goes on and after it has ended."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reception.clock import Instant
from reception.domain.appointment import Appointment
from reception.domain.appointment_folding import evolve_appointment
from reception.domain.events import AppointmentFact, PlaceReleased, PlaceTakenAgain, Recorded
from reception.domain.obstacles import taken_of
from reception.domain.visit import Visit
from reception.services.appointment_ports import StoredAppointment
from reception.services.commands import Command
from reception.services.ports import UnitOfWork


def record_appointment(
    uow: UnitOfWork,
    command: Command,
    stored: StoredAppointment,
    facts: Sequence[AppointmentFact],
    *,
    at: Instant | None = None,
) -> StoredAppointment:
    """Write the facts and return the appointment that they lead to; none precedes its last fact."""
    moment = max(uow.now if at is None else at, stored.appointment.last_at)
    items = [Recorded(moment, command.id, fact, command.counter_id, command.officer_id) for fact in facts]
    appointment = stored.appointment
    for item in items:
        appointment = evolve_appointment(appointment, item)
    if items:
        uow.appointments.save(stored, appointment, items)
    return StoredAppointment(appointment, (*stored.facts, *items))


def follow_visit(uow: UnitOfWork, command: Command, before: Visit, after: Visit) -> None:
    """Release what is left of its appointment's place when a visit ends, and take it again when it goes on after all.

    What somebody else has by then is not taken again: the visit goes on without.
    """
    if not after.appointment_id or before.is_open == after.is_open or uow.cut_off is not None:
        return  # a station that is cut off leaves it to the joining
    stored = uow.appointments.load(after.appointment_id)
    appointment = stored.appointment
    if appointment.visit_id != after.id:
        return  # it has been moved, and is to come again
    if after.is_open:
        if appointment.released_at is not None and is_free_for(uow, replace(appointment, released_at=None)):
            record_appointment(uow, command, stored, [PlaceTakenAgain()], at=after.last_at)
    elif appointment.released_at is None:
        released = replace(appointment, released_at=after.last_at)
        if taken_of(released) != taken_of(appointment):
            record_appointment(uow, command, stored, [PlaceReleased(after.last_at)], at=after.last_at)


def is_free_for(uow: UnitOfWork, appointment: Appointment) -> bool:
    """Whether an appointment can hold what it would, but for what it holds itself."""
    starts = appointment.place.starts - appointment.set_up
    diary = uow.appointments.diary(starts, appointment.place.ends, without=[appointment.id])
    return not any(span.meets(other) for each, span in taken_of(appointment) for other in diary.busy.get(each, ()))
