"""The stations of an office: those in use, and the series that any ever had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from reception.domain.stations import Station, StationKind
from reception.services.queries import Stations
from reception.storage import schema as t

if TYPE_CHECKING:
    from reception.storage.database import Database

_S = t.station.c
_OF_OFFICE = _S.office_id == sa.bindparam("office")
_IN_USE = sa.select(_S.id, _S.office_id, _S.name, _S.kind, _S.series).where(_OF_OFFICE, ~_S.retired).order_by(_S.name)
_SERIES = sa.select(_S.series).where(_OF_OFFICE)


class StoredStations:
    """Within one transaction (see `services.station_ports.KnownStations`)."""

    def __init__(self, connection: Connection, office_id: str) -> None:
        self._connection = connection
        self._office_id = office_id

    def in_use(self) -> tuple[Station, ...]:
        return _stations(self._connection, self._office_id)

    def series_given(self) -> frozenset[str]:
        return frozenset(self._connection.execute(_SERIES, {"office": self._office_id}).scalars())

    def add(self, station: Station) -> None:
        self._connection.execute(
            t.station.insert().values(
                id=station.id,
                office_id=station.office_id,
                name=station.name,
                kind=station.kind.value,
                series=station.series,
                retired=False,
            )
        )

    def remove(self, station_id: str) -> bool:
        removed = self._connection.execute(
            sa.update(t.station)
            .where(_S.id == station_id, _S.office_id == self._office_id, ~_S.retired)
            .values(retired=True)
        )
        return removed.rowcount == 1


def stations_of(database: Database, query: Stations) -> tuple[Station, ...]:
    """Those in use, by name."""
    with database.read() as (connection, _head, _now):
        return _stations(connection, query.office_id)


def _stations(connection: Connection, office_id: str) -> tuple[Station, ...]:
    return tuple(_station(row) for row in connection.execute(_IN_USE, {"office": office_id}))


def _station(row: Any) -> Station:
    return Station(row.id, row.office_id, row.name, StationKind(row.kind), row.series)
