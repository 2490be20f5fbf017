"""Appointments as an iCalendar file, for other programs.

Times are written in UTC. An appointment keeps its identifier, made of its reference, however often it is moved: a
calendar that reads a later file changes its entry and adds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from reception.clock import Instant, local_datetime
from reception.documents.appointment_file import OWN
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, Standing
from reception.domain.office import Office

_UTC = ZoneInfo("UTC")
_PLACES = {Kind.TELEPHONE: "By telephone", Kind.HOME_VISIT: "Home visit"}


def calendar_of(rows: Sequence[AppointmentRow], office: Office, now: Instant) -> bytes:
    """The appointments of an office. Of a sensitive service neither it nor the visitor is named."""
    calendar = Calendar()
    calendar.add("prodid", "-//Reception//Appointment book//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for row in rows:
        calendar.add_component(_event(row, office, now))
    return bytes(calendar.to_ical())


def _event(row: AppointmentRow, office: Office, now: Instant) -> Event:
    service = office.service(row.service_id)
    is_sensitive = service is None or service.sensitive
    event = Event()
    event.add("uid", f"{row.reference}{OWN}")
    event.add("dtstamp", local_datetime(now, _UTC))
    event.add("dtstart", local_datetime(row.starts, _UTC))
    event.add("dtend", local_datetime(row.ends, _UTC))
    event.add("summary", _summary(row, is_sensitive=is_sensitive))
    event.add("location", _PLACES.get(row.kind) or ", ".join(_where(row, office)))
    event.add("description", "\n".join(_description(row)))
    if not is_sensitive:
        event.add("categories", [row.service])
    event.add("sequence", row.version)
    event.add("status", "CANCELLED" if row.standing is Standing.CANCELLED else "CONFIRMED")
    event.add("class", "CONFIDENTIAL" if is_sensitive else "PRIVATE")
    return event


def _where(row: AppointmentRow, office: Office) -> list[str]:
    parts = (row.room, office.name, *office.address.splitlines())
    return [part for each in parts if (part := each.strip(", "))]


def _summary(row: AppointmentRow, *, is_sensitive: bool) -> str:
    if is_sensitive:
        return f"Appointment {row.reference}"
    return f"{row.service}: {row.name.strip()}" if row.name.strip() else row.service


def _description(row: AppointmentRow) -> list[str]:
    lines = [f"Reference {row.reference}"]
    if row.officer:
        lines.append(f"With {row.officer}")
    if row.interpreter:
        lines.append(f"Interpreter {row.interpreter}")
    return lines
