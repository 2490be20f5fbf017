"""What may be asked of a database and its stations on the command line. Loads nothing heavy, as `parser`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reception.cli.values import Commands, a_name, add_command, add_progress
from reception.domain.stations import StationKind


def add_database_commands(commands: Commands) -> None:
    """`database` and what is under it."""
    group = commands.add_parser(
        "database", help="make, bring up to date or check a database", description="Upkeep of a database."
    )
    under = group.add_subparsers(dest="subcommand", metavar="COMMAND", title="commands", required=True)
    init = add_command(
        under,
        "init",
        "make the tables in an empty database, and on PostgreSQL the users of its stations",
        "database_init",
        "Each kind of station has a user of its own that may do what it needs and no more.",
    )
    migrate = add_command(
        under,
        "migrate",
        "bring a database up to date with this version",
        "database_migrate",
        "A copy of a SQLite file is made first. Stop the other stations before.",
    )
    check = add_command(
        under,
        "check",
        "check a database and change nothing",
        "database_check",
        "Its schema, its soundness, its counts, and whether its rows are what its facts come to.",
    )
    roles = add_command(
        under,
        "roles",
        "make the users of a PostgreSQL database's stations, and bring what they may do up to date",
        "database_roles",
        "Users that are there keep their passwords.",
    )
    password = add_command(
        under,
        "password",
        "store the password of a database user in this user's keyring",
        "database_password",
        "It is asked for, or read from standard input, and never shown.",
    )
    for parser in (init, migrate, check, roles, password):
        parser.add_argument("url", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")
    for parser in (init, roles):
        parser.add_argument(
            "--passwords-to",
            metavar="FILE",
            type=Path,
            help="write new passwords to this new file, which only you may read (default: print them once)",
        )
    roles.add_argument("--new-passwords", action="store_true", help="give every user a new password")
    add_progress(migrate)
    add_progress(check)


def add_upkeep_commands(commands: Commands) -> None:
    """`backup`, `verify`, `restore` and `upkeep`."""
    backup = add_command(
        commands,
        "backup",
        "write a copy of the database while stations are at work",
        "backup",
        "The copy holds everything, names too. In a folder the newest are kept, and older ones that it wrote removed.",
    )
    backup.add_argument(
        "--to", metavar="PLACE", type=Path, help="a folder, or a file .db or .dump (default: backup_folder)"
    )
    verify = add_command(
        commands,
        "verify",
        "look over a copy of the database, or the database itself, and change nothing",
        "verify",
        "Its soundness, its schema, and whether its rows are what its facts come to.",
    )
    verify.add_argument("file", metavar="FILE", type=Path, nargs="?", help="the copy (default: the database)")
    restore = add_command(
        commands,
        "restore",
        "put a copy in the place of the database",
        "restore",
        "Close Reception on every station first. The database that is there is kept under another name.",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="a copy that reception backup wrote")
    upkeep = add_command(
        commands,
        "upkeep",
        "close days that are over, write a copy of the database and last month's reports",
        "upkeep",
        "To be run each night by cron, a systemd timer or the Task Scheduler; it says what it did.",
    )
    for parser in (backup, verify, restore, upkeep):
        parser.add_argument(
            "--pg-tools", metavar="FOLDER", default="", help="where pg_dump and pg_restore are (default: on the PATH)"
        )
    for parser in (backup, verify, restore):
        add_progress(parser)


def add_station_commands(commands: Commands) -> None:
    """`station` and what is under it."""
    group = commands.add_parser(
        "station", help="name, list or remove the stations of an office", description="The stations of an office."
    )
    under = group.add_subparsers(dest="subcommand", metavar="COMMAND", title="commands", required=True)
    add = add_command(
        under,
        "add",
        "name a station of an office",
        "station_add",
        "It is given a series of letters for the numbers of tickets that it takes while cut off.",
    )
    _name(add)
    add.add_argument("--kind", choices=[kind.value for kind in StationKind], required=True, help="what stands there")
    _office(add)
    _office(add_command(under, "list", "list the stations of an office", "station_list"))
    remove = add_command(
        under, "remove", "take a station out of an office", "station_remove", "Its series is given to no other."
    )
    _name(remove)
    _office(remove)


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", type=a_name, help="as the station's settings name it")


def _office(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", metavar="NAME", type=a_name, help="needed when there are several")
