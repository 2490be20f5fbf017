"""Appointments of other programs: each is read, or set aside with the reason."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.clock import from_datetime
from reception.documents.appointment_file import ForeignAppointment, Reason
from reception.documents.reading_calendar import read_calendar
from reception.documents.reading_csv import read_csv
from reception.errors import Code, Refusal

LONDON = ZoneInfo("Europe/London")
HALF_PAST_TEN = from_datetime(datetime(2026, 11, 24, 10, 30, tzinfo=UTC))


def _calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


WHOLE = """UID:77@elsewhere
DTSTART:20261124T103000Z
DTEND:20261124T110000Z
SUMMARY:Housing
ORGANIZER;CN=Priya Shah:mailto:priya@council.example
ATTENDEE;CN="王小明":mailto:w@home.example
CONTACT:020 7946 0000"""


def test_an_event_is_read_whole() -> None:
    taken, aside = read_calendar(_calendar(WHOLE), LONDON)
    assert aside == []
    (text,) = taken[0].cells
    assert text.splitlines()[0] == "BEGIN:VEVENT"
    assert "UID:77@elsewhere" in text
    assert [replace(each, cells=()) for each in taken] == [
        ForeignAppointment(
            row=1,
            uid="77@elsewhere",
            day=date(2026, 11, 24),
            start=time(10, 30),
            starts=HALF_PAST_TEN,
            minutes=30,
            service="Housing",
            officer="Priya Shah",
            name="王小明",
            telephone="020 7946 0000",
        )
    ]


@pytest.mark.parametrize(
    ("lines", "start", "minutes"),
    [
        ("DTSTART:20261124T103000\nDTEND:20261124T110000", time(10, 30), 30),  # floating: the office's own
        ("DTSTART:20260624T093000Z\nDURATION:PT45M", time(10, 30), 45),
        ("DTSTART;TZID=Europe/Paris:20261124T113000\nDURATION:PT30M", time(10, 30), 30),
        ("DTSTART;TZID=Romance Standard Time:20261124T113000\nDURATION:PT30M", time(10, 30), 30),
        ("DTSTART;TZID=Asia/Karachi:20261124T043000\nDURATION:PT30M", time(23, 30), 30),
        ("DTSTART:20261025T004500Z\nDTEND:20261025T011500Z", time(1, 45), 30),
    ],
)
def test_times_become_the_offices_own(lines: str, start: time, minutes: int) -> None:
    taken, aside = read_calendar(_calendar(f"UID:a\nSUMMARY:Housing\n{lines}"), LONDON)
    assert aside == []
    assert (taken[0].start, taken[0].minutes) == (start, minutes)
    assert taken[0].start.tzinfo is None


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("DTSTART:20261124T103000Z\nDTEND:20261124T110000Z\nRRULE:FREQ=WEEKLY", Reason.RECURRING),
        ("DTSTART:20261124T103000Z\nDTEND:20261124T110000Z\nRECURRENCE-ID:20261124T103000Z", Reason.RECURRING),
        ("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125", Reason.ALL_DAY),
        ("DTSTART:20261124T103000Z", Reason.NO_END),
        ("DTEND:20261124T103000Z", Reason.NO_START),
        ("DTSTART:tomorrow\nDTEND:20261124T110000Z", Reason.UNREADABLE_TIME),
        ("DTSTART:20261124T103000Z\nDTEND:later", Reason.UNREADABLE_TIME),
        ("DTSTART:20261124T103000Z\nDURATION:long", Reason.UNREADABLE_TIME),
        ("DTSTART;TZID=Mars/Base:20261124T103000\nDURATION:PT30M", Reason.UNKNOWN_ZONE),
        ("DTSTART:20261124T103000Z\nDTEND:20261124T103000Z", Reason.NO_LENGTH),
        ("DTSTART:20261124T103000Z\nDTEND:20261124T100000Z", Reason.NO_LENGTH),
        ("DTSTART:20261124T103000Z\nDURATION:PT30S", Reason.NO_LENGTH),
        ("DTSTART:20261025T013000\nDURATION:PT30M", Reason.AMBIGUOUS_TIME),
        ("DTSTART:20260329T013000\nDURATION:PT30M", Reason.NONEXISTENT_TIME),
        ("DTSTART:20261124T103000Z\nDTEND:20261124T110000Z\nSTATUS:CANCELLED", Reason.CANCELLED),
    ],
)
def test_an_event_that_is_no_appointment_is_set_aside(lines: str, reason: Reason) -> None:
    taken, aside = read_calendar(_calendar(f"UID:a\nSUMMARY:Housing\n{lines}", WHOLE), LONDON)
    assert [(each.row, each.reason) for each in aside] == [(1, reason)]
    assert "UID:a" in aside[0].cells[0]
    assert [each.row for each in taken] == [2]


def test_an_event_without_a_word_what_for_is_set_aside() -> None:
    _, aside = read_calendar(_calendar("UID:a\nDTSTART:20261124T103000Z\nDURATION:PT30M"), LONDON)
    assert [each.reason for each in aside] == [Reason.NO_SERVICE]


def test_the_same_identifier_counts_once() -> None:
    taken, aside = read_calendar(_calendar(WHOLE, WHOLE), LONDON)
    assert len(taken) == 1
    assert [(each.row, each.reason) for each in aside] == [(2, Reason.REPEATED)]


def test_without_identifiers_the_same_file_gives_the_same_ones() -> None:
    bare = WHOLE.removeprefix("UID:77@elsewhere\n")
    data = _calendar(bare, bare)
    uids = [each.uid for each in read_calendar(data, LONDON)[0]]
    assert len(set(uids)) == 2
    assert uids == [each.uid for each in read_calendar(data, LONDON)[0]]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\xff\xfe\x00", _calendar(WHOLE)[:90], b"BEGIN:VTODO\r\nEND:VTODO\r\n"]
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_calendar(data, LONDON)
    assert refused.value.code is Code.UNREADABLE_FILE
    assert refused.value.remedy


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for whole in (data, _calendar(WHOLE)[:60] + data, _calendar("UID:" + data.decode("latin-1"))):
        with suppress(Refusal):
            read_calendar(whole, LONDON)


HEAD = "Date,Start,End,Service,Officer,Name,Telephone,Reference\n"


def test_a_row_is_read_whole() -> None:
    taken, aside = read_csv(
        "\ufeff" + HEAD + '24/11/2026,10.30am,11:00,Housing,Priya Shah,"王, 小明",020 7946,R1\n', LONDON
    )
    assert aside == []
    (one,) = taken
    assert (one.row, one.uid, one.day, one.start, one.starts, one.minutes) == (
        2,
        "R1",
        date(2026, 11, 24),
        time(10, 30),
        HALF_PAST_TEN,
        30,
    )
    assert (one.service, one.officer, one.name, one.telephone) == ("Housing", "Priya Shah", "王, 小明", "020 7946")
    assert "小明" not in repr(one)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("24/11/2026,10:30,11:00,Housing", Reason.MALFORMED),
        (",10:30,11:00,Housing,,,,", Reason.NO_START),
        ("24/11/2026,,11:00,Housing,,,,", Reason.NO_START),
        ("24/11/2026,10:30,,Housing,,,,", Reason.NO_END),
        ("31/11/2026,10:30,11:00,Housing,,,,", Reason.UNREADABLE_TIME),
        ("11/24/2026,10:30,11:00,Housing,,,,", Reason.UNREADABLE_TIME),
        ("24/11/2026,25:30,11:00,Housing,,,,", Reason.UNREADABLE_TIME),
        ("24/11/2026,13.30pm,2pm,Housing,,,,", Reason.UNREADABLE_TIME),
        ("24/11/2026,10,11:00,Housing,,,,", Reason.UNREADABLE_TIME),
        ("25/10/2026,1:30,3:00,Housing,,,,", Reason.AMBIGUOUS_TIME),
        ("29/03/2026,1:30,3:00,Housing,,,,", Reason.NONEXISTENT_TIME),
        ("24/11/2026,10:30,10:30,Housing,,,,", Reason.NO_LENGTH),
        ("24/11/2026,10:30,11:00,,,,,", Reason.NO_SERVICE),
    ],
)
def test_a_row_that_is_no_appointment_is_set_aside(row: str, reason: Reason) -> None:
    taken, aside = read_csv(HEAD + f"{row}\n\n24/11/2026,12pm,12.30pm,Housing,,,,\n", LONDON)
    assert [(each.row, each.reason) for each in aside] == [(2, reason)]
    assert ",".join(aside[0].cells) == row
    assert [(each.row, each.start) for each in taken] == [(4, time(12))]


def test_a_length_stands_for_an_end() -> None:
    taken, aside = read_csv("day,time,minutes,service\n2026-11-24,12am,20,Housing\n2026-11-24,9:00,x,Housing\n", LONDON)
    assert [(each.start, each.minutes) for each in taken] == [(time(0), 20)]
    assert [each.reason for each in aside] == [Reason.UNREADABLE_TIME]


@pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "date,start,service\n", 'date,"start\n'])
def test_a_table_without_the_columns_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_csv(text, LONDON)
    assert refused.value.code is Code.UNREADABLE_FILE
    assert refused.value.remedy


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    taken, aside = read_csv(HEAD + "24/11/2026,10:30,11:00,Housing,,,,\n", LONDON)
    assert (len(taken), len(aside)) == (1, 0)
    with suppress(Refusal):
        read_csv(HEAD + text, LONDON)
