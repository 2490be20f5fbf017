"""Random days at the desk and in the book: who was told of a delay, as the reader says it and by the journal alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from reception.clock import MINUTE, Instant, SetClock
from reception.domain import events as e
from reception.domain.booked import DelayAnswer, DelayReason
from reception.domain.grouping import Period
from reception.domain.visit_states import End
from reception.services import appointment_commands as a
from reception.services import appointment_queries as aq
from reception.services import commands as c
from reception.storage import schema as t
from reception.storage.codec import fact_from_json
from reception.storage.engine import open_engine, transaction
from reception.storage.queries.book import delay_figures
from reception.storage.upgrade import prepare
from tests.services.the_book import MONDAY, AtBook, place, when, with_a_book
from tests.storage.past_as_reported import assert_as_reported
from tests.support import EWAN, GRACE, OFFICE, PRIYA, door_on

DAYS = [day for day in (MONDAY + timedelta(days=n) for n in range(12)) if day.weekday() < 5]
PARTIES = 12
WALK_IN, BOOKED, GRACE_PERIOD = 15 * MINUTE, 5 * MINUTE, 15 * MINUTE
Figures = tuple[str, int, bool, bool, bool, bool]
"""Day, hour, told, told in time, offered, took another time."""


class Party:
    """What one party does, in the order of time. The places of an appointment are its own, on either day."""

    def __init__(self, desk: AtBook, random: Random, number: int, day: date) -> None:
        self.desk, self.random = desk, random
        officer = (PRIYA, EWAN, GRACE)[number % 3]
        self.slot = when(9, 30, day) + number // 3 * 30 * MINUTE
        tomorrow = next(each for each in (day + timedelta(days=n) for n in range(1, 4)) if each.weekday() < 5)
        self.place = place(self.slot, officer=officer)
        self.other = place(when(14, 0, tomorrow) + number // 3 * 30 * MINUTE, officer=officer)
        self.booked = desk.book(self.place) if random.random() < 0.6 else None
        self.visit = ""

    def does(self) -> Iterator[tuple[Instant, Callable[[], object]]]:
        pick = self.random.choice
        came = self.slot + (pick([-10 * MINUTE, 0, 4 * MINUTE, GRACE_PERIOD, GRACE_PERIOD + 1]) if self.booked else 0)
        comes = self.booked is None or self.random.random() < 0.9
        if self.booked is not None:
            for rung in self._some([-40 * MINUTE, -MINUTE, BOOKED, BOOKED + 1], self.slot):
                if rung < came or not comes:
                    yield rung, self._tells(appointment_id=self.booked.appointment_id)
        if not comes:
            return
        yield came, self._comes
        limit = max(came, self.slot) + (BOOKED if self.booked else WALK_IN)
        over = limit + pick([-MINUTE, 0, 1, 6 * MINUTE, 30 * MINUTE])
        for told in self._some([-3 * MINUTE, -1, 0, 1, 4 * MINUTE], limit):
            if came < told < over:
                yield told, self._tells()
        yield (
            over,
            pick([self._is_seen, self._is_seen, self._leaves, self._takes_another_time, self._no_show, _nothing]),
        )

    def _some(self, offsets: list[int], around: Instant) -> Iterable[Instant]:
        return sorted(around + each for each in self.random.sample(offsets, self.random.choice([0, 1, 1, 2])))

    def _tells(self, **whom: str) -> Callable[[], object]:
        answer = self.random.choice([DelayAnswer.WILL_WAIT, DelayAnswer.ANOTHER_TIME, DelayAnswer.NOT_REACHED])
        offered = (self.other.starts,) if self.random.random() < 0.4 else ()
        is_taken_back = self.random.random() < 0.2

        def tell() -> None:
            about = whom or {"visit_id": self.visit}
            told = self.desk.door.do(
                a.TellOfDelay(**self.desk.who, **about, answer=answer, offered=offered, expected_minutes=20)
            )
            if is_taken_back:
                self.desk.undo(told)

        return tell

    def _comes(self) -> None:
        self.visit = (self.desk.take() if self.booked is None else self.desk.check_in(self.booked)).visit_id

    def _is_seen(self) -> None:
        self.desk.on(c.CallVisit, self.visit, reason="so it is")
        self.desk.on(c.StartService, self.visit)
        self.desk.on(c.Finish, self.visit)

    def _leaves(self) -> None:
        self.desk.on(c.Leave, self.visit)

    def _no_show(self) -> None:
        self.desk.on(c.CallVisit, self.visit, reason="so it is")
        for command in (c.CallAgain, c.CallAgain, c.NoShow):
            self.desk.on(command, self.visit)

    def _takes_another_time(self) -> None:
        if self.booked is None:
            self.desk.book(self.other, visit_id=self.visit)
        else:
            self.desk.move(self.booked, self.other)


def _nothing() -> None:
    """Still there when the day closes."""


def live(desk: AtBook, clock: SetClock, random: Random, day: date) -> None:
    clock.at = when(8, 0, day)
    desk.door.close_days(OFFICE)
    desk.sign_in()
    to_do = [each for number in range(PARTIES) for each in Party(desk, random, number, day).does()]
    announcement = a.AnnounceDelay(**desk.who, reason=DelayReason.MORE_VISITORS)
    to_do.append((when(10, 2, day), lambda: desk.door.do(announcement)))
    for at, what in sorted(to_do, key=lambda each: each[0]):
        clock.at = at
        what()


def facts_of(desk: AtBook) -> tuple[dict[str, list[e.Recorded]], dict[str, list[e.Recorded]]]:
    """Visits and appointments by their ids: what the journal holds of each, less what was undone."""
    with desk.door._database.read() as (connection, _head, _now):
        lines = connection.execute(sa.select(t.journal).order_by(t.journal.c.sequence)).all()
    facts = [(line, fact_from_json(line.kind, line.data)) for line in lines]
    undone = {fact.command_id for _, fact in facts if isinstance(fact, e.CommandUndone)}
    visits, appointments = defaultdict(list), defaultdict(list)
    for line, fact in facts:
        if line.command_id in undone:
            continue
        for known, key in ((visits, line.visit_id), (appointments, line.appointment_id)):
            if key is not None:
                known[key].append(e.Recorded(line.at, line.command_id, fact))
    return visits, appointments


def plainly(desk: AtBook) -> list[Figures]:
    """Every promise that was lost, by what was written down at the time."""
    visits, appointments = facts_of(desk)
    booked_at, told_before = {}, {}
    for facts in appointments.values():
        starts, told = 0, []
        for item in facts:
            if isinstance(item.fact, e.AppointmentBooked | e.AppointmentMoved):
                starts, told = item.fact.place.starts, []
            elif isinstance(item.fact, e.DelayTold):
                told.append((item, starts + BOOKED))
            elif isinstance(item.fact, e.AppointmentCheckedIn):
                booked_at[item.fact.visit_id], told_before[item.fact.visit_id] = starts, [*told]
    found = []
    for visit_id, facts in visits.items():
        arrived, begins = facts[0].at, facts[0].at
        if visit_id in booked_at:
            begins = booked_at[visit_id]
            if arrived - begins > GRACE_PERIOD:
                continue
        limit = max(arrived, begins) + (BOOKED if visit_id in booked_at else WALK_IN)
        over = _over(facts)
        if over is None or over <= limit:
            continue
        tellings = told_before.get(visit_id, []) + [(i, limit) for i in facts if isinstance(i.fact, e.DelayTold)]
        heard = [(item, by) for item, by in tellings if item.fact.answer != "not_reached"]
        hour = (begins - when(0, 0, MONDAY)) // (60 * MINUTE)
        found.append(
            (
                (MONDAY + timedelta(days=hour // 24)).isoformat(),
                hour % 24,
                bool(heard),
                any(item.at <= by for item, by in heard),
                any(item.fact.offered for item, _ in heard),
                any(item.fact.answer == "another_time" for item, _ in heard),
            )
        )
    return sorted(found)


def _over(facts: list[e.Recorded]) -> Instant | None:
    """When the wait was: at the start of service, at the end, for a no-show at the call."""
    started = [item.at for item in facts if isinstance(item.fact, e.ServiceStarted)]
    ended = [item for item in facts if isinstance(item.fact, e.VisitEnded)]
    if started or not ended:
        return started[0] if started else None
    if ended[0].fact.end is End.NO_SHOW:  # type: ignore[union-attr]
        return next(item.at for item in facts if isinstance(item.fact, e.VisitCalled))
    return ended[0].at


@pytest.mark.parametrize("seed", range(2))
def test_who_was_told_is_as_the_journal_has_it(database_url: str, seed: int) -> None:
    clock = SetClock(when(8))
    desk = AtBook(door_on(database_url, clock))
    desk.door.do(c.SetUpOffice(office_id=OFFICE, settings=with_a_book()))
    random = Random(seed)
    for day in DAYS:
        live(desk, clock, random, day)
    clock.at = when(8, 0, DAYS[-1] + timedelta(days=3))
    desk.door.close_days(OFFICE)

    def asked(first: date, last: date) -> list[Figures]:
        read: list[Any] = delay_figures(desk.door._database, aq.DelayReport(OFFICE, first, last))
        return sorted(
            (each.day.isoformat(), each.hour, each.told, each.told_in_time, each.offered, each.took) for each in read
        )

    expected = plainly(desk)
    assert {took for *_, took in expected} == {True, False}
    assert {(told, in_time) for _, _, told, in_time, *_ in expected} == {(True, True), (True, False), (False, False)}
    assert asked(DAYS[0], DAYS[-1]) == expected
    for day in DAYS:
        assert asked(day, day) == [each for each in expected if each[0] == day.isoformat()]
    assert_as_reported(desk.door, OFFICE, Period(DAYS[0], DAYS[-1]))
    desk.door.close()
    _is_made_again(database_url)


def _is_made_again(url: str) -> None:
    """A database from before these figures were kept comes to the same, by what its journal says."""
    indexes = (
        "visit_past",
        "appointment_report",
        "visit_later_legs",
        "visit_booked",
    )
    columns = {
        "visit": ("figures", "later_waits", "took_another_time"),
        "appointment": ("took_another_time",),
        "print_job": ("told_low", "told_high"),
    }
    engine = open_engine(url)
    with transaction(engine) as connection:
        kept = [connection.execute(each).all() for each in _KEPT]
    with transaction(engine, writes=True) as connection:
        for index in indexes:
            connection.exec_driver_sql(f"DROP INDEX ix_{index}")
        for table, of_table in columns.items():
            for column in of_table:
                connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.exec_driver_sql("CREATE INDEX ix_appointment_office_id_local_day ON appointment (office_id)")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    prepare(engine, may_migrate=True)
    with transaction(engine) as connection:
        assert [connection.execute(each).all() for each in _KEPT] == kept
    engine.dispose()
    assert all({took for _, took, *_ in rows} == {True, False} for rows in kept)


_KEPT: tuple[sa.Select[Any], ...] = (
    sa.select(t.visit.c.id, t.visit.c.took_another_time, t.visit.c.figures, t.visit.c.later_waits).order_by(
        t.visit.c.id
    ),
    sa.select(t.appointment.c.id, t.appointment.c.took_another_time).order_by(t.appointment.c.id),
)
