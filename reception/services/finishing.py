"""How a visit ends. Each function is one command in one transaction."""

from __future__ import annotations

from msgspec.structs import replace

from reception.domain import lifecycle as life
from reception.domain.events import PaperOrdered
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.calling import call_for, whom_aloud
from reception.services.ports import UnitOfWork
from reception.services.reach import done, in_reach
from reception.services.recording import check_length, check_person, officer_of, record, signed_in, today

_BETWEEN, _CONTACT = "; ", "Contact: "
"""What parts of a note stand between, and what the one begins with that says how to reach the visitor."""


def finish(command: c.Finish, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    check_length(command.note, command.signpost_to)
    if command.owner_id:
        officer_of(uow, command.owner_id)
    facts = life.finish(
        stored.visit,
        command.end,
        due=command.due,
        owner_id=command.owner_id,
        signpost_to=command.signpost_to,
        today=today(uow),
        order_target=uow.offices.standard(today(uow)).for_walk_in().order_by,
        without_further=command.without_further,
    )
    prints: tuple[str, ...] = ()
    if command.print_slip and command.end in (End.TO_FOLLOW, End.SIGNPOSTED):
        facts = [*facts, PaperOrdered("slip", False)]
        prints = (uow.order_print(command.visit_id, "slip", False),)
    if command.note.strip():
        uow.visits.keep_reason(command.visit_id, command.id, "note", command.note.strip())
    if command.contact.strip():
        keep_contact(uow, command.visit_id, command.contact.strip())
    return done(command, uow, stored, facts, prints)


def keep_contact(uow: UnitOfWork, visit_id: str, contact: str) -> None:
    """Written behind the note on the visitor, where the desk shows it and can put it right.

    It is one part of the note, and takes the place of one given before: the end may have been taken back since.
    """
    person = uow.visits.person(visit_id)
    before = [part for part in person.note.split(_BETWEEN) if part and not part.startswith(_CONTACT)]
    contact = contact.replace(_BETWEEN, ", ")
    noted = replace(person, note=_BETWEEN.join([*before, f"{_CONTACT}{contact}"]))
    check_person(noted)
    uow.visits.save_person(visit_id, noted)


def finish_and_call_next(command: c.FinishAndCallNext, uow: UnitOfWork) -> c.Result:
    """Finish as resolved, then call. When nobody can be called, finishing alone is done, and where somebody may be
    called aloud the result says whom; when this officer waits for an appointment it says for which.
    """
    officer, counter = signed_in(uow, command)
    stored = uow.visits.load(command.visit_id)
    if stored.visit.counter_id != counter.id:
        raise Refusal(
            Code.NOT_POSSIBLE_NOW, f"{stored.visit.number} is not at {counter.name} any more.", "Call the next one."
        )
    finished = record(
        uow,
        command,
        stored,
        life.finish(
            stored.visit,
            End.RESOLVED,
            today=today(uow),
            order_target=uow.offices.standard(today(uow)).for_walk_in().order_by,
        ),
    )
    number = finished.visit.number
    alone = c.Result(command.id, finished.visit.id, "", at=uow.now, finished_number=number)
    if uow.offices.evacuated_at() is not None:
        return alone
    try:
        called = call_for(command, uow, officer, counter, finished, confirmed=False)
    except Refusal as refusal:
        if refusal.code is Code.CALL_ALOUD:
            return replace(alone, aloud=whom_aloud(uow, officer, counter))
        if refusal.code is Code.DUE_WITH_YOU:
            return replace(alone, awaited=f"{refusal.reason} {refusal.remedy}")
        if refusal.code is not Code.NOBODY_WAITING:
            raise
        return alone
    return replace(called, finished_number=number)


def complete_follow_up(command: c.CompleteFollowUp, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    return done(command, uow, stored, life.complete_follow_up(stored.visit))
