"""`reception working-days`."""

from __future__ import annotations

import argparse

from reception.cli.terminal import say
from reception.domain.workdays import Division, working_day_after


def working_days(args: argparse.Namespace) -> int:
    """Print the date, as ISO 8601."""
    say(working_day_after(args.date, args.number, Division(args.division)).isoformat())
    return 0
