"""A walk-in at the door, and what is held of it. Each function is one command in one transaction."""

from __future__ import annotations

from reception.clock import local_datetime
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
from reception.domain.office import Service
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.reach import done
from reception.services.recording import (
    check_length,
    check_named_officer,
    check_party,
    check_person,
    not_evacuated,
    record,
    service_of,
)

_FIELDS = {"name": "name", "spoken": "spoken language", "written": "written language", "note": "note"}
"""What is held of a person, in words."""


def take_ticket(command: c.TakeTicket, uow: UnitOfWork) -> c.Result:
    """Number a party and let it wait. The number is used up only if the visit is saved."""
    office = uow.offices.office()
    not_evacuated(uow)
    service = service_of(uow, command.service_id)
    services = [service, *(service_of(uow, each) for each in command.then_services)]
    _check_each_once(services)
    check_named_officer(uow, command.named_officer_id, service)
    check_party(command.party_size)
    check_person(command.person)
    check_length(command.see_first_reason)
    now = uow.now
    local = local_datetime(now, office.zone)
    promise = uow.offices.standard(local.date()).for_walk_in()
    running = uow.numbers.next(local.date(), service.letter)
    ticket = TicketTaken(
        office_id=office.id,
        service_id=service.id,
        number=queueing.ticket_number(service.letter, running, uow.cut_off.series if uow.cut_off else ""),
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
    prints = (uow.order_print(visit_id, "ticket", False, command.told_wait),) if command.print_ticket else ()
    return c.Result(command.id, visit_id, visit.number, at=now, prints=prints)


def _check_each_once(services: list[Service]) -> None:
    for place, service in enumerate(services):
        if service in services[:place]:
            raise Refusal(Code.BAD_INPUT, f"{service.name} is entered twice.", "Choose each service once.")


def see_first(command: c.SeeFirst, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    reason = command.reason.strip()
    check_length(reason)
    result = done(command, uow, stored, life.see_first(stored.visit, command.on, bool(reason)))
    if command.on and reason:
        uow.visits.keep_reason(command.visit_id, command.id, "see_first", reason)
    return result


def change_details(command: c.ChangeDetails, uow: UnitOfWork) -> c.Result:
    check_party(command.party_size)
    stored = uow.visits.load(command.visit_id)
    now, size = uow.visits.person(command.visit_id), stored.visit.party_size
    wanted = command.party_size if command.party_size != command.shown_party_size else size
    clashes = [_FIELDS[name] for name in now.clashes(command.shown, command.person)]
    if size not in (wanted, command.shown_party_size):
        clashes.append("size of the party")
    if clashes:
        raise Refusal(
            Code.ALREADY_TAKEN,
            f"Another desk has changed the {' and the '.join(clashes)} of {stored.visit.number} meanwhile.",
            "Compare it with what you typed, then save again.",
        )
    corrected = now.corrected(command.shown, command.person)
    check_person(corrected)
    uow.visits.save_person(command.visit_id, corrected)
    return done(command, uow, stored, [DetailsChanged(wanted)])


def link_visits(command: c.LinkVisits, uow: UnitOfWork) -> c.Result:
    if command.visit_id == command.other_id:
        raise Refusal(Code.BAD_INPUT, "A visit cannot be linked with itself.", "Choose another visit.")
    stored, other = uow.visits.load(command.visit_id), uow.visits.load(command.other_id)
    uow.visits.link(command.visit_id, command.other_id)
    record(uow, command, other, [VisitLinked(command.visit_id)])
    return done(command, uow, stored, [VisitLinked(command.other_id)])


def reprint(command: c.Reprint, uow: UnitOfWork) -> c.Result:
    stored = uow.visits.load(command.visit_id)
    paper = "slip" if stored.visit.slip is not None and not stored.visit.is_open else "ticket"
    # The new one stands in for all that did not come out before it.
    uow.cancel_prints(command.visit_id, paper)
    job = uow.order_print(command.visit_id, paper, True)
    return done(command, uow, stored, [PaperOrdered(paper, True)], (job,))
