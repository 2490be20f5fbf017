"""Made `first-schema.db`, once, with the program of the first schema: a part-played Monday, the same to the last id.

It is kept to see that every later version opens what the first one left behind. It is never made anew: what a later
version would make is of a later schema. (`python -m tests.storage.data.make_first_schema FILE`)
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from unittest import mock

from reception.clock import MINUTE, SetClock
from reception.domain.person import Need
from reception.domain.visit_states import End
from reception.errors import Refusal
from reception.services import commands as c
from tests.support import COUNCIL_TAX, COUNTER_2, EWAN, HOUSING, PLANNING, PRIYA, At, Person, door_on

OPENS = 1_780_300_800_000
"""Monday 1 June 2026, 09:00 in London."""
MINUTES_PLAYED = 75


def _ids() -> mock._patch[mock.Mock]:
    made = (hashlib.sha256(f"first schema {n}".encode()).hexdigest()[:32] for n in itertools.count())
    return mock.patch("secrets.token_hex", side_effect=lambda _bytes: next(made))


def make(file: Path) -> None:
    clock = SetClock(OPENS)
    with _ids():
        door = door_on(f"sqlite:///{file}", clock)
        priya = At(door).set_up()
        ewan = At(door, COUNTER_2, EWAN, "Desk 2")
        try:
            door.do(c.SignIn(**ewan.who, pin="0000"))
        except Refusal:
            ewan.sign_in()
        priya.sign_in()

        # 09:00 H001: seen after 5 minutes, resolved at 09:12.
        h1 = priya.take(person=Person("Ann Example", spoken="cy", written="cy"), party_size=3, print_ticket=True)
        clock.advance(5 * MINUTE)
        priya.on(c.StartService, priya.next())
        # 09:05 H002: to be seen by a specialist after a first service.
        h2 = ewan.take(person=Person("محمد أحمد", spoken="ar", written="ar", needs=frozenset({Need.CHILDREN})))
        # 09:05 C001: will leave after 25 minutes unseen.
        c1 = ewan.take(COUNCIL_TAX)
        clock.advance(7 * MINUTE)
        priya.on(c.Finish, h1)
        # 09:12 H002 seen after 7 minutes, passed on to a specialist at 09:14, in time; waits there since.
        ewan.on(c.CallVisit, h2, reason="asked for by name")
        ewan.on(c.StartService, h2)
        clock.advance(2 * MINUTE)
        ewan.on(c.Transfer, h2, service_id=PLANNING, specialist_told=True)
        clock.advance(6 * MINUTE)
        # 09:20 H003: a no-show after two calls, back again at 09:40.
        h3 = priya.take()
        priya.on(c.CallVisit, h3, reason="short question")
        clock.advance(2 * MINUTE)
        priya.on(c.CallAgain, h3)
        clock.advance(2 * MINUTE)
        priya.on(c.NoShow, h3)
        clock.advance(6 * MINUTE)
        # 09:30
        ewan.on(c.Leave, c1)
        clock.advance(10 * MINUTE)
        # 09:40
        priya.on(c.Reinstate, h3)
        # C002: stepped out at own request from 09:45.
        c2 = ewan.take(COUNCIL_TAX, person=Person("陳大文", note="rings before coming back"))
        # H004: taken by mistake.
        priya.undo(priya.take())
        clock.advance(5 * MINUTE)
        ewan.on(c.Hold, c2, own_request=True)
        # 09:45 P001: an answer is to follow. H005: linked with it, see first.
        p1 = ewan.take(PLANNING, person=Person("Bryn Example"))
        priya.take(person=Person("Cerys Example"), linked_to=p1.visit_id, see_first_reason="faint")
        clock.advance(5 * MINUTE)
        ewan.on(c.CallVisit, p1, reason="drawings are on the table")
        ewan.on(c.StartService, p1)
        clock.advance(10 * MINUTE)
        # 10:00
        ewan.on(
            c.Finish,
            p1,
            end=End.TO_FOLLOW,
            due=date(2026, 6, 8),
            owner_id=PRIYA,
            note="needs the old plans",
            print_slip=True,
        )
        priya.door.do(c.Evacuate(**priya.who))
        clock.advance(5 * MINUTE)
        priya.door.do(c.EndEvacuation(**priya.who, resume=True))
        # 10:05 H005 is called first of all, and is being served.
        priya.on(c.StartService, priya.next())
        # 10:05 H006 and H007 wait.
        ewan.take(HOUSING, then_services=(COUNCIL_TAX,), named_officer_id=EWAN)
        clock.advance(5 * MINUTE)
        ewan.take(HOUSING)
        clock.advance(5 * MINUTE)
        assert clock.now() == OPENS + MINUTES_PLAYED * MINUTE
        door.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 1024")
        connection.execute("VACUUM")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
