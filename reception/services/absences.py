"""When an officer is not to be booked. Each function is one command in one transaction."""

from __future__ import annotations

from reception.domain.book import AbsenceRow
from reception.domain.events import AbsenceEntered, AbsenceRemoved
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.recording import officer_of


def enter_absence(command: a.EnterAbsence, uow: UnitOfWork) -> c.Result:
    officer = officer_of(uow, command.absentee_id)
    if command.ends <= command.starts:
        raise Refusal(Code.BAD_INPUT, "That time ends before it begins.", "Enter an end after the beginning.")
    count = uow.appointments.absence_meets(officer.id, command.starts, command.ends)
    if count and not command.anyway:
        raise Refusal(
            Code.SLOT_TAKEN,
            f"{officer.name} has {count} {'appointment' if count == 1 else 'appointments'} in that time.",
            "Move them first, or enter it all the same: they stand until they are moved.",
        )
    uow.appointments.enter_absence(AbsenceRow(command.id, officer.id, command.kind, command.starts, command.ends))
    uow.record(AbsenceEntered(command.id, officer.id, command.kind, command.starts, command.ends))
    return c.Result(command.id, at=uow.now)


def remove_absence(command: a.RemoveAbsence, uow: UnitOfWork) -> c.Result:
    if uow.appointments.absences(command.absence_id) is None:
        raise Refusal(Code.UNKNOWN_THING, "That time is not in the book any more.", "Look again.")
    uow.appointments.remove_absence(command.absence_id)
    uow.record(AbsenceRemoved(command.absence_id))
    return c.Result(command.id, at=uow.now)
