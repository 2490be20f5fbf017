"""Reads the appointments of a CSV file, one a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from reception.clock import MINUTE
from reception.documents.appointment_file import (
    Entries,
    ForeignAppointment,
    Names,
    Reason,
    SetAside,
    Unusable,
    instant_of,
)
from reception.errors import Code, Refusal

_COLUMNS: dict[str, tuple[str, ...]] = {
    "day": ("date", "day"),
    "starts": ("start", "starts", "time"),
    "ends": ("end", "ends"),
    "minutes": ("minutes", "length"),
    "service": ("service",),
    "officer": ("officer", "with"),
    "name": ("name", "visitor"),
    "telephone": ("telephone", "phone"),
    "uid": ("uid", "reference", "id"),
}
"""What a column of a CSV file may be called; capitals do not matter."""

_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::00)? ?(am|pm)?", re.ASCII | re.IGNORECASE)


def read_csv(text: str, zone: ZoneInfo) -> tuple[list[ForeignAppointment], list[SetAside]]:
    """The rows of a CSV file with the columns date, start, end or minutes, service, officer, name, telephone, uid.

    Days are written 2026-11-24 or 24/11/2026 (day first), times 10:30 or 10.30am; both are local to `zone`. Refuses
    (UNREADABLE_FILE) a file without a date, a start, a service, and an end or a length.
    """
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except csv.Error as error:
        raise Refusal(
            Code.UNREADABLE_FILE, f"This is no CSV file: {error}.", "Save it as CSV, with commas, and try again."
        ) from error
    places = _places(rows[0] if rows else [])
    width = len(rows[0])
    entries = Entries(zone)
    for row, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if len(cells) != width:
                raise Unusable(Reason.MALFORMED)
            _take(entries, row, {key: cells[place].strip() for key, place in places.items()}, cells)
        except Unusable as fault:
            entries.set_aside(row, fault.reason, cells)
    return entries.taken, entries.aside


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands."""
    names = [name.strip().casefold() for name in header]
    places = {
        key: next(names.index(alias) for alias in aliases if alias in names)
        for key, aliases in _COLUMNS.items()
        if any(alias in names for alias in aliases)
    }
    lacking = [_COLUMNS[key][0] for key in ("day", "starts", "service") if key not in places]
    if "ends" not in places and "minutes" not in places:
        lacking.append("end” or “minutes")
    if lacking:
        raise Refusal(
            Code.UNREADABLE_FILE,
            f"The first row has no column “{'”, “'.join(lacking)}”.",
            "Name the columns date, start, end or minutes, service, officer, name, telephone and uid.",
        )
    return places


def _take(entries: Entries, row: int, values: dict[str, str], cells: Sequence[str]) -> None:
    day, start = _day(values["day"]), _time(values["starts"])
    starts = instant_of(datetime.combine(day, start), entries.zone)
    if values.get("ends"):
        ends = instant_of(datetime.combine(day, _time(values["ends"])), entries.zone)
    elif values.get("minutes"):
        if not re.fullmatch(r"\d{1,4}", values["minutes"], re.ASCII):
            raise Unusable(Reason.UNREADABLE_TIME)
        ends = starts + int(values["minutes"]) * MINUTE
    else:
        raise Unusable(Reason.NO_END)
    names = Names(*(values.get(key, "") for key in ("service", "officer", "name", "telephone")))
    entries.take(row, values.get("uid", ""), starts, ends, names, cells)


def _day(text: str) -> date:
    match = _DAY.fullmatch(text)
    if match is None:
        raise Unusable(Reason.UNREADABLE_TIME if text else Reason.NO_START)
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Unusable(Reason.UNREADABLE_TIME) from None


def _time(text: str) -> time:
    match = _TIME.fullmatch(text)
    if match is None or not (match[2] or match[3]):
        raise Unusable(Reason.UNREADABLE_TIME if text else Reason.NO_START)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise Unusable(Reason.UNREADABLE_TIME)
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise Unusable(Reason.UNREADABLE_TIME) from None
