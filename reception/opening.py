"""Opening the door: the database of the settings, made or brought up to date, and the office that is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reception.app import Door
from reception.clock import Clock
from reception.config import Config
from reception.domain.office import Office
from reception.domain.stations import StationKind
from reception.errors import Code, Refusal
from reception.services.office_ports import PinHasher
from reception.services.pins import Argon2Pins
from reception.storage.database import Database
from reception.storage.engine import open_engine
from reception.storage.narrow import require_narrow
from reception.storage.upgrade import Progress, prepare

if TYPE_CHECKING:
    from reception.documents.printers import Printer


def open_database(
    config: Config,
    *,
    clock: Clock | None = None,
    may_migrate: bool | None = None,
    progress: Progress | None = None,
    kind: StationKind = StationKind.DESK,
) -> tuple[Database, Path | None]:
    """Open (and make or bring up to date) the database of the settings; the backup copy, if one was made.

    Refuses ROLE_TOO_WIDE for a kiosk or display whose database user can read more than it must.
    """
    engine = open_engine(config.database_url(), password_file=config.password_file)
    try:
        backup = prepare(engine, may_migrate=may_migrate, progress=progress)
        require_narrow(engine, kind)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, config.ordering, clock, kind), backup


def open_door(
    config: Config,
    *,
    clock: Clock | None = None,
    pins: PinHasher | None = None,
    printer: Printer | None = None,
    progress: Progress | None = None,
    kind: StationKind = StationKind.DESK,
) -> Door:
    """Open the door. `clock`, `pins` and `printer` stand in for the real ones in tests, replays and the tour."""
    database, _backup = open_database(config, clock=clock, progress=progress, kind=kind)
    return Door(database, config, pins or Argon2Pins(), printer)


def choose_office(found: tuple[Office, ...], name: str) -> Office:
    """The office by name, or the only one. Refuses NO_OFFICE and UNKNOWN_THING."""
    if not found:
        raise Refusal(Code.NO_OFFICE, "No office is set up here yet.", "Start the desk to set one up.")
    if not name and len(found) == 1:
        return found[0]
    for office in found:
        if office.name.casefold() == name.casefold():
            return office
    names = ", ".join(office.name for office in found)
    raise Refusal(
        Code.UNKNOWN_THING,
        f"There is no office “{name}”." if name else "There are several offices.",
        f"Name one of: {names}.",
    )
