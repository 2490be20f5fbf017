"""What a station did while it was cut off joins what the others did: exactly once, with its true times, and nothing of
it is lost. One command of the station is one transaction here.

A command that is known here already was committed although its station never heard of it; the station has done it a
second time for itself. What cannot be merged without a person becomes a question to the desk.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reception.domain import merging
from reception.domain.events import (
    CallWithdrawn,
    CommandUndone,
    CounterClosed,
    CounterOpened,
    NumberAdded,
    OfficeEvacuated,
    OfficeFact,
    QuestionAsked,
    Recorded,
    TicketTaken,
    VisitCalled,
    VisitLinked,
)
from reception.domain.folding import visit_from
from reception.domain.questions import QuestionKind
from reception.domain.visit import Visit
from reception.domain.visit_states import State
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.appointment_facts import follow_visit
from reception.services.claiming import ask_claim
from reception.services.correcting import correct
from reception.services.finishing import keep_contact
from reception.services.overtaking import count_anew, overtaken_by_calls
from reception.services.ports import UnitOfWork
from reception.services.recording import today
from reception.services.visit_ports import StoredVisit

_MOST_TRIES = 99


def join(command: c.JoinWork, uow: UnitOfWork) -> c.Result:
    """One command of a station that was cut off. Known by its id, it joins no second time (see `Door`)."""
    heard = uow.result_of(command.done.id)
    if heard is None and not command.result.at:
        return replace(command.result, command_id=command.id)  # tried, and nothing was done with it anywhere
    if heard is None:
        plainly = [_join_visit(command, uow, kept, command.done.id) for kept in command.visits]
        uow.keep_result(command.done, replace(command.result, cut_off=True), command.can_undo and all(plainly))
    else:
        _join_unheard(command, uow)
    for item in command.office_facts:
        _join_office_fact(command, uow, item, known=heard is not None)
    prints = tuple(uow.order_print(visit_id, paper, False) for visit_id, paper in command.unprinted)
    return replace(command.result, command_id=command.id, prints=prints, cut_off=True)


# -- visits ------------------------------------------------------------------------------------------------------


def _join_visit(command: c.JoinWork, uow: UnitOfWork, kept: c.KeptVisit, command_id: str) -> bool:
    """Whether its facts are written; else they are kept with a question."""
    items = [replace(item, command_id=command_id) for item in kept.facts]
    is_written = True
    if isinstance(items[0].fact, TicketTaken):
        _add(command, uow, kept, items)
    else:
        is_written = _append_or_ask(command, uow, kept, items)
    for kind, reason in kept.reasons:
        uow.visits.keep_reason(kept.visit_id, command_id, kind, reason)
    done = command.done
    if isinstance(done, c.ChangeDetails):
        correct(uow, done)
    elif isinstance(done, c.Finish) and done.contact.strip():
        keep_contact(uow, kept.visit_id, done.contact.strip())
    return is_written


def _add(command: c.JoinWork, uow: UnitOfWork, kept: c.KeptVisit, items: Sequence[Recorded]) -> None:
    """A visit that was taken in there: number, times and person as they were."""
    ticket = items[0].fact
    assert isinstance(ticket, TicketTaken)
    ticket = replace(ticket, number=_free_number(uow, ticket))
    items = [replace(items[0], fact=ticket), *items[1:]]
    visit = visit_from(kept.visit_id, items)
    uow.visits.add(visit, items, kept.running, kept.person)
    if ticket.linked_to:
        uow.visits.link(kept.visit_id, ticket.linked_to)
    if isinstance(command.done, c.ClaimCheckIn):
        ask_claim(command, uow, command.done, kept.visit_id, items[0].at)


def _free_number(uow: UnitOfWork, ticket: TicketTaken) -> str:
    """Its own; only a file that was thrown away in the middle of a day gives a number twice, and then the second is
    marked."""
    number, tries = ticket.number, 1
    while uow.numbers.is_taken(ticket.local_day, number) and tries < _MOST_TRIES:
        tries += 1
        number = f"{ticket.number}-{tries}"
    return number


def _append_or_ask(command: c.JoinWork, uow: UnitOfWork, kept: c.KeptVisit, items: Sequence[Recorded]) -> bool:
    """Whether they are written; else they are kept with a question."""
    stored = _known_visit(uow, kept.visit_id)
    if stored is None:
        raise LookupError("the database knows nothing of a visit that was copied from it")
    question = uow.questions.open_about(kept.visit_id, command.station)
    if question is not None:
        uow.questions.add(question, items)
        return False
    here = merging.changed_elsewhere(stored.facts, kept.known)
    if command.aloud == kept.visit_id:
        _ask(command, uow, QuestionKind.CALLED_ALOUD, kept.visit_id, items, here)
    elif here or not append(command, uow, stored, items):
        _ask(command, uow, QuestionKind.CHANGED_TWICE, kept.visit_id, items, here)
    else:
        return True
    return False


def _known_visit(uow: UnitOfWork, visit_id: str) -> StoredVisit | None:
    try:
        return uow.visits.load(visit_id)
    except Refusal as refusal:
        if refusal.code is not Code.UNKNOWN_VISIT:
            raise
        return None


def append(command: c.Command, uow: UnitOfWork, stored: StoredVisit, items: Sequence[Recorded]) -> bool:
    """Write facts of a visit with their own times, none before its last; False, and nothing, where it cannot stand at
    the counter or in the room that they lead to."""
    placed: list[Recorded] = []
    last_at = stored.visit.last_at
    for item in items:
        last_at = max(item.at, last_at)
        placed.append(replace(item, at=last_at))
    visit = visit_from(stored.visit.id, [*stored.facts, *placed])
    if not _may_stand(uow, visit):
        return False
    uow.visits.save(stored, visit, placed)
    follow_visit(uow, command, stored.visit, visit)
    if visit.voided and not stored.visit.voided:
        uow.cancel_prints(visit.id)
    for item in placed:
        if isinstance(item.fact, CommandUndone):
            uow.mark_undone(item.fact.command_id)
        elif isinstance(item.fact, VisitLinked):
            uow.visits.link(visit.id, item.fact.other_id)
    _count_anew(uow, StoredVisit(visit, (*stored.facts, *placed)), placed)
    return True


def _may_stand(uow: UnitOfWork, visit: Visit) -> bool:
    if visit.state in (State.CALLED, State.SERVING):
        present = uow.visits.at_counter(visit.counter_id)
        if present not in (None, visit.id):
            return False
    in_room = uow.appointments.in_room(visit.room_id) if visit.is_open and visit.room_id else ""
    return in_room in ("", visit.id)


def _count_anew(uow: UnitOfWork, stored: StoredVisit, placed: Sequence[Recorded]) -> None:
    """How often visits were overtaken, where calls came, went, or count again."""
    if not any(isinstance(item.fact, VisitCalled | CallWithdrawn | CommandUndone) for item in placed):
        return
    ids = overtaken_by_calls(stored.facts) | {stored.visit.id}
    found = {visit_id: _known_visit(uow, visit_id) for visit_id in sorted(ids)}
    count_anew(
        uow,
        {visit_id: each.facts for visit_id, each in found.items() if each is not None}
        | {stored.visit.id: stored.facts},
    )


# -- a command whose result its station never heard of ------------------------------------------------------------


def _join_unheard(command: c.JoinWork, uow: UnitOfWork) -> None:
    there = {kept.visit_id: kept for kept in command.visits}
    if isinstance(command.done, c.TakeTicket):
        if command.done.id in there:
            _add_number(command, uow, there[command.done.id])
        return
    here = uow.visits.of_command(command.done.id)
    for visit_id in here:
        if visit_id not in there and command.went_on:
            _put_back(command, uow, visit_id)
    for visit_id, kept in there.items():
        if visit_id not in here:
            _join_visit(command, uow, kept, command.id)


def _add_number(command: c.JoinWork, uow: UnitOfWork, kept: c.KeptVisit) -> None:
    """The visitor holds the number of the station's ticket, and never had the other in hand."""
    first = kept.facts[0]
    assert isinstance(first.fact, TicketTaken)
    number = NumberAdded(_free_number(uow, first.fact))
    uow.visits.add_number(kept.visit_id, replace(first, command_id=command.id, fact=number))
    uow.cancel_prints(kept.visit_id)


