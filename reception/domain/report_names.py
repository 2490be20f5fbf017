"""How a month's report and its files are called."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

ALL_OFFICES = "All offices"
_LONGEST = 60


class ReportFormat(StrEnum):
    """What a report is written as; the ending of its file."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


def report_file_name(office: str, first: date, wanted: ReportFormat, *, is_public: bool) -> str:
    """Such as reception-2026-10-civic-offices.pdf. `first`: the month's first day."""
    public = "-public" if is_public else ""
    return f"reception-{first:%Y-%m}-{safe_name(office)}{public}.{wanted}"


def safe_name(name: str) -> str:
    """Letters, figures and hyphens, which every file system takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "office"
