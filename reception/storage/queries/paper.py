"""What a ticket and a slip say."""

from __future__ import annotations

import sqlalchemy as sa

from reception.domain.folding import visit_from
from reception.domain.languages import language_of_paper
from reception.domain.office import Service
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.person import Need
from reception.domain.said_wait import ExpectedWait
from reception.domain.standards import PRESETS
from reception.domain.visit_states import End
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.journal import facts_of
from reception.storage.queries.names import Names, record_of
from reception.storage.visit_rows import person_from

_PERSON = sa.select(t.visitor).where(t.visitor.c.visit_id == sa.bindparam("visit_id"))


def paper_of(
    database: Database, visit_id: str, reprint: bool, told: ExpectedWait | None = None
) -> tuple[TicketSnapshot, SlipSnapshot | None]:
    """What the ticket of a visit says, and its slip if it ended with one. The wait is what its visitor has been `told`,
    else what is expected now."""
    from reception.storage.queries.waits import expected_wait_of  # a desk opens before its first ticket is printed

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
            wait=told or expected_wait_of(database, connection, record, visit_id, now),
            place=office.place,
            places=office.place_said,
            code=visit.code,
            voided=visit.voided,
            reprint=reprint,
            room=room.name if room else "",
            language=language,
            large_print=Need.LARGE_PRINT in person.needs,
            private=Need.PRIVATE in person.needs,
            services=_said(office.service(visit.legs[0].service_id)),
            booked_for=visit.booked_for,
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
