"""Whole journeys at a kiosk: ticket, check-in, faces, help. On PostgreSQL as the kiosk's database role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from reception.app import Door
from reception.clock import HOUR, MINUTE, SystemClock, local_date
from reception.domain.book import AppointmentCard
from reception.domain.booked import Kind, Standing
from reception.domain.booking import Place
from reception.domain.events import LookUpRefused
from reception.domain.kiosk import Face, Finding, KioskAppointment
from reception.domain.person import Need, Person
from reception.domain.stations import StationKind
from reception.domain.visitor import Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from reception.services import queries as q
from reception.services.appointment_queries import OneAppointment
from tests.house.postgres import Server
from tests.services.the_book import AtBook, with_a_book
from tests.storage.roles import drop_roles, with_roles
from tests.support import HOUSING, OFFICE, door_on

ELSEWHERE = "other-office"
BORN = date(1980, 4, 3)


def _zone_where_it_is_noon() -> str:
    """So that whatever is some hours from now is today, whenever the tests are run."""
    ahead = 12 - SystemClock().now() // HOUR % 24
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@dataclass
class Here:
    """A desk and a kiosk at one office, by the real clock: the database's own "today" is part of what is tried."""

    desk: Door
    kiosk: Door
    names: Iterator[int]

    @property
    def at(self) -> AtBook:
        return AtBook(self.desk)

    def book(
        self, name: str = "", minutes: int = 10, *, born: date | None = BORN, office: str = OFFICE, **more: Any
    ) -> tuple[str, c.Result]:
        """Somebody with an appointment so many minutes from now; the name and what was booked."""
        name = name or f"Zoë Example {next(self.names)}"
        starts = self.desk.now() + minutes * MINUTE
        visitor = Visitor(Person(name, "pol", "pl", frozenset({Need.LARGE_PRINT}), "a note"), born)
        booked = self.desk.do(
            a.BookAppointment(
                office_id=office,
                service_id=HOUSING if office == OFFICE else "benefits",
                place=Place(starts, starts + MINUTE * 5, "", ""),
                visitor=visitor,
                reason="asked for it",
                **{"kind": Kind.OFFICE, **more},
            )
        )
        return name, booked

    def by_code(self, code: str, station: str = "Kiosk") -> KioskAppointment:
        found: KioskAppointment = self.kiosk.ask(q.KioskByCode(OFFICE, station, code))
        return found

    def by_name(self, name: str, born: date = BORN, station: str = "Kiosk") -> KioskAppointment:
        found: KioskAppointment = self.kiosk.ask(q.KioskByName(OFFICE, station, name, born))
        return found

    def check_in(self, found: KioskAppointment, written: str = "") -> c.Result:
        asked = a.CheckIn(office_id=OFFICE, station="Kiosk", appointment_id=found.appointment_id, written=written)
        return self.kiosk.do(asked)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def here(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    if request.param == "sqlite":
        own = f"sqlite:///{tmp_path_factory.mktemp('kiosk') / 'reception.db'}"
        urls = {"desk": own, "kiosk": own}
    else:
        server: Server = request.getfixturevalue("postgres_server")
        own = server.create_database()
        urls = with_roles(own)
    desk = door_on(urls["desk"])
    zone = _zone_where_it_is_noon()
    settings = with_a_book(timezone=zone)
    desk.do(c.SetUpOffice(office_id=OFFICE, settings=settings))
    elsewhere = replace(
        settings,
        name="Area Office",
        services=(replace(settings.services[0], id="benefits"),),
        counters=(replace(settings.counters[0], id="area-counter"),),
        staff=(replace(settings.staff[0], officer=replace(settings.staff[0].officer, id="nadia")),),
        rooms=(),
        interpreters=(),
    )
    desk.do(c.SetUpOffice(office_id=ELSEWHERE, settings=elsewhere))
    AtBook(desk).sign_in()
    kiosk = door_on(urls["kiosk"], kind=StationKind.KIOSK)
    yield Here(desk, kiosk, count(1))
    for door in (desk, kiosk):
        door.close()
    if request.param == "postgresql":
        drop_roles(own)
        server.drop_database(own)


def test_a_ticket_is_taken_and_printed(here: Here) -> None:
    person = Person("Ada Nowak", written="pl", needs=frozenset({Need.LARGE_PRINT, Need.PRIVATE}))
    command = c.TakeTicket(office_id=OFFICE, station="Kiosk", service_id=HOUSING, person=person)
    taken = here.kiosk.do(command)
    assert here.kiosk.do(command).already_done
    assert here.kiosk.do(command).number == taken.number
    card = here.at.card(taken)
    assert card.person == person
    ticket = here.kiosk.ticket_of(taken.visit_id)
    assert (ticket.number, ticket.service, ticket.code) == (taken.number, "Housing", card.code)
    assert (ticket.language, ticket.large_print, ticket.private) == ("pl", True, True)
    assert ticket == here.desk.ticket_of(taken.visit_id)
    (job,) = taken.prints
    here.kiosk.print_job(job)
    here.kiosk.print_job(job)


def test_a_ticket_is_in_the_language_that_was_chosen_at_the_kiosk(here: Here) -> None:
    _, booked = here.book()
    arrived = here.check_in(here.by_code(booked.reference), "ur")
    assert here.kiosk.ticket_of(arrived.visit_id).language == "ur"
    assert here.at.card(arrived).person.written == "ur"
    card: AppointmentCard = here.desk.ask(OneAppointment(booked.appointment_id))
    assert card.visitor.person.written == "pl", "what they are written to in is what they said when they booked"


@pytest.mark.parametrize("written", ["{0}", " {0} ", "{0:lower}"])
def test_an_exact_code_checks_in(here: Here, written: str) -> None:
    name, booked = here.book()
    code = booked.reference.lower() if "lower" in written else written.format(booked.reference)
    found = here.by_code(code)
    assert (found.finding, found.appointment_id) == (Finding.READY, booked.appointment_id)
    arrived = here.check_in(found)
    card: AppointmentCard = here.desk.ask(OneAppointment(booked.appointment_id))
    assert card.row.standing is Standing.CHECKED_IN
    held = here.at.card(arrived).person
    assert held == Person(name, "pol", "pl", frozenset({Need.LARGE_PRINT}), "a note")
    assert found.starts_at is not None
    assert here.kiosk.ticket_of(arrived.visit_id).booked_for == found.starts_at
    again = here.by_code(code)
    assert (again.finding, again.number) == (Finding.ALREADY_CHECKED_IN, arrived.number)
    with pytest.raises(Refusal) as refused:
        here.check_in(found)
    assert refused.value.code is Code.ALREADY_CHECKED_IN


def test_a_name_with_the_date_of_birth_checks_in(here: Here) -> None:
    name, booked = here.book()
    assert here.by_name(name.upper().replace("Ë", "e"), date(1980, 4, 4)).finding is Finding.NOT_FOUND
    assert here.by_name(name.rpartition(" ")[0]).finding is Finding.NOT_FOUND, "a part of a name finds nobody"
    found = here.by_name(f"  {name.upper().replace('Ë', 'e')}")
    assert (found.finding, found.appointment_id) == (Finding.READY, booked.appointment_id)
    here.check_in(found)
    assert here.by_name(name).finding is Finding.ALREADY_CHECKED_IN


def test_two_people_with_one_name_and_birthday_are_not_told_apart(here: Here) -> None:
    name, first = here.book(minutes=20)
    here.book(name, minutes=40)
    assert here.by_name(name).finding is Finding.NOT_FOUND
    assert here.by_code(first.reference).finding is Finding.READY
    here.at.cancel(first)
    assert here.by_name(name).finding is Finding.EARLY, "the one that is cancelled is in nobody's way"


def test_early_late_cancelled_and_elsewhere_are_told_apart(here: Here) -> None:
    early, soon = here.book(minutes=31)[1], here.book(minutes=29)[1]
    assert here.by_code(early.reference).finding is Finding.EARLY
    assert here.by_code(soon.reference).finding is Finding.READY
    cancelled = here.book(minutes=25)[1]
    here.at.cancel(cancelled)
    assert here.by_code(cancelled.reference).finding is Finding.CANCELLED
    with pytest.raises(Refusal):
        here.check_in(here.by_code(cancelled.reference))

    tomorrow = here.book(minutes=24 * 60)[1]
    found = here.by_code(tomorrow.reference)
    assert (found.finding, found.appointment_id, found.starts_at) == (Finding.OTHER_DAY, "", None)
    assert found.day is not None
    name, away = here.book(minutes=15, office=ELSEWHERE)
    found = here.by_code(away.reference)
    assert (found.finding, found.office, found.appointment_id) == (Finding.OTHER_OFFICE, "Area Office", "")
    assert here.by_name(name).finding is Finding.NOT_FOUND
    for booked in (tomorrow, away):
        with pytest.raises(Refusal):
            here.check_in(replace(found, appointment_id=booked.appointment_id))


def test_whom_we_ring_is_told_so_and_is_not_checked_in(here: Here) -> None:
    name, rung_up = here.book(kind=Kind.TELEPHONE)
    found = here.by_code(rung_up.reference)
    assert found == here.by_name(name)
    assert (found.finding, found.appointment_id, found.number) == (Finding.BY_TELEPHONE, "", "")
    assert found.starts_at is not None
    with pytest.raises(Refusal):
        here.check_in(replace(found, appointment_id=rung_up.appointment_id))
    here.book(name)
    assert here.by_name(name).finding is Finding.READY, "it is the one here that they have come for"


@pytest.mark.parametrize("code", ["", "https://example.org/AP-7KQ2M9XD", "AP-", "RC-7KQ2M9XD00", "x" * 5000, "'; --"])
def test_what_is_no_code_is_not_found_and_is_no_try(here: Here, code: str) -> None:
    for _ in range(6):
        assert here.by_code(code, "Kiosk without tries").finding is Finding.NOT_FOUND


def test_wrong_tries_are_slowed_at_that_kiosk_and_kept(here: Here) -> None:
    name, booked = here.book()
    wrong = "AP-00000000"
    with here.desk._database.read() as (_, head, _now):
        before = head.sequence
    for _ in range(5):
        assert here.by_code(wrong, "Kiosk of tries").finding is Finding.NOT_FOUND
    slowed = here.by_code(booked.reference, "Kiosk of tries")
    assert slowed.finding is Finding.TOO_MANY_TRIES
    assert 10 <= slowed.again_in_seconds <= 15
    assert here.by_name(name, station="Kiosk of tries").finding is Finding.TOO_MANY_TRIES
    assert here.by_code(booked.reference, "Another kiosk").finding is Finding.READY
    with here.desk._database.read() as (connection, _, _now):
        kept = connection.execute(
            sa.text("SELECT kind, station, data FROM journal WHERE sequence > :before"), {"before": before}
        ).all()
    assert [tuple(row) for row in kept] == [(LookUpRefused.__name__, "Kiosk of tries", "{}")]


def test_faces_and_calls_for_help(here: Here) -> None:
    help_call = here.kiosk.do(c.CallForHelp(office_id=OFFICE, station="Kiosk"))
    here.kiosk.do(c.CallForHelp(office_id=OFFICE, station="Kiosk", discreet=True))
    (shown,) = here.at.view().help_calls
    assert (shown.id, shown.discreet) == (help_call.command_id, True)
    here.kiosk.do(c.GiveFeedback(office_id=OFFICE, station="Kiosk", face=Face.GOOD, service_id=HOUSING))
    today = local_date(here.desk.now(), ZoneInfo(_zone_where_it_is_noon()))
    report = here.desk.ask(q.FeedbackReport(OFFICE, today, today))
    assert report == {"Housing": {Face.GOOD: 1}}


def test_a_kiosk_shows_its_office(here: Here) -> None:
    view = here.kiosk.ask(q.Kiosk(OFFICE, "Kiosk"))
    assert [each.name for each in view.services] == ["Housing", "Council Tax", "Planning"]
    (office, _other) = sorted(here.kiosk.ask(q.Offices()), key=lambda each: each.id != OFFICE)
    assert {officer.name for officer in office.staff} == {""}, "nobody's name is read"
    sequence, changed = here.kiosk.changes(0)
    assert sequence > 0
    assert changed == {""}
