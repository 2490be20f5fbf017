"""An appointment that is about to begin at a counter: a walk-in is only called there when that is confirmed."""

from __future__ import annotations

from reception.domain.local_time import said_time
from reception.domain.office import Officer
from reception.domain.queueing import Entry, gives_way
from reception.errors import Code, Refusal
from reception.services.ports import UnitOfWork


def nobody_awaited(uow: UnitOfWork, officer: Officer, chosen: Entry) -> None:
    """Refuses DUE_WITH_YOU when the officer waits for an appointment that whoever was chosen gives way to.

    A station that is cut off has no book to look in.
    """
    if uow.cut_off is not None or not gives_way(chosen):
        return
    awaited = uow.appointments.next_with(officer.id)
    if awaited is None or not awaited.is_awaited(uow.now):
        return
    office = uow.offices.office()
    service = office.service(awaited.service_id)
    name = service.name if service else "An appointment"
    raise Refusal(
        Code.DUE_WITH_YOU,
        f"{name} at {said_time(awaited.starts_at, office.zone)} is due with you.",
        f"Call {uow.visits.load(chosen.visit_id).visit.number} anyway, or wait.",
    )
