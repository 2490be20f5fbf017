"""`reception upkeep`: what is to be done each night, by itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial

from reception.app import Door
from reception.cli.backups import write_backup
from reception.cli.opening import existing_door
from reception.cli.settings import settings_of
from reception.cli.terminal import complain, one_line, say
from reception.clock import local_date
from reception.config import Config
from reception.domain.office import Office
from reception.domain.workdays import Division, first_working_day
from reception.errors import Code, Refusal
from reception.services import queries as q
from reception.services.monthly_reports import write_due_reports
from reception.storage.archives import read_whole
from reception.storage.backups import is_dump, prune
from reception.storage.past_days import left_open
from reception.storage.restoring import verify


def upkeep(args: argparse.Namespace) -> int:
    """Do each part, also when one before it is refused; 1 when one was."""
    settings = settings_of(args)
    door = existing_door(settings)
    refused = 0
    try:
        offices: tuple[Office, ...] = door.ask(q.Offices())
        parts: list[Callable[[], None]] = [partial(_close_days, door, office) for office in offices]
        parts += [partial(_back_up, settings, args.pg_tools), partial(_report, door, settings, offices)]
        for part in parts:
            try:
                part()
            except Refusal as refusal:
                complain(str(refusal))
                refused += 1
    finally:
        door.close()
    return 1 if refused else 0


def _close_days(door: Door, office: Office) -> None:
    with door.database.read() as (connection, _head, now):
        is_left_open = left_open(connection, office, now)
    if is_left_open:
        door.close_days(office.id)
        say(f"{one_line(office.name)}: the days that were over are closed; what was open on them is unresolved.")
    else:
        say(f"{one_line(office.name)}: no day that is over was open.")


def _back_up(settings: Config, tools: str) -> None:
    folder = settings.backup_folder_path()
    if folder is None:
        say("No copy of the database: the settings name no backup_folder.")
        return
    if not folder.is_dir():
        raise Refusal(Code.BAD_INPUT, f"There is no folder {folder}.", "Make it, or connect the disk that it is on.")
    written = write_backup(settings, folder, tools, _nobody_watches)
    say(f"A copy of the database is in {one_line(str(written))}.")
    if is_dump(written):
        read_whole(written, tools or settings.postgresql_tools)
        say("It was read to its end, and no table is missing.")
    else:
        found = verify(written, settings.database_url(), progress=_nobody_watches)
        if not found.is_sound:
            raise Refusal(
                Code.NOT_A_DATABASE,
                f"The copy {written.name} is not as it should be, so no older one was removed.",
                f"Run: reception verify {written}.",
            )
        say("It was looked over, and is sound.")
    if removed := prune(folder, settings.backups_kept, written):
        say(f"Older copies removed: {len(removed)}.")


def _report(door: Door, settings: Config, offices: tuple[Office, ...]) -> None:
    folder = settings.report_folder_path()
    if folder is None:
        say("No report: the settings name no report_folder.")
        return
    later = [day for office in offices if (day := _not_before(door, office)) is not None]
    if later:
        say(f"No report before {max(later).isoformat()}, the first working day of the month.")
        return
    written = write_due_reports(door, offices, folder)
    say(f"Last month's reports written: {len(written)}." if written else "No report of last month was left to write.")
    for each in written:
        say(f"  {one_line(each.name)}")


def _not_before(door: Door, office: Office) -> date | None:
    """The first working day of this month, where it is still to come."""
    today = local_date(door.now(), office.zone)
    first = first_working_day(today, Division(office.division), office.closures)
    return first if first > today else None


def _nobody_watches(_done: int, _total: int) -> None:
    """At night nobody looks."""
