"""An appointment at another time, or given up. Each function is one command in one transaction."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reception.clock import local_date
from reception.domain import arranging
from reception.domain.appointment import Appointment, wish_of
from reception.domain.booked import Standing
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_facts import record_appointment
from reception.services.appointment_ports import StoredAppointment
from reception.services.appointment_recording import arranged, as_shown, keep_reason, result_of
from reception.services.booking import end_as_booked
from reception.services.placing import PASSED, check_place
from reception.services.ports import UnitOfWork
from reception.services.recording import check_length


def move_appointment(command: a.MoveAppointment, uow: UnitOfWork) -> c.Result:
    """The place that it leaves counts as free. One that waits as a visit may be moved until it is seen.

    Notice is due only of what the council arranges, and of this visitor's own wish for another time never.
    """
    check_length(command.reason)
    stored = uow.appointments.load(command.appointment_id)
    as_shown(stored, command.version)
    before = stored.appointment
    visit_id = _waiting_with(before, command, uow)
    local_day = local_date(command.place.starts, uow.offices.office().zone)
    moved = replace(before, place=command.place, by_council=before.by_council and not command.by_visitor)
    excuses = check_place(
        uow,
        command.place,
        wish_of(moved),
        before.set_up,
        may_pass=bool(command.reason.strip()),
        without=[each for each in (before.id, command.hold_id, visit_id) if each],
    )
    facts = arranging.move(
        before,
        command.place,
        local_day,
        by_visitor=command.by_visitor,
        offered=command.offered,
        excused=excuses,
        visit_waits=bool(visit_id),
    )
    if command.hold_id:
        uow.appointments.release_hold(command.hold_id)
    result = arranged(command, uow, stored, facts)
    number = end_as_booked(command, uow, visit_id) if visit_id else ""
    if excuses:
        keep_reason(uow, command, before.id, PASSED, command.reason)
    return replace(result, visit_id=visit_id, number=number)


def _waiting_with(before: Appointment, command: a.MoveAppointment, uow: UnitOfWork) -> str:
    """The visit that ends by the move: the one that it was checked in as, or the one that was named."""
    own = before.visit_id if before.standing is Standing.CHECKED_IN else ""
    visit_id = command.visit_id or own
    if not visit_id:
        return ""
    visit = uow.visits.load(visit_id).visit
    if own and visit_id != own:
        raise Refusal(
            Code.BAD_INPUT,
            f"{before.reference} did not come as {visit.number}.",
            "Choose the visit that was checked in with it.",
        )
    if not visit.is_open:
        raise Refusal(Code.NOT_POSSIBLE_NOW, f"The visit {visit.number} has ended.", "Book a new appointment.")
    if visit.is_seen:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW,
            f"{visit.number} has been seen, so its appointment has taken place.",
            "Book a new appointment for what is left to do.",
        )
    return visit_id


def cancel_appointment(command: a.CancelAppointment, uow: UnitOfWork) -> c.Result:
    """With `series`, also those after it that still stand as booked."""
    check_length(command.reason)
    first = uow.appointments.load(command.appointment_id)
    chosen = [first, *_after(first.appointment, uow)] if command.series else [first]
    for stored in chosen:
        record_appointment(uow, command, stored, arranging.cancel(stored.appointment, command.by_visitor))
        keep_reason(uow, command, stored.appointment.id, "cancelled", command.reason)
    ids = tuple(stored.appointment.id for stored in chosen)
    return replace(result_of(command, uow, first.appointment), appointments=ids if command.series else ())


def _after(first: Appointment, uow: UnitOfWork) -> Iterator[StoredAppointment]:
    if not first.series_id:
        return
    for appointment_id in uow.appointments.series(first.series_id):
        stored = uow.appointments.load(appointment_id)
        if stored.appointment.is_ahead and stored.appointment.starts_at > first.starts_at:
            yield stored
