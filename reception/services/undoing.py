"""Undo: a command's facts are declared not to hold. Nothing is deleted; the journal keeps both."""

from __future__ import annotations

from collections.abc import Sequence

from reception.clock import MINUTE
from reception.domain import taking_back
from reception.domain.events import CallWithdrawn, CommandUndone, Recorded, VisitCalled
from reception.domain.folding import visit_from
from reception.domain.visit import Visit
from reception.domain.visit_states import State
from reception.errors import Code, Refusal
from reception.services import absences
from reception.services import commands as c
from reception.services.overtaking import count_anew, facts_of, overtaken_by_calls
from reception.services.ports import STANDS, UnitOfWork
from reception.services.putting_back import may_be_put_back, put_back
from reception.services.recording import not_evacuated, today
from reception.services.visit_ports import StoredVisit


def undo(command: c.Undo, uow: UnitOfWork) -> c.Result:
    """Take back all facts of a command, on every visit and appointment that it touched, or none of them.

    Refused with the reason once another fact rests on it, when it is too old, or when the counter, the room or the time
    that it would return to has somebody else by now, or nobody to serve there. While calls are frozen nobody is called
    again by it. What ended on a day that is over stays ended.
    """
    done = uow.stored_command(command.command_id)
    if done is None or done.undone:
        raise Refusal(Code.NOTHING_TO_UNDO, "There is nothing to take back.", "")
    if done.kind in STANDS:
        raise Refusal(Code.NOTHING_TO_UNDO, "What was corrected is not taken back.", "Correct it again instead.")
    window = uow.offices.office().undo_minutes * MINUTE
    if done.kind in absences.TAKEN_BACK:
        return absences.take_back(command, uow, done, window)
    visits = [uow.visits.load(visit_id) for visit_id in uow.visits.of_command(command.command_id)]
    appointments = may_be_put_back(uow, command.command_id, uow.now, window)
    for stored in visits:
        taking_back.undo(stored.visit.number, stored.facts, command.command_id, uow.now, window)
    restored = [(stored, *_without(stored, command, uow)) for stored in visits]
    # Those that leave a counter first, so that one that returns to it finds it free.
    restored.sort(key=lambda item: item[1].state in (State.CALLED, State.SERVING))
    for stored, visit, item in restored:
        if visit.is_open and visit.local_day < today(uow):
            raise Refusal(
                Code.UNDO_TOO_LATE, f"The day of {visit.number} is over.", "Take a new ticket for the visitor."
            )
        _may_stand_there(visit, uow)
        _room_is_free(visit, uow)
        uow.visits.save(stored, visit, [item])
        if visit.voided:
            uow.cancel_prints(visit.id)
        elif visit.slip is None and stored.visit.slip is not None:
            uow.cancel_prints(visit.id, "slip")
    count_anew(uow, _to_count_anew(restored, command.command_id, uow))
    put = [put_back(command, uow, each) for each in appointments]
    uow.mark_undone(command.command_id)
    last = restored[-1][1] if restored else None
    return c.Result(
        command.id,
        last.id if last else "",
        done.number or (last.number if last else ""),
        at=uow.now,
        appointment_id=put[0].id if put else "",
        reference=put[0].reference if put else "",
    )


def _to_count_anew(
    restored: Sequence[tuple[StoredVisit, Visit, Recorded]], command_id: str, uow: UnitOfWork
) -> dict[str, tuple[Recorded, ...]]:
    """The facts of the visits that a call had overtaken which was taken back, or counts again, and of those that are
    on an earlier leg again.
    """
    overtaken: set[str] = set()
    for stored, _, _ in restored:
        undone = [item.fact for item in stored.facts if item.command_id == command_id]
        if any(isinstance(fact, VisitCalled | CallWithdrawn) for fact in undone):
            overtaken |= overtaken_by_calls(stored.facts)
    changed = {
        visit.id: (*stored.facts, item) for stored, visit, item in restored if len(visit.legs) < len(stored.visit.legs)
    }
    return facts_of(uow, overtaken) | changed


def _may_stand_there(visit: Visit, uow: UnitOfWork) -> None:
    if visit.state not in (State.CALLED, State.SERVING):
        return
    present = uow.visits.at_counter(visit.counter_id)
    if present == visit.id:
        return
    if visit.state is State.CALLED:
        not_evacuated(uow)
    if present is not None:
        raise Refusal(
            Code.UNDO_OVERTAKEN,
            f"{visit.number} cannot go back to its counter: somebody else is there now.",
            "Finish, hold or hand over that visit first.",
        )
    if all(each.counter_id != visit.counter_id for each in uow.offices.counters()):
        raise Refusal(
            Code.NOT_SIGNED_IN,
            f"{visit.number} cannot go back to its counter: nobody is signed in there.",
            "Sign in there, then take it back.",
        )


def _room_is_free(visit: Visit, uow: UnitOfWork) -> None:
    if visit.is_open and visit.room_id and uow.appointments.in_room(visit.room_id) not in ("", visit.id):
        raise Refusal(
            Code.UNDO_OVERTAKEN,
            f"{visit.number} cannot go back to its room: somebody else is there now.",
            "Free that room first, or give another.",
        )


def _without(stored: StoredVisit, command: c.Undo, uow: UnitOfWork) -> tuple[Visit, Recorded]:
    at = max(uow.now, stored.visit.last_at)
    item = Recorded(at, command.id, CommandUndone(command.command_id), command.counter_id, command.officer_id)
    return visit_from(stored.visit.id, [*stored.facts, item]), item
