"""Tickets and slips that come out, or do not, and what a desk says of them. On both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pypdfium2 import PdfDocument

from reception.app import Door
from reception.clock import HOUR, MINUTE, SECOND, SetClock
from reception.config import Config
from reception.documents import fonts
from reception.domain.office import Officer, Role
from reception.domain.papers import SlipSnapshot, TicketSnapshot
from reception.domain.person import Need, Person
from reception.domain.said_wait import ExpectedWait
from reception.domain.visit_states import End
from reception.errors import Code, Refusal
from reception.opening import open_door
from reception.services import commands as c
from reception.services import queries as q
from reception.services.office_settings import StaffEntry
from reception.storage.queries import paper_of
from tests.services.conftest import TEN_O_CLOCK
from tests.support import COUNCIL_TAX, EWAN, GRACE, HOUSING, PLANNING, PRIYA, At, PlainPins, settings

MONDAY = date(2026, 3, 2)


class Printer:
    """Remembers what came out; jams when told to."""

    def __init__(self) -> None:
        self.came_out: list[str] = []
        self.pdfs: list[bytes] = []
        self.jammed = False

    def print(self, pdf: bytes, title: str) -> None:
        if self.jammed:
            raise Refusal(Code.PRINTER, "The paper is jammed.", "Open the lid.")
        self.came_out.append(title)
        self.pdfs.append(pdf)


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def door(office_url: str, clock: SetClock, printer: Printer) -> Iterator[Door]:
    config = Config(database=office_url, station="Desk 1")
    door = open_door(config, clock=clock, pins=PlainPins(), printer=printer)
    yield door
    door.close()


def print_all(at: At, result: c.Result) -> None:
    """What the desk's print thread does after the commit."""
    for job in result.prints:
        at.door.print_job(job)


def jam(at: At, printer: Printer, result: c.Result) -> None:
    printer.jammed = True
    with pytest.raises(Refusal, match="jammed"):
        print_all(at, result)
    printer.jammed = False


def finish_to_follow(at: At, visit: c.Result) -> c.Result:
    at.on(c.CallVisit, visit, reason="test")
    at.on(c.StartService, visit)
    return at.on(c.Finish, visit, end=End.TO_FOLLOW, due=MONDAY, owner_id=EWAN)


# -- whose language -------------------------------------------------------------------------------------------


def test_a_ticket_is_in_the_visitors_language_and_size(priya: At) -> None:
    polish = Person("Anna", spoken="ur", written="pl", needs=frozenset({Need.LARGE_PRINT, Need.PRIVATE}))
    visit = priya.take(person=polish)
    ticket = priya.door.ticket_of(visit.visit_id)
    assert (ticket.language, ticket.large_print, ticket.private) == ("pl", True, True)
    spoken = priya.door.ticket_of(priya.take(person=Person(spoken="yue")).visit_id)
    assert (spoken.language, spoken.large_print, spoken.private) == ("zh-Hant", False, False)
    finish_to_follow(priya, visit)
    _, slip = paper_of(priya.door._database, visit.visit_id, reprint=False)
    assert slip is not None
    assert (slip.language, slip.large_print) == ("pl", True)


def test_without_a_font_for_it_nothing_is_printed_and_the_visit_is_kept(
    priya: At, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "font_folders", list)
    visit = priya.take(person=Person(written="ur"), print_ticket=True)
    with pytest.raises(Refusal) as refused:
        print_all(priya, visit)
    assert refused.value.code is Code.FONT
    assert printer.came_out == []
    assert priya.view().unprinted == (visit.number,)


def test_a_ticket_says_of_the_wait_what_a_screen_has_told_and_a_reprint_what_is_expected_now(
    priya: At, printer: Printer
) -> None:
    visit = priya.take(print_ticket=True, told_wait=ExpectedWait(41, 57))
    print_all(priya, visit)
    print_all(priya, priya.on(c.Reprint, visit))
    said = ["41 to 57 minutes" in PdfDocument(pdf)[0].get_textpage().get_text_range() for pdf in printer.pdfs]
    assert said == [True, False]


