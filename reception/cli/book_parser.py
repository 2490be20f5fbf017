"""What may be asked of the book on the command line. Loads nothing heavy, as `parser`."""

from __future__ import annotations

import argparse
from pathlib import Path

from reception.cli.values import (
    Commands,
    a_date,
    a_local_time,
    a_name,
    a_word,
    add_command,
    add_progress,
    an_id,
    days,
    minutes,
    people,
    slots,
)
from reception.domain.booked import Kind, LetterKind, RoomFeature
from reception.domain.person import Need

DAYS_AHEAD = 60
SLOTS_SHOWN = 3
DAYS_OF_A_CALENDAR = 7
FORMATS = ("table", "json")


def add_book_commands(commands: Commands) -> None:
    """`slots`, `book`, `letter` and `calendar`."""
    _slots(commands)
    _book(commands)
    _letter(commands)
    _calendar(commands)


def add_import_of_appointments(under: Commands) -> None:
    parser = add_command(
        under,
        "appointments",
        "bring in another program's appointments, a CSV or .ics file",
        "import_appointments",
        "Entries that cannot be placed are set aside and counted by reason. The same file twice adds nothing.",
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a calendar (.ics), or a CSV file whose first row names the columns"
    )
    _office(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would come of it, and write nothing")
    parser.add_argument(
        "--set-aside", metavar="FILE", type=Path, help="write the entries that are set aside to this file"
    )
    add_progress(parser)


def _slots(commands: Commands) -> None:
    parser = add_command(
        commands,
        "slots",
        "print the nearest free slots for an appointment",
        "slots",
        "Soonest first; each meets everything that is asked for at once.",
    )
    _wanted(parser)
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, help="the first day (default: today)")
    parser.add_argument(
        "--days", metavar="N", type=days, default=DAYS_AHEAD, help="how many days to look at (default: %(default)s)"
    )
    parser.add_argument(
        "--count", metavar="N", type=slots, default=SLOTS_SHOWN, help="how many at most (default: %(default)s)"
    )
    _format(parser)
    _office(parser)


def _book(commands: Commands) -> None:
    parser = add_command(
        commands,
        "book",
        "book an appointment",
        "book",
        "Officer, room and interpreter that are not named are those of the slot that is free at that time.",
    )
    _wanted(parser)
    parser.add_argument(
        "--at", metavar="TIME", type=a_local_time, required=True, help="when, as the office's clock shows it"
    )
    parser.add_argument(
        "--later", action="store_true", help="the second of the two hours on the night when the clocks go back"
    )
    parser.add_argument("--room", metavar="NAME", type=a_name, help="this room and no other")
    parser.add_argument("--interpreter", metavar="NAME", type=a_name, help="this interpreter and no other")
    parser.add_argument("--name", metavar="NAME", default="", help="of the visitor; a booking needs one")
    parser.add_argument("--telephone", metavar="NUMBER", default="", help="of the visitor")
    parser.add_argument("--email", metavar="ADDRESS", default="", help="of the visitor")
    parser.add_argument("--born", metavar="DATE", type=a_date, help="the visitor's date of birth")
    parser.add_argument(
        "--address", metavar="LINE", action="append", default=[], help="a line of the visitor's address; once for each"
    )
    parser.add_argument(
        "--need",
        metavar="NEED",
        type=a_word,
        action="append",
        choices=[each.value for each in Need],
        default=[],
        help=f"what the visitor needs, once for each: {', '.join(Need)}",
    )
    parser.add_argument("--about", metavar="TEXT", default="", help="what it is about; of a home visit its purpose")
    parser.add_argument("--party", metavar="N", type=people, default=1, help="how many come (default: %(default)s)")
    parser.add_argument("--council", action="store_true", help="the council arranges it, and owes the notice")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why it stands where it usually may not; is kept")
    parser.add_argument(
        "--id", metavar="ID", type=an_id, help="an id of your own: the same one again books nothing more"
    )
    _format(parser)
    _office(parser)


def _letter(commands: Commands) -> None:
    parser = add_command(
        commands,
        "letter",
        "write a letter about an appointment",
        "letter",
        "It is kept with the appointment that it was made. Nobody is written to who asked not to be.",
    )
    parser.add_argument("reference", metavar="REFERENCE", type=a_name, help="such as AP-7KQ2M9XD")
    parser.add_argument(
        "--kind",
        metavar="KIND",
        type=a_word,
        required=True,
        choices=[each.value for each in LetterKind],
        help=", ".join(LetterKind),
    )
    parser.add_argument("--large-print", action="store_true", help="in 18 pt, also if the visitor did not ask for it")
    _out(parser, "the PDF file to write")


def _calendar(commands: Commands) -> None:
    parser = add_command(
        commands,
        "calendar",
        "write an .ics file for a calendar program",
        "calendar",
        "Each visitor is named in it, but for a sensitive service.",
    )
    of = parser.add_mutually_exclusive_group(required=True)
    of.add_argument("--reference", metavar="REFERENCE", type=a_name, help="of one appointment")
    of.add_argument("--officer", metavar="NAME", type=a_name, help="of an officer's appointments")
    parser.add_argument(
        "--from", dest="first", metavar="DATE", type=a_date, help="with --officer: the first day (default: today)"
    )
    parser.add_argument(
        "--days",
        metavar="N",
        type=days,
        default=DAYS_OF_A_CALENDAR,
        help="with --officer: how many days (default: %(default)s)",
    )
    _out(parser, "the .ics file to write")
    _office(parser)


def _wanted(parser: argparse.ArgumentParser) -> None:
    """What a slot must meet."""
    parser.add_argument("--service", metavar="NAME", type=a_name, required=True, help="what it is for")
    parser.add_argument(
        "--kind",
        metavar="KIND",
        type=a_word,
        choices=[each.value for each in Kind],
        default=Kind.OFFICE.value,
        help=f"{', '.join(Kind)} (default: %(default)s)",
    )
    parser.add_argument("--minutes", metavar="N", type=minutes, default=0, help="how long (default: as the service is)")
    parser.add_argument("--officer", metavar="NAME", type=a_name, help="this officer and no other")
    parser.add_argument(
        "--room-feature",
        metavar="FEATURE",
        type=a_word,
        action="append",
        choices=[each.value for each in RoomFeature],
        default=[],
        help=f"a room that has it, once for each: {', '.join(RoomFeature)}",
    )
    parser.add_argument(
        "--language", metavar="CODE", type=a_name, help="an interpreter for it, as in ISO 639-3: bfi, pol, ckb"
    )


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="(default: %(default)s)")


def _office(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", metavar="NAME", type=a_name, help="needed when there are several")


def _out(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument(
        "--out", metavar="FILE", required=True, help=f"{words}; - for standard output; a file that is there stays"
    )
