"""A walk-in's life, from the door to done. Each function is one command in one transaction."""

from __future__ import annotations

from dataclasses import replace

from reception.clock import local_datetime, midnight_before
from reception.domain import lifecycle as life
from reception.domain import queueing
from reception.domain.events import (
    DetailsChanged,
    PaperOrdered,
    Recorded,
    SeenFirstMarked,
    TicketTaken,
    VisitFact,
    VisitLinked,
)
from reception.domain.folding import visit_from
from reception.domain.office import Counter, Officer, Service
from reception.domain.queueing import Entry, Ranked
from reception.domain.snapshots import End, Person, Why
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.ports import StoredVisit, UnitOfWork
from reception.services.recording import (
    counter_of,
    not_evacuated,
    officer_of,
    record,
    service_of,
    signed_in,
    today,
)

LARGEST_PARTY = 99
LONGEST_TEXT = 2_000


def take_ticket(command: c.TakeTicket, uow: UnitOfWork) -> c.Result:
    """Number a party and let it wait. The number is used up only if the visit is saved."""
    office = uow.offices.office()
    not_evacuated(uow)
    service = service_of(uow, command.service_id)
    for service_id in command.then_services:
        service_of(uow, service_id)
    _check_named_officer(uow, command.named_officer_id, service)
    _check_party(command.party_size)
    _check_text(command.person)
    now = uow.now
    local = local_datetime(now, office.zone)
    promise = uow.offices.standard(local.date()).for_walk_in()
    running = uow.visits.next_number(local.date(), service.letter)
    ticket = TicketTaken(
        office_id=office.id,
        service_id=service.id,
        number=queueing.ticket_number(service.letter, running),
        code=queueing.visit_code(command.id),
        local_day=local.date(),
        local_hour=local.hour,
        party_size=command.party_size,
        seen_target=promise.seen,
        resolved_target=promise.resolved,
        order_target=promise.order_by,
        then_services=command.then_services,
        named_officer_id=command.named_officer_id,
        linked_to=command.linked_to,
    )
    facts: list[VisitFact] = [ticket]
    if command.see_first_reason.strip():
        facts.append(SeenFirstMarked(True))
    if command.print_ticket:
        facts.append(PaperOrdered("ticket", False))
    visit_id = command.id
    items = [Recorded(now, command.id, fact, command.counter_id, command.officer_id) for fact in facts]
    visit = visit_from(visit_id, items)
    uow.visits.add(visit, items, running, command.person)
    if command.see_first_reason.strip():
        uow.visits.keep_reason(visit_id, command.id, "see_first", command.see_first_reason.strip())
    if command.linked_to:
        other = uow.visits.load(command.linked_to)
        record(uow, command, other, [VisitLinked(visit_id)])
        uow.visits.link(visit_id, other.visit.id)
    prints = (uow.order_print(visit_id, "ticket", False),) if command.print_ticket else ()
    return c.Result(command.id, visit_id, visit.number, at=now, prints=prints)


def _check_named_officer(uow: UnitOfWork, officer_id: str, service: Service) -> None:
    """Nobody is left to wait for an officer who does not serve what they came for."""
    if not officer_id:
        return
    officer = officer_of(uow, officer_id)
    if officer.skills and service.id not in officer.skills:
        raise Refusal(
            Code.BAD_INPUT, f"{officer.name} does not serve {service.name}.", "Choose another officer, or nobody."
        )


def _check_party(size: int) -> None:
    if not 1 <= size <= LARGEST_PARTY:
        raise Refusal(Code.BAD_INPUT, f"A party is 1 to {LARGEST_PARTY} people.", "Enter how many came on this ticket.")


def _check_text(person: Person) -> None:
    """Names of every script and length are accepted as given; a whole document pasted by mistake is not."""
    if max(len(person.name), len(person.note)) > LONGEST_TEXT:
        raise Refusal(
            Code.BAD_INPUT,
            f"That text is longer than {LONGEST_TEXT} characters.",
            "Shorten it; what you typed is still here.",
        )


# -- calling -----------------------------------------------------------------------------------------------------


def call_next(command: c.CallNext, uow: UnitOfWork) -> c.Result:
    officer, counter = signed_in(uow, command)
    not_evacuated(uow)
    _counter_is_free(uow, counter)
    return _call_next(command, uow, officer, counter)


def _call_next(
    command: c.Command,
    uow: UnitOfWork,
    officer: Officer,
    counter: Counter,
    finished: StoredVisit | None = None,
) -> c.Result:
    waiting = _waiting_today(uow)
    chosen = _choose(uow, waiting, officer, counter)
    visit_id = chosen.entry.visit_id
    # The visit that this very command finished may be the next one, for its next service.
    again = finished is not None and finished.visit.id == visit_id
    stored = finished if finished is not None and again else uow.visits.load(visit_id)
    return _call(command, uow, stored, chosen.why, waiting, officer, counter)


