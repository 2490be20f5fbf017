"""What is shown of a past period, written to a file that is there whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reception.documents.spreadsheet import monthly_xlsx
from reception.domain.grouping import Grouping
from reception.domain.past_view import PastView
from reception.domain.report_names import ALL_OFFICES, ReportFormat
from reception.domain.reporting import period_figures
from reception.errors import Code, Refusal
from reception.services.whole_file import write_whole
from reception.statistics.report_text import report_csv, report_json


def write_figures(view: PastView, made_on: date, out: Path, wanted: ReportFormat) -> Path:
    """Write all figures of a view, as it is grouped and compared, and say where they are. What was there is replaced.

    Refuses (NOT_ALLOWED) figures by officer, which are in no file, and as `write_whole`. Raises ValueError for a PDF,
    which a month's report alone has.
    """
    if view.by is Grouping.OFFICER:
        raise Refusal(
            Code.NOT_ALLOWED,
            "Figures by officer are for this window alone, and in no file.",
            "Choose another grouping to export.",
        )
    of = view.offices[0] if len(view.offices) == 1 else ALL_OFFICES
    figures = period_figures(view, of=of, made_on=made_on)
    match wanted:
        case ReportFormat.XLSX:
            data = monthly_xlsx(figures)
        case ReportFormat.CSV:
            data = report_csv(figures).encode()
        case ReportFormat.JSON:
            data = report_json(figures).encode()
        case ReportFormat.PDF:
            raise ValueError("figures of a period have no form on paper")
    write_whole({out: data})
    return out
