"""The own file follows the shared database, and the station has a place in the office's list."""

from __future__ import annotations

import logging

from reception.app import Door
from reception.config import Config
from reception.domain.stations import StationKind
from reception.errors import Refusal
from reception.services import commands as c
from reception.services import queries as q
from reception.storage.copying import follow, is_in_list
from reception.storage.own_file import OwnFile

log = logging.getLogger(__name__)


class Following:
    """Of one own file."""

    def __init__(self, own: OwnFile, config: Config, kind: StationKind) -> None:
        self._own = own
        self._config = config
        self._kind = kind
        self._has_named_itself = False

    def follow(self, shared: Door, *, whole: bool = False) -> bool:
        """Bring the own file up to what the database holds now. False when it was. `whole`: also what should be there
        already. Refuses what the database is refused for."""
        office_id = self._office_id(shared)
        if not office_id or not follow(shared.database, self._own, office_id, self._kind, whole=whole):
            return False
        self._name_itself(shared, office_id)
        return True

    def _name_itself(self, shared: Door, office_id: str) -> None:
        """A desk that is not in the office's list of stations puts itself there, once, for a series of its own; one
        that was taken out of the list stays out. A kiosk's role may not."""
        copy = self._own.copy
        if copy is None or is_in_list(copy.series) or self._kind is not StationKind.DESK or self._has_named_itself:
            return
        self._has_named_itself = True
        name = self._config.station
        command_id = c.joined_id(f"station {office_id} {name.casefold()}")
        try:
            shared.do(c.AddStation(id=command_id, office_id=office_id, station=name, name=name, kind=self._kind))
        except Refusal as refusal:
            log.info("this station is not in the list: %s", refusal.code)
        else:
            follow(shared.database, self._own, office_id, self._kind, whole=True)

    def _office_id(self, shared: Door) -> str:
        """Empty where it is not set up."""
        if self._own.copy is not None:
            return self._own.copy.office_id
        found = shared.ask(q.Offices())
        named = self._config.office.casefold()
        return next((each.id for each in found if not named or each.name.casefold() == named), "")
