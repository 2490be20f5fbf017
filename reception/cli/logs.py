"""Another system's log, opened as the command line describes it."""

from __future__ import annotations

import argparse
from zoneinfo import ZoneInfo

from reception.clock import MINUTE
from reception.statistics.visit_log import LogColumns, VisitLog, open_visit_log


def open_log(args: argparse.Namespace, zone: ZoneInfo) -> VisitLog:
    """Refuses a log that cannot be read as described."""
    columns = LogColumns(
        arrived=args.arrived, started=args.started, finished=args.finished, left=args.left, service=args.service
    )
    return open_visit_log(args.file, columns, zone, args.longest_wait * MINUTE, args.date_format)