def _waiting_today(uow: UnitOfWork) -> list[Entry]:
    """A day that is over has closed at midnight, also when nobody has looked at a desk since."""
    began = midnight_before(today(uow), uow.offices.office().zone)
    return [each.entry for each in uow.visits.waiting() if each.entry.arrived_at >= began]


def _choose(uow: UnitOfWork, waiting: list[Entry], officer: Officer, counter: Counter) -> Ranked:
    name, settings = uow.offices.rule()
    mine = [
        entry for entry in waiting if queueing.may_serve(entry, officer, counter) and queueing.is_due(entry, uow.now)
    ]
    ranked = queueing.RULES[name](mine, uow.now, settings)
    if not ranked:
        raise Refusal(
            Code.NOBODY_WAITING, "Nobody is waiting whom you may serve here.", "New visitors appear by themselves."
        )
    return ranked[0]


def _counter_is_free(uow: UnitOfWork, counter: Counter) -> None:
    present = uow.visits.at_counter(counter.id)
    if present is not None:
        number = uow.visits.load(present).visit.number
        raise Refusal(
            Code.COUNTER_BUSY, f"{number} is still at {counter.name}.", "Finish, hold or hand over that visit first."
        )


def _call(
    command: c.Command,
    uow: UnitOfWork,
    stored: StoredVisit,
    why: Why,
    waiting: list[Entry],
    officer: Officer,
    counter: Counter,
) -> c.Result:
    visit = stored.visit
    called = next((entry for entry in waiting if entry.visit_id == visit.id), None)
    mine = [entry for entry in waiting if queueing.may_serve(entry, officer, counter)]
    overtook = () if called is None else queueing.overtaken_by(called, mine, uow.now)
    record(uow, command, stored, life.call(visit, counter.id, officer.id, why, overtook))
    uow.visits.overtaken(overtook, by=1)
    return c.Result(command.id, visit.id, visit.number, why=why.value, at=uow.now)


def call_visit(command: c.CallVisit, uow: UnitOfWork) -> c.Result:
    """Call a particular person; allowed to whoever gives a reason, and the reason is kept."""
    officer, counter = signed_in(uow, command)
    not_evacuated(uow)
    _counter_is_free(uow, counter)
    reason = command.reason.strip()
    if not reason:
        raise Refusal(Code.REASON_NEEDED, "Calling someone out of turn needs a reason.", "Say why in a few words.")
    stored = uow.visits.load(command.visit_id)
    if stored.visit.is_open and stored.visit.local_day < today(uow):
        raise Refusal(
            Code.OTHER_DAY, f"{stored.visit.number} is of a day that is over.", "Take a new ticket for the visitor."
        )
    result = _call(command, uow, stored, Why.NAMED, _waiting_today(uow), officer, counter)
    uow.visits.keep_reason(command.visit_id, command.id, "named_call", reason)
    return result


def call_again(command: c.CallAgain, uow: UnitOfWork) -> c.Result:
    signed_in(uow, command)
    not_evacuated(uow)
    stored = _at_this_counter(command, uow)
    return _done(command, uow, stored, life.call_again(stored.visit))


def start_service(command: c.StartService, uow: UnitOfWork) -> c.Result:
    signed_in(uow, command)
    stored = _at_this_counter(command, uow)
    return _done(command, uow, stored, life.start(stored.visit, command.officer_id))


def withdraw_call(command: c.WithdrawCall, uow: UnitOfWork) -> c.Result:
    stored = _in_reach(command, uow)
    return _done(command, uow, stored, life.withdraw_call(stored.visit))


def no_show(command: c.NoShow, uow: UnitOfWork) -> c.Result:
    stored = _in_reach(command, uow)
    return _done(command, uow, stored, life.no_show(stored.visit, uow.offices.office().no_show_after_calls))


