"""The words of the page of reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

MAKING = "The report is being made."
NOT_SAVED = "The report was not saved."
PUBLIC_WORDS = "Figures of fewer than 5 visits, and what would tell of them, are hidden."


def saved_words(paths: Sequence[Path]) -> str:
    """Where it is."""
    if len(paths) == 1:
        return f"Saved as {paths[0].name}."
    return f"{len(paths)} files saved in {paths[0].parent.name}." if paths else ""


def schedule_words(folder: str) -> str:
    """Where reports are written by themselves."""
    if not folder.strip():
        return "No folder is set where each month's report is written by itself (report_folder in the settings file)."
    return f"On the first working day of each month the reports of the one before are written to {folder}."
