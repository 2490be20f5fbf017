"""What a ticket says that a kiosk prints: made without the journal, which its role may not read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from reception.domain import queueing
from reception.domain.languages import language_of_paper
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.said_wait import ExpectedWait
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.queries.names import record_of
from reception.storage.queries.waits import expected_wait_of

_V = t.visit.c
_VISIT = sa.select(
    _V.office_id, _V.number, _V.first_service_id, _V.arrived_at, _V.voided, _V.room_id, _V.booked_for
).where(_V.id == sa.bindparam("visit_id"))
_WISHES = sa.text("SELECT kiosk_ticket(:visit_id)")


def kiosk_paper(
    database: Database, visit_id: str, reprint: bool, told: ExpectedWait | None = None
) -> tuple[TicketSnapshot, SlipSnapshot | None]:
    """The ticket of a visit that was taken in at a kiosk, and no slip: a kiosk ends no visit. The wait is what its
    visitor has been `told`, else what is expected now."""
    with database.read() as (connection, head, now):
        row: Any = connection.execute(_VISIT, {"visit_id": visit_id}).one()
        record = record_of(database, connection, head, row.office_id)
        office = record.office
        service, room = office.service(row.first_service_id), office.room(row.room_id or "")
        # Nothing is told of a ticket that has come out of the printer.
        wishes = connection.execute(_WISHES, {"visit_id": visit_id}).scalar() or {}
        ticket = TicketSnapshot(
            council=office.council,
            office=office.name,
            number=row.number,
            service=service.name if service else "",
            taken_at=row.arrived_at,
            timezone=office.timezone,
            wait=told or expected_wait_of(database, connection, record, visit_id, now),
            place=office.place,
            places=office.place_said,
            code=queueing.visit_code(visit_id),
            voided=row.voided,
            reprint=reprint,
            room=room.name if room else "",
            language=language_of_paper(wishes.get("written", ""), wishes.get("spoken", "")),
            large_print=wishes.get("large_print", False),
            private=wishes.get("private", False),
            services={language: said.name for language, said in service.said.items()} if service else {},
            booked_for=row.booked_for,
        )
    return ticket, None