def reinstate(command: c.Reinstate, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    return _done(command, uow, stored, life.reinstate(stored.visit, today(uow)))


def _at_this_counter(command: c.OnVisit, uow: UnitOfWork) -> StoredVisit:
    """The visit, refused when it is at another counter: it is that counter's to go on with."""
    stored = uow.visits.load(command.visit_id)
    _not_elsewhere(command, uow, stored)
    return stored


def _not_elsewhere(command: c.OnVisit, uow: UnitOfWork, stored: StoredVisit) -> None:
    visit = stored.visit
    if visit.counter_id and visit.counter_id != command.counter_id:
        raise Refusal(
            Code.ALREADY_TAKEN,
            f"{visit.number} is at {counter_of(uow, visit.counter_id).name}.",
            "Leave it to that counter.",
        )


def _in_reach(command: c.OnVisit, uow: UnitOfWork) -> StoredVisit:
    """The visit, refused when it is at a counter where somebody else is signed in.

    One that was left at a counter where nobody is any more is anybody's to take up.
    """
    stored = uow.visits.load(command.visit_id)
    at = stored.visit.counter_id
    if at and any(each.counter_id == at for each in uow.offices.counters()):
        _not_elsewhere(command, uow, stored)
        signed_in(uow, command)
    return stored


def _done(
    command: c.OnVisit, uow: UnitOfWork, stored: StoredVisit, facts: list[VisitFact], prints: tuple[str, ...] = ()
) -> c.Result:
    visit = record(uow, command, stored, facts).visit
    return c.Result(command.id, visit.id, visit.number, at=uow.now, prints=prints)


# -- away and back -------------------------------------------------------------------------------------------------


def leave(command: c.Leave, uow: UnitOfWork) -> c.Result:
    stored = _in_reach(command, uow)
    return _done(command, uow, stored, life.leave(stored.visit))


def hold(command: c.Hold, uow: UnitOfWork) -> c.Result:
    stored = _in_reach(command, uow)
    return _done(command, uow, stored, life.hold(stored.visit, command.own_request))


def end_hold(command: c.EndHold, uow: UnitOfWork) -> c.Result:
    """Back to its place; a visit held in service goes on at the counter that holds it, if that is free."""
    stored = _at_this_counter(command, uow)
    holding = stored.visit.hold
    if holding is not None and holding.from_service:
        _, counter = signed_in(uow, command)
        _counter_is_free(uow, counter)
    return _done(command, uow, stored, life.end_hold(stored.visit))


def return_to_queue(command: c.ReturnToQueue, uow: UnitOfWork) -> c.Result:
    stored = _in_reach(command, uow)
    return _done(command, uow, stored, life.return_to_queue(stored.visit))


def transfer(command: c.Transfer, uow: UnitOfWork) -> c.Result:
    """Only a service of specialists exempts a visit from the resolved clock, whatever the visitor was told."""
    stored = _in_reach(command, uow)
    service = service_of(uow, command.service_id)
    _check_named_officer(uow, command.named_officer_id, service)
    facts = life.transfer(
        stored.visit,
        service.id,
        command.named_officer_id,
        uow.offices.standard(today(uow)).for_walk_in().order_by,
        command.specialist_told and service.specialist,
    )
    return _done(command, uow, stored, facts)


# -- ending --------------------------------------------------------------------------------------------------------


def finish(command: c.Finish, uow: UnitOfWork) -> c.Result:
    stored = _in_reach(command, uow)
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
    )
    prints: tuple[str, ...] = ()
    if command.print_slip and command.end in (End.TO_FOLLOW, End.SIGNPOSTED):
        facts = [*facts, PaperOrdered("slip", False)]
        prints = (uow.order_print(command.visit_id, "slip", False),)
    if command.note.strip():
        uow.visits.keep_reason(command.visit_id, command.id, "note", command.note.strip())
    return _done(command, uow, stored, facts, prints)


def finish_and_call_next(command: c.FinishAndCallNext, uow: UnitOfWork) -> c.Result:
    """Finish as resolved, then call. When nobody can be called, finishing alone is done."""
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
        called = _call_next(command, uow, officer, counter, finished)
    except Refusal as refusal:
        if refusal.code is not Code.NOBODY_WAITING:
            raise
        return alone
    return replace(called, finished_number=number)


def complete_follow_up(command: c.CompleteFollowUp, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    return _done(command, uow, stored, life.complete_follow_up(stored.visit))


# -- marks and details ---------------------------------------------------------------------------------------------


def see_first(command: c.SeeFirst, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    reason = command.reason.strip()
    result = _done(command, uow, stored, life.see_first(stored.visit, command.on, bool(reason)))
    if command.on and reason:
        uow.visits.keep_reason(command.visit_id, command.id, "see_first", reason)
    return result


def change_details(command: c.ChangeDetails, uow: UnitOfWork) -> c.Result:
    _check_party(command.party_size)
    _check_text(command.person)
    stored = uow.visits.load(command.visit_id)
    uow.visits.save_person(command.visit_id, command.person)
    return _done(command, uow, stored, [DetailsChanged(command.party_size)])


def link_visits(command: c.LinkVisits, uow: UnitOfWork) -> c.Result:
    if command.visit_id == command.other_id:
        raise Refusal(Code.BAD_INPUT, "A visit cannot be linked with itself.", "Choose another visit.")
    stored, other = uow.visits.load(command.visit_id), uow.visits.load(command.other_id)
    uow.visits.link(command.visit_id, command.other_id)
    record(uow, command, other, [VisitLinked(command.visit_id)])
    return _done(command, uow, stored, [VisitLinked(command.other_id)])


def reprint(command: c.Reprint, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    paper = "slip" if stored.visit.end in (End.TO_FOLLOW, End.SIGNPOSTED) else "ticket"
    job = uow.order_print(command.visit_id, paper, True)
    return _done(command, uow, stored, [PaperOrdered(paper, True)], (job,))
