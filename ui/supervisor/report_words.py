"""The words of the page of reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reception.domain.reporting import ReportFormat
from reception.services.supervisor_queries import MonthlyReport

MAKING = "The report is being made."
NOT_SAVED_TO = "The report was not saved."
PUBLIC_WORDS = "Figures of fewer than 5 visits, and what would tell of them, are hidden."


def file_name(query: MonthlyReport, of: str, wanted: ReportFormat) -> str:
    """What is proposed in the file dialog."""
    office = re.sub(r"[^a-z0-9]+", "-", of.lower()).strip("-") or "office"
    return f"reception-{query.first:%Y-%m}-{office}{'-public' if query.is_public else ''}.{wanted}"


def saved_words(paths: Sequence[Path]) -> str:
    """Where it is."""
    if len(paths) == 1:
        return f"Saved as {paths[0].name}."
    return f"{len(paths)} files saved in {paths[0].parent.name}." if paths else ""


def schedule_words(folder: str) -> str:
    """Where reports are written by themselves."""
    if not folder.strip():
        return "No folder is set where each month's report is written by itself (report_folder in the settings file)."
    return f"On the first working day of a month the last month's reports are written to {folder}."
