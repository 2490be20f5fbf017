"""`reception import visits`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from reception.cli.logs import open_log
from reception.cli.parser import DEFAULT_PRESET, DEFAULT_ZONE, NO_PRESET
from reception.cli.settings import settings_of
from reception.cli.terminal import cancellable, complain, one_line, progress, say
from reception.clock import MINUTE
from reception.domain.foresight import BELIEVABLE
from reception.domain.standards import Standard
from reception.errors import Code, Refusal
from reception.opening import open_database
from reception.services.import_survey import REASONS, Survey, rows_set_aside, survey
from reception.services.importing import Import, Order
from reception.services.importing import import_visits as take_in
from reception.statistics.visit_log import VisitLog, write_set_aside
from reception.storage.checking import place_of
from reception.storage.importing import ImportStore

CANCELLED = 130


def import_visits(args: argparse.Namespace) -> int:
    """Read the log, set rows aside, write the others, and say what came of it."""
    settings = settings_of(args)
    place = place_of(settings.database_url())
    if args.set_aside is not None:
        spare(args.set_aside, (args.file, place.file, args.config))
    # Before the database, which is made if need be: a log that cannot be read leaves nothing behind.
    log = open_log(args, args.timezone or ZoneInfo(DEFAULT_ZONE))
    database, _backup = open_database(settings)
    try:
        store = ImportStore(database)
        office = store.office(args.office)
        if args.timezone is None and office is not None:
            log = replace(log, zone=office.zone)
        zone = log.zone
        found = survey(log, store.now(), zone if office is None else office.zone)
        if args.set_aside is not None:
            write_set_aside(args.set_aside, log, rows_set_aside(log, found))
        order = Order(args.office, args.preset or DEFAULT_PRESET, zone)
        with progress("Importing", "rows", args.progress) as shown, cancellable() as cancelled:
            result = take_in(log, found, order, store, shown, cancelled)
    finally:
        database.close()
    _tell(result, args, log)
    if office is not None and args.preset is not None and result.standard is not None:
        _tell_of_preset(office.name, args.preset, result.standard)
    if not result.complete:
        complain("That was cancelled. What was imported is kept; the same command goes on from there.")
        return CANCELLED
    return 0


def spare(target: Path, others: tuple[Path | None, ...]) -> None:
    """The file of rows set aside replaces what is there: it must not be the log, the database or the settings."""
    for other in others:
        if other is not None and target.resolve() == other.resolve():
            raise Refusal(
                Code.BAD_INPUT,
                f"{target} is in use itself, so the rows set aside cannot be written there.",
                "Name another file after --set-aside.",
            )


def _tell(result: Import, args: argparse.Namespace, log: VisitLog) -> None:
    found = result.survey
    say(f"Office         {one_line(result.office)}{' (it holds imported visits only)' if result.only_imported else ''}")
    if result.standard is not None:
        say(f"Promise        {_promise(result.standard)}")
    say(f"Time zone      {log.zone.key}")
    say(f"Read           {found.read:>7,}")
    say(f"Imported       {result.imported:>7,}")
    say(f"Already there  {result.already_there:>7,}")
    say(f"Set aside      {found.aside.total():>7,}")
    for reason in REASONS:
        if found.aside[reason]:
            say(f"  {reason:<25}{found.aside[reason]:>7,}")
    if found.long_services:
        say(f"Long services  {found.long_services:>7,}")
        say(f"  {'to_another_day':<25}{found.to_another_day:>7,}")
        most = f"{BELIEVABLE // MINUTE} minutes"
        say(f"Long services took over {most}: their end is not believed, for most likely nobody closed the ticket.")
        say(f"They are imported with their waits, and count as {most} wherever the length of a service counts.")
    if result.not_offered:
        names = one_line(", ".join(result.not_offered))
        say(f"Not offered by the office, and kept for its figures only: {names}.")
    _tell_where(found, args)


def _tell_where(found: Survey, args: argparse.Namespace) -> None:
    if args.set_aside is not None:
        say(f"The rows set aside, each with its reason, are in {args.set_aside}.")
    elif found.aside.total():
        say("To see the rows set aside, give --set-aside FILE; the same log twice adds nothing.")


def _promise(standard: Standard) -> str:
    if standard.walk_in_seen is None:
        return f"none ({standard.name})"
    return f"seen within {standard.walk_in_seen // MINUTE} minutes ({standard.name})"


def _tell_of_preset(office: str, asked: str, standard: Standard) -> None:
    if asked != standard.name and (asked, standard.walk_in_seen) != (NO_PRESET, None):
        say(f"{one_line(office)} was there already and keeps its own promise; --preset {asked} was not used.")
