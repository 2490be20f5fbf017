"""Appointments as an iCalendar file, read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from icalendar.cal import Component
from msgspec.structs import replace

from reception.clock import MINUTE, from_datetime
from reception.documents.calendar import calendar_of
from reception.documents.reading_calendar import read_calendar
from reception.domain.book import AppointmentRow
from reception.domain.booked import Kind, Standing
from reception.domain.office import Office, Service

STARTS = from_datetime(datetime(2026, 6, 24, 9, 30, tzinfo=UTC))
NOW = from_datetime(datetime(2026, 6, 1, 8, 0, tzinfo=UTC))
OFFICE = Office(
    "o",
    "Civic Offices",
    "Hertsmere Borough Council",
    "Europe/London",
    services=(Service("h", "Housing", "H"), Service("d", "Domestic abuse", "D", sensitive=True)),
)
ROW = AppointmentRow(
    id="a",
    version=1,
    reference="AP-7K3QX9PM",
    kind=Kind.OFFICE,
    standing=Standing.BOOKED,
    service_id="h",
    service="Housing",
    starts=STARTS,
    ends=STARTS + 30 * MINUTE,
    set_up=0,
    officer_id="r",
    officer="Rukhsana Aziz",
    room_id="2",
    room="Room 2",
    interpreter_id="",
    interpreter="",
    interpreter_status=None,
    language="",
    name="王小明, or; so\nBEGIN:VEVENT",
    needs=frozenset(),
    party_size=1,
    by_council=False,
    named_officer=False,
    wants_earlier=False,
    came_late=False,
)


def _events(data: bytes) -> list[Component]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_appointment_is_read_back_with_its_time_and_place() -> None:
    (event,) = _events(calendar_of([ROW], OFFICE, NOW))
    assert event["DTSTART"].dt == datetime(2026, 6, 24, 9, 30, tzinfo=UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)
    assert event["DTSTAMP"].dt == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
    assert event["UID"] == "AP-7K3QX9PM@reception.invalid"
    assert event["LOCATION"] == "Room 2, Civic Offices"
    assert event["SUMMARY"].startswith("Housing: 王小明")
    assert event["STATUS"] == "CONFIRMED"
    assert "AP-7K3QX9PM" in event["DESCRIPTION"]


def test_a_sensitive_appointment_names_neither_service_nor_visitor() -> None:
    for service_id, service in (("d", "Domestic abuse"), ("gone", "Unknown")):
        data = calendar_of([replace(ROW, service_id=service_id, service=service)], OFFICE, NOW)
        text = data.replace(b"\r\n ", b"").decode()
        assert "SUMMARY:Appointment AP-7K3QX9PM" in text
        assert service not in text
        assert "王小明" not in text


def test_a_moved_or_cancelled_appointment_stays_the_same_entry() -> None:
    later = replace(ROW, version=2, starts=ROW.starts + 60 * MINUTE, ends=ROW.ends + 60 * MINUTE)
    cancelled = replace(later, version=3, standing=Standing.CANCELLED)
    first, second, third = (_events(calendar_of([row], OFFICE, NOW))[0] for row in (ROW, later, cancelled))
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert [event["STATUS"] for event in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("kind", "place"),
    [(Kind.TELEPHONE, "By telephone"), (Kind.HOME_VISIT, "Home visit"), (Kind.OFFICE, "Civic Offices")],
)
def test_places(kind: Kind, place: str) -> None:
    (event,) = _events(calendar_of([replace(ROW, kind=kind, room="")], OFFICE, NOW))
    assert event["LOCATION"] == place


def test_a_week_is_one_file_that_the_reader_of_other_programs_takes() -> None:
    week = [
        replace(ROW, reference=f"AP-{day}", starts=STARTS + day * 86_400_000, ends=STARTS + day * 86_400_000 + 60_000)
        for day in range(5)
    ]
    taken, aside = read_calendar(calendar_of(week, OFFICE, NOW), ZoneInfo("Europe/London"))
    assert aside == []
    assert [each.uid for each in taken] == [f"AP-{day}@reception.invalid" for day in range(5)]
    assert {(each.start.hour, each.minutes, each.service) for each in taken} == {(10, 1, "Housing")}


def test_an_empty_week_is_a_calendar_all_the_same() -> None:
    assert _events(calendar_of([], OFFICE, NOW)) == []
