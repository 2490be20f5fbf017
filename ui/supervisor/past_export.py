"""Where the figures of a past period are saved, and as what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from reception.domain.grouping import Grouping
from reception.domain.past_view import PastView
from reception.domain.report_names import ALL_OFFICES, ReportFormat, is_month, period_file_name
from reception.services.supervisor_queries import MonthlyReport
from ui.link import Link
from ui.refused import Refused
from ui.supervisor.report_words import saved_words
from ui.supervisor.save_place import ask_where

NOT_SAVED = "Not saved."
BY_OFFICER = "Figures by officer are for this window alone, and in no file. Choose another grouping to export."
NOTHING = "Nothing is shown that could be exported."
_FIGURES = (
    (ReportFormat.XLSX, "Spreadsheet (*.xlsx)"),
    (ReportFormat.CSV, "CSV (*.csv)"),
    (ReportFormat.JSON, "JSON (*.json)"),
)
_REPORT = (ReportFormat.PDF, "Monthly report, PDF (*.pdf)")


class ExportDoor(Protocol):
    """What an export needs of the door."""

    def write_figures(self, view: PastView, made_on: date, out: Path, wanted: ReportFormat) -> Path: ...

    def write_report(
        self, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...] = ()
    ) -> tuple[Path, ...]: ...


class Export(Struct, frozen=True):
    """What is shown, and of whom. `office_ids`: none for all offices; `made_on`: the office's date."""

    view: PastView
    office_ids: tuple[str, ...]
    made_on: date
    without_evacuations: bool = False

    @property
    def is_of_month(self) -> bool:
        """There is a report of it, too, which leaves no day out."""
        return is_month(self.view.period) and not self.without_evacuations


def save_figures(export: Export, link: Link, parent: QWidget, tell: Callable[[str, bool], None]) -> None:
    """Ask where to, and save them there. `tell` hears in words what came of it, and whether it failed; it hears nothing
    where nobody chose a place."""
    view = export.view
    if view.by is Grouping.OFFICER:
        tell(BY_OFFICER, True)
        return
    of = view.offices[0] if len(view.offices) == 1 else ALL_OFFICES
    kinds = dict((*_FIGURES, _REPORT) if export.is_of_month else _FIGURES)
    proposed = period_file_name(
        of, view.period, view.by, ReportFormat.XLSX, without_evacuations=export.without_evacuations
    )
    name, kind = ask_where(parent, "Export the figures", proposed, ";;".join(kinds.values()))
    if not name:
        return
    out, wanted = _place(Path(name), kind, kinds)

    def write(door: ExportDoor) -> tuple[Path, ...]:
        if wanted is ReportFormat.PDF:
            return door.write_report(MonthlyReport(export.office_ids, view.period.first), out, (wanted,))
        return (door.write_figures(view, export.made_on, out, wanted),)

    def refused(no: Refused) -> None:
        tell(f"{NOT_SAVED} {no.reason} {no.remedy}".strip(), True)

    link.at_door(write, lambda paths: tell(saved_words(paths), False), refused)


def _place(named: Path, kind: str, kinds: dict[ReportFormat, str]) -> tuple[Path, ReportFormat]:
    """The ending of the name decides; without one that is known, the kind that was chosen beside it."""
    ending = named.suffix.removeprefix(".").lower()
    if ending in kinds:
        return named, ReportFormat(ending)
    wanted = next((each for each, words in kinds.items() if words == kind), ReportFormat.XLSX)
    return named.with_name(f"{named.name}.{wanted}"), wanted
