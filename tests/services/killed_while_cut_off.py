"""Kills a station again and again, at every statement that it sends, and looks at what stands afterwards.

`python -m tests.services.killed_while_cut_off WHAT EVERY URL FOLDER`: a process of its own, so that it may be forked.
Each round forks a station that kills itself one step (or EVERY steps) further on, then opens that station anew. Ends
with 0 when a round came through unkilled, and all that was promised holds.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from reception.clock import SECOND, SetClock
from reception.domain.questions import QuestionKind
from reception.domain.visit_states import State
from reception.services import commands as c
from reception.station.door import StationDoor
from reception.storage import schema as t
from tests.services.bookkeeping import books
from tests.services.cut_off import Net, Wire
from tests.support import COUNTER_1, HOUSING, OFFICE, PRIYA, At, door_on

BEGAN = 1_772_445_600_000
"""10 o'clock on a Monday."""


class Killer:
    """Kills this process at a certain write, commit, or first statement after a commit, once it is armed."""

    def __init__(self, place: int) -> None:
        self.left = place
        self.is_new = True

    def arm(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)

    def _statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if self.is_new or statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self._count()
        self.is_new = False

    def _commit(self, _connection: Any) -> None:
        self._count()
        self.is_new = True

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def dies_at(place: int, work: Callable[[Killer], None]) -> bool:
    """Do the work in a child that is killed at that place; True when it came to the end instead."""
    child = os.fork()
    if child == 0:
        try:
            work(Killer(place))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFEXITED(status) or os.WTERMSIG(status) == signal.SIGKILL
    return os.WIFEXITED(status)


class Rounds:
    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.clock = SetClock(BEGAN)

    def net(self, *, is_cut: bool) -> Net:
        net = Net(self.url, self.folder, self.clock)
        net.wires["Desk 1"] = wire = Wire()
        wire.is_cut = is_cut
        return net

    def with_desk(self, work: Callable[[At], Any], *, is_cut: bool) -> Any:
        net = self.net(is_cut=is_cut)
        try:
            return work(At(net.station("Desk 1"), COUNTER_1, PRIYA, "Desk 1"))
        finally:
            net.close()

    def joins(self, desk: At, killer: Killer | None = None) -> None:
        door = desk.door
        if killer is not None:
            killer.arm()
        assert isinstance(door, StationDoor)
        assert door.look_again(), door.not_joined

    def audit(self) -> dict[str, Any]:
        door = door_on(self.url, self.clock)
        try:
            return books(door)
        finally:
            door.close()


def taking(rounds: Rounds) -> None:
    """A ticket, killed at every step of taking it: asked for again with the same id it is there once, no number is
    used up, and all of them join."""
    taken: dict[str, str] = {}
    for place in range(1, 200):
        command = c.TakeTicket(office_id=OFFICE, station="Desk 1", service_id=HOUSING)

        def take(desk: At, killer: Killer | None = None) -> c.Result:
            if killer is not None:
                killer.arm()
            return desk.door.do(command)  # noqa: B023

        through = dies_at(place, lambda killer: rounds.with_desk(lambda desk: take(desk, killer), is_cut=True))
        rounds.clock.advance(SECOND)
        result = rounds.with_desk(take, is_cut=True)
        taken[result.visit_id] = result.number
        if through:
            break
    else:
        raise AssertionError("never came through")
    assert list(taken.values()) == [f"HA{number:02d}" for number in range(1, len(taken) + 1)]
    rounds.with_desk(rounds.joins, is_cut=False)
    visits = rounds.audit()
    assert {visit_id: stored.visit.number for visit_id, stored in visits.items()} == taken


def joining(rounds: Rounds, every: int) -> None:
    """A visit that comes, is called and leaves, killed at every step of joining."""
    expected: dict[str, tuple[str, int, int]] = {}

    def cut_off_work(desk: At) -> None:
        taken = desk.take()
        desk.next()
        rounds.clock.advance(SECOND)
        desk.on(c.Leave, taken)
        expected[taken.visit_id] = (taken.number, taken.at, rounds.clock.at)

    for place in range(1, 400, every):
        rounds.clock.advance(SECOND)
        rounds.with_desk(cut_off_work, is_cut=True)
        through = dies_at(place, lambda killer: rounds.with_desk(lambda desk: rounds.joins(desk, killer), is_cut=False))
        rounds.with_desk(rounds.joins, is_cut=False)
        if through:
            break
    else:
        raise AssertionError("never came through")
    visits = rounds.audit()
    assert {
        visit_id: (stored.visit.number, stored.visit.arrived_at, stored.visit.ended_at)
        for visit_id, stored in visits.items()
    } == expected
    assert all(stored.visit.state is State.ENDED for stored in visits.values())
    engine = sa.create_engine(rounds.url)
    with engine.connect() as connection:
        kinds = set(connection.execute(sa.select(t.question.c.kind)).scalars())
        copies = connection.execute(sa.select(sa.func.count()).where(t.command.c.kind == "TakeTicket")).scalar()
    engine.dispose()
    assert kinds <= {QuestionKind.CLAIM.value}
    assert copies == len(expected)


def main(what: str, every: str, url: str, folder: str) -> None:
    rounds = Rounds(url, Path(folder))
    # Once while the database answers, so that there is a file to go on with.
    rounds.with_desk(lambda desk: desk.door, is_cut=False)
    if what == "taking":
        taking(rounds)
    else:
        joining(rounds, int(every))


if __name__ == "__main__":
    main(*sys.argv[1:])
