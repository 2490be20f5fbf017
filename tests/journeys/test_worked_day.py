"""A day of thirty visits with every ending, worked out on paper first (`worked_day.md`) and then played."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reception.app import Door
from reception.clock import HOUR, MINUTE, SECOND, Instant, Millis, SetClock, from_datetime
from reception.domain.clocks import resolved_clock
from reception.domain.columns import Column
from reception.domain.figures import ResolvedSummary, WaitSummary
from reception.domain.visit_states import End, Why
from reception.services import commands as c
from reception.services import queries as q
from reception.statistics.resolved import Ending, ResolvedRow, summarise_resolved
from reception.storage import schema as t
from tests.services.bookkeeping import books
from tests.support import (
    COUNCIL_TAX,
    COUNTER_2,
    COUNTER_3,
    EWAN,
    GRACE,
    HOUSING,
    OFFICE,
    PLANNING,
    At,
    door_on,
)

DAY = date(2026, 3, 2)
MIDNIGHT = from_datetime(datetime(2026, 3, 2, tzinfo=UTC))
PAPER = Path(__file__).with_name("worked_day.md")


def at(time: str) -> Instant:
    """The instant of a local time: 9:45, 15:26:30 or 9:45:00.001."""
    hours, minutes, seconds = [*time.split(":"), "0"][:3]
    return MIDNIGHT + int(hours) * HOUR + int(minutes) * MINUTE + round(float(seconds) * SECOND)


def length(text: str) -> Millis:
    """A length in minutes: 15, 16:30 or 15:00.001."""
    minutes, seconds = [*text.split(":"), "0"][:2]
    return int(minutes) * MINUTE + round(float(seconds) * SECOND)


@dataclass(frozen=True)
class OnPaper:
    """One row of the first table."""

    ticket: str
    arrived: Instant
    column: str
    wait: Millis
    all_legs: Millis
    resolved: Millis
    comes_to: str


def on_paper() -> list[OnPaper]:
    rows = []
    for line in PAPER.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 8 and re.fullmatch(r"[A-Z]\d{3}", cells[0]):
            ticket, arrived, _story, column, *lengths, comes_to = cells
            wait, all_legs, resolved = (length(each or "0") for each in lengths)
            rows.append(OnPaper(ticket, at(arrived), column, wait, all_legs, resolved, comes_to))
    return rows


class WorkedDay:
    """Plays the day: what happens when, in the order of time."""

    def __init__(self, door: Door, clock: SetClock) -> None:
        self.clock = clock
        self.door = door
        clock.at = at("8:55")
        self.priya = At(door).set_up().sign_in()
        self.ewan = At(door, COUNTER_2, EWAN, "Desk 2").sign_in()
        self.grace = At(door, COUNTER_3, GRACE, "Desk 3").sign_in()
        self.tickets: dict[str, c.Result] = {}

    def take(self, number: str, service: str = HOUSING, **more: Any) -> None:
        ticket = self.priya.take(service, **more)
        assert ticket.number == number
        self.tickets[number] = ticket

    def next(self, desk: At, number: str, why: Why = Why.CAN_BE_KEPT) -> c.Result:
        """Call whom the rule names: the paper says who that is, and why."""
        called = desk.next()
        assert (called.number, called.why) == (number, why)
        return called

    def play(self) -> Iterator[str]:
        """Yields once before the day closes, so that somebody may look."""
        for time, happens in self.morning() + self.afternoon():
            assert at(time) >= self.clock.now()
            self.clock.at = at(time)
            happens()
        yield "16:55"
        self.clock.at = at("17:00")
        self.priya.door.do(c.SignOff(**self.priya.who, at_hand=c.AtHand.HOLD, close_day=True))

    def morning(self) -> list[tuple[str, Callable[[], object]]]:
        day, priya, ewan = self, self.priya, self.ewan

        def on(desk: At, command: type[c.OnVisit], number: str, **more: Any) -> Callable[[], object]:
            return lambda: desk.on(command, day.tickets[number], **more)

        book = {"end": End.BOOKED}
        signpost = {"end": End.SIGNPOSTED, "signpost_to": "Citizens Advice"}
        follow = {"end": End.TO_FOLLOW, "due": date(2026, 3, 5), "owner_id": EWAN}
        return [
            ("9:00", lambda: day.take("H001")),
            ("9:00", lambda: day.next(priya, "H001")),
            ("9:00", on(priya, c.StartService, "H001")),
            ("9:04", on(priya, c.Finish, "H001")),
            ("9:10", lambda: day.take("H002")),
            ("9:20", lambda: day.next(priya, "H002")),
            ("9:25", on(priya, c.StartService, "H002")),
            ("9:30", lambda: day.take("H003")),
            ("9:40", on(priya, c.Finish, "H002")),
            ("9:44", lambda: day.next(ewan, "H003")),
            ("9:45:00.001", on(ewan, c.StartService, "H003")),
            ("9:50", on(ewan, c.Finish, "H003", **follow)),
            ("10:00", lambda: day.take("H004")),
            ("10:00", lambda: day.take("H005")),
            ("10:02", on(ewan, c.Hold, "H005")),
            ("10:05", on(priya, c.Hold, "H004", own_request=True)),
            ("10:09", on(ewan, c.EndHold, "H005")),
            ("10:11", lambda: day.next(ewan, "H005")),
            ("10:12", on(ewan, c.StartService, "H005")),
            ("10:14", on(ewan, c.Finish, "H005", **book)),
            ("10:20", on(priya, c.EndHold, "H004")),
            ("10:29", lambda: day.next(priya, "H004")),
            ("10:30", on(priya, c.StartService, "H004")),
            ("10:39", on(priya, c.Finish, "H004")),
            ("10:40", lambda: day.take("H006")),
            ("10:40", lambda: day.take("H007")),
            ("10:50", lambda: day.take("H008")),
            ("10:55", on(priya, c.Leave, "H006")),
            ("10:55:00.001", on(priya, c.Leave, "H007")),
            ("11:00", on(priya, c.Leave, "H008")),
            ("11:00", lambda: day.take("H009")),
            ("11:00", lambda: day.take("H010")),
            ("11:14", lambda: day.next(priya, "H009")),
            ("11:15:00.001", lambda: day.next(ewan, "H010", Why.PAST_PROMISE)),
            ("11:17", on(priya, c.CallAgain, "H009")),
            ("11:18", on(ewan, c.CallAgain, "H010")),
            ("11:19", on(ewan, c.NoShow, "H010")),
            ("11:20", on(priya, c.NoShow, "H009")),
            ("11:30", lambda: day.take("H011")),
            ("11:38", lambda: day.next(priya, "H011")),
            ("11:40", on(priya, c.CallAgain, "H011")),
            ("11:42", on(priya, c.NoShow, "H011")),
            ("11:55", on(priya, c.Reinstate, "H011")),
            ("12:00", lambda: day.take("C001", COUNCIL_TAX)),
            ("12:00", lambda: day.take("C002", COUNCIL_TAX)),
            ("12:04", lambda: day.next(priya, "H011", Why.GUARD_PASSED)),
            ("12:05", on(priya, c.StartService, "H011")),
            ("12:06", on(ewan, c.Finish, "C001", **book)),
            ("12:09", on(priya, c.Finish, "H011")),
            ("12:20", on(ewan, c.Finish, "C002", **book)),
            ("12:30", lambda: day.take("C003", COUNCIL_TAX)),
            ("12:30", lambda: day.take("C004", COUNCIL_TAX)),
            ("12:33", on(ewan, c.Finish, "C003", **signpost)),
            ("12:46", on(ewan, c.Finish, "C004", **signpost)),
        ]

    def afternoon(self) -> list[tuple[str, Callable[[], object]]]:
        day, priya, ewan, grace = self, self.priya, self.ewan, self.grace
        done: dict[str, c.Result] = {}

        def on(desk: At, command: type[c.OnVisit], number: str, **more: Any) -> Callable[[], object]:
            return lambda: desk.on(command, day.tickets[number], **more)

        def keep(name: str, do: Callable[[], c.Result]) -> Callable[[], object]:
            return lambda: done.__setitem__(name, do())

        def undo(desk: At, name: str) -> Callable[[], object]:
            return lambda: desk.undo(done[name])

        def main_key(desk: At, number: str, then: str) -> Callable[[], object]:
            def press() -> None:
                command = c.FinishAndCallNext(**desk.who, visit_id=day.tickets[number].visit_id)
                result = desk.door.do(command)
                assert (result.finished_number, result.number) == (number, then)

            return press

        specialist = {"service_id": PLANNING, "specialist_told": True}
        return [
            ("13:00", lambda: day.take("H012")),
            ("13:00", lambda: day.take("H013")),
            ("13:03", lambda: day.next(priya, "H012")),
            ("13:04", on(priya, c.StartService, "H012")),
            ("13:05", lambda: day.next(ewan, "H013")),
            ("13:05", on(ewan, c.StartService, "H013")),
            ("13:08", on(priya, c.Transfer, "H012", **specialist)),
            ("13:12", on(ewan, c.Transfer, "H013", **specialist)),
            ("13:29", lambda: day.next(grace, "H012", Why.PAST_PROMISE)),
            ("13:30", on(grace, c.StartService, "H012")),
            ("13:40", on(grace, c.Finish, "H012")),
            ("13:44", lambda: day.next(grace, "H013", Why.GUARD_PASSED)),
            ("13:45", on(grace, c.StartService, "H013")),
            ("13:50", on(grace, c.Finish, "H013")),
            ("13:50", lambda: day.take("H014")),
            ("13:52", on(priya, c.Transfer, "H014", **specialist)),
            ("13:54", lambda: day.next(grace, "H014")),
            ("13:55", on(grace, c.StartService, "H014")),
            ("13:59", on(grace, c.Finish, "H014")),
            ("14:00", lambda: day.take("H015", then_services=(COUNCIL_TAX,))),
            ("14:02", lambda: day.next(priya, "H015")),
            ("14:03", on(priya, c.StartService, "H015")),
            ("14:05", main_key(priya, "H015", "H015")),
            ("14:08", on(priya, c.StartService, "H015")),
            ("14:10", on(priya, c.Finish, "H015")),
            ("14:20", lambda: day.take("H016")),
            ("14:20", lambda: day.next(priya, "H016")),
            ("14:20", lambda: day.take("C005", COUNCIL_TAX, linked_to=day.tickets["H016"].visit_id)),
            ("14:21", on(priya, c.StartService, "H016")),
            ("14:24", keep("finish", lambda: priya.on(c.Finish, day.tickets["H016"]))),
            ("14:24:30", undo(priya, "finish")),
            ("14:25", on(priya, c.Finish, "H016")),
            ("14:29", lambda: day.next(ewan, "C005")),
            ("14:30", on(ewan, c.StartService, "C005")),
            ("14:32", on(ewan, c.Finish, "C005", end=End.SIGNPOSTED, signpost_to="The library")),
            ("14:50", lambda: day.take("H017")),
            ("14:52", lambda: day.take("H018")),
            ("14:52", on(priya, c.SeeFirst, "H018", reason="a child alone")),
            ("14:52:30", lambda: day.next(priya, "H018", Why.SEE_FIRST)),
            ("14:53", on(priya, c.StartService, "H018")),
            ("14:57", main_key(priya, "H018", "H017")),
            ("14:58", on(priya, c.StartService, "H017")),
            ("15:00", on(priya, c.Leave, "H017")),
            ("15:10", lambda: day.take("H019")),
            ("15:10", lambda: day.take("H020")),
            ("15:11", lambda: priya.undo(day.tickets["H019"])),
            ("15:12", keep("call", lambda: day.next(ewan, "H020"))),
            ("15:12:30", undo(ewan, "call")),
            ("15:20", lambda: day.next(ewan, "H020")),
            ("15:22", keep("start", lambda: ewan.on(c.StartService, day.tickets["H020"]))),
            ("15:23", undo(ewan, "start")),
            ("15:26:30", on(ewan, c.StartService, "H020")),
            ("15:28", on(ewan, c.Hold, "H020")),
            ("15:33", on(ewan, c.EndHold, "H020")),
            ("15:34", on(ewan, c.ReturnToQueue, "H020")),
            ("15:39", lambda: day.next(priya, "H020")),
            ("15:40", on(priya, c.StartService, "H020")),
            ("15:42", on(priya, c.Finish, "H020")),
            ("15:50", lambda: day.take("C006", COUNCIL_TAX)),
            ("15:54", lambda: day.next(ewan, "C006")),
            ("15:55", on(ewan, c.StartService, "C006")),
            ("15:58", lambda: ewan.door.do(c.SignOff(**ewan.who, at_hand=c.AtHand.HAND_OVER))),
            ("16:00", lambda: day.next(priya, "C006")),
            ("16:01", on(priya, c.StartService, "C006")),
            ("16:02", on(priya, c.Finish, "C006")),
            ("16:05", lambda: day.take("H021")),
            ("16:08", lambda: day.next(grace, "H021")),
            ("16:09", lambda: grace.door.do(c.SignOff(**grace.who))),
            ("16:12", lambda: day.next(priya, "H021")),
            ("16:13", on(priya, c.StartService, "H021")),
            ("16:14", on(priya, c.Finish, "H021")),
            ("16:30", lambda: day.take("P001", PLANNING)),
            ("16:35", on(priya, c.Hold, "P001", own_request=True)),
            ("16:40", lambda: day.take("H022")),
            ("16:45", lambda: day.take("H023")),
            ("16:49", on(priya, c.CallVisit, "H023", reason="has a bus to catch")),
            ("16:50", on(priya, c.StartService, "H023")),
            ("16:50", lambda: day.take("H024")),
            ("16:55", lambda: None),
        ]


@dataclass(frozen=True)
class Figures:
    """All that the day came to, for one engine."""

    before_closing: WaitSummary
    total: WaitSummary
    hours: tuple[WaitSummary, ...]
    resolved: ResolvedSummary
    visits: dict[str, dict[str, Any]]
    """The stored row of each ticket, by number."""
    legs: list[tuple[Any, ...]]


ENDING = {
    End.RESOLVED: Ending.RESOLVED,
    End.BOOKED: Ending.RESOLVED,
    End.SIGNPOSTED: Ending.RESOLVED,
    End.TO_FOLLOW: Ending.TO_FOLLOW,
    None: Ending.OPEN,
}
IDS = ("id", "code", "version")


def figures(url: str) -> Figures:
    """Play the day on an empty database, and ask for everything."""
    clock = SetClock(at("8:55"))
    door = door_on(url, clock)
    day = WorkedDay(door, clock)
    played = day.play()
    assert next(played) == "16:55"
    (before_closing,) = door.ask(q.WaitReport(OFFICE, DAY, DAY))
    assert next(played, None) is None
    (total,) = door.ask(q.WaitReport(OFFICE, DAY, DAY))
    hours = tuple(door.ask(q.WaitReport(OFFICE, DAY, DAY, by="hour")))
    visits = {stored.visit.number: stored.visit for stored in books(door).values()}
    resolved = summarise_resolved(
        ResolvedRow(
            ENDING.get(visit.end, Ending.NOT_RESOLVED),
            resolved_clock(visit),
            visit.promise.resolved,
            visit.exempt,
        )
        for visit in visits.values()
        if not visit.voided
    )
    assert door.ask(q.ResolvedReport(OFFICE, DAY, DAY)) == [resolved]
    with door._database.read() as (connection, _head, _now):
        rows = {row.number: dict(row._mapping) for row in connection.execute(sa.select(t.visit))}
        legs = connection.execute(
            sa.select(t.visit.c.number, *[column for column in t.leg.c if column.name != "visit_id"])
            .join(t.visit, t.visit.c.id == t.leg.c.visit_id)
            .order_by(t.visit.c.number, t.leg.c.number)
        ).all()
    door.close()
    for row in rows.values():
        for name in IDS:  # random, or as many as there are facts
            row.pop(name)
    return Figures(before_closing, total, hours, resolved, rows, [tuple(leg) for leg in legs])


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return figures(f"sqlite:///{tmp_path_factory.mktemp('day') / 'reception.db'}")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def day(request: pytest.FixtureRequest) -> Figures:
    """The day's figures, on either engine."""
    if request.param == "sqlite":
        found: Figures = request.getfixturevalue("on_sqlite")
        return found
    return figures(request.getfixturevalue("postgres_server").create_database())


