"""What may be asked of staffing on the command line: how many counters, and which calling rule. Loads nothing heavy."""

from __future__ import annotations

import argparse
from datetime import date

from reception.cli.values import Commands, a_date, a_name, a_share, a_target, add_command, add_progress

FORMATS = ("table", "json")


def add_staffing_commands(commands: Commands) -> None:
    parser = add_command(
        commands,
        "staffing",
        "say how many counters a day needs, half hour by half hour",
        "staffing",
        "The least staff hours found with which the day keeps the share, and each half hour that would keep it with "
        "twice the counters that the work of the busiest one fills. Found by many simulated days, drawn from the "
        "office's own; Erlang's formula stands beside it.",
    )
    parser.add_argument("--date", metavar="DATE", type=a_date, required=True, help="the day to staff")
    parser.add_argument(
        "--target", metavar="MINUTES", type=a_target, help="walk-ins seen within so many minutes (default: as promised)"
    )
    parser.add_argument(
        "--share", metavar="SHARE", type=a_share, default=0.9, help="what share of them is (default: %(default)s)"
    )
    _common(parser)
    parser = add_command(
        commands,
        "compare-policies",
        "say which calling rule and which guards would have kept most promises",
        "compare_policies",
        "Each plays the same recorded days, on the same services.",
    )
    parser.add_argument(
        "--from",
        dest="first",
        metavar="DATE",
        type=a_date,
        default=date.min,
        help="the first day (default: eight weeks before the last)",
    )
    parser.add_argument(
        "--to",
        dest="last",
        metavar="DATE",
        type=a_date,
        default=date.max,
        help="the last day (default: the last recorded one)",
    )
    _common(parser)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", metavar="NAME", type=a_name, help="needed when there are several")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="(default: %(default)s)")
    add_progress(parser)
