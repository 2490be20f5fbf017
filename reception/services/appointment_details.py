"""What is held of an appointment, put right or added to. Each function is one command in one transaction."""

from __future__ import annotations

from reception.clock import HOUR
from reception.domain import arranging
from reception.domain.booked import LetterKind, SafeContact
from reception.domain.events import LetterMade
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.appointment_ports import Particulars
from reception.services.appointment_recording import (
    arranged,
    as_shown,
    check_named,
    check_reachable,
    check_visitor,
    not_voided,
)
from reception.services.ports import UnitOfWork
from reception.services.recording import check_party, today


def correct_appointment(command: a.CorrectAppointment, uow: UnitOfWork) -> c.Result:
    """A name can be given and put right, but not taken away."""
    check_party(command.party_size)
    check_visitor(command.visitor, command.about, command.home)
    stored = uow.appointments.load(command.appointment_id)
    as_shown(stored, command.version)
    before = uow.appointments.particulars(command.appointment_id).visitor
    check_reachable(command.visitor, today(uow), before)
    if before.person.name:
        check_named(command.visitor)
    facts = arranging.correct(stored.appointment, command.party_size)
    uow.appointments.save_particulars(command.appointment_id, Particulars(command.visitor, command.about, command.home))
    return arranged(command, uow, stored, facts)


def want_earlier(command: a.WantEarlier, uow: UnitOfWork) -> c.Result:
    stored = uow.appointments.load(command.appointment_id)
    return arranged(command, uow, stored, arranging.want_earlier(stored.appointment, command.on))


def progress_interpreter(command: a.ProgressInterpreter, uow: UnitOfWork) -> c.Result:
    """In time or not, a cancellation goes by the interpreter's own notice."""
    stored = uow.appointments.load(command.appointment_id)
    interpreter = uow.offices.office().interpreter(stored.appointment.place.interpreter_id)
    notice = 0 if interpreter is None else interpreter.notice_hours * HOUR
    facts = arranging.progress_interpreter(stored.appointment, command.status, uow.now, notice)
    return arranged(command, uow, stored, facts)


def keep_letter(command: a.KeepLetter, uow: UnitOfWork) -> c.Result:
    stored = uow.appointments.load(command.appointment_id)
    not_voided(stored)
    safe = uow.appointments.particulars(command.appointment_id).visitor.safe
    if SafeContact.DO_NOT_WRITE in safe and command.kind is not LetterKind.INTERPRETER_ORDER:
        raise Refusal(
            Code.DO_NOT_WRITE,
            f"The visitor of {stored.appointment.reference} has asked not to be written to.",
            "Tell the visitor in another way that they have agreed to.",
        )
    return arranged(command, uow, stored, [LetterMade(command.kind, command.large_print, command.language)])
