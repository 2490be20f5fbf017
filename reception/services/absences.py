"""When an officer is not to be booked. Each function is one command in one transaction."""

from __future__ import annotations

from reception.clock import Millis
from reception.domain import taking_back
from reception.domain.book import AbsenceRow
from reception.domain.events import AbsenceEntered, AbsenceRemoved
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.ports import StoredCommand, UnitOfWork
from reception.services.recording import officer_of


def enter_absence(command: a.EnterAbsence, uow: UnitOfWork) -> c.Result:
    officer = officer_of(uow, command.absentee_id)
    if command.ends <= command.starts:
        raise Refusal(Code.BAD_INPUT, "That time ends before it begins.", "Enter an end after the beginning.")
    count = uow.absences.appointments_met(officer.id, command.starts, command.ends)
    if count and not command.anyway:
        raise Refusal(
            Code.SLOT_TAKEN,
            f"{officer.name} has {count} {'appointment' if count == 1 else 'appointments'} in that time.",
            "Move them first, or enter it all the same: they stand until they are moved.",
        )
    _enter(uow, AbsenceRow(command.id, officer.id, command.kind, command.starts, command.ends))
    return c.Result(command.id, at=uow.now)


def _enter(uow: UnitOfWork, absence: AbsenceRow) -> None:
    uow.absences.enter(absence)
    uow.record(AbsenceEntered(absence.id, absence.officer_id, absence.kind, absence.starts, absence.ends))


def remove_absence(command: a.RemoveAbsence, uow: UnitOfWork) -> c.Result:
    absence = uow.absences.load(command.absence_id)
    if absence is None:
        raise Refusal(Code.UNKNOWN_THING, "That time is not in the book any more.", "Look again.")
    _remove(uow, absence)
    return c.Result(command.id, at=uow.now)


def _remove(uow: UnitOfWork, absence: AbsenceRow) -> None:
    uow.absences.remove(absence.id)
    uow.record(AbsenceRemoved(absence.id, absence.officer_id, absence.kind, absence.starts, absence.ends))


TAKEN_BACK = frozenset({a.EnterAbsence.__name__, a.RemoveAbsence.__name__})
"""The kinds of commands that :func:`take_back` knows."""


def take_back(command: c.Undo, uow: UnitOfWork, done: StoredCommand, window: Millis) -> c.Result:
    """An absence goes again, or stands again as it was; what was booked there meanwhile is in its way."""
    taking_back.not_too_late(done.at, uow.now, window)
    if done.kind == a.EnterAbsence.__name__:
        entered = uow.absences.load(done.command_id)
        if entered is None:
            raise Refusal(Code.NOTHING_TO_UNDO, "That absence has been taken out already.", "")
        _remove(uow, entered)
    else:
        removed = uow.absences.removed_by(done.command_id)
        if removed is None or uow.absences.load(removed.id) is not None:
            raise Refusal(Code.NOTHING_TO_UNDO, "There is nothing to take back.", "")
        count = uow.absences.appointments_met(removed.officer_id, removed.starts, removed.ends)
        if count:
            raise Refusal(
                Code.UNDO_OVERTAKEN,
                f"{count} {'appointment stands' if count == 1 else 'appointments stand'} in that time by now.",
                "Enter the absence again: it says which way is left.",
            )
        _enter(uow, removed)
    uow.mark_undone(done.command_id)
    return c.Result(command.id, at=uow.now)
