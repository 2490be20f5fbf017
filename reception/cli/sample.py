"""`reception sample`."""

from __future__ import annotations

import argparse
import shlex
import tempfile
from pathlib import Path

from msgspec.structs import replace

from reception import config
from reception.app import Door
from reception.cli.settings import settings_of
from reception.cli.terminal import cancellable, giving_up, progress, say
from reception.clock import Instant, SetClock, SystemClock
from reception.config import CONFIG_NAME, Config, PrinterConfig
from reception.errors import Code, Refusal
from reception.opening import open_door
from reception.services.sample import Progress, Sample, make_sample
from reception.storage.importing import ImportStore

DATABASE_NAME = "reception.db"


def sample(args: argparse.Namespace) -> int:
    """Make the sample database and its settings file in a folder; neither may be there already."""
    settings = settings_of(args)
    folder = args.folder.absolute()
    with progress("Making the sample", "steps", wanted=False) as shown, cancellable() as cancelled:
        made = make_files(folder, settings, giving_up(cancelled, "No sample was made.", shown), with_past=True)
    _tell(made, folder / DATABASE_NAME, folder / CONFIG_NAME)
    return 0


def make_files(
    folder: Path, settings: Config, progress: Progress, now: Instant | None = None, *, with_past: bool = False
) -> Sample:
    """Make both files, the database whole or not at all. `progress` may raise to give up.

    `now` is the moment up to which the day is played: the present, if none is given. `with_past`: eight weeks of days
    before it, too.

    Refuses (BAD_INPUT) when one of them is there and when the folder cannot be written.
    """
    database, settings_file = folder / DATABASE_NAME, folder / CONFIG_NAME
    for file in (database, settings_file):
        if file.exists():
            raise Refusal(Code.BAD_INPUT, f"{file} is there already.", "Name another folder, or move that file away.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Made under another name, so that a sample that is there is whole.
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=folder) as beside:
            part = Path(beside) / DATABASE_NAME
            own = replace(settings, database=f"sqlite:///{part.as_posix()}", printer=PrinterConfig())

            def door_on(clock: SetClock) -> Door:
                return open_door(own, clock=clock)

            past = (lambda door: ImportStore(door.database)) if with_past else None
            made = make_sample(door_on, SystemClock().now() if now is None else now, progress, past)
            part.replace(database)
    except OSError as error:
        raise Refusal(
            Code.BAD_INPUT,
            f"The sample cannot be made in {folder}.",
            "Name a folder in which you may write, with room on the disk.",
        ) from error
    config.save(
        settings_file,
        {
            "database": f"sqlite:///{database.as_posix()}",
            "office": made.office,
            "station": "Desk 3",
            "counter": made.free_counter_name,
            "sign_in_note": f"This is the sample office. Everyone's PIN is {made.pin}.",
        },
    )
    return made


def _tell(made: Sample, database: Path, settings_file: Path) -> None:
    say(f"The sample office is in {database}.")
    say(f"It has {', '.join(made.offices)}; at {made.office} the day is under way. All its people are made up.")
    say()
    for name, role in made.people:
        say(f"  {name:<20}{role.value}")
    say()
    say(f"Everyone's PIN is {made.pin}. {made.free_counter_name} is free. To open it:")
    say()
    say(f"  reception --config {shlex.quote(str(settings_file))}")
