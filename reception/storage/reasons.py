"""Reading the reasons that few may read."""

from __future__ import annotations

import sqlalchemy as sa

from reception.domain.events import CommandUndone, SeenFirstMarked
from reception.domain.folding import visit_from
from reception.domain.restricted import may_read_see_first_reason
from reception.services.queries import SeeFirstReason
from reception.storage import day_to_day
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.journal import facts_of
from reception.storage.queries import record_of

_REASON = sa.select(t.visit_reason.c.reason).where(
    t.visit_reason.c.visit_id == sa.bindparam("visit_id"),
    t.visit_reason.c.command_id == sa.bindparam("command_id"),
    t.visit_reason.c.kind == "see_first",
)


def see_first_reason(database: Database, query: SeeFirstReason) -> str:
    """Why a visit is seen first, for whoever is signed in at the asking counter and station.

    Empty when the visit bears no such mark, or nobody there may read it.
    """
    with database.read() as (connection, head, _now):
        facts = facts_of(connection, query.visit_id)
        if not facts:
            return ""
        visit = visit_from(query.visit_id, facts)
        undone = {item.fact.command_id for item in facts if isinstance(item.fact, CommandUndone)}
        marks = [
            item
            for item in facts
            if isinstance(item.fact, SeenFirstMarked) and item.fact.on and item.command_id not in undone
        ]
        if not visit.see_first or not marks:
            return ""
        office = record_of(database, connection, head, visit.office_id).office
        asking = next(
            (
                office.officer(at.officer_id)
                for at in day_to_day.counters_at_work(connection, visit.office_id)
                if (at.counter_id, at.station) == (query.counter_id, query.station)
            ),
            None,
        )
        mark = marks[-1]
        if asking is None or not may_read_see_first_reason(asking, visit, mark.officer_id):
            return ""
        key = {"visit_id": visit.id, "command_id": mark.command_id}
        return connection.execute(_REASON, key).scalar() or ""
