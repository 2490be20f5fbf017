"""Reads the appointments of an iCalendar file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component

from reception.clock import Instant, from_datetime
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


def read_calendar(data: bytes, zone: ZoneInfo) -> tuple[list[ForeignAppointment], list[SetAside]]:
    """The events of an iCalendar file, their times in the office's `zone`. A floating time is taken as the office's.

    The service is the first category, else the summary; the officer is the organizer, the visitor the first who
    attends, the telephone number the contact. Refuses (UNREADABLE_FILE) what is no iCalendar file.
    """
    entries = Entries(zone)
    for row, event in enumerate(_events(data), start=1):
        try:
            _take(entries, row, event)
        except Unusable as fault:
            entries.set_aside(row, fault.reason, _text(event))
    return entries.taken, entries.aside


def _events(data: bytes) -> Iterator[Component]:
    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise _no_calendar() from error
    if not any(calendar.name == "VCALENDAR" for calendar in calendars):
        raise _no_calendar()
    for calendar in calendars:
        yield from calendar.walk("VEVENT")


def _no_calendar() -> Refusal:
    return Refusal(
        Code.UNREADABLE_FILE,
        "This is no calendar file that can be read, or it is cut short.",
        "Export it again from the other program as iCalendar (.ics).",
    )


def _take(entries: Entries, row: int, event: Component) -> None:
    if _said(event, "STATUS").upper() == "CANCELLED":
        raise Unusable(Reason.CANCELLED)
    if any(name in event for name in ("RRULE", "RDATE", "EXRULE", "RECURRENCE-ID")):
        raise Unusable(Reason.RECURRING)
    if "DTSTART" not in event:
        raise Unusable(Reason.NO_START)
    start = _moment(event, "DTSTART", entries.zone)
    if "DTEND" in event:
        end = _moment(event, "DTEND", entries.zone)
    elif "DURATION" in event:
        end = start + _length(event) // timedelta(milliseconds=1)
    else:
        raise Unusable(Reason.NO_END)
    names = Names(
        service=_first_category(event) or _said(event, "SUMMARY"),
        officer=_common_name(event, "ORGANIZER"),
        name=_common_name(event, "ATTENDEE"),
        telephone=_said(event, "CONTACT"),
    )
    entries.take(row, _said(event, "UID"), start, end, names, _text(event))


def _text(event: Component) -> tuple[str]:
    return (event.to_ical().decode("utf-8", "replace"),)


def _moment(event: Component, name: str, zone: ZoneInfo) -> Instant:
    value = _one(event.get(name))
    try:
        moment = value.dt
    except (AttributeError, ValueError, KeyError):
        raise Unusable(Reason.UNREADABLE_TIME) from None
    if not isinstance(moment, datetime):
        raise Unusable(Reason.ALL_DAY if isinstance(moment, date) else Reason.UNREADABLE_TIME)
    if moment.tzinfo is None:
        if value.params.get("TZID"):
            raise Unusable(Reason.UNKNOWN_ZONE)
        return instant_of(moment, zone)
    return from_datetime(moment)


def _length(event: Component) -> timedelta:
    try:
        length = _one(event.get("DURATION")).dt
    except (AttributeError, ValueError, KeyError):
        raise Unusable(Reason.UNREADABLE_TIME) from None
    if not isinstance(length, timedelta):
        raise Unusable(Reason.UNREADABLE_TIME)
    return length


def _one(value: Any) -> Any:
    """The first of a property that stands there more than once."""
    return value[0] if isinstance(value, list) else value


def _said(event: Component, name: str) -> str:
    return str(_one(event.get(name)) or "").strip()


def _first_category(event: Component) -> str:
    value = _one(event.get("CATEGORIES"))
    cats = getattr(value, "cats", ())
    return str(cats[0]).strip() if cats else ""


def _common_name(event: Component, name: str) -> str:
    value = _one(event.get(name))
    return str(getattr(value, "params", {}).get("CN", "")).strip()
