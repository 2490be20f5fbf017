"""Appointments of another program: brought in once, each checked as one that is booked here."""

from __future__ import annotations

from typing import Any

from reception.clock import local_date
from reception.domain.booked import Kind
from reception.domain.booking import Place
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.bookkeeping import books
from tests.services.the_book import LINE, LONDON, ROOM_1, TUESDAY, AtBook, place, when
from tests.support import COUNCIL_TAX, EWAN, HOUSING


def row(key: str, at: Place, **more: Any) -> a.BroughtIn:
    given: dict[str, Any] = {
        "row_key": key,
        "service_id": HOUSING,
        "place": at,
        "kind": Kind.OFFICE,
        "visitor": Visitor(Person(f"Visitor {key}")),
        "local_day": local_date(at.starts, LONDON),
    }
    return a.BroughtIn(**{**given, **more})


def bring_in(desk: AtBook, *rows: a.BroughtIn) -> c.Result:
    return desk.door.do(a.BringInAppointments(**desk.who, rows=rows))


def test_each_row_is_checked_against_the_book_and_the_rows_before_it(desk: AtBook) -> None:
    desk.book(place(when(11)))
    done = bring_in(
        desk,
        row("good", place(when(14), room=ROOM_1)),
        row("taken", place(when(11, 15))),
        row("same room", place(when(14, 15), officer=EWAN, room=ROOM_1)),
        row("line", place(when(15), interpreter=LINE)),
        row("line again", place(when(15), officer=EWAN, interpreter=LINE)),
        row("lunch", place(when(12, 30))),
        row("past", place(when(9))),
        row("too long", place(when(9, day=TUESDAY), 600)),
        row("skill", place(when(16)), service_id=COUNCIL_TAX),
        row("service", place(when(16)), service_id="magic"),
        row("long text", place(when(16)), about="a" * 3000),
    )
    assert dict(done.left_out) == {
        "taken": "officer_taken",
        "same room": "room_taken",
        "lunch": "break",
        "past": "in_the_past",
        "too long": "bad_length",
        "skill": "not_skilled",
        "service": "unknown_thing",
        "long text": "bad_input",
    }
    assert len(done.appointments) == 3
    assert desk.stands(done.appointments[0]).starts_at == when(14)
    books(desk.door)


def test_brought_in_twice_adds_nothing(desk: AtBook) -> None:
    rows = [row("one", place(when(14))), row("two", place(when(15))), row("two", place(when(16)))]
    first = bring_in(desk, *rows)
    assert (len(first.appointments), first.left_out) == (2, (("two", "known"),))
    second = bring_in(desk, *rows)
    assert second.appointments == ()
    assert dict(second.left_out) == {"one": "known", "two": "known"}
    assert bring_in(desk).appointments == ()
    books(desk.door)
