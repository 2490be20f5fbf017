"""An office by its id, and what its services, staff, counters, rooms and interpreters are called."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.office import Office
from reception.errors import Code, Refusal
from reception.storage import schema as t
from reception.storage.database import Database
from reception.storage.journal import Head
from reception.storage.offices import OfficeRecord


def record_of(database: Database, connection: Connection, head: Head, office_id: str) -> OfficeRecord:
    """The office's settings; refuses NO_OFFICE."""
    try:
        return database.all_offices(connection, head.settings_version)[office_id]
    except KeyError:
        raise Refusal(Code.NO_OFFICE, "That office is not set up here.", "Set it up first.") from None


class Names:
    """Names of an office's services, staff, counters, rooms and interpreters, retired ones too, by id."""

    def __init__(self, connection: Connection, office: Office) -> None:
        self._connection = connection
        self._known: dict[str, str] = {
            **{service.id: service.name for service in office.services},
            **{officer.id: officer.name for officer in office.staff},
            **{counter.id: counter.name for counter in office.counters},
            **{room.id: room.name for room in office.rooms},
            **{each.id: each.name for each in office.interpreters},
        }

    def __call__(self, some_id: str | None) -> str:
        if not some_id:
            return ""
        if some_id not in self._known:
            for table in (t.service, t.staff, t.counter, t.room, t.interpreter):
                name = self._connection.execute(sa.select(table.c.name).where(table.c.id == some_id)).scalar()
                if name is not None:
                    self._known[some_id] = name
                    break
        return self._known.get(some_id, "")
