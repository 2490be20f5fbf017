"""`reception staffing` and `reception compare-policies`: the answers as they are printed, and what is refused."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import COLUMNS, Log, Run

DAYS = ("2024-03-04", "2024-03-11", "2024-03-18", "2024-03-25")


@pytest.fixture
def logged(run: Run, log: Log, sqlite_url: str) -> str:
    """A database with four Mondays of an hour each: one every five minutes, served for eight."""
    rows = [
        f"{day} 10:{minute:02d},{day} 10:{minute + 2:02d},{day} {10 + (minute + 10) // 60}:{(minute + 10) % 60:02d}"
        for day in DAYS
        for minute in range(0, 56, 5)
    ]
    assert run("--database", sqlite_url, "import", "visits", log(*rows), *COLUMNS).code == 0
    return sqlite_url


def test_staffing_as_table_and_as_json(run: Run, logged: str) -> None:
    asked = ("--database", logged, "staffing", "--date", "2024-04-01", "--target", "15", "--share", "0.9")
    table = run(*asked, "--progress")
    assert table.code == 0
    first, empty, heading, *lines = table.out.splitlines()
    assert (first, empty) == ("Imported visits, 2024-04-01: 90.0 % within 15 minutes", "")
    assert heading.split() == ["from", "arrivals", "counters", "kept", "smooth", "Erlang-C", "misled", "by"]
    assert lines[0].split()[:2] == ["10:00", "6.0"]
    assert lines[1].split()[:2] == ["10:30", "6.0"]
    assert lines[3].startswith("Staff hours ")
    assert "Staffing: 240 of 240 plans" in table.err
    values = json.loads(run(*asked, "--format", "json").out)
    assert (values["office"], values["day"], values["is_met"]) == ("Imported visits", "2024-04-01", True)
    assert (values["target_min"], values["share"], values["runs"]) == (15.0, 0.9, 200)
    assert values["mean_kept"] >= 0.9
    assert [slot["time"] for slot in values["slots"]] == ["10:00", "10:30"]
    assert values["staff_hours"] == sum(slot["counters"] for slot in values["slots"]) / 2
    assert sum(desk["opens"] == "10:00" for desk in values["desks"]) == values["slots"][0]["counters"]
    assert [desk["opens"] for desk in values["smooth"]["desks"]] == ["10:00"] * values["smooth"]["counters"][0]
    assert {"arrivals", "service_min", "erlang", "misled", "share_kept", "minute"} <= set(values["slots"][0])


def test_of_one_recorded_day_it_is_said_that_this_is_little(run: Run, logged: str) -> None:
    for day, words in (
        ("2024-03-06", "drawn from 1 recorded one, not by proof; fewer may do. That is little to go by."),
        ("2024-04-02", "drawn from 4 recorded ones, not by proof; fewer may do."),
    ):
        answer = run("--database", logged, "staffing", "--date", day, "--share", "0.5")
        assert answer.out.rstrip().endswith(words)


def test_a_half_hour_out_of_reach_is_named(run: Run, log: Log, sqlite_url: str) -> None:
    once = [f"{DAYS[0]} 10:3{minute},{DAYS[0]} 10:50,{DAYS[0]} 10:58" for minute in range(10) for _ in range(4)]
    each = [f"{day} 10:{minute},{day} 10:{minute},{day} 10:{minute + 8}" for day in DAYS for minute in (10, 40)]
    assert run("--database", sqlite_url, "import", "visits", log(*once, *each), *COLUMNS).code == 0
    answer = run("--database", sqlite_url, "staffing", "--date", "2024-04-01", "--target", "15", "--share", "0.9")
    assert "Out of reach 10:30: not kept even with 6 counters all day, not asked for." in answer.out.splitlines()


def test_comparing_rules_as_table_and_as_json(run: Run, logged: str) -> None:
    table = run("--database", logged, "compare-policies")
    assert (table.code, table.err) == (0, "")
    assert table.out.splitlines()[0] == "Imported visits, 2024-03-04 to 2024-03-25: 4 days"
    assert sum(" *" in line for line in table.out.splitlines()[3:-2]) == 1
    assert "Of all walk-ins on these days 100.0 % were in fact seen in time; simulated by our rule, " in table.out
    values = json.loads(run("--database", logged, "compare-policies", "--to", "2024-03-12", "--format", "json").out)
    assert (values["first"], values["last"], values["days"]) == ("2024-03-04", "2024-03-11", 2)
    assert values["recorded_kept"] == 1.0 and "difference_error" in values["outcomes"][0]
    kept = [each["kept"] for each in values["outcomes"]]
    assert kept == sorted(kept, reverse=True)
    assert {"rule", "settings", "is_ours", "p95_wait_min", "p99_wait_min", "longest_wait_min", "kept_error"} <= set(
        values["outcomes"][0]
    )


def test_what_cannot_be_asked(run: Run, logged: str) -> None:
    for code, words, *argv in (
        (2, "not a share between 0 and 1", "staffing", "--date", "2024-04-01", "--share", "90"),
        (2, "not a share between 0 and 1", "staffing", "--date", "2024-04-01", "--share", "0.0"),
        (2, "not a number of minutes above 0", "staffing", "--date", "2024-04-01", "--target", "0"),
        (2, "--date", "staffing"),
        (
            1,
            "no recorded day with walk-ins before Wednesday 1 April 2020 that is over",
            "staffing",
            "--date",
            "2020-04-01",
        ),
        (1, "is after the last", "compare-policies", "--from", "2024-03-12", "--to", "2024-03-11"),
        (1, "more than a year", "compare-policies", "--from", "2010-03-12"),
    ):
        answer = run("--database", logged, *argv)
        assert (answer.code, answer.out) == (code, ""), argv
        assert words in answer.said
