"""`reception report`."""

from __future__ import annotations

import argparse

from reception.cli.opening import existing_door
from reception.cli.settings import settings_of
from reception.cli.terminal import one_line, say
from reception.domain.report_names import ReportFormat
from reception.opening import choose_office
from reception.services import queries as q
from reception.services.monthly_reports import latest_month
from reception.services.supervisor_queries import MonthlyReport


def report(args: argparse.Namespace) -> int:
    """Write the report of a month, and say where it is."""
    settings = settings_of(args)
    door = existing_door(settings)
    try:
        offices = door.ask(q.Offices())
        name = args.office or settings.office
        chosen = choose_office(offices, name) if name or not offices else None
        first = args.month or latest_month(door, offices if chosen is None else (chosen,))
        query = MonthlyReport((chosen.id,) if chosen is not None else (), first, args.public)
        written = door.write_report(query, args.out, (ReportFormat(args.format),) if args.format else ())
    finally:
        door.close()
    for path in written:
        say(f"The report is in {one_line(str(path))}.")
    return 0
