"""The offices of a database as they were last read: again only when their settings have changed."""

from __future__ import annotations

import threading

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.clock import MINUTE, SECOND
from reception.config import OrderingConfig
from reception.domain.queueing import RuleSettings
from reception.domain.stations import StationKind
from reception.storage import schema as t
from reception.storage.offices import Assumed, OfficeRecord, read_offices
from reception.storage.upgrade import found_revision, newer_schema

_USUAL_CALL_TO_START = (
    sa.select((t.leg.c.started_at - t.leg.c.called_at).label("taken"))
    .where(t.leg.c.office_id == sa.bindparam("office_id"), t.IS_CALLED_AND_STARTED)
    .order_by(t.leg.c.started_at.desc())
    .limit(50)
)
# Before the first few services the office's own record says nothing yet.
ENOUGH_STARTS = 10


class KnownOffices:
    """`kind`: of the station; a kiosk or display reads no names."""

    def __init__(self, ordering: OrderingConfig, kind: StationKind) -> None:
        self._ordering = ordering
        self._kind = kind
        self._assumed = Assumed(ordering.walk_in_target_minutes * MINUTE, ordering.appointment_target_minutes * MINUTE)
        self._lock = threading.Lock()
        self._cached: tuple[int, dict[str, OfficeRecord]] | None = None
        self._revision: str | None = None

    def all(self, connection: Connection, settings_version: int) -> dict[str, OfficeRecord]:
        """Every office; read again only when the settings have changed.

        A migration changes them too, so that a program that is at work then finds out here: refuses SCHEMA_NEWER.
        """
        with self._lock:
            if self._cached is not None and self._cached[0] == settings_version:
                return self._cached[1]
        revision = found_revision(connection)
        found = self.read(connection)
        with self._lock:
            if self._revision not in (None, revision):
                raise newer_schema(connection)
            self._revision = revision
            self._cached = (settings_version, found)
        return found

    def read(self, connection: Connection) -> dict[str, OfficeRecord]:
        """Past what is known: what is not committed yet may never be."""
        return read_offices(connection, self._assumed, self._kind)

    def rule_settings(self, connection: Connection, record: OfficeRecord) -> RuleSettings:
        """The calling rule's settings, with the usual time from call to start as it was of late."""
        taken = sorted(connection.execute(_USUAL_CALL_TO_START, {"office_id": record.office.id}).scalars().all())
        usual = self._ordering.usual_call_to_start_seconds * SECOND
        if len(taken) >= ENOUGH_STARTS:
            usual = taken[len(taken) // 2]
        return RuleSettings(record.walk_in_guard, record.appointment_guard, record.overtakes, usual)
