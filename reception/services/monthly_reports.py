"""Monthly reports: asked of the door, made in every format, written to files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from reception.clock import Instant, local_date
from reception.documents.fonts import FontBook
from reception.documents.monthly_report import monthly_pdf
from reception.documents.spreadsheet import monthly_xlsx
from reception.domain.local_time import said_date, said_month
from reception.domain.office import Office
from reception.domain.past_view import PastView
from reception.domain.report_names import ALL_OFFICES, ReportFormat, report_file_name, safe_name
from reception.domain.reporting import MonthlyFigures, monthly_figures
from reception.errors import Code, Refusal
from reception.services.supervisor_queries import MonthlyReport
from reception.services.whole_file import write_whole
from reception.statistics.publishing import published
from reception.statistics.report_text import report_csv, report_json


class Asked(Protocol):
    """What a report needs of the door."""

    def ask(self, query: MonthlyReport, /) -> Any: ...

    def now(self) -> Instant: ...


class _NoSuchMonth(Refusal):
    """The month has not begun, or was over before the first visit."""


def monthly(door: Asked, query: MonthlyReport, offices: Sequence[Office]) -> MonthlyFigures:
    """What is reported of a month. `offices`: all that there are.

    Refuses (BAD_INPUT) a month that has not begun, one before the first visit and, to be published, one that is not
    over; (UNKNOWN_THING) an office that is not there, (NO_OFFICE) where there is none.
    """
    chosen = _chosen(query.office_ids, offices)
    days = _local_days(door, chosen)
    today = min(days)
    if query.first > max(days):
        raise _NoSuchMonth(
            Code.BAD_INPUT,
            f"{said_month(query.first)} has not begun.",
            "Choose this month or one that is past.",
        )
    if query.is_public and query.first > last_month(today):
        raise _NoSuchMonth(
            Code.BAD_INPUT,
            f"{said_month(query.first)} is not over.",
            "Publish it when it is: from parts of it that were published would follow what came between.",
        )
    of = chosen[0].name if len(chosen) == 1 else ALL_OFFICES
    view: PastView = door.ask(query)
    if view.first_visit is None or view.period.last < view.first_visit:
        said = (
            "has been no visit yet"
            if view.first_visit is None
            else f"was no visit before {said_date(view.first_visit, True)}"
        )
        raise _NoSuchMonth(Code.BAD_INPUT, f"{of}: there {said}.", "Choose a later month.")
    figures = monthly_figures(view, of=of, made_on=today)
    return published(figures) if query.is_public else figures


def _chosen(office_ids: Sequence[str], offices: Sequence[Office]) -> list[Office]:
    if not offices:
        raise Refusal(Code.NO_OFFICE, "No office is set up here yet.", "Start the desk to set one up.")
    chosen = [office for office in offices if not office_ids or office.id in office_ids]
    if not chosen:
        raise Refusal(Code.UNKNOWN_THING, "There is no such office.", "Choose another.")
    return chosen


def _local_days(door: Asked, offices: Sequence[Office]) -> list[date]:
    return [local_date(door.now(), office.zone) for office in offices]


def made(figures: MonthlyFigures, wanted: ReportFormat, fonts: FontBook) -> bytes:
    """The report as a file of that format. Refuses (FONT) a name in a script without a font."""
    makers: dict[ReportFormat, Callable[[], bytes]] = {
        ReportFormat.PDF: lambda: monthly_pdf(figures, fonts),
        ReportFormat.XLSX: lambda: monthly_xlsx(figures),
        ReportFormat.CSV: lambda: report_csv(figures).encode(),
        ReportFormat.JSON: lambda: report_json(figures).encode(),
    }
    return makers[wanted]()


def write_report(
    door: Asked,
    query: MonthlyReport,
    offices: Sequence[Office],
    out: Path,
    formats: Sequence[ReportFormat] = (),
) -> tuple[Path, ...]:
    """Write a report, and say where it is. What was there is replaced, whole or not at all.

    `out`: a folder, for all formats or those named, or a file, for the one that is named or that its name ends in.
    Refuses as `monthly` and `write_whole`; BAD_INPUT for a folder that is not there and a name that says no format.
    """
    files = _places(query, offices, out, formats)
    figures = monthly(door, query, offices)
    fonts = FontBook()
    write_whole({path: made(figures, wanted, fonts) for path, wanted in files.items()})
    return tuple(files)


def write_due_reports(door: Asked, offices: Sequence[Office], folder: Path) -> tuple[Path, ...]:
    """Write last month's reports in every format, what is there already left alone. Says what was written.

    Of each office they are for the council and to be published; of all together, where there are several, for the
    council alone: what is hidden of one office would follow from all together and the others.

    Each report is written whole or not at all. Refuses as `write_whole`, and BAD_INPUT for a folder that is not there.
    An office that had no visit until then has no report.
    """
    written: list[Path] = []
    fonts = FontBook()
    of_which = [((office.id,), is_public) for office in offices for is_public in (False, True)]
    for office_ids, is_public in [*of_which, *([((), False)] if len(offices) > 1 else [])]:
        first = latest_month(door, _chosen(office_ids, offices))
        query = MonthlyReport(office_ids, first, is_public)
        files = _places(query, offices, folder, ())
        missing = {path: wanted for path, wanted in files.items() if not path.exists()}
        if not missing:
            continue
        try:
            figures = monthly(door, query, offices)
        except _NoSuchMonth:
            continue
        write_whole({path: made(figures, wanted, fonts) for path, wanted in missing.items()})
        written += missing
    return tuple(written)


def latest_month(door: Asked, offices: Sequence[Office]) -> date:
    """The first day of the last month that is over at all of these offices."""
    return last_month(min(_local_days(door, offices)))


def last_month(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


# -- where it is written ---------------------------------------------------------------------------------------


def _places(
    query: MonthlyReport, offices: Sequence[Office], out: Path, formats: Sequence[ReportFormat]
) -> dict[Path, ReportFormat]:
    """The files, each with its format."""
    if out.is_dir():
        return {out / file_name(query, offices, wanted): wanted for wanted in formats or tuple(ReportFormat)}
    if not out.parent.is_dir():
        raise Refusal(Code.BAD_INPUT, f"There is no folder {out.parent}.", "Make it first, or name another.")
    if len(formats) > 1:
        raise Refusal(Code.BAD_INPUT, f"There is no folder {out}.", "Name a folder for several formats.")
    ending = out.suffix.removeprefix(".").lower()
    if not formats and ending not in set(ReportFormat):
        raise Refusal(
            Code.BAD_INPUT,
            f"{out.name} does not say which format is wanted.",
            "Name a file that ends in .pdf, .xlsx, .csv or .json, or a folder that is there.",
        )
    return {out: formats[0] if formats else ReportFormat(ending)}


def file_name(query: MonthlyReport, offices: Sequence[Office], wanted: ReportFormat) -> str:
    """No two offices have the same."""
    return report_file_name(_name_of(query.office_ids, offices), query.first, wanted, is_public=query.is_public)


def _name_of(office_ids: Sequence[str], offices: Sequence[Office]) -> str:
    taken: dict[str, str] = {safe_name(ALL_OFFICES): ""}
    for office in offices:
        name = safe_name(office.name)
        number = 2
        while name in taken:
            name, number = f"{safe_name(office.name)}-{number}", number + 1
        taken[name] = office.id
    wanted = office_ids[0] if len(office_ids) == 1 else offices[0].id if len(offices) == 1 else ""
    return next((name for name, office_id in taken.items() if office_id == wanted), safe_name(ALL_OFFICES))
