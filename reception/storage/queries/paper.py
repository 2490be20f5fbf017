"""What a ticket and a slip say."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, Instant
from reception.domain import queueing
from reception.domain.folding import visit_from
from reception.domain.snapshots import (
    End,
    ExpectedWait,
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

RECENT_SERVICES = 30
_AHEAD = (
    sa.select(sa.func.count())
    .select_from(t.visit)
    .where(
        t.visit.c.office_id == sa.bindparam("office_id"),
        t.IS_WAITING,
        t.visit.c.arrived_at <= sa.bindparam("arrived_at"),
        t.visit.c.id != sa.bindparam("visit_id"),
    )
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
        )


def _expected_wait(
    database: Database, connection: Connection, record: OfficeRecord, visit: Visit, now: Instant
) -> ExpectedWait | None:
    """A range for a visit that waits for its first service; None for any other."""
    if visit.state is not State.WAITING or len(visit.legs) > 1:
        return None
    office = record.office
    ahead = connection.execute(
        _AHEAD, {"office_id": office.id, "arrived_at": visit.arrived_at, "visit_id": visit.id}
    ).scalar_one()
    serving = 0
    for at in offices.counters_at_work(connection, office.id):
        counter, officer = office.counter(at.counter_id), office.officer(at.officer_id)
        if counter is None or officer is None:
            continue
        if (not counter.services or visit.leg.service_id in counter.services) and (
            not officer.skills or visit.leg.service_id in officer.skills
        ):
            serving += 1
    recent = list(connection.execute(_RECENT_SERVICES, {"office_id": office.id}).scalars())
    usual = database.ordering.usual_service_minutes * MINUTE
    return queueing.expected_wait(ahead, serving, recent, usual)
