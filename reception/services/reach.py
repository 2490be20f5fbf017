"""Which visit a counter may lay hands on, and writing what it did with it."""

from __future__ import annotations

from reception.domain.events import VisitFact
from reception.domain.office import Counter
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.recording import counter_of, record, signed_in
from reception.services.visit_ports import StoredVisit


def at_this_counter(command: c.OnVisit, uow: UnitOfWork) -> StoredVisit:
    """The visit, refused when it is at another counter: it is that counter's to go on with."""
    stored = uow.visits.load(command.visit_id)
    _not_elsewhere(command, uow, stored)
    return stored


def _not_elsewhere(command: c.Command, uow: UnitOfWork, stored: StoredVisit) -> None:
    visit = stored.visit
    if visit.counter_id and visit.counter_id != command.counter_id:
        raise Refusal(
            Code.ALREADY_TAKEN,
            f"{visit.number} is at {counter_of(uow, visit.counter_id).name}.",
            "Leave it to that counter.",
        )


def in_reach(command: c.OnVisit, uow: UnitOfWork) -> StoredVisit:
    return reach(command, uow, command.visit_id)


def reach(command: c.Command, uow: UnitOfWork, visit_id: str) -> StoredVisit:
    """The visit, refused when it is at a counter where somebody else is signed in.

    One that was left at a counter where nobody is any more is anybody's to take up.
    """
    stored = uow.visits.load(visit_id)
    at = stored.visit.counter_id
    if at and any(each.counter_id == at for each in uow.offices.counters()):
        _not_elsewhere(command, uow, stored)
        signed_in(uow, command)
    return stored


def counter_is_free(uow: UnitOfWork, counter: Counter) -> None:
    present = uow.visits.at_counter(counter.id)
    if present is not None:
        number = uow.visits.load(present).visit.number
        raise Refusal(
            Code.COUNTER_BUSY, f"{number} is still at {counter.name}.", "Finish, hold or hand over that visit first."
        )


def done(
    command: c.OnVisit, uow: UnitOfWork, stored: StoredVisit, facts: list[VisitFact], prints: tuple[str, ...] = ()
) -> c.Result:
    visit = record(uow, command, stored, facts).visit
    return c.Result(command.id, visit.id, visit.number, at=uow.now, prints=prints)
