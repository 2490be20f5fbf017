"""`reception import appointments`."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from reception.cli.importing import spare
from reception.cli.settings import settings_of
from reception.cli.terminal import cancellable, complain, one_line, progress, say
from reception.documents.appointment_file import ForeignAppointment, SetAside
from reception.documents.reading_csv import read_csv
from reception.domain.office import Office
from reception.domain.storable import cleaned
from reception.errors import Code, Refusal
from reception.opening import choose_office, open_database
from reception.services.appointment_commands import BringInAppointments, BroughtIn
from reception.services.appointment_survey import AppointmentSurvey, Aside, survey_appointments, told_reasons
from reception.services.bringing_in import KNOWN, bring_in_appointments
from reception.services.commands import Result
from reception.statistics.set_aside_file import why_not, write_rows_aside
from reception.storage.checking import place_of
from reception.storage.database import Database
from reception.storage.engine import open_engine

BATCH = 100
"""Rows written in one transaction: each is checked against the book under the lock, so desks wait for no more."""
CANCELLED = 130
STATION = "Import"
CALENDARS = frozenset({".ics", ".ical", ".ifb", ".icalendar"})


class _Outcome(Struct):
    """What came of the entries that could be placed, as far as it went."""

    brought_in: int = 0
    known: int = 0
    left_out: dict[str, str] = {}
    """Reasons by row key."""
    complete: bool = True


def import_appointments(args: argparse.Namespace) -> int:
    """Read the file, set entries aside, bring the others in, and say what came of it."""
    settings = settings_of(args)
    url = settings.database_url()
    if args.set_aside is not None:
        spare(args.set_aside, (args.file, place_of(url).file, args.config))
    data = _read(args.file)
    open_engine(url, must_exist=True, password_file=settings.password_file).dispose()
    database, _backup = open_database(settings)
    try:
        with database.read() as (connection, head, _now):
            offices = tuple(each.office for each in database.all_offices(connection, head.settings_version).values())
        office = choose_office(offices, args.office or settings.office)
        taken, aside, header = _entries(args.file, data, office)
        found = survey_appointments(taken, aside, office)
        with progress("Importing", "appointments", args.progress) as shown, cancellable() as cancelled:
            bring = _rehearse if args.dry_run else _bring_in
            outcome = bring([row for _, row in found.placeable], office, database, shown, cancelled)
    finally:
        database.close()
    everything = _all_aside(found, outcome)
    if args.set_aside is not None:
        rows = ((each.row, each.reason, each.cells) for each in everything)
        write_rows_aside(args.set_aside, header, rows)
    _tell(found, outcome, everything, office, args)
    if not outcome.complete:
        complain("That was cancelled. What was brought in is kept; the same command goes on from there.")
        return CANCELLED
    return 0


# -- reading ---------------------------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"{path.name} can't be read: {why_not(error)}.",
            "Check its name and folder, and that you may read it.",
        ) from error


def _entries(path: Path, data: bytes, office: Office) -> tuple[list[ForeignAppointment], list[SetAside], Sequence[str]]:
    """What the file holds, and the names of its columns."""
    if path.suffix.casefold() in CALENDARS or data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        from reception.documents.reading_calendar import read_calendar  # noqa: PLC0415  CSV needs no such package

        return *read_calendar(data, office.zone), ("event",)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"{path.name} is not text in UTF-8.",
            "Save it as CSV in UTF-8; a workbook can't be read as it is.",
        ) from error
    taken, aside = read_csv(text, office.zone)
    return taken, aside, next(csv.reader(io.StringIO(text)), [])


# -- writing ---------------------------------------------------------------------------------------------------

Shown = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def _bring_in(
    rows: Sequence[BroughtIn], office: Office, database: Database, shown: Shown, cancelled: Cancelled
) -> _Outcome:
    """Batch by batch; between two of them it may be cancelled."""
    outcome = _Outcome()
    for start in range(0, len(rows), BATCH):
        if cancelled():
            outcome.complete = False
            return outcome
        command = _command(rows[start : start + BATCH], office)
        with database.write(command) as work:
            result = bring_in_appointments(command, work)
            work.keep_result(command, result, can_undo=False)
        _count(result, outcome)
        shown(min(start + BATCH, len(rows)), len(rows))
    return outcome


class _NotKept(Exception):  # noqa: N818  it never leaves this file
    """Ends a transaction of which nothing is to stay."""


def _rehearse(
    rows: Sequence[BroughtIn], office: Office, database: Database, _shown: Shown, _cancelled: Cancelled
) -> _Outcome:
    """The same in one transaction of which nothing stays."""
    outcome = _Outcome()
    command = _command(rows, office)
    try:
        with database.write(command) as work:
            _count(bring_in_appointments(command, work), outcome)
            raise _NotKept
    except _NotKept:
        return outcome


def _command(rows: Sequence[BroughtIn], office: Office) -> BringInAppointments:
    return cleaned(BringInAppointments(office_id=office.id, station=STATION, rows=tuple(rows)))


def _count(result: Result, outcome: _Outcome) -> None:
    outcome.brought_in += len(result.appointments)
    for key, reason in result.left_out:
        if reason == KNOWN:
            outcome.known += 1
        else:
            outcome.left_out[key] = reason


# -- telling ---------------------------------------------------------------------------------------------------


def _all_aside(found: AppointmentSurvey, outcome: _Outcome) -> list[Aside]:
    """By row: what could not be read or named, and what could not be placed."""
    unplaced = [
        Aside(entry.row, outcome.left_out[row.row_key], entry.cells)
        for entry, row in found.placeable
        if row.row_key in outcome.left_out
    ]
    return sorted([*found.aside, *unplaced], key=lambda each: each.row)


def _tell(
    found: AppointmentSurvey, outcome: _Outcome, aside: Sequence[Aside], office: Office, args: argparse.Namespace
) -> None:
    say(f"Office         {one_line(office.name)}")
    say(f"Time zone      {office.timezone}")
    say(f"Read           {found.read:>7,}")
    say(f"{'Would come in' if args.dry_run else 'Brought in':<15}{outcome.brought_in:>7,}")
    say(f"Already there  {outcome.known:>7,}")
    say(f"Set aside      {len(aside):>7,}")
    for reason, count in told_reasons(aside):
        say(f"  {reason:<25}{count:>7,}")
    if args.dry_run:
        say("Nothing was written to the book.")
    if args.set_aside is not None:
        say(f"What was set aside, each with its reason, is in {one_line(str(args.set_aside))}.")
    elif aside:
        say("To see what was set aside, give --set-aside FILE; the same file twice adds nothing.")
