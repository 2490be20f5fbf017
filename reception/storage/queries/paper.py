"""What a ticket and a slip say."""

from __future__ import annotations

import sqlalchemy as sa

from reception.domain.folding import visit_from
from reception.domain.snapshots import (
    End,
    SlipSnapshot,
    TicketSnapshot,
)
from reception.domain.standards import PRESETS
from reception.storage import schema as t
from reception.storage.journal import facts_of
from reception.storage.queries.names import Names, record_of
from reception.storage.unit_of_work import Database


def paper_of(database: Database, visit_id: str, reprint: bool) -> tuple[TicketSnapshot, SlipSnapshot | None]:
    """What the ticket of a visit says, and its slip if it ended with one."""
    from reception.storage.queries.waits import expected_wait_of  # a desk opens before its first ticket is printed

    with database.read() as (connection, head, now):
        office_id = connection.execute(sa.select(t.visit.c.office_id).where(t.visit.c.id == visit_id)).scalar_one()
        record = record_of(database, connection, head, office_id)
        office = record.office
        names = Names(connection, office)
        visit = visit_from(visit_id, facts_of(connection, visit_id))
        room = office.room(visit.room_id)
        first_service = names(visit.legs[0].service_id)
        ticket = TicketSnapshot(
            council=office.council,
            office=office.name,
            number=visit.number,
            service=first_service,
            taken_at=visit.arrived_at,
            timezone=office.timezone,
            wait=expected_wait_of(database, connection, record, visit_id, now),
            place=office.place,
            code=visit.code,
            voided=visit.voided,
            reprint=reprint,
            room=room.name if room else "",
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
        )