# -- reprints --------------------------------------------------------------------------------------------------


def test_what_was_printed_again_is_not_said_to_be_missing(priya: At, printer: Printer) -> None:
    visit = priya.take(print_ticket=True)
    jam(priya, printer, visit)
    assert priya.view().unprinted == ("H001",)
    again = priya.on(c.Reprint, visit)
    print_all(priya, again)
    assert printer.came_out == ["Ticket H001"]
    assert priya.view().unprinted == ()


def test_a_reprint_that_fails_is_said_once(priya: At, printer: Printer) -> None:
    visit = priya.take(print_ticket=True)
    jam(priya, printer, visit)
    jam(priya, printer, priya.on(c.Reprint, visit))
    assert priya.view().unprinted == ("H001",)


def test_a_slip_printed_again_leaves_the_ticket_missing(priya: At, printer: Printer) -> None:
    visit = priya.take(print_ticket=True)
    jam(priya, printer, visit)
    jam(priya, printer, finish_to_follow(priya, visit))
    print_all(priya, priya.on(c.Reprint, visit))
    assert printer.came_out == ["Slip H001"]
    assert priya.view().unprinted == ("H001",)


def test_what_another_visit_waits_for_is_left_alone(priya: At, printer: Printer) -> None:
    first, second = priya.take(print_ticket=True), priya.take(print_ticket=True)
    jam(priya, printer, first)
    jam(priya, printer, second)
    print_all(priya, priya.on(c.Reprint, first))
    assert priya.view().unprinted == ("H002",)


# -- a program that was killed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("claimed", [False, True], ids=["before printing", "while printing"])
def test_what_a_killed_program_left_is_said_to_be_missing(
    priya: At, clock: SetClock, printer: Printer, claimed: bool
) -> None:
    """However soon it was started again, and by the time that the view itself gives for asking again."""
    ordered = priya.take(print_ticket=True)
    priya.take(print_ticket=True, station="Desk 9")
    if claimed:
        assert priya.door._database.claim_print(*ordered.prints, clock.now()) is not None
    clock.advance(30 * SECOND)
    view = priya.view()
    assert view.unprinted == ()
    assert view.order_valid_until == TEN_O_CLOCK + 2 * MINUTE
    clock.at = view.order_valid_until
    assert priya.view().unprinted == ("H001",)
    print_all(priya, priya.on(c.Reprint, ordered))
    assert printer.came_out == ["Ticket H001"]
    assert priya.view().unprinted == ()


def test_what_came_out_is_not_waited_for(priya: At) -> None:
    print_all(priya, priya.take(print_ticket=True))
    view = priya.view()
    assert view.unprinted == ()
    assert view.order_valid_until == TEN_O_CLOCK + 14 * MINUTE + 1


# -- slips of what was taken back --------------------------------------------------------------------------------


def signpost(at: At, visit: c.Result) -> c.Result:
    at.on(c.CallVisit, visit, reason="test")
    at.on(c.StartService, visit)
    return at.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to="Citizens Advice")


@pytest.mark.parametrize("finish", [finish_to_follow, signpost])
def test_the_slip_of_an_end_taken_back_does_not_come_out(
    priya: At, printer: Printer, finish: Callable[[At, c.Result], c.Result]
) -> None:
    """Neither when it waits for the printer nor when the printer was jammed; the ticket is left as it was."""
    visit = priya.take(print_ticket=True)
    jam(priya, printer, visit)
    finished = finish(priya, visit)
    priya.undo(finished)
    print_all(priya, finished)
    assert printer.came_out == []
    assert priya.view().unprinted == ("H001",)
    finished = priya.on(c.Finish, visit, end=End.SIGNPOSTED, signpost_to="Citizens Advice")
    jam(priya, printer, finished)
    priya.undo(finished)
    assert priya.view().unprinted == ("H001",)


