"""Killed at every step, killed at any moment, cut off in the middle of a COMMIT: nothing that was acknowledged is lost,
nothing is half done, and a command that is sent again is done once."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reception.errors import Code, Refusal
from reception.services import commands as c
from reception.storage import schema as t
from tests.house.postgres import Server
from tests.storage import processes
from tests.storage.checks import assert_sound, dump
from tests.storage.conftest import Copies
from tests.storage.processes import COMMITTED, at_each_step, door_to, engine_of, finish, start
from tests.storage.proxy import Lose, Proxy
from tests.support import HOUSING, OFFICE, PLANNING, PRIYA, At, Person

NOW = 1_780_300_800_000
"""A Monday in June, nine o'clock."""


def _part_played(url: str) -> dict[str, c.Command]:
    """Four wait and one is being served. Returns a command for each way of writing: new rows, changed rows and a new
    leg, two visits at once, facts taken back."""
    with door_to(url, at=NOW) as door:
        at = At(door).set_up().sign_in()
        first = at.take()
        at.on(c.StartService, at.next())
        second = at.take()
        at.take(PLANNING, then_services=(HOUSING,))
        at.take()
        last = at.take(named_officer_id=PRIYA, linked_to=second.visit_id)
    return {
        "a ticket with everything": c.TakeTicket(
            **at.who,
            service_id=HOUSING,
            person=Person("Ann Example", note="wheelchair"),
            party_size=3,
            linked_to=second.visit_id,
            see_first_reason="faint",
        ),
        "finish and call": c.FinishAndCallNext(**at.who, visit_id=first.visit_id),
        "transfer": c.Transfer(**at.who, visit_id=first.visit_id, service_id=PLANNING, specialist_told=True),
        "undo": c.Undo(**at.who, command_id=last.command_id),
    }


@pytest.mark.parametrize("which", ["a ticket with everything", "finish and call", "transfer", "undo"])
def test_killed_at_every_step(which: str, copies: Copies, tmp_path: Path) -> None:
    url, copy = copies.url, copies.make
    command = _part_played(url)[which]
    before = dump(url)
    now = NOW + 60_000
    steps = _steps_of(copy(), command, now)
    assert steps[-1] == COMMITTED
    assert len(steps) > 8

    broken = copy()
    said = tmp_path / "said"

    def killed_at(step: int) -> None:
        assert finish(start(processes.do_and_die, broken, command, step, now, said)) == [-signal.SIGKILL], step
        assert not said.exists()

    for step in range(1, len(steps)):
        killed_at(step)
        assert dump(broken) == before, f"half done when killed before: {steps[step - 1]}"
    _sent_again_it_is_done_once(broken, command, now, already=False)

    broken = copy()
    killed_at(len(steps))
    _sent_again_it_is_done_once(broken, command, now, already=True)


def _steps_of(url: str, command: c.Command, now: int) -> list[str]:
    with door_to(url, at=now) as door:
        steps = at_each_step(engine_of(door), 0, lambda: None)
        door.do(command)
    return list(steps)


def _sent_again_it_is_done_once(url: str, command: c.Command, now: int, already: bool) -> None:
    with door_to(url, at=now) as door:
        first, second = door.do(command), door.do(command)
    assert first.already_done == already
    assert second.already_done
    assert (first.number, first.visit_id, first.prints) == (second.number, second.visit_id, second.prints)
    assert_sound(url)


@pytest.mark.postgresql
def test_the_server_ends_the_session(postgres_server: Server) -> None:
    """Wherever it does, the door says that the database cannot be reached, and goes on at the next try."""
    url = postgres_server.create_database()
    command = _part_played(url)["finish and call"]
    before = dump(url)
    copy = postgres_server.create_database(sa.make_url(url).database or "")
    steps = _steps_of(copy, command, NOW)
    postgres_server.drop_database(copy)

    for step in range(1, len(steps), 4):
        copy = postgres_server.create_database(sa.make_url(url).database or "")
        name = sa.make_url(copy).database or ""
        with door_to(copy, at=NOW) as door:
            at_each_step(engine_of(door), step, lambda name=name: _end_sessions(postgres_server, name))
            with pytest.raises(Refusal) as refused:
                door.do(command)
            assert refused.value.code is Code.DATABASE_UNREACHABLE
            assert dump(copy) == before
            assert not door.do(command).already_done
        assert_sound(copy)
        postgres_server.drop_database(copy)
    postgres_server.drop_database(url)


def _end_sessions(server: Server, name: str) -> None:
    assert server._admin is not None
    server._admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))


