"""A month's report of an office with 300 visits a day, from the question to files that are whole on the disk.

Each time fonts are read anew, as for a report that is written by itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks.measure import Options, Row, at_most, sqlite_file, timed
from benchmarks.past import add_past_visits
from reception.app import Door
from reception.clock import local_date
from reception.domain.report_names import ReportFormat
from reception.services import commands as c
from reception.services.monthly_reports import last_month
from reception.services.supervisor_queries import MonthlyReport
from tests.support import OFFICE, At, door_on

NAME = "reports"
AIM_S = 3.0
VISITS = 100_000


def run(options: Options) -> list[Row]:
    with sqlite_file(options.folder) as url, tempfile.TemporaryDirectory() as folder:
        at = At(door_on(url)).set_up().sign_in()
        visit = at.take()
        at.next()
        at.on(c.StartService, visit)
        at.on(c.Finish, visit)
        add_past_visits(url, visit.visit_id, max(20_000, round(VISITS * options.scale)))
        first = last_month(local_date(at.door.now(), ZoneInfo("Europe/London")))
        rows = []
        for is_public in (False, True):
            version = "public" if is_public else "council"
            query = MonthlyReport((OFFICE,), first, is_public)
            figures = _seconds(partial(at.door.ask, query), options.times(7))
            rows.append(Row(f"{version}: the figures alone", figures, "s"))
            for formats in ((ReportFormat.PDF,), tuple(ReportFormat)):
                what = "PDF" if len(formats) == 1 else "all four files"
                taken = _written(at.door, query, Path(folder), formats, options.times(7))
                rows.append(at_most(f"{version}: {what}", taken, "s", AIM_S))
        at.door.close()
    return rows


def _written(door: Door, query: MonthlyReport, folder: Path, formats: Sequence[ReportFormat], times: int) -> float:
    return _seconds(partial(door.write_report, query, folder, formats), times)


def _seconds(make: Callable[[], object], times: int) -> float:
    return median(timed(make) for _ in range(times))
