"""Today, as a supervisor sees it: a random day against a calculation by the journal alone, and how it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any

import pytest
from sqlalchemy import event

from reception.app import Door
from reception.clock import MINUTE, Instant, SetClock
from reception.domain.clocks import column_of, promise_wait, resolved_clock
from reception.domain.columns import AFTER, Column
from reception.domain.person import Person
from reception.domain.stations import StationKind
from reception.domain.today_view import AttentionKind, TodayView
from reception.domain.visit import Visit
from reception.domain.visit_states import End, State
from reception.errors import Refusal
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.services.import_survey import survey
from reception.services.importing import Order, import_visits
from reception.statistics.visit_log import LogColumns, open_visit_log
from reception.storage.importing import ImportStore
from tests.conftest import RoleUrls
from tests.services.bookkeeping import books
from tests.services.test_today import lines, serve, today
from tests.services.the_book import LONDON, ROOM_1, AtBook, place, when, with_a_book
from tests.support import COUNCIL_TAX, EWAN, GRACE, HOUSING, OFFICE, PLANNING, PRIYA, At, door_on


@contextmanager
def statements(door: Door) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(door.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(door.database.engine, "before_cursor_execute", note)


def test_what_was_imported_is_in_no_figure_of_the_second_clock(
    database_url: str, clock: SetClock, tmp_path: Path
) -> None:
    priya = At(door_on(database_url, clock)).set_up().sign_in()
    ours = serve(priya)
    log = tmp_path / "log.csv"
    log.write_text(
        "came,seen,done,left,service\n"
        "2026-03-02 09:00,2026-03-02 09:20,2026-03-02 09:30,,Housing\n"
        "2026-03-02 09:10,,,2026-03-02 09:40,Housing\n"
    )
    visits = open_visit_log(log, LogColumns("came", "seen", "done", "left", "service"), LONDON)
    clock.at = when(10, 12)
    store = ImportStore(priya.door.database)
    found = survey(visits, store.now(), LONDON)
    import_visits(visits, found, Order("Civic Offices", "hertsmere", LONDON), store, _nothing, lambda: False)
    priya.on(c.Finish, ours)
    view = today(priya)
    assert (view.waits.visits, view.waits.seen, view.waits.left_after) == (3, 2, 1)
    assert (view.resolved.visits, view.resolved.resolved) == (1, 1)
    assert view.delays.delayed == 0
    assert [(mark.wait, mark.column) for mark in view.marks] == [
        (20 * MINUTE, Column.SEEN),
        (30 * MINUTE, Column.LEFT_AFTER),
        (0, Column.SEEN),
    ]
    priya.door.close()


def _nothing(_done: int, _all: int) -> None:
    """Nobody watches."""


# -- a random day ----------------------------------------------------------------------------------------------


def play(desk: AtBook, others: list[At], clock: SetClock, random: Random, steps: int) -> None:
    """Whatever is not possible at that moment is not done."""
    booked = [desk.book(place(when(10, 20) + 20 * n * MINUTE, 20, (GRACE, PRIYA, EWAN)[n % 3])) for n in range(6)]
    visits = [desk.take().visit_id]
    for _ in range(steps):
        clock.at += random.randrange(2 * MINUTE)
        at = random.choice(others)
        visit, present = random.choice(visits[-12:]), at.view().present
        with suppress(Refusal):
            match random.choice("ttttbnnnnnffffflhherod"):
                case "t":
                    visits.append(at.take(random.choice([HOUSING, COUNCIL_TAX, PLANNING])).visit_id)
                case "b" if booked:
                    visits.append(desk.check_in(booked.pop(random.randrange(len(booked)))).visit_id)
                case "f" if present is not None and present.state is State.CALLED:
                    at.on(c.StartService, present.visit_id)
                case "f" if present is not None:
                    at.on(c.Finish, present.visit_id, end=random.choice([End.RESOLVED, End.RESOLVED, End.BOOKED]))
                case "n" if present is not None and random.random() < 0.2:
                    at.on(c.CallAgain, present.visit_id)
                    at.on(c.NoShow, present.visit_id)
                case "n":
                    at.next()
                case "l":
                    at.on(c.Leave, visit)
                case "h":
                    at.on(c.Hold, visit, own_request=random.random() < 0.5)
                case "e":
                    at.on(c.EndHold, visit)
                case "r":
                    at.on(c.Reinstate, random.choice(visits))
                case "o":
                    at.on(c.Transfer, visit, service_id=PLANNING)
                case "d":
                    at.door.do(a.TellOfDelay(**at.who, visit_id=visit, expected_minutes=random.choice([5, 20])))


def test_a_random_day_by_the_journal_alone(desk: AtBook, ewan: At, grace: At, clock: SetClock) -> None:
    play(desk, [desk, ewan, grace], clock, Random(4), 120)
    now = clock.at
    view = today(desk)
    visits = [each.visit for each in books(desk.door).values() if not each.visit.voided]
    walk_ins = sorted((v for v in visits if not v.appointment_id), key=lambda v: v.arrived_at)
    by_id: dict[str, Any] = {v.id: v for v in visits}
    waited = {v.id: promise_wait(v, now) for v in visits}
    _waits_agree(view, walk_ins, waited, now)

    assert [(m.arrived_at, m.wait, m.column, m.service_id) for m in view.marks] == [
        (v.arrived_at, waited[v.id], column_of(v, now), view_service(v)) for v in walk_ins
    ]
    clocks = [(resolved_clock(v), v) for v in walk_ins if v.end in (End.RESOLVED, End.BOOKED)]
    assert (view.resolved.visits, view.resolved.resolved) == (len(walk_ins), len(clocks))
    assert view.resolved.within_target == sum(
        clock is not None and clock <= 10 * MINUTE and not v.exempt for clock, v in clocks
    )

    waiting = [v for v in visits if v.state in (State.WAITING, State.ON_HOLD) and v.leg.started_at is None]
    assert (view.waiting, view.longest) == (len(waiting), max((v.waited(now) for v in waiting), default=None))
    over = {v.id for v in waiting if column_of(v, now) is Column.OPEN and v.promise.seen is not None}
    over = {visit_id for visit_id in over if waited[visit_id] > by_id[visit_id].promise.seen}
    assert view.over == len(over)
    duties = {each.visit_id for each in desk.door.ask(aq.Duties(OFFICE))} - {""}
    assert view.untold == len(duties)
    lost = [v for v in walk_ins if column_of(v, now) in AFTER or (v.is_seen and waited[v.id] > 15 * MINUTE)]
    assert view.delays.delayed == len(lost) + view.appointments.delayed
    assert view.will_miss >= len(lines(view, AttentionKind.WILL_MISS))
    assert Counter(each.kind for each in view.attention)[AttentionKind.OVER] == view.over


def view_service(visit: Visit) -> str:
    return visit.legs[0].service_id


def _waits_agree(view: TodayView, walk_ins: list[Visit], waited: dict[str, int], now: Instant) -> None:
    columns = Counter(column_of(v, now) for v in walk_ins)
    assert columns[Column.SEEN] > 2
    assert columns[Column.OPEN] > 2
    for column in Column:
        assert getattr(view.waits, column.value) == columns[column], column
    waits = sorted(waited[v.id] / MINUTE for v in walk_ins if v.is_seen)
    assert view.waits.mean_wait_min == pytest.approx(mean(waits))
    assert view.waits.median_wait_min == pytest.approx(median(waits))
    assert view.waits.longest_wait_min == pytest.approx(waits[-1])
    within = sum(wait <= 15 for wait in waits)
    lost = sum(columns[column] for column in AFTER)
    assert view.waits.within_target == within
    assert view.waits.share_within_target == pytest.approx(within / (len(waits) + lost))
    assert sum(each.waits.visits for each in view.services) == len(walk_ins)


# -- how it is read --------------------------------------------------------------------------------------------


def test_as_the_supervisors_role(role_urls: RoleUrls, clock: SetClock) -> None:
    """It may read nothing of a person, and is shown all the same what everybody else is shown."""
    owner = door_on(role_urls.owner, clock)
    desk = AtBook(owner)
    desk.door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    desk.sign_in()
    serve(desk, person=Person("Qwxyzilda"))
    desk.book(place(when(10, 20)), language="ukr", name="Qwxyzilda")
    desk.take(PLANNING)
    clock.at = when(10, 17)
    expected = today(desk)
    owner.close()
    door = door_on(role_urls.supervisor, clock, kind=StationKind.SUPERVISOR)
    try:
        assert today(door) == expected
        assert "Qwxyzilda" not in repr(expected)
        assert {each.kind for each in expected.attention} == {AttentionKind.OVER, AttentionKind.INTERPRETER}
    finally:
        door.close()


def test_a_longer_day_asks_no_more_questions(desk: AtBook, clock: SetClock) -> None:
    def asked() -> int:
        with statements(desk.door) as sent:
            today(desk)
        return len(sent)

    def one_more() -> None:
        visit = desk.take()
        desk.on(c.CallVisit, visit, reason="at once")
        desk.on(c.CallAgain, visit)
        desk.on(c.NoShow, visit)
        desk.on(c.Reinstate, visit)
        desk.on(a.AssignRoom, serve(desk), room_id=ROOM_1)
        desk.on(c.Finish, desk.taken[-1])

    one_more()
    first = asked()
    for _ in range(3):
        one_more()
    assert asked() == first <= 25