def test_each_visit_comes_to_what_the_paper_says(day: Figures) -> None:
    paper = on_paper()
    assert len(paper) == 31
    assert {row.ticket for row in paper} == set(day.visits)
    for row in paper:
        stored = day.visits[row.ticket]
        assert stored["arrived_at"] == row.arrived, row.ticket
        if row.column == "void":
            assert stored["voided"], row.ticket
            continue
        found = (stored["outcome"], stored["promise_wait"], stored["total_wait"], stored["exempt"])
        assert found == (row.column, row.wait, row.all_legs, row.comes_to == "exempt"), row.ticket
        resolved = row.resolved if stored["end"] in ("resolved", "booked", "signposted") else None
        assert stored["resolved_time"] == resolved, row.ticket


def test_the_identity(day: Figures) -> None:
    assert {column.value: getattr(day.total, column.value) for column in Column} == {
        "seen": 18,
        "left_before": 2,
        "left_after": 1,
        "no_show_before": 1,
        "no_show_after": 1,
        "booked_unseen_before": 1,
        "booked_unseen_after": 1,
        "signposted_unseen_before": 1,
        "signposted_unseen_after": 1,
        "unresolved_unseen_before": 2,
        "unresolved_unseen_after": 1,
        "open": 0,
    }
    assert day.total.visits == 30


