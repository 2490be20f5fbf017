"""The wait that somebody would be told who comes now, read as kiosk and display read it. On both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from reception.clock import HOUR, MINUTE, SetClock
from reception.domain.office import Officer, Role
from reception.domain.said_wait import ExpectedWait
from reception.services import commands as c
from reception.services.office_settings import StaffEntry
from reception.storage.queries.names import record_of
from reception.storage.queries.waits import expected_wait_of, expected_waits
from tests.support import COUNCIL_TAX, GRACE, HOUSING, OFFICE, PLANNING, PRIYA, At, settings

NARROW = {"visit", "leg", "counter"}
"""What of the queue and its past a kiosk's role may read."""


def waits(at: At) -> dict[str, ExpectedWait | None]:
    database = at.door._database
    with database.read() as (connection, head, now):
        return expected_waits(database, connection, record_of(database, connection, head, OFFICE), now)


def wait_of(at: At, visit: c.Result) -> ExpectedWait | None:
    database = at.door._database
    with database.read() as (connection, head, now):
        record = record_of(database, connection, head, OFFICE)
        return expected_wait_of(database, connection, record, visit.visit_id, now)


def serve(at: At, clock: SetClock, service: str, minutes: int) -> None:
    """Somebody comes, is called at once, and is served for so long."""
    visit = at.take(service)
    at.on(c.CallVisit, visit, reason="test")
    at.on(c.StartService, visit)
    clock.advance(minutes * MINUTE)
    at.on(c.Finish, visit)


@contextmanager
def statements(at: At) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(at.door._database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(at.door._database.engine, "before_cursor_execute", note)


def test_nobody_ahead_and_a_free_counter(priya: At) -> None:
    assert waits(priya) == dict.fromkeys((HOUSING, COUNCIL_TAX, PLANNING), ExpectedWait(1, 3))


def test_nothing_is_said_where_nobody_at_work_may_serve(priya: At) -> None:
    only_tax = Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR, frozenset({COUNCIL_TAX}))
    priya.change_settings(settings(staff=(StaffEntry(only_tax), *settings().staff[1:])))
    found = waits(priya)
    assert found[HOUSING] is None
    assert found[PLANNING] is None
    assert found[COUNCIL_TAX] == ExpectedWait(1, 3)


def test_nothing_is_said_while_nobody_is_at_work(priya: At) -> None:
    priya.door.do(c.SignOff(**priya.who))
    assert set(waits(priya).values()) == {None}


def test_each_service_waits_for_its_own_counters(priya: At, grace: At) -> None:
    """Grace serves housing and planning; Priya council tax alone."""
    only_tax = Officer(PRIYA, "Priya Nair", Role.ADMINISTRATOR, frozenset({COUNCIL_TAX}))
    priya.change_settings(settings(staff=(StaffEntry(only_tax), *settings().staff[1:])))
    for _ in range(4):
        priya.take(COUNCIL_TAX)
    found = waits(priya)
    assert found[HOUSING] == found[PLANNING] == ExpectedWait(1, 3)
    tax = found[COUNCIL_TAX]
    assert tax is not None
    assert tax.low > 15


def test_a_ticket_is_told_what_whoever_came_then_was_told(priya: At, clock: SetClock) -> None:
    for _ in range(3):
        priya.take()
        clock.advance(1)
    before = waits(priya)[HOUSING]
    mine = priya.take()
    for _ in range(5):
        clock.advance(1)
        priya.take(COUNCIL_TAX)
    assert wait_of(priya, mine) == before


def test_another_counter_makes_it_shorter(priya: At, clock: SetClock, request: Any) -> None:
    for _ in range(6):
        priya.take()
    alone = waits(priya)[HOUSING]
    request.getfixturevalue("ewan")
    both = waits(priya)[HOUSING]
    assert alone is not None
    assert both is not None
    assert both.high < alone.high


def test_who_waits_no_longer_for_a_first_service_is_told_nothing(priya: At) -> None:
    visit = priya.take()
    assert wait_of(priya, visit) is not None
    priya.on(c.CallVisit, visit, reason="test")
    assert wait_of(priya, visit) is None
    priya.on(c.StartService, visit)
    priya.on(c.Transfer, visit, service_id=PLANNING)
    assert wait_of(priya, visit) is None


def test_what_services_last_is_learnt_with_the_next_hour(priya: At, clock: SetClock) -> None:
    for _ in range(3):
        serve(priya, clock, HOUSING, 19)
    for _ in range(2):
        priya.take()
    before = waits(priya)[HOUSING]  # at 10:57
    clock.advance(4 * MINUTE)
    after = waits(priya)[HOUSING]
    assert before is not None
    assert after is not None
    assert after.high > before.high


def test_few_statements_however_many_wait_and_none_of_a_person(priya: At, grace: At) -> None:
    waits(priya)
    counts = []
    for more in (1, 8):
        for _ in range(more):
            priya.take()
            priya.take(PLANNING, named_officer_id=GRACE)
        with statements(priya) as sent:
            waits(priya)
        counts.append(len(sent))
    assert counts[0] == counts[1]
    # Without what every read asks first: where the journal stands.
    of_the_queue = [each for each in sent if "journal_head" not in each and "SELECT" in each.upper()]
    assert len(of_the_queue) == 3
    read = {name for each in of_the_queue for name in re.findall(r"(?:FROM|JOIN)\s+\"?(\w+)", each)}
    assert read <= NARROW


def test_learning_reads_nothing_of_a_person_either(priya: At, clock: SetClock) -> None:
    serve(priya, clock, HOUSING, 5)
    clock.advance(HOUR)
    with statements(priya) as sent:
        waits(priya)
    read = {name for each in sent for name in re.findall(r"(?:FROM|JOIN)\s+\"?(\w+)", each)}
    assert read <= {*NARROW, "journal_head", "clock_timestamp"}
