"""The own file follows the shared database, and the station has a place in the office's list."""

from __future__ import annotations

import logging
from itertools import chain

from reception.app import Door
from reception.config import Config
from reception.domain.stations import StationKind, spare_series
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.copying import follow
from reception.storage.own_file import OwnFile

log = logging.getLogger(__name__)


class Following:
    """Of one own file."""

    def __init__(self, own: OwnFile, config: Config, kind: StationKind) -> None:
        self._own = own
        self._config = config
        self._kind = kind
        self._has_named_itself = False
        self._given: dict[str, str] = {}
        """The series of this file, by that of its station in the list."""

    def follow(self, shared: Door, *, whole: bool = False) -> bool:
        """Bring the own file up to what the database holds now. False when it was. `whole`: also what should be there
        already. Refuses what the database is refused for."""
        office_id = self._office_id(shared)
        if not office_id:
            return False
        if whole:
            self._given.clear()

        def give_series(listed: str) -> str:
            listed = listed or self._name_itself(shared, office_id)
            if listed not in self._given:
                self._given = {listed: self._series(shared, office_id, listed)}
            return self._given[listed]

        return follow(shared.database, self._own, office_id, self._kind, give_series, whole=whole)

    def _series(self, shared: Door, office_id: str, listed: str) -> str:
        """Marks this file's numbers alone: the series of its station, or where that is not in the list, or another
        computer with its name was here first, the first spare one that is nobody's."""
        mine = self._own.file_id
        for series in chain([listed] if listed else [], spare_series()):
            command_id = c.series_id(office_id, series)
            command = c.ClaimSeries(
                id=command_id, office_id=office_id, station=self._config.station, series=series, file_id=mine
            )
            if shared.do(command).reference == mine:
                return series
        raise AssertionError("letters never run out")

    def _name_itself(self, shared: Door, office_id: str) -> str:
        """A desk that is not in the office's list of stations puts itself there, once, for a series of its own; one
        that was taken out of the list stays out. A kiosk's role may not. Its series, or empty."""
        if self._kind is not StationKind.DESK or self._has_named_itself:
            return ""
        self._has_named_itself = True
        name = self._config.station
        command_id = c.joined_id(f"station {office_id} {name.casefold()}")
        try:
            shared.do(c.AddStation(id=command_id, office_id=office_id, station=name, name=name, kind=self._kind))
        except Refusal as refusal:
            log.info("this station is not in the list: %s", refusal.code)
            return ""
        found = shared.ask(q.Stations(office_id))
        return next((each.series for each in found if each.name.casefold() == name.casefold()), "")

    def _office_id(self, shared: Door) -> str:
        """Empty where it is not set up."""
        if self._own.copy is not None:
            return self._own.copy.office_id
        found = shared.ask(q.Offices())
        named = self._config.office.casefold()
        return next((each.id for each in found if not named or each.name.casefold() == named), "")