@pytest.mark.postgresql
@pytest.mark.parametrize("lost", [Lose.THE_COMMAND, Lose.THE_REPLY])
def test_a_commit_that_is_lost_on_the_way(lost: Lose, postgres_url: str) -> None:
    """Whether it was the COMMIT or the answer to it, nobody can tell: the command is sent again and done once."""
    _part_played(postgres_url)
    with Proxy(postgres_url) as proxy, door_to(proxy.url, at=NOW) as door:
        command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING)
        proxy.lose = lost
        with pytest.raises(Refusal) as refused:
            door.do(command)
        assert refused.value.code is Code.DATABASE_UNREACHABLE
        proxy.lose = Lose.NOTHING
        again = door.do(command)
    assert again.already_done == (lost is Lose.THE_REPLY)
    assert again.number == "H005"
    assert_sound(postgres_url)


def test_killed_at_any_moment(database_url: str, tmp_path: Path) -> None:
    """Again and again, three at a time, also in the middle of writing to the disk."""
    chance = random.Random(7)
    rounds, crowd = 6, 3
    processes.office(database_url, crowd)
    for turn in range(rounds):
        files = [tmp_path / f"said-{turn}-{number}" for number in range(1, crowd + 1)]
        workers = [
            start(processes.work_until_killed, database_url, number, said) for number, said in enumerate(files, start=1)
        ]
        while not all(said.exists() and said.read_text() for said in files):
            workers[0].join(0.01)
            assert all(worker.is_alive() for worker in workers)
        workers[0].join(chance.uniform(0.02, 0.2))
        for worker in workers:
            assert worker.pid is not None
            assert worker.is_alive(), "it should have gone on until it was killed"
            os.kill(worker.pid, signal.SIGKILL)
        finish(*workers)
        for number, said in enumerate(files, start=1):
            _nothing_is_lost(database_url, number, [json.loads(line) for line in said.read_text().splitlines()[1:]])
        assert_sound(database_url)


def _nothing_is_lost(url: str, number: int, lines: list[list[Any]]) -> None:
    """All that was acknowledged is there; the last command, of which nothing was heard, is done once when sent again.
    The counter is left free for the next round."""
    with door_to(url) as door:
        at = processes.at_counter(door, number)
        for line in lines:
            if line[0] == "done":
                stored = door.do(c.CloseDay(**at.who, id=line[1]))
                assert (stored.already_done, stored.number) == (True, line[2])
        if lines and lines[-1][0] == "try":
            _, command_id, what, visit_id = lines[-1]
            if what == "take":
                again = [at.take(id=command_id, print_ticket=True) for _ in "12"]
            elif what == "call":
                again = [at.next(id=command_id) for _ in "12"]
            else:
                again = [at.on(c.Finish, visit_id, id=command_id) for _ in "12"]
            assert again[1].already_done
            assert again[0].number == again[1].number
        with engine_of(door).connect() as connection:
            left = connection.execute(sa.select(t.visit.c.id).where(t.visit.c.counter_id == at.counter, t.IS_OPEN))
            for present in left.scalars().all():
                at.on(c.Leave, present)


def test_a_write_ahead_log_that_ends_anywhere(tmp_path: Path) -> None:
    """The power goes in the middle of a COMMIT: the log beside the file was written up to some byte. Whichever it is,
    the last command is there whole or not at all."""
    file = tmp_path / "reception.db"
    url = f"sqlite:///{file}"
    processes.office(url, 1)
    with door_to(url, at=NOW) as door:
        at = At(door)
        wal = file.with_name(file.name + "-wal")
        at.take()
        start_of_commit, before = wal.stat().st_size, dump(url)
        command = c.TakeTicket(office_id=OFFICE, service_id=HOUSING, person=Person("Ann Example"))
        door.do(command)
        end, after = wal.stat().st_size, dump(url)
        assert end > start_of_commit
        cut = {*range(start_of_commit, end, 3571), *range(end - 24, end + 1, 8)}
        seen = set()
        for number, length in enumerate(sorted(cut)):
            copy = tmp_path / f"copy-{number}.db"
            shutil.copy(file, copy)
            copy.with_name(copy.name + "-wal").write_bytes(wal.read_bytes()[:length])
            found = dump(f"sqlite:///{copy}")
            assert found in (before, after), length
            seen.add(found == after)
            if length < end:
                assert found == before
        assert seen == {False, True}
    _sent_again_it_is_done_once(f"sqlite:///{tmp_path / 'copy-0.db'}", command, NOW, already=False)
