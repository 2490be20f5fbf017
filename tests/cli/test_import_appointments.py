"""`reception import appointments`: what comes in, what is set aside, and what the book then says."""

from __future__ import annotations

import csv
import signal
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.cli.terminal import Progress
from reception.domain.office import Hours, Service
from reception.services.appointment_queries import Book
from tests.cli.conftest import Answer, Log, Run
from tests.cli.test_import import counts
from tests.support import COUNCIL_TAX, HOUSING, OFFICE, PLANNING, At, door_on

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2030, 6, 3)
HEADER = "date,start,minutes,service,officer,name,telephone,uid"
THREE = (
    "2030-06-03,09:30,20,Housing,Grace Okafor,Ada Nowak,020 7946 0011,a1",
    "2030-06-03,09:50,20,housing,grace okafor,王小明,,a2",
    "03/06/2030,10.30am,40,Council Tax,,Ola,,a3",
)


@pytest.fixture
def office(database_url: str) -> str:
    """An office that is open on weekdays from 9 to 5."""
    door = door_on(database_url)
    At(door).set_up(hours=tuple(Hours(day, time(9), time(17)) for day in range(5)))
    door.close()
    return database_url


def bring_in(run: Run, url: str, path: Path, *more: object) -> Answer:
    return run("--database", url, "import", "appointments", path, *more)


def booked(url: str, first: date = MONDAY, days: int = 7) -> list[tuple[str, str, str, str]]:
    """Local start, service, officer and name of each appointment."""
    door = door_on(url)
    try:
        rows = door.ask(Book(OFFICE, first, days)).rows
    finally:
        door.close()
    return [
        (
            datetime.fromtimestamp(row.starts / 1000, LONDON).strftime("%d %H:%M"),
            row.service,
            row.officer,
            row.name,
        )
        for row in rows
    ]


def test_a_csv_file_comes_into_the_book(run: Run, log: Log, office: str) -> None:
    answer = bring_in(run, office, log(*THREE, header=HEADER))
    assert (answer.code, answer.err) == (0, "")
    assert counts(answer) == {"Read": 3, "Brought in": 3, "Already there": 0, "Set aside": 0}
    assert "Civic Offices" in answer.out
    assert "Europe/London" in answer.out
    assert booked(office) == [
        ("03 09:30", "Housing", "Grace Okafor", "Ada Nowak"),
        ("03 09:50", "Housing", "Grace Okafor", "王小明"),
        ("03 10:30", "Council Tax", "", "Ola"),
    ]
    assert run("database", "check", office).code == 0


def test_the_same_file_twice_adds_nothing(run: Run, log: Log, office: str) -> None:
    path = log(*THREE, header=HEADER)
    bring_in(run, office, path)
    again = counts(bring_in(run, office, path))
    assert (again["Brought in"], again["Already there"], again["Set aside"]) == (0, 3, 0)
    path.write_text(path.read_text() + "2030-06-04,09:00,20,Housing,Grace Okafor,Bo,,a4\n")
    third = counts(bring_in(run, office, path))
    assert (third["Brought in"], third["Already there"]) == (1, 3)
    assert len(booked(office)) == 4


def test_without_identifiers_the_content_tells_rows_apart(run: Run, log: Log, office: str) -> None:
    header = "date,start,end,service,name"
    rows = ("2030-06-03,09:30,09:50,Housing,Ada", "2030-06-03,09:30,09:50,Housing,Ada")
    path = log(*rows, header=header)
    assert counts(bring_in(run, office, path))["Brought in"] == 2
    assert counts(bring_in(run, office, path))["Already there"] == 2


