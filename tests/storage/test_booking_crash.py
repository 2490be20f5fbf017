"""Killed while booking: at every step, at any moment. Nothing is half booked, and nothing that was said is lost."""

from __future__ import annotations

import json
import os
import random
import signal
from pathlib import Path

import pytest

from reception.clock import MINUTE
from reception.domain.booked import RoomFeature
from reception.domain.booking import Place
from reception.domain.person import Person
from reception.domain.visitor import Visitor
from reception.errors import Code, Refusal
from reception.services import appointment_commands as a
from reception.services import commands as c
from tests.services.the_book import ALEX, ROOM_1, ROOM_2, place, when
from tests.storage import bookers, processes
from tests.storage.bookers import NINE, booker, office_with_a_book
from tests.storage.checks import assert_sound, dump
from tests.storage.conftest import Copies
from tests.storage.processes import COMMITTED, at_each_step, door_to, engine_of, finish, start
from tests.support import PIN

NOW = NINE + 30 * MINUTE


def _part_booked(url: str) -> dict[str, c.Command]:
    """A command for each way of writing in the book."""
    office_with_a_book(url)
    with door_to(url, at=NINE) as door:
        at = booker(door, 1)
        door.do(c.SignIn(**at.who, pin=PIN))
        whole = at.book(place(when(9, 40), room=ROOM_1, interpreter=ALEX), language="bfi")
        other = at.book(place(when(11)))
        waiting = at.take()
    with door_to(url, at=NOW) as door:
        held = booker(door, 1).hold(place(when(14), room=ROOM_2))
    return {
        "a walk-in becomes two bookings": a.BookAppointment(
            **at.who,
            service_id="housing",
            place=place(when(14), room=ROOM_2),
            visitor=Visitor(Person("Ann Example")),
            features=frozenset[RoomFeature](),
            hold_id=held.command_id,
            visit_id=waiting.visit_id,
            repeat=a.Repeat(1, 2),
        ),
        "move": a.MoveAppointment(
            **at.who,
            appointment_id=whole.appointment_id,
            version=1,
            place=place(when(10), room=ROOM_2, interpreter=ALEX),
        ),
        "check in": a.CheckIn(**at.who, appointment_id=whole.appointment_id),
        "cancel": a.CancelAppointment(**at.who, appointment_id=other.appointment_id, reason="is well again"),
        "take back": c.Undo(**at.who, command_id=other.command_id),
    }


@pytest.mark.parametrize("which", ["a walk-in becomes two bookings", "move", "check in", "cancel", "take back"])
def test_killed_at_every_step(which: str, copies: Copies, tmp_path: Path) -> None:
    command = _part_booked(copies.url)[which]
    now = NINE + MINUTE if which == "take back" else NOW
    before = dump(copies.url)
    with door_to(copies.make(), at=now) as door:
        steps = at_each_step(engine_of(door), 0, lambda: None)
        door.do(command)
        steps = list(steps)
    assert steps[-1] == COMMITTED

    broken = copies.make()
    said = tmp_path / "said"
    # The first statements only read; every one that writes is tried.
    tried = [
        step
        for step, what in enumerate(steps[:-1], start=1)
        if step % 4 == 1 or what.startswith(("INSERT", "UPDATE", "DELETE", "before"))
    ]
    for step in tried:
        assert finish(start(processes.do_and_die, broken, command, step, now, said)) == [-signal.SIGKILL], step
        assert not said.exists()
        assert dump(broken) == before, f"half done when killed before: {steps[step - 1]}"
    assert finish(start(processes.do_and_die, broken, command, len(steps), now, said)) == [-signal.SIGKILL]
    with door_to(broken, at=now) as door:
        again = door.do(command)
    assert again.already_done
    assert_sound(broken)


def test_killed_at_any_moment(database_url: str, tmp_path: Path) -> None:
    """Three book as fast as they can and are killed: what was acknowledged is there, what was not is whole or not at
    all, and sent again it is done once."""
    chance = random.Random(11)
    crowd = 3
    office_with_a_book(database_url)
    for turn in range(3):
        files = [tmp_path / f"said-{turn}-{number}" for number in range(crowd)]
        programs = [
            start(bookers.keep_booking, database_url, turn * crowd + number, said) for number, said in enumerate(files)
        ]
        while not all(said.exists() and said.read_text() for said in files):
            programs[0].join(0.01)
            assert all(program.is_alive() for program in programs)
        programs[0].join(chance.uniform(0.1, 0.4))
        for program in programs:
            assert program.pid is not None
            assert program.is_alive(), "it should have gone on until it was killed"
            os.kill(program.pid, signal.SIGKILL)
        finish(*programs)
        assert_sound(database_url)
        for number, said in enumerate(files):
            _nothing_is_lost(database_url, number, [json.loads(line) for line in said.read_text().splitlines()[1:]])
        assert_sound(database_url)


def _nothing_is_lost(url: str, number: int, lines: list[list[str | int]]) -> None:
    with door_to(url, at=NINE) as door:
        at = booker(door, number)
        for line in lines:
            if line[0] == "done":
                known = door.do(c.CloseDay(**at.who, id=str(line[1])))
                assert (known.already_done, known.appointment_id) == (True, line[2])
        if lines and lines[-1][0] == "try":
            _, command_id, starts, officer_id = lines[-1]
            where = Place(int(starts), int(starts) + 20 * MINUTE, str(officer_id), ROOM_1)
            try:
                again = [at.book(where, id=str(command_id), reason="whenever it suits") for _ in "12"]
            except Refusal as refusal:
                if refusal.code is not Code.SLOT_TAKEN:
                    raise
                return
            assert again[1].already_done
            assert again[0].appointment_id == again[1].appointment_id