def test_the_waits(day: Figures) -> None:
    assert day.total.mean_wait_min == 8_190_001 / (18 * MINUTE)
    assert day.total.median_wait_min == 6.5
    assert day.total.p90_wait_min == 9_000_003 / (10 * MINUTE)
    assert day.total.longest_wait_min == 16.5
    assert day.total.target_min == 15
    assert day.total.within_target == 16
    assert day.total.share_within_target == 16 / 23


def test_before_the_day_closes(day: Figures) -> None:
    then = day.before_closing
    assert (then.visits, then.seen, then.open) == (30, 18, 3)
    assert (then.unresolved_unseen_before, then.unresolved_unseen_after) == (0, 0)
    assert (then.within_target, then.share_within_target) == (16, 16 / 22)
    assert then.mean_wait_min == day.total.mean_wait_min


def test_by_the_hour(day: Figures) -> None:
    assert {each.group: each.visits for each in day.hours} == {
        "09": 3,
        "10": 5,
        "11": 3,
        "12": 4,
        "13": 3,
        "14": 5,
        "15": 2,
        "16": 5,
    }


def test_the_resolved_clock(day: Figures) -> None:
    assert asdict(day.resolved) == {
        "group": "total",
        "visits": 30,
        "resolved": 19,
        "to_follow": 1,
        "not_resolved_before": 3,
        "not_resolved_after": 7,
        "open": 0,
        "exempt": 2,
        "mean_resolved_min": 355 / 19,
        "median_resolved_min": 12.0,
        "p90_resolved_min": 39.2,
        "longest_resolved_min": 50.0,
        "target_min": 10.0,
        "within_target": 7,
        "share_within_target": 7 / 25,
        "within_target_with_exempt": 8,
        "share_with_exempt": 8 / 27,
    }


def test_what_the_paper_makes_of_the_resolved_clock() -> None:
    """The last column of the table, judged a second time from its other columns."""
    for row in on_paper():
        if row.column == "void":
            continue
        late = row.resolved > 10 * MINUTE
        unfinished = row.ticket in ("H006", "H007", "H008", "H009", "H010", "H017", "P001", "H022", "H023", "H024")
        expected = "lost" if late or row.ticket == "H003" else ("apart" if unfinished else "kept")
        assert row.comes_to in (expected, "exempt"), row.ticket


def test_a_service_that_nobody_finished_has_no_length(day: Figures) -> None:
    (leg,) = [leg for leg in day.legs if leg[0] == "H023"]
    columns = ["ticket", *[column.name for column in t.leg.c if column.name != "visit_id"]]
    assert leg[columns.index("started_at")] == at("16:50")
    assert leg[columns.index("ended_at")] is None


def test_both_engines_agree_exactly(on_sqlite: Figures, day: Figures) -> None:
    assert day == on_sqlite
