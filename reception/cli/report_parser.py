"""What may be asked of reports on the command line. Loads nothing heavy, as `parser`."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from reception.cli.values import Commands, a_name, add_command
from reception.domain.report_names import ReportFormat


def add_report_command(commands: Commands) -> None:
    """`report`."""
    parser = add_command(
        commands,
        "report",
        "write a month's report, for the council or to be published",
        "report",
        "There is nothing of a person in it. A report that is there already is replaced, whole or not at all.",
    )
    parser.add_argument("--month", metavar="YYYY-MM", type=a_month, help="which month (default: the last one)")
    parser.add_argument("--office", metavar="NAME", type=a_name, help="of one office (default: all together)")
    parser.add_argument("--public", action="store_true", help="to be published: without small numbers")
    parser.add_argument(
        "--format",
        choices=[each.value for each in ReportFormat],
        help="what to write (default: as the name after --out ends; in a folder, every format)",
    )
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file, or a folder that is there")


def a_month(text: str) -> date:
    """The first day of a month."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a month written as 2026-10")
    try:
        return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no month {text}") from None
