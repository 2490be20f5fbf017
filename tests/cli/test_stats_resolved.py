"""`reception stats resolved`: the second clock as a table, as JSON and as CSV, both shares beside each other."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reception.clock import MINUTE, SetClock, from_datetime
from reception.domain.figures import ResolvedSummary
from reception.domain.visit_states import End
from reception.services import commands as c
from tests.cli.conftest import COLUMNS, Log, Run
from tests.support import COUNCIL_TAX, COUNTER_2, EWAN, OFFICE, PLANNING, PRIYA, At, door_on

DAY = "2026-11-24"
FIELDS = [field.name for field in fields(ResolvedSummary)]


class Counter:
    """Two days at one counter, by a clock that is set."""

    def __init__(self, url: str) -> None:
        self.clock = SetClock(from_datetime(datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/London"))))
        self.door = door_on(url, self.clock)
        self.at = At(self.door).set_up().sign_in()

    def wait(self, minutes: float) -> None:
        self.clock.advance(round(minutes * MINUTE))

    def serve(self, visit: c.Result, end: End = End.RESOLVED, **more: object) -> None:
        self.at.on(c.CallVisit, visit, reason="Ill")
        self.at.on(c.StartService, visit)
        self.at.on(c.Finish, visit, end=end, **more)


@pytest.fixture
def played(database_url: str) -> str:
    """With a target of 10 minutes: kept 4, lost 12 and to follow; gone in time and late; a specialist told so at 3."""
    counter = Counter(database_url)
    at = counter.at
    kept, late, follows, told = at.take(), at.take(COUNCIL_TAX), at.take(), at.take()
    gone, gone_late = at.take(), at.take()
    counter.wait(3)
    at.on(c.Transfer, told, service_id=PLANNING, specialist_told=True)
    counter.wait(1)
    counter.serve(kept)
    at.on(c.Leave, gone)
    counter.serve(follows, End.TO_FOLLOW, due=date(2026, 11, 30), owner_id=EWAN)
    counter.wait(8)
    counter.serve(late)
    at.on(c.Leave, gone_late)
    counter.serve(told)
    counter.wait(24 * 60)
    At(counter.door, COUNTER_2, PRIYA, "Desk 2").take(COUNCIL_TAX)
    counter.door.close()
    return database_url


def ask(run: Run, url: str, *options: str) -> list[dict[str, object]]:
    answer = run("--database", url, "stats", "resolved", "--format", "json", *options)
    assert answer.code == 0, answer.err
    read: list[dict[str, object]] = json.loads(answer.out)
    return read


def test_both_shares_stand_beside_each_other(run: Run, played: str) -> None:
    (total,) = ask(run, played, "--from", DAY, "--to", DAY)
    assert list(total) == FIELDS
    assert total == {
        "group": "total",
        "visits": 6,
        "resolved": 3,
        "to_follow": 1,
        "not_resolved_before": 1,
        "not_resolved_after": 1,
        "open": 0,
        "exempt": 1,
        "mean_resolved_min": 28 / 3,
        "median_resolved_min": 12.0,
        "p90_resolved_min": 12.0,
        "longest_resolved_min": 12.0,
        "target_min": 10.0,
        "within_target": 1,
        "share_within_target": 1 / 4,
        "within_target_with_exempt": 1,
        "share_with_exempt": 1 / 5,
    }


def test_csv_and_table_say_the_same(run: Run, played: str) -> None:
    options = ("--database", played, "stats", "resolved", "--from", DAY, "--to", DAY)
    (row,) = csv.DictReader(io.StringIO(run(*options, "--format", "csv").out))
    assert list(row) == FIELDS
    assert (row["visits"], row["share_within_target"], row["share_with_exempt"]) == ("6", "0.25", "0.2")
    *_, above, head, line = run(*options).out.splitlines()
    assert [each[-31:].split() for each in (above, head)] == [
        ["within", "within", "with", "with"],
        ["target", "target", "exempt", "exempt"],
    ]
    assert line.split()[-6:] == ["1", "25.0", "%", "1", "20.0", "%"]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("total", ["total"]),
        ("day", [DAY, "2026-11-25"]),
        ("weekday", ["Tuesday", "Wednesday"]),
        ("hour", ["10"]),
        ("service", ["Council Tax", "Housing", "Planning"]),
    ],
)
def test_groups(run: Run, played: str, by: str, groups: list[str]) -> None:
    found = ask(run, played, "--by", by)
    assert [each["group"] for each in found] == groups
    assert sum(int(str(each["visits"])) for each in found) == 7


def test_a_visit_that_goes_on_is_open(run: Run, played: str) -> None:
    (total,) = ask(run, played, "--from", "2026-11-25")
    assert (total["visits"], total["open"], total["share_within_target"]) == (1, 1, None)


def test_a_no_show_is_judged_at_its_first_call_though_it_came_back(run: Run, database_url: str) -> None:
    counter = Counter(database_url)
    at = counter.at
    visit = at.take()
    counter.wait(9)
    for minutes in (4, 30):
        at.on(c.CallVisit, visit, reason="Ill")
        at.on(c.CallAgain, visit)
        at.on(c.CallAgain, visit)
        counter.wait(minutes)
        at.on(c.NoShow, visit)
        if minutes == 4:
            at.on(c.Reinstate, visit)
    counter.door.close()
    (total,) = ask(run, database_url)
    assert (total["not_resolved_before"], total["not_resolved_after"]) == (1, 0)


def test_a_log_does_not_say_what_came_of_a_visit(run: Run, log: Log, sqlite_url: str) -> None:
    path = log("2024-07-01 10:00,2024-07-01 10:04,2024-07-01 10:25")
    run("--database", sqlite_url, "import", "visits", path, *COLUMNS)
    answer = run("--database", sqlite_url, "stats", "resolved", "--format", "json")
    assert json.loads(answer.out)[0]["visits"] == 0
    assert answer.said == (
        "Imported visits had no walk-in visit in that time whose end is known; an imported log says nothing of it."
    )


def test_a_day_with_an_evacuation_can_be_left_out(run: Run, database_url: str) -> None:
    counter = Counter(database_url)
    counter.at.take()
    counter.door.do(c.Evacuate(office_id=OFFICE))
    counter.door.do(c.EndEvacuation(office_id=OFFICE, resume=True))
    counter.wait(24 * 60)
    counter.at.take()
    counter.door.close()
    assert ask(run, database_url)[0]["visits"] == 2
    assert ask(run, database_url, "--without-evacuations")[0]["visits"] == 1


def test_dates_the_wrong_way_round_and_offices_that_are_not_there_are_refused(run: Run, played: str) -> None:
    answer = run("--database", played, "stats", "resolved", "--from", "2026-11-25", "--to", DAY)
    assert (answer.code, answer.out) == (1, "")
    assert "Put the earlier date after --from." in answer.said
    answer = run("--database", played, "stats", "resolved", "--office", "Nowhere")
    assert answer.code == 1
    assert "There is no office “Nowhere”." in answer.said