def test_what_cannot_be_placed_is_set_aside_with_its_reason(run: Run, log: Log, office: str, tmp_path: Path) -> None:
    lines = [
        THREE[0],
        "2030-06-03,09:40,20,Housing,Grace Okafor,Clash,,b1",
        "2030-06-03,11:00,20,Marriage,Grace Okafor,Who,,b2",
        "2030-06-03,11:00,20,Housing,Nobody Known,Who,,b3",
        "2030-06-03,16:50,20,Housing,Grace Okafor,After closing,,b4",
        "2030-06-02,11:00,20,Housing,Grace Okafor,On a Sunday,,b5",
        "2019-06-03,11:00,20,Housing,Grace Okafor,In the past,,b6",
        "2030-06-03,11:00,20,Council Tax,Grace Okafor,No skill,,b7",
        "2030-06-03,11:00,0,Housing,Grace Okafor,No length,,b8",
        "2030-06-03,11:00,540,Housing,Grace Okafor,Nine hours,,b9",
        "2030-12-25,11:00,20,Housing,Grace Okafor,Christmas,,b10",
        "soon,11:00,20,Housing,Grace Okafor,Whenever,,b11",
        "2031-03-30,01:30,20,Housing,Grace Okafor,No such hour,,b12",
        "2030-10-27,01:30,20,Housing,Grace Okafor,Which of two,,b13",
        "2030-06-03,12:00,20,Housing,Grace Okafor",
        "2030-06-03,12:00,20,Housing,Grace Okafor,Twice in one file,,a1",
    ]
    aside = tmp_path / "aside.csv"
    answer = bring_in(run, office, log(*lines, header=HEADER), "--set-aside", aside)
    assert answer.code == 0
    found = counts(answer)
    assert found == {
        "Read": 16,
        "Brought in": 1,
        "Already there": 0,
        "Set aside": 15,
        "officer_taken": 1,
        "unknown_service": 1,
        "unknown_officer": 1,
        "outside_hours": 1,
        "closed": 1,
        "in_the_past": 1,
        "not_skilled": 1,
        "no_length": 1,
        "bad_length": 1,
        "bank_holiday": 1,
        "unreadable_time": 1,
        "nonexistent_time": 1,
        "ambiguous_time": 1,
        "malformed": 1,
        "repeated": 1,
    }
    with aside.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["set_aside_row", "set_aside_reason", *HEADER.split(",")]
    assert [int(row[0]) for row in rows] == list(range(3, 18))
    assert rows[0][1:] == ["officer_taken", *lines[1].split(",")]
    assert rows[-2][1:] == ["malformed", *lines[14].split(",")]
    assert aside.stat().st_mode & 0o077 == 0
    assert str(aside) in answer.out


