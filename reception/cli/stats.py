"""`reception stats waits` and `reception stats resolved`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from reception.app import Door, choose_office, open_door
from reception.cli.settings import settings_of
from reception.cli.terminal import complain
from reception.config import Config
from reception.errors import Code, Refusal
from reception.services import queries as q
from reception.statistics.rendering import Kind, as_csv, as_json, as_table
from reception.statistics.resolved import ResolvedSummary
from reception.statistics.waits import WaitSummary
from reception.storage.engine import open_engine

_FORMATS = {"table": as_table, "json": as_json, "csv": as_csv}


def _existing_door(settings: Config) -> Door:
    """The door on a database that is there: asking for figures makes none. Refuses DATABASE_UNREACHABLE."""
    open_engine(settings.database_url(), must_exist=True).dispose()
    return open_door(settings)


def waits(args: argparse.Namespace) -> int:
    """Print the wait figures of one office."""
    return _figures(args, q.WaitReport, WaitSummary, "had no walk-in visit in that time")


def resolved(args: argparse.Namespace) -> int:
    """Print the figures of the resolved clock of one office."""
    return _figures(
        args,
        q.ResolvedReport,
        ResolvedSummary,
        "had no walk-in visit in that time whose end is known; an imported log says nothing of it",
    )


def _figures(args: argparse.Namespace, report_of: Callable[..., Any], kind: Kind, nothing: str) -> int:
    """Ask for a report and print it; `nothing` says of an office that there was nothing to report."""
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
        report = door.ask(report_of(office.id, args.first, args.last, args.by, args.without_evacuations))
    finally:
        door.close()
    sys.stdout.write(_FORMATS[args.format](report, kind))
    if not any(group.visits for group in report):
        complain(f"{office.name} {nothing}.")
    return 0