def test_a_slip_taken_back_on_its_way_to_the_printer_is_no_ticket(priya: At, printer: Printer) -> None:
    visit = priya.take()
    finished = finish_to_follow(priya, visit)
    database = priya.door._database

    def taken_back_meanwhile(
        visit_id: str, reprint: bool, told: ExpectedWait | None
    ) -> tuple[TicketSnapshot, SlipSnapshot | None]:
        priya.undo(finished)
        return paper_of(database, visit_id, reprint, told)

    priya.door.press.run(*finished.prints, database, taken_back_meanwhile, priya.door.now)
    assert printer.came_out == []
    assert priya.view().unprinted == ()


def test_a_slip_of_an_earlier_service_still_comes_out(priya: At, printer: Printer) -> None:
    """Only the end that was taken back has no slip any more."""
    visit = priya.take(then_services=(COUNCIL_TAX,))
    jam(priya, printer, signpost(priya, visit))
    finished = finish_to_follow(priya, visit)
    priya.undo(finished)
    print_all(priya, priya.on(c.Finish, visit))
    print_all(priya, priya.on(c.Reprint, visit))
    assert printer.came_out == ["Slip H001"]
    assert priya.view().unprinted == ()


# -- what a ticket says ------------------------------------------------------------------------------------------


def expected(at: At, visit: c.Result) -> tuple[int, int]:
    """The wait on the ticket, in minutes."""
    wait = at.door.ask(q.TicketOf(visit.visit_id)).wait
    assert wait is not None
    return wait.low, wait.high


def test_only_those_ahead_whom_the_same_counters_serve_make_a_ticket_wait(
    priya: At, grace: At, clock: SetClock
) -> None:
    """Grace serves housing and planning, Priya only council tax."""
    only_tax = Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR, frozenset({COUNCIL_TAX}))
    priya.change_settings(settings(staff=(StaffEntry(only_tax), *settings().staff[1:])))
    alone = expected(priya, priya.take(PLANNING))
    for _ in range(20):
        priya.take(COUNCIL_TAX)
    clock.advance(1)
    second = priya.take(PLANNING)
    clock.advance(1)
    priya.take(HOUSING)
    priya.take(HOUSING, named_officer_id=EWAN)
    third = priya.take(PLANNING)
    assert alone < expected(priya, second) < expected(priya, third)
    assert expected(priya, third) == (13, 34)  # three services ahead: 24 less 1.6 minutes, and the ends of that
    assert expected(priya, priya.take(COUNCIL_TAX))[0] > 30


def test_a_ticket_for_whom_nobody_at_work_serves_says_nothing_of_the_wait(priya: At) -> None:
    only_tax = Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR, frozenset({COUNCIL_TAX}))
    grace = settings().staff[2]
    priya.change_settings(settings(staff=(StaffEntry(only_tax), grace)))
    assert priya.door.ask(q.TicketOf(priya.take(PLANNING).visit_id)).wait is None
    assert priya.door.ask(q.TicketOf(priya.take(COUNCIL_TAX).visit_id)).wait is not None


def test_who_asked_for_an_officer_waits_for_that_officer_alone(priya: At, ewan: At, grace: At) -> None:
    for _ in range(3):
        priya.take(HOUSING)
    anyone, named = priya.take(HOUSING), priya.take(HOUSING, named_officer_id=GRACE)
    assert expected(priya, named) > expected(priya, anyone)


# -- what a slip says --------------------------------------------------------------------------------------------


def test_a_slip_says_when_the_visitor_came_however_late_it_is_printed(priya: At, clock: SetClock) -> None:
    visit = priya.take()
    clock.advance(20 * MINUTE)
    finish_to_follow(priya, visit)
    clock.advance(5 * 24 * HOUR)
    _, slip = paper_of(priya.door._database, visit.visit_id, reprint=True)
    assert slip is not None
    assert (slip.visited_at, slip.printed_at) == (TEN_O_CLOCK, clock.now())
