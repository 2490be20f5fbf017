"""A visitor at the kiosk, a receptionist at the desk, the waiting room's display: three processes on one PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from reception.clock import HOUR, MINUTE, SystemClock, local_date
from reception.config import Config
from reception.domain.desk_view import VisitCard
from reception.domain.kiosk import Face
from reception.domain.office import Hours
from reception.domain.person import Need, Person
from reception.domain.visit_states import End
from reception.domain.visitor import Visitor
from reception.opening import open_door
from reception.services import commands as c
from reception.services import queries as q
from tests.house.postgres import Server
from tests.journeys.stations import Station
from tests.services.the_book import AtBook, place, with_a_book
from tests.storage.roles import drop_roles, with_roles
from tests.support import HOUSING, OFFICE, PIN

pytestmark = pytest.mark.postgresql

ALWAYS = tuple(Hours(day, time(0), time(23, 59)) for day in range(7))
SOON_S = 2.0
BORN = date(1975, 11, 3)


def where_it_is_noon() -> str:
    """So that an hour from now is today, whenever the tests are run."""
    ahead = 12 - SystemClock().now() // HOUR % 24
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@dataclass
class House:
    """The office: three stations, each with its own database role, and the owner's view of the database."""

    kiosk: Station
    desk: Station
    display: Station
    owner: AtBook

    def next_number(self) -> str:
        """Of the next ticket for Housing: either test may be the first at this office, or alone."""
        return f"H{len(self.owner.door.ask(q.Search(OFFICE, 'H'))) + 1:03}"

    def card(self, number: str) -> VisitCard:
        (card,) = self.owner.door.ask(q.Search(OFFICE, number))
        return card

    def faces(self) -> dict[str, dict[Face, int]]:
        day = local_date(self.owner.door.now(), ZoneInfo(where_it_is_noon()))
        found: dict[str, dict[Face, int]] = self.owner.door.ask(q.FeedbackReport(OFFICE, day, day))
        return found

    def book(self, name: str, in_minutes: int) -> None:
        starts = self.owner.door.now() + in_minutes * MINUTE
        visitor = Visitor(Person(name, written="it", needs=frozenset({Need.PRIVATE})), born=BORN)
        self.owner.book(place(starts, 5, officer=""), visitor=visitor, reason="asked")


@pytest.fixture(scope="module")
def house(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    url = postgres_server.create_database()
    urls = with_roles(url)
    owner = AtBook(open_door(Config(database=url)))
    owner.door.do(
        c.SetUpOffice(
            office_id=OFFICE, settings=with_a_book(kiosk_pin="1357", timezone=where_it_is_noon(), hours=ALWAYS)
        )
    )
    folder = tmp_path_factory.mktemp("house")
    with ExitStack() as stack:
        kiosk, desk, display = (
            stack.enter_context(
                Station(
                    kind,
                    folder / kind,
                    database=urls[kind],
                    counter="Counter 1",
                    kiosk={"full_screen": False},
                    display={"full_screen": False},
                )
            )
            for kind in ("kiosk", "desk", "display")
        )
        for station in (kiosk, desk, display):
            station.started()
        desk.sees("PIN")
        desk.write("Priya")
        desk.keys("Tab")
        desk.write(PIN)
        desk.keys("Return")
        desk.sees("Ready")
        yield House(kiosk, desk, display, owner)
    owner.door.close()
    drop_roles(url)
    postgres_server.drop_database(url)


def text_of(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_visitor_in_polish_from_the_kiosk_to_how_did_we_do(house: House) -> None:
    kiosk, desk, display = house.kiosk, house.desk, house.display
    number = house.next_number()

    # A visitor who reads Polish in large print takes a ticket for Housing.
    kiosk.at("language")
    kiosk.touch("pl")
    kiosk.at("purpose")
    kiosk.touch("ticket")
    kiosk.at("service")
    kiosk.touch(HOUSING)
    kiosk.at("needs")
    kiosk.touch("large_print", "go_on")
    kiosk.at("last")
    kiosk.sees(f"Państwa numer {number}")
    assert desk.sees(number, "Large print") < SOON_S
    words = text_of(kiosk.prints(1)[0])
    assert number in words
    assert "Oczekiwanie" in words
    kiosk.touch("finish")
    kiosk.at("language")

    # The desk calls by one key, and the room sees and hears it.
    desk.keys("F5")
    assert display.sees(number, "Counter 1", "stanowisko 1") < SOON_S
    assert len(display.says(5)) == 5, "the chime, then Polish and English, and both again"
    desk.sees(f"{number} called to Counter 1")
    desk.keys("F5")
    desk.sees("Finish")
    desk.keys("F8")
    desk.sees(f"{number} finished")
    card = house.card(number)
    assert card.end is End.RESOLVED
    assert card.person.written == "pl"
    assert Need.LARGE_PRINT in card.person.needs

    # On leaving.
    kiosk.touch("pl")
    kiosk.at("purpose")
    kiosk.touch("feedback")
    kiosk.at("feedback")
    kiosk.touch(Face.GOOD.value)
    kiosk.at("about")
    kiosk.touch(HOUSING)
    kiosk.at("thanked")
    assert house.faces() == {"Housing": {Face.GOOD: 1}}
    kiosk.touch("finish")


def test_a_visitor_with_an_appointment_who_asked_for_privacy(house: House) -> None:
    kiosk, desk, display = house.kiosk, house.desk, house.display
    number = house.next_number()
    house.book("Zoë Example", in_minutes=2)

    # Who they are, on the screen's own keyboard.
    kiosk.at("language")
    kiosk.touch("it")
    kiosk.at("purpose")
    kiosk.touch("check_in")
    kiosk.at("check_in")
    kiosk.touch("name")
    kiosk.at("name")
    kiosk.touch(*"zoe", "space", *"example", "go_on")
    kiosk.at("born")
    kiosk.touch(*"03111975", "go_on")
    kiosk.at("found")
    assert "Zo" not in kiosk.screen(), "no name is shown"
    kiosk.touch("check_in_now")
    kiosk.at("last")
    kiosk.sees(number)
    assert desk.sees(number, "Here") < SOON_S
    kiosk.touch("finish")

    # Number and place alone, and English, for who asked for privacy.
    before = len(display.says(0))
    desk.keys("Ctrl+Q", "Home", "Return")
    desk.sees(f"Call {number}")
    desk.keys("Return")
    desk.sees("Why is this visitor called now?")
    desk.write("free now")
    desk.keys("Return")
    assert display.sees(number, "Counter 1") < SOON_S
    assert len(display.says(before + 3)) == before + 3, "the chime, and English twice"
    assert "Example" not in display.screen()
    desk.sees(f"{number} called to Counter 1")
    desk.keys("F5")
    desk.sees("Finish")
    desk.keys("F8")
    desk.sees(f"{number} finished")
    assert house.card(number).end is End.RESOLVED
