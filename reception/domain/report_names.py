"""How a month's report, what is exported of any period, and their files are called."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from enum import StrEnum

from reception.domain.grouping import Grouping, Period

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


def period_file_name(
    office: str, period: Period, by: Grouping, wanted: ReportFormat, *, without_evacuations: bool = False
) -> str:
    """Such as reception-2026-10-05-to-2026-10-11-civic-offices-by-weekday.csv; a month has YYYY-MM for its days."""
    less = "-without-evacuations" if without_evacuations else ""
    return f"reception-{_days(period)}-{safe_name(office)}-by-{by}{less}.{wanted}"


def picture_file_name(office: str, period: Period, shows: str) -> str:
    """Such as reception-2026-10-civic-offices-day-by-day.png. `shows`: what is to be seen, as a part of a name."""
    return f"reception-{_days(period)}-{safe_name(office)}-{shows}.png"


def _days(period: Period) -> str:
    first, last = f"{period.first}", f"{period.last}"
    if is_month(period):
        return f"{period.first:%Y-%m}"
    return first if first == last else f"{first}-to-{last}"


def is_month(period: Period) -> bool:
    """All days of one month."""
    first, last = period.first, period.last
    return first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])


def safe_name(name: str) -> str:
    """Letters, figures and hyphens, which every file system takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "office"
