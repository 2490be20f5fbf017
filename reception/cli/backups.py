"""`reception backup`, `verify` and `restore`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reception.cli.database import lines_of, remedy_for
from reception.cli.settings import settings_of
from reception.cli.terminal import cancellable, giving_up, one_line, progress, say
from reception.clock import SystemClock
from reception.config import Config
from reception.errors import Code, Refusal
from reception.storage import backups, restoring
from reception.storage.backups import Progress
from reception.storage.checking import Soundness, check, place_of


def backup(args: argparse.Namespace) -> int:
    """Write a copy, and say where it is and which old ones went."""
    settings = settings_of(args)
    folder = args.to or settings.backup_folder_path()
    if folder is None:
        raise Refusal(
            Code.BAD_INPUT,
            "No place for the copy is named.",
            "Name a folder or a file after --to, or backup_folder in the settings.",
        )
    with progress("Copying", "pages", args.progress) as shown, cancellable() as cancelled:
        tell = giving_up(cancelled, "The copies that there are, are as they were.", shown)
        written = write_backup(settings, folder, args.pg_tools, tell)
    say(f"The copy is in {one_line(str(written))}.")
    for each in backups.prune(folder, settings.backups_kept, written) if folder.is_dir() else ():
        say(f"Removed: {one_line(each.name)}.")
    return 0


def write_backup(settings: Config, to: Path, tools: str, tell: Progress) -> Path:
    """A copy in a folder, or as the file that `to` names. Says where it is."""
    url = settings.database_url()
    is_folder = to.is_dir()
    target = backups.backup_path(url, to, SystemClock().now()) if is_folder else to
    if not is_folder and to.suffix not in (".db", ".dump"):
        raise Refusal(
            Code.BAD_INPUT,
            f"There is no folder {to}.",
            "Make it, or connect the disk that it is on; a file's name ends in .db or .dump.",
        )
    tools = tools or settings.postgresql_tools
    backups.back_up(url, target, password_file=settings.password_file, tools=tools, progress=tell)
    return target


def verify(args: argparse.Namespace) -> int:
    """Look a copy over, or the database itself; 1 when it is not sound."""
    settings = settings_of(args)
    url = settings.database_url()
    with progress("Checking", "visits", args.progress) as shown, cancellable() as cancelled:
        tell = giving_up(cancelled, "Nothing was changed.", shown)
        if args.file is None:
            found = check(url, tell, settings.password_file)
        else:
            tools = args.pg_tools or settings.postgresql_tools
            found = restoring.verify(args.file, url, password_file=settings.password_file, tools=tools, progress=tell)
    what = f"the database {place_of(url).shown}" if args.file is None else f"the copy {one_line(str(args.file))}"
    _tell(what, found)
    if not found.is_sound:
        raise Refusal(Code.NOT_A_DATABASE, f"{what[0].upper()}{what[1:]} is not as it should be.", remedy_for(found))
    return 0


def restore(args: argparse.Namespace) -> int:
    """Put a copy in the place of the database, and say what it is and what became of the one before."""
    settings = settings_of(args)
    url = settings.database_url()
    with progress("Checking", "visits", args.progress) as shown, cancellable() as cancelled:
        tell = giving_up(cancelled, "Look whether the database is the one that you want.", shown)
        found, kept = restoring.restore(
            args.file,
            url,
            SystemClock().now(),
            password_file=settings.password_file,
            tools=args.pg_tools or settings.postgresql_tools,
            progress=tell,
        )
    say(f"{place_of(url).shown} is now as it was in {one_line(str(args.file))}.")
    if kept:
        say(f"The database that was there is kept as {one_line(kept)}.")
    _tell("it", found)
    if found.state.is_older:
        say("It is of an older version: on PostgreSQL run reception database migrate URL before a station starts.")
    return 0


def _tell(what: str, found: Soundness) -> None:
    say(f"Looked over {what}:")
    for name, words in lines_of(found):
        say(f"{name:<11}{words}")
