"""What may be asked on the command line: commands, options, and how a value is to be written.

Nothing heavy is imported here: `--help` must be quick. A command is carried out by the module that `handler` names.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct

from reception.cli.book_parser import add_book_commands, add_import_of_appointments
from reception.cli.forecast_parser import add_forecast_commands
from reception.cli.report_parser import add_report_command
from reception.cli.staffing_parser import add_staffing_commands
from reception.cli.stats_parser import add_stats_commands
from reception.cli.upkeep_parser import add_database_commands, add_station_commands, add_upkeep_commands
from reception.cli.values import (
    Commands,
    a_date,
    a_name,
    a_wait,
    a_zone,
    add_command,
    add_progress,
    counters,
    working_days,
)
from reception.domain.standards import PRESETS

if TYPE_CHECKING:
    from reception.config import Config

DEFAULT_COMMAND = "desk"
USAGE_ERROR = 2
DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")
NO_PRESET = "none"
DEFAULT_PRESET = "hertfordshire"
DEFAULT_OFFICE = "Imported visits"
DEFAULT_ZONE = "Europe/London"
LONGEST_WAIT_MINUTES = 90


class ExtraCommand(Struct, frozen=True):
    """A command that another floor brings along, such as one that opens a window."""

    name: str
    help: str
    """What it does, in one sentence without a full stop."""
    run: Callable[[argparse.Namespace, Config], int]
    """Does it, with the settings that were read, and returns the exit code."""
    add_arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "allow_abbrev": False})

    def _print_message(self, message: str, file: Any = None) -> None:
        """argparse lets a broken pipe pass unseen."""
        (sys.stderr if file is None else file).write(message)

    def error(self, message: str) -> NoReturn:
        said = " ".join(message.split()).rstrip(".")
        if "--database" in said or "--config" in said:
            said += "; --database and --config stand before the command"
        sys.stderr.write(f"{self.prog}: {said}. {self.prog} --help says more.\n")
        raise SystemExit(USAGE_ERROR)


def build_parser(extra: Sequence[ExtraCommand] = ()) -> argparse.ArgumentParser:
    """The whole command line; `extra` are the commands that other floors bring along."""
    parser = _Parser(
        prog="reception",
        description="Reception runs the front counter of a council's civic offices.",
        epilog="reception COMMAND --help says more about a command. Without a command the desk is opened.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    parser.add_argument(
        "--database", metavar="URL", help="the database to use, sqlite:///FILE or postgresql://USER@HOST/NAME"
    )
    parser.add_argument("--config", metavar="FILE", type=Path, help="the settings file to use")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for each in extra:
        added = commands.add_parser(each.name, help=each.help, description=f"{each.help[0].upper()}{each.help[1:]}.")
        each.add_arguments(added)
        added.set_defaults(handler=each)
    _sample(commands)
    _doctor(commands)
    add_database_commands(commands)
    add_station_commands(commands)
    add_upkeep_commands(commands)
    _working_days(commands)
    add_book_commands(commands)
    _import(commands)
    add_stats_commands(commands)
    add_report_command(commands)
    add_forecast_commands(commands)
    _replay(commands)
    add_staffing_commands(commands)
    return parser


def _sample(commands: Commands) -> None:
    parser = add_command(
        commands,
        "sample",
        "make a sample database with a part-played day",
        "sample",
        "Hertsmere's Civic Offices and its two area offices, with people who do not exist.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder for the database and its settings file")


def _doctor(commands: Commands) -> None:
    add_command(
        commands,
        "doctor",
        "say what works here, and what to do about the rest",
        "doctor",
        "Exits with 1 when something is missing that Reception cannot do without.",
    )


def _working_days(commands: Commands) -> None:
    parser = add_command(
        commands,
        "working-days",
        "print the date that is N working days after a date",
        "working_days",
        "The day after the date is day 1. Saturdays, Sundays and bank holidays do not count.",
    )
    parser.add_argument("date", metavar="DATE", type=a_date, help="written as 2026-11-24")
    parser.add_argument("number", metavar="N", type=working_days, help="how many working days, 1 or more")
    parser.add_argument(
        "--division", choices=DIVISIONS, default=DIVISIONS[0], help="whose bank holidays (default: %(default)s)"
    )


def _import(commands: Commands) -> None:
    group = commands.add_parser(
        "import", help="bring in another system's data", description="Bring in another system's data."
    )
    under = group.add_subparsers(dest="subcommand", metavar="WHAT", title="what", required=True)
    parser = add_command(
        under,
        "visits",
        "bring in another system's log of visits, a CSV file",
        "import_visits",
        "Rows that cannot be believed are set aside and counted by reason. The same file twice adds nothing.",
    )
    _log(parser)
    parser.add_argument(
        "--office",
        metavar="NAME",
        type=a_name,
        default=DEFAULT_OFFICE,
        help="the office the visits are of; made when there is none of that name (default: %(default)s)",
    )
    parser.add_argument(
        "--preset",
        choices=(*PRESETS, NO_PRESET),
        help=f"the promise of an office that is made (default: {DEFAULT_PRESET})",
    )
    parser.add_argument("--set-aside", metavar="FILE", type=Path, help="write the rows that are set aside to this file")
    add_progress(parser)
    add_import_of_appointments(under)


def _replay(commands: Commands) -> None:
    parser = add_command(
        commands,
        "replay",
        "play one recorded day again through the real commands",
        "replay",
        "Once as recorded, and once under the calling rule. Nothing of it is kept.",
    )
    _log(parser)
    parser.add_argument("--date", metavar="DATE", type=a_date, required=True, help="the day to play")
    parser.add_argument(
        "--counters",
        metavar="N",
        type=counters,
        help="counters under the calling rule (default: inferred from the record)",
    )
    parser.add_argument(
        "--preset", choices=(*PRESETS, NO_PRESET), default=DEFAULT_PRESET, help="the promise (default: %(default)s)"
    )
    add_progress(parser)


def _log(parser: argparse.ArgumentParser) -> None:
    """How another system's log is to be read."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a CSV file in UTF-8 whose first row names the columns")
    parser.add_argument("--arrived", metavar="COL", required=True, help="the column with the time of arrival")
    parser.add_argument("--started", metavar="COL", required=True, help="the column with the start of service")
    parser.add_argument("--finished", metavar="COL", required=True, help="the column with the end of service")
    parser.add_argument("--left", metavar="COL", help="the column with the time at which a visitor left unseen")
    parser.add_argument("--service", metavar="COL", help="the column with the service")
    parser.add_argument(
        "--timezone",
        metavar="TZ",
        type=a_zone,
        help=f"the zone of times without an offset (default: the office's, else {DEFAULT_ZONE})",
    )
    parser.add_argument(
        "--longest-wait",
        metavar="MINUTES",
        type=a_wait,
        default=LONGEST_WAIT_MINUTES,
        help="rows with a longer wait are set aside (default: %(default)s)",
    )
    parser.add_argument(
        "--date-format", metavar="FORMAT", help="how times are written, such as %%d/%%m/%%Y %%H:%%M (default: ISO 8601)"
    )
