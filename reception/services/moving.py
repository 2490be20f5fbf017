"""Away and back: leaving, holding, returning, transfer. Each function is one command in one transaction."""

from __future__ import annotations

from reception.domain import lifecycle as life
from reception.services import commands as c
from reception.services.ports import UnitOfWork
from reception.services.reach import at_this_counter, counter_is_free, done, in_reach
from reception.services.recording import check_named_officer, service_of, signed_in, today


def leave(command: c.Leave, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.leave(stored.visit))


def hold(command: c.Hold, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.hold(stored.visit, command.own_request))


def end_hold(command: c.EndHold, uow: UnitOfWork) -> c.Result:
    """Back to its place; a visit held in service goes on at the counter that holds it, if that is free."""
    stored = at_this_counter(command, uow)
    holding = stored.visit.hold
    if holding is not None and holding.from_service:
        _, counter = signed_in(uow, command)
        counter_is_free(uow, counter)
    return done(command, uow, stored, life.end_hold(stored.visit))


def return_to_queue(command: c.ReturnToQueue, uow: UnitOfWork) -> c.Result:
    stored = in_reach(command, uow)
    return done(command, uow, stored, life.return_to_queue(stored.visit))


def transfer(command: c.Transfer, uow: UnitOfWork) -> c.Result:
    """Only a service of specialists exempts a visit from the resolved clock, whatever the visitor was told."""
    stored = in_reach(command, uow)
    service = service_of(uow, command.service_id)
    check_named_officer(uow, command.named_officer_id, service)
    facts = life.transfer(
        stored.visit,
        service.id,
        command.named_officer_id,
        uow.offices.standard(today(uow)).for_walk_in().order_by,
        command.specialist_told and service.specialist,
    )
    return done(command, uow, stored, facts)
