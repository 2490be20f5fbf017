"""`reception stats waits`."""

from __future__ import annotations

import argparse
import sys

from reception.app import Door, choose_office, open_door
from reception.cli.settings import settings_of
from reception.cli.terminal import complain
from reception.config import Config
from reception.errors import Code, Refusal
from reception.services import queries as q
from reception.statistics.rendering import as_csv, as_json, as_table
from reception.storage.engine import open_engine

_FORMATS = {"table": as_table, "json": as_json, "csv": as_csv}


def _existing_door(settings: Config) -> Door:
    """The door on a database that is there: asking for figures makes none. Refuses DATABASE_UNREACHABLE."""
    open_engine(settings.database_url(), must_exist=True).dispose()
    return open_door(settings)


def waits(args: argparse.Namespace) -> int:
    """Print the wait figures of one office."""
    if args.first > args.last:
        raise Refusal(
            Code.BAD_INPUT,
            f"The first day, {args.first.isoformat()}, is after the last, {args.last.isoformat()}.",
            "Put the earlier date after --from.",
        )
    settings = settings_of(args)
    door = _existing_door(settings)
    try:
        office = choose_office(door.ask(q.Offices()), args.office or settings.office)
        report = door.ask(q.WaitReport(office.id, args.first, args.last, args.by, args.without_evacuations))
    finally:
        door.close()
    sys.stdout.write(_FORMATS[args.format](report))
    if not any(group.visits for group in report):
        complain(f"{office.name} had no walk-in visit in that time.")
    return 0
