"""Opening the door of a station: with its database, without it, or on a file that nobody else has."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from reception.app import Door
from reception.clock import Clock, KeptClock
from reception.config import Config, data_folder
from reception.domain.stations import StationKind
from reception.errors import Refusal
from reception.opening import open_door
from reception.services.office_ports import PinHasher
from reception.services.pins import Argon2Pins
from reception.station.door import StationDoor
from reception.station.possible import OUT_OF_REACH
from reception.storage.own_file import open_own_file, own_path

log = logging.getLogger(__name__)


def open_station_door(
    config: Config,
    kind: StationKind,
    *,
    clock: Clock | None = None,
    pins: PinHasher | None = None,
    progress: Callable[[int, int], None] | None = None,
    folder: Path | None = None,
    kept_clock: KeptClock | None = None,
    watch: bool = True,
) -> Door:
    """The door of a station. It opens while the database is out of reach, if the station has been connected before;
    and without a file of its own where that can't be kept: then it is cut off as any other program would be.

    `folder`: where own files are kept; None: in the user's data folder.
    """

    def open_shared() -> Door:
        return open_door(config, clock=clock, pins=pins, progress=progress, kind=kind)

    try:
        shared: Door | None = open_shared()
    except Refusal as refusal:
        if refusal.code not in OUT_OF_REACH:
            raise
        shared, why = None, refusal
    path = own_path(folder or data_folder() / "stations", config.station, config.office, config.database_url())
    try:
        own = open_own_file(path, config.ordering, config.station, kept_clock)
    except Refusal as refusal:
        if shared is None:
            raise
        log.warning("this station has no file of its own to go on with when it is cut off: %s", refusal)
        return shared
    if shared is None and own.copy is None:
        own.close()
        raise why
    return StationDoor(own, config, pins or Argon2Pins(), open_shared, kind, shared, watch=watch)


def open_for_station(
    config: Config, *, progress: Callable[[int, int], None] | None = None, kind: StationKind = StationKind.DESK
) -> Door:
    """The door of a window. One PC with its SQLite file needs no other file: what would take the one takes the other
    with it. A display keeps nothing, and a supervisor asks for what no copy holds."""
    is_shared = config.database_url().startswith("postgresql")
    if is_shared and kind in (StationKind.DESK, StationKind.KIOSK):
        return open_station_door(config, kind, progress=progress)
    return open_door(config, progress=progress, kind=kind)
