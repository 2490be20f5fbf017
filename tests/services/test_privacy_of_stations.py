"""Names that are entered at kiosks, and at desks that are cut off, are nowhere but in the tables for names."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

from reception.app import Door
from reception.clock import SECOND, SetClock
from reception.domain.kiosk import Face
from reception.domain.person import Need, Person
from reception.domain.questions import QuestionAnswer
from reception.domain.stations import StationKind
from reception.domain.visitor import Visitor
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import queries as q
from tests.services.bookkeeping import books
from tests.services.cut_off import Net
from tests.services.the_book import AtBook, place, when, with_a_book
from tests.storage.checks import dump
from tests.support import COUNTER_2, EWAN, HOUSING, OFFICE, door_on

PLANTED = "Qwxyzilda"
BORN = date(1987, 6, 5)
MEANT_FOR_IT = {"visitor", "visit_reason", "appointment_person", "question_person"}
KIOSK = "Kiosk 1"
KIOSK_WHO = {"office_id": OFFICE, "station": KIOSK}


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "sqlalchemy.engine", "psycopg"):
        caplog.set_level(logging.DEBUG, logger=name)


def test_names_are_in_the_tables_for_them_alone(
    office_url: str, tmp_path: Path, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    shared = door_on(office_url, clock)
    at = AtBook(shared)
    at.change_settings(with_a_book())
    net = Net(office_url, tmp_path / "own", clock)
    person = Person(f"{PLANTED} Example", "pl", "pl", frozenset({Need.PRIVATE}), f"{PLANTED} note")
    visitor = Visitor(person, BORN, "020 7946 0100", f"{PLANTED}@example.org", f"{PLANTED} House")
    booked = at.book(place(when(10, 10), 5, officer=""), visitor=visitor, about=f"{PLANTED} rent", reason="asked")
    desk = net.desk("Desk 2", COUNTER_2, EWAN).sign_in()
    kiosk = net.station(KIOSK, StationKind.KIOSK)
    looked = look_up(kiosk, booked.reference) if office_url.startswith("sqlite") else []
    net.cut()
    claim = c.ClaimCheckIn(
        **KIOSK_WHO, service_id=HOUSING, reference=f"{PLANTED} A", name=f"{PLANTED} Example", born=BORN, person=person
    )
    kiosk.do(claim)
    taken = desk.take(person=person, see_first_reason=f"{PLANTED} faints")
    called = desk.next()
    assert called.visit_id == taken.visit_id
    clock.advance(SECOND)
    net.mend()
    kiosk.do(c.GiveFeedback(**KIOSK_WHO, face=Face.GOOD))
    kiosk.do(c.CallForHelp(**KIOSK_WHO, discreet=True))
    (question,) = at.view().questions
    assert PLANTED in question.claimed
    shown = [claim, question, looked, kiosk.ask(q.Kiosk(OFFICE)), shared.ask(q.Board(OFFICE, "Screen"))]
    assert with_names(office_url) == MEANT_FOR_IT
    at.door.do(c.AnswerQuestion(**at.who, question_id=question.id, answer=QuestionAnswer.AS_HERE))
    assert PLANTED not in "".join(map(repr, shown))
    books(shared)
    net.close()
    shared.close()
    assert with_names(office_url) == MEANT_FOR_IT - {"question_person"}, "kept for as long as it is asked"
    assert not any(PLANTED.casefold() in path.name.casefold() for path in tmp_path.rglob("*"))
    assert caplog.records
    assert PLANTED not in caplog.text


def with_names(url: str) -> set[str]:
    return {table for table, rows in dump(url).items() if PLANTED in repr(rows)}


def look_up(kiosk: Door, reference: str) -> list[object]:
    """Right and wrong, until it is slowed. What a kiosk's role finds is tried with that role."""
    found = kiosk.ask(q.KioskByCode(OFFICE, KIOSK, reference))
    kiosk.do(a.CheckIn(**KIOSK_WHO, appointment_id=found.appointment_id))
    wrong = [q.KioskByName(OFFICE, KIOSK, f"{PLANTED} Exampel {n}", BORN) for n in range(6)]
    return [found, wrong, [kiosk.ask(each) for each in wrong]]
