"""Stations named and removed. Each function is one command in one transaction."""

from __future__ import annotations

from reception.domain.events import StationAdded, StationRemoved
from reception.domain.stations import Station, next_series
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.ports import UnitOfWork

LONGEST_NAME = 40
"""As a station's own settings take it."""


def add_station(command: c.AddStation, uow: UnitOfWork) -> c.Result:
    """Its id is the command's, its series the next that no station of the office ever had."""
    office = uow.offices.office()
    name = " ".join(command.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(
            Code.BAD_INPUT, f"A station's name has 1 to {LONGEST_NAME} characters.", "Give it such a name.", "name"
        )
    if any(each.name.casefold() == name.casefold() for each in uow.stations.in_use()):
        raise Refusal(
            Code.STATION_TAKEN,
            f"{office.name} has a station called {name} already.",
            "Choose another name, or remove that one first.",
            "name",
        )
    station = Station(command.id, office.id, name, command.kind, next_series(uow.stations.series_given()))
    uow.stations.add(station)
    uow.record(StationAdded(station.id, station.name, station.kind))
    return c.Result(command.id, at=uow.now)


def claim_series(command: c.ClaimSeries, uow: UnitOfWork) -> c.Result:
    """Nobody has it yet: whoever asks again is told of this one."""
    return c.Result(command.id, reference=command.file_id, at=uow.now)


def remove_station(command: c.RemoveStation, uow: UnitOfWork) -> c.Result:
    if not uow.stations.remove(command.station_id):
        raise Refusal(
            Code.UNKNOWN_THING, "That station is not in use here.", "Look at the list: reception station list."
        )
    uow.record(StationRemoved(command.station_id))
    return c.Result(command.id, at=uow.now)
