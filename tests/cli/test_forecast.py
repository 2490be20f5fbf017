"""`reception forecast arrivals` and `reception erlang`."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import COLUMNS, Log, Run

FIRST = date(2024, 7, 1)


@pytest.fixture
def imported(run: Run, log: Log, sqlite_url: str) -> str:
    """Twelve weeks of a desk: on each weekday two at ten, and one at twenty to three."""
    days = [FIRST + timedelta(days=later) for later in range(84) if (FIRST + timedelta(days=later)).weekday() < 5]
    lines = [f"{day} {at},{day} {at},{day} 15:00" for day in days for at in ("10:00", "10:10", "14:40")]
    path = log(*lines)
    assert run("--database", sqlite_url, "import", "visits", path, *COLUMNS).code == 0
    return sqlite_url


def test_json(run: Run, imported: str) -> None:
    answer = run("--database", imported, "forecast", "arrivals", "--date", "2024-09-23", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    found = json.loads(answer.out)
    halves = found.pop("half_hours")
    assert found.pop("expected") == pytest.approx(3, abs=0.05)
    assert found == {
        "office": "Imported visits",
        "date": "2024-09-23",
        "low": 1.0,
        "high": 4.0,
        "weekdays": 11,
        "days": 59,
        "notes": [],
        "hardly_open": None,
        "years_before": [],
    }
    assert [each["from"] for each in halves] == ["10:00", "14:30"]
    assert set(halves[0]) == {"from", "expected", "low", "high"}
    assert halves[0]["expected"] == pytest.approx(2, abs=0.05)


def test_the_table_ends_with_the_whole_day(run: Run, imported: str) -> None:
    lines = run("--database", imported, "forecast", "arrivals", "--date", "2024-09-24").out.splitlines()
    assert lines[0] == "Imported visits, Tuesday 24 September 2024, by 12 such weekdays and 59 days in all"
    assert lines[2].split() == ["from", "expected", "low", "high"]
    assert [line.split()[0] for line in lines[3:]] == ["10:00", "14:30", "all"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-12-25", "The office is closed that day."),
        ("2024-09-28", "Not open on Saturdays: nobody came on the last 12."),
        ("2024-06-28", "There is no day to go by."),
    ],
)
def test_where_there_is_no_figure_a_remark_says_why(run: Run, imported: str, day: str, words: str) -> None:
    answer = run("--database", imported, "forecast", "arrivals", "--date", day)
    assert (answer.code, answer.out, answer.said) == (0, "", words)


def test_on_a_weekday_on_which_it_is_hardly_open_there_is_neither_a_number_nor_a_plan(run: Run, imported: str) -> None:
    of_saturday = ("--date", "2024-09-28")
    found = json.loads(run("--database", imported, "forecast", "arrivals", *of_saturday, "--format", "json").out)
    assert (found["notes"], found["expected"], found["half_hours"]) == (["hardly_open"], None, [])
    assert found["hardly_open"] == {"days": 12, "days_with_visitors": 0, "visitors": 0}
    plan = run("--database", imported, "staffing", *of_saturday)
    assert (plan.code, plan.out) == (1, "")
    assert "nobody came on the last 12. So there is nothing to plan by." in plan.said


def test_a_year_whose_bank_holidays_are_not_known_is_refused(run: Run, imported: str) -> None:
    answer = run("--database", imported, "forecast", "arrivals", "--date", "9999-12-31")
    assert (answer.code, answer.out) == (1, "")
    assert "9999" in answer.said


def test_erlang(run: Run, tmp_path: Path) -> None:
    argv = ("erlang", "--arrivals-per-hour", 200, "--service-minutes", 3, "--counters", 14, "--within", "0.5")
    found = json.loads(run(*argv, "--format", "json").out)
    assert list(found) == ["offered_load", "probability_of_wait", "mean_wait_min", "share_within"]
    assert found["offered_load"] == 10
    assert found["probability_of_wait"] == pytest.approx(0.17413193)
    table = run(*argv).out.splitlines()
    assert [line.split()[-1] for line in table] == ["10.0000", "0.1741", "0.1306", "0.9106"]


def test_erlang_never_settles(run: Run) -> None:
    answer = run("erlang", "--arrivals-per-hour", 60, "--service-minutes", 5, "--counters", 5, "--within", 15)
    assert (answer.code, answer.out) == (1, "")
    assert answer.said.startswith("With 5 counters it never settles: visitors bring the work of 5 counters")
    assert answer.said.endswith("Give at least 6 counters.")


def test_a_number_is_written_as_one(run: Run) -> None:
    answer = run("erlang", "--arrivals-per-hour", "many", "--service-minutes", 5, "--counters", 5, "--within", 15)
    assert answer.code == 2
    assert "“many” is not a number written as 12 or 12.5" in answer.said
