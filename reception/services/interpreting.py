"""Interpreters for a visit. Each function is one command in one transaction."""

from __future__ import annotations

from reception.domain import lifecycle as life
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.reach import done, in_reach


def request_interpreter(command: a.RequestInterpreter, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    if command.interpreter_id:
        _can_be_had(command, uow)
    facts = life.request_interpreter(stored.visit, command.language, command.mode, command.interpreter_id)
    return done(command, uow, stored, facts)


def _can_be_had(command: a.RequestInterpreter, uow: UnitOfWork) -> None:
    interpreter = uow.offices.office().interpreter(command.interpreter_id)
    if interpreter is None:
        raise Refusal(Code.UNKNOWN_THING, "That interpreter is not on the list any more.", "Choose another.")
    if command.language not in interpreter.languages:
        raise Refusal(
            Code.BAD_INPUT, f"{interpreter.name} does not interpret this language.", "Choose another interpreter."
        )
    if command.mode not in interpreter.modes:
        raise Refusal(Code.BAD_INPUT, f"{interpreter.name} does not work in this way.", "Choose another way.")


def interpreter_here(command: a.InterpreterHere, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.interpreter_here(stored.visit))


def call_without_interpreter(command: a.CallWithoutInterpreter, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.call_without_interpreter(stored.visit))
