"""What may be asked of `reception stats`. Loads nothing heavy."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from reception.cli.values import Commands, a_comparison, a_date, a_name, add_command

GROUPINGS = ("total", "day", "weekday", "hour", "service")
APPOINTMENT_GROUPINGS = (*GROUPINGS, "officer")
FEEDBACK_GROUPINGS = ("total", "day", "service")
FORMATS = ("table", "json", "csv")


def add_stats_commands(commands: Commands) -> None:
    """`reception stats` and all under it."""
    group = commands.add_parser("stats", help="print figures", description="Print figures.")
    under = group.add_subparsers(dest="subcommand", metavar="WHAT", title="what", required=True)
    _add_reports(under)
    _add_waits_by(under)


def _add_reports(under: Commands) -> None:
    _report(add_command(under, "waits", "print how long visitors waited, and the promises kept", "stats_waits"))
    _report(
        add_command(
            under,
            "resolved",
            "print how soon after arrival enquiries were resolved, and the promises kept",
            "stats_resolved",
            "The share is printed without the exempt, which is the promise, and with them.",
        )
    )
    appointments = add_command(
        under,
        "appointments",
        "print how late appointments began, the promises kept, and who was told of a delay",
        "stats_appointments",
        "By officer it is for supervisors alone: the PIN is asked for, or read from standard input, one line.",
    )
    _report(appointments, APPOINTMENT_GROUPINGS)
    _supervisor(appointments, "by officer: the supervisor whose PIN it is")
    _report(
        add_command(
            under,
            "delays",
            "print whether visitors whose promise was lost were told in time",
            "stats_delays",
            "Walk-ins and appointments together. Imported visits are left out: a log does not say who was told.",
        )
    )
    feedback = add_command(
        under,
        "feedback",
        "print how visitors said that we did",
        "stats_feedback",
        "Of nobody: a face is kept with its day and service alone.",
    )
    _period(feedback)
    _by(feedback, FEEDBACK_GROUPINGS)


def _add_waits_by(under: Commands) -> None:
    """The waits of one office or of all, by what `reception stats waits` is not grouped by."""
    day_by_day = "The days that stand out from the others are said in words."
    few = "Groups of fewer than five visits are hidden, and what would tell of them."
    for name, words, more in (
        ("week", "print the waits of each week, Monday to Sunday", day_by_day),
        ("month", "print the waits of each month", day_by_day),
        ("office", "print the waits of each office", ""),
        ("language", "print the waits by the language that visitors speak", few),
        ("need", "print the waits by what visitors need", few),
    ):
        added = add_command(under, name, words, f"stats_{name}", more)
        _period(added, "this office alone (default: all together)")
        _more(added)
    officer = add_command(
        under,
        "officer",
        "print the waits by the officer who served first",
        "stats_officer",
        "For supervisors alone: the PIN is asked for, or read from standard input, one line.",
    )
    _period(officer)
    _more(officer)
    _supervisor(officer, "the supervisor whose PIN it is", is_required=True)


def _supervisor(parser: argparse.ArgumentParser, words: str, *, is_required: bool = False) -> None:
    parser.add_argument("--as", dest="supervisor", metavar="NAME", type=a_name, required=is_required, help=words)


def _report(parser: argparse.ArgumentParser, groupings: Sequence[str] = GROUPINGS) -> None:
    """Of which days and office, by what, in which format and beside what."""
    _period(parser)
    _by(parser, groupings)
    _more(parser)


def _period(parser: argparse.ArgumentParser, office: str = "needed when there are several") -> None:
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, default=date.min, help="the first day")
    parser.add_argument("--to", dest="last", metavar="DATE", type=a_date, default=date.max, help="the last day")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="(default: %(default)s)")
    parser.add_argument("--office", metavar="NAME", type=a_name, help=office)


def _by(parser: argparse.ArgumentParser, groupings: Sequence[str]) -> None:
    parser.add_argument(
        "--by", choices=groupings, default=groupings[0], help="one line for each (default: %(default)s)"
    )


def _more(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--without-evacuations", action="store_true", help="leave out days on which the building was evacuated"
    )
    parser.add_argument(
        "--compare",
        metavar="PERIOD",
        type=a_comparison,
        help="print another period beside it: DATE..DATE, or previous for the one before",
    )
