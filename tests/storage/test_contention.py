"""Many at once, on one database: real processes, each with its own door."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import monotonic

import pytest

from reception.errors import Code, Refusal
from reception.services.commands import TakeTicket
from reception.storage.engine import transaction
from tests.storage import processes
from tests.storage.checks import assert_sound, calls_of
from tests.storage.processes import door_to, engine_of, finish, start, together
from tests.support import HOUSING, OFFICE, At

EIGHT, SIXTEEN = 8, 16
"""Processes on one SQLite file, and on PostgreSQL."""
SOMEBODY_WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def _crowd(url: str) -> int:
    return EIGHT if url.startswith("sqlite") else SIXTEEN


def _all_well(exits: list[int | None]) -> bool:
    return exits == [0] * len(exits)


def test_a_lively_morning_and_the_feed_of_it(database_url: str) -> None:
    """Everyone issues, calls, starts, finishes and takes back at once, while one reader follows the feed."""
    crowd, rounds = _crowd(database_url), 8
    processes.office(database_url, crowd, waiting=5)
    with door_to(database_url) as reader:
        since, _ = reader.changes(0)
        before = since
        heard: set[str] = set()
        barrier = together(crowd)
        workers = [start(processes.work, database_url, number, rounds, barrier) for number in range(1, crowd + 1)]
        while any(worker.is_alive() for worker in workers):
            now, changed = reader.changes(since)
            assert now >= since
            assert bool(changed) == (now > since)
            heard |= changed
            since = now
        exits = finish(*workers)
        last, changed = reader.changes(since)
        heard |= changed
        _, everything = reader.changes(before)

    assert _all_well(exits)
    assert last > before + crowd * rounds
    assert heard == everything
    assert_sound(database_url)
    calls = calls_of(database_url)
    assert len(calls) == 5 + crowd * rounds
    assert all(len(each) <= 1 for each in calls.values()), "called twice"


def test_everyone_calls_from_one_queue(database_url: str, tmp_path: Path) -> None:
    """Nobody is called twice and nobody is lost, whoever calls."""
    crowd, queue = _crowd(database_url), 60
    processes.office(database_url, crowd, waiting=queue)
    barrier = together(crowd)
    answers = [tmp_path / f"called-{number}" for number in range(1, crowd + 1)]
    workers = [
        start(processes.only_call, database_url, number, barrier, answer)
        for number, answer in enumerate(answers, start=1)
    ]
    assert _all_well(finish(*workers))

    called = Counter(number for answer in answers for number in answer.read_text().split())
    assert called == Counter(f"H{number:03d}" for number in range(1, queue + 1))
    assert all(len(each) == 1 for each in calls_of(database_url).values())
    assert_sound(database_url)


def _take(url: str, command: TakeTicket, barrier: object) -> None:
    with door_to(url) as door:
        barrier.wait(processes.WITHIN_S)  # type: ignore[attr-defined]
        door.do(command)


def test_one_command_sent_by_eight_at_once_is_done_once(database_url: str) -> None:
    """A double tap, a retry and a lost reply at the same time: one ticket, and the same answer for all."""
    processes.office(database_url, 1)
    command = TakeTicket(office_id=OFFICE, service_id=HOUSING)
    barrier = together(EIGHT)
    assert _all_well(finish(*(start(_take, database_url, command, barrier) for _ in range(EIGHT))))

    with door_to(database_url) as door:
        again = door.do(command)
        assert (again.already_done, again.number) == (True, "H001")
        assert len(At(door).view().queue) == 1
    assert_sound(database_url)


def test_a_repeat_waits_for_the_lock_and_then_finds_the_answer(database_url: str) -> None:
    """The id is looked up under the lock, so two that come together never both find it unknown: the second is let
    in only after the first has been committed."""
    processes.office(database_url, 1)
    command = TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with door_to(database_url) as door:
        with door._database.write(command) as first:
            barrier = together(2)
            second = start(_take, database_url, command, barrier)
            barrier.wait(processes.WITHIN_S)
            second.join(0.3)
            assert second.is_alive()
            assert first.result_of(command.id) is None
            first.keep_result(command, processes.c.Result(command.id, number="H777"), can_undo=False)
        assert finish(second) == [0]
        assert door.do(command).number == "H777"
        with engine_of(door).connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM visit").scalar_one() == 0


@pytest.mark.postgresql
def test_the_clock_is_read_after_the_lock(postgres_url: str) -> None:
    """Whoever waited for the lock has the later time: the order of the facts is the order of their times."""
    processes.office(postgres_url, 1)
    first, second = (TakeTicket(office_id=OFFICE, service_id=HOUSING) for _ in "12")
    alone = together(1)
    with door_to(postgres_url) as door, engine_of(door).connect() as other:
        # Each look is a transaction of its own: within one the server would show the same picture again.
        other.execution_options(isolation_level="AUTOCOMMIT")
        with door._database.write(first):
            waiting = start(_take, postgres_url, second, alone)
            while not other.exec_driver_sql(SOMEBODY_WAITS).scalar_one():
                assert waiting.is_alive()
            released = other.exec_driver_sql(
                "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)"
            ).scalar_one()
        assert finish(waiting) == [0]
        assert door.do(second).at >= released


@pytest.mark.postgresql
def test_a_server_that_is_set_to_another_isolation(postgres_url: str) -> None:
    """Then, too, what was committed while a write waited for the lock is seen under it."""
    processes.office(postgres_url, 1)
    with door_to(postgres_url) as door, engine_of(door).connect() as other:
        other.execution_options(isolation_level="AUTOCOMMIT")
        name = other.exec_driver_sql("SELECT current_database()").scalar_one()
        other.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_isolation = serializable')
    commands = [TakeTicket(office_id=OFFICE, service_id=HOUSING) for _ in range(EIGHT)]
    barrier = together(EIGHT)
    assert _all_well(finish(*(start(_take, postgres_url, command, barrier) for command in commands)))
    assert_sound(postgres_url)


@pytest.mark.parametrize("long", [0.05, 0.3])
def test_a_write_that_waits_too_long_is_refused(long: float, database_url: str) -> None:
    processes.office(database_url, 1)
    command = TakeTicket(office_id=OFFICE, service_id=HOUSING)
    with door_to(database_url, busy_timeout=long) as door, door_to(database_url) as other:
        with transaction(engine_of(other), writes=True):
            began = monotonic()
            with pytest.raises(Refusal) as refused:
                door.do(command)
            assert refused.value.code is Code.DATABASE_BUSY
            assert monotonic() - began >= long
        assert not door.do(command).already_done
