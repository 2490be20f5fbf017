"""`reception slots` and `reception book`: what is free, what is chosen, and what stands against a booking."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

import pytest
from msgspec.structs import replace

from reception.domain.office import Hours
from reception.domain.person import Need
from reception.services.appointment_queries import AppointmentByCode
from reception.services.commands import new_id
from reception.storage.engine import transaction
from tests.cli.book_office import MONDAY, book_settings
from tests.cli.conftest import Answer, Run
from tests.support import OFFICE, At, door_on

AT = f"{MONDAY}T10:30"


@pytest.fixture
def office(database_url: str) -> str:
    door = door_on(database_url)
    At(door).set_up(**book_settings())
    door.close()
    return database_url


def slots(run: Run, url: str, *more: object) -> list[dict[str, str]]:
    options = ("--from", MONDAY, *more, "--format", "json")
    answer = run("--database", url, "slots", "--service", "Housing", *options)
    assert answer.code == 0, answer.err
    found: list[dict[str, str]] = json.loads(answer.out)
    return found


def book(run: Run, url: str, *more: object, at: str = AT, service: str = "Housing") -> Answer:
    asked = ("--service", service, "--at", at, "--name", "Ann Example")
    return run("--database", url, "book", *asked, *more, "--format", "json")


def booked(run: Run, url: str, *more: object, **where: str) -> dict[str, Any]:
    answer = book(run, url, *more, **where)
    assert (answer.code, answer.err) == (0, "")
    found: dict[str, Any] = json.loads(answer.out)
    return found


# -- slots -----------------------------------------------------------------------------------------------------


def test_the_nearest_three_by_name_and_local_time(run: Run, office: str) -> None:
    assert slots(run, office) == [
        {
            "starts": f"2030-06-03T{starts}+01:00",
            "ends": f"2030-06-03T{ends}+01:00",
            "service": "Housing",
            "officer": "Grace Okafor",
            "room": "",
            "interpreter": "",
        }
        for starts, ends in (("09:00", "09:20"), ("09:20", "09:40"), ("09:40", "10:00"))
    ]


def test_officer_room_and_interpreter_are_free_together(run: Run, office: str) -> None:
    wanted = ("--officer", "grace okafor", "--room-feature", "hearing-loop", "--language", "bfi", "--minutes", "60")
    (slot,) = slots(run, office, *wanted, "--count", 1)
    assert (slot["officer"], slot["room"], slot["interpreter"]) == (
        "Grace Okafor",
        "Interview room 2",
        "Signs of Herts",
    )
    assert (slot["starts"], slot["ends"]) == ("2030-06-03T09:00+01:00", "2030-06-03T10:00+01:00")


def test_as_many_as_are_asked_for_and_no_further_than_the_days(run: Run, office: str) -> None:
    assert len(slots(run, office, "--count", 200, "--days", 1)) == 40
    assert {each["starts"][:10] for each in slots(run, office, "--count", 30, "--days", 3)} == {
        "2030-06-03",
        "2030-06-04",
    }


def test_a_table_to_read(run: Run, office: str) -> None:
    answer = run(
        "--database",
        office,
        "slots",
        "--service",
        "housing",
        "--from",
        MONDAY,
        "--room-feature",
        "private",
        "--count",
        1,
    )
    heading, line = answer.out.splitlines()
    assert heading.split() == ["day", "from", "to", "officer", "room"]
    assert line.split("  ")[0] == "Monday 3 June 2030"
    assert "09:00  09:20  Grace Okafor  Interview room 1" in line


def test_nothing_free_is_said(run: Run, office: str) -> None:
    answer = run("--database", office, "slots", "--service", "Housing", "--from", "2030-06-08", "--days", 2)
    assert (answer.code, answer.out) == (0, "")
    assert answer.said == "Civic Offices has no free slot that meets all of it within 2 days."


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--service", "Marriage"),
            "Civic Offices has no service “Marriage”. Name one of: Housing, Council Tax, Planning.",
        ),
        (
            ("--service", "Housing", "--officer", "Nobody"),
            "Civic Offices has no officer “Nobody”. Name one of: Ewan Pritchard, Grace Okafor.",
        ),
        (
            ("--service", "Housing", "--language", "xho"),
            "No interpreter of Civic Offices works in “xho”. Name one of: bfi (British Sign Language).",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_the_choices(
    run: Run, office: str, options: tuple[str, ...], said: str
) -> None:
    answer = run("--database", office, "slots", *options)
    assert (answer.code, answer.out, answer.said) == (1, "", said)


def test_a_language_may_be_named(run: Run, office: str) -> None:
    (slot,) = slots(run, office, "--language", "British Sign Language", "--count", 1)
    assert slot["interpreter"] == "Signs of Herts"


def test_two_of_one_name_are_not_guessed_between(run: Run, office: str) -> None:
    """Settings refuse them by now; an older database may hold them."""
    door = door_on(office)
    with transaction(door._database.engine, writes=True) as connection:
        connection.exec_driver_sql("UPDATE room SET name = 'Room' WHERE name = 'Interview room 1'")
        connection.exec_driver_sql("UPDATE room SET name = 'ROOM' WHERE name = 'Interview room 2'")
    door.close()
    answer = book(run, office, "--room", "room")
    assert answer.code == 1
    assert "Civic Offices has 2 of the name “room”." in answer.said
    assert booked(run, office, "--room", "ROOM")["room"] == "ROOM"


# -- book ------------------------------------------------------------------------------------------------------


def test_who_and_what_is_not_named_is_chosen(run: Run, office: str) -> None:
    found = booked(run, office, "--room-feature", "private", "--language", "bfi", "--name", "Ada Nowak")
    reference = found.pop("reference")
    assert reference.startswith("AP-")
    assert found == {
        "already_booked": False,
        "kind": "office",
        "service": "Housing",
        "starts": "2030-06-03T10:30+01:00",
        "ends": "2030-06-03T10:50+01:00",
        "officer": "Grace Okafor",
        "room": "Interview room 1",
        "interpreter": "Signs of Herts",
    }


def test_what_is_told_of_the_visitor_is_kept_and_not_printed(run: Run, office: str) -> None:
    answer = book(
        run,
        office,
        *("--name", "王小明", "--telephone", "020 7946 0011", "--email", "w@example.org", "--born", "1970-02-28"),
        *("--address", "1 High Street", "--address", "Borehamwood", "--need", "large-print", "--need", "step_free"),
        *("--about", "A leak", "--party", "3"),
    )
    assert "王小明" not in answer.out
    door = door_on(office)
    try:
        card = door.ask(AppointmentByCode(OFFICE, json.loads(answer.out)["reference"]))
    finally:
        door.close()
    visitor = card.visitor
    assert (visitor.person.name, visitor.telephone, visitor.email) == ("王小明", "020 7946 0011", "w@example.org")
    assert (str(visitor.born), visitor.address) == ("1970-02-28", "1 High Street\nBorehamwood")
    assert visitor.person.needs == {Need.LARGE_PRINT, Need.STEP_FREE}
    assert (card.about, card.row.party_size) == ("A leak", 3)


def test_a_slot_that_was_taken_is_refused_with_the_next(run: Run, office: str) -> None:
    booked(run, office)
    answer = book(run, office)
    assert (answer.code, answer.out) == (1, "")
    assert answer.said == (
        "Nothing that meets all of it is free on Monday 3 June, 10.30am. "
        "Next free: Monday 3 June, 10.50am with Grace Okafor; Monday 3 June, 11.10am with Grace Okafor; "
        "Monday 3 June, 11.30am with Grace Okafor."
    )
    named = book(run, office, "--officer", "Grace Okafor")
    assert named.code == 1
    assert "Grace Okafor is taken then until 10.50am." in named.said
    assert "Next free: " in named.said


def test_any_minute_may_be_booked(run: Run, office: str) -> None:
    assert booked(run, office, at=f"{MONDAY}T10:37")["starts"] == "2030-06-03T10:37+01:00"
    assert book(run, office, at=f"{MONDAY}T10:50").code == 1


def test_the_same_id_books_once(run: Run, office: str) -> None:
    own = new_id()
    first = booked(run, office, "--id", own)
    again = booked(run, office, "--id", own, at=f"{MONDAY}T15:00")
    assert again == {**first, "already_booked": True}
    assert len(slots(run, office, "--count", 200, "--days", 1)) == 40 - 3


def test_the_id_of_a_uuid_is_the_same_with_and_without_dashes(run: Run, office: str) -> None:
    first = booked(run, office, "--id", "9F0C2B54-62B5-4E0E-8F57-0A3A1B6D2C11")
    assert booked(run, office, "--id", "9f0c2b5462b54e0e8f570a3a1b6d2c11")["reference"] == first["reference"]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2030-06-02T10:30", "The office is closed on that day."),
        ("2030-12-25T10:30", "That day is a bank holiday."),
        ("2030-06-03T16:50", "The office is not open for all of that time."),
        ("2020-06-03T10:30", "That time is past."),
        ("2031-03-30T01:30", "There is no 1.30am on Sunday 30 March: the clocks go forward over it."),
    ],
)
def test_what_stands_against_a_time_is_said(run: Run, office: str, at: str, words: str) -> None:
    answer = book(run, office, at=at)
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.said


def test_over_a_break_with_a_reason_and_a_name(run: Run, office: str) -> None:
    at = f"{MONDAY}T12:00"
    needs_reason = book(run, office, "--officer", "Grace Okafor", at=at)
    assert needs_reason.code == 1
    assert "give a reason, which is kept" in needs_reason.said
    needs_name = book(run, office, "--reason", "Asked for", at="2030-06-03T17:30")
    assert needs_name.code == 1
    assert "Name --officer as well" in needs_name.said
    found = booked(run, office, "--officer", "Grace Okafor", "--reason", "The visitor works", at=at)
    assert found["starts"] == "2030-06-03T12:00+01:00"


def test_of_the_hour_that_comes_twice_the_first_is_taken_or_the_second(run: Run, office: str) -> None:
    anyhow = ("--officer", "Grace Okafor", "--reason", "A night shift")
    assert booked(run, office, *anyhow, at="2030-10-27T01:30")["starts"] == "2030-10-27T01:30+01:00"
    assert booked(run, office, *anyhow, "--later", at="2030-10-27T01:30")["starts"] == "2030-10-27T01:30+00:00"


def test_a_room_that_is_named_has_to_be_free(run: Run, office: str) -> None:
    assert booked(run, office, "--room", "interview room 2")["room"] == "Interview room 2"
    answer = book(run, office, "--room", "Interview room 2", at=f"{MONDAY}T10:40")
    assert answer.code == 1
    assert "Interview room 2 is taken then until 10.50am." in answer.said


def test_a_home_visit_of_the_council_at_short_notice_takes_a_reason(run: Run, office: str) -> None:
    wanted = ("--kind", "home-visit", "--council", "--officer", "Grace Okafor", "--about", "Inspection of the roof")
    far = booked(run, office, *wanted, at=f"{MONDAY}T14:00")
    assert (far["kind"], far["officer"]) == ("home_visit", "Grace Okafor")


def test_the_answer_in_words(run: Run, office: str) -> None:
    who = ("--name", "Ann Example")
    answer = run("--database", office, "book", "--service", "housing", "--at", AT, *who, "--room-feature", "private")
    assert answer.code == 0
    reference, *rest = answer.out.splitlines()
    assert reference.startswith("Reference    AP-")
    assert rest == [
        "Service      Housing",
        "When         Monday 3 June 2030, 10.30am to 10.50am",
        "Officer      Grace Okafor",
        "Room         Interview room 1",
    ]


def test_a_database_that_is_not_there_is_not_made(run: Run, tmp_path: Any) -> None:
    answer = book(run, f"sqlite:///{tmp_path / 'none.db'}")
    assert answer.code == 1
    assert "There is no database file" in answer.said
    assert list(tmp_path.iterdir()) == []


def test_an_officer_without_hours_on_that_day(run: Run, sqlite_url: str) -> None:
    door = door_on(sqlite_url)
    settings = book_settings()
    staff = tuple(
        replace(entry, officer=replace(entry.officer, hours=(Hours(1, time(9), time(17)),), breaks=()))
        for entry in settings["staff"]
    )
    At(door).set_up(**book_settings(staff=staff))
    door.close()
    answer = book(run, sqlite_url, "--officer", "Grace Okafor")
    assert "Grace Okafor does not work at that time." in answer.said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--name", ""), "A booking needs a name. Write who it is for."),
        (("--telephone", "ask her"), "That is no telephone number. Write all its figures, or leave it out."),
        (("--born", "2031-01-01"), "That date of birth is still to come. Write it again, or leave it out."),
        (("--born", "1871-03-09"), "That date of birth is before 1900."),
    ],
)
def test_who_it_is_for_must_make_sense(run: Run, office: str, typed: tuple[str, ...], said: str) -> None:
    answer = book(run, office, *typed)
    assert answer.code != 0
    assert said in answer.err
