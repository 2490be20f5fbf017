"""What a ticket and a slip say."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant
from reception.domain import queueing
from reception.domain.folding import visit_from
from reception.domain.languages import language_of_paper
from reception.domain.office import Counter, Officer, Service
from reception.domain.snapshots import (
    End,
    ExpectedWait,
    Need,
    SlipSnapshot,
    State,
    TicketSnapshot,
)
from reception.domain.standards import PRESETS
from reception.domain.visit import Visit
from reception.storage import offices
from reception.storage import schema as t
from reception.storage.journal import facts_of
from reception.storage.offices import OfficeRecord
from reception.storage.queries.names import Names, record_of
from reception.storage.unit_of_work import Database
from reception.storage.visit_rows import person_from

_PERSON = sa.select(t.visitor).where(t.visitor.c.visit_id == sa.bindparam("visit_id"))
RECENT_SERVICES = 30
_AHEAD = sa.select(t.visit.c.service_id, t.visit.c.named_officer_id).where(
    t.visit.c.office_id == sa.bindparam("office_id"),
    t.IS_WAITING,
    t.visit.c.arrived_at <= sa.bindparam("arrived_at"),
    t.visit.c.id != sa.bindparam("visit_id"),
)
_RECENT_SERVICES = (
    sa.select((t.leg.c.ended_at - t.leg.c.started_at).label("taken"))
    .where(
        t.leg.c.office_id == sa.bindparam("office_id"),
        t.leg.c.started_at.is_not(None),
        t.leg.c.ended_at.is_not(None),
    )
    .order_by(t.leg.c.started_at.desc())
    .limit(RECENT_SERVICES)
)


def paper_of(database: Database, visit_id: str, reprint: bool) -> tuple[TicketSnapshot, SlipSnapshot | None]:
    """What the ticket of a visit says, and its slip if it ended with one."""
    with database.read() as (connection, head, now):
        office_id = connection.execute(sa.select(t.visit.c.office_id).where(t.visit.c.id == visit_id)).scalar_one()
        record = record_of(database, connection, head, office_id)
        office = record.office
        names = Names(connection, office)
        visit = visit_from(visit_id, facts_of(connection, visit_id))
        room = office.room(visit.room_id)
        person = person_from(connection.execute(_PERSON, {"visit_id": visit_id}).one())
        language = language_of_paper(person.written, person.spoken)
        first_service = names(visit.legs[0].service_id)
        ticket = TicketSnapshot(
            council=office.council,
            office=office.name,
            number=visit.number,
            service=first_service,
            taken_at=visit.arrived_at,
            timezone=office.timezone,
            wait=_expected_wait(database, connection, record, visit, now),
            place=office.place,
            code=visit.code,
            voided=visit.voided,
            reprint=reprint,
            room=room.name if room else "",
            language=language,
            large_print=Need.LARGE_PRINT in person.needs,
            private=Need.PRIVATE in person.needs,
            services=_said(office.service(visit.legs[0].service_id)),
        )
        if visit.slip is None:
            return ticket, None
        owner = office.officer(visit.owner_id)
        preset = PRESETS.get(record.standard_of(visit.local_day).name)
        return ticket, SlipSnapshot(
            council=office.council,
            office=office.name,
            number=visit.number,
            service=names(visit.signposted_service_id if visit.slip is End.SIGNPOSTED else visit.leg.service_id),
            visited_at=visit.arrived_at,
            printed_at=now,
            timezone=office.timezone,
            end=visit.slip,
            due=visit.due,
            owner=names(visit.owner_id),
            telephone=(owner.telephone if owner else "") or office.telephone,
            email=owner.email if owner else "",
            signpost_to=visit.signpost_to,
            code=visit.code,
            free_telephone=preset is not None and preset.free_telephone,
            language=language,
            large_print=Need.LARGE_PRINT in person.needs,
        )


def _said(service: Service | None) -> dict[str, str]:
    """Its name by language; of a retired one none is known."""
    return {} if service is None else {tag: words.name for tag, words in service.said.items()}


def _expected_wait(
    database: Database, connection: Connection, record: OfficeRecord, visit: Visit, now: Instant
) -> ExpectedWait | None:
    """A range for a visit that waits for its first service; None for any other.

    Where nobody at work may serve it, it waits as if for one counter with whoever of the staff may.
    """
    if visit.state is not State.WAITING or len(visit.legs) > 1:
        return None
    office = record.office

    def that_may_serve(pairs: Iterable[tuple[Officer | None, Counter | None]]) -> list[tuple[Officer, Counter]]:
        leg = visit.leg
        return [
            (officer, counter)
            for officer, counter in pairs
            if officer and counter and queueing.may_serve_at(officer, counter, leg.service_id, leg.named_officer_id)
        ]

    at_work = offices.counters_at_work(connection, office.id)
    serving = that_may_serve((office.officer(at.officer_id), office.counter(at.counter_id)) for at in at_work)
    able = serving or that_may_serve(product(office.staff, office.counters))
    waiting = connection.execute(_AHEAD, {"office_id": office.id, "arrived_at": visit.arrived_at, "visit_id": visit.id})
    ahead = sum(
        any(queueing.may_serve_at(*pair, service_id, named_id or "") for pair in able)
        for service_id, named_id in waiting
    )
    recent = list(connection.execute(_RECENT_SERVICES, {"office_id": office.id}).scalars())
    usual = database.ordering.usual_service_minutes * MINUTE
    return queueing.expected_wait(ahead, len(serving), recent, usual)
