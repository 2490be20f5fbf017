"""What all services share: writing facts of a visit, and looking up what a command names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reception.clock import Instant, local_date
from reception.domain.events import CallWithdrawn, Recorded, VisitFact
from reception.domain.folding import evolve
from reception.domain.office import Counter, Officer, Service
from reception.domain.person import Person
from reception.errors import Code, Refusal
from reception.services.appointment_facts import follow_visit
from reception.services.commands import Command
from reception.services.overtaking import count_anew, facts_of, overtaken_by_calls
from reception.services.ports import UnitOfWork
from reception.services.visit_ports import StoredVisit

LONGEST_TEXT = 2_000
LARGEST_PARTY = 99


def record(
    uow: UnitOfWork,
    command: Command,
    stored: StoredVisit,
    facts: Sequence[VisitFact],
    *,
    at: Instant | None = None,
) -> StoredVisit:
    """Write the facts and return the visit that they lead to, for more to be written in the same transaction.

    No fact precedes the last fact of its visit: where the clock has gone back, the last fact's time is kept.
    """
    moment = max(uow.now if at is None else at, stored.visit.last_at)
    items = [Recorded(moment, command.id, fact, command.counter_id, command.officer_id) for fact in facts]
    visit = stored.visit
    for item in items:
        visit = evolve(visit, item)
    uow.visits.save(stored, visit, items)
    follow_visit(uow, command, stored.visit, visit)
    if any(isinstance(fact, CallWithdrawn) for fact in facts):
        count_anew(uow, facts_of(uow, overtaken_by_calls(stored.facts)))
    return StoredVisit(visit, (*stored.facts, *items))


def today(uow: UnitOfWork) -> date:
    """The office's local day."""
    return local_date(uow.now, uow.offices.office().zone)


def service_of(uow: UnitOfWork, service_id: str) -> Service:
    service = uow.offices.office().service(service_id)
    if service is None:
        raise Refusal(Code.UNKNOWN_THING, "That service is not offered here any more.", "Choose another.")
    return service


def officer_of(uow: UnitOfWork, officer_id: str) -> Officer:
    officer = uow.offices.office().officer(officer_id)
    if officer is None:
        raise Refusal(Code.UNKNOWN_THING, "That member of staff does not work here any more.", "Choose another.")
    return officer


def counter_of(uow: UnitOfWork, counter_id: str) -> Counter:
    counter = uow.offices.office().counter(counter_id)
    if counter is None:
        raise Refusal(Code.UNKNOWN_THING, "That counter is not in use any more.", "Choose another.")
    return counter


def check_named_officer(uow: UnitOfWork, officer_id: str, service: Service) -> None:
    """Nobody is left to wait for an officer who does not serve what they came for."""
    if not officer_id:
        return
    officer = officer_of(uow, officer_id)
    if officer.skills and service.id not in officer.skills:
        raise Refusal(
            Code.BAD_INPUT, f"{officer.name} does not serve {service.name}.", "Choose another officer, or nobody."
        )


def check_party(size: int) -> None:
    if not 1 <= size <= LARGEST_PARTY:
        raise Refusal(Code.BAD_INPUT, f"A party is 1 to {LARGEST_PARTY} people.", "Enter how many come together.")


def check_person(person: Person) -> None:
    check_length(person.name, person.spoken, person.written, person.note)


def check_length(*texts: str) -> None:
    """Names of every script and length are accepted as given; a whole document pasted by mistake is not."""
    if any(len(text) > LONGEST_TEXT for text in texts):
        raise Refusal(
            Code.BAD_INPUT,
            f"That text is longer than {LONGEST_TEXT} characters.",
            "Shorten it; what you typed is still here.",
        )


def signed_in(uow: UnitOfWork, command: Command) -> tuple[Officer, Counter]:
    """Who acts, at which counter; refused unless that person holds that counter from this station."""
    held = next((each for each in uow.offices.counters() if each.counter_id == command.counter_id), None)
    if held is None or held.officer_id != command.officer_id or held.station != command.station:
        raise Refusal(
            Code.NOT_SIGNED_IN,
            "You are not signed in at this counter."
            if held is None
            else "Somebody else has signed in at this counter.",
            "Sign in to go on.",
        )
    return officer_of(uow, command.officer_id), counter_of(uow, command.counter_id)


def not_evacuated(uow: UnitOfWork) -> None:
    if uow.offices.evacuated_at() is not None:
        raise Refusal(Code.EVACUATED, "Calls are stopped: the building is being evacuated.", "Go on when all is clear.")
