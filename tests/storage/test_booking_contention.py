"""Many bookers of one book at once: never two on one slot, officer, room or interpreter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from reception.domain.booking import Wish
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Code
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.storage.queries.book import book_view
from tests.services.the_book import ALEX, MONDAY, ROOM_1, AtBook, place, when
from tests.storage import bookers
from tests.storage.bookers import NINE, booker, office_with_a_book
from tests.storage.checks import assert_sound
from tests.storage.processes import door_to, finish, start, together
from tests.support import EWAN, GRACE, OFFICE, PRIYA

SIXTEEN = 16
SLOT = place(when(11), room=ROOM_1, interpreter=ALEX)


def _booked(url: str) -> list[str]:
    with door_to(url, at=NINE) as door:
        return [row.id for row in book_view(door._database, aq.Book(OFFICE, MONDAY)).rows]


@pytest.mark.parametrize("shared", ["all", "officer", "room", "interpreter"])
def test_sixteen_bookers_on_one_slot(shared: str, database_url: str, tmp_path: Path) -> None:
    """Exactly one wins; each of the others hears which slots are free next."""
    office_with_a_book(database_url)
    places = {
        "all": [SLOT] * SIXTEEN,
        "officer": [replace(SLOT, room_id="", interpreter_id="")] * SIXTEEN,
        # Officers are many, the room or the interpreter is one.
        "room": [replace(SLOT, officer_id="", interpreter_id="")] * SIXTEEN,
        "interpreter": [replace(SLOT, officer_id="", room_id="")] * SIXTEEN,
    }[shared]
    barrier = together(SIXTEEN)
    answers = [tmp_path / f"answer-{number}" for number in range(SIXTEEN)]
    programs = [
        start(bookers.book_one, database_url, number, places[number], barrier, answers[number])
        for number in range(SIXTEEN)
    ]
    assert finish(*programs) == [0] * SIXTEEN

    said = [json.loads(answer.read_text()) for answer in answers]
    winners = [words for code, words in said if code == "booked"]
    assert len(winners) == 1
    assert _booked(database_url) == winners
    losers = [words for code, words in said if code == Code.SLOT_TAKEN.value]
    assert len(losers) == SIXTEEN - 1
    assert all("Monday 2 March" in remedy for remedy in losers)
    assert_sound(database_url)


def test_one_booking_sent_by_eight_at_once_is_one_booking(database_url: str) -> None:
    office_with_a_book(database_url)
    command = a.BookAppointment(
        office_id=OFFICE, officer_id=PRIYA, service_id="housing", place=SLOT, visitor=Visitor(Person("Ann Example"))
    )
    barrier = together(8)
    assert finish(*(start(bookers.book_the_same, database_url, command, barrier) for _ in range(8))) == [0] * 8
    assert len(_booked(database_url)) == 1
    assert_sound(database_url)


def test_two_that_are_moved_into_each_other(database_url: str, tmp_path: Path) -> None:
    """Each finds the other there: neither moves, and neither is lost."""
    office_with_a_book(database_url)
    places = [place(when(11)), place(when(12))]
    with door_to(database_url, at=NINE) as door:
        ids = [booker(door, 0).book(each).appointment_id for each in places]
    barrier = together(2)
    answers = [tmp_path / "one", tmp_path / "two"]
    programs = [
        start(bookers.move_one, database_url, number, ids[number], places[1 - number], barrier, answers[number])
        for number in range(2)
    ]
    assert finish(*programs) == [0, 0]
    assert [answer.read_text() for answer in answers] == [Code.SLOT_TAKEN.value] * 2
    assert _booked(database_url) == ids
    assert_sound(database_url)


def test_many_that_are_moved_into_one_slot(database_url: str, tmp_path: Path) -> None:
    office_with_a_book(database_url)
    officers = [PRIYA, EWAN, GRACE]
    with door_to(database_url, at=NINE) as door:
        at = booker(door, 0)
        ids = [at.book(place(when(11 + hour), officer=each)).appointment_id for hour in range(3) for each in officers]
    target = place(when(15), officer=GRACE, room=ROOM_1)
    barrier = together(len(ids))
    answers = [tmp_path / some_id for some_id in ids]
    programs = [
        start(bookers.move_one, database_url, number, some_id, target, barrier, answers[number])
        for number, some_id in enumerate(ids)
    ]
    assert finish(*programs) == [0] * len(ids)
    said = [answer.read_text() for answer in answers]
    assert sorted(said) == ["moved"] + [Code.SLOT_TAKEN.value] * (len(ids) - 1)
    assert len(_booked(database_url)) == len(ids)
    assert_sound(database_url)


def test_a_lively_hour_at_the_book(database_url: str) -> None:
    crowd, rounds = (8, 12) if database_url.startswith("sqlite") else (SIXTEEN, 12)
    office_with_a_book(database_url)
    barrier = together(crowd)
    programs = [start(bookers.lively, database_url, number, rounds, barrier) for number in range(crowd)]
    assert finish(*programs) == [0] * crowd
    assert len(_booked(database_url)) > 8
    assert_sound(database_url)
    with door_to(database_url, at=NINE) as door:
        # Whoever comes next finds the book in order, too.
        slots = door.ask(aq.FreeSlots(OFFICE, Wish("housing", with_room=True, minutes=20)))
        AtBook(door, officer=PRIYA).book(slots[0].place)
    assert_sound(database_url)
