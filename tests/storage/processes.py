"""Real processes that use the door at the same time, and that can be killed at any step.

They are forked from a process that has loaded everything and has no threads, so that one costs some milliseconds.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine

from reception.app import Door
from reception.clock import SetClock
from reception.config import Config
from reception.domain.office import Counter, Officer, Role
from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.services.office_settings import StaffEntry
from reception.storage.database import Database
from reception.storage.engine import open_engine
from reception.storage.upgrade import prepare
from tests import support
from tests.support import HOUSING, OFFICE, PIN, At, PlainPins

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.storage.processes", "tests.storage.bookers", "alembic.command"])
WITHIN_S = 90.0


def start(function: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """Run a function of a module in a process of its own."""
    process = _CONTEXT.Process(target=function, args=arguments, daemon=True)
    process.start()
    return process


def finish(*processes: ForkServerProcess) -> list[int | None]:
    """Wait for all; their exit codes."""
    for process in processes:
        process.join(WITHIN_S)
    return [process.exitcode for process in processes]


def together(count: int) -> Any:
    """Where that many processes wait for each other."""
    return _CONTEXT.Barrier(count)


@contextmanager
def door_to(url: str, *, busy_timeout: float = 30.0, at: int | None = None) -> Iterator[Door]:
    """A door that waits as long as a crowd on a slow machine needs. `at`: a clock that stands there."""
    engine = open_engine(url, busy_timeout=busy_timeout)
    prepare(engine)
    config = Config(database=url)
    door = Door(Database(engine, config.ordering, SetClock(at) if at else None), config, PlainPins())
    try:
        yield door
    finally:
        door.close()


def engine_of(door: Door) -> Engine:
    return door._database.engine


def counters(count: int) -> dict[str, Any]:
    """Settings of an office with that many counters, and an officer for each."""
    return {
        "counters": tuple(Counter(f"counter-{n}", f"Counter {n}") for n in range(1, count + 1)),
        "staff": tuple(
            StaffEntry(Officer(f"officer-{n}", f"Officer {n}", Role.ADMINISTRATOR), PIN) for n in range(1, count + 1)
        ),
    }


def at_counter(door: Door, number: int) -> At:
    return At(door, counter=f"counter-{number}", officer=f"officer-{number}", station=f"Desk {number}")


def _but_for(code: Code, act: Callable[[], c.Result]) -> c.Result | None:
    """What came of it; None when it was refused with that code, which a crowd may get."""
    try:
        return act()
    except Refusal as refusal:
        if refusal.code is not code:
            raise
        return None


# -- working -----------------------------------------------------------------------------------------------------


def work(url: str, number: int, rounds: int, barrier: Any) -> None:
    """Issue and call, start, finish, sometimes take back: a lively counter."""
    chance = random.Random(number)
    with door_to(url) as door:
        at = at_counter(door, number).sign_in()
        barrier.wait(WITHIN_S)
        for _ in range(rounds):
            taken = at.take(chance.choice((HOUSING, support.COUNCIL_TAX)))
            if chance.random() < 0.1:
                # Another counter may have called the visitor already.
                _but_for(Code.UNDO_OVERTAKEN, lambda taken=taken: at.undo(taken))
            called = _but_for(Code.NOBODY_WAITING, at.next)
            if called is None:
                continue
            if chance.random() < 0.2:
                at.undo(called)
                continue
            at.on(c.StartService, called)
            at.on(c.Finish, called)


def only_call(url: str, number: int, barrier: Any, answer: Path) -> None:
    """Call and send away until nobody waits; write down whom."""
    called = []
    with door_to(url) as door:
        at = at_counter(door, number).sign_in()
        barrier.wait(WITHIN_S)
        while result := _but_for(Code.NOBODY_WAITING, at.next):
            called.append(result)
            at.on(c.Leave, result)
    answer.write_text("\n".join(each.number for each in called))


def work_until_killed(url: str, number: int, said: Path) -> None:
    """Before each command its id is written down, after it what came of it."""
    with door_to(url) as door, said.open("a", buffering=1) as lines:
        at = at_counter(door, number).sign_in()

        def tell(*words: str) -> None:
            lines.write(json.dumps(words) + "\n")

        def carry_out(what: str, act: Callable[[str], c.Result], visit_id: str = "") -> c.Result:
            command_id = c.new_id()
            tell("try", command_id, what, visit_id)
            result = act(command_id)
            tell("done", command_id, result.number)
            return result

        tell("ready")
        while True:
            carry_out("take", lambda command_id: at.take(id=command_id, print_ticket=True))
            called = carry_out("call", lambda command_id: at.next(id=command_id))
            at.on(c.StartService, called)
            visit_id = called.visit_id
            carry_out(
                "finish", lambda command_id, visit_id=visit_id: at.on(c.Finish, visit_id, id=command_id), visit_id
            )


# -- dying -------------------------------------------------------------------------------------------------------


def do_and_die(url: str, command: c.Command, step: int, now: int, said: Path) -> None:
    """Carry out a command and be killed at its n-th step; what is still said then is that it was done."""
    with door_to(url, at=now) as door:
        at_each_step(engine_of(door), step, lambda: os.kill(os.getpid(), signal.SIGKILL))
        result = door.do(command)
        said.write_text(result.number)


def migrate_and_die(url: str, folder: Path, names: tuple[str, ...], step: int) -> None:
    from reception.storage.upgrade import Revisions

    engine = open_engine(url)
    at_each_step(engine, step, lambda: os.kill(os.getpid(), signal.SIGKILL))
    prepare(engine, may_migrate=True, revisions=Revisions(names, folder))
    engine.dispose()


def at_each_step(engine: Engine, step: int, act: Callable[[], None]) -> list[str]:
    """Have `act` called once, at the n-th step from now on. A step is the moment before a statement is sent, and the
    moments before and after the COMMIT. Returns the steps as they come."""
    steps: list[str] = []

    def one(what: str) -> None:
        steps.append(what)
        if len(steps) == step:
            act()

    @event.listens_for(engine, "before_cursor_execute")
    def before(_connection: sa.Connection, _cursor: Any, statement: str, *_: Any) -> None:
        one(statement)

    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        one("before the commit")
        commit(connection)
        one(COMMITTED)

    engine.dialect.do_commit = do_commit  # type: ignore[method-assign]
    return steps


COMMITTED = "after the commit"


def prepare_and_wait(url: str, barrier: Any, folder: Path | None, names: tuple[str, ...], answer: Path) -> None:
    """Open a database at the same moment as others; write down the backup copy that was made."""
    from reception.storage.upgrade import Revisions

    barrier.wait(WITHIN_S)
    engine = open_engine(url)
    revisions = Revisions(names, folder) if folder else Revisions()
    backup = prepare(engine, may_migrate=True, revisions=revisions)
    engine.dispose()
    answer.write_text(str(backup or ""))


def office(url: str, count: int, waiting: int = 0) -> None:
    """An office with that many counters, and visitors."""
    with door_to(url) as door:
        at = At(door, officer="officer-1").set_up(**counters(count))
        for _ in range(waiting):
            at.take()


__all__ = ["OFFICE"]
