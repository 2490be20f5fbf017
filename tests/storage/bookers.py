"""What real processes do with one book at the same time."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reception.clock import HOUR, MINUTE
from reception.domain.booking import Place
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.the_book import ALEX, LINE, ROOM_1, ROOM_2, AtBook, when, with_a_book
from tests.storage.processes import WITHIN_S, door_to
from tests.support import COUNTER_1, EWAN, GRACE, HOUSING, OFFICE, PRIYA

NINE = when(9)


def office_with_a_book(url: str) -> None:
    """Nobody has a break, so that a booking is refused for one reason only: another one."""
    settings = with_a_book()
    staff = tuple(
        replace(each, officer=replace(each.officer, breaks=(), skills=frozenset())) for each in settings.staff
    )
    with door_to(url, at=NINE) as door:
        door.do(c.SetUpOffice(office_id=OFFICE, settings=replace(settings, staff=staff)))


def booker(door: Any, number: int) -> AtBook:
    return AtBook(door, COUNTER_1, PRIYA, f"Desk {number}")


def book_one(url: str, number: int, where: Place, barrier: Any, answer: Path) -> None:
    """One booking of one place; what came of it is written down."""
    with door_to(url, at=NINE) as door:
        at = booker(door, number)
        barrier.wait(WITHIN_S)
        try:
            result = at.book(where, name=f"Person {number}", language="bfi")
        except Refusal as refusal:
            answer.write_text(json.dumps([refusal.code.value, refusal.remedy]))
            return
        answer.write_text(json.dumps(["booked", result.appointment_id]))


def book_the_same(url: str, command: a.BookAppointment, barrier: Any) -> None:
    with door_to(url, at=NINE) as door:
        barrier.wait(WITHIN_S)
        door.do(command)


def move_one(url: str, number: int, appointment_id: str, where: Place, barrier: Any, answer: Path) -> None:
    with door_to(url, at=NINE) as door:
        at = booker(door, number)
        barrier.wait(WITHIN_S)
        try:
            at.move(appointment_id, where, version=1)
        except Refusal as refusal:
            answer.write_text(refusal.code.value)
            return
        answer.write_text("moved")


def lively(url: str, number: int, rounds: int, barrier: Any) -> None:
    """Book, hold, move, stretch, cancel and take back, all within one crowded morning."""
    chance = random.Random(number)
    mine: list[tuple[c.Result, Place]] = []
    with door_to(url, at=NINE) as door:
        at = booker(door, number)
        barrier.wait(WITHIN_S)
        for _ in range(rounds):
            where = _somewhere(chance)
            try:
                _one_thing(chance, at, mine, where)
            except Refusal as refusal:
                if refusal.code not in (Code.SLOT_TAKEN, Code.UNDO_OVERTAKEN, Code.UNDO_TOO_LATE):
                    raise


def _somewhere(chance: random.Random) -> Place:
    starts = when(10) + chance.randrange(0, 12) * 10 * MINUTE
    return Place(
        starts,
        starts + chance.choice((10, 20, 40)) * MINUTE,
        chance.choice((PRIYA, EWAN, GRACE)),
        chance.choice(("", ROOM_1, ROOM_2)),
        chance.choice(("", ALEX, LINE)),
    )


def _one_thing(chance: random.Random, at: AtBook, mine: list[tuple[c.Result, Place]], where: Place) -> None:
    what = chance.random()
    if what < 0.5 or not mine:
        set_up = chance.choice((0, 10))
        mine.append((at.book(where, HOUSING, set_up_minutes=set_up), where))
    elif what < 0.6:
        held = at.hold(where)
        mine.append((at.book(where, hold_id=held.command_id), where))
    elif what < 0.85:
        booked, _ = mine.pop(chance.randrange(len(mine)))
        at.move(booked, where)
        mine.append((booked, where))
    elif what < 0.95:
        booked, _ = mine.pop(chance.randrange(len(mine)))
        at.cancel(booked)
    else:
        at.undo(at.book(where))


def keep_booking(url: str, number: int, said: Path) -> None:
    """Until killed: before each booking its id is written down, after it that it was done."""
    chance = random.Random(number)
    with door_to(url, at=NINE) as door, said.open("a", buffering=1) as lines:
        at = booker(door, number)
        lines.write(json.dumps(["ready"]) + "\n")
        while True:
            starts = when(9) + chance.randrange(0, 40) * 10 * MINUTE + chance.randrange(0, 60) * 24 * HOUR
            where = Place(starts, starts + 20 * MINUTE, chance.choice((PRIYA, EWAN, GRACE)), ROOM_1)
            command_id = c.new_id()
            lines.write(json.dumps(["try", command_id, where.starts, where.officer_id]) + "\n")
            try:
                result = at.book(where, id=command_id, reason="whenever it suits", visitor=Visitor(Person("Ann")))
            except Refusal as refusal:
                if refusal.code is not Code.SLOT_TAKEN:
                    raise
                lines.write(json.dumps(["refused", command_id]) + "\n")
                continue
            lines.write(json.dumps(["done", command_id, result.appointment_id]) + "\n")
