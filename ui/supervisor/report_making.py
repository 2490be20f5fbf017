"""What the page of reports asks of the door: pages to look at, files, and where they are written by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from reception.config import Config
from reception.domain.letter_snapshot import PageImage
from reception.domain.report_names import ReportFormat, report_file_name
from reception.services.supervisor_queries import MonthlyReport
from ui.link import Link
from ui.refused import Refused
from ui.supervisor.report_form import EVERY, FORMATS
from ui.supervisor.report_words import NOT_SAVED, saved_words, schedule_words
from ui.supervisor.save_place import ask_folder, ask_where


class ReportDoor(Protocol):
    """What is needed of the door."""

    config: Config

    def report_images(self, query: MonthlyReport, scale: float) -> tuple[PageImage, ...]: ...

    def write_report(
        self, query: MonthlyReport, out: Path, formats: tuple[ReportFormat, ...] = ()
    ) -> tuple[Path, ...]: ...


def ask_pages(
    query: MonthlyReport,
    scale: float,
    link: Link,
    came: Callable[[tuple[PageImage, ...]], None],
    came_not: Callable[[Refused], None],
) -> None:
    """Make the pages of a report to look at, with `scale` pixels to the point."""

    def made(door: ReportDoor) -> tuple[PageImage, ...]:
        return door.report_images(query, scale)

    link.at_door(made, came, came_not)


def ask_schedule(link: Link, tell: Callable[[str], None]) -> None:
    """`tell` hears in words whether, and where, reports are written by themselves."""

    def folder(door: ReportDoor) -> str:
        return door.config.report_folder

    link.at_door(folder, lambda found: tell(schedule_words(found)), lambda _no: None)


def save_report(
    query: MonthlyReport, of: str, wanted: str, link: Link, parent: QWidget, tell: Callable[[str, bool], None]
) -> None:
    """Ask where to, and save the report of that office there.

    `wanted` is a format, or EVERY. `tell` hears in words what came of it, and whether it failed.
    """
    formats: tuple[ReportFormat, ...] = ()
    if wanted == EVERY:
        out = ask_folder(parent, "Folder for the report")
    else:
        formats = (ReportFormat(wanted),)
        proposed = report_file_name(of, query.first, formats[0], is_public=query.is_public)
        out, _ = ask_where(parent, "Save the report", proposed, f"{dict(FORMATS)[wanted]} (*.{wanted})")
    if not out:
        return

    def write(door: ReportDoor) -> tuple[Path, ...]:
        return door.write_report(query, Path(out), formats)

    def refused(no: Refused) -> None:
        tell(f"{NOT_SAVED} {no.reason} {no.remedy}".strip(), True)

    link.at_door(write, lambda paths: tell(saved_words(paths), False), refused)