def test_the_file_of_what_was_set_aside_can_be_mended_and_imported(
    run: Run, log: Log, office: str, tmp_path: Path
) -> None:
    aside = tmp_path / "aside.csv"
    bring_in(run, office, log(THREE[0].replace("Housing", "Homes"), header=HEADER), "--set-aside", aside)
    aside.write_text(aside.read_text(encoding="utf-8").replace("Homes", "Housing"), encoding="utf-8")
    assert counts(bring_in(run, office, aside))["Brought in"] == 1


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, log: Log, office: str, tmp_path: Path) -> None:
    path = log(*THREE, "2030-06-03,09:40,20,Housing,Grace Okafor,Clash,,b1", header=HEADER)
    aside = tmp_path / "aside.csv"
    answer = bring_in(run, office, path, "--dry-run", "--set-aside", aside)
    assert answer.code == 0
    found = counts(answer)
    assert (found["Would come in"], found["Already there"], found["officer_taken"]) == (3, 0, 1)
    assert "Nothing was written to the book." in answer.out
    assert "Clash" in aside.read_text(encoding="utf-8")
    assert booked(office) == []
    assert counts(bring_in(run, office, path))["Brought in"] == 3


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def test_a_calendar_comes_into_the_book(run: Run, office: str, tmp_path: Path) -> None:
    path = tmp_path / "week.ics"
    events = (
        event(
            "UID:1@elsewhere",
            "DTSTART:20300603T083000Z",
            "DTEND:20300603T085000Z",
            "SUMMARY:Housing",
            "ORGANIZER;CN=Grace Okafor:mailto:g@example.org",
            "ATTENDEE;CN=Ada:mailto:a@example.org",
        ),
        event("UID:2@elsewhere", "DTSTART;TZID=Europe/Paris:20300603T120000", "DURATION:PT20M", "SUMMARY:Planning"),
        event("UID:3@elsewhere", "DTSTART;VALUE=DATE:20300603", "SUMMARY:Housing"),
        event("UID:4@elsewhere", "DTSTART:20300603T083000Z", "DURATION:PT20M", "SUMMARY:Housing", "RRULE:FREQ=DAILY"),
        event("UID:5@elsewhere", "DTSTART:20300603T083000Z", "DURATION:PT20M", "SUMMARY:Dentist"),
    )
    path.write_bytes("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode())
    aside = tmp_path / "aside.csv"
    answer = bring_in(run, office, path, "--set-aside", aside)
    assert answer.code == 0, answer.err
    found = counts(answer)
    assert (found["Read"], found["Brought in"]) == (5, 2)
    assert (found["all_day"], found["recurring"], found["unknown_service"]) == (1, 1, 1)
    assert booked(office) == [
        ("03 09:30", "Housing", "Grace Okafor", "Ada"),
        ("03 11:00", "Planning", "", ""),
    ]
    with aside.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["set_aside_row", "set_aside_reason", "event"]
    assert [row[:2] for row in rows] == [["3", "all_day"], ["4", "recurring"], ["5", "unknown_service"]]
    assert "SUMMARY:Dentist" in rows[2][2]
    assert counts(bring_in(run, office, path))["Already there"] == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "no calendar file that can be read"),
        ("x.csv", b"\xff\xfe\x00d", "x.csv is not text in UTF-8"),
        ("x.csv", b"when,what\n1,2\n", "The first row has no column"),
        ("x.csv", b"", "The first row has no column"),
    ],
)
def test_a_file_that_is_none_is_refused(
    run: Run, office: str, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    answer = bring_in(run, office, path)
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.said


def test_a_file_that_is_not_there(run: Run, office: str, tmp_path: Path) -> None:
    assert bring_in(run, office, tmp_path / "no.csv").said.startswith("no.csv can't be read: it is not there.")


def test_a_database_that_is_not_there_is_not_made(run: Run, log: Log, tmp_path: Path) -> None:
    answer = bring_in(run, f"sqlite:///{tmp_path / 'none.db'}", log(*THREE, header=HEADER))
    assert answer.code == 1
    assert "There is no database file" in answer.said
    assert not (tmp_path / "none.db").exists()


def test_the_file_set_aside_never_replaces_the_one_that_is_read(run: Run, log: Log, office: str) -> None:
    path = log(*THREE, header=HEADER)
    assert "is in use itself" in bring_in(run, office, path, "--set-aside", path).said
    assert booked(office) == []


def test_two_services_of_one_name_are_not_guessed_between(run: Run, log: Log, sqlite_url: str) -> None:
    door = door_on(sqlite_url)
    services = (Service(HOUSING, "Housing", "H"), Service(COUNCIL_TAX, "HOUSING", "C"), Service(PLANNING, "Other", "P"))
    At(door).set_up(services=services)
    door.close()
    found = counts(bring_in(run, sqlite_url, log(THREE[0], header=HEADER)))
    assert found["unknown_service"] == 1


def test_a_cancelled_import_keeps_whole_batches_and_goes_on(
    run: Run, log: Log, office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        f"2030-06-{3 + n // 40:02d},{9 + n % 40 // 6:02d}:{n % 6 * 10:02d},10,Housing,Grace Okafor,N{n},,c{n}"
        for n in range(120)
    ]
    path = log(*lines, header=HEADER)

    def interrupt(*_: Any) -> None:
        signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as during:
        during.setattr(Progress, "__call__", interrupt)
        answer = bring_in(run, office, path)
    assert answer.code == 130
    assert answer.said == "That was cancelled. What was brought in is kept; the same command goes on from there."
    assert counts(answer)["Brought in"] == 100
    again = counts(bring_in(run, office, path))
    assert (again["Brought in"], again["Already there"], again["Set aside"]) == (20, 100, 0)
