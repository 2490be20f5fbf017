"""Answering what could not be merged."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reception.domain import merging
from reception.domain.events import CallWithdrawn, CommandUndone, QuestionAnswered, Recorded
from reception.domain.folding import evolve
from reception.domain.questions import QuestionAnswer, QuestionKind
from reception.domain.visit_states import State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.claiming import accept_claim
from reception.services.joining import append
from reception.services.ports import UnitOfWork
from reception.services.station_ports import StoredQuestion
from reception.services.visit_ports import StoredVisit


def answer_question(command: c.AnswerQuestion, uow: UnitOfWork) -> c.Result:
    """Settle one. AS_THERE writes what still fits of what was done there; `Result.left_out` names what does not."""
    question = uow.questions.load(command.question_id)
    if question.is_answered:
        raise Refusal(Code.ALREADY_TAKEN, "Another desk has settled that already.", "Go on with the next.")
    stored = uow.visits.load(question.visit_id)
    result = c.Result(command.id, stored.visit.id, stored.visit.number, at=uow.now)
    if command.answer is QuestionAnswer.AS_THERE:
        result = _as_there(command, uow, question, stored)
    uow.questions.answered(question.id, command.answer, uow.now)
    uow.record(QuestionAnswered(question.id, command.answer))
    return result


def _as_there(command: c.AnswerQuestion, uow: UnitOfWork, question: StoredQuestion, stored: StoredVisit) -> c.Result:
    result = c.Result(command.id, stored.visit.id, stored.visit.number, at=uow.now)
    if question.kind is QuestionKind.CLAIM:
        if not command.appointment_id:
            raise Refusal(
                Code.BAD_INPUT, "No appointment was named for this visitor.", "Look it up, or leave it a walk-in."
            )
        return accept_claim(command, uow, stored, command.appointment_id)
    if question.kind is QuestionKind.CALLED_UNHEARD:
        if stored.visit.state is not State.CALLED:
            return replace(result, left_out=((CallWithdrawn.__name__, Code.NOT_POSSIBLE_NOW.value),))
        back = Recorded(uow.now, command.id, CallWithdrawn(), command.counter_id, command.officer_id)
        append(command, uow, stored, [back])
        return result
    fitting, left_out = _fitting(command, stored, question.there)
    if fitting and not append(command, uow, stored, fitting):
        raise Refusal(
            Code.COUNTER_BUSY,
            f"Somebody else is at the counter or in the room of {stored.visit.number} by now.",
            "Finish, hold or hand over that visit first, or leave this one as it is here.",
        )
    return replace(result, left_out=tuple((kind, Code.NOT_POSSIBLE_NOW.value) for kind in left_out))


def _fitting(
    command: c.AnswerQuestion, stored: StoredVisit, there: Sequence[Recorded]
) -> tuple[list[Recorded], list[str]]:
    """What still fits, in its order, and the kinds of what does not. What was taken back there never was."""
    undone = {item.fact.command_id for item in there if isinstance(item.fact, CommandUndone)}
    standing = [item for item in there if item.command_id not in undone and not isinstance(item.fact, CommandUndone)]
    visit = stored.visit
    fitting: list[Recorded] = []
    there_ids = {item.command_id for item in there}
    left_out = [CommandUndone.__name__ for each in sorted(undone) if each not in there_ids]
    for item in standing:
        if merging.fits(visit, item.fact):  # type: ignore[arg-type]
            fitting.append(replace(item, at=max(item.at, visit.last_at), command_id=command.id))
            visit = evolve(visit, fitting[-1])
        else:
            left_out.append(type(item.fact).__name__)
    return fitting, left_out
