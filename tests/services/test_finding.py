"""Finding a visit as people say its number, and what is told of its calls."""

from __future__ import annotations

import pytest

from reception.clock import MINUTE, SetClock
from reception.domain.person import Person
from reception.services import commands as c
from reception.services import queries as q
from tests.support import COUNCIL_TAX, HOUSING, OFFICE, At


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("H009", {"H009"}),
        ("h9", {"H009"}),
        ("9", {"H009", "C009"}),
        ("009", {"H009", "C009"}),
        ("h00", {f"H00{n}" for n in range(1, 10)}),
        ("c10", {"C010"}),
        ("99", set()),
        ("o", {"C010"}),
        ("addad", {"C010"}),
    ],
)
def test_a_visit_is_found_as_its_number_is_said(priya: At, said: str, found: set[str]) -> None:
    for _ in range(9):
        priya.take(HOUSING)
        priya.take(COUNCIL_TAX)
    priya.take(COUNCIL_TAX, person=Person("Omar Haddad"))
    assert {card.number for card in priya.door.ask(q.Search(OFFICE, said))} == found


def test_one_letter_is_a_service_or_begins_a_name(priya: At) -> None:
    priya.take(COUNCIL_TAX, person=Person("Joan Whitfield"))
    priya.take(COUNCIL_TAX, person=Person("Omar Haddad"))
    priya.take(HOUSING)
    assert {card.number for card in priya.door.ask(q.Search(OFFICE, "h"))} == {"C002", "H001"}


def test_the_last_call_is_told_and_not_the_first(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    priya.next()
    first = clock.at
    clock.advance(MINUTE)
    priya.on(c.CallAgain, visit)
    assert priya.card(visit).called_at == first + MINUTE