def _put_back(command: c.JoinWork, uow: UnitOfWork, visit_id: str) -> None:
    """Called here, and its counter never knew: back to its place, if nothing else has happened to it since."""
    stored = uow.visits.load(visit_id)
    last = merging.changed_elsewhere(stored.facts, frozenset())[-1]
    if not any(isinstance(item.fact, VisitCalled) and item.command_id == command.done.id for item in stored.facts):
        return
    if last.command_id == command.done.id and isinstance(last.fact, VisitCalled):
        append(command, uow, stored, [Recorded(uow.now, command.id, CallWithdrawn(), last.counter_id, last.officer_id)])
    else:
        place = next(n for n, item in enumerate(stored.facts) if item.command_id == command.done.id)
        _ask(command, uow, QuestionKind.CALLED_UNHEARD, visit_id, (), stored.facts[place:])


# -- questions, and the office ------------------------------------------------------------------------------------


def _ask(
    command: c.JoinWork,
    uow: UnitOfWork,
    kind: QuestionKind,
    visit_id: str,
    there: Sequence[Recorded],
    here: Sequence[Recorded],
) -> None:
    question_id = c.joined_id(f"{command.id} {visit_id}")
    uow.questions.ask(question_id, kind, visit_id, command.station, uow.now, there, here)
    _record(command, uow, QuestionAsked(question_id, kind))


def _record(command: c.JoinWork, uow: UnitOfWork, fact: OfficeFact) -> None:
    uow.record_kept(Recorded(uow.now, command.id, fact, command.counter_id, command.officer_id))


def _join_office_fact(command: c.JoinWork, uow: UnitOfWork, item: Recorded, *, known: bool) -> None:
    """Who sat where is kept with its time; where somebody else sits by now, that stays as it is."""
    match item.fact:
        case CounterOpened(counter_id, officer_id):
            if known:
                return
            uow.record_kept(item)
            held = {each.counter_id: each for each in uow.offices.counters()}
            sits_elsewhere = [each for each in held.values() if each.officer_id == officer_id]
            if counter_id not in held and not sits_elsewhere:
                uow.offices.take_counter(counter_id, officer_id, command.station)
        case CounterClosed(counter_id, officer_id):
            if known:
                return
            uow.record_kept(item)
            for each in uow.offices.counters():
                if (each.counter_id, each.officer_id, each.station) == (counter_id, officer_id, command.station):
                    uow.offices.leave_counter(counter_id)
        case OfficeEvacuated():
            ended = uow.offices.evacuation_ended_at()
            if uow.offices.evacuated_at() is None and (ended is None or ended < item.at):
                uow.offices.evacuate(today(uow))
                _record(command, uow, OfficeEvacuated())
        case _:
            return
